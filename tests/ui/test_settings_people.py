"""The users' section: who there is, added, given roles, disabled; the handover beside it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.roles import Role
from tuopin_desktop.services.office import users, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.pages.settings.people import PeopleSection
from tuopin_desktop.ui.pages.settings.userdialogs import UserDialog
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

BAI, QI = "baiyin-6214", "qiqige-5531"


def shown(desk: Desk, qtbot: QtBot) -> PeopleSection:
    """Show the section on a page."""
    page = SettingsPage(ImmediateRunner(desk), office_of(desk))
    qtbot.addWidget(page)
    page.resize(1190, 700)
    page.show()
    page.show_subject("people")
    page.refresh()
    return page.people


def dialog(section: PeopleSection) -> UserDialog:
    opened: list[UserDialog] = list(section._context.window.findChildren(UserDialog))
    return next(one for one in opened if one.isVisible())


def fill(one: UserDialog, name: str, password: str, *roles: Role) -> None:
    if one.name is not None:
        one.name.setText(name)
    for role, box in one.roles.items():
        box.setChecked(role in roles)
    for line in one.passwords:
        line.setText(password)
    one.agree.click()


def test_the_first_one_registers_himself_with_all_roles_and_no_password(desk: Desk, qtbot: QtBot) -> None:
    section = shown(desk, qtbot)
    assert "李秀英一个人用" in section._hint.text()
    section.add_button.click()
    one = dialog(section)
    assert one.name is not None
    assert one.name.text() == "李秀英"
    assert {role for role, box in one.roles.items() if box.isChecked()} == users.EVERYTHING
    one.agree.click()  # a click to open, one to agree: nothing has to be typed
    assert [row.name for row in users.listed(desk)] == ["李秀英"]
    assert desk.user == "李秀英"


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> PeopleSection:
    users.add(desk, "白音", users.EVERYTHING, BAI)
    return shown(desk, qtbot)


def test_a_second_one_is_added_and_a_refusal_keeps_what_was_typed(section: PeopleSection, desk: Desk) -> None:
    section.add_button.click()
    one = dialog(section)
    fill(one, "其其格", "123", Role.WRITER)
    assert "口令太短：请用8个字以上" in one._below.text()
    assert one.name is not None
    assert one.name.text() == "其其格"
    one.passwords[1].setText("other-1234")
    one.agree.click()
    assert one._below.text() == "两遍输入的口令不一样。"
    fill(one, "其其格", QI, Role.WRITER, Role.REVIEWER)
    assert users.sign_in(desk, "其其格", lambda: QI).roles == {Role.WRITER, Role.REVIEWER}


def test_the_last_administrator_cannot_be_disabled(section: PeopleSection, desk: Desk) -> None:
    section.table.select(desk.who.user)
    section.ask_off()
    section._context.ask(users.disable, desk.who.user)
    assert "至少要留一名在用的管理员" in section._context.message.sentence


def test_whoever_is_no_administrator_sees_no_button_but_the_own_password(desk: Desk, qtbot: QtBot) -> None:
    users.add(desk, "白音", users.EVERYTHING, BAI)
    users.add(desk, "其其格", [Role.WRITER], QI)
    users.sign_in(desk, "其其格", lambda: QI)
    section = shown(desk, qtbot)
    buttons = (section.add_button, section.other, section.roles, section.off, section.own)
    assert [one.isVisible() for one in buttons] == [False, False, False, False, True]
    assert not section.idle.isEnabled()
    section.own.click()
    one = dialog(section)
    assert one.before is not None
    one.before.setText(QI)
    fill(one, "", "qiqige-3907")
    assert users.sign_in(desk, "其其格", lambda: "qiqige-3907").name == "其其格"


def test_what_two_have_to_do_is_chosen_and_falls_back_where_there_is_one(section: PeopleSection, desk: Desk) -> None:
    section.seconds["second_close"].click()
    assert "要有两位" in section._context.message.sentence
    assert not section.seconds["second_close"].isChecked()
    section.idle.setCurrentIndex(section.idle.findData("5"))
    section.idle.chosen.emit("5")
    assert users.rules(desk).idle_minutes == 5


def test_the_work_is_handed_over_on_paper_and_confirmed_by_the_receiver(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    users.add(desk, "白音", users.EVERYTHING, BAI)
    users.add(desk, "谢丽", [Role.WRITER], QI, awaits=True)
    section = shown(desk, qtbot)
    card = section.handing
    assert card.to.currentText() == "谢丽（待交接）"
    assert len(card.view.sheets) == 1
    card.save_to(tmp_path / "交接单.pdf")
    assert (tmp_path / "交接单.pdf").read_bytes().startswith(b"%PDF")
    card.confirm_button.click()
    one = dialog(section)
    fill(one, "", "wrong-1234")
    assert "口令不对" in one._below.text()
    fill(one, "", QI)
    assert not users.called(desk, "谢丽").awaits
    assert not card.confirm_button.isEnabled()


def test_the_data_open_by_the_account_until_it_is_switched_off_which_wants_a_code_on_paper(
    section: PeopleSection, desk: Desk
) -> None:
    assert section.account.isChecked()
    assert not section.drop.isVisible()
    section.account.click()
    assert "请先在“设置·备份”打印恢复码" in section._context.message.sentence
    assert section.account.isChecked()
    vaults.renew_code(desk.folder)
    section.account.click()
    assert not section.account.isChecked()
    assert not vaults.opens_by_account(desk.folder)
    section.account.click()
    assert vaults.opens_by_account(desk.folder)
