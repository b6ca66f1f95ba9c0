"""A whole month of five people registered and closed, by keys alone and by the mouse alone, every one counted."""

from datetime import datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.test_month_keys import window
from tuopin_desktop.services.attendance import closing as closes
from tuopin_desktop.services.attendance import month
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance.page import AttendancePage
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

NOON = datetime(2018, 7, 2, 12)
MOST_KEYS, MOST_CLICKS = 16, 9
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Counts what a clerk's hands do."""

    def __init__(self, page: AttendancePage) -> None:
        self.page, self.keys, self.clicks = page, 0, 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        self.keys += 1

    def type(self, text: str) -> None:
        """Type in the grid."""
        QTest.keyClicks(self.page.grid, text)
        self.keys += len(text)

    def click(self, widget: QWidget, at_: QPoint | None = None) -> None:
        """Press the left button on a widget."""
        QTest.mouseClick(widget, LEFT, pos=at_ or widget.rect().center())
        self.clicks += 1

    def cell(self, row: int, number: int) -> QPoint:
        """Return where a day lies."""
        return self.page.grid.visualRect(self.page.model.index(row, number - 1)).center()

    def drag(self, row: int, numbers: tuple[int, int]) -> None:
        """Draw the pressed button over days."""
        grid = self.page.grid.viewport()
        QTest.mousePress(grid, LEFT, pos=self.cell(row, numbers[0]))
        QTest.mouseMove(grid, self.cell(row, numbers[1]))
        QTest.mouseRelease(grid, LEFT, pos=self.cell(row, numbers[1]))
        self.clicks += 1

    def choose(self, menu: QMenu, name: str) -> None:
        """Open a menu and take an entry."""
        next(action for action in menu.actions() if action.text().startswith(name)).trigger()
        self.clicks += 2


def closed(desk: Desk) -> None:
    rows = {row.name: row for row in month.read(desk, "2018-06").rows}
    assert {row.count.missing for row in rows.values()} == {0}
    assert (rows["李四"].count.leave, rows["赵五"].count.leave) == (6, 3)
    assert closes.standing_close(desk, "2018-06") is not None


def test_a_month_of_five_is_registered_and_closed_with_sixteen_keys(
    desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    shell = window(ImmediateRunner(desk), desk, qapp, qtbot)
    page = shell.page
    assert isinstance(page, AttendancePage)
    hands = Hands(page)
    hands.key(Qt.Key.Key_PageUp, CTRL)
    hands.type("w")  # the whole month; slips stay
    for key in (*[Qt.Key.Key_Down] * 2, *[Qt.Key.Key_Right] * 3):
        hands.key(key)
    assert page.grid.currentIndex().row() == 2
    assert page.grid.currentIndex().column() == 3
    hands.type("qqqq")  # a week's meetings in the county town
    hands.type(",q")  # one morning at the county office
    assert [page.model.index(2, at_).data() for at_ in range(3, 8)] == [*"○○○○", "○/√"]
    hands.key(Qt.Key.Key_J, CTRL)
    assert page.months.dialog is not None
    QTest.keyClick(page.months.dialog, Qt.Key.Key_Return)
    hands.keys += 1
    closed(desk)
    assert hands.keys <= MOST_KEYS, hands.keys
    shell.leave()


def test_a_month_of_five_is_registered_and_closed_with_nine_clicks(
    desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    shell = window(ImmediateRunner(desk), desk, qapp, qtbot)
    shell.resize(1366, 728)
    page = shell.page
    assert isinstance(page, AttendancePage)
    hands = Hands(page)
    hands.click(page.bar._back)
    assert page.month == "2018-06"
    hands.click(page.marks.month)
    hands.click(page.marks.filled, QPoint(10, page.marks.filled.height() // 2))
    assert not page.marks.filled.isChecked()
    hands.drag(2, (4, 7))
    hands.click(page.marks.buttons["cw"])
    for asked in qapp.topLevelWidgets():  # more than three days that are filled: it is asked once
        if asked.isVisible() and asked.isModal():
            asked.buttons()[0].click()  # type: ignore[attr-defined] # the box of a question
            hands.clicks += 1
    assert [page.model.index(2, number - 1).data() for number in range(4, 8)] == ["○"] * 4
    hands.choose(page.months.menu, "结账")
    assert page.months.dialog is not None
    hands.click(page.months.dialog.yes)  # type: ignore[union-attr] # the dialog of closing
    closed(desk)
    assert hands.clicks <= MOST_CLICKS, hands.clicks
    shell.leave()
