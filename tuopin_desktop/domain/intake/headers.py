"""Where the heading of a sheet stands and which column fills which field."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from tuopin_desktop.domain.columns import Column, all_columns, columns, kinds_of, label_of
from tuopin_desktop.domain.problems import Problem

SEARCHED = 30
"""Rows in which a heading is looked for; above it stand titles, the reporting unit and blank lines."""

WIDEST = 300
_NAME_KEY = "姓名"
_DAYS = range(1, 32)
_NUMBERINGS = {"序号", "编号", "no"}


class Header(msgspec.Struct, frozen=True):
    """The heading found: sheet row numbers from `first` to `last`, and the field each column index fills.

    `headings` are the words of every column that has any; `unmapped` those that fill nothing; `missing` the
    required columns the sheet lacks.
    """

    kind: str
    first: int
    last: int
    columns: dict[int, Column]
    headings: dict[int, str]

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the headings that fill no field."""
        return tuple(text for place, text in self.headings.items() if place not in self.columns)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the headings whose words are lost to the register: those that fill no field and do not only count."""
        return tuple(text for text in self.unmapped if heading_key(text) not in _NUMBERINGS)

    @property
    def missing(self) -> tuple[Column, ...]:
        """Return the required columns the sheet lacks."""
        have = {column.key for column in self.columns.values()}
        return tuple(column for column in columns(self.kind) if column.field.required and column.key not in have)

    def assign(self, place: int, column: Column | None) -> "Header":
        """Return the header with one column given to another field, or to none."""
        changed = {at: item for at, item in self.columns.items() if at != place and item != column}
        if column is not None:
            changed[place] = column
        return msgspec.structs.replace(self, columns=dict(sorted(changed.items())))


def heading_key(value: object) -> str:
    """Fold a heading for comparison: NFKC, letters and digits only."""
    text = unicodedata.normalize("NFKC", str(value)[:200]) if value is not None else ""
    return "".join(char for char in text if char.isalnum()).lower()


@functools.cache
def _known(kind: str) -> dict[str, Column]:
    """Return the columns by folded heading; a label counts before any synonym, the first column before a later."""
    column_by_key: dict[str, Column] = {}
    for column in all_columns(kind):
        column_by_key.setdefault(heading_key(column.heading), column)
    for column in all_columns(kind):
        for synonym in (column.field.label, *column.field.synonyms):
            column_by_key.setdefault(heading_key(synonym), column)
    return column_by_key


def recognised(kind: str, value: object) -> Column | None:
    """Return the column a single heading stands for, or None."""
    return _known(kind).get(heading_key(value))


def find_header(rows: Sequence[Sequence[object]], kind: str) -> Header | Problem:
    """Return the best heading among the first rows, or the Problem that says what a heading needs."""
    searched = min(SEARCHED, len(rows))
    readings = (
        (len(header.columns), -depth, -index, header)
        for index in range(searched)
        for depth in (1, 2)
        if index + depth <= searched
        for header in (_read(rows[index : index + depth], kind, index + 1),)
    )
    best = max(readings, key=lambda reading: reading[:3], default=None)
    if best is None or not _enough(best[3]):
        return Problem(code="no_header", sentence=f"前{SEARCHED}行里没有找到{label_of(kind)}的表头：{_needed(kind)}")
    return _past_repeats(best[3], rows)


def _read(lines: Sequence[Sequence[object]], kind: str, first: int) -> Header:
    joined = _joined(*lines) if len(lines) == 2 else [[_words(cell)] for cell in lines[0][:WIDEST]]
    column_by_key = _known(kind)
    headings: dict[int, str] = {}
    mapped: dict[int, Column] = {}
    exact: set[int] = set()
    for place, readings in enumerate(joined):
        if not any(readings):
            continue
        headings[place] = readings[0]
        column = next((column_by_key[key] for text in readings if (key := heading_key(text)) in column_by_key), None)
        if column is None:
            continue
        is_label = any(heading_key(sentence) == heading_key(column.heading) for sentence in readings)
        rival = next((at for at, item in mapped.items() if item == column), None)
        if rival is not None and (rival in exact or not is_label):
            continue
        if rival is not None:
            del mapped[rival]
        mapped[place] = column
        if is_label:
            exact.add(place)
    return Header(kind, first, first + len(lines) - 1, mapped, headings)


def _joined(parents: Sequence[object], children: Sequence[object]) -> list[list[str]]:
    """Return for each column the ways two heading rows can be read, the most telling words first."""
    result: list[list[str]] = []
    above = ""
    for place in range(min(WIDEST, max(len(parents), len(children)))):
        parent = _words(parents[place]) if place < len(parents) else ""
        child = _words(children[place]) if place < len(children) else ""
        if parent:
            above = parent
        elif not child:
            above = ""
        if not child or child == parent:
            result.append([parent])
        else:
            shorter = re.sub("起止时间|起止|时间|日期", "", above)
            result.append([above + child, child, shorter + child])
    return result


def _words(cell: object) -> str:
    """Return the words of a heading cell; the days of a month stand as numbers over their columns."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell in _DAYS:
        return str(int(cell))
    return re.sub(r"\s+", "", cell)[:200] if isinstance(cell, str) else ""


def _enough(header: Header) -> bool:
    mapped = [column for column in header.columns.values() if column.field.name not in ("id", "owner")]
    labels = {column.field.label for column in mapped}
    if _is_roster(header.kind):
        return _NAME_KEY in labels and len(mapped) >= 3
    required = [column for column in columns(header.kind) if column.field.required]
    have = sum(column in mapped for column in required)
    return len(mapped) >= min(2, len(columns(header.kind))) and have * 2 >= len(required)


def _is_roster(kind: str) -> bool:
    return "person" in kinds_of(kind)


def _needed(kind: str) -> str:
    if _is_roster(kind):
        return "需要“姓名”和另外至少两列（如性别、公民身份号码、派出单位）。请检查是否选错了工作表"
    required = [column.heading for column in columns(kind) if column.field.required]
    return f"需要{_listed(required)}等列。请检查是否选错了工作表"


def _listed(texts: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in texts)


def _past_repeats(header: Header, rows: Sequence[Sequence[object]]) -> Header:
    """Move below rows that say the same again, as a vertically merged heading does once it is filled down."""
    while header.last < min(len(rows), header.first + SEARCHED):
        again = _read(rows[header.last : header.last + 1], header.kind, header.last + 1)
        if len(again.columns) * 2 <= len(header.columns):
            break
        header = msgspec.structs.replace(header, last=header.last + 1)
    return header
