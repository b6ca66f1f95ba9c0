"""按键表: the keys of the window on paper, to lie beside the keyboard; the window hands over what it really binds."""

from collections.abc import Iterator, Sequence

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

_COLUMNS = (
    Column("哪一页", 26, "center"),
    Column("按键", 30, "center"),
    Column("做什么", 44),
    Column("按键", 30, "center"),
    Column("做什么", 44),
)


class KeyRow(msgspec.Struct, frozen=True):
    """One key: the page it works on (通用: on every page), how it is pressed, and what it does."""

    where: str
    keys: str
    text: str


def sheet(desk: Desk, rows: Sequence[KeyRow]) -> Book[KeyRow]:
    """Return the sheet of keys."""
    table = Table(
        title="按键表",
        columns=_COLUMNS,
        rows=tuple(_halved(rows)),
        notes=(f"注：共{len(rows)}项。单个字母的键在列表或考勤表中按；日期可以输入 531、+3，离开该格后显示完整日期。",),
        signed=(),
        landscape=False,
        size=9,
        least=5.0,
        one_page=True,
    )
    del desk  # keys are the program's, not an office's
    return book(rows, table)


def _halved(rows: Sequence[KeyRow]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the sheet, two keys to a line; those that do the same stand together."""
    for where in dict.fromkeys(row.where for row in rows):
        joined: dict[str, list[str]] = {}
        for row in rows:
            if row.where == where:
                joined.setdefault(row.text, []).append(row.keys)
        cells = [("、".join(keys), text) for text, keys in joined.items()]
        middle = (len(cells) + 1) // 2
        for place in range(middle):
            right = cells[middle + place] if middle + place < len(cells) else ("", "")
            yield (where if place == 0 else "", *cells[place], *right)
