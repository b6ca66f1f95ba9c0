"""Keying back a book kept by hand, heads down: two lines of signs and five totals a person, Enter all the way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from tuopin_desktop.domain.attendance import codes
from tuopin_desktop.domain.attendance.lines import HEADINGS
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.attendance.keyback import NOTHING, KeybackOutcome, KeyedLine
from tuopin_desktop.services.judging.teammonth import Member, TeamMonth
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import act_button, button, label, row

_WIDTH = 760


class _Line(QLineEdit):
    """A field without input method; Enter goes on, `entered` tells of it."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class KeybackDialog(QDialog):
    """Keys one person after the other; `keyed(line)` wants a line saved, `took(kept)` says what came of it."""

    keyed = Signal(object)

    def __init__(self, team: TeamMonth, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"照纸补录 {team.month_text}")
        self._team = team
        self.place = 0
        self.message = Toasts(self)
        self.name = label("", "strong")
        self.halves = [_Line(f"{half}，每天一个符号") for half in ("上午", "下午")]
        self.reached = [label("", "quiet") for _ in self.halves]
        for line, line_label in zip(self.halves, self.reached, strict=True):
            line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
            line.textChanged.connect(lambda text, line_label=line_label: line_label.setText(self._reached(text)))
        self.totals = [_Line(f"{heading}合计") for heading in HEADINGS]
        for total in self.totals:
            total.setFixedWidth(64)
        self.reason = _Line("合计不符的原因")
        self.reason.setMaxLength(300)
        self._why = label("合计不符，请核对。确属纸上加错的，写明原因再按回车：", "due", wrap=True)
        self._order = [*self.halves, *self.totals]
        for here, following in zip(self._order, self._order[1:], strict=False):
            here.entered.connect(lambda to=following: self._go(to))
        self._order[-1].entered.connect(self.keep)
        self.reason.entered.connect(self.keep)
        self.setLayout(self._laid())
        self.resize(_WIDTH, self.sizeHint().height())
        self._show()

    def _laid(self) -> QFormLayout:
        legend = "　".join(f"{mark.keys[0]}{mark.keys[1]} {mark.sign}" for mark in codes.MARKS)
        form = QFormLayout()
        form.setContentsMargins(16, 14, 16, 14)
        form.addRow(self.name)
        form.addRow(label(f"{legend}　- 空或不在派驻期", "faint", wrap=True))
        for half, line, reach in zip(("上午", "下午"), self.halves, self.reached, strict=True):
            form.addRow(half, line)
            form.addRow("", reach)
        boxes = [piece for head, total in zip(HEADINGS, self.totals, strict=True) for piece in (label(head), total)]
        form.addRow("纸上合计（天）", row(*boxes, None))
        form.addRow(self._why)
        form.addRow("原因", self.reason)
        back = button("上一人", lambda: self._step(-1), role="flat")
        on = button("跳过", lambda: self._step(1), role="flat")
        close = button("关闭", self.accept, role="flat")
        self.save = act_button(Act.ENTER, "核对并保存，下一人", self.keep, role="primary", tip="最后一项合计后按回车")
        form.addRow(row(close, None, back, on, self.save))
        return form

    @property
    def member(self) -> Member:
        """Return who is being keyed."""
        return self._team.members[self.place]

    def _show(self) -> None:
        count = len(self._team.members)
        self.name.setText(f"{self.place + 1}/{count}　{self.member.name}（{self.member.position}）")
        for line in (*self._order, self.reason):
            line.clear()
        first, last = (day.day for day in self.member.served)
        for line in self.halves:  # days before the posting are struck out on the paper
            line.setText("-" * (first - 1))
            line.setPlaceholderText(f"从1日起每天一个符号，共{self._team.last.day}个（在派{first}至{last}日）")
        self._differs(visible=False)
        self._go(self.halves[0])

    def _differs(self, *, visible: bool) -> None:
        self._why.setVisible(visible)
        self.reason.setEnabled(visible)

    @staticmethod
    def _go(line: QLineEdit) -> None:
        line.setFocus()
        line.setCursorPosition(len(line.text()))

    def _reached(self, text: str) -> str:
        """Return how far a line has come, with the signs as they are understood."""
        names = [char for char in text if not char.isspace()]
        signs = "".join(_sign(char) for char in names)
        return f"{len(names)}/{self._team.last.day}　{signs}" if names else ""

    def _step(self, step: int) -> None:
        self.place = min(max(0, self.place + step), len(self._team.members) - 1)
        self._show()

    def keep(self) -> None:
        """Hand over the line as it is typed."""
        try:
            totals = tuple(_days(box) for box in self.totals)
        except Refused as refused:
            self.refused(refused)
            return
        self.keyed.emit(
            KeyedLine(
                posting=self.member.posting.id,
                morning=self.halves[0].text(),
                afternoon=self.halves[1].text(),
                totals=totals,
                reason=self.reason.text() if self.reason.isEnabled() else "",
            )
        )

    def took(self, keyback_outcome: KeybackOutcome) -> None:
        """Go on to the next person, or say what does not agree."""
        if keyback_outcome.held_back:
            self.message.say("；".join(keyback_outcome.held_back[0].differences), "warn")
            self._differs(visible=True)
            self._go(self.reason)
            return
        self.message.say(f"已录入：{'、'.join(keyback_outcome.saved)}")
        if self.place + 1 < len(self._team.members):
            self._step(1)
        else:
            self.message.say("全部录完")

    def refused(self, error: Refused | Trouble) -> None:
        """Say what is wrong; what was typed stays."""
        self.message.complain(error)


def _sign(char: str) -> str:
    if char in NOTHING:
        return "-"
    mark = codes.KEYS.get(char.upper())
    code = mark.code if mark else codes.parse_half(char)
    return codes.sign(code) if code else "✗"


def _days(box: QLineEdit) -> float:
    text = box.text().strip() or "0"
    try:
        return float(text)
    except ValueError as error:
        raise refuse("totals", f"{box.accessibleName()}“{text[:10]}”不是数字，请写成 20 或 19.5", "totals") from error
