"""Duties: what presses is listed, Enter opens the form of the right record, saving makes the duty done."""

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import papers
from tests.plausible import plausible
from tests.services.desks import changed, enter
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.duties.duty import Duty, State, count_duties
from tuopin_desktop.domain.duties.radar import Cell
from tuopin_desktop.domain.record import Field, Form, Owner, Record, Scalar, editable, scalars
from tuopin_desktop.domain.records import KINDS, Meeting, Team
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.duties.radar import HeatMap
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registerlists, registers
from tuopin_desktop.services.reporting import overview
from tuopin_desktop.ui.pages.duties.page import DutiesPage
from tuopin_desktop.ui.pages.duties.radar import HeatView
from tuopin_desktop.ui.pages.duties.sheet import FileStrip
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, office: OfficeView, desk: Desk, qtbot: QtBot) -> DutiesPage:
    team = registers.get(desk, "team", "150125/team")
    assert isinstance(team, Team)
    registers.save(desk, msgspec.structs.replace(team, arrived=date(2018, 5, 30)))
    made = DutiesPage(asker, office)
    qtbot.addWidget(made)
    made.refresh()
    return made


def listed(page: DutiesPage) -> list[Duty]:
    return list(page.radar.duties.table.rows_model.rows)


def the_meeting(page: DutiesPage) -> Duty:
    return next(duty for duty in listed(page) if duty.what == "工作分析例会" and duty.period == "2018年6月")


def test_what_presses_is_listed_with_its_day_and_article(page: DutiesPage) -> None:
    duty = the_meeting(page)
    assert (duty.due, duty.article, duty.state) == (date(2018, 6, 5), 12, State.DUE)
    page.radar.duties.chips.choose("all")
    assert len(listed(page)) > 40


def test_enter_on_a_duty_opens_its_form_filled_in_and_saving_makes_it_done(page: DutiesPage, desk: Desk) -> None:
    page.radar.duties.opened.emit(the_meeting(page))
    form = page.keeping.sheet.form
    assert form is not None
    assert "county" not in form.editors
    assert (form.editors["type"].typed(), form.editors["held"].typed()) == ("工作分析例会", "2018-06-05")
    form.editors["minutes"].retype("研究六月重点工作")
    page.save()
    (kept,) = registers.rows(desk, "meeting")
    assert isinstance(kept, Meeting)
    assert (kept.county, kept.minutes, kept.id[:7]) == ("150125", "研究六月重点工作", "150125/")
    page.tabs.setCurrentIndex(0)
    page.radar.duties.chips.choose("done")
    assert "工作分析例会" in {duty.what for duty in listed(page)}


def test_a_record_that_lacks_something_stays_in_its_form(page: DutiesPage, desk: Desk) -> None:
    page.registers.choose("meeting")
    page.new()
    page.save()
    assert page.keeping.sheet.isVisibleTo(page)
    assert "标红" in page.message.sentence
    assert registers.rows(desk, "meeting") == []


def test_what_was_typed_is_kept_over_going_back(page: DutiesPage) -> None:
    page.registers.choose("matter")
    page.new()
    assert page.keeping.sheet.form is not None
    page.keeping.sheet.form.editors["name"].retype("饮水安全")
    assert page.unsaved() == "1条登记"
    page.back()
    page.new()
    assert page.keeping.sheet.form.editors["name"].typed() == "饮水安全"


def test_a_deleted_record_comes_back(page: DutiesPage, desk: Desk) -> None:
    page.radar.duties.opened.emit(the_meeting(page))
    page.save()
    (kept,) = registers.rows(desk, "meeting")
    page.registers.opened.emit("meeting", kept.id)
    page.keeping.delete()
    assert registers.rows(desk, "meeting") == []
    page.undo()
    assert [row.id for row in registers.rows(desk, "meeting")] == [kept.id]


def test_a_duty_about_a_person_leads_to_the_roster(page: DutiesPage, qtbot: QtBot) -> None:
    page.radar.duties.chips.choose("all")
    moved = next((duty for duty in listed(page) if duty.what == "党组织关系转接"), None)
    weekly = next(duty for duty in listed(page) if duty.what == "总队周记")
    voted = next(duty for duty in listed(page) if duty.what == "民主测评")
    for duty, where, subject in ((moved, "roster", None), (weekly, "journals", None), (voted, "appraisal", "ballots")):
        if duty is not None:
            with qtbot.waitSignal(page.wanted) as asked:
                page.radar.duties.opened.emit(duty)
            assert asked.args[0] == where
            assert subject in (None, asked.args[1])


