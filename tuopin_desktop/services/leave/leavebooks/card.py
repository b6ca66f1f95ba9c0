"""个人年度请假卡: one person's year, both year ends right; approved, unsigned and unjustified days never added up."""

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.account import Account, Overrun, Part
from tuopin_desktop.domain.leave.count import Count, runs, short_words
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records.choices import LEAVE_TYPE, POSITION
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, marks_of, open_ledger, person_called, type_words
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

APPROVED, PENDING, DROPPED, OVERRUN = "已批准", "签字未齐", "不计", "超假"

_COLUMNS = (
    Column("类别", 24, "center"),
    Column("编号", 22, "center"),
    Column("本年度起止时间", 44, "center"),
    Column("自然日\n天数", 16, "center", Form.INTEGER),
    Column("按假别\n天数", 22, "center", Form.INTEGER),
    Column("假别", 20, "center"),
    Column("外出地点", 28),
    Column("事由", 46),
    Column("情况", 47),
)


class CardRow(msgspec.Struct, frozen=True):
    """One line of a card: a slip's part of the year, or an overstay; `group` keeps the sorts apart."""

    person: str
    name: str
    group: str
    slip: str
    number: str
    period: str
    natural: float | None
    by_type: float | str | None
    leave_type: str
    place: str
    reason: str
    state: str


def card(desk: Desk, year: int, *, person: str = "", county: str = "", ledger: Ledger | None = None) -> Book[CardRow]:
    """Return the cards of a year, a page each: of one person (name or id), or of everybody with a line on it."""
    records = ledger or open_ledger(desk)
    names = [person_called(desk, person)] if person else _people(records, county_called(desk, county))
    cards = [(who, records.account(who, year)) for who in names]
    if not person:
        cards = [(who, mine) for who, mine in cards if _lines_on(mine)]
    if not cards:
        raise refuse("empty", f"{year}年没有请假记录，没有可输出的请假卡")
    rows = [row for who, mine in cards for row in _rows(who, mine, records)]
    tables = [_table(desk, who, mine, records) for who, mine in cards]
    sheet = tables[0] if len(tables) == 1 else _all(desk, year, rows, records)
    return book(rows, sheet, tables)


def _people(ledger: Ledger, county: str) -> list[str]:
    places = list(POSITION.labels)
    served = [
        posting
        for posting in ledger.postings.values()
        if posting.county.startswith(county) and posting.position in places
    ]
    served.sort(key=lambda item: (item.county, places.index(item.position), item.source_level))
    return list(dict.fromkeys(posting.person for posting in served if posting.person in ledger.persons))


def _lines_on(mine: Account) -> bool:
    return bool(mine.approved or mine.pending or mine.dropped or mine.overruns)


def _rows(who: str, mine: Account, ledger: Ledger) -> list[CardRow]:
    rows = [_part(who, part, APPROVED, ledger) for part in mine.approved]
    rows += [_part(who, part, PENDING, ledger) for part in mine.pending]
    rows += [_dropped(who, story, ledger) for story in mine.dropped]
    return rows + [_overrun(who, over, ledger) for over in mine.overruns]


def _part(who: str, part: Part, group: str, ledger: Ledger) -> CardRow:
    story = part.story
    marks = marks_of(story, ledger.by_slip)
    if part.given_back:
        marks.append(f"退回{part.given_back:g}天")
    if part.repeated:
        marks.append(f"与他单重叠{part.repeated:g}天，不重复计")
    period = parse_stored(story.slip.period)
    if period and period.first.year != period.last.year:
        marks.append(f"跨年，全程{short_words(period)}")
    span = "、".join(short_words(run) for run in runs(part.halves)) or "本年度无"
    return _line(who, story, group, ledger, span, part.count, "；".join(marks))


def _dropped(who: str, story: Story, ledger: Ledger) -> CardRow:
    span = short_words(parse_stored(story.slip.period))
    return _line(who, story, DROPPED, ledger, span, None, "；".join(marks_of(story, ledger.by_slip)))


