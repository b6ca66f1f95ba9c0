"""Teams and people: finding, entering, saving, drafts, slots."""

from datetime import date
from pathlib import Path
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything, type_chinese
from tests.ui.test_attendance import approve
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.roster.page import RosterPage
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.dayline import DayLine


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> RosterPage:
    made = RosterPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def _names(page: RosterPage) -> set[str]:
    return {item.person.name for item in page.people.table.rows_model.rows}


def _title(page: RosterPage) -> str:
    return page._title.text()


def _line(page: RosterPage, name: str) -> QLineEdit:
    line = page.sheet.person.editors[name].input
    assert isinstance(line, QLineEdit)
    return line


def test_a_long_name_is_shown_whole(page: RosterPage, desk: Desk) -> None:
    person = registers.get(desk, "person", "150125/p2")
    registers.save(desk, msgspec.structs.replace(person, name="额尔敦其其格·苏日娜"))
    page.refresh()
    table = page.people.table
    assert table.columnWidth(0) - 16 >= table.fontMetrics().horizontalAdvance("额尔敦其其格·苏日娜")


def test_the_list_narrows_while_typing(page: RosterPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    assert _names(page) == {"白音", "乌云其木格", "曾国强", "龚彧"}
    with qtbot.waitSignal(page.people.search.searched):
        qtbot.keyClicks(page.people.search, "zgq")
    assert _names(page) == {"曾国强"}
    qtmodeltester.check(page.people.table.rows_model)


def test_enter_in_the_search_line_then_enter_opens_the_person(page: RosterPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.people.search, "gongyu")
    qtbot.keyClick(page.people.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.people.table, Qt.Key.Key_Return)
    assert _title(page) == "龚彧"


def test_a_state_filter_and_no_hit_say_so(page: RosterPage) -> None:
    page.people.state.setCurrentIndex(page.people.state.findData("已离任"))
    page.people.state.activated.emit(0)
    assert _names(page) == set()
    assert page.people._stack.currentIndex() == 1


def test_a_change_is_saved_and_told(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.show_subject("person:150125/p2")
    type_chinese(_line(page, "school"), "内蒙古大学")
    with qtbot.waitSignal(page.asker.changed) as told:
        page.save()
    assert told.args == [frozenset({"person"})]
    assert registers.get(desk, "person", "150125/p2").school == "内蒙古大学"  # type: ignore[attr-defined]  # a person
    assert page.message.sentence == "已保存：曾国强"


def test_a_refused_save_marks_the_field_and_writes_nothing(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.show_subject("person:150125/p2")
    editor = page.sheet.person.editors["id_number"]
    editor.retype("150125197501011230")
    page.save()
    assert editor.input.property("wrong") == "true"
    assert "标红" in page.message.sentence
    assert registers.get(desk, "person", "150125/p2").id_number == ""  # type: ignore[attr-defined]  # a person


def test_a_mended_field_is_red_no_more_and_the_list_knows_nothing_of_the_refusal(page: RosterPage) -> None:
    page.show_subject("person:150125/p2")
    editors = page.sheet.person.editors
    editors["id_number"].retype("11010519491231002X")
    page.save()
    wrong = [name for name, editor in editors.items() if editor.input.property("wrong") == "true"]
    assert wrong == ["sex", "birth", "id_number"]
    editors["birth"].retype("1949-12")
    assert editors["birth"].input.property("wrong") == ""
    assert editors["sex"].input.property("wrong") == "true"
    page.back()
    assert page.message.sentence == ""


def test_a_date_written_out_in_full_stays_marked(page: RosterPage) -> None:
    page.show_subject("posting:150125/q2")
    posting = page.sheet.posting
    assert posting is not None
    until = posting.editors["until"]
    assert isinstance(until.input, QLineEdit)
    until.retype("530")
    page.save()
    assert posting.editors["since"].input.property("wrong") == "true"
    until.input.editingFinished.emit()
    assert until.typed() == "2018-05-30"
    assert until.input.property("wrong") == "true"
    until.retype("630")
    assert posting.editors["since"].input.property("wrong") == ""


def test_escape_keeps_what_was_typed(page: RosterPage, qtbot: QtBot) -> None:
    page.show_subject("person:150125/p2")
    type_chinese(_line(page, "school"), "内蒙古")
    page.back()
    assert page.waiting.button.text() == "草稿 1"
    assert page.unsaved() == "1人的登记表"
    page.show_subject("person:150125/p2")
    assert _line(page, "school").text() == "内蒙古"
    assert page.unsaved() == "1人的登记表"


def test_a_link_to_a_person_keeps_what_was_typed_of_another_and_of_the_same(page: RosterPage) -> None:
    page.show_subject("person:150125/p2")
    type_chinese(_line(page, "school"), "内蒙古")
    page.show_subject("person:150125/p2")
    assert _line(page, "school").text() == "内蒙古"
    page.show_subject("posting:150125/q3")
    assert (_title(page), page.unsaved()) == ("龚彧", "1人的登记表")
    page.show_subject("person:150125/p2")
    assert _line(page, "school").text() == "内蒙古"
    page.show_subject("team:150125/team")
    assert (page._stack.currentIndex(), page.tabs.currentIndex(), page.unsaved()) == (0, 1, "1人的登记表")


def test_taking_back_a_dropped_draft_leaves_the_next_one(page: RosterPage) -> None:
    page.new()
    page.sheet.person.editors["name"].retype("甲甲")
    page._discard.click()
    page.new()
    page.sheet.person.editors["name"].retype("乙乙")
    page.back()
    page.undo()
    assert page.unsaved() == "2人的登记表"
    assert {draft.title for draft in page.drafts().values()} == {"甲甲的登记表", "乙乙的登记表"}


def test_a_new_person_with_a_posting_is_saved_in_one_go(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    sheet = page.sheet
    sheet.person.editors["name"].retype("新来")
    posting = sheet.posting
    assert posting is not None
    assert posting.editors["county"].typed() == "武川县"
    posting.editors["position"].retype("队员")
    posting.editors["source_level"].retype("旗县")
    posting.editors["since"].retype("601")
    page.save()
    found = [row for row in roster.people(desk) if row.person.name == "新来"]
    assert len(found) == 1
    assert found[0].state == "在岗"
    assert found[0].person.id.startswith("150125/")


def test_a_new_person_without_a_name_is_refused_as_a_whole(page: RosterPage, desk: Desk) -> None:
    page.new()
    page.save()
    assert page.sheet.person.editors["name"].input.property("wrong") == "true"
    assert page.sheet.posting is not None
    assert page.sheet.posting.editors["position"].input.property("wrong") == "true"
    assert len(roster.people(desk)) == 4


def test_a_citizen_number_fills_birth_and_sex(page: RosterPage, qtbot: QtBot) -> None:
    page.new()
    line = _line(page, "id_number")
    qtbot.keyClicks(line, "11010519491231002X")
    assert page.sheet.person.editors["birth"].typed() == "1949-12-31"
    assert page.sheet.person.editors["sex"].typed() == "女"


def test_a_second_posting_is_a_new_record(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.show_subject("posting:150125/q2")
    page.sheet.posting_wanted.emit()
    posting = page.sheet.posting
    assert posting is not None
    posting.editors["position"].retype("副队长")
    posting.editors["since"].retype("20200101")
    page.save()
    assert len(registers.rows(desk, "posting", {"person": "150125/p2"})) == 2
    assert page.sheet.which.count() == 2


def test_the_matrix_shows_the_vacant_slot_with_its_days(page: RosterPage, qtmodeltester: ModelTester) -> None:
    page.show_subject("matrix")
    table = page.matrix.table
    words = [table.model().index(0, at).data() for at in range(table.model().columnCount())]
    assert words[2:] == ["白音", "乌云其木格", "曾国强", "龚彧", "空缺 6 天", "缺 1 人"]
    qtmodeltester.check(table.rows_model)


def test_a_slot_leads_to_its_person(page: RosterPage) -> None:
    page.show_subject("matrix")
    page.matrix.table.setCurrentIndex(page.matrix.table.model().index(0, 3))
    page.matrix.table.opened.emit(None)
    assert _title(page) == "乌云其木格"


def test_an_empty_roster_offers_import_first(empty_desk: Desk, qtbot: QtBot) -> None:
    page = RosterPage(ImmediateRunner(empty_desk), office_of(empty_desk))
    qtbot.addWidget(page)
    page.refresh()
    assert page._stack.currentIndex() == 1


def test_what_is_missing_is_listed_and_opens_its_field(page: RosterPage) -> None:
    page.show_subject("todo")
    assert page._views.currentWidget() is page.lacks
    rows = page.lacks.table.rows_model.rows
    assert {item.person.name: item.text for item in rows} == dict.fromkeys(
        ("白音", "乌云其木格", "曾国强", "龚彧"), "政治面貌、学历、健康状况"
    )
    page.lacks.opened.emit(rows[0])
    assert page.sheet.focusWidget() is page.sheet.person.editors["political"].input
    line = page.sheet.lacks
    links = cast("list[QPushButton]", line.findChildren(QPushButton))
    assert [link.text() for link in links] == ["政治面貌", "学历", "健康状况"]
    links[1].click()
    assert page.sheet.focusWidget() is page.sheet.person.editors["education"].input


def test_a_missing_field_that_is_filled_leaves_the_line(page: RosterPage) -> None:
    page._fetch("150125/p0")
    for name, value in (("political", "01"), ("education", "21"), ("health", "good")):
        page.sheet.person.editors[name].load(value)
    page.save()
    assert page.sheet.lacks.isHidden()


def test_the_sheet_of_article_3_is_written_for_whoever_is_open_or_marked(page: RosterPage, tmp_path: Path) -> None:
    page.output.statements([])
    assert "请先在列表中选中人员" in page.message.sentence
    page._fetch("150125/p0")
    assert page._paper.isVisibleTo(page)
    page.output.write_statements(["150125/p0"], tmp_path / "一人.docx")
    page.output.write_statements(None, tmp_path / "全部.pdf")
    assert (tmp_path / "一人.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "全部.pdf").read_bytes().startswith(b"%PDF")


def test_a_batch_is_reported_from_the_list(page: RosterPage, tmp_path: Path) -> None:
    page.output.cohort([])
    assert "请先在列表中选中人员" in page.message.sentence
    page.output.write_cohort(["150125/p0", "150125/p1"], tmp_path / "批次.xlsx")
    page.output.write_todo(tmp_path / "待补.pdf")
    assert (tmp_path / "批次.xlsx").read_bytes().startswith(b"PK")
    assert (tmp_path / "待补.pdf").read_bytes().startswith(b"%PDF")


def choose(page: RosterPage, name: str) -> None:
    """Choose an entry behind the button of drafts."""
    menu = page.waiting.button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text().startswith(name)).trigger()


def test_a_draft_is_listed_gone_on_with_or_dropped_and_that_can_be_taken_back(page: RosterPage, qtbot: QtBot) -> None:
    page.new()
    assert page._discard.isHidden()
    qtbot.keyClicks(page.sheet.person.editors["phone"].input, "13900000000")
    assert not page._discard.isHidden()
    page.back()
    assert page.unsaved() == "1人的登记表"
    choose(page, "继续写")
    assert page.sheet.person.editors["phone"].typed() == "13900000000"
    page._discard.click()
    assert (page.unsaved(), page.drafts()) == ("", {})
    assert "已丢掉" in page.message.sentence
    page.undo()
    assert page.unsaved() == "1人的登记表"
    choose(page, "丢掉")
    assert page.unsaved() == ""
    page.new()
    assert page.sheet.draft() is None


def test_the_next_of_a_batch_begins_with_the_same_day_and_paper(page: RosterPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    for number, name in enumerate(("其其格", "那木拉")):
        page.sheet.person.editors["name"].retype(name)
        assert page.sheet.posting is not None
        if not number:
            qtbot.keyClicks(page.sheet.posting.editors["since"].input, "531")
            page.sheet.posting.editors["position"].retype("队员")
            page.sheet.posting.editors["paper"].retype("内组发〔2018〕5号")
        else:
            page.sheet.posting.editors["position"].retype("队员")
        page._further.click()
        assert f"已保存：{name}" in page.message.sentence
    assert page.sheet.whole is not None
    assert page.sheet.posting is not None
    assert page.sheet.whole.new
    assert page.sheet.posting.editors["since"].typed() == "2018-05-31"
    assert page.sheet.posting.editors["paper"].typed() == "内组发〔2018〕5号"
    assert page.unsaved() == "", "what is taken over is no draft"
    assert {"其其格", "那木拉"} <= {person.name for person in desk.store.rows(Person)}


def test_every_fault_of_a_sheet_is_shown_at_once_on_the_only_place_that_scrolls(page: RosterPage, desk: Desk) -> None:
    page.new()
    before = len(desk.store.rows(Person))
    page.sheet.person.editors["birth"].retype("七十年代")
    assert page.sheet.posting is not None
    page.sheet.posting.editors["since"].retype("2月30日")
    page.save()
    wrong = {
        name
        for form in (page.sheet.person, page.sheet.posting)
        for name, editor in form.editors.items()
        if "true" in (editor.input.property("wrong"), editor.property("wrong"))
    }
    assert {"name", "birth", "since", "position"} <= wrong
    assert "没有这一天，2月只有28天" in page.sheet.posting._problem_labels["since"].text()
    assert len(desk.store.rows(Person)) == before
    assert len(everything(page.sheet, QScrollArea)) == 1


WOMAN, MAN = "11010519491231002X", "110105194912310038"


def test_a_number_proposes_and_never_writes_over_what_was_typed(page: RosterPage, qtbot: QtBot) -> None:
    page.new()
    editors, line = page.sheet.person.editors, _line(page, "id_number")
    qtbot.keyClicks(editors["birth"].input, "196001")
    qtbot.keyClicks(line, WOMAN)
    assert editors["birth"].typed() == "196001"
    assert editors["sex"].typed() == "女"
    line.selectAll()
    qtbot.keyClicks(line, MAN)
    assert editors["sex"].typed() == "男", "a proposal follows the number as it is put right"
    editors["sex"].edited.emit()
    line.selectAll()
    qtbot.keyClicks(line, WOMAN)
    assert editors["sex"].typed() == "男", "what somebody chose stays"


def test_days_of_leave_are_tinted_where_a_date_of_the_person_is_chosen(page: RosterPage, desk: Desk) -> None:
    approve(desk)
    page.show_subject("posting:150125/q2")
    assert page.sheet.posting is not None
    line = page.sheet.posting.editors["until"].input
    assert isinstance(line, DayLine)
    assert sorted(line.tinted()) == [date(2018, 6, day) for day in (5, 6, 7, 8)]
