"""An official form ready for use: its definition checked, every word, line and field placed on the page."""

from math import fsum
from pathlib import Path
from typing import NamedTuple

import msgspec

from tuopin_desktop.documents.definition import Block, Cell, Definition, Foot, Run, Style, faults
from tuopin_desktop.documents.grid import frame, grid, steps
from tuopin_desktop.documents.typeset import Area, Setting
from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.display import MM, FieldBox, Line
from tuopin_desktop.domain.problems import Trouble

SCHEMA = 1
LEADING = 1.25  # of the size, where a style names none
FOOT = 8.0  # mm kept at the bottom of a cell for its signature
UNDER = 1.2  # mm from the baseline of a heading down to the rule of a field
WIDE = 1e4  # mm: words outside the table are never broken by the width of the page


class Words(NamedTuple):
    """Printed words and where they stand."""

    text: str
    setting: Setting
    area: Area


class Slot(NamedTuple):
    """A field: what the window needs (`box`) and what the typesetter needs."""

    box: FieldBox
    setting: Setting
    area: Area


class Form(msgspec.Struct, frozen=True, eq=False):
    """One official form; compared and hashed by identity, because it is loaded once and kept."""

    id: str
    title: str
    width: float
    height: float
    texts: tuple[Words, ...]
    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]

    @property
    def fields(self) -> tuple[FieldBox, ...]:
        """The fields in paper order: line by line, left to right; a signature follows the cell it stands in."""
        return tuple(slot.box for slot in self.slots)


def load(path: Path, *, width: int = 0) -> Form:
    """Read and check a form.toml; raises Trouble with everything wrong with it.

    With a `width` in mm the paper is as wide as that, and the table's last column takes the difference.
    """
    try:
        definition = msgspec.convert(tomltext.read(path.read_bytes()), Definition)
    except (OSError, tomltext.Unreadable, msgspec.ValidationError) as error:
        raise Trouble(f"表样文件“{path}”无法读取，请重新安装本程序。") from error
    if width:
        definition = _as_wide(definition, width)
    wrong = check(definition)
    if wrong:
        raise Trouble(f"表样文件“{path}”有误：{'；'.join(wrong)}。")
    return _Layout(definition).form()


def _as_wide(definition: Definition, width: int) -> Definition:
    page, table = definition.page, definition.table
    more = width - definition.paper[0]
    return msgspec.structs.replace(
        definition,
        page=msgspec.structs.replace(page, size=f"{width}x{definition.paper[1]:.0f}"),
        table=msgspec.structs.replace(table, cols=(*table.cols[:-1], table.cols[-1] + more)),
    )


def check(definition: Definition) -> tuple[str, ...]:
    """Everything wrong with a definition, in Chinese."""
    if definition.schema != SCHEMA:
        return (f"格式版本为{definition.schema}，本程序只认识{SCHEMA}",)
    return faults(definition)


def setting_of(style: Style, *, leading: float = 0.0, align: str = "", valign: str = "", most: int = 0) -> Setting:
    """A style as the typesetter takes it, with a cell's own wishes."""
    return Setting(
        role=style.role,
        size=style.size,
        leading=leading or style.leading or style.size * LEADING,
        smallest=style.min if style.fit == "shrink" else style.size,
        align=align or style.align,
        valign=valign or style.valign,
        indent=style.indent,
        most=most,
    )


