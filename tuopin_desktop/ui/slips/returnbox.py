"""销假: the question under the row, when somebody came back, with what it comes to said at each key."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tuopin_desktop.domain import typeddays
from tuopin_desktop.domain.leave.consequence import Consequence, month_day
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.typeddays import weekday
from tuopin_desktop.services.leave import returns
from tuopin_desktop.services.leave.returns import Arrival, Reported, Traveller
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.slips.arrival import LETTERS, ArrivalEntry
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, column, label, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.popover import Popover

_WIDTH, _WIDER = 530, 660
_FEW, _ROW = 7, 36
"""So many travellers stand there at once, each on so many px; more of them are scrolled."""
_LABEL, _DAY, _RESULT = 62, 150, 58
_FIRST = "先选上午或下午"
_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "triangle-alert", "quiet": "info"}
_TIME, _SPEAKER = "来电时间", {"county": "接电话的人", "liaison": "来电的人"}
_ROLES = {"bad": "problem", "warn": "due", "ok": "done"}


class ResultLine(QFrame):
    """What a return comes to, in its colour; its room is kept while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("结果")
        self._sign, self._head, self._text = label(), label("", "strong"), label("", wrap=True)
        self._more = label("", "quiet", wrap=True)
        lines = column(row(self._head, self._text, None, gap=6), self._more, gap=1)
        inside = row(self._sign, lines, gap=10, margins=(12, 6, 10, 6))
        inside.setStretch(1, 1)
        inside.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self.setFixedHeight(theme.scaled(self, _RESULT))

    @property
    def sentence(self) -> str:
        """Everything it says."""
        return "".join(one.text() for one in (self._head, self._text, self._more))

    def ask(self, sentence: str) -> None:
        """Say what is still to be chosen."""
        self._show("quiet", "", sentence, "")

    def tell(self, one: Consequence, who: str = "") -> None:
        """Say what comes of it, and of whom where there are several."""
        self._show(one.tone, f"{who}{one.head}：", one.text, one.more)

    def _show(self, tone: str, head: str, text: str, more: str) -> None:
        mark(self, "tone", tone)
        ink, _ = theme.TONES[tone]
        self._sign.setPixmap(icons.picture(_SIGNS[tone], 18, ink, ratio=self.devicePixelRatioF()))
        for widget, part in ((self._head, head), (self._text, text), (self._more, more)):
            widget.setText(part)
            widget.setVisible(bool(part))


