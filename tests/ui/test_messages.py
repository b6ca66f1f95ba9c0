"""What a window said can be read again from the line at its foot, and the keyboard reaches what stands there now."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tests.ui.hands import everything
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.messagelist import MessageList
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.messagelog import MOST, MessageLog


def test_the_last_hundred_messages_are_listed_from_the_foot(
    asker: ImmediateRunner, office: OfficeView, qtbot: QtBot
) -> None:
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    shell.show()
    shell.page.message.say("已登记书记签字：王海杰")
    shell.open_page("leave")
    shell.page.message.say("请插入U盘", "warn")
    shell._footer.saved.click()
    (window,) = everything(shell, MessageList)
    model = window.table.model()
    cells = [[str(model.index(at, place).data()) for place in range(3)] for at in range(model.rowCount())]
    assert cells == [["6月5日 10:21", "提醒", "请插入U盘"], ["6月5日 10:21", "已完成", "已登记书记签字：王海杰"]]
    shell.page.message.say("已保存")
    assert model.rowCount() == 3
    window.reject()
    shell.leave()


def test_a_hundred_are_kept_and_one_said_again_counts_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    log = MessageLog(window)
    message = Toasts(window)
    for number in range(MOST + 20):
        message.say(f"已保存第{number}条")
    message.say(f"已保存第{MOST + 19}条")
    assert [line.sentence for line in log.lines] == [f"已保存第{number}条" for number in range(20, MOST + 20)]
    log.lines[0].date(NOW)
    assert log.lines[0].at == datetime(2018, 6, 5, 10, 21)


def test_f6_reaches_the_buttons_of_a_message_and_esc_leaves_them(
    asker: ImmediateRunner, office: OfficeView, qtbot: QtBot
) -> None:
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    shell.open_page("roster")
    hand, back = shell.focusWidget(), list[str]()
    shell.page.message.say("李明已销假", undo=lambda: back.append("李明"))
    (toast,) = shell.page.message._toasts
    QTest.keyClick(shell, Qt.Key.Key_F6)
    assert toast.buttons[0].hasFocus()
    QTest.keyClick(toast.buttons[0], Qt.Key.Key_Right)
    assert toast.close_.hasFocus()
    QTest.keyClick(shell, Qt.Key.Key_Escape)
    assert shell.focusWidget() is hand
    QTest.keyClick(shell, Qt.Key.Key_F6)
    QTest.keyClick(toast.buttons[0], Qt.Key.Key_Return)
    assert back == ["李明"]
    assert shell.focusWidget() is hand
    shell.leave()


def test_esc_clears_a_search_before_it_goes_back(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> None:
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    shell.open_page("roster")
    shell.show()
    search = shell.page.people.search  # type: ignore[attr-defined]  # the page that was opened
    search.setText("白")
    shell.panes.escape()
    assert search.text() == ""
    shell.leave()
