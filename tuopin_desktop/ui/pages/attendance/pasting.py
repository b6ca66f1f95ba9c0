"""Marks pasted from Excel or WPS: where they belong, and what they would change, shown before anything is written."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.attendance.codes import day_sign
from tuopin_desktop.ui.pages.attendance import plans
from tuopin_desktop.ui.pages.attendance.model import Cell, MonthModel
from tuopin_desktop.ui.pages.attendance.plans import Plan
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.rows import Column
from tuopin_desktop.ui.widgets.table import RecordTable

_DAY = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})[日号]?(?:[（(]?(?:星期|周)?[一二三四五六日][）)]?)?")
_HERE = "这里只是检查结果，可以在考勤表里打印"


class _Line(msgspec.Struct, frozen=True):
    """One cell of a paste: whose, which day, what stood there, what will, or why not."""

    name: str
    day: str
    was: str
    now: str
    why: str = ""


def block_of(value: str) -> list[list[str]]:
    """Return the rows of tabbed text."""
    return [line.split("\t") for line in value.rstrip("\r\n").replace("\r\n", "\n").split("\n")]


def by_heads(model: MonthModel, block: Sequence[Sequence[str]]) -> list[plans.Goal] | None:
    """Return where the cells of a block with names and days belong; None for one without these heads.

    A name nobody here has, or two have, has no place, nor has a day whose heading names another month.
    """
    head = [_DAY.fullmatch(text.strip()) for text in block[0]]
    days = {at: (int(match[1] or 0), int(match[2])) for at, match in enumerate(head) if match}
    here = model.days[0].date.month if model.days else 0
    names = {line.row.name: place for place, line in enumerate(model.lines)}
    twice = {name for name, count in Counter(line.row.name for line in model.lines).items() if count > 1}
    at = next((at for at in range(len(block[0])) if at not in days and _names_in(block[1:], at, names)), -1)
    if at < 0 or not days or len(days) + at + 1 < len(block[0]) // 2:
        return None
    goals: list[plans.Goal] = []
    for line in block[1:]:
        name = line[at].strip() if at < len(line) else ""
        place = names.get(name) if name not in twice else None
        for across, (month, day) in days.items():
            text = line[across] if across < len(line) else ""
            if month not in (0, here):
                goals.append(plans.Goal(None, text, f"{name} {day}日", f"表头写的是{month}月，这里是{here}月的考勤表"))
            else:
                goals.append(plans.Goal(Cell(place, day) if place is not None else None, text, f"{name} {day}日"))
    return goals


def _names_in(lines: Sequence[Sequence[str]], at: int, names: Iterable[str]) -> bool:
    people = set(names)
    return any(at < len(line) and line[at].strip() in people for line in lines)


def plan_of(model: MonthModel, cells: Sequence[Cell], value: str) -> Plan:
    """Return what the clipboard would set: by the names and days on it, else from the first cell chosen on."""
    block = block_of(value)
    goals = by_heads(model, block) if len(block) > 1 else None
    return plans.paste(model, cells, block) if goals is None else plans.paste_by_heads(model, goals)


def is_wide(plan: Plan) -> bool:
    """Tell whether a plan is a paste of more than one cell, which is shown before it is written."""
    return plan.text == plans.PASTE and len(plan.writes) + len(plan.bad) + len(plan.shut) > 1


def ask(model: MonthModel, plan: Plan, then: Callable[[], object], parent: QWidget) -> "PasteDialog":
    """Show what a paste would write; `then` is called to write it. Returns the open dialog."""
    dialog = PasteDialog(model, plan, then, parent)
    dialog.open()
    return dialog


def copy(model: MonthModel, rows: Sequence[int], numbers: Sequence[int]) -> None:
    """Put a rectangle on the clipboard as Excel takes it, under its days and beside its names."""
    head = ["姓名", *(str(day) for day in numbers)]
    lines = [[model.lines[at].row.name, *(day_sign(model.lines[at].laid[day - 1]) for day in numbers)] for at in rows]
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (head, *lines)))


class PasteDialog(QDialog):
    """What a paste would write, cell by cell, and which cells it would not and why; `then` is called to write it."""

    def __init__(self, model: MonthModel, plan: Plan, then: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle("粘贴：检查结果")
        resize_fitting(self, 720, 480)
        columns = (
            Column("姓名", lambda one: one.name, 120),
            Column("日", lambda one: one.day, 60, sort=lambda one: int(one.day or 0)),
            Column("原来", lambda one: one.was or ("" if one.why else "空"), 80),
            Column("改为", lambda one: one.now, 80),
            Column("不填的原因", lambda one: one.why, ground=lambda one: "bad" if one.why else ""),
        )
        self.table = RecordTable(columns, lambda one: f"{one.name} {one.day} {one.why}", "粘贴检查结果", no_paste=_HERE)
        self.table.unprinted = _HERE
        self.table.replace_rows([*_bad(plan), *_good(model, plan)])
        rest = len(plan.bad) + len(plan.shut)
        head = label(f"将填写{len(plan.writes)}格，{rest}格不填。确认之前什么也没有写入。", wrap=True)
        self.agree = button(f"填写{len(plan.writes)}格", self._write, role="primary")
        self.agree.setEnabled(bool(plan.writes))
        feet = row(None, button("不粘贴了", self.reject), self.agree)
        whole = column(head, card(column(self.table, margins=(5, 6, 5, 6))), feet, gap=10, margins=(16, 14, 16, 12))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.finished.connect(self.deleteLater)

    def _write(self) -> None:
        self.accept()
        self._then()


def _good(model: MonthModel, plan: Plan) -> Iterable[_Line]:
    names = {line.row.posting.id: line.row.name for line in model.lines}
    for one in plan.writes:
        yield _Line(names.get(one.posting, ""), str(one.number), day_sign(one.was), day_sign(one.now))


def _bad(plan: Plan) -> Iterable[_Line]:
    for text in (*plan.bad, *plan.shut):
        where, _, why = text.partition("：")
        name, _, day = where.partition(" ") if why else ("", "", "")
        yield _Line(name, day.removesuffix("日"), "", "", why or text)
