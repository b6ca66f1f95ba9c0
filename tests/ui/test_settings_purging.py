"""Forgetting by term in the settings: who is due, a proposal, the second name, and a last question."""

from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.forgetting import purging, subjects
from tuopin_desktop.services.office import backups
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

NAME = "阿拉坦花"


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, desk: Desk, qtbot: QtBot) -> SettingsPage:
    posting = enter(desk, NAME, county=desk.scope, until=date(2018, 12, 31))
    backups.make(desk)
    desk.clock = FixedClock(datetime(2029, 6, 4, 9))
    made = SettingsPage(asker, office)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.refresh()
    made.show_subject("purging")
    made.purging.table.selectRow(0)
    made.setProperty("person", posting.person)
    return made


def test_it_takes_a_proposal_another_name_and_a_last_question(page: SettingsPage, desk: Desk) -> None:
    section = page.purging
    assert page._state.text() == "保管期满1人"
    assert not section.confirm_button.isEnabled()
    section.basis.setText("保管期限表第12项")
    section.propose()
    assert "归档情况" in page.message.sentence
    section.archived.setText("2029年移交旗档案馆")
    section.propose()
    section.table.selectRow(0)
    section.second.setText(desk.user)
    section.ask_confirm()
    assert section.question is not None
    assert NAME in section.question.text()
    section.question.buttons()[0].click()
    assert "另一人确认" in page.message.sentence
    section.table.selectRow(0)
    section.second.setText("钱乙二")
    section.ask_confirm()
    section.question.buttons()[0].click()
    assert "已清除" in page.message.sentence
    assert registers.get(desk, Person, page.property("person")).name == subjects.NAMELESS
    assert page._state.text() == "没有保管期满的人员"


def test_copies_go_after_a_question(page: SettingsPage, desk: Desk) -> None:
    section = page.purging
    assert not section.copies_button.isEnabled()  # nobody was forgotten
    proposal = purging.propose(desk, page.property("person"), "第12项", "已移交")
    purging.confirm(desk, proposal.id, "钱乙二")
    page.refresh()
    assert section.copies_button.isEnabled()
    section.ask_copies()
    assert section.question is not None
    section.question.buttons()[0].click()
    assert len(backups.listed(desk)) == 1
    assert "删除以前的备份1个" in page.message.sentence
