"""What a clerk's hands do."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell


def window_of(desk: Desk, qtbot: QtBot) -> Shell:
    """Return the window of an office, shown as large as a small screen; it closes without asking."""
    shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.resize(1366, 728)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    shell._may_close = True
    return shell


def give_keyboard(widget: QWidget, qtbot: QtBot) -> None:
    """Give a widget the keyboard: its keys are heard in the active window alone."""
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def let_go_of_keys() -> None:
    """Let go of Ctrl and Shift: Qt remembers the last stroke's, and a row chosen with Ctrl held is given up again."""
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


def type_chinese(widget: QWidget, words: str) -> None:
    """Commit words through the input method, as a Chinese IME does; QTest can only press ASCII keys."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QCoreApplication.sendEvent(widget, event)


W = TypeVar("W", bound=QWidget)


def everything(window: QWidget, kind: type[W]) -> list[W]:
    """Every widget of a kind in a window."""
    return cast("list[W]", window.findChildren(kind))


def labels(window: QWidget) -> list[QLabel]:
    """Every label in a window."""
    return everything(window, QLabel)


def words(window: QWidget) -> list[str]:
    """What every label in a window says."""
    return [label.text() for label in labels(window)]


def button(window: QWidget, text: str) -> QPushButton:
    """The button with these words; a space in front of them belongs to its icon."""
    return next(made for made in everything(window, QPushButton) if made.text().strip() == text)


def places(shell: Shell) -> Iterator[str]:
    """Open every page and every tab of it, one after another; give the name of where the window then is."""
    for key in shell.doors:
        shell.open_page(key)
        yield key
        for bar in everything(shell.page, QTabBar):
            for at in range(bar.count()) if bar.isVisible() else ():
                bar.setCurrentIndex(at)
                yield f"{key} · {bar.tabText(at)}"


def each_once(shell: Shell) -> Iterator[str]:
    """Give the places without the tab that stands open when its page is opened: that one was just seen."""
    standing = set[str]()
    for place in places(shell):
        if place in standing:
            continue
        yield place
        if " · " not in place:
            bars = [bar for bar in everything(shell.page, QTabBar) if bar.isVisible()]
            standing = {f"{place} · {bar.tabText(bar.currentIndex())}" for bar in bars}


def by_keyboard(widget: QWidget) -> bool:
    """Tell whether Tab stops at a widget."""
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def reached(window: QWidget) -> Iterator[QWidget]:
    """Give every widget that the keyboard can go to."""
    for one in everything(window, QWidget):
        if one.isVisible() and one.isEnabled() and by_keyboard(one):
            yield one


def spoken(widget: QWidget) -> str:
    """Return what a screen reader says of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def unnamed(window: QWidget) -> list[str]:
    """Return what has the keyboard and no name; what hands it on to another goes by that one's."""
    nameless = [one for one in reached(window) if one.focusProxy() is None and not spoken(one)]
    return [f"{type(one).__name__} in {type(one.parent()).__name__}" for one in nameless]


def rects(window: QWidget, *, but: QWidget) -> dict[str, QRect]:
    """Where every widget that is seen lies in a window, by its place in the tree, without those of one widget."""
    while (measured := _rects(window, but)) != _rects(window, but):
        pass  # a page that was just opened is laid out in two goes
    return measured


def _rects(window: QWidget, but: QWidget) -> dict[str, QRect]:
    QCoreApplication.sendPostedEvents()
    others = [one for one in everything(window, QWidget) if one is not but and not but.isAncestorOf(one)]
    return {
        f"{number} {type(one).__name__} {one.objectName() or one.accessibleName()}": QRect(
            one.mapTo(window, QPoint(0, 0)), one.size()
        )
        for number, one in enumerate(others)
        if one.isVisible()
    }


_COPY, _LEFT, _NO_KEY = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand:
    """Drags files over the middle of a window and lets them go."""

    def __init__(self, shell: Shell, *paths: Path) -> None:
        self._shell = shell
        self._data = QMimeData()
        self._data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        page = shell.page
        self._at = page.mapTo(shell, QPoint(page.width() // 2, page.height() // 2))

    def over(self) -> str:
        """Return what the frame says."""
        event = QDragEnterEvent(self._at, _COPY, self._data, _LEFT, _NO_KEY)
        QCoreApplication.sendEvent(self._shell.windowHandle(), event)
        frame = self._shell._dropping.frame
        return f"{frame.text}，{frame.note}" if frame.isVisible() else ""

    def away(self) -> None:
        QCoreApplication.sendEvent(self._shell.windowHandle(), QDragLeaveEvent())

    def let_go(self) -> None:
        event = QDropEvent(QPointF(self._at), _COPY, self._data, _LEFT, _NO_KEY, QEvent.Type.Drop)
        QCoreApplication.sendEvent(self._shell.windowHandle(), event)
