"""The outcome of a comparison on paper and as a workbook: in both, only there, only here, each row with its reason."""

from collections.abc import Sequence

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.archives.comparing import Comparison
from tuopin_desktop.domain.archives.oldcatalogues import Entry
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk

BOTH, THERE, HERE = "两边都有", "只在旧目录", "只在本处"
_NUMBER = Column("序号", 12, "center", Form.INTEGER)
_ENTRY = (
    Column("旧目录位置", 28),
    Column("旧档号", 40, "left", Form.LONG),
    Column("旧目录题名", 62, "left", Form.LONG),
)
_ITEM = (Column("本处档号", 40, "left", Form.LONG), Column("本处题名", 62, "left", Form.LONG))
_REASON = Column("依据", 29, "left", Form.LONG)
_WIDE_REASON = Column("原因", 60, "left", Form.LONG)


def listed(desk: Desk, comparison: Comparison, name: str) -> Book[object]:
    """Return three lists; `name` is that of the old file."""
    tables = {
        BOTH: _table(desk, f"与“{name}”比对：{BOTH}", (_NUMBER, *_ENTRY, *_ITEM, _REASON), _both(comparison)),
        THERE: _table(desk, f"与“{name}”比对：{THERE}", (_NUMBER, *_ENTRY, *_DAYS, _WIDE_REASON), _there(comparison)),
        HERE: _table(desk, f"与“{name}”比对：{HERE}", (_NUMBER, *_ITEM, *_DAYS, _WIDE_REASON), _here(comparison)),
    }
    papers = tuple(sheet for sheet in tables.values() if sheet.rows)
    rows: tuple[object, ...] = (*comparison.both, *comparison.there, *comparison.here)
    return Book(title=f"与“{name}”比对", rows=rows, sheet=tables[BOTH], papers=papers or (tables[BOTH],), sheets=tables)


_DAYS = (Column("日期", 26, "center"), Column("文号", 40, "left", Form.LONG))


def _table(desk: Desk, title: str, columns: tuple[Column, ...], rows: Sequence[tuple[str | int, ...]]) -> Table:
    return Table(
        title=title,
        columns=columns,
        rows=tuple((place, *cells) for place, cells in enumerate(rows, 1)),
        office=desk.office.name,
        filled=desk.today(),
        size=9.5,
    )


def _both(comparison: Comparison) -> list[tuple[str, ...]]:
    return [(*_entry(one.entry), *_item(one.item), one.reason) for one in comparison.both]


def _there(comparison: Comparison) -> list[tuple[str, ...]]:
    return [(*_entry(one.entry), one.entry.day_text, one.entry.document, one.reason) for one in comparison.there]


def _here(comparison: Comparison) -> list[tuple[str, ...]]:
    return [
        (*_item(one.item), f"{one.item.dated:%Y%m%d}" if one.item.dated else "", one.item.document, one.reason)
        for one in comparison.here
    ]


def _entry(entry: Entry) -> tuple[str, str, str]:
    return entry.place, entry.code, entry.name


def _item(item: ArchiveItem) -> tuple[str, str]:
    return place_of(item), item.name


def place_of(item: ArchiveItem) -> str:
    """Return the code of an item, or where it stands while the office has no fonds code."""
    return item.code or f"{item.year}年{PERIODS.word(item.period)}{item.number:04d}"
