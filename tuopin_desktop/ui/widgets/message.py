"""Messages that lie over a page and move nothing: what was done, what is in the way, and what can be done about it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
    QWindow,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.widgets.messagelog import log_of
from tuopin_desktop.ui.widgets.opening import open_path
from tuopin_desktop.ui.widgets.parts import button, column, label, mark, row
from tuopin_desktop.ui.widgets.plain import set_tip

Way = tuple[str, Callable[[], object]]
"""A button of a message: its words, and what it does."""

_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "quiet": "info"}
_LASTING_MS = 8000
_MOST = 3
_STEPS = 20
_UNDO = "撤销  Ctrl+Z"
_WIDEST = 420
_RIGHT, _LOW, _GAP = 20, 16, 8
_STEP = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_FOOT = 76
"""A button whose lower edge lies so near to the host's belongs to its bottom row."""
_HEAD = 70
"""What lies above is the title with its buttons."""


class Toast(QFrame):
    """One message; `left` tells that its time is over or its cross was pressed."""

    left = Signal()

    def __init__(self, sentence: str, tone: str, cause: str, ways: Sequence[Way], parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence, self.tone, self.cause, self._ways = sentence, tone, cause, ways
        self.setObjectName("toast")
        mark(self, "tone", tone)
        sign, self._words = label(), label(sentence, wrap=True)
        sign.setPixmap(icons.picture(_SIGNS[tone], 18, _ink(tone), ratio=self.devicePixelRatioF()))
        self._words.setAccessibleName("消息")
        self.buttons = [self._button(text, slot) for text, slot in ways]
        self.close_ = button("", self.left.emit, icon="x", role="flat", tip="关闭消息")
        self.close_.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text = row(sign, self._words, gap=10)
        text.setStretch(1, 1)
        text.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        for one in self.around:
            one.installEventFilter(self)
        self._whole = row(self._body(text), self.close_, margins=(12, 6, 4, 6))
        self._whole.setStretch(0, 1)
        self._whole.setAlignment(self.close_, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._whole)
        self._timer = QTimer(self, singleShot=True, interval=_LASTING_MS)
        self._timer.timeout.connect(self.left)

    def _body(self, text: QLayout) -> QLayout:
        """Buttons stand beside a short sentence, and below a long one."""
        if not self.buttons:
            return text
        width = sum(one.sizeHint().width() + _GAP for one in self.buttons) + theme.scaled(self, 90)
        beside = self._words.fontMetrics().horizontalAdvance(self.sentence) + width <= theme.scaled(self, _WIDEST)
        if beside:
            return row(text, *self.buttons)
        return column(text, row(None, *self.buttons), gap=2)

    def _button(self, text: str, slot: Callable[[], object]) -> QPushButton:
        def press() -> None:
            self.left.emit()
            slot()

        one = button(text, press)
        one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by F6, never by itself
        return one

    @property
    def around(self) -> list[QPushButton]:
        """Its buttons from the left, the cross last."""
        return [*self.buttons, self.close_]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        step = _STEP.get(Qt.Key(event.key()), 0) if isinstance(event, QKeyEvent) else 0
        if step and event.type() == QEvent.Type.KeyPress and watched in self.around:
            self.around[(self.around.index(watched) + step) % len(self.around)].setFocus()
            return True  # a button of Qt would hand the keyboard to whatever comes next on the page
        return super().eventFilter(watched, event)

    @property
    def steps(self) -> list[Callable[[], object]]:
        """What it takes back."""
        return [slot.args[0] for text, slot in self._ways if text == _UNDO and isinstance(slot, partial)]

    def height_at(self, width: int) -> int:
        """Return how high it is at a width."""
        return max(self._whole.totalHeightForWidth(width), theme.scaled(self, 44))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.count_down()
        super().leaveEvent(event)

    def count_down(self) -> None:
        """A success goes by itself, after somebody could read it."""
        if self.tone == "ok" and self.isVisible() and not self.underMouse():
            self._timer.start()

    def hold(self) -> None:
        """Nobody sees it: its time stands still."""
        self._timer.stop()


class Toasts(QWidget):
    """The messages of a page or a dialog, at most three, the newest lowest; they take no room and no focus.

    A success goes after eight seconds. A warning stays until it is closed, until its `cause` is cleared, or, without
    a cause of its own, until the next message.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._toasts: list[Toast] = []
        self._steps: list[Callable[[], object]] = []
        self._watched: QWindow | None = None
        self._before: QWidget | None = None
        self.hide()
        host.installEventFilter(self)

    @property
    def sentence(self) -> str:
        """The words of the newest message, or nothing when none is shown."""
        return self._toasts[-1].sentence if self._toasts else ""

    @property
    def sentences(self) -> list[str]:
        """The words of every message that is shown, the newest last."""
        return [one.sentence for one in self._toasts]

    @property
    def newest(self) -> Toast | None:
        """The message that came last."""
        return self._toasts[-1] if self._toasts else None

    def say(
        self,
        sentence: str,
        tone: str = "ok",
        *,
        cause: str = "",
        ways: Sequence[Way] = (),
        undo: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence; `tone` is ok, warn, bad or quiet, `ways` are buttons beside it, `undo` takes it back."""
        self._drop(lambda old: old.sentence == sentence or (old.tone != "ok" and old.cause in ("", cause)))
        if undo is not None:
            ways = [(_UNDO, partial(self._take_back, undo)), *ways]
            self._steps = [*self._steps, undo][-_STEPS:]
        if (log := log_of(self)) is not None:
            log.add(sentence, tone)
        toast = Toast(sentence, tone, cause, ways, self)
        toast.left.connect(partial(self._drop, lambda old: old is toast))
        self._toasts.append(toast)
        surplus = self._toasts[:-_MOST]
        self._drop(lambda old: old in surplus)
        toast.show()
        self.show()
        self._place()
        self._announce(toast)

    def say_file(self, path: Path, sentence: str = "", tone: str = "ok") -> None:
        """Say that a file was written and offer to open it, or the folder it lies in."""
        ways = [("打开", lambda: self._open(path)), ("打开文件夹", lambda: self._open(path.parent))]
        self.say(sentence or f"已保存“{path.name}”，在“{_called(path.parent)}”", tone, ways=ways)
        set_tip(self._toasts[-1], str(path))

    def say_folder(self, folder: Path, sentence: str) -> None:
        """Say what was written into a folder and offer to open that; `sentence` has a place for its name, {}."""
        self.say(sentence.format(_called(folder)), ways=[("打开文件夹", lambda: self._open(folder))])
        set_tip(self._toasts[-1], str(folder))

    def complain(self, error: Refused | Trouble, cause: str = "") -> None:
        """Show why something was not done: a refusal as a warning, the world's trouble in red."""
        self.say(error.sentence, "warn" if isinstance(error, Refused) else "bad", cause=cause)

    def enter(self) -> None:
        """Give the keyboard to the newest message (F6); the arrow keys go along its buttons."""
        if self.newest is not None:
            self._before = QApplication.focusWidget()
            self.newest.around[0].setFocus()

    def leave(self) -> None:
        """Give the keyboard back to where it was (Esc)."""
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()
        self._before = None

    def undo(self) -> None:
        """Take back what was done last and can be."""
        if not self._steps:
            self.say("没有可以撤销的操作", "quiet")
            return
        step = self._steps[-1]
        self._drop(lambda old: step in old.steps)
        self._take_back(step)

    def _take_back(self, step: Callable[[], object]) -> None:
        """Take a step back, once: by its button or by the key."""
        if step in self._steps:
            self._steps.remove(step)
            step()

    def clear(self, cause: str = "") -> None:
        """Take away what was said of a cause; without one, everything but what was done well."""
        self._drop(lambda old: old.cause == cause if cause else old.tone != "ok")

    def _open(self, path: Path) -> None:
        if not open_path(path):
            self.say(f"没有能打开它的程序，请在文件管理器中查看：{path}", "warn")

    def _drop(self, goes: Callable[[Toast], bool]) -> None:
        gone = [one for one in self._toasts if goes(one)]
        self._toasts = [one for one in self._toasts if one not in gone]
        if any(one.isAncestorOf(QApplication.focusWidget() or self) for one in gone):
            self.leave()
        for one in gone:
            one.hide()
            one.deleteLater()
        if gone:
            self.setVisible(bool(self._toasts))
            self._place()

    # -- where they lie

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()
        self._place()
        for one in self._toasts:
            one.count_down()

    def _watch(self) -> None:
        """Hear where the keyboard goes in the window, so as to make way for it."""
        handle = cast("QWindow | None", self.window().windowHandle())
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.focusObjectChanged.connect(self._make_way)

    def hideEvent(self, event: QHideEvent) -> None:
        for one in self._toasts:
            one.hold()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def _make_way(self, _target: QObject) -> None:
        if shiboken6.isValid(self._host):  # a page that goes lets go of the keyboard first
            self._place()

    def _place(self) -> None:
        if not self._toasts:
            return
        width = min(theme.scaled(self, _WIDEST), self._host.width() - 2 * _RIGHT)
        top = 0
        for one in self._toasts:
            height = one.height_at(width)
            one.setGeometry(0, top, width, height)
            top += height + _GAP
        self.setGeometry(self._corner(QSize(width, top - _GAP)))
        self.raise_()

    def _corner(self, size: QSize) -> QRect:
        """Return where they lie: at the right below, else in the first corner that leaves the hand's place free."""
        right = self._host.width() - _RIGHT - size.width()
        low = self._foot() - size.height()
        head = theme.scaled(self, _HEAD)
        places = [QPoint(right, low), QPoint(_RIGHT, low), QPoint(right, head), QPoint(_RIGHT, head)]
        hand = self._hand()
        corners = [QRect(place, size) for place in places]
        return next((one for one in corners if not one.intersects(hand)), corners[0])

    def _hand(self) -> QRect:
        """Return what has the keyboard, in the host's measure: of a list its row, of a long text its line."""
        widget = QApplication.focusWidget()
        if widget is None or not self._host.isAncestorOf(widget) or self.isAncestorOf(widget):
            return QRect()
        rect, frame = widget.rect(), widget
        if isinstance(widget, QAbstractItemView):
            rect, frame = widget.visualRect(widget.currentIndex()), widget.viewport()
        elif isinstance(widget, QPlainTextEdit):
            rect, frame = widget.cursorRect().adjusted(-60, -4, 60, 4), widget.viewport()
        elif isinstance(widget, QAbstractScrollArea) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            return QRect()  # it is only scrolled, or holds the keyboard for want of a field
        return QRect(frame.mapTo(self._host, rect.topLeft()), rect.size())

    def _foot(self) -> int:
        """Return the lower edge: above the buttons at the host's foot."""
        lowest = self._host.height() - _LOW
        near = self._host.height() - theme.scaled(self, _FOOT)
        tops = [lowest]
        for one in cast("list[QPushButton]", self._host.findChildren(QPushButton)):
            if one.isVisible() and not self.isAncestorOf(one):
                top = one.mapTo(self._host, QPoint(0, 0)).y()
                if top + one.height() > near and top >= near - one.height():
                    tops.append(top - _GAP)
        return min(tops)

    def _announce(self, toast: Toast) -> None:
        event = QAccessibleAnnouncementEvent(self, toast.sentence)
        if toast.tone in ("warn", "bad"):
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


def cause_of(function: Any) -> str:
    """Return the name under which a question's trouble stands until it is asked again."""
    while isinstance(function, partial):
        function = function.func
    return f"{function.__module__}.{function.__qualname__}"


def _called(folder: Path) -> str:
    """Return a folder's own name, a drive's whole one."""
    return folder.name or str(folder)


def _ink(tone: str) -> str:
    return theme.TONES[tone][0] if tone != "quiet" else theme.TOKENS["accent"]
