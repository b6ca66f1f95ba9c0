"""What a key, a paste or a command would write: worked out first, so that it is one undo step and nothing is silent."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from tuopin_desktop.domain.ahead import not_yet
from tuopin_desktop.domain.attendance.codes import ACCEPTED, Mark, day_sign, halves, join, parse_day
from tuopin_desktop.ui.pages.attendance.model import Cell, MonthModel

Part = Literal["day", "am", "pm"]
Rest = Literal["all", "skip", "only"]

PART_WORDS = {"day": "", "am": "上午", "pm": "下午"}


class Write(msgspec.Struct, frozen=True):
    """One day as it was and as it will be."""

    posting: str
    number: int
    was: str
    now: str


class Plan(msgspec.Struct):
    """Writes with the words of the step, and how many cells were left alone for which reason."""

    text: str
    writes: list[Write] = []
    rest: int = 0
    papers: int = 0
    shut: list[str] = []
    bad: list[str] = []

    @property
    def sentence(self) -> str:
        """Return what was done and what was not."""
        lines = [f"{self.text}（{len(self.writes)}格）" if self.writes else f"{self.text}：没有可填的格"]
        if self.rest:
            lines.append(f"{self.rest}个休息日未填")
        if self.papers:
            lines.append(f"{self.papers}个半天以报备单为准，未填")
        if self.shut:
            lines.append(f"{len(self.shut)}格不能填：{self.shut[0]}")
        if self.bad:
            lines.append(f"{len(self.bad)}格看不懂，没有填")
        return "；".join(lines)


def fill(model: MonthModel, cells: Sequence[Cell], mark: Mark, part: Part = "day", rest: Rest = "skip") -> Plan:
    """Set a mark. One cell is set whatever day it is; among many, rest days and what papers say are respected."""
    plan = Plan(f"填写{PART_WORDS[part]}{mark.sign}{mark.label}")
    many = len(cells) > 1
    for cell in cells:
        if many and rest != "all" and model.days[cell.number - 1].rest is not (rest == "only"):
            plan.rest += rest == "skip"
            continue
        _put(model, plan, cell, _marked(model, plan, cell, mark.code, part, spare_papers=many))
    return plan


def _marked(model: MonthModel, plan: Plan, cell: Cell, code: str, part: Part, *, spare_papers: bool) -> str:
    line = model.lines[cell.row]
    lines = list(halves(line.days[cell.number - 1]))
    for which, name in enumerate(("am", "pm")):
        if part not in ("day", name):
            continue
        if spare_papers and line.said_by_paper(cell.number, which):
            plan.papers += 1
        else:
            lines[which] = code
    return join(*lines)


def clear(model: MonthModel, cells: Sequence[Cell]) -> Plan:
    """Empty days; what papers say of them shows again."""
    plan = Plan("清除")
    for cell in cells:
        _put(model, plan, cell, "")
    return plan


def by_papers(model: MonthModel, cells: Sequence[Cell]) -> Plan:
    """Empty the half-days that papers speak of, so that the papers' word stands."""
    plan = Plan("按报备单填写")
    for cell in cells:
        line = model.lines[cell.row]
        if not line.in_post(cell.number):
            continue
        lines = list(halves(line.days[cell.number - 1]))
        lines = ["" if line.said_by_paper(cell.number, which) else code for which, code in enumerate(lines)]
        _put(model, plan, cell, join(*lines))
    return plan


def copied(model: MonthModel, pairs: Iterable[tuple[Cell, Cell]], sentence: str) -> Plan:
    """Copy what stands in the first cell of each pair to the second, as if it were keyed there."""
    plan = Plan(sentence)
    for source, target in pairs:
        day = model.lines[source.row].laid[source.number - 1]
        if day:
            _put(model, plan, target, _as_keyed(day))
    return plan


