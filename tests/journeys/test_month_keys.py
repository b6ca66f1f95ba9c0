"""A month of a team of five by the keyboard alone, every key counted: two minutes are about sixty keys."""

from contextlib import closing
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.closings import key
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing as closes
from tuopin_desktop.services.attendance import month
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Runner
from tuopin_desktop.ui.shell import Shell

MOST_KEYS = 60
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOON = datetime(2018, 7, 2, 12)


def window(asker: ImmediateRunner | Runner, desk: Desk, qapp: QApplication, qtbot: QtBot) -> Shell:
    theme.apply(qapp, bundled_only=True)
    made_shell = Shell(asker, office_of(desk), DOORS)
    qtbot.addWidget(made_shell)
    with qtbot.waitActive(made_shell):
        made_shell.show()
        made_shell.activateWindow()
    made_shell.open_page("attendance")
    return made_shell


def test_an_ordinary_month_of_five_people_takes_fewer_than_sixty_keys(
    desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    shell = window(ImmediateRunner(desk), desk, qapp, qtbot)
    page = shell.page
    assert isinstance(page, AttendancePage)
    counted = 0

    def press(keys: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal counted
        QTest.keyClicks(page.grid, keys, modifier)
        counted += len(keys)

    def move(key: Qt.Key, times: int) -> None:
        nonlocal counted
        for _ in range(times):
            QTest.keyClick(page.grid, key)
        counted += times

    QTest.keyClick(page, Qt.Key.Key_PageUp, CTRL)  # last month
    counted += 1
    assert page.month == "2018-06"
    press("A", CTRL)
    press("v")
    press("X", SHIFT)
    move(Qt.Key.Key_Home, 1)
    move(Qt.Key.Key_Down, 2)
    move(Qt.Key.Key_Right, 3)
    press("qqqq")  # a week's meetings in the county town
    move(Qt.Key.Key_Down, 1)
    press(",q")  # one morning at the county office
    press("h")
    shell.page.save()
    assert counted <= MOST_KEYS, counted
    found = {row.name: row for row in month.read(desk, "2018-06").rows}
    assert {row.count.missing for row in found.values()} == {0}
    assert (found["李四"].count.leave, found["赵五"].count.leave) == (6, 3)
    assert len(found) == 5
    shell.leave()


def test_what_waits_to_be_kept_is_kept_before_the_window_closes(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    folder, facts = desk.folder, office_of(desk)
    desk.close()
    runner = Runner(lambda: offices.open_desk(folder, FixedClock(NOON)))
    runner.start(lambda _: None, lambda _: None)
    try:
        theme.apply(qapp, bundled_only=True)
        shell = Shell(runner, facts, DOORS)
        qtbot.addWidget(shell)
        shell.show()
        shell.open_page("attendance")
        page = shell.page
        assert isinstance(page, AttendancePage)
        qtbot.waitUntil(lambda: page.model.rowCount() == 5)
        QTest.keyClicks(page.grid, "v")
        shell.close()
        assert shell.isVisible(), "it waits for the answer"
        qtbot.waitUntil(lambda: not shell.isVisible())
    finally:
        runner.stop()
    with closing(offices.open_desk(folder, FixedClock(NOON))) as again:
        assert sum("vw/vw" in row.days for row in month.read(again, "2018-07").rows) == 1


def test_a_closed_month_can_only_be_looked_at_and_says_whose_it_is(
    desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    sheet = month.read(desk, "2018-06")
    for row in sheet.rows:
        key(desk, row.posting, "2018-06")
    closes.close(desk, "2018-06", "150426", gaps=0, note="")
    shell = window(ImmediateRunner(desk), desk, qapp, qtbot)
    page = shell.page
    assert isinstance(page, AttendancePage)
    page.open_month("2018-06", "")
    assert "结账" in page._notice.text()
    assert not page._notice.isHidden()
    QTest.keyClicks(page.grid, "k")
    assert page.model.index(0, 0).data() == "√"
    assert page.unsaved() == ""
    assert "结账" in page.message.sentence
    shell.leave()
