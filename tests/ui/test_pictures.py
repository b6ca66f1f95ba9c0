"""States and dialogs look as they did: awaited, empty, locked, at the first start, and every dialog a button opens."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, places, window_of
from tests.ui.kept import Gallery
from tests.ui.test_waiting import HeldRunner
from tuopin_desktop.domain.roles import Role
from tuopin_desktop.services.office import users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.login.page import LoginPage, login_view
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

Galleries = Callable[[str], Gallery]
_ROOM = (1366, 728)
_CHANCE = frozenset({"打印恢复码…", "生成新的恢复码…"})
"""Buttons whose dialogs hold what chance or the machine says: a code."""


def test_what_is_awaited_looks_as_it_did(desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    shell = Shell(HeldRunner(desk), office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.resize(*_ROOM)
    shell.show()
    shown = gallery("awaited")
    for door in DOORS:
        shell.open_page(door.key)
        shown.look(shell, door.key)
    shown.close()
    shell._may_close = True
    shell.hide()
    assert shown.faults == {}


def test_an_office_without_people_looks_as_it_did(empty_desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    shell, shown = window_of(empty_desk, qtbot), gallery("empty")
    for place in places(shell):
        if place not in shown.faults and not shown.has(place):
            shown.look(shell, place)
    shown.close()
    shell.hide()
    assert shown.faults == {}


def test_who_signs_in_and_what_is_locked_look_as_they_did(desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    users.add(desk, "白音", [Role.ADMIN], "zhangmutou-8315")
    users.add(desk, "其其格", [Role.WRITER], "qiqige-90417")
    users.sign_out(desk)
    page = LoginPage(ImmediateRunner(desk), login_view(desk))
    qtbot.addWidget(page)
    page.resize(*_ROOM)
    page.show()
    shown = gallery("login")
    shown.look(page, "tiles")
    page.password.setText("wrong-password-1")
    page.go()
    shown.look(page, "wrong password")
    shown.close()
    page.stop()
    page.hide()
    assert shown.faults == {}


def test_every_dialog_a_button_opens_looks_as_it_did(desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    shell, shown = window_of(desk, qtbot), gallery("dialogs")
    for place in places(shell):
        for words in _openers(shell.page) if shell.here != "home" else ():  # its buttons lead to other pages
            for dialog in _opened(shell.page, words):
                if not isinstance(dialog, QFileDialog) and not shown.has(f"{place} {words}"):
                    shown.look(dialog, f"{place} {words}")
                dialog.reject()
    shown.close()
    shell.hide()
    assert len(shown.names) > 3
    assert shown.faults == {}


def _opened(page: QWidget, words: str) -> list[QDialog]:
    """Press a button and return the dialogs that then stand open."""
    for one in everything(page, QPushButton):
        if _asks(one) and one.text().strip() == words:
            one.click()
            break
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _openers(page: QWidget) -> list[str]:
    """Return the words of the buttons that ask first: they end in dots."""
    return list(dict.fromkeys(one.text().strip() for one in everything(page, QPushButton) if _asks(one)))


def _asks(one: QAbstractButton) -> bool:
    words = one.text().strip()
    return one.isVisible() and one.isEnabled() and words.endswith("…") and words not in _CHANCE
