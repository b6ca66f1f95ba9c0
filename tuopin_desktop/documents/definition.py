"""How an official form is written down in forms/*/form.toml, as typed records."""

import re
from math import fsum

import msgspec

_SPAN = re.compile(r"r(\d+)c(\d+)(?::r(\d+)c(\d+))?")

PAGES = {"A4": (210.0, 297.0), "A4 landscape": (297.0, 210.0)}
_SIZE = re.compile(r"([0-9]+)x([0-9]+)")  # of a paper that is cut: width and height in mm
ROLES = ("title", "hei", "kai", "fang", "song")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts: a misspelt key is an error, not a silent default."""


class Margin(_Part, frozen=True):
    """Millimetres from the page's edges."""

    top: float
    right: float
    bottom: float
    left: float


class Page(_Part, frozen=True):
    size: str
    margin: Margin


class Style(_Part, frozen=True):
    """How text is set: sizes in pt, indent in em; `fit = "shrink"` goes down to `min`, anything else stays as it is."""

    role: str
    size: float
    leading: float = 0.0
    align: str = "left"
    valign: str = "middle"
    indent: float = 0.0
    min: float = 0.0
    fit: str = ""


class Run(_Part, frozen=True):
    """A piece of a heading line: words, or a field of `rule` mm with a rule under it, or a field of `pad` em."""

    text: str = ""
    field: str = ""
    label: str = ""
    rule: float = 0.0
    pad: float = 0.0
    align: str = "center"


class Block(_Part, frozen=True):
    """Text outside the table; `at` and `width` in mm from the type area's top-left corner."""

    style: str
    at: tuple[float, float]
    width: float = 0.0
    text: str = ""
    runs: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()


class Rule(_Part, frozen=True):
    """Line widths of the table in pt; without an inner one its cells are not parted."""

    outer: float
    inner: float


class Table(_Part, frozen=True):
    """The grid: column widths and row heights in mm, inner padding across and down in mm."""

    at: tuple[float, float]
    cols: tuple[float, ...]
    rows: tuple[float, ...]
    rule: Rule
    pad: tuple[float, float]


class Foot(_Part, frozen=True):
    """A second field at the bottom of a cell."""

    style: str
    field: str
    label: str
    align: str = ""
    ink: bool = False
    multiline: bool = False


class Cell(_Part, frozen=True):
    """One cell, merged over `at` ("r3c2:r3c4"): printed words or a field; leading, align, valign override the style."""

    at: str
    style: str
    text: str = ""
    field: str = ""
    label: str = ""
    ink: bool = False
    multiline: bool = False
    leading: float = 0.0
    align: str = ""
    valign: str = ""
    foot: Foot | None = None

    def span(self) -> tuple[int, int, int, int]:
        """First row, first column, last row, last column, counted from 0; (0, 0, -1, -1) when `at` cannot be read."""
        match = _SPAN.fullmatch(self.at)
        if not match:
            return 0, 0, -1, -1
        row, column = int(match[1]) - 1, int(match[2]) - 1
        return row, column, int(match[3] or match[1]) - 1, int(match[4] or match[2]) - 1


class Stroke(_Part, frozen=True):
    """A line that belongs to no table: its ends in mm from the type area's top-left corner, its width in pt."""

    ends: tuple[float, float, float, float]
    width: float


class Definition(_Part, frozen=True):
    """A whole form.toml."""

    schema: int
    id: str
    title: str
    page: Page
    style: dict[str, Style]
    table: Table
    cell: tuple[Cell, ...]
    block: tuple[Block, ...] = ()
    line: tuple[Stroke, ...] = ()

    @property
    def paper(self) -> tuple[float, float]:
        """Page width and height in mm."""
        if size := _SIZE.fullmatch(self.page.size):
            return float(size[1]), float(size[2])
        return PAGES.get(self.page.size, (0.0, 0.0))

    @property
    def type_area(self) -> tuple[float, float]:
        """Width and height inside the margins, in mm."""
        margin = self.page.margin
        return self.paper[0] - margin.left - margin.right, self.paper[1] - margin.top - margin.bottom


def faults(definition: Definition) -> tuple[str, ...]:
    """Everything wrong with a definition, as Chinese sentences; empty when it can be printed."""
    if not all(definition.paper):
        return (f"不认识的纸张“{definition.page.size}”",)
    return (*_sizes(definition), *_coverage(definition), *_styles(definition), *_fields(definition))


def _sizes(definition: Definition) -> list[str]:
    width, height = definition.type_area
    table = definition.table
    wrong = []
    if abs(table.at[0] + fsum(table.cols) - width) > 0.01:
        wrong.append(f"各列宽度之和为{fsum(table.cols):g}毫米，版心宽{width:g}毫米")
    if table.at[1] + fsum(table.rows) > height + 0.01:
        wrong.append(f"表格下边在{table.at[1] + fsum(table.rows):g}毫米处，超出版心高度{height:g}毫米")
    return wrong


def _coverage(definition: Definition) -> list[str]:
    rows, columns = len(definition.table.rows), len(definition.table.cols)
    value_by_pair: dict[tuple[int, int], str] = {}
    wrong = []
    for cell in definition.cell:
        top, left, bottom, right = cell.span()
        if top < 0 or left < 0 or not top <= bottom < rows or not left <= right < columns:
            wrong.append(f"单元格位置“{cell.at}”不在表格内")
            continue
        squares = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        wrong += [f"单元格“{cell.at}”与“{value_by_pair[square]}”重叠" for square in squares if square in value_by_pair][
            :1
        ]
        value_by_pair.update(dict.fromkeys(squares, cell.at))
    bare = [(row, column) for row in range(rows) for column in range(columns) if (row, column) not in value_by_pair]
    return wrong + [f"第{row + 1}行第{column + 1}列没有单元格" for row, column in bare]


def _styles(definition: Definition) -> list[str]:
    used = {block.style for block in definition.block} | {cell.style for cell in definition.cell}
    used |= {cell.foot.style for cell in definition.cell if cell.foot}
    wrong = [f"没有定义样式“{name}”" for name in sorted(used - set(definition.style))]
    unknown = sorted({style.role for style in definition.style.values()} - set(ROLES))
    return wrong + [f"不认识的字体“{role}”" for role in unknown]


def _fields(definition: Definition) -> list[str]:
    parts: list[Run | Cell | Foot] = [run for block in definition.block for run in (*block.runs, *block.right)]
    for cell in definition.cell:
        parts += [cell, cell.foot] if cell.foot else [cell]
    fields = [part for part in parts if part.field]
    names = [part.field for part in fields]
    wrong = [f"栏目“{name}”出现了两次" for name in sorted({name for name in names if names.count(name) > 1})]
    return wrong + [f"栏目“{part.field}”没有中文名称" for part in fields if not part.label]