def test_a_duty_of_which_nothing_is_due_yet_takes_no_column_of_the_map(qtbot: QtBot) -> None:
    view = HeatView()
    qtbot.addWidget(view)
    cells = {("150125", "月报"): Cell(done=1), ("150125", "民主测评"): Cell(), ("150125", "联席会议"): Cell(overdue=1)}
    shown = HeatMap(2018, (("150125", "武川县"),), ("月报", "民主测评", "联席会议"), cells)
    view.replace(shown)
    assert view.table is not None
    assert [one.title for one in view.table.rows_model.columns] == ["旗县", "月报", "联席"]
    view.table.select("150125")
    view.table.setCurrentIndex(view.table.model().index(0, 2))
    with qtbot.waitSignal(view.opened) as asked:
        view.table.opened.emit(None)
    assert asked.args == ["150125", "联席会议"]


def test_no_square_of_the_map_is_hidden_where_the_room_is_short(qtbot: QtBot) -> None:
    view = HeatView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    duties = tuple(f"事项{number}" for number in range(18))
    view.replace(HeatMap(2018, (("150125", "武川县"),), duties, {("150125", what): Cell(overdue=1) for what in duties}))
    view.show()
    assert view.table is not None
    assert not any(view.table.isColumnHidden(at) for at in range(len(duties) + 1))
    last = view.table.model().index(0, len(duties))
    assert "武川县" in last.data(Qt.ItemDataRole.ToolTipRole)


def test_the_lists_are_written_as_pdf_and_workbook(page: DutiesPage, tmp_path: Path) -> None:
    page.output.write_list(page.registers, 2018, tmp_path / "事项.pdf")
    page.output.write_list(page.registers, 2018, tmp_path / "事项.xlsx")
    assert (tmp_path / "事项.pdf").read_bytes()[:4] == b"%PDF"
    assert (tmp_path / "事项.xlsx").read_bytes()[:2] == b"PK"
    page.radar.duties.opened.emit(the_meeting(page))
    page.save()
    page.registers.choose("meeting")
    page.output.write_list(page.registers, 0, tmp_path / "会议.pdf")
    assert (tmp_path / "会议.pdf").read_bytes()[:4] == b"%PDF"


def test_a_register_about_conduct_is_shown_only_when_asked_for(page: DutiesPage) -> None:
    page.tabs.setCurrentIndex(1)
    page.registers.choose("incident")
    assert page.registers._lists.currentWidget() is page.registers._closed
    for save in (page.output.export, page.print_):
        page.message.clear()
        save()
        assert "涉及个人" in page.message.sentence
    page.registers._reveal()
    assert not page.registers.hidden()
    assert page.registers._lists.currentWidget() is page.registers._empty
    page.registers.choose("meeting")
    assert page.registers._lists.currentWidget() is page.registers._empty


def test_a_fresh_office_asks_for_the_day_the_team_came_and_then_knows_its_year(
    asker: ImmediateRunner, office: OfficeView, desk: Desk, qtbot: QtBot
) -> None:
    for row in registers.rows(desk, "posting"):
        registers.delete(desk, "posting", row.id)
    page = DutiesPage(asker, office)
    qtbot.addWidget(page)
    page.refresh()
    assert listed(page) == []
    page.radar.duties.team_wanted.emit()
    assert page.keeping.sheet.form is not None
    page.keeping.sheet.form.editors["arrived"].retype("2018-05-30")
    page.save()
    page.radar.duties.chips.choose("all")
    assert {duty.article for duty in listed(page)} >= {4, 8, 10, 11, 12, 18}


def test_a_figure_of_a_chart_leads_to_that_duty_of_that_year(page: DutiesPage) -> None:
    page.tabs.setCurrentIndex(1)
    page.show_subject("duty:2019/月报")
    shown = listed(page)
    assert page.tabs.currentIndex() == 0
    assert {(duty.what, duty.due.year) for duty in shown} == {("月报", 2019)}
    page.radar.back()
    assert len({duty.what for duty in listed(page)}) > 1


