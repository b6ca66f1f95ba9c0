"""报备单经过: one slip and every slip that followed it, told in the order of days."""

from datetime import date

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.count import short_words
from tuopin_desktop.domain.leave.events import events_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import overdue_words
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, open_ledger, type_words
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

_COLUMNS = (
    Column("日期", 30, "center", Form.DATE),
    Column("报备单", 28, "center"),
    Column("经过", 116),
)


class StoryRow(msgspec.Struct, frozen=True):
    """One thing that happened to one of the slips."""

    day: date
    number: str
    text: str


def story(desk: Desk, slip_id: str, *, ledger: Ledger | None = None) -> Book[StoryRow]:
    """Return the chronicle of the family of slips a slip belongs to, from the first one on."""
    records = ledger or open_ledger(desk)
    if slip_id not in records.by_slip:
        raise refuse("slip", "找不到这张报备单，可能已删除，请刷新后重试", "slip")
    family = family_of(records.by_slip[slip_id], records)
    story_rows = [
        StoryRow(event.day, one.slip.number, event.words) for one in family for event in events_of(one, records.papers)
    ]
    rows = sorted(story_rows, key=lambda row: row.day)
    sheet = Table(
        title="请假报备单经过",
        columns=_COLUMNS,
        rows=tuple((row.day, row.number, row.text) for row in rows),
        intro=tuple(_intro(one, records) for one in family),
        office=desk.office.name,
        filled=records.today,
        notes=tuple(_standing(one) for one in family),
        landscape=False,
    )
    return book(rows, sheet)


def family_of(slip_story: Story, ledger: Ledger) -> list[Story]:
    """Return the first slip and all that follow it, directly or through others, in the order of their numbers."""
    names = {slip_story.slip.id}
    while slip_story.slip.follows in ledger.by_slip and slip_story.slip.follows not in names:
        slip_story = ledger.by_slip[slip_story.slip.follows]
        names.add(slip_story.slip.id)
    story_by_key, waiting = {slip_story.slip.id: slip_story}, [slip_story]
    while waiting:
        for item in waiting.pop().followers:
            if item.id not in story_by_key and item.id in ledger.by_slip:
                story_by_key[item.id] = ledger.by_slip[item.id]
                waiting.append(story_by_key[item.id])
    first, *rest = story_by_key.values()
    return [first, *sorted(rest, key=lambda one: (str(one.slip.filled), one.slip.number))]


def _intro(slip_story: Story, ledger: Ledger) -> str:
    slip = slip_story.slip
    period = parse_stored(slip.period)
    count = ledger.days_of(slip)
    by_type = f"，按假别计{count.text}" + ("" if count.by_type is None else "天")
    return (
        f"{slip.number}  {slip.name}，{slip.post}，{short_words(period)}赴{slip.place}，"
        f"{type_words(slip)}，自然日{count.natural:g}天{by_type}。事由：{slip.reason.rstrip('。')}。"
    )


def _standing(slip_story: Story) -> str:
    lines = [*slip_story.owed, overdue_words(slip_story)]
    owed = "；".join(text for text in lines if text)
    return f"{slip_story.slip.number}现状：{slip_story.state_words}。{owed + '。' if owed else ''}"
