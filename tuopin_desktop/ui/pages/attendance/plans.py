"""What a key, a paste or a command would write: worked out first, so that it is one undo step and nothing is silent."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from tuopin_desktop.domain.ahead import not_yet
from tuopin_desktop.domain.attendance.codes import ACCEPTED, Mark, day_sign, halves, join, parse_day
from tuopin_desktop.ui.pages.attendance.model import Cell, MonthModel

Part = Literal["day", "am", "pm"]
Rest = Literal["all", "skip", "only"]

PASTE = "粘贴"
PART_WORDS = {"day": "", "am": "上午", "pm": "下午"}


class Write(msgspec.Struct, frozen=True):
    """One day as it was and as it will be."""

    posting: str
    number: int
    was: str
    now: str


class Care(msgspec.Struct, frozen=True):
    """What a fill leaves alone: what is `filled`, which rest days; `against` writes though a paper says otherwise."""

    filled: bool = False
    rest: Rest = "skip"
    against: bool = False


PLAIN = Care()


class Plan(msgspec.Struct):
    """Writes with the words of the step, and how many cells were left alone for which reason."""

    text: str
    writes: list[Write] = []
    rest: int = 0
    papers: int = 0
    filled: int = 0
    beyond: int = 0
    shut: list[str] = []
    bad: list[str] = []

    @property
    def over(self) -> int:
        """How many cells lose what stands in them."""
        return sum(bool(one.was) and one.now != "" for one in self.writes)

    @property
    def sentence(self) -> str:
        """Return what was done and what was not."""
        lines = [f"{self.text}（{len(self.writes)}格）" if self.writes else f"{self.text}：没有可填的格"]
        if self.rest:
            lines.append(f"{self.rest}个休息日未填")
        if self.filled:
            lines.append(f"{self.filled}格已有登记，未动")
        if self.papers:
            lines.append(f"{self.papers}个半天以报备单为准，未填")
        if self.beyond:
            lines.append(f"{self.beyond}格要照抄的日子在上个月，请直接填")
        if self.shut:
            lines.append(f"{len(self.shut)}格不能填：{self.shut[0]}")
        if self.bad:
            lines.append(f"{len(self.bad)}格看不懂，没有填")
        return "；".join(lines)


def fill(model: MonthModel, cells: Sequence[Cell], mark: Mark, part: Part = "day", care: Care = PLAIN) -> Plan:
    """Set a mark. One cell is set whatever day it is; among many, rest days and what is filled are respected.

    What papers say is never touched unless the clerk asks for it.
    """
    plan = Plan(f"填写{PART_WORDS[part]}{mark.sign}{mark.label}")
    many = len(cells) > 1
    for cell in cells:
        if many and care.rest != "all" and model.days[cell.number - 1].rest is not (care.rest == "only"):
            plan.rest += care.rest == "skip"
            continue
        lines = [mark.code if part in ("day", name) else "" for name in _PARTS]
        _fill(model, plan, cell, join(*lines), msgspec.structs.replace(care, filled=care.filled and many))
    return plan


_PARTS = ("am", "pm")
_WHOLE = {False: join("vw", "vw"), True: join("cr", "cr")}
"""What an ordinary workday and an ordinary rest day are."""


def whole_month(model: MonthModel, rows: Iterable[int], care: Care) -> Plan:
    """Set √ on workdays and 休 on rest days up to today; days out of post are passed over in silence."""
    plan = Plan("整月：平日√、休息日休")
    for row in rows:
        line = model.lines[row]
        if line.shut:
            plan.shut.append(f"{line.row.name}：{line.shut}")
            continue
        for number, day in enumerate(model.days, 1):
            if day.date <= model.today and not line.why_shut(number):
                _fill(model, plan, Cell(row, number), _WHOLE[day.rest], care)
    return plan


def _fill(model: MonthModel, plan: Plan, cell: Cell, day: str, care: Care) -> None:
    """Set the halves a day has; those of which a paper speaks or that are filled stay, as the care says."""
    line = model.lines[cell.row]
    own, known_halves = list(halves(line.days[cell.number - 1])), halves(line.laid[cell.number - 1])
    stays = False
    for which, code in enumerate(halves(day)):
        if not code:
            continue
        if not care.against and line.said_by_paper(cell.number, which):
            plan.papers += 1
        elif care.filled and known_halves[which]:
            stays = True
        else:
            own[which] = code
    plan.filled += stays
    _put(model, plan, cell, join(*own))


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


def copied(model: MonthModel, pairs: Iterable[tuple[Cell, Cell]], sentence: str, care: Care) -> Plan:
    """Copy what stands in the first cell of each pair to the second, as if it were keyed there."""
    plan = Plan(sentence)
    for source, target in pairs:
        day = _keyed(model, source)
        if day:
            _fill(model, plan, target, day, care)
    return plan


def _keyed(model: MonthModel, cell: Cell) -> str:
    """Return what was keyed on a day; what a slip says of it is that slip's, and must not be copied beyond its end."""
    return join(*(code[:2] for code in halves(model.lines[cell.row].days[cell.number - 1])))


