"""What a role lacks is absent: every page as a viewer and as an administrator who enters nothing, by its buttons."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.roles import TABLE, Act, Role
from tuopin_desktop.services.office import users
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS, doors_of
from tuopin_desktop.ui.limits import Limits
from tuopin_desktop.ui.pages.home import HomePage
from tuopin_desktop.ui.pages.leader import LeaderPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.parts import Button
from tuopin_desktop.ui.widgets.search import SearchLine

ROLES = {"于伟东": Role.VIEWER, "其其格": Role.WRITER, "王秀兰": Role.REVIEWER, "斯琴": Role.ADMIN}
PASSWORD = "wulatehouqi-1"


@pytest.fixture(params=list(ROLES))
def shell(request: pytest.FixtureRequest, desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[Shell]:
    users.add(desk, "白音", users.EVERYTHING, PASSWORD)
    for name, role in ROLES.items():
        users.add(desk, name, [role], PASSWORD)
    users.sign_in(desk, request.param, lambda: PASSWORD)
    shell = Shell(ImmediateRunner(desk), office_of(desk), doors_of(desk.who))
    qtbot.addWidget(shell)
    shell.resize(1366, 728)
    shell.show()
    limits = Limits(qapp, shell, shell.who)
    yield shell
    qapp.removeEventFilter(limits)
    shell._may_close = True
    shell.close()
    shell.unfinished.keeper.rest()


def buttons(shell: Shell) -> list[Button]:
    every: list[Button] = list(shell.findChildren(Button))
    return [one for one in every if one.isVisible()]


def test_no_button_is_shown_that_the_role_may_not_press(shell: Shell, qtbot: QtBot) -> None:
    (role,) = shell.who.roles
    for door in DOORS:
        shell.open_page(door.key)
        acts = {one.act for one in buttons(shell) if one.act is not None}
        assert {act for act in acts if role not in TABLE[act][1]} == set(), door.key
        assert shell.page.only_looks.isVisible() is (role is Role.VIEWER)


def test_a_viewers_first_page_has_nothing_that_writes_and_a_writers_is_the_clerks(shell: Shell) -> None:
    if shell.who.only_looks:
        assert isinstance(shell.page, LeaderPage)
        every: list[Button] = list(shell.page.findChildren(Button))
        assert [one for one in every if one is not shell.page.unknown.skeleton.again] == []
        assert shell.page.people.model().rowCount() >= 4
    else:
        assert isinstance(shell.page, HomePage)


def test_whoever_enters_nothing_types_into_no_form_and_no_grid(shell: Shell, desk: Desk) -> None:
    lines = desk.store.position()
    if shell.who.may(Act.ENTER):
        return
    for key in ("settings", "roster", "attendance", "leave"):
        shell.open_page(key)
        if key == "settings":
            shell.page.show_subject("office")
        if key == "leave":
            shell.page.show_subject(f"leave_slip:{desk.store.rows(LeaveSlip)[0].id}")
        every: list[QLineEdit] = list(shell.page.findChildren(QLineEdit))
        combo = [one for one in every if isinstance(one.parentWidget(), QComboBox)]
        for line in every:
            if (
                line.isVisible()
                and line not in combo
                and not isinstance(line, SearchLine)
                and not may_office(shell, key)
            ):
                before = line.text()
                QTest.keyClicks(line, "9")
                assert line.text() == before, line.accessibleName()
        if key == "attendance":
            grid = shell.page.grid  # type: ignore[attr-defined]  # the page of attendance
            grid.setCurrentIndex(grid.model().index(0, 3))
            QTest.keyClick(grid, Qt.Key.Key_X)
            QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert desk.store.position() == lines


def may_office(shell: Shell, key: str) -> bool:
    """The office's own record is written by administrators as well."""
    return key == "settings" and shell.who.may(Act.OFFICE)
