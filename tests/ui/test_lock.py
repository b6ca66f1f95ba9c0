"""The lock keeps everything and shows nothing: page, focus, caret, half-typed text, what runs, the windows over it."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.roles import Act, Role
from tuopin_desktop.services.office import unsaved, users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.login.lock import TITLE, Lock
from tuopin_desktop.ui.login.second import SecondDialog, ask_second
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.ask import confirm

BAI, QI = "baiyin-6214", "qiqige-5531"


@pytest.fixture
def shell(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[Shell]:
    """The window of 白音, who is all; 其其格 writes."""
    users.add(desk, "白音", users.EVERYTHING, BAI)
    users.add(desk, "其其格", [Role.WRITER], QI)
    asker = ImmediateRunner(desk)
    shell = Shell(asker, office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.guard = Lock(shell, shell.cover, asker, lambda text, tone: shell.page.message.say(text, tone))
    shell.resize(1366, 700)
    shell.show()
    qtbot.waitActive(shell)
    shell.unfinished.begin(qapp)
    shell.guard.begin(qapp)
    yield shell
    shell._may_close = True
    shell.close()
    shell.unfinished.keeper.rest()


def unlock(shell: Shell, password: str = BAI) -> None:
    assert shell.guard is not None
    page = shell.guard.page
    assert page is not None
    page.password.setText(password)
    page.go()


def second_dialog(shell: Shell) -> SecondDialog:
    dialogs: list[SecondDialog] = list(shell.findChildren(SecondDialog))
    return dialogs[0]


def place_line(shell: Shell) -> QLineEdit:
    """Open the form of the office and return its first line."""
    shell.open_page("settings")
    shell.page.show_subject("office")
    lines: list[QLineEdit] = list(shell.page.findChildren(QLineEdit))
    return next(one for one in lines if one.isVisible() and not one.isReadOnly())


def test_half_a_form_at_17_59_is_there_with_its_caret_after_the_lock(shell: Shell, desk: Desk) -> None:
    line = place_line(shell)
    line.setText("驻武川县脱贫攻坚工作")
    line.setFocus()
    line.setCursorPosition(3)
    before = line.mapToGlobal(line.rect().topLeft())
    shell.lock()
    assert not line.isVisible()
    assert shell.windowTitle() == TITLE
    unlock(shell)
    assert shell.page.objectName() == "page"
    assert QApplication.focusWidget() is line
    assert (line.text(), line.cursorPosition(), line.hasSelectedText()) == ("驻武川县脱贫攻坚工作", 3, False)
    assert line.mapToGlobal(line.rect().topLeft()) == before
    assert "武川县" in shell.windowTitle()


@pytest.mark.parametrize(("start", "length"), [(2, 3), (5, -3)])
def test_what_was_selected_is_selected_again(shell: Shell, start: int, length: int) -> None:
    line = place_line(shell)
    line.setText("驻武川县脱贫攻坚工作")
    line.setFocus()
    line.setSelection(start, length)
    caret, text = line.cursorPosition(), line.selectedText()
    shell.lock()
    unlock(shell)
    assert (line.cursorPosition(), line.selectedText()) == (caret, text)


def test_no_name_of_the_office_can_be_read_while_it_is_locked(shell: Shell) -> None:
    shell.open_page("roster")
    shell.lock()
    assert shell.guard is not None
    labels: list[QLabel] = list(shell.findChildren(QLabel))
    seen = [one.text() for one in labels if one.isVisible()]
    assert not any(name in text for text in seen for name in ("乌云其木格", "曾国强", "龚彧"))
    assert "武川" not in shell.windowTitle()


def test_ctrl_l_locks_and_no_key_of_the_window_works_then(shell: Shell) -> None:
    shell.open_page("roster")
    QTest.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shell.guard is not None
    assert shell.guard.is_locked
    QTest.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    unlock(shell)
    assert shell.page is shell._pages["roster"]
    QTest.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert shell.page is shell._pages["home"]


def test_a_question_that_stood_open_stands_open_again_and_one_that_comes_meanwhile_waits(
    shell: Shell, qtbot: QtBot
) -> None:
    first = confirm(shell, "删除“曾国强”？", "删除", lambda: None)
    shell.lock()
    assert not first.isVisible()
    second = confirm(shell, "数据包已收完", "知道了", lambda: None)
    qtbot.waitUntil(lambda: not second.isVisible())
    unlock(shell)
    assert first.isVisible()
    assert second.isVisible()
    for one in (second, first):
        assert isinstance(one, QMessageBox)
        one.reject()


def test_what_is_asked_while_it_is_locked_is_answered(shell: Shell, desk: Desk) -> None:
    shell.lock()
    answers: list[str] = []
    shell._asker.ask(lambda desk: desk.user, then=answers.append)
    assert answers == ["白音"]


def test_after_the_minutes_without_work_it_locks_by_itself_and_work_begins_them_anew(shell: Shell, desk: Desk) -> None:
    guard = shell.guard
    assert guard is not None
    assert guard._idle.isActive()
    assert guard._idle.interval() == users.rules(desk).idle_minutes * 60_000 == 600_000
    guard._idle.start(5)
    QTest.keyClick(shell, Qt.Key.Key_Shift)
    assert guard._idle.remainingTime() > 500_000
    guard._idle.timeout.emit()
    assert guard.is_locked
    assert guard.page is not None
    assert "10分钟没有人操作" in guard.page._line.text()
    unlock(shell)
    assert guard._idle.isActive()


def test_a_wrong_password_leaves_it_locked(shell: Shell) -> None:
    shell.lock()
    unlock(shell, "wrong-1234")
    assert shell.guard is not None
    assert shell.guard.is_locked
    unlock(shell)
    assert not shell.guard.is_locked


def test_another_person_does_not_see_the_first_ones_work(shell: Shell, qtbot: QtBot) -> None:
    shell.lock()
    guard = shell.guard
    assert guard is not None
    assert guard.page is not None
    with qtbot.waitSignal(guard.taken_over) as taken:
        guard.page.tiles.choose(next(t.row.id for t in guard.page.tiles.tiles if t.row.name == "其其格"))
        unlock(shell, QI)
    assert taken.args is not None
    assert taken.args[0].name == "其其格"
    assert guard.is_locked


def test_half_a_form_is_not_put_away_under_the_name_of_whoever_takes_the_window_over(shell: Shell, desk: Desk) -> None:
    QTest.keyClicks(place_line(shell), "x")
    shell.lock()
    guard = shell.guard
    assert guard is not None
    assert guard.page is not None
    guard.page.tiles.choose(next(t.row.id for t in guard.page.tiles.tiles if t.row.name == "其其格"))
    unlock(shell, QI)
    shell.keep()
    assert (desk.user, unsaved.waiting(desk)) == ("其其格", [])
    users.sign_in(desk, "白音", lambda: BAI)
    assert [one.page for one in unsaved.waiting(desk)] == ["settings"]


def test_closing_the_locked_window_keeps_what_was_typed(shell: Shell, desk: Desk) -> None:
    line = place_line(shell)
    QTest.keyClicks(line, "x")
    assert shell._unsaved()
    shell.lock()
    shell.close()
    assert not shell.isVisible()
    assert [one.page for one in unsaved.waiting(desk)] == ["settings"]


def test_without_a_password_a_lock_would_keep_nobody_out(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    asker = ImmediateRunner(desk)
    shell = Shell(asker, office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.guard = Lock(shell, shell.cover, asker, lambda text, tone: shell.page.message.say(text, tone))
    shell.guard.begin(qapp)
    shell.lock()
    assert not shell.guard.is_locked
    assert "还没有设口令" in shell.page.message.sentence
    shell._may_close = True
    shell.close()


def test_what_takes_two_asks_the_second_at_the_same_window_and_does_it_then(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    users.set_rules(desk, msgspec.structs.replace(users.rules(desk), second_close=True))
    shell._asker.seconds = ask_second(shell._asker, shell)
    done: list[str] = []

    def close(desk: Desk) -> str:
        desk.require(Act.CONFIRM)
        return desk.by

    shell._asker.ask(close, then=done.append, failed=lambda error: done.append(error.sentence))
    dialog = second_dialog(shell)
    assert [dialog.who.itemText(at) for at in range(dialog.who.count())] == ["其其格（经办人）"]
    dialog.password.setText("wrong-1234")
    dialog.go()
    assert done == []
    dialog.password.setText(QI)
    dialog.go()
    assert done == ["白音（复核 其其格）"]


def test_without_the_second_it_is_not_done(shell: Shell, desk: Desk) -> None:
    users.set_rules(desk, msgspec.structs.replace(users.rules(desk), second_close=True))
    shell._asker.seconds = ask_second(shell._asker, shell)
    done: list[str] = []
    shell._asker.ask(lambda desk: desk.require(Act.CONFIRM), failed=lambda error: done.append(error.sentence))
    second_dialog(shell).reject()
    assert len(done) == 1
    assert "要两个人" in done[0]
