"""What the first tabs ask in the worker thread: a year as it is filed, the table of periods, what a change moves."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain.archives.periods import PaperRule
from tuopin_desktop.domain.records import ArchiveItem, FilingRule, Fonds
from tuopin_desktop.domain.records.archives import BINDING, PERIODS
from tuopin_desktop.services.archives import changing, forming, items, lacklists, printing, settings, tables
from tuopin_desktop.services.archives.changing import Moves
from tuopin_desktop.services.archives.forming import YearState
from tuopin_desktop.services.archives.gathering import Loose
from tuopin_desktop.services.office import books, disclosures, files
from tuopin_desktop.services.office.desk import Desk


class ItemRow(msgspec.Struct, frozen=True):
    """One item in the list: `lacks` in words, `waits` for its number."""

    item: ArchiveItem
    lacks: str
    waits: bool


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """One year with its items, every year there is, and the records that belong to none."""

    year: int
    years: tuple[YearState, ...]
    rows: tuple[ItemRow, ...]
    loose: tuple[Loose, ...]


class PeriodRow(msgspec.Struct, frozen=True):
    """One line of the table of periods."""

    key: str
    name: str
    period: str
    binding: str
    rule: PaperRule


class SetupAnswer(msgspec.Struct, frozen=True):
    """The fonds, and the table of periods by its title and lines."""

    fonds: Fonds
    title: str
    basis: str
    rows: tuple[PeriodRow, ...]


def year_view(desk: Desk, year: int) -> YearView:
    """Return a year; 0 is the first with papers that wait for a number, else the last."""
    years = forming.years(desk)
    waiting = [one.year for one in years.years if one.waiting and one.over]
    code = year or next(iter(waiting), years.years[-1].year if years.years else 0)
    plan = forming.plan(desk, code)
    fresh = {item.id for item in plan.fresh}
    by_item: dict[str, list[str]] = {}
    for lack in items.plan_lacks(desk, plan.items):
        by_item.setdefault(lack.item.id, []).append(lack.sentence)
    rows = tuple(ItemRow(one, "；".join(by_item.get(one.id, ())), one.id in fresh) for one in plan.items)
    return YearView(year=code, years=years.years, rows=rows, loose=years.loose)


def write_lacks(desk: Desk, year: int, path: Path) -> Path:
    """Write what is missing of a year as a list."""
    return books.write(desk, path, lacklists.listed(desk, year))


def write_item(desk: Desk, item: ArchiveItem, path: Path) -> Path:
    """Write an item as PDF; whoever takes it out is noted."""
    data = printing.pdf(desk, item)
    assert data is not None, "a listed item has its records"
    disclosures.note(desk, "export", f"归档文件“{item.name}”")
    return files.write(desk, path, data)


def amend(desk: Desk, item: ArchiveItem) -> ArchiveItem:
    """Write what was put right of an item."""
    return items.amend(desk, item.id, {name: getattr(item, name) for name in items.EDITABLE})


def setup(desk: Desk) -> SetupAnswer:
    """Return the fonds and the table of periods."""
    periods = tables.periods(desk)
    rows = tuple(
        PeriodRow(
            paper.key,
            paper.name,
            PERIODS.word(rule.period) if rule.filed else "不归档",
            BINDING.word(rule.binding) if rule.filed else "",
            rule,
        )
        for paper, rule in periods.rules
    )
    return SetupAnswer(settings.fonds(desk), periods.title, periods.basis, rows)


def moves(desk: Desk, rule: FilingRule) -> Moves:
    """Return what a change of a line would move."""
    return changing.moves(desk, rule.paper, filed=rule.filed, period=rule.period, binding=rule.binding, note=rule.note)


def adjust(desk: Desk, rule: FilingRule) -> Moves:
    """Change a line and return what moved."""
    return changing.adjust(desk, rule.paper, filed=rule.filed, period=rule.period, binding=rule.binding, note=rule.note)