def test_what_is_owed_today_is_the_list_of_what_presses(page: DutiesPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(1)
    page.radar.duties.chips.choose("done")
    state = standing(desk).county
    assert state is not None
    page.show_subject("duty:2018/")
    assert page.tabs.currentIndex() == 0
    owed = sum(one.count for one in state.tasks if one.key.startswith("duty "))
    assert count_duties(listed(page)) == owed > 0


def test_what_is_overdue_in_a_county_opens_exactly_these_rows(page: DutiesPage, desk: Desk) -> None:
    """A cell of 16 opened eight lines with five overdue of all years: now it opens the sixteen of its year."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(2018, 9, 20, 9)
    (line,) = overview.overview(desk).teams
    page.show_subject(f"duty:{line.year}/@{line.county}")
    assert len(listed(page)) == count_duties(listed(page)) == line.overdue > 3
    assert {duty.state for duty in listed(page)} == {State.OVERDUE}
    heat = radar.heat_map(desk, line.year)
    assert sum(cell.overdue for cell in heat.cells.values()) == line.overdue


@pytest.fixture
def region_desk(empty_desk: Desk) -> Desk:
    enter(empty_desk, "王五", county="150125")
    return empty_desk


@pytest.mark.parametrize("kind", registerlists.kept_here())
def test_the_form_of_every_register_is_opened_filled_saved_and_found_in_its_list(
    desk: Desk, region_desk: Desk, qtbot: QtBot, kind: str
) -> None:
    desk = region_desk if KINDS[kind].kind.owner is Owner.REGION else desk
    page = DutiesPage(ImmediateRunner(desk), office_of(desk))
    qtbot.addWidget(page)
    wanted = plausible_here(desk, kind)
    page.tabs.setCurrentIndex(1)
    page.registers.choose(kind)
    page.new()
    form = page.keeping.sheet.form
    assert form is not None
    titles = registerlists.titles_for(desk, kind)
    shown_here = [item for item in editable(KINDS[kind]) if item.name in form.editors]
    for item in shown_here:
        form.editors[item.name].retype(typed_words(desk, item, scalars(wanted)[item.name], titles))
    page.save()
    (kept,) = registers.rows(desk, kind)
    assert [getattr(kept, item.name) for item in shown_here] == [getattr(wanted, item.name) for item in shown_here]
    page.registers._revealed = kind
    page.registers.ask()
    assert [line.id for line in page.registers._tables[kind].rows_model.rows] == [kept.id]
    page.registers.opened.emit(kind, kept.id)
    assert page.keeping.sheet.typed() == {}
    assert page.keeping.sheet.record() == kept


def plausible_here(desk: Desk, kind: str) -> Record:
    def refer(ref: str) -> str:
        held = registers.rows(desk, ref)
        return (held[0] if held else registers.save(desk, plausible_here(desk, ref))).id

    return plausible(KINDS[kind], desk.vocabulary, refer, "150125", id=registers.new_id(desk))


def typed_words(desk: Desk, item: Field, value: Scalar, titles: dict[str, dict[str, str]]) -> str:
    if item.form is Form.REF:
        return next(words[str(value)] for words in titles.values() if str(value) in words)
    return field_words(item, value, desk.vocabulary)


def test_what_the_region_office_alone_writes_is_not_offered_to_a_county(page: DutiesPage) -> None:
    page.tabs.setCurrentIndex(1)
    for kind in registerlists.kept_here():
        page.registers.choose(kind)
        ours = KINDS[kind].kind.owner is Owner.COUNTY
        assert page._new.isEnabled() == ours
        page.new()
        assert page.keeping.sheet.isVisibleTo(page) == ours
        page.back()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "会议照片.png"
    path.write_bytes(papers.png(Image.new("RGB", (80, 60), "white")))
    return path


def test_a_file_waits_for_its_record_and_is_kept_with_it(page: DutiesPage, desk: Desk, photo: Path) -> None:
    page.radar.duties.opened.emit(the_meeting(page))
    strip = page.keeping.sheet.strip
    strip.added.emit([photo])
    strip.added.emit([photo])
    assert strip.waiting == (photo,)
    page.back()
    page.radar.duties.opened.emit(the_meeting(page))
    assert strip.waiting == (photo,)
    page.save()
    (kept,) = registers.rows(desk, "meeting")
    (made,) = recordfiles.of_record(desk, "meeting", kept.id)
    page.registers.ask()
    assert [line.files for line in page.registers._tables["meeting"].rows_model.rows] == [1]
    page.registers.opened.emit("meeting", kept.id)
    assert (names(strip), page.unsaved()) == (["会议照片.png"], "")
    strip.opened.emit(made.id, made.name)
    assert page.keeping.viewer is not None
    assert page.keeping.viewer._where.text() == "第1页，共1页"
    page.keeping.viewer.accept()
    strip.taken_off.emit(made.id)
    assert names(strip) == []
    strip.added.emit([photo])
    assert names(strip) == ["会议照片.png"]


def names(strip: FileStrip) -> list[str]:
    return [one.name for one in strip.files] + [path.name for path in strip.waiting]


def test_a_file_that_is_no_scan_keeps_the_record_in_its_form(page: DutiesPage, desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "说明.txt"
    bad.write_text("x", "utf-8")
    page.radar.duties.opened.emit(the_meeting(page))
    page.keeping.sheet.strip.added.emit([bad])
    page.save()
    assert "不是扫描件" in page.message.sentence
    assert registers.rows(desk, "meeting") == []
    assert page.keeping.sheet.isVisibleTo(page)


def test_the_sheets_of_a_class_and_a_meeting_are_written_from_their_forms(
    page: DutiesPage, desk: Desk, tmp_path: Path
) -> None:
    for kind, papers_of in (("meeting", ("signin",)), ("training", ("signin", "diplomas"))):
        kept = registers.save(desk, plausible_here(desk, kind))
        if kind == "training":
            registers.save(desk, changed(plausible_here(desk, "training_attendance"), absent=False))
        page.registers.opened.emit(kind, kept.id)
        for what in papers_of:
            page.keeping.write_paper(what, tmp_path / f"{kind}-{what}.pdf")
            assert (tmp_path / f"{kind}-{what}.pdf").read_bytes()[:4] == b"%PDF", page.message.sentence
        page.back()


def test_the_letters_of_half_year_reports_are_written_and_offered_for_this_half_and_the_last(
    page: DutiesPage, desk: Desk, tmp_path: Path
) -> None:
    offered = [action.text() for action in page.output.papers.menu().actions()]
    assert "2018年上半年报告报送函和信封清单…" in offered
    assert "2017年下半年报告报送函和信封清单…" in offered
    page.output.write_covers(2018, "first", tmp_path / "函.pdf")
    assert "还没有登记半年报告" in page.message.sentence
    report = plausible_here(desk, "half_year_report")
    registers.save(desk, changed(report, year=2018, half="first"))
    page.output.write_covers(2018, "first", tmp_path / "函.pdf")
    assert (tmp_path / "函.pdf").read_bytes()[:4] == b"%PDF"


def test_a_scanned_sheet_finds_its_record_from_the_page(page: DutiesPage, desk: Desk, tmp_path: Path) -> None:
    kept = registers.save(desk, plausible_here(desk, "meeting"))
    page.registers.opened.emit("meeting", kept.id)
    page.keeping.write_paper("signin", tmp_path / "签到.pdf")
    page.output.take_scans([tmp_path / "签到.pdf"])
    assert page.message.sentence == "归入登记1条。"
    assert page.keeping.calling.dialog is not None  # who signed is asked at once
    page.keeping.calling.dialog.reject()
    (tmp_path / "别的.txt").write_text("x", "utf-8")
    page.output.take_scans([tmp_path / "别的.txt"])
    assert "请销假" in page.message.sentence
    assert [one.name for one in recordfiles.of_record(desk, "meeting", kept.id)] == ["签到.pdf"]


def test_a_very_long_file_name_does_not_widen_the_form(page: DutiesPage, tmp_path: Path) -> None:
    page.radar.duties.opened.emit(the_meeting(page))
    page.keeping.sheet.strip.added.emit([tmp_path / f"{'会议照片' * 40}.png"])
    assert page.keeping.sheet.strip.sizeHint().width() < 1100


def test_the_letters_to_the_sending_units_are_written_or_it_is_said_why_not(page: DutiesPage, tmp_path: Path) -> None:
    page.output.write_units(2018, "first", tmp_path / "单位函.pdf")
    assert (tmp_path / "单位函.pdf").exists() or "单位" in page.message.sentence, page.message.sentence
