"""A clerk opens the forgotten office in 2026 and goes the one way to a sealed term, in the window alone."""

from datetime import datetime

from pytestqt.qtbot import QtBot

from tests.ui.hands import button, window_of, words
from tuopin_desktop.domain.records import TermSeal
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.closing import ClosingView
from tuopin_desktop.ui.pages.archives.page import ArchivesPage
from tuopin_desktop.ui.pages.home import HomePage


def test_the_forgotten_office_is_closed_by_one_guided_way(desk: Desk, qtbot: QtBot) -> None:
    desk.clock = FixedClock(datetime(2026, 11, 30, 9))
    shell = window_of(desk, qtbot)
    home = shell.page
    assert isinstance(home, HomePage)
    front = home.ended.front
    assert front is not None
    assert "没有封存" in words(home)
    assert [one.line.name for one in front.steps.rows] == ["1 清理", "2 归档", "3 封存", "4 移交"]
    front.steps.rows[0].go.click()
    page = shell.page
    assert isinstance(page, ArchivesPage)
    view = page.view
    assert isinstance(view, ClosingView)
    assert not view.seal_button.isEnabled()
    view.end.click()
    view.table.selectAll()
    assert not view.act.isEnabled()
    view.reason.setText("经办人已离任，无从补办")
    view.act.click()
    assert view.states.code() == "open"
    assert "都清理完了" in words(view)
    view.seal_button.click()
    assert view.question is not None
    button(view.question, "封存").click()
    assert [seal.state for seal in desk.store.rows(TermSeal)] == ["sealed"]
    assert "已封存" in view.state
    view.reason.setText("补登盖章件")
    view.act.click()
    assert [seal.reopen_reason for seal in desk.store.rows(TermSeal)] == ["补登盖章件"]
    shell.open_page("home")
    assert "没有封存" in words(shell.page)
    shell.open_page("duties")
    assert "任期已经结束" in words(shell.page)