def _overrun(who: str, over: Overrun, ledger: Ledger) -> CardRow:
    story = over.story
    span = "、".join(short_words(run) for run in runs(over.halves))
    still = "，尚未返回" if story.journey.overstay and story.journey.overstay.open else ""
    law = "（第十六条）" if form_of(story.slip).article else ""
    text = f"无正当理由离岗{law}，不与请假相加{still}"
    return msgspec.structs.replace(
        _line(who, story, OVERRUN, ledger, span, None, text), natural=over.days, leave_type="", reason="超假未续"
    )


def _line(who: str, story: Story, group: str, ledger: Ledger, span: str, count: Count | None, state: str) -> CardRow:
    slip = story.slip
    return CardRow(
        person=who,
        name=ledger.persons[who].name if who in ledger.persons else slip.name,
        group=group,
        slip=slip.id,
        number=slip.number,
        period=span,
        natural=count.natural if count else None,
        by_type=count.cell if count else None,
        leave_type=type_words(slip),
        place=slip.place,
        reason=slip.reason,
        state=state,
    )


def _cells(row: CardRow) -> tuple[str | float | None, ...]:
    return (
        row.group,
        row.number,
        row.period,
        row.natural,
        row.by_type,
        row.leave_type,
        row.place,
        row.reason,
        row.state,
    )


def totals(mine: Account) -> list[tuple[str, int, float, float | str]]:
    """Return (type words, slips, natural days, days as the type counts or why not) of approved leave by type."""
    return [
        (LEAVE_TYPE.word(code) or "假别未登记", len(parts), sum(part.count.natural for part in parts), _by_type(parts))
        for code, parts in mine.by_type.items()
    ]


def _by_type(parts: tuple[Part, ...]) -> float | str:
    why = next((part.count.why for part in parts if part.count.by_type is None), "")
    return why or float(sum(part.count.by_type or 0.0 for part in parts))


def _total_rows(mine: Account) -> tuple[tuple[str | float | None, ...], ...]:
    rows: list[tuple[str | float | None, ...]] = [
        ("小计", f"{number}张", "", natural, by_type, kind, "", "", "")
        for kind, number, natural, by_type in totals(mine)
    ]
    rows.append(("已批准合计", f"{len(mine.approved)}张", "", mine.natural, None, "", "", "", ""))
    if mine.pending:
        waiting = float(sum(part.count.natural for part in mine.pending))
        rows.append(("签字未齐", f"{len(mine.pending)}张", "", waiting, None, "", "", "", "不计入已批准合计"))
    if mine.overruns:
        text = "无正当理由离岗，单列，不与请假相加"
        rows.append(("超假合计", "", "", mine.overrun_days, None, "", "", "", text))
    return tuple(rows)


def _table(desk: Desk, who: str, mine: Account, ledger: Ledger) -> Table:
    served = [posting for posting in ledger.postings.values() if posting.person == who]
    last = max(served, key=lambda item: str(item.since), default=None)
    person = ledger.persons.get(who)
    name = person.name if person else who
    post = ledger.county(f"{last.county}/") + leave.position_words(desk.packs, last) if last else "未派驻"
    unit = f"，派出单位：{person.unit}" if person and person.unit else ""
    return Table(
        title=f"{mine.year}年度个人请假卡",
        columns=_COLUMNS,
        rows=tuple(_cells(row) for row in _rows(who, mine, ledger)),
        totals=_total_rows(mine),
        intro=(f"姓名：{name}    职务：{post}{unit}".replace("，派出单位", "    派出单位"),),
        office=desk.office.name,
        filled=ledger.today,
        notes=(f"注：只计{mine.year}年内的部分，按半天累计；提前返回的退回天数；超假单列，不与请假相加。",),
        one_page=True,
    )


def _all(desk: Desk, year: int, rows: list[CardRow], ledger: Ledger) -> Table:
    """Return all cards as one list, for a workbook."""
    columns = (Column("姓名", 0, "center"), Column("驻旗县", 0), *_COLUMNS)
    return Table(
        title=f"{year}年度个人请假卡（全体）",
        columns=columns,
        rows=tuple((row.name, ledger.counties.get(ids.owner(row.slip), ""), *_cells(row)) for row in rows),
        office=desk.office.name,
        filled=ledger.today,
    )
