"""决策参考: half a page for the secretary - who else is away, who leads, leave so far, the twenty days."""

from collections.abc import Collection, Iterable
from datetime import date

import msgspec

from tuopin_desktop.documents.report import Note, Paragraph
from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.halves import Period, day_words, parse_stored
from tuopin_desktop.domain.leave import sofar
from tuopin_desktop.domain.leave.account import Account
from tuopin_desktop.domain.leave.count import halves_of, runs, short_words
from tuopin_desktop.domain.leave.reach import Reach
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.outlook import State
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records.choices import RELATION
from tuopin_desktop.services.attendance import outlooks
from tuopin_desktop.services.leave.leavebooks.card import totals
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, open_ledger, type_words
from tuopin_desktop.services.leave.leavebooks.team import Away, Meanwhile, away, meanwhile
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

FOOT = "“二十天”按已登记的请假推算，“本月还需”按已登记的考勤推算；供签批参考，不作准假条件。"


class BriefRow(msgspec.Struct, frozen=True):
    """One line of the brief; `flagged` ones are what the secretary should see first."""

    label: str
    text: str
    flagged: bool = False


def brief(desk: Desk, slip_id: str, *, ledger: Ledger | None = None) -> Book[BriefRow]:
    """Return the decision brief for a slip; it informs and never blocks. Raises Refused without a readable period."""
    records = ledger or open_ledger(desk)
    story = records.by_slip.get(slip_id)
    period = parse_stored(story.slip.period) if story else None
    if story is None or period is None or period.halves <= 0:
        raise refuse("period", "这张报备单没有可用的请假起止时间，不能作出决策参考", "period")
    trip = halves_of(period)[: sofar.LONGEST]
    led = any(slot.position == "leader" for slot in records.policy.under(pack_of(story.slip)).slots)
    rows = [
        BriefRow("本次请假", _asked(story, period, records)),
        _others(away(records, story, trip)),
        *(_leads(meanwhile(records, story, trip)) if led else ()),
        BriefRow("今年请假", _so_far(story, records.account(records.person_id(story.slip), period.first.year))),
        *(_reached(month) for month in reaches(records, story, trip)),
        *_needed(desk, story, trip, records),
    ]
    title = f"请假决策参考（{story.slip.number}）"
    sheet = Table(
        title=title,
        columns=(Column("项目", 34, "center"), Column("内容", 140)),
        rows=tuple((row.label, row.text) for row in rows),
        office=desk.office.name,
        filled=records.today,
        notes=(FOOT,),
        landscape=False,
    )
    return book(rows, sheet, (_note(title, rows, records.today),))


def _note(title: str, rows: Iterable[BriefRow], today: date) -> Note:
    paragraphs = [
        Paragraph(f"{row.label}：{row.text.rstrip('。')}。", "warning" if row.flagged else "body") for row in rows
    ]
    foot = Paragraph(f"（{FOOT}{day_words(today)}）", "body")
    return Note(title=title, paragraphs=(*paragraphs, foot), half=True)


def _asked(story: Story, period: Period, ledger: Ledger) -> str:
    slip = story.slip
    count = ledger.days_of(slip)
    by_type = f"按假别计{count.text}" + ("" if count.by_type is None else "天")
    relation = f"，{RELATION.word(slip.relation)}" if slip.relation else ""
    late = f"，补办（{slip.late_reason}）" if story.late else ""
    return (
        f"{slip.name}，{slip.post}，{short_words(period)}，自然日{count.natural:g}天，{by_type}，"
        f"{type_words(slip)}，赴{slip.place}，{slip.reason}{relation}{late}"
    )


def _others(others: list[Away]) -> BriefRow:
    if not others:
        return BriefRow("同期外出", "无其他人员")
    lines = [
        f"{one.position}{one.name} {'、'.join(short_words(period) for period in one.periods)}（{one.paper}）"
        for one in others
    ]
    return BriefRow("同期外出", "；".join(lines))


def _leads(meanwhiles: list[Meanwhile]) -> list[BriefRow]:
    """Return who leads, and first of all when leader and deputy are both away."""
    both = _spans(item for item in meanwhiles if item.left)
    rows = [BriefRow("注意", f"{'、'.join(both)}队长、副队长均不在岗", True)] if both else []
    heads = dict.fromkeys(item.sentence for item in meanwhiles)
    if len(heads) == 1:
        return [*rows, BriefRow("主持工作", meanwhiles[0].sentence)]
    lines = [f"{'、'.join(_spans(item for item in meanwhiles if item.sentence == head))}{head}" for head in heads]
    return [*rows, BriefRow("主持工作", "；".join(lines))]


def _spans(meanwhiles: Iterable[Meanwhile]) -> list[str]:
    halves = {number for item in meanwhiles for number in halves_of(item.period)}
    return [short_words(period) for period in runs(halves)]


def _so_far(story: Story, mine: Account) -> str:
    others = tuple(part for part in mine.approved if part.story.slip.id != story.slip.id)
    before = msgspec.structs.replace(mine, approved=others)
    text = f"{mine.year}年除本次外已批准{len(others)}次{before.natural:g}天" if others else "没有其他已批准的请假"
    kinds = [
        f"{kind}{number}次{natural:g}天" + (f"（按假别计{by_type:g}天）" if by_type != natural else "")
        if isinstance(by_type, float)
        else f"{kind}{number}次{natural:g}天（{by_type}）"
        for kind, number, natural, by_type in totals(before)
    ]
    text += f"：{'、'.join(kinds)}" if kinds else ""
    waiting = [part for part in mine.pending if part.story.slip.id != story.slip.id]
    if waiting:
        text += f"；签字未齐{len(waiting)}次{sum(part.count.natural for part in waiting):g}天"
    return text + (f"；超假{mine.overrun_days:g}天（单列）" if mine.overruns else "")


def reaches(ledger: Ledger, story: Story, trip: Collection[int]) -> list[Reach]:
    """Return what each month of a leave can still come to for its applicant, from leave alone."""
    mine = ledger.person_id(story.slip)
    seats = [posting for posting in ledger.postings.values() if posting.person == mine]
    stories = {one.slip.id: one for one in ledger.by_person.get(mine, ())}
    calendar = ledger.calendar.of(ids.owner(story.slip.id))
    return sofar.reaches(story.slip, trip, seats, stories, ledger.policy.under(pack_of(story.slip)), calendar)


def _needed(desk: Desk, story: Story, trip: Collection[int], ledger: Ledger) -> Iterable[BriefRow]:
    """Yield what the running month still asks of the applicant if this leave is taken, from what is keyed."""
    policy = ledger.policy.under(pack_of(story.slip))
    official = story.slip.leave_type == "official" and policy.choice("presence.trips") == "counted"
    outlook = outlooks.supposing(desk, ledger.person_id(story.slip), trip, official=official)
    if outlook is not None:
        yield BriefRow("本月还需", f"如准本次请假，{outlook.sentence}", outlook.state is State.BEYOND)


def _reached(month: Reach) -> BriefRow:
    return BriefRow("二十天", month.sentence, bool(month.short))
