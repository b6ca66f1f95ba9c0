"""What a clerk's hands do."""

from collections.abc import Iterator
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget

from tuopin_desktop.ui.shell import Shell


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
