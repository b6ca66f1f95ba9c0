"""A county's first page: one answer of one time, each line opened where it is mended, each number by its rows."""

from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.desks import changed, enter, open_office
from tests.services.test_home_days import keyed
from tests.ui.hands import button, window_of, words
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.home.countystate import follow_of
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.leave.watchedslip import WatchedSlip
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.home import HomePage
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

TODAY = date(2018, 6, 14)


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> HomePage:
    made = HomePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    return window_of(desk, qtbot)


def _stand(desk: Desk, page: HomePage, day: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 6, day, 9)
    page.refresh()


def test_everybody_has_a_column_and_an_empty_seat_has_one_too(page: HomePage) -> None:
    shapes = [one.accessibleName() for one in page.strip.people]
    assert len(shapes) == 5
    assert sum("空缺" in one for one in shapes) == 1
    assert any("曾国强：外出，呼和浩特市" in one for one in shapes)
    assert page.strip._counts.text() == "在派4 · 在旗县0 · 外出1 · 未登记3 · 空缺1"


def test_the_page_says_as_of_when_its_numbers_are(page: HomePage) -> None:
    assert any("数字截至 10:21" in said for said in words(page))


def test_what_is_written_in_two_places_and_does_not_agree_is_said_from_both(page: HomePage, desk: Desk) -> None:
    keyed(desk, "曾国强", date(2018, 6, 5), "vw/vw")
    page.refresh()
    assert any("外出，但登记了√" in one.accessibleName() for one in page.strip.people)


def test_the_head_the_lines_and_the_rail_count_the_same(shell: Shell) -> None:
    """W18: without the slips, which are followed up beside them."""
    home = shell.page
    assert isinstance(home, HomePage)
    county = home._county
    assert county is not None
    count = sum(one.count for one in county.tasks)
    assert f"{len(county.tasks)}类{count}项" in home.tasks._head.text()
    badges = {key: one.badge for key, one in shell._rail._buttons.items()}
    assert sum(badges.values()) - badges["leave"] == count
    assert badges["leave"] == len(county.follows)
    assert all(len(one.rows) == one.count for one in county.tasks)


def _stands_on(page: Any, subject: str) -> None:
    """See that attendance and logs stand on whom, and in which month or day, the line was about."""
    kind, _, record_id = subject.partition(":")
    person, _, period = record_id.rpartition("/")
    if kind == "attendance":
        assert page.month == period
        assert page.grid.currentIndex().row() == page.model.place(person)
    elif kind == "daily_log":
        assert str(page.logs.day) == period
        (line,) = (one for one in page.logs.lines if one.text.hasFocus())
        assert line.row.member.posting.id == person


def test_every_line_lands_where_it_is_mended(shell: Shell) -> None:
    """W19: the button opens its page with what it is about."""
    home = shell.page
    assert isinstance(home, HomePage)
    assert home._county is not None
    goals = [(one.page, one.subject) for one in home._county.tasks]
    goals += [(page, subject) for one in home._county.tasks for *_, page, subject in one.rows]
    goals += [(one.page, one.subject) for one in home._county.people]
    assert goals
    for place, subject in dict.fromkeys(goals):
        shell._follow(place, subject)
        assert shell.here == place
        newest = shell.page.message.newest
        assert newest is None or newest.tone != "bad", (place, subject, newest.sentence)
        _stands_on(shell.page, subject)
        shell.open_page("home")


@pytest.mark.parametrize(
    "lists", [(one,) for one in Watch] + [tuple(Watch)], ids=lambda some: "+".join(x.name for x in some)
)
def test_a_slip_has_one_word_the_gravest(lists: tuple[Watch, ...]) -> None:
    """W20: whatever it is on, it appears once; somebody who is away for longer is nobody to follow up."""
    slip = LeaveSlip(id="150426/a", name="李明")
    soon = WatchedSlip(slip, lists, lists[0].value, TODAY + timedelta(days=1), "", "text", "full")
    order = {"OVERDUE": "超假", "DUE": "到期", "AWAY": "将到期", "UNPRINTED": "未打印", "UNSIGNED": "待签字",
             "UNFILED": "缺备案", "UNCALLED": "缺电话记录"}  # fmt: skip
    follow = follow_of(soon, TODAY)
    assert follow is not None
    assert follow.word == order[lists[0].name]
    assert set(order) == {one.name for one in Watch}


def test_who_is_away_for_longer_is_not_followed_up_yet() -> None:
    slip = LeaveSlip(id="150426/a", name="李明")
    far = WatchedSlip(slip, (Watch.AWAY,), "外出中", TODAY + timedelta(days=3), "", "text", "full")
    assert follow_of(far, TODAY) is None


