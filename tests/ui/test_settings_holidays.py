"""The holidays in the settings: years and their state, days entered and refused, the notice ticked, local days."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.domain.test_calendar import notice_of_2027
from tests.ui.hands import type_chinese, words
from tuopin_desktop.domain.records import CalendarDay
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import calendars, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import holidays, registers
from tuopin_desktop.ui.pages.settings.entry import EntryDialog
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

NOW = datetime(2026, 11, 20, 9)
NADAM = date(2026, 7, 20)


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    offices.create(tmp_path / "region", level="region", clock=FixedClock(NOW))
    with closing(offices.open_desk(tmp_path / "region", FixedClock(NOW))) as desk:
        yield desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    offices.create(tmp_path / "county", level="county", county="150426", clock=FixedClock(NOW))
    with closing(offices.open_desk(tmp_path / "county", FixedClock(NOW))) as desk:
        yield desk


def opened(desk: Desk, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(ImmediateRunner(desk), office_of(desk))
    qtbot.addWidget(page)
    page.refresh()
    return page


def dialog(page: SettingsPage) -> EntryDialog:
    assert page.holidays.dialog is not None
    return page.holidays.dialog


def said(page: SettingsPage, name: str) -> str:
    return dialog(page).form._problem_labels[name].text()


def test_every_year_says_how_it_stands(region: Desk, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page = opened(region, qtbot)
    model = page.holidays.years.rows_model
    shown = {model.index(at, 0).data(): model.index(at, 1).data() for at in range(model.rowCount())}
    assert (shown["2026年"], shown["2027年"]) == ("已核对", "待补全")
    page.holidays.years.select("2027")
    assert any("2027年放假安排还不全" in one for one in words(page))
    assert page.holidays.blocks.describe(date(2027, 10, 1)).endswith("国庆节，放假")
    assert page.holidays.blocks.describe(date(2027, 10, 11)).endswith("工作日未定")
    qtmodeltester.check(page.holidays.days.rows_model)


def test_a_year_nobody_registered_is_shown_as_unknown(tmp_path: Path, qtbot: QtBot) -> None:
    later = FixedClock(datetime(2027, 6, 1, 9))
    offices.create(tmp_path / "later", level="region", clock=later)
    with closing(offices.open_desk(tmp_path / "later", later)) as desk:
        page = opened(desk, qtbot)
        page.holidays.years.select("2028")
        assert page.holidays.view is not None
        assert page.holidays.view.state.state == "unknown"
        assert set(page.holidays.view.months) == {None}
        assert any("2028年放假安排尚未登记" in one for one in words(page))


def test_a_notice_is_entered_by_keyboard_and_its_year_begins_to_count(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    page.holidays.years.select("2027")
    qtbot.keyClick(page.holidays.years, Qt.Key.Key_Return)
    editors = dialog(page).form.editors
    editors["notice"].retype("国办发明电〔2026〕9号")
    editors["verified"].retype("是")
    dialog(page).save()
    # The rule of the balance is said at the field where it can be explained, and nothing is saved.
    assert "调休放假0天" in said(page, "note")
    assert registers.rows(region, "calendar_year") == []
    editors["verified"].retype("")
    dialog(page).save()
    for one in notice_of_2027():
        holidays.keep(region, one)
    page.refresh()
    page.holidays.open_year()
    dialog(page).form.editors["verified"].retype("是")
    dialog(page).save()
    assert calendars.year_state(region, 2027).state == "known"
    assert page.message.sentence == "已保存2027年度通知：已核对"
    assert page.holidays.view is not None
    assert page.holidays.view.months[9] == 18


def test_a_day_in_a_year_that_counts_asks_for_the_notice_at_its_field(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    page.holidays.blocks.go(date(2026, 11, 23))
    page.new()
    form = dialog(page).form
    assert form.editors["date"].typed() == "2026-11-23"
    form.editors["name"].retype("临时放假")
    dialog(page).save()
    assert "2026年放假安排已在使用" in said(page, "notice")
    form.editors["notice"].retype("国办发明电〔2026〕20号")
    dialog(page).save()
    assert calendars.calendar(region).is_workday(date(2026, 11, 23)) is False
    assert "第2版" in page.holidays._sentence.text()
    # Enter on the same day opens what was entered; taking it out needs a notice too, which stands there.
    page.holidays.open_day(date(2026, 11, 23))
    dialog(page).form.editors["notice"].retype("更正通知")
    dialog(page).remove()
    assert calendars.calendar(region).is_workday(date(2026, 11, 23)) is True


def test_a_shipped_day_is_overruled_not_deleted(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    page.holidays.open_day(date(2026, 10, 1))
    assert dialog(page).gone.isHidden()
    assert dialog(page).form.editors["name"].typed().startswith("国庆")
    dialog(page).reject()


def test_arrow_keys_walk_the_year_and_enter_opens_the_day(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    blocks = page.holidays.blocks
    blocks.go(date(2026, 1, 1))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(blocks, key)
    assert blocks.day == date(2026, 1, 1)  # the year's first day is an end
    assert "元旦" in blocks.accessibleName()
    qtbot.keyClick(blocks, Qt.Key.Key_End)
    with qtbot.waitSignal(blocks.opened) as opened_:
        qtbot.keyClick(blocks, Qt.Key.Key_Return)
    assert opened_.args == [date(2026, 12, 31)]
    dialog(page).reject()


def test_a_double_click_finds_its_day(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    blocks = page.holidays.blocks
    for day in (date(2026, 1, 1), date(2026, 5, 31), date(2026, 12, 31)):
        assert blocks.at(blocks._place(day).center().toPoint()) == day


def test_a_county_enters_its_local_day_with_a_document_number(county: Desk, qtbot: QtBot) -> None:
    page = opened(county, qtbot)
    page.holidays.blocks.go(NADAM)
    page.new()
    form = dialog(page).form
    assert "nature" not in form.editors
    type_chinese(form.editors["name"].input, "那达慕")
    dialog(page).save()
    assert said(page, "notice") == "地方假日请填写依据文号"
    form.editors["notice"].retype("翁政发〔2026〕7号")
    dialog(page).save()
    (kept,) = county.store.rows(CalendarDay)
    assert (kept.id, kept.nature) == ("150426/2026-07-20", "local")
    assert page.holidays.blocks.describe(NADAM).endswith("放假，地方假日")


def test_a_county_sees_region_days_and_cannot_change_them(county: Desk, qtbot: QtBot) -> None:
    page = opened(county, qtbot)
    page.holidays.open_day(date(2026, 10, 1))
    assert page.holidays.dialog is None
    assert "由自治区工作队管理办公室登记" in page.message.sentence
    assert not page.holidays.notice.isEnabled()  # nothing of the year's notice to see yet


def test_the_region_looks_at_a_countys_calendar(region: Desk, qtbot: QtBot) -> None:
    own = CalendarDay(
        id="150426/x", date=NADAM, day="off", nature="local", name="那达慕", county="150426", notice="7号"
    )
    holidays.keep(region, own)
    page = opened(region, qtbot)
    assert "那达慕" not in page.holidays.blocks.describe(NADAM)
    page.holidays.county.setCurrentIndex(page.holidays.county.findData("150426"))
    page.holidays.county.activated.emit(0)
    assert "那达慕" in page.holidays.blocks.describe(NADAM)
    page.holidays.open_day(NADAM)
    assert dialog(page).form.editors["county"].typed() == "翁牛特旗"
    dialog(page).reject()


def test_the_calendar_is_painted_at_its_smallest(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    page.resize(877, 520)
    page.show()
    qtbot.waitExposed(page)
    picture = page.holidays.blocks.grab().toImage()
    tints = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(picture.height())}
    assert "#faeae8" in tints  # a holiday's ground


def test_a_league_is_asked_for_which_county(tmp_path: Path, qtbot: QtBot) -> None:
    offices.create(tmp_path / "league", level="league", county="赤峰市", clock=FixedClock(NOW))
    with closing(offices.open_desk(tmp_path / "league", FixedClock(NOW))) as desk:
        page = opened(desk, qtbot)
        page.holidays.blocks.go(NADAM)
        page.new()
        assert page.holidays.dialog is None
        assert "请先在右上方选一个旗县" in page.message.sentence
        page.holidays.county.setCurrentIndex(page.holidays.county.findData("150426"))
        page.holidays.county.activated.emit(0)
        page.new()
        form = dialog(page).form
        form.editors["name"].retype("那达慕")
        form.editors["notice"].retype("7号")
        dialog(page).save()
        assert [one.id for one in desk.store.rows(CalendarDay)] == ["150426/2026-07-20"]


@pytest.mark.parametrize(
    ("name", "typed", "field", "sentence"),
    [
        ("date", "99999999", "date", ""),
        ("date", "2031-10-08", "date", "2031年尚未登记年度通知"),
        ("name", "节" * 200, "name", ""),
        ("date", "2026-11-21", "date", "本来就是周末"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_form_stays(
    region: Desk, qtbot: QtBot, name: str, typed: str, field: str, sentence: str
) -> None:
    page = opened(region, qtbot)
    page.holidays.blocks.go(date(2026, 11, 23))
    page.new()
    editors = dialog(page).form.editors
    editors["name"].retype("某节")
    editors["notice"].retype("1号")
    editors[name].retype(typed)
    dialog(page).save()
    assert said(page, field)
    assert sentence in said(page, field)
    assert dialog(page).isEnabled()
    assert registers.rows(region, "calendar_day") == []
    dialog(page).reject()