class _Layout:
    """Turns a definition into page coordinates."""

    def __init__(self, definition: Definition) -> None:
        self._from = definition
        self._left, self._top = definition.page.margin.left, definition.page.margin.top
        self._words: list[Words] = []
        self._slots: list[Slot] = []
        self._lines: list[Line] = []
        table = definition.table
        self._columns = steps(self._left + table.at[0], table.cols)
        self._rows = steps(self._top + table.at[1], table.rows)

    def form(self) -> Form:
        for block in self._from.block:
            self._block(block)
        cells = sorted(self._from.cell, key=Cell.span)
        for cell in cells:
            self._cell(cell)
        rule = self._from.table.rule
        self._lines.extend(Line(*ends, rule.outer) for ends in frame(self._columns, self._rows))
        if rule.inner:
            self._lines.extend(Line(*ends, rule.inner) for ends in grid(cells, self._columns, self._rows))
        for one in self._from.line:
            x0, y0, x1, y1 = one.ends
            self._lines.append(Line(self._left + x0, self._top + y0, self._left + x1, self._top + y1, one.width))
        width, height = self._from.paper
        return Form(
            id=self._from.id,
            title=self._from.title,
            width=width,
            height=height,
            texts=tuple(self._words),
            lines=tuple(self._lines),
            slots=tuple(self._slots),
        )

    def _block(self, block: Block) -> None:
        style = self._from.style[block.style]
        setting = setting_of(style, valign="top")
        x, y = self._left + block.at[0], self._top + block.at[1]
        if block.text:
            height = setting.leading / MM * (block.text.count("\n") + 1)
            self._words.append(Words(block.text, setting, Area(x, y, block.width or WIDE, height)))
        self._runs(block.runs, setting, x, y)
        width = fsum(_run_width(run, style.size) for run in block.right)
        self._runs(block.right, setting, x + block.width - width, y)

    def _runs(self, runs: tuple[Run, ...], setting: Setting, x: float, y: float) -> None:
        """A heading line is set solid, one square per character: its fields stand in the same place with every font."""
        height = setting.leading / MM
        for run in runs:
            width = _run_width(run, setting.size)
            area = Area(x, y, width, height)
            if run.text:
                self._words.append(Words(run.text, setting, area._replace(width=WIDE)))
            if run.field:
                style = self._from.style["value"]
                inner = setting_of(style, leading=setting.leading, align=run.align, valign="middle", most=1)
                inner = inner._replace(role=setting.role, size=setting.size)
                self._slot(run.field, run.label, inner, area)
            if run.rule:
                under = y + height / 2 + 0.38 * setting.size / MM + UNDER
                self._lines.append(Line(x, under, x + width, under, self._from.table.rule.inner))
            x += width

    def _cell(self, cell: Cell) -> None:
        top, left, bottom, right = cell.span()
        across, down = self._from.table.pad
        area = Area(
            self._columns[left] + across,
            self._rows[top] + down,
            self._columns[right + 1] - self._columns[left] - 2 * across,
            self._rows[bottom + 1] - self._rows[top] - 2 * down,
        )
        setting = setting_of(self._from.style[cell.style], leading=cell.leading, align=cell.align, valign=cell.valign)
        body, foot = _divided(cell, setting, area)
        if cell.text:
            self._words.append(Words(cell.text, setting, body))
        if cell.field:
            self._slot(cell.field, cell.label, setting, body, marks=cell)
        if cell.foot:
            style = setting_of(self._from.style[cell.foot.style], align=cell.foot.align)
            self._slot(cell.foot.field, cell.foot.label, style, foot, marks=cell.foot)

    def _slot(self, name: str, label: str, setting: Setting, area: Area, marks: Cell | Foot | None = None) -> None:
        box = FieldBox(
            name=name,
            label=label,
            x=area.x,
            y=area.y,
            width=area.width,
            height=area.height,
            size=setting.size,
            align=setting.align,
            valign=setting.valign,
            multiline=bool(marks and marks.multiline),
            ink=bool(marks and marks.ink),
        )
        self._slots.append(Slot(box, setting, area))


def _run_width(run: Run, size: float) -> float:
    """Millimetres a piece of a heading line takes."""
    return run.rule or (run.pad or len(run.text)) * size / MM


def _divided(cell: Cell, setting: Setting, area: Area) -> tuple[Area, Area]:
    """A cell's area split into its body and its foot; without a foot the body is everything."""
    if not cell.foot:
        return area, area
    foot = FOOT if cell.field else area.height - setting.leading / MM * (cell.text.count("\n") + 1)
    return (
        area._replace(height=area.height - foot),
        area._replace(y=area.y + area.height - foot, height=foot),
    )