def test_a_slip_that_is_saved_is_followed_up_from_the_first_second(page: HomePage, desk: Desk, slip_id: str) -> None:
    assert [(one.line.key, one.line.word) for one in page.follows.rows] == [(slip_id, "未打印")]
    leavedesk.printed(desk, [slip_id])
    page.refresh()
    assert [one.line.word for one in page.follows.rows] == ["待签字"]
    _stand(desk, page, 12)
    assert [one.line.word for one in page.follows.rows] == ["超假"]
    assert "6月24日超过15天" in page.follows.rows[0].line.text


def test_people_of_another_programme_are_followed_up_as_well(page: HomePage, desk: Desk) -> None:
    new = enter(desk, "白音", "first", county=desk.scope, pack="2021-village")
    leave.save(desk, changed(leave.draft(desk, new.id), place="呼和浩特市", reason="参加会议", period="604-606"))
    page.refresh()
    assert "白音" in [one.line.name for one in page.follows.rows]
    assert "白音" not in [one.accessibleName() for one in page.strip.people]


def test_the_rows_of_a_number_are_as_many_and_escape_comes_back_to_its_line(page: HomePage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    line = next(one for one in page.tasks.rows if one.line.count)
    line.go.setFocus()
    qtbot.keyClick(line.go, Qt.Key.Key_Right)
    view = page.open_rows.view
    assert view is not None
    assert view.table.model().rowCount() == line.line.count
    assert view.foot.text() == f"共{line.line.count}项"
    with qtbot.waitSignal(page.wanted) as told:
        view.table.opened.emit(view.table.rows_model.rows[0])
    assert told.args == [view.behind.rows[0].page, view.behind.rows[0].subject]
    page.back()
    assert line.go.hasFocus()
    page.hide()


def test_where_everybody_is_and_what_is_followed_up_open_as_many_rows(page: HomePage) -> None:
    """W1 of a county: each card's count is the length of the list it opens."""
    page.strip._counts.click()
    assert page.open_rows.view is not None
    assert len(page.open_rows.view.behind.rows) == len(page.strip.people)
    page.show_follows()
    assert page._county is not None
    assert len(page.open_rows.view.behind.rows) == len(page._county.follows)
    assert f"{len(page._county.follows)}张" in words(page)


def test_all_lines_together_have_the_rows_of_each(page: HomePage) -> None:
    page.show_rows("")
    assert page._county is not None
    view = page.open_rows.view
    assert view is not None
    assert len(view.behind.rows) == sum(one.count for one in page._county.tasks)


def test_rows_that_stand_open_are_counted_anew_with_their_number(page: HomePage) -> None:
    page.show_rows("")
    view = page.open_rows.view
    assert view is not None
    count = len(view.behind.rows)
    view.table.replace_rows(())
    page.refresh()
    assert page.open_rows.view is view
    assert len(view.table.rows_model.rows) == count > 0


def test_the_traveller_is_reported_back_where_he_is_listed(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    _stand(desk, page, 8)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.follows.enter()
    qtbot.keyClick(page.follows.rows[0].go, Qt.Key.Key_Q)
    line = QApplication.focusWidget()
    assert line is not None
    qtbot.keyClicks(line, "608p")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.message.sentence == "已销假：曾国强"
    page.hide()


def test_reporting_back_asks_for_somebody_who_is_away(page: HomePage) -> None:
    page.ask_return()
    assert "先选中" in page.message.sentence


def test_the_keyboard_stays_on_its_line_when_it_is_counted_anew(page: HomePage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    line = page.tasks.rows[-1].line
    page.tasks.rows[-1].go.setFocus()
    shown = [one.line for one in page.tasks.rows]
    page.tasks.replace([*shown, changed(line, key="another")], "", "")
    focus = page.tasks.focused()
    assert focus is not None
    assert focus.line.key == line.key
    page.hide()


def test_a_month_of_the_strip_opens_its_attendance(page: HomePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.wanted) as told:
        qtbot.keyClick(page.month.strip, Qt.Key.Key_Return)
    assert told.args == ["attendance", "2018-06"]
    qtbot.keyClick(page.month.strip, Qt.Key.Key_Right)
    assert page.month.strip.accessibleName() == "7月：还没有到"


def test_an_empty_county_is_told_what_to_do_first(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "empty")) as desk:
        page = HomePage(ImmediateRunner(desk), office_of(desk))
        qtbot.addWidget(page)
        page.refresh()
        with qtbot.waitSignal(page.wanted) as told:
            button(page, "导入花名册").click()
        assert told.args == ["roster", "import"]
