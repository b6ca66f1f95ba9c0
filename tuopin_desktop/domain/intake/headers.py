"""Where the heading of a sheet stands and which column fills which field."""

import functools
import re
from collections.abc import Iterable, Sequence

import msgspec

from tuopin_desktop.domain.columns import Column, columns, kinds_of, label_of
from tuopin_desktop.domain.intake.daycells import day_column, day_of, is_weekday
from tuopin_desktop.domain.intake.headings import heading_key, recognised
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Form

SEARCHED = 30
"""Rows in which a heading is looked for; above it stand titles, the reporting unit and blank lines."""

WIDEST = 300
_NAME_KEY = "姓名"
DEEPEST = 3
"""Rows a heading takes at most: a group title, a heading, its parts."""

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


def find_header(rows: Sequence[Sequence[object]], kind: str) -> Header | Problem:
    """Return the best heading among the first rows, or the Problem that says what a heading needs."""
    match = find_headers(rows, kind)
    return match if isinstance(match, Problem) else match[0]


def find_headers(rows: Sequence[Sequence[object]], kind: str) -> tuple[Header, ...] | Problem:
    """Return the best heading among the first rows, cut into its blocks where several stand abreast, or the Problem."""
    searched = min(SEARCHED, len(rows))
    readings = (
        (len(header.columns), -depth, -index, header)
        for index in range(searched)
        for depth in range(1, DEEPEST + 1)
        if index + depth <= searched
        for header in (_read(rows[index : index + depth], kind, index + 1),)
    )
    best = max(readings, key=lambda reading: reading[:3], default=None)
    if best is None or not _enough(best[3]):
        return Problem(code="no_header", sentence=f"前{SEARCHED}行里没有找到{label_of(kind)}的表头：{_needed(kind)}")
    lines = rows[best[3].first - 1 : best[3].last]
    blocks = [_read(lines, kind, best[3].first, *span) for span in _blocks(best[3])]
    blocks = [block for block in blocks if _enough(block)] if len(blocks) > 1 else []
    return tuple(_past_repeats(header, rows) for header in (blocks if len(blocks) > 1 else [best[3]]))


def _blocks(header: Header) -> list[tuple[int, int]]:
    """Return the column spans of tables that stand abreast under one heading, cut where its first word comes again."""
    key = next((heading_key(text) for place, text in header.headings.items() if place in header.columns), "")
    keys = {place: heading_key(text) for place, text in header.headings.items()}
    names = [place for place, text in keys.items() if text == key] if key else []
    if len(names) < 2 or is_day_heading(header, names[0]):
        return []
    lead = 0
    while names[0] - lead - 1 >= 0 and (before := keys.get(names[0] - lead - 1)) is not None:
        if before != keys.get(names[1] - lead - 1):
            break
        lead += 1
    starts = [0, *(place - lead for place in names[1:])]
    return list(zip(starts, [*starts[1:], WIDEST], strict=True))


def is_day_heading(header: Header, place: int) -> bool:
    """Tell whether a column is a day of attendance."""
    column = header.columns.get(place)
    return column is not None and column.field.form is Form.DAY


def _read(lines: Sequence[Sequence[object]], kind: str, first: int, left: int = 0, right: int = WIDEST) -> Header:
    joined = _stacked(lines)
    headings: dict[int, str] = {}
    mapped: dict[int, Column] = {}
    exact: set[int] = set()
    for place, readings in enumerate(joined[:right]):
        if place < left or not any(readings):
            continue
        headings[place] = "".join(readings[0].split())
        column = next((match for text in readings if text and (match := _meaning(kind, text)) is not None), None)
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


@functools.lru_cache(maxsize=8192)
def _meaning(kind: str, text: str) -> Column | None:
    return day_column(kind, text) or recognised(kind, text)


def _stacked(lines: Sequence[Sequence[object]]) -> list[list[str]]:
    """Return for each column the ways its heading rows can be read, the most telling words first."""
    stacked = [[_words(cell)] for cell in lines[-1][:WIDEST]]
    for line in reversed(lines[:-1]):
        stacked = _joined(line, stacked)
    return stacked


def _joined(parents: Sequence[object], children: Sequence[list[str]]) -> list[list[str]]:
    """Return for each column the readings of the rows below put together with the words of the row above."""
    result: list[list[str]] = []
    above = ""
    for place in range(min(WIDEST, max(len(parents), len(children)))):
        parent = _words(parents[place]) if place < len(parents) else ""
        readings = children[place] if place < len(children) else [""]
        child = readings[0]
        if parent:
            above = parent
        elif not child:
            above = ""
        if not child or child == parent:
            result.append([parent])
        else:
            shorter = re.sub("起止时间|起止|时间|日期", "", above)
            result.append([above + child, *readings, shorter + child])
    return result


def _words(cell: object) -> str:
    """Return the words of a heading cell; the days of a month stand as numbers or dates over their columns."""
    if isinstance(cell, str):
        return re.sub(r"[^\S\n]+", "", cell).strip()[:200]
    day = day_of(cell)
    if day is None:
        return ""
    return f"{day.year}年{day.month}月{day.day}日" if day.year else str(day.day)


def _enough(header: Header) -> bool:
    mapped = [column for column in header.columns.values() if column.field.name not in ("id", "owner")]
    labels = {column.field.label for column in mapped}
    if _is_roster(header.kind):
        return _NAME_KEY in labels and len(mapped) >= 3
    required = [column for column in columns(header.kind) if column.field.required]
    names = {column.field.name for column in mapped}  # a period may stand in two columns
    have = sum(column.field.name in names for column in required)
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
        if len(again.columns) * 2 <= len(header.columns) and not _only_weekdays(rows[header.last], header):
            break
        header = msgspec.structs.replace(header, last=header.last + 1)
    return header


def _only_weekdays(row: Sequence[object], header: Header) -> bool:
    """Tell whether a row stands under the days of a month and names their weekdays."""
    places = [place for place in header.columns if is_day_heading(header, place)]
    cells = [row[place] for place in places if place < len(row) and row[place] not in (None, "")]
    others = [cell for place, cell in enumerate(row) if place in header.columns and place not in places]
    return len(cells) > 1 and all(map(is_weekday, cells)) and not any(_data(cell, header) for cell in others)


def _data(cell: object, header: Header) -> bool:
    return cell not in (None, "") and heading_key(cell) not in map(heading_key, header.headings.values())
