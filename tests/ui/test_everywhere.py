"""What holds on every page and tab of every level of office: the rail stays, all is named, and tips are plain."""

import ast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.exceptions import TimeoutError as TooLate
from pytestqt.qtbot import QtBot

from tests.test_house import PROGRAM, parsed
from tests.ui.hands import everything, places, reached, spoken
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.rail import NARROW, WIDTH

CTRL, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def test_only_a_window_without_room_has_a_rail_without_words_and_on_every_page(each_shell: Shell) -> None:
    widths: dict[int, set[int]] = {}
    for width in (1366, 1093, 1001, 999):
        each_shell.resize(width, 600)
        widths[width] = set()
        for door in DOORS:
            each_shell.open_page(door.key)
            widths[width].add(each_shell._rail.width())
    assert widths == {1366: {WIDTH}, 1093: {WIDTH}, 1001: {WIDTH}, 999: {NARROW}}


def test_the_keyboard_stays_where_it_was_and_f6_comes_round_on_every_page(each_shell: Shell, qtbot: QtBot) -> None:
    """After F5, Ctrl+Z, a message and F6 all the way round the hand is where it was."""
    faults: dict[str, list[str]] = {}
    for place in places(each_shell):
        name = _called(each_shell.focusWidget())
        found = []
        for key, what in ((Qt.Key.Key_F5, "F5"), (Qt.Key.Key_Z, "Ctrl+Z")):
            QTest.keyClick(each_shell, key, CTRL if what.startswith("Ctrl") else NO_KEY)
            if not _comes_to(each_shell, name, qtbot):
                found.append(f"{what}: {name} -> {_called(each_shell.focusWidget())}")
        hand = each_shell.focusWidget()
        stops: list[str] = []
        for _ in range(len(each_shell.panes._all())):
            QTest.keyClick(each_shell, Qt.Key.Key_F6)
            stops.append(_called(each_shell.focusWidget()))
        if each_shell.focusWidget() is not hand or len(set(stops)) < 2:
            found.append(f"F6: {name} -> {stops}")
        if found:
            faults[place] = found
        each_shell.page.message.clear()
    assert faults == {}, "\n".join(f"{k}: {v}" for k, v in faults.items())


def _comes_to(shell: Shell, name: str, qtbot: QtBot) -> bool:
    """Tell whether a widget of that name has the keyboard, at once or once what was built anew stands there."""
    try:
        qtbot.waitUntil(lambda: _called(shell.focusWidget()) == name, timeout=500)
    except TooLate:
        return False
    return True


def _called(widget: QWidget | None) -> str:
    return f"{type(widget).__name__} {spoken(widget)}" if widget is not None else "nothing"


def test_every_widget_is_reached_by_tab_on_every_page(each_shell: Shell) -> None:
    faults: dict[str, list[str]] = {}
    for place in places(each_shell):
        wanted = {one for one in reached(each_shell) if one.focusProxy() is None}
        first = each_shell.focusWidget()
        for _ in range(3 * len(wanted)):
            wanted.discard(each_shell.focusWidget())
            each_shell.focusNextPrevChild(True)
            if each_shell.focusWidget() is first:
                break
        if wanted:
            faults[place] = [_called(one) for one in wanted]
    assert faults == {}, "\n".join(f"{k}: {v}" for k, v in faults.items())


def test_no_part_with_a_search_hands_its_keyboard_on_by_a_proxy_that_tab_would_follow() -> None:
    proxies = {
        path.relative_to(PROGRAM).as_posix()
        for path, node in parsed("tuopin_desktop")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setFocusProxy"
    }
    assert proxies == {"ui/widgets/editor.py", "ui/login/forgotten.py"}, "use Front"


def test_whoever_asks_where_to_save_says_where_it_is_and_opens_it() -> None:
    """A module that asks for a file to write hands what was written to the message with 打开 and 打开文件夹."""
    asks, says = set[str](), set[str]()
    for path in sorted((PROGRAM / "ui").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(PROGRAM).as_posix()
        if "ask_save(" in text and "def ask_save(" not in text:
            asks.add(name)
        if "say_file" in text or "say_folder" in text:
            says.add(name)
    # The menu, and the page, that opened these say it; the pane has its window say it; the first start's code is paper
    # of an office that is not there yet, and its page says that it was saved.
    elsewhere = {"ui/pages/attendance/monthdialogs.py", "ui/pages/leave/overprint.py"}
    assert asks - says == elsewhere | {"ui/manual.py", "ui/firststart/reviewpage.py"}


def test_a_name_with_marks_is_shown_as_it_is_by_every_tip_of_every_page(each_shell: Shell, each_desk: Desk) -> None:
    registers.save(each_desk, Person(id="150125/p1", name="<b>乌云</b>", phone="13900000001"))
    told = set[str]()
    for _place in places(each_shell):
        QTest.keyClick(each_shell, Qt.Key.Key_F5)
        for one in everything(each_shell, QWidget):
            if "乌云" in (tip := one.toolTip()):
                told.add(tip)
            if isinstance(one, QLabel) and "<b>" in one.text():
                assert one.textFormat() is Qt.TextFormat.PlainText, one.text()
    assert [tip for tip in told if "<b>" in tip] == []
