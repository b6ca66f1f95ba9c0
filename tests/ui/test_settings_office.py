"""The office in the settings: its data saved, a choice kept at once, large letters asked for, nothing typed lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import type_chinese, words
from tuopin_desktop.services.office import settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell


@pytest.fixture
def shell(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> Shell:
    made = Shell(asker, office, DOORS)
    qtbot.addWidget(made)
    made._may_close = True
    made.open_page("settings")
    made.page.show_subject("office")
    return made


@pytest.fixture
def page(shell: Shell) -> SettingsPage:
    assert isinstance(shell.page, SettingsPage)
    return shell.page


def test_the_offices_data_is_saved_and_the_window_bears_it(shell: Shell, page: SettingsPage, desk: Desk) -> None:
    page.office_section.form.editors["clerk"].retype("乌兰")
    page.office_section.form.editors["name"].retype("武川总队")
    page.office_section.form.edited.emit()
    assert page._state.text() == "有改动没有保存"
    assert page.unsaved() == "单位资料"
    page.save()
    assert (desk.office.clerk, desk.office.name) == ("乌兰", "武川总队")
    assert "经办人：乌兰" in words(shell)
    assert shell.windowTitle().endswith("武川总队")
    assert page.unsaved() == ""


def test_a_name_that_is_missing_is_said_at_its_field(page: SettingsPage, desk: Desk) -> None:
    before = desk.office
    page.office_section.form.editors["name"].retype("")
    page.save()
    assert page.office_section.form._problem_labels["name"].text()
    assert desk.office == before


def test_what_is_typed_stays_while_other_sections_are_looked_at(page: SettingsPage) -> None:
    editor = page.office_section.form.editors["phone"]
    type_chinese(editor.input, "0471-1234567")
    page.tabs.setCurrentIndex(0)
    page.refresh()
    page.tabs.setCurrentIndex(2)
    assert editor.typed() == "0471-1234567"


def test_an_untouched_office_has_nothing_to_lose(page: SettingsPage) -> None:
    assert page.unsaved() == ""
    assert page._state.text() == "单位资料印在报表上，选项只在本机有效"


def test_the_code_in_the_margin_is_switched_at_once(page: SettingsPage, desk: Desk) -> None:
    box = page.office_section.choices["margin_code"]
    assert box.isChecked()
    box.click()
    assert settings.on(desk, settings.MARGIN_CODE) is False
    assert page.message.sentence == "已关闭：报备单页脚印编号和二维码"


def test_large_letters_are_asked_of_the_window(shell: Shell, page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.large_wanted) as asked:
        page.office_section.large.click()
    assert asked.args == [True]


def test_large_letters_wait_for_what_is_unsaved(shell: Shell, page: SettingsPage) -> None:
    page.office_section.form.editors["clerk"].retype("乌兰")
    page.office_section.large.click()
    assert "请先保存" in page.message.sentence
    assert not page.office_section.large.isChecked()
    assert page.office_section.form.editors["clerk"].typed() == "乌兰"


def test_the_data_folder_can_be_copied(page: SettingsPage, desk: Desk) -> None:
    page.office_section.copy_folder()
    assert QGuiApplication.clipboard().text() == str(desk.folder)


def test_the_keys_of_the_window_reach_the_section(shell: Shell, page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(shell):
        shell.show()
    qtbot.keyClick(shell, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentIndex() == 1
    page.tabs.setCurrentIndex(0)
    qtbot.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.holidays.dialog is not None
    page.holidays.dialog.reject()