def down(model: MonthModel, cells: Sequence[Cell]) -> Plan:
    """Copy the first line of a rectangle down."""
    top = min(cell.row for cell in cells)
    return copied(model, ((Cell(top, cell.number), cell) for cell in cells if cell.row > top), "向下填充")


def right(model: MonthModel, cells: Sequence[Cell]) -> Plan:
    """Copy the first day of a rectangle to the right."""
    first = min(cell.number for cell in cells)
    return copied(model, ((Cell(cell.row, first), cell) for cell in cells if cell.number > first), "向右填充")


def earlier(model: MonthModel, cells: Sequence[Cell], days: int) -> Plan:
    """Copy what stood so many days before: yesterday's, or that of the same weekday a week ago."""
    pairs = [(Cell(cell.row, cell.number - days), cell) for cell in cells if cell.number > days]
    return copied(model, pairs, "照抄前一天" if days == 1 else "照抄上一周")


def text(model: MonthModel, rows: Sequence[int], numbers: Sequence[int]) -> str:
    """Return a rectangle as Excel takes it: a line per person, days between tabs."""
    return "\n".join("\t".join(day_sign(model.lines[row].laid[day - 1]) for day in numbers) for row in rows)


def paste(model: MonthModel, cells: Sequence[Cell], value: str) -> Plan:
    """Set what a sheet says from the first cell on; one value fills the selection. Empty cells say nothing."""
    plan = Plan("粘贴")
    block = [line.split("\t") for line in value.rstrip("\r\n").replace("\r\n", "\n").split("\n")]
    if len(block) == 1 and len(block[0]) == 1:
        for cell in cells:
            _read(model, plan, cell, block[0][0])
        return plan
    top, first = min(cell.row for cell in cells), min(cell.number for cell in cells)
    for down_by, line in enumerate(block):
        for across, typed in enumerate(line):
            _read(model, plan, Cell(top + down_by, first + across), typed)
    return plan


def _read(model: MonthModel, plan: Plan, cell: Cell, value: str) -> None:
    if not value.strip():
        return
    if cell.row >= len(model.lines) or cell.number > len(model.days):
        plan.bad.append(f"“{value.strip()[:10]}”超出表格范围")
        return
    where = f"{model.lines[cell.row].row.name} {cell.number}日"
    day = parse_day(value)
    if day is None:
        plan.bad.append(f"{where}：“{value.strip()[:10]}”不是考勤符号，请填：{ACCEPTED}")
    elif day_sign(model.lines[cell.row].laid[cell.number - 1]) != day_sign(day):
        _put(model, plan, cell, day)


def _put(model: MonthModel, plan: Plan, cell: Cell, now: str) -> None:
    line = model.lines[cell.row]
    was = line.days[cell.number - 1]
    if day_sign(was) == day_sign(now) and bool(was) == bool(now):
        return
    day = model.days[cell.number - 1].date
    why = line.why_shut(cell.number) or (not_yet(day, model.today) if now else "")
    if why:
        plan.shut.append(f"{line.row.name}：{why}")
    else:
        plan.writes.append(Write(line.row.posting.id, cell.number, was, now))


def _as_keyed(day: str) -> str:
    return join(*(code[:2] for code in halves(day)))


def next_empty(model: MonthModel, start: Cell | None) -> Cell | None:
    """Return the next day up to today of which something is not known, after a cell and around the end."""
    rows = len(model.lines)
    first = start or Cell(0, 0)
    for step in range(rows + 1):
        row = (first.row + step) % rows if rows else 0
        for number in range(1, len(model.days) + 1):
            early = (step == 0 and number <= first.number) or (step == rows and number > first.number)
            if not early and rows and _empty(model, Cell(row, number)):
                return Cell(row, number)
    return None


def _empty(model: MonthModel, cell: Cell) -> bool:
    line = model.lines[cell.row]
    if line.shut or not line.in_post(cell.number) or model.days[cell.number - 1].date > model.today:
        return False
    return not all(halves(line.laid[cell.number - 1]))
