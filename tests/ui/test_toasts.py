"""Messages lie over a page: they move nothing, cover no hand, take no keyboard, and go when their cause is gone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places, rects
from tuopin_desktop.domain.problems import Refused, Trouble, refuse
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.slips.returning import say_returned
from tuopin_desktop.ui.widgets import message as toasts
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, column

LONG = "没有保存：离开时间早于批准时间，请核对报备单上的日期，改好以后再保存；" * 3


class Host(QWidget):
    """A page with a field in each lower corner and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1000, 600)
        self.left, self.right = QLineEdit(self), QLineEdit(self)
        self.left.setGeometry(20, 540, 300, 30)
        self.right.setGeometry(680, 540, 300, 30)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    """The page, shown."""
    page = Host()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def test_a_message_moves_nothing_and_covers_no_hand_on_any_page_of_any_office(each_shell: Shell) -> None:
    moved = []
    for place in places(each_shell):
        message = each_shell.page.message
        before, hand = rects(each_shell, but=message), each_shell.focusWidget()
        for sentence, tone in (("已保存", "ok"), (LONG, "warn"), ("磁盘已满。", "bad")):
            message.say(sentence, tone)
        if message.geometry().intersects(message._hand()):
            moved.append(f"{place}: covered")
        after = rects(each_shell, but=message)
        moved += [f"{place}: {one}" for one in before.keys() | after.keys() if before.get(one) != after.get(one)]
        if each_shell.focusWidget() is not hand:
            moved.append(f"{place}: the keyboard")
        message.clear()
        if rects(each_shell, but=message) != before:
            moved.append(f"{place}, away")
    assert moved == []


def _under(message: Toasts, widget: QWidget) -> bool:
    return message.geometry().intersects(QRect(widget.mapTo(message._host, QPoint(0, 0)), widget.size()))


def test_it_lies_at_the_right_and_makes_way_for_the_keyboard(host: Host, qtbot: QtBot) -> None:
    message = Toasts(host)
    host.left.setFocus()
    message.say("已保存")
    assert message.geometry().right() == host.width() - 21
    host.right.setFocus()
    qtbot.waitUntil(lambda: message.geometry().left() == 20)
    assert not _under(message, host.right)


def test_it_lies_above_the_buttons_at_the_foot(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    foot = button("保存", lambda: None)
    page.setLayout(column(None, foot))
    page.resize(800, 500)
    page.show()
    message = Toasts(page)
    message.say("已登记")
    assert message.geometry().bottom() < foot.y()


def test_at_most_three_stand_and_the_newest_is_lowest(host: Host) -> None:
    message = Toasts(host)
    for number in range(5):
        message.say(f"已保存第{number}条")
    assert message.sentences == ["已保存第2条", "已保存第3条", "已保存第4条"]
    tops = [one.y() for one in message._toasts]
    assert tops == sorted(tops)


def test_a_success_goes_by_itself_unless_the_pointer_rests_on_it(host: Host, qtbot: QtBot) -> None:
    message = Toasts(host)
    message.say("已保存")
    (toast,) = message._toasts
    assert toast._timer.interval() == 8000
    QTest.mouseMove(toast)
    qtbot.waitUntil(lambda: toast.underMouse() and not toast._timer.isActive())
    QTest.mouseMove(host, QPoint(5, 5))
    qtbot.waitUntil(toast._timer.isActive)
    toast._timer.setInterval(1)
    qtbot.waitUntil(lambda: not message.isVisible())


def test_a_warning_stays_until_the_next_message_or_its_cross(host: Host) -> None:
    message = Toasts(host)
    message.complain(refuse("code", "不行", article=10))
    assert (message.sentence, message._toasts[0].tone) == ("不行（管理办法第10条）。", "warn")
    assert not message._toasts[0]._timer.isActive()
    message.complain(Trouble("磁盘已满"))
    assert (message.sentences, message._toasts[0].tone) == (["磁盘已满"], "bad")
    message._toasts[0].close_.click()
    assert message.sentences == []


def test_what_a_question_complained_of_goes_when_it_is_asked_again(
    host: Host, asker: ImmediateRunner, office: OfficeView
) -> None:
    answers: list[Refused | None] = [refuse("stick", "请插入U盘"), None]

    def look(_desk: Desk) -> None:
        if (error := answers.pop(0)) is not None:
            raise error

    message = Toasts(host)
    context = PageContext(asker, office, message, host)
    context.ask(look)
    message.say("已保存")
    assert message.sentences == ["请插入U盘。", "已保存"]
    context.ask(look)
    assert message.sentences == ["已保存"]


def test_nothing_of_a_message_takes_the_keyboard(host: Host, tmp_path: Path) -> None:
    message = Toasts(host)
    host.left.setFocus()
    message.say_file(tmp_path / "花名册.xlsx")
    for one in everything(message, QPushButton):
        assert one.focusPolicy() is Qt.FocusPolicy.NoFocus
        assert not one.hasFocus()
    QTest.keyClick(host.left, Qt.Key.Key_Tab)
    assert host.right.hasFocus()


def test_after_a_file_it_and_its_folder_can_be_opened(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_path(path: Path) -> bool:
        opened.append(path)
        return len(opened) < 2

    monkeypatch.setattr(toasts, "open_path", open_path)
    message = Toasts(host)
    path = tmp_path / "请假报备单 李明 2018-0003.pdf"
    for place in (0, 1):
        message.say_file(path)
        assert message.sentence == f"已保存“{path.name}”，在“{tmp_path.name}”"
        assert [one.text() for one in message._toasts[-1].buttons] == ["打开", "打开文件夹"]
        message._toasts[-1].buttons[place].click()
    assert opened == [path, tmp_path]
    assert message.sentence == f"没有能打开它的程序，请在文件管理器中查看：{tmp_path}"


def test_what_was_done_is_taken_back_once_by_button_or_key(host: Host) -> None:
    message = Toasts(host)
    back: list[str] = []
    message.say("李明已销假", undo=lambda: back.append("李明"))
    message.say("萨仁已销假", undo=lambda: back.append("萨仁"))
    message._toasts[-1].buttons[0].click()
    message.undo()
    message.undo()
    assert back == ["萨仁", "李明"]
    assert message.sentence == "没有可以撤销的操作"


def test_a_return_is_taken_back_from_its_message(
    asker: ImmediateRunner, office: OfficeView, desk: Desk, slip_id: str, qtbot: QtBot
) -> None:
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    shell.open_page("leave")
    (slip,) = desk.store.rows(LeaveSlip)
    say_returned(shell.page.context, leavedesk.back_now(desk, [slip.id]))
    assert desk.store.rows(LeaveSlip)[0].returned
    shell._send("undo")
    assert desk.store.rows(LeaveSlip) == [slip]
    assert shell.page.message.sentence == "已撤销销假：曾国强"
