"""What was shown of people stands in the settings: a number, a register about conduct, a list that was saved."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.duties.page import DutiesPage
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.editors import SecretEditor


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def test_a_number_shown_in_the_roster_and_conduct_opened_are_listed(
    page: SettingsPage, asker: ImmediateRunner, office: OfficeView, desk: Desk, qtbot: QtBot
) -> None:
    person = registers.rows(desk, "person")[0]
    roster = RosterPage(asker, office)
    duties = DutiesPage(asker, office)
    qtbot.addWidget(roster)
    qtbot.addWidget(duties)
    roster.show_subject(f"person:{person.id}")
    secret = roster.sheet.person.editors["id_number"]
    assert isinstance(secret, SecretEditor)
    secret.load("150125197501010019")
    secret.reveal()
    secret.reveal()
    duties.registers.choose("incident")
    duties.registers._reveal()
    page.show_subject("disclosures")
    rows = page.disclosed.table.rows_model.rows
    assert [(line.act, line.what) for line in rows] == [("显示", "违纪情况"), ("显示", "白音的公民身份号码")]
    assert page.disclosed.state == "个人信息查阅导出记录2条"


def test_the_lines_of_the_days_chosen_are_saved_as_a_list(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    page.show_subject("disclosures")
    assert page.disclosed.table.isHidden()
    disclosures.note(desk, "export", "派驻人员花名册（含手机）", 4)
    page.disclosed.days.setCurrentIndex(1)
    page.refresh()
    assert len(page.disclosed.table.rows_model.rows) == 1
    page.disclosed.write_list(tmp_path / "记录.xlsx")
    assert (tmp_path / "记录.xlsx").read_bytes()[:2] == b"PK"