def down(model: MonthModel, cells: Sequence[Cell], care: Care) -> Plan:
    """Copy the first line of a rectangle down."""
    top = min(cell.row for cell in cells)
    return copied(model, ((Cell(top, cell.number), cell) for cell in cells if cell.row > top), "向下填充", care)


def right(model: MonthModel, cells: Sequence[Cell], care: Care) -> Plan:
    """Copy the first day of a rectangle to the right."""
    first = min(cell.number for cell in cells)
    pairs = ((Cell(cell.row, first), cell) for cell in cells if cell.number > first)
    return copied(model, pairs, "向右填充", care)


def earlier(model: MonthModel, cells: Sequence[Cell], care: Care, days: int) -> Plan:
    """Copy what stood so many days before: yesterday's, or that of the same weekday a week ago.

    Through a longer selection it is carried on: a workday takes it from the last workday, a rest day from a rest day.
    """
    plan = Plan("照抄前一天" if days == 1 else "照抄上一周")
    chain = care.rest != "all" and len(cells) > 1
    days_by_cell: dict[Cell, str] = {}
    for cell in sorted(cells):
        sources = [Cell(cell.row, number) for number in range(cell.number - days, 0, -days)]
        if chain:
            rest = model.days[cell.number - 1].rest
            sources = [source for source in sources if model.days[source.number - 1].rest is rest]
        sources = sources if chain else sources[:1]
        days_before = (days_by_cell.get(source) or _keyed(model, source) for source in sources)
        day = next(filter(None, days_before), "")
        if not day and cell.number <= days:
            plan.beyond += 1
        if day:
            before = len(plan.writes)
            _fill(model, plan, cell, day, care)
            if len(plan.writes) > before:
                days_by_cell[cell] = plan.writes[-1].now
    return plan


def text(model: MonthModel, rows: Sequence[int], numbers: Sequence[int]) -> str:
    """Return a rectangle as Excel takes it: a line per person, days between tabs."""
    return "\n".join("\t".join(day_sign(model.lines[row].laid[day - 1]) for day in numbers) for row in rows)


def paste(model: MonthModel, cells: Sequence[Cell], block: Sequence[Sequence[str]]) -> Plan:
    """Set what a sheet says from the first cell on; one value fills the selection. Empty cells say nothing."""
    plan = Plan(PASTE)
    if len(block) == 1 and len(block[0]) == 1:
        for cell in cells:
            _read(model, plan, cell, block[0][0])
        return plan
    top, first = min(cell.row for cell in cells), min(cell.number for cell in cells)
    for down_by, line in enumerate(block):
        for across, typed in enumerate(line):
            _read(model, plan, Cell(top + down_by, first + across), typed)
    return plan


class Goal(msgspec.Struct, frozen=True):
    """Where a pasted cell belongs, None for nowhere, and why; `where` says it in words."""

    cell: Cell | None
    value: str
    where: str
    why: str = "这张表里没有这个人，或有两个同名的人"


def paste_by_heads(model: MonthModel, goals: Iterable[Goal]) -> Plan:
    """Set what a sheet with names and days says, wherever the keyboard is."""
    plan = Plan(PASTE)
    for goal in goals:
        if goal.cell is not None:
            _read(model, plan, goal.cell, goal.value)
        elif goal.value.strip():
            plan.bad.append(f"{goal.where}：{goal.why}")
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
        _fill(model, plan, cell, day, PLAIN)


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