class ReturnBox(Popover):
    """Asks when these travellers came back; `reported(Reported, slip)` once it is recorded.

    `slip` is the slip to be extended afterwards, "" for none. Nothing is written before 确认.
    """

    reported = Signal(object, str)

    def __init__(self, context: PageContext, people: Sequence[Traveller]) -> None:
        super().__init__(context.window, "销假")
        self._context = context
        self._asked = tuple(people)
        today = context.office.today
        self.entries = [ArrivalEntry(one.name, today) for one in self._asked]
        self.all = ArrivalEntry("全部", today) if len(self._asked) > 1 else None
        self.result = ResultLine()
        self.heads = [label() for _ in self._asked] if self.all is not None else []
        self.excuse = QCheckBox("有正当理由，补办续假（销假后打开续假单）")
        self.confirm = act_button(Act.ENTER, "确认销假", self.take, role="primary")
        self.cancel = button("取消", self.dismiss)
        self.time, self.speaker = QLineEdit(self), QLineEdit(self)
        for one, name in ((self.time, _TIME), (self.speaker, _SPEAKER["county"])):
            one.setAccessibleName(name)
            one.hide()
        self._answered: tuple[tuple[Arrival, ...], tuple[Consequence, ...]] = ((), ())
        self._pressed = self._busy = False
        for entry in self.entries:
            entry.changed.connect(self._changed)
        if self.all is not None:
            self.all.changed.connect(self._spread)
        self._changed()

    def ask(self, anchor: QRect) -> None:
        """Show it under `anchor`, a rectangle on the screen."""
        first = self.all or self.entries[0]
        width = _WIDER if self.all is not None else _WIDTH
        self.open(self._several() if self.all is not None else self._single(), width, anchor, first.line)
        first.line.selectAll()

    # -- laid out

    def _single(self) -> QVBoxLayout:
        who, entry = self._asked[0], self.entries[0]
        due = f"应{month_day(who.expected)}（{weekday(who.expected)}）返回" if who.expected else ""
        head = row(label(f"{who.name}销假", "section"), label(f"{who.number}　{due}", "quiet"), None, gap=10)
        days = [self._quick(entry, "今天 T", "T"), self._quick(entry, "昨天 Y", "Y")]
        if (day := who.expected) is not None:
            days.append(button("应返日", lambda: entry.line.put(day), tip=month_day(day)))
        lines = [
            self._line("返回日期", entry.line, *days),
            self._line("到达", entry.halves, label("当天从哪半天起算在旗县", "hint")),
        ]
        if who.calls:
            lines.append(self._call(who.calls))
        entry.line.setFixedWidth(theme.scaled(self, _DAY))
        return column(head, *lines, self.result, self.excuse, self._feet(), gap=8, margins=(16, 14, 16, 12))

    def _several(self) -> QVBoxLayout:
        assert self.all is not None
        quick = [self._quick(self.all, "今天 T", "T"), self._quick(self.all, "昨天 Y", "Y")]
        self.all.line.setFixedWidth(theme.scaled(self, _DAY))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for at, (who, entry, head) in enumerate(zip(self._asked, self.entries, self.heads, strict=True)):
            due = f"应{month_day(who.expected)}" if who.expected else who.number
            entry.line.setFixedWidth(theme.scaled(self, _DAY))
            for place, piece in enumerate((label(who.name), label(due, "quiet"), entry.line, entry.halves, head)):
                grid.addWidget(piece, at, place)
        grid.setColumnStretch(4, 1)
        rows: QLayout | QWidget = grid if len(self._asked) <= _FEW else self._scrolled(grid)
        title = label(f"{len(self._asked)}人销假", "section")
        top = self._line("全部", self.all.line, self.all.halves, *quick)
        self.excuse.hide()
        return column(title, top, rows, self.result, self._feet(), gap=8, margins=(16, 14, 16, 12))

    def _scrolled(self, grid: QGridLayout) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(grid)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedHeight(theme.scaled(self, _ROW * _FEW))
        for entry in self.entries:
            entry.changed.connect(lambda entry=entry: area.ensureWidgetVisible(entry.line))
        return area

    def _quick(self, entry: ArrivalEntry, text: str, letter: str) -> QWidget:
        return button(text, lambda: entry.letter(letter))

    def _line(self, text: str, *pieces: QWidget) -> QHBoxLayout:
        name = label(text, "label")
        name.setFixedWidth(theme.scaled(self, _LABEL))
        return row(name, *pieces, None)

    def _call(self, side: str) -> QHBoxLayout:
        for widget, name, width in ((self.time, _TIME, 88), (self.speaker, _SPEAKER[side], 110)):
            widget.setAccessibleName(name)
            widget.show()
            widget.setFixedWidth(theme.scaled(self, width))
        self.time.setPlaceholderText("如 18:05")
        return self._line(_TIME, self.time, label(_SPEAKER[side], "label"), self.speaker, label("可以不填", "hint"))

    def _feet(self) -> QHBoxLayout:
        return row(label("Enter 确认　Esc 取消", "hint"), None, self.cancel, self.confirm)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if letter and letter in LETTERS:
            here = next((one for one in self.entries if one.has_keyboard), None)
            (here or self.all or self.entries[0]).letter(letter)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Go on: to the half that is not chosen, to the button for who is late, else it is confirmed."""
        missing = next((one for one in self.entries if one.halves.half() is None), None)
        if missing is not None and missing.line.day() is not None:
            self.result.ask(f"{_FIRST}。")
            (self.all or missing).halves.buttons["am"].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._arrivals() != self._answered[0]:
            self._pressed = True  # the answer is on its way
        elif self.confirm.isEnabled() and any(one.late for one in self._answered[1]):
            self.confirm.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.take()

    # -- what comes of it

    def _spread(self) -> None:
        """What is said of all is said of each."""
        if self.all is None:
            return
        half = self.all.halves.half()
        for entry in self.entries:
            entry.line.setText(self.all.line.text())
            if half is not None:
                entry.halves.buttons[half].setChecked(True)
        self._changed()

    def _arrivals(self) -> tuple[Arrival, ...]:
        """Return what stands in every line, or nothing while one of them is not whole."""
        pairs = [entry.read() for entry in self.entries]
        return tuple(
            Arrival(who.slip, *pair, who.calls, self.time.text(), self.speaker.text())
            for who, pair in zip(self._asked, pairs, strict=True)
            if pair is not None and None not in pairs
        )

    def _changed(self) -> None:
        self._pressed = False
        arrivals = self._arrivals()
        self._may_confirm(False, _FIRST)
        if arrivals:
            self._context.asker.ask(
                returns.foresee, arrivals, then=lambda all_: self._foretell(arrivals, tuple(all_)), lane="foresee"
            )
            return
        unread = [one for one in self.entries if one.line.day() is None]
        for entry in self.entries:
            entry.tell_wrong(entry in unread)
        why = typeddays.fault(unread[0].line.text(), self._context.office.today) if unread else ""
        self.result.ask(f"{why or '请填返回日期'}。" if unread else f"{_FIRST}，这里写明结果。")

    def _foretell(self, arrivals: tuple[Arrival, ...], outcomes: tuple[Consequence, ...]) -> None:
        if arrivals != self._arrivals():
            return  # something else was typed meanwhile
        self._answered = (arrivals, outcomes)
        gravest = max(outcomes, key=lambda one: (one.bars, one.late, one.over.days if one.over else 0))
        at = outcomes.index(gravest)
        self.result.tell(gravest, self._asked[at].name if self.all is not None else "")
        for entry, outcome in zip(self.entries, outcomes, strict=True):
            entry.tell_wrong(outcome.bars, outcome.text if outcome.bars else "")
        for head, outcome in zip(self.heads, outcomes, strict=False):
            _say_head(head, outcome)
        self.excuse.setEnabled(gravest.late)
        self.excuse.setChecked(self.excuse.isChecked() and gravest.late)
        self._may_confirm(not gravest.bars, gravest.text)
        if self._pressed:
            QTimer.singleShot(0, self, self._enter)

    def _may_confirm(self, may: bool, why: str) -> None:
        self.confirm.setEnabled(may)
        set_tip(self.confirm, "" if may else why)

    # -- taken

    def take(self) -> None:
        """Record it, once."""
        arrivals = self._arrivals()
        if self._busy or not self.confirm.isEnabled() or not arrivals:
            return
        self._busy = True
        self._context.asker.ask(returns.report, arrivals, then=self._done, failed=self._refused)

    def _done(self, reported: Reported) -> None:
        excused = self.excuse.isChecked() and any(one.late for one in self._answered[1])
        self.dismiss()
        self.reported.emit(reported, self._asked[0].slip if excused else "")

    def _refused(self, error: object) -> None:
        self._busy = False
        self._context.message.complain(error)  # type: ignore[arg-type]  # a refusal or a trouble


def _say_head(head: QLabel, outcome: Consequence) -> None:
    head.setText(outcome.head)
    mark(head, "role", _ROLES.get(outcome.tone, "quiet"))
    set_tip(head, outcome.text)
