"""The first page: numbers, what to do, who is away, and what to do first when nothing is there."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.desks import changed, enter, open_office
from tests.ui.hands import button, everything, labels, words
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.duties import today
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.ui.pages.home import HomePage
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> HomePage:
    made = HomePage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def _numbers(page: HomePage) -> list[str]:
    return [word.text() for word in labels(page) if word.property("role") == "number"]


def test_the_numbers_are_of_today(page: HomePage) -> None:
    assert _numbers(page) == ["4", "3", "1", "1"]


def test_who_is_posted_on_post_and_out_is_each_as_many_as_its_list(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    """在派 = posted, 今日在岗 = posted less those out; the list a number opens has exactly so many people."""
    enter(desk, "驻村人", county=desk.scope, pack="2021-village")
    enter(desk, "离任人", county=desk.scope, since=date(2018, 5, 1), until=date(2018, 6, 3))
    page.refresh()
    for number, title in zip(("4", "3", "1"), ("在派人数", "今日在岗", "外出未归"), strict=True):
        with qtbot.waitSignal(page.wanted) as told:
            next(one for one in everything(page, QPushButton) if one.accessibleName() == f"查看{title}").click()
        assert told.args is not None
        name, subject = told.args
        assert (name, subject.partition(":")[0]) == ("roster", "state")
        found = roster.people(desk, where={"state": subject.partition(":")[2]})
        assert (title, str(len(found))) == (title, number)
    assert _numbers(page)[:2] == ["4", "3"]


def test_people_of_another_programme_are_told_beside_the_numbers(page: HomePage) -> None:
    desk = page.behind.desk  # type: ignore[attr-defined]  # an asker of the tests has its desk
    new = enter(desk, "白音", "first", county=desk.scope, pack="2021-village")
    slip = changed(leave.draft(desk, new.id), place="呼和浩特市", reason="参加会议", period="604-606")
    leave.save(desk, slip)
    page.refresh()
    assert _numbers(page) == ["4", "3", "1", "1"]
    assert [said for said in words(page) if "另有驻村" in said] == [
        "花名册5人，另有驻村1人",
        "报备单1张，含到期未销假的，另有驻村1张",
    ]
    assert "白音" in [item.slip.name for item in page.watch.table.rows_model.rows]


def test_what_to_do_is_listed_gravest_first_with_its_reason(page: HomePage, qtmodeltester: ModelTester) -> None:
    verdicts = [finding.verdict for finding in page.todo.rows_model.rows]
    assert verdicts
    assert set(verdicts) <= {Verdict.RED, Verdict.SUSPECTED, Verdict.AMBER}
    assert verdicts == sorted(verdicts, key=[Verdict.RED, Verdict.SUSPECTED, Verdict.AMBER].index)
    page.todo.enter()
    assert any("管理办法第" in said for said in words(page))
    qtmodeltester.check(page.todo.rows_model)


def test_the_sentence_of_the_selected_row_is_shown_in_full_with_whom_it_is_about(page: HomePage) -> None:
    page.todo.enter()
    finding = page.todo.current()
    assert f"{finding.subject_words}：{finding.sentence}" in words(page)


def test_opening_a_thing_to_do_leads_to_its_page(page: HomePage, qtbot: QtBot) -> None:
    page.todo.enter()
    finding = page.todo.current()
    with qtbot.waitSignal(page.wanted) as told:
        page.todo.opened.emit(finding)
    assert told.args is not None
    assert told.args[1] == finding.subject


def test_who_is_away_is_named_with_phone_and_the_day_of_return(page: HomePage, qtmodeltester: ModelTester) -> None:
    (item,) = page.watch.table.rows_model.rows
    assert (item.slip.name, item.state, item.phone) == ("曾国强", "外出中", "13900000002")
    assert page.watch.table.model().index(0, 2).data() == "06-08"
    qtmodeltester.check(page.watch.table.rows_model)


def _stand(desk: Desk, page: HomePage, day: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 6, day, 9)
    page.refresh()


def test_an_overstay_names_the_day_on_which_fifteen_days_are_passed(page: HomePage, desk: Desk) -> None:
    _stand(desk, page, 12)
    (item,) = page.watch.table.rows_model.rows
    assert (item.state, item.text) == ("超假未归", "已超假4天，6月24日超过15天")
    _stand(desk, page, 25)
    (item,) = page.watch.table.rows_model.rows
    assert item.text == "已超假17天，6月24日已超过15天"


def test_the_lists_are_counted_and_narrow_the_table(page: HomePage, desk: Desk, slip_id: str) -> None:
    leavedesk.printed(desk, [slip_id])
    _stand(desk, page, 8)
    assert page.watch.lists.buttons["DUE"].text() == "到期待销假 1"
    assert page.watch.lists.buttons["UNSIGNED"].text() == "待签回 1"
    page.watch.lists.choose("UNFILED")
    assert page.watch.table.rows_model.rows == ()


def test_the_traveller_is_reported_back_where_he_is_listed(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    _stand(desk, page, 8)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.take_keyboard()
    qtbot.waitUntil(page.watch.table.hasFocus)
    qtbot.keyClick(page.watch.table, Qt.Key.Key_Q)
    line = QApplication.focusWidget()
    assert line is not None
    qtbot.keyClicks(line, "608p")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.message.sentence == "已销假：曾国强"
    page.refresh()
    assert page.watch.table.rows_model.rows == ()
    page.hide()


def test_reporting_back_asks_for_somebody_who_is_away(page: HomePage) -> None:
    page.watch.table.clearSelection()
    page.watch.ask_return()
    assert "先选中" in page.message.sentence


def test_a_watched_slip_is_opened(page: HomePage, slip_id: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.wanted) as told:
        page.watch.table.opened.emit(page.watch.table.rows_model.rows[0])
    assert told.args == ["leave", f"leave_slip:{slip_id}"]


def test_what_is_owed_leads_to_its_list(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    (duties,) = (line for line in today.owed(desk) if line.page == "duties")
    with qtbot.waitSignal(page.wanted) as told:
        button(page, duties.text).click()
    assert told.args == ["duties", "duty:2018/"]
    assert not page.owed.isHidden()


def test_the_keyboard_stays_on_what_is_owed_when_it_is_counted_anew(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    (duties, *_) = today.owed(desk)
    button(page.owed, duties.text).setFocus()
    page.owed.replace((duties,))
    (made,) = (part for part in everything(page.owed, QPushButton) if part.hasFocus())
    assert made.text() == duties.text
    page.hide()


def test_nothing_owed_takes_no_room(page: HomePage) -> None:
    page.owed.replace(())
    assert page.owed.isHidden()


def test_an_empty_office_is_told_what_to_do_first(empty_desk: Desk, qtbot: QtBot) -> None:
    page = HomePage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(page)
    page.refresh()
    with qtbot.waitSignal(page.wanted) as told:
        button(page, "导入花名册").click()
    assert told.args == ["roster", "import"]


def test_an_office_above_the_counties_sees_every_team_and_each_figure_opens_its_list(
    tmp_path: Path, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    with closing(open_office(tmp_path / "region", level="region")) as region:
        enter(region, "王海", "leader")
        region.clock = FixedClock(datetime(2018, 7, 10, 9))
        page = HomePage(ImmediateRunner(region), office_of(region))
        qtbot.addWidget(page)
        page.refresh()
        assert page.teams is not None
        assert len(page.teams.table.rows_model.rows) == 57
        assert any("在派1人" in said and "57个总队" in said for said in words(page.teams))
        qtmodeltester.check(page.teams.table.rows_model)
        with qtbot.waitSignal(page.teams.search.searched):
            page.teams.search.setText("翁牛特")
        opened = []
        page.wanted.connect(lambda where, subject: opened.append((where, subject)))
        for place in range(page.teams.table.model().columnCount()):
            page.teams.table.setCurrentIndex(page.teams.table.model().index(0, place))
            page.teams.table.opened.emit(page.teams.table.current())
        assert dict.fromkeys(where for where, _ in opened) == dict.fromkeys(
            ("roster", "attendance", "duties", "leave", "checks", "exchange")
        )
        assert ("attendance", "attendance:150426/2018-06") in opened
        assert {("leave", "list:OUT/150426"), ("leave", "list:OVERDUE/150426")} <= set(opened)
        assert ("checks", "evidence:150426/open") in opened
        path = tmp_path / "各队.pdf"
        page.write_teams(path)
        assert path.read_bytes().startswith(b"%PDF")


def test_a_county_office_has_no_list_of_teams(page: HomePage) -> None:
    assert page.teams is None
