"""When somebody came back: the day, typed or by a letter, and the half, which nobody chooses for the clerk."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame

from tuopin_desktop.domain.halves import Half
from tuopin_desktop.domain.typeddays import day_words, read_typed
from tuopin_desktop.ui.widgets.dayline import DayLine
from tuopin_desktop.ui.widgets.parts import Button, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip

LETTERS = "TYAP"
"""Today, yesterday, in the morning, in the afternoon."""
_HALVES: tuple[tuple[Half, str], ...] = (("am", "上午 A"), ("pm", "下午 P"))


class ArrivalLine(DayLine):
    """A day, typed as 611, 6.11 or -1; the letters of `LETTERS` go to whoever holds it, whatever input method is on."""

    def __init__(self, today: date, name: str) -> None:
        super().__init__(today)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.put(today)
        self.editingFinished.connect(self._tidy)

    def words_of(self, day: date) -> str:
        return day_words(day, self.today)

    def put(self, day: date) -> None:
        """Show a day, ready to be typed over."""
        self.setText(self.words_of(day))
        self.selectAll()

    def day(self) -> date | None:
        """Return the day that stands there; None where it cannot be read."""
        before, _, last = self.text().strip().rpartition(" ")
        return read_typed(before if before and last.startswith("周") else self.text(), self.today)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().upper() in LETTERS and event.text():
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tidy()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _tidy(self) -> None:
        day = self.day()
        if day is not None and self.text() != self.words_of(day):
            self.setText(self.words_of(day))


class HalfChoice(QFrame):
    """Morning or afternoon, neither taken until somebody takes one."""

    turned = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Half, Button] = {}
        for half, text in _HALVES:
            one = Button(text)
            mark(one, "role", "chip")
            one.setCheckable(True)
            one.setAutoDefault(False)
            one.setAccessibleName(f"{name}：{text[:2]}")
            one.clicked.connect(self.turned)
            self._group.addButton(one)
            self.buttons[half] = one
        self.setAccessibleName(name)
        self.setProperty("role", "choice")
        self.setLayout(row(*self.buttons.values(), gap=0))

    def half(self) -> Half | None:
        """Return the half that was taken."""
        return next((half for half, one in self.buttons.items() if one.isChecked()), None)

    def take(self, half: Half) -> None:
        """Take a half, as if its button was pressed."""
        self.buttons[half].click()


class ArrivalEntry(QObject):
    """Day and half of one return, to be laid out by whoever asks; `changed` after each key."""

    changed = Signal()

    def __init__(self, name: str, today: date) -> None:
        super().__init__()
        self._today = today
        self.line = ArrivalLine(today, f"{name}返回日期")
        self.halves = HalfChoice(f"{name}到达")
        self.line.textChanged.connect(self.changed)
        self.halves.turned.connect(self.changed)

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the day or on a half."""
        return self.line.hasFocus() or any(one.hasFocus() for one in self.halves.buttons.values())

    def letter(self, key: str) -> None:
        """Do what a letter says."""
        ways: dict[str, Callable[[], object]] = {
            "T": partial(self.line.put, self._today),
            "Y": partial(self.line.put, self._today - timedelta(days=1)),
            "A": partial(self.halves.take, "am"),
            "P": partial(self.halves.take, "pm"),
        }
        ways[key]()

    def read(self) -> tuple[date, Half] | None:
        """Return when, or None as long as day or half is not there."""
        day, half = self.line.day(), self.halves.half()
        return (day, half) if day is not None and half is not None else None

    def tell_wrong(self, wrong: bool, why: str = "") -> None:
        """Frame the day in red where it cannot be."""
        mark(self.line, "wrong", "true" if wrong else "")
        set_tip(self.line, why)
