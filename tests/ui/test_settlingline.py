"""What a paper waits for is said only when it takes long, and can be stopped."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desks import enter, open_office
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import monthshelf
from tuopin_desktop.services.reporting.monthly import monthly
from tuopin_desktop.services.shelves import merge, shelves
from tuopin_desktop.ui.pages.reports.page import ReportsPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Ticket
from tuopin_desktop.ui.settlingline import STOPPED, SettlingLine


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as opened:
        enter(opened, "张三")
        yield opened


def test_nothing_is_said_of_what_is_soon_done(desk: Desk, qtbot: QtBot) -> None:
    asker = ImmediateRunner(desk)
    line = SettlingLine(asker, lambda _: None)
    qtbot.addWidget(line)
    asker.settling.emit(Ticket(), 1, 57)
    asker.settling.emit(None, 0, 0)
    assert line.isHidden()
    assert not line._late.isActive()


def test_after_a_second_the_line_says_how_far_it_is_and_stops_it(desk: Desk, qtbot: QtBot) -> None:
    asker = ImmediateRunner(desk)
    said: list[str] = []
    line = SettlingLine(asker, said.append)
    qtbot.addWidget(line)
    ticket = Ticket()
    asker.settling.emit(ticket, 1, 57)
    qtbot.waitUntil(lambda: not line.isHidden())
    asker.settling.emit(ticket, 12, 57)
    assert line.text == "正在按今天核对 12/57"
    assert line.stop.text() == "停止"
    line.stop.click()
    assert ticket.cancelled
    assert said == []
    asker.settling.emit(None, 0, 0)
    assert said == [STOPPED]
    assert line.isHidden()


def test_what_is_printed_of_a_month_is_of_today_though_the_screen_was_of_yesterday(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[object] = []
    monkeypatch.setattr(
        "tuopin_desktop.ui.pages.reports.page.ask_printer", lambda _, sheets, *_rest: printed.append(sheets)
    )
    asker = ImmediateRunner(desk)
    page = ReportsPage(asker, office_of(desk))
    qtbot.addWidget(page)
    page.month.setCurrentIndex(0)  # the running month
    page.refresh()
    before = page._document
    merge.settle(desk)
    desk.patient = True
    desk.clock = FixedClock(desk.clock.now() + timedelta(days=1))
    monkeypatch.setattr(shelves, "_FEW", -1)
    page.refresh()
    month = shelves.about(desk, monthshelf.topic(page.month.code()))
    assert month.stale() != []
    page.print_()
    assert month.stale() == []
    assert page._document is not None
    assert before is not None
    assert printed == [page._document.sheets]
    assert page._document.sheets != before.sheets
    assert monthly(desk, page.month.code()).until == desk.today()
