"""What the page asks; every function runs in the worker thread."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.records import DailyLog, LedgerItem
from tuopin_desktop.services.journals import hints, ledger, logs, papers
from tuopin_desktop.services.journals.hints import Hint
from tuopin_desktop.services.journals.ledger import ItemRow
from tuopin_desktop.services.journals.logs import WeekSheet
from tuopin_desktop.services.journals.people import members
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


class Week(msgspec.Struct, frozen=True):
    """A week with what reads nearly alike in it."""

    sheet: WeekSheet
    hints: tuple[Hint, ...]


class LogsOutcome(msgspec.Struct, frozen=True):
    """What came of saving logs: which, and what is wrong by log id."""

    ids: tuple[str, ...]
    wrong: Mapping[str, tuple[Problem, ...]]


class Items(msgspec.Struct, frozen=True):
    """A list of the ledger, how many are on each list, and the team's people by posting."""

    rows: tuple[ItemRow, ...]
    counts: Mapping[str, int]
    people: Mapping[str, str]


class ItemOutcome(msgspec.Struct, frozen=True):
    """What came of saving an item: the item, or what is wrong."""

    item: LedgerItem | None
    problems: tuple[Problem, ...] = ()


def week(desk: Desk, code: str, county: str) -> Week:
    """Return a week of a team."""
    return Week(logs.week(desk, code, county), tuple(hints.hints(desk, code, county)))


def keep(desk: Desk, daily_logs: Sequence[DailyLog]) -> LogsOutcome:
    """Keep logs, all or none."""
    return LogsOutcome(tuple(log.id for log in daily_logs), logs.keep(desk, daily_logs))


def items(desk: Desk, county: str, which: str) -> Items:
    """Return a list of the ledger."""
    today = desk.today()
    people = {item.posting.id: item.name for item in members(desk, county, [today])}
    return Items(tuple(ledger.items(desk, county, which)), ledger.counts(desk, county), people)


def save_item(desk: Desk, item: LedgerItem, county: str) -> ItemOutcome:
    """Keep an item as it stands in the form; a new one becomes the team's."""
    if not item.id:
        item = msgspec.structs.replace(item, id=registers.new_id(desk, county))
    try:
        return ItemOutcome(ledger.change(desk, item))
    except Refused as refused:
        return ItemOutcome(None, refused.problems)


def write(desk: Desk, kind: str, values: Mapping[str, str], path: Path) -> Path:
    """Write a paper as what the file's name says: .xlsx a workbook, else a PDF."""
    book = _paper(desk, kind, values)
    return books.write(desk, path, book)


def _paper(desk: Desk, kind: str, values: Mapping[str, str]) -> books.Book[Any]:
    if kind == "log":
        return papers.month_logs(desk, values["month"], county=values["county"])
    if kind == "note":
        return papers.weekly_note(desk, values["week"], county=values["county"])
    if kind == "ledger":
        return papers.work_ledger(desk, county=values["county"], which=values.get("which", "all"))
    return papers.blank(desk, kind.removeprefix("blank-"))
