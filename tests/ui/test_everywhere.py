"""What holds on every page and tab of every level of office: the rail stays, all is named, and tips are plain."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.ui.hands import everything, places
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.rail import NARROW, WIDTH


def by_keyboard(widget: QWidget) -> bool:
    """Tell whether Tab stops at a widget."""
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _rail(shell: Shell) -> list[QRect]:
    """Where the rail and every button of it lie in the window."""
    rail = shell._rail
    return [QRect(one.mapTo(shell, QPoint(0, 0)), one.size()) for one in (rail, *everything(rail, QAbstractButton))]


def _reached(shell: Shell) -> Iterator[QWidget]:
    """Every widget that the keyboard can go to."""
    for one in everything(shell, QWidget):
        if one.isVisible() and one.isEnabled() and by_keyboard(one):
            yield one


def _name(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def _faults(shell: Shell, before: list[QRect]) -> Iterator[str]:
    if _rail(shell) != before:
        yield "the rail moved"
    for one in _reached(shell):
        if not _name(one):
            yield f"{type(one).__name__} without a name in {type(one.parent()).__name__}"


def test_the_rail_stays_and_whatever_has_the_keyboard_has_a_name(each_shell: Shell) -> None:
    before = _rail(each_shell)
    each_shell._rail.name("派驻翁牛特旗和另一个名字很长的旗县脱贫攻坚工作总队")
    seen = 0
    faults: dict[str, list[str]] = {}
    for place in places(each_shell):
        seen += 1
        if found := list(_faults(each_shell, before)):
            faults[place] = found
    assert faults == {}
    assert seen > len(DOORS)


def test_only_a_window_without_room_has_a_rail_without_words_and_on_every_page(each_shell: Shell) -> None:
    widths: dict[int, set[int]] = {}
    for width in (1366, 1093, 1001, 999):
        each_shell.resize(width, 600)
        widths[width] = set()
        for door in DOORS:
            each_shell.open_page(door.key)
            widths[width].add(each_shell._rail.width())
    assert widths == {1366: {WIDTH}, 1093: {WIDTH}, 1001: {WIDTH}, 999: {NARROW}}
