"""The page of appraisal: points with their trace, ballots keyed heads down and twice, grades by the Office alone."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tests.ui.conftest import COUNTY
from tests.ui.hands import everything, words
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Ballot, Grade, Incident
from tuopin_desktop.services.appraisal import ballots
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.appraisal.page import AppraisalPage
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> AppraisalPage:
    made = AppraisalPage(asker, office)
    qtbot.addWidget(made)
    asker.changed.connect(lambda _: made.refresh())
    made.refresh()
    return made


@pytest.fixture
def round_id(desk: Desk, page: AppraisalPage) -> str:
    held = ballots.open_round(desk, COUNTY, 2018, "democratic", date(2018, 6, 4), issued=2)
    page.refresh()
    page.tabs.setCurrentIndex(1)
    return held.id


def test_a_list_of_rounds_always_says_of_which_county(page: AppraisalPage, round_id: str) -> None:
    page.resize(1093, 614)
    page.show()
    table = page.balloting.rounds.table
    assert round_id in [item.ballot_round.id for item in table.rows_model.rows]
    assert not table.isColumnHidden(0)


def test_a_county_is_not_asked_of_which_county_a_round_is(page: AppraisalPage) -> None:
    page.show()
    page.tabs.setCurrentIndex(1)
    page.balloting.new()
    dialog = page.balloting.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "开一场测评"
    assert "旗县 *" not in words(dialog)
    assert page.balloting.county.code() == COUNTY
    dialog.reject()


def keyed(page: AppraisalPage, qtbot: QtBot, signs: str) -> None:
    qtbot.keyClicks(page.balloting.rounds.panel.marks, signs)
    qtbot.keyClick(page.balloting.rounds.panel.marks, Qt.Key.Key_Return)


def kept(desk: Desk) -> dict[str, str]:
    return {one.id.rpartition("/")[2]: one.marks for one in desk.store.rows(Ballot)}


def test_everybody_and_the_team_are_listed_and_the_trace_says_what_is_missing(page: AppraisalPage) -> None:
    assert [row.name for row in page.marks.points.table.rows_model.rows][:4] == ["白音", "乌云其木格", "龚彧", "曾国强"]
    assert page.marks.points.table.rows_model.rows[-1].vocabulary == "team"
    said = words(page.marks.points.trace)
    assert "白音" in said
    assert "没有测评结果" in said
    assert any("示例" in text for text in words(page))


def test_a_ballot_is_a_few_digits_and_enter_and_the_next_one_stands_ready(
    page: AppraisalPage, desk: Desk, round_id: str, qtbot: QtBot
) -> None:
    panel = page.balloting.rounds.panel
    assert (panel.number, panel.serial.value()) == (1, 1)
    keyed(page, qtbot, "11213")
    assert kept(desk) == {"1-1": "11213"}
    assert panel.serial.value() == 2
    keyed(page, qtbot, "1111x")
    panel.keying.choose("2")
    assert (panel.serial.value(), panel.marks.text()) == (1, ""), "the other keying is never shown"


def test_what_two_keyings_differ_in_is_settled_from_the_paper(
    page: AppraisalPage, desk: Desk, round_id: str, qtbot: QtBot
) -> None:
    for serial in (1, 2):
        ballots.key(desk, round_id, serial, 1, "11111")
    ballots.key(desk, round_id, 1, 2, "11121")
    ballots.key(desk, round_id, 2, 2, "11111")
    page.refresh()
    panel = page.balloting.rounds.panel
    panel.keying.choose("3")
    assert any("龚彧：第一遍1，第二遍2" in text for text in words(panel))
    keyed(page, qtbot, "11121")
    current = page.balloting.rounds.current()
    assert current is not None
    assert current.state == "已计票"
    assert kept(desk)["1-3"] == "11121"


def test_a_wrong_ballot_is_refused_where_it_was_keyed(
    page: AppraisalPage, desk: Desk, round_id: str, qtbot: QtBot
) -> None:
    keyed(page, qtbot, "119")
    assert "5行" in page.message.sentence
    assert kept(desk) == {}
    assert page.balloting.rounds.panel.marks.text() == "119", "what was typed stays"


def test_the_line_takes_no_input_method(page: AppraisalPage) -> None:
    assert not page.balloting.rounds.panel.marks.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_papers_are_saved_from_the_page(page: AppraisalPage, round_id: str, tmp_path: Path) -> None:
    page.marks.write_sheet(tmp_path / "sheet.pdf")
    page.marks.write_sheet(tmp_path / "sheet.xlsx")
    page.balloting.write_ballot(round_id, tmp_path / "ballot.pdf")
    page.marks.write_files(tmp_path / "files")
    assert "已输出4份" in page.message.sentence
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "sheet.xlsx").read_bytes().startswith(b"PK")
    assert len(list((tmp_path / "files").glob("*.pdf"))) == 4


def test_a_round_is_opened_over_the_own_county(page: AppraisalPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(1)
    page.new()
    assert page.balloting.dialog is not None
    qtbot.addWidget(page.balloting.dialog)
    page.balloting.dialog.form.put("source", "survey")
    page.balloting.dialog.form.put("issued", 12)
    page.balloting.dialog.take()
    (held,) = ballots.rounds(desk, 2018)
    assert (held.source, held.issued, held.held) == ("survey", 12, date(2018, 6, 5))
    assert "共5个对象" in page.message.sentence


def test_a_round_without_its_kind_says_so_at_the_field(page: AppraisalPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(1)
    page.new()
    assert page.balloting.dialog is not None
    qtbot.addWidget(page.balloting.dialog)
    page.balloting.dialog.take()
    assert any("请填写“测评种类”" in text for text in words(page.balloting.dialog))
    assert ballots.rounds(desk, 2018) == []


def test_a_county_cannot_record_grades(page: AppraisalPage, desk: Desk) -> None:
    page.marks.propose()
    assert "自治区" in page.message.sentence
    assert desk.store.rows(Grade) == []


def test_an_empty_office_says_what_to_do(empty_desk: Desk, office: OfficeView, qtbot: QtBot) -> None:
    made = AppraisalPage(ImmediateRunner(empty_desk), msgspec.structs.replace(office, scope="15"))
    qtbot.addWidget(made)
    made.refresh()
    assert any("还没有在派人员" in text for text in words(made))


def test_a_round_that_is_keyed_already_opens_with_what_was_keyed(
    page: AppraisalPage, desk: Desk, round_id: str, office: OfficeView, asker: ImmediateRunner, qtbot: QtBot
) -> None:
    for serial in (1, 2):
        for keying in (1, 2):
            ballots.key(desk, round_id, serial, keying, "11213")
    another = AppraisalPage(asker, office)
    qtbot.addWidget(another)
    another.refresh()
    assert another.balloting.rounds.panel.marks.text() == "11213"


def test_a_veto_stands_first_in_the_trace_and_its_record_opens(page: AppraisalPage, desk: Desk, qtbot: QtBot) -> None:
    (row, *_) = page.marks.points.table.rows_model.rows
    made = Incident(id=f"{COUNTY}/i1", posting=row.subject, date=date(2018, 6, 2), clause="other", handling="诫勉")
    desk.commit([Change("incident", made.id, difference({}, scalars(made)))])
    page.refresh()
    trace = page.marks.points.trace
    assert any("有违纪情况，不评优秀（第十三条）" in text for text in words(trace))
    (link,) = [one for one in everything(trace, QPushButton) if "违纪" in one.accessibleName() and not one.isHidden()]
    with qtbot.waitSignal(page.wanted) as asked:
        link.click()
    assert asked.args == ["duties", f"incident:{COUNTY}/i1"]


def test_a_case_that_limits_a_grade_opens_on_its_own_tab(page: AppraisalPage) -> None:
    page.marks.points.trace.followed.emit(f"recall_case:{COUNTY}/x-unfit")
    assert page.tabs.currentIndex() == 2


def test_the_region_office_records_the_grade_of_the_whole_term_for_people_and_not_for_teams(
    empty_desk: Desk, qtbot: QtBot
) -> None:
    posting = enter(empty_desk, "张三")
    made = AppraisalPage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(made)
    made.refresh()
    made.marks.points.table.selectAll()
    made.marks.ask_conclude()
    dialog = made.marks.dialog
    assert dialog is not None
    assert "综合考核等次：张三" in dialog.windowTitle()
    for name, typed in (("decided", "优秀"), ("decided_on", "2018-06-05"), ("paper", "内组考〔2018〕1号")):
        dialog.form.editors[name].retype(typed)
    dialog.take()
    (kept,) = empty_desk.store.rows(Grade)
    assert (kept.subject, kept.year, kept.decided) == (posting.id, 0, "excellent")
    assert "已登记综合考核等次1条" in made.message.sentence
