"""One line of the day: who, what attendance says, place, households, text; what was typed is kept until it is saved."""

from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from tuopin_desktop.domain.journals.draft import ON_PAPER
from tuopin_desktop.domain.journals.entries import MOST_HOUSEHOLDS, log_id
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.domain.records.choices import PLACE_KIND
from tuopin_desktop.services.journals.logs import DayRow
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.combo import PickBox
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import button, label, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip

HEADINGS = ("姓名", "考勤", "地点", "类别", "户数", "工作内容（一句话，回车保存）", "")


class LineInput(NamedTuple):
    """What stands in a line."""

    place: str
    kind: str
    households: str
    text: str


class LogLine(QObject):
    """The widgets of one person's day in one row of a grid; Enter saves and goes on."""

    entered = Signal()
    edited = Signal()

    def __init__(self, grid: QGridLayout, at: int, item: DayRow, typed: LineInput | None, office: OfficeView) -> None:
        super().__init__(grid.parentWidget())
        self.row = item
        self._user, self._today = office.user, office.today
        self._seen = bool(item.log and item.log.paper_seen_by)
        name = item.member.name
        self._who = label(f"{name}\n{item.member.position}", wrap=True)
        set_tip(self._who, name)
        self._who.setFixedWidth(theme.scaled(self._who, 96))
        self._marked = label(item.marked or "未登记", "quiet", wrap=True)
        self._marked.setFixedWidth(theme.scaled(self._marked, 112))
        self.place = _line(f"{name}：地点", 100)
        self.kind = PickBox(PLACE_KIND.labels, hint="类别")
        self.kind.setAccessibleName(f"{name}：地点类别")
        self.kind.setMinimumWidth(theme.scaled(self.kind, 136))
        self.households = _line(f"{name}：走访户数", 3)
        self.households.setValidator(QIntValidator(0, MOST_HOUSEHOLDS, self))
        self.households.setFixedWidth(theme.scaled(self.households, 58))
        self.text = _line(f"{name}：工作内容", 5000)
        self.paper = button("纸质", self._on_paper, role="flat", tip="日志写在纸上，今天由经办人查看过（Alt+P）")
        self.state = label("", "hint", wrap=True)
        self.state.setMinimumWidth(64)
        self._widgets: tuple[QWidget, ...] = (
            self._who,
            self._marked,
            self.place,
            self.kind,
            self.households,
            self.text,
        )
        for column, widget in enumerate(self._widgets):
            grid.addWidget(widget, at, column)
            widget.show()  # a layout shows it later, and what is hidden cannot take the keyboard
        end = QWidget()
        end.setLayout(row(self.paper, self.state, gap=4))
        grid.addWidget(end, at, len(self._widgets))
        self._connect()
        self._standing = self._stored()
        self._fill(typed or self._standing)
        self._say()

    def _connect(self) -> None:
        for line in (self.place, self.households, self.text):
            line.textEdited.connect(self._changed)
            line.returnPressed.connect(self.entered)
            on_key(line, "Alt+P", "本行标为写在纸上", self._on_paper)
        self.kind.picked.connect(self._changed)
        inner = self.kind.lineEdit()
        if inner is not None:
            inner.setAccessibleName(self.kind.accessibleName())
            inner.returnPressed.connect(self.entered)

    def _stored(self) -> LineInput:
        log = self.row.log
        if log is None:
            return LineInput(self.row.place, self.row.place_kind, "", "")
        households = "" if log.households is None else str(log.households)
        return LineInput(log.place, log.place_kind, households, log.text.replace("\n", " "))

    def _fill(self, line_input: LineInput) -> None:
        self.place.setText(line_input.place)
        self.place.setCursorPosition(0)
        self.kind.setEditText(PLACE_KIND.word(line_input.kind))
        inner = self.kind.lineEdit()
        if inner is not None:
            inner.setCursorPosition(0)
        self.households.setText(line_input.households)
        self.text.setText(line_input.text)
        self.text.setCursorPosition(0)
        set_tip(self.text, line_input.text)

    def typed(self) -> LineInput:
        """Return what stands in the line."""
        code = self.kind.code()
        return LineInput(self.place.text(), code or self.kind.currentText(), self.households.text(), self.text.text())

    @property
    def is_edited(self) -> bool:
        """Tell whether something was typed that is not saved."""
        return self.typed() != self._standing or self._seen is not bool(self.row.log and self.row.log.paper_seen_by)

    def log(self) -> DailyLog:
        """Return the log as it stands in the line."""
        line_input = self.typed()
        daily_log = self.row.log or DailyLog(
            id=log_id(self.row.member.posting.id, self.row.day), posting=self.row.member.posting.id, date=self.row.day
        )
        text = daily_log.text if line_input.text == self._standing.text else line_input.text
        values = {} if self._seen is bool(daily_log.paper_seen_by) else self._paper()
        return msgspec.structs.replace(
            daily_log,
            place=line_input.place if text or self._seen or line_input.households else "",
            place_kind=line_input.kind,
            households=int(line_input.households) if line_input.households.isdecimal() else None,
            text=text,
            **values,
        )

    def _paper(self) -> dict[str, Any]:
        return {"paper_seen_by": self._user if self._seen else "", "paper_seen": self._today if self._seen else None}

    def _on_paper(self) -> None:
        self._seen = not self._seen
        self._changed()

    def _changed(self) -> None:
        self.state.setText("未保存")
        mark(self.state, "role", "due")
        self.edited.emit()

    def _say(self) -> None:
        log = self.row.log
        text, tone = ("已写", "done") if log and log.text else (ON_PAPER, "done") if log else ("", "hint")
        if self.row.gap:
            text, tone = "缺", "problem"
        elif log is None and self.row.due:
            text, tone = "待写", "due"
        if self.is_edited:
            text, tone = "未保存", "due"
        self.state.setText(text)
        mark(self.state, "role", tone)

    def settle(self) -> None:
        """What stands in the line is saved: it is no draft any more."""
        self._standing = self.typed()
        self.row = msgspec.structs.replace(self.row, log=self.log())

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what is wrong and go there."""
        fields = {"place": self.place, "households": self.households, "text": self.text, "place_kind": self.kind}
        for name, widget in fields.items():
            mark(widget, "wrong", "true" if any(name in problem.fields for problem in problems) else "")
        self.state.setText("未保存")
        first = next((fields[name] for each in problems for name in each.fields if name in fields), self.text)
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(name: str, most: int) -> QLineEdit:
    edit = QLineEdit()
    edit.setAccessibleName(name)
    edit.setMaxLength(most)
    return edit
