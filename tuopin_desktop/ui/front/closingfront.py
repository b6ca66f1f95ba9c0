"""The first page once the term is over: four steps to its end, what is held by year, and where to look things up."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.services.home.closingstate import ClosingState, HeldYear
from tuopin_desktop.ui.front.drawing import quiet_line
from tuopin_desktop.ui.front.lines import Line, LinesCard
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import button, card, column, label, mark, pill, row

ARCHIVES = "archives"
_LISTED = 3
_LOOK = (
    ("在各年中查找", "search", ARCHIVES, "search"),
    ("查人员", "users", "roster", "search"),
    ("查报备单", "file-text", "leave", ""),
    ("查考勤", "calendar-days", "attendance", ""),
    ("工作经历证明", "award", ARCHIVES, "certificates"),
)
"""What is looked up in an archive: the words, the picture, the page and what it is to show."""


class ClosingFront(Front):
    """Shows a `ClosingState`; `opened` asks for a page and a subject."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._title, self._state, self._sealed = label("", "section"), pill("", "quiet"), quiet_line()
        self.steps = LinesCard("结束任期", "打开清单", "步")
        self.years = LinesCard("存有的档案", "归档", "年")
        self.tasks = LinesCard("还在进行", "人员", "项")
        self.steps.pressed.connect(self._step)
        self.steps.rows_wanted.connect(self._step)
        self.steps.followed.connect(lambda: self.opened.emit(ARCHIVES, "closing"))
        self.years.pressed.connect(lambda _: self.opened.emit(ARCHIVES, "items"))
        self.years.followed.connect(lambda: self.opened.emit(ARCHIVES, ""))
        self.tasks.pressed.connect(self._task)
        self.tasks.rows_wanted.connect(self._task)
        self.tasks.followed.connect(lambda: self.opened.emit("roster", ""))
        self._goals: dict[str, tuple[str, str]] = {}
        head = card(row(self._title, self._state, self._sealed, None, gap=10, margins=(16, 10, 16, 10)))
        lower = row(self._look(), self.tasks, gap=12)
        lower.setStretch(0, 40)
        lower.setStretch(1, 60)
        layout = column(head, self.steps, self.years, lower, gap=10)
        for at, stretch in enumerate((0, 20, 20, 14)):
            layout.setStretch(at, stretch)
        self.setLayout(layout)
        self.begin_at(self.steps.all)

    def _look(self) -> QFrame:
        buttons = [
            button(text, partial(self.opened.emit, page, subject), icon=icon, role="line")
            for text, icon, page, subject in _LOOK
        ]
        return card(
            column(
                label("查找和证明", "section"), row(*buttons[:2], None), row(*buttons[2:], None), None,
                gap=6, margins=(16, 6, 16, 6),
            )
        )  # fmt: skip

    def _step(self, key: str) -> None:
        self.opened.emit(ARCHIVES, key if key in ("closing", "items", "handover") else "closing")

    def _task(self, key: str) -> None:
        page, subject = self._goals.get(key, ("settings", "backups"))
        self.opened.emit(page, subject)

    def replace(self, state: ClosingState) -> None:
        """Show another state."""
        self._title.setText(f"{state.span}的任期已经结束")
        self._state.setText("已封存" if state.sealed_on else "没有封存")
        mark(self._state, "pill", "ok" if state.sealed_on else "warn")
        day = state.sealed_on
        by = f"{state.sealed_by}于{day.year}年{day.month}月{day.day}日封存，以后只能查看和打印" if day else ""
        self._sealed.setText(by or "不再有到期提醒；当年没有办的在清单上，逐项办理或写明原因，然后封存")
        self.steps.replace(_steps(state), "", "")
        stock = f"人员{state.people}名、扫描件{state.files}份"
        self.years.replace([_year(one) for one in state.years], stock, "没有登记过")
        self._goals = {task.key: (task.page, task.subject) for task in state.tasks}
        lines = [
            Line(key=one.key, icon=one.icon, name=one.name, count=one.count, text=one.text, since=one.since,
                 tone=one.tone, button=one.button)
            for one in state.tasks
        ]  # fmt: skip
        others = f"按其他办法文件在派{state.others}人，照常办理" if state.others else ""
        self.tasks.replace(lines, others, "" if others else "没有要办的")


def _steps(state: ClosingState) -> list[Line]:
    return [_clearing(state), _filing(state), _sealing(state), _handing(state)]


def _clearing(state: ClosingState) -> Line:
    groups = "、".join(f"{name}{count}项" for name, count in state.groups[:_LISTED])
    more = "等" if len(state.groups) > _LISTED else ""
    text = (
        f"{groups}{more}没有办" if state.open else f"按原样结束{state.explained}项" if state.explained else "都已办完"
    )
    word, tone = (f"没有办{state.open}项", "warn") if state.open else ("已清理", "ok")
    go = "打开清单" if state.open else "看清单"
    return Line(key="closing", name="1 清理", word=word, tone=tone, text=text, button=go)


def _filing(state: ClosingState) -> Line:
    items = sum(one.items for one in state.years)
    word, tone = (f"已整理{items}件", "ok") if items else ("没有整理", "quiet")
    return Line(key="items", name="2 归档", word=word, tone=tone, text="整理成件，编出档号", button="去整理")


def _sealing(state: ClosingState) -> Line:
    if state.sealed_on:
        text = "确有必要的，写明原因可以重新打开"
        return Line(key="seal", name="3 封存", word="已封存", tone="ok", text=text, button="看封存")
    text = "清理完再封存" if state.open else "可以封存了"
    return Line(key="seal", name="3 封存", word="没有封存", tone="quiet", text=text, button="去封存")


def _handing(state: ClosingState) -> Line:
    due = [f"{one.year}年" for one in state.years if one.is_due]
    first = next((one for one in state.years if not one.received), None)
    text = f"{'、'.join(due)}的应当移交档案馆" if due else f"{first.year}年的{first.due}年起移交档案馆" if first else ""
    text += f"；保管期满要鉴定的{state.expired}件" if state.expired else ""
    word, tone = ("已到期", "warn") if due else ("没有到期", "quiet") if first else ("已移交", "ok")
    return Line(key="handover", name="4 移交", word=word, tone=tone, text=text, button="看移交")


def _year(one: HeldYear) -> Line:
    counts = ((one.slips, "张"), (one.months, "人月"), (one.logs, "篇"), (one.papers, "份"))
    parts = ((name, *pair) for name, pair in zip(("报备单", "考勤", "日志", "会议报告"), counts, strict=True))
    return Line(
        key=str(one.year),
        name=f"{one.year}年",
        word=f"已整理{one.items}件" if one.items else "没有整理",
        tone="ok" if one.items else "quiet",
        text="、".join(f"{name}{count}{unit}" for name, count, unit in parts if count) or "没有登记",
        since="已移交" if one.received else "已到移交期限" if one.is_due else f"{one.due}年起移交",
        button="看归档",
    )
