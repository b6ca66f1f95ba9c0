"""电话销假核对表: whose return has no note of the telephone report, or two that disagree (Att. 1, note 2)."""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.leave.phone import WORDLESS, Lack, word_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import Call
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, half_words, open_ledger
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("驻旗县", 32),
    Column("编号", 24, "center"),
    Column("姓名", 24, "center"),
    Column("归队", 32, "center"),
    Column("旗县记录", 44, "center"),
    Column("联络考评组记录", 44, "center"),
    Column("缺什么、哪里不符", 60),
)


class PhoneRow(msgspec.Struct, frozen=True):
    """One return and its two notes; `presses` is False where the Office's note only has to arrive."""

    slip: str
    county: str
    number: str
    name: str
    back: str
    noted: tuple[str, str]
    lacks: tuple[str, ...]
    text: str
    presses: bool


def phone_notes(desk: Desk, *, county: str = "", ledger: Ledger | None = None) -> Book[PhoneRow]:
    """Return the named list: what is missing or disagrees first, then what waits for a package; newest return first."""
    records = ledger or open_ledger(desk)
    rows = [_row(story, records) for story in records.within(county_called(desk, county)) if story.phone]
    rows.sort(key=lambda row: (row.back, row.number), reverse=True)
    rows.sort(key=lambda row: not row.presses)
    pressing, waiting = sum(row.presses for row in rows), sum(not row.presses for row in rows)
    each = "，".join(
        f"{lack.value}{_counted(rows, lack)}张" for lack in Lack if lack is not Lack.OUT and _counted(rows, lack)
    )
    text = f"缺记录或双方不符的{pressing}张，待数据包到达后核对的{waiting}张"
    sheet = Table(
        title="电话销假核对表",
        columns=_COLUMNS,
        rows=tuple(_cells(place, row) for place, row in enumerate(rows, 1)),
        office=desk.office.name,
        filled=records.today,
        notes=(
            f"注：{text}（{each}）。" if each else f"注：{text}。",
            "依据：管理办法第十条“及时向准假的单位（领导）销假”，附件1备注2“归队后，须电话向联络考评组销假”。",
        ),
        signed=("核对人：", "日期：        年    月    日"),
        frozen=4,
    )
    return book(rows, totalled(sheet, "张"))


def uncalled(facts: Facts, policy: Policy) -> int:
    """Return how many slips the start page names: those whose notes are missing or disagree."""
    stories = (facts.story(slip, policy) for slip in facts.slips if not slip.deleted)
    return sum(any(gap.presses for gap in story.phone) for story in stories)


def _counted(rows: Iterable[PhoneRow], lack: Lack) -> int:
    return sum(lack.name in row.lacks for row in rows)


def _row(story: Story, ledger: Ledger) -> PhoneRow:
    return PhoneRow(
        slip=story.slip.id,
        county=ledger.county(story.slip.id),
        number=story.slip.number,
        name=story.slip.name,
        back=story.slip.returned,
        noted=(_note(story.called.get("county")), _note(story.called.get("liaison"))),
        lacks=tuple(gap.lack.name for gap in story.phone),
        text="；".join(gap.text for gap in story.phone),
        presses=any(gap.presses for gap in story.phone),
    )


def _note(note: Call | None) -> str:
    if note is None or note.day is None:
        return "没有记录" if note is None else word_of(note)
    return " ".join(filter(None, (note.day.isoformat(), note.time, note.word or WORDLESS)))


def _cells(place: int, row: PhoneRow) -> tuple[str | int, ...]:
    return (place, row.county, row.number, row.name, half_words(row.back, 0), *row.noted, row.text)
