"""Signing in by the window: tiles, the password, wrong ones, capitals, a forgotten one, data that do not open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOW
from tuopin_desktop.domain.roles import NOBODY, Role
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import access, offices, signins, users, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.login.page import LoginPage, login_view
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.start import Opening

BAI, QI = "baiyin-6214", "qiqige-5531"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """The county office with an administrator, a writer and a viewer; nobody has signed in."""
    users.add(desk, "白音", [Role.ADMIN], BAI)
    users.add(desk, "其其格", [Role.WRITER], QI)
    users.add(desk, "于伟东", [Role.VIEWER], "yuweidong-9471")
    users.sign_out(desk)
    return desk


@pytest.fixture
def page(staffed: Desk, qtbot: QtBot) -> Iterator[LoginPage]:
    page = LoginPage(ImmediateRunner(staffed), login_view(staffed))
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitExposed(page)
    page.take_keyboard()
    yield page
    page.stop()


def names(page: LoginPage) -> list[str]:
    return [tile.row.name for tile in page.tiles.tiles]


def below(page: LoginPage) -> str:
    return page._below.text()


def test_whoever_used_the_program_last_is_the_first_tile_and_chosen(
    staffed: Desk, qtbot: QtBot, page: LoginPage
) -> None:
    assert names(page) == ["于伟东", "其其格", "白音"]
    users.sign_in(staffed, "白音", lambda: BAI)
    again = LoginPage(ImmediateRunner(staffed), login_view(staffed))
    qtbot.addWidget(again)
    assert names(again)[0] == "白音"
    assert again.tiles.current is not None
    assert again.tiles.current.name == "白音"


def test_arrows_move_and_letters_go_to_the_password(page: LoginPage, staffed: Desk) -> None:
    QTest.keyClick(page.password, Qt.Key.Key_Right)
    assert page.tiles.current is not None
    assert page.tiles.current.name == "其其格"
    page.tiles.tiles[1].setFocus()
    QTest.keyClicks(page.tiles.tiles[1], QI[:1])
    QTest.keyClicks(page.password, QI[1:])
    assert page.password.text() == QI
    QTest.keyClick(page.password, Qt.Key.Key_Left)  # moves the caret once something is typed
    assert page.tiles.current.name == "其其格"
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert staffed.who.name == "其其格"


def test_a_wrong_password_is_said_under_the_field_and_stands_selected(page: LoginPage, staffed: Desk) -> None:
    QTest.keyClicks(page.password, "wrong-1234")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert below(page).startswith("口令不对")
    assert page.password.selectedText() != ""
    assert page.password.hasFocus()
    assert staffed.who == NOBODY


def test_after_five_wrong_ones_the_button_waits_and_counts_down(page: LoginPage, staffed: Desk) -> None:
    for _ in range(signins.FREE):
        page.password.setText("wrong-1234")
        page.go()
    assert below(page).startswith("口令错了多次，请等30秒")
    assert not page.enter.isEnabled()
    page._tick()
    assert "请等29秒" in below(page)
    page.password.setText(BAI)
    page.go()
    assert staffed.who == NOBODY
    QTest.keyClick(page.tiles.tiles[1], Qt.Key.Key_Right)  # another person does not wait
    page.tiles.choose(page.tiles.tiles[1].row.id)
    assert page.enter.isEnabled()


def test_locked_capitals_are_told(page: LoginPage) -> None:
    page.password.keyPressEvent(_letter("A", Qt.KeyboardModifier.NoModifier))
    assert below(page) == "大写锁定开着"
    page.password.keyPressEvent(_letter("a", Qt.KeyboardModifier.NoModifier))
    assert below(page) == ""
    page.password.keyPressEvent(_letter("a", Qt.KeyboardModifier.ShiftModifier))
    assert below(page) == "大写锁定开着"


def _letter(text: str, modifier: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)


def test_the_recovery_code_gives_another_password(page: LoginPage, staffed: Desk) -> None:
    staffed.who = next(user.signed for user in access.users(staffed.store, staffed.scope) if user.admin)
    code = vaults.renew_code(staffed.folder)
    users.sign_out(staffed)
    page.tiles.choose(next(tile.row.id for tile in page.tiles.tiles if tile.row.name == "白音"))
    page.forgot.click()
    page.forgotten.groups[0].setFocus()
    page.forgotten.groups[0].textEdited.emit(code)  # pasted whole
    assert [one.text() for one in page.forgotten.groups] == code.split("-")
    page.forgotten.after.setText("neimeng-2018")
    page.forgotten.change.click()
    assert below(page) == "已换白音的口令，请用新口令进入"
    page.password.setText("neimeng-2018")
    page.go()
    assert staffed.who.name == "白音"


# -- the start of the program


@pytest.fixture
def closed(staffed: Desk) -> Path:
    """The folder of the office with users, closed."""
    folder = staffed.folder
    staffed.close()
    return folder


def opening(qapp: QApplication, folder: Path, tmp_path: Path) -> Opening:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    clock = FixedClock(NOW)
    return Opening(
        qapp,
        lambda: offices.open_desk(folder, clock),
        settings,
        open_shut=lambda password, code: (
            users.open_by_code(folder, clock, code) if code else users.open_locked(folder, clock, password)
        ),
    )


def test_no_page_is_shown_before_somebody_has_signed_in(
    qapp: QApplication, qtbot: QtBot, closed: Path, tmp_path: Path
) -> None:
    start = opening(qapp, closed, tmp_path)
    start.open()
    qtbot.waitUntil(lambda: start.gate.window is not None)
    assert start.shell is None
    window = start.gate.window
    assert window is not None
    assert window.windowTitle() == "脱贫攻坚工作总队管理 · 登录"
    window.page.tiles.choose(next(tile.row.id for tile in window.page.tiles.tiles if tile.row.name == "其其格"))
    QTest.keyClicks(window.page.password, QI)
    QTest.keyClick(window.page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.shell is not None)
    assert start.gate.window is None
    assert start.shell is not None
    assert start.shell.who.name == "其其格"
    start.shell.leave()
    start.stop()


def test_data_that_do_not_open_ask_for_the_password_alone_and_then_know_whose_it_is(
    qapp: QApplication, qtbot: QtBot, closed: Path, tmp_path: Path
) -> None:
    vaults.admit(closed / "office.db", closed)
    vaults.set_account(closed, on=False)
    vaults.lock(closed)
    start = opening(qapp, closed, tmp_path)
    start.open()
    qtbot.waitUntil(lambda: start.gate.window is not None)
    window = start.gate.window
    assert window is not None
    assert window.page.tiles.tiles == []
    window.page.password.setText("wrong-1234")
    window.page.go()
    qtbot.waitUntil(lambda: below(window.page) != "")
    window.page.password.setText(QI)
    window.page.go()
    qtbot.waitUntil(lambda: start.shell is not None)
    assert start.shell is not None
    assert start.shell.who.name == "其其格"
    start.shell.leave()
    start.stop()


def test_a_given_password_leads_to_choosing_an_own_one_at_the_same_page(
    staffed: Desk, page: LoginPage, qtbot: QtBot
) -> None:
    users.sign_in(staffed, "白音", lambda: BAI)
    users.give_password(staffed, "其其格", "neimeng-4837")
    users.sign_out(staffed)
    page.tiles.choose(next(tile.row.id for tile in page.tiles.tiles if tile.row.name == "其其格"))
    page.password.setText("neimeng-4837")
    page.go()
    assert "您的口令是白音在" in below(page)
    card = page.renewal
    assert card.isVisible()
    for text in ("123456", "qiqige-9026"):
        card.lines[0].setText(text)
        card.lines[1].setText("qiqige-9026")
        card.go()
        if text == "123456":
            assert "两遍输入的口令不一样" in card._below.text()
    assert staffed.user == "其其格"
    assert not card.isVisible()
    assert users.beside(staffed, "其其格", "qiqige-9026").name == "其其格"
