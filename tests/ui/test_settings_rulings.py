"""The ruling register in the settings: questions found, a value tried and ended, a ruling recorded by the region."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tests.ui.hands import words
from tuopin_desktop.domain.records import Ruling
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.rulings import rulings
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner, Runner

MONTH = "eligibility.cutoff_month"
NOW = datetime(2018, 6, 5, 10)


def office(folder: Path, level: str) -> Desk:
    offices.create(folder, level=level, county="150426" if level == "county" else "", clock=FixedClock(NOW))
    return offices.open_desk(folder, FixedClock(NOW))


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with closing(office(tmp_path / "region", "region")) as desk:
        enter(desk, "乙", birth="1970-05", since=NOW.date())
        enter(desk, "丙", birth="1980-05", since=NOW.date())
        yield desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with closing(office(tmp_path / "county", "county")) as desk:
        enter(desk, "乙", birth="1970-05", since=NOW.date())
        yield desk


def opened(desk: Desk, qtbot: QtBot) -> SettingsPage:
    asker = ImmediateRunner(desk)
    page = SettingsPage(asker, office_of(desk))
    qtbot.addWidget(page)
    page.refresh()
    asker.changed.connect(page.refresh)  # as the window does
    page.show_subject("rulings")
    return page


def tried(page: SettingsPage, words: str, key: str = MONTH) -> None:
    page.show_subject(key)
    page.register.one.choice.setEditText(words)
    page.register.one.try_()


def test_questions_are_found_while_typing(region: Desk, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page = opened(region, qtbot)
    qtmodeltester.check(page.register.table.rows_model)
    assert page._state.text() == f"{len(rulings.switches(region))}项口径，已登记0项，其余按默认"
    page.register.search.setText("q28")
    qtbot.keyClick(page.register.search, Qt.Key.Key_Return)
    (row,) = page.register.table.rows_model.rows
    assert row.key == MONTH
    qtbot.keyClick(page.register.table, Qt.Key.Key_Return)
    assert page.register.one.key == MONTH
    shown = "\n".join(words(page.register.one))
    assert "现行取值：含当月" in shown
    assert "依据：默认取值，尚无解释" in shown
    assert "第三条 " in shown


def test_a_trial_lists_who_flips_with_both_sums_and_writes_nothing(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    tried(page, "不含当月")
    flips = page.register.one.flips
    assert [flip.subject_words for flip in flips.rows] == ["乙（翁牛特旗队员）"]
    assert "1项（" in flips.groups
    assert "原来：" in flips.why
    assert "改后：" in flips.why
    assert "口径：不含当月" in flips.why
    assert registers.rows(region, "ruling") == []


def test_a_trial_without_consequence_says_so(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    page.show_subject("report.month_day")
    page.register.one.typed.setText("6")
    page.register.one.try_()
    assert any("现有数据的结论都不变" in one for one in words(page.register.one))


@pytest.mark.parametrize(("typed", "sentence"), [("", "请先选择或填写拟取的值"), ("也许", "可取：inclusive（含当月）")])
def test_a_value_that_cannot_be_is_said_at_its_field(region: Desk, qtbot: QtBot, typed: str, sentence: str) -> None:
    page = opened(region, qtbot)
    tried(page, typed)
    assert sentence in page.register.one._wrong.text()


def test_a_trial_is_saved_as_a_workbook(region: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(region, qtbot)
    tried(page, "不含当月")
    page.register.one.save_to(tmp_path / "试算.xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "试算.xlsx").active for cell in row]
    assert "乙（翁牛特旗队员）" in cells


def test_a_trial_that_runs_can_be_ended(region: Desk, qtbot: QtBot) -> None:
    folder = region.folder
    region.close()
    runner = Runner(lambda: offices.open_desk(folder, FixedClock(NOW)))
    told: list[object] = []
    runner.start(told.append, told.append)
    try:
        qtbot.waitUntil(lambda: bool(told))
        page = SettingsPage(runner, told[0])  # type: ignore[arg-type]  # the first thing told are the facts
        qtbot.addWidget(page)
        page.refresh()
        qtbot.waitUntil(lambda: bool(page.register._all))
        page.show_subject(MONTH)
        one = page.register.one
        one.choice.setEditText("不含当月")
        one.try_()
        one.flips.stop.click()
        runner.ask(lambda _desk: None, then=told.append)
        qtbot.waitUntil(lambda: len(told) > 1)
        assert one.flips.rows == ()
        one.try_()
        qtbot.waitUntil(lambda: len(one.flips.rows) == 1)
    finally:
        runner.stop()


def test_the_region_records_a_ruling_and_all_is_judged_by_it(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    tried(page, "不含当月")
    one = page.register.one
    one.record.click()
    assert one.dialog is not None
    one.dialog.save()
    assert "文号" in one.dialog.form._problem_labels["paper"].text()
    assert registers.rows(region, "ruling") == []
    one.dialog.form.editors["paper"].retype("内工作队办〔2018〕9号")
    one.dialog.form.editors["ruled_by"].retype("王主任")
    one.dialog.save()
    (made,) = region.store.rows(Ruling)
    assert (made.switch, made.value, made.paper, made.ruled) == (
        MONTH,
        "exclusive",
        "内工作队办〔2018〕9号",
        NOW.date(),
    )
    assert judging.policy_on(region, date(2018, 6, 5)).choice(MONTH) == "exclusive"
    shown = "\n".join(words(one))
    assert "现行取值：不含当月" in shown
    assert "依据：内工作队办〔2018〕9号" in shown
    page.back()
    assert "已登记1项" in page._state.text()


def test_past_and_coming_rulings_stand_in_the_history(region: Desk, qtbot: QtBot) -> None:
    rulings.rule(region, MONTH, "exact", "1号", date(2018, 6, 1))
    rulings.rule(region, MONTH, "inclusive", "2号", date(2018, 6, 2))
    rulings.rule(region, MONTH, "exclusive", "3号", date(2018, 6, 3), applies=date(2018, 9, 1))
    page = opened(region, qtbot)
    page.show_subject(MONTH)
    lines = page.register.one._history.text().splitlines()
    assert [line.split("（")[0] for line in lines] == ["依据：2号", "将来：3号", "过去：1号"]
    assert "取“不含当月”，自2018年9月1日起" in lines[1]


def test_a_county_may_try_but_not_record(county: Desk, qtbot: QtBot) -> None:
    page = opened(county, qtbot)
    assert "由自治区工作队管理办公室解释和登记（第二十条）" in page._state.text()
    tried(page, "不含当月")
    assert len(page.register.one.flips.rows) == 1
    assert page.register.one.record.parent() is None


def test_another_question_forgets_the_trial_and_escape_goes_back(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    tried(page, "不含当月")
    page.show_subject("absence.half_breaks")
    assert page.register.one.flips.rows == ()
    assert page.register.one.value() == ""
    page.back()
    assert not page.register.back()


def test_a_double_click_records_one_ruling(region: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(region, qtbot)
    page.show_subject(MONTH)
    one = page.register.one
    one.choice.setEditText("不含当月")
    one.record.click()
    assert one.dialog is not None
    one.dialog.form.editors["paper"].retype("9号")
    asked: list[object] = []
    monkeypatch.setattr(page.asker, "ask", lambda *args, **_: asked.append(args))  # an answer that is not there yet
    one.dialog.keep.click()
    one.dialog.keep.click()
    assert len(asked) == 1
    one.dialog.reject()


def test_a_trial_is_of_the_day_from_which_the_ruling_would_hold(region: Desk, qtbot: QtBot) -> None:
    page = opened(region, qtbot)
    page.register.one.since.setText("昨天的明天")
    page.show_subject(MONTH)
    page.register.one.since.setText("没有这天")
    page.register.one.choice.setEditText("不含当月")
    page.register.one.try_()
    assert "适用起：没有认出日期" in page.register.one._wrong.text()
    page.register.one.since.setText("2018-06-01")
    page.register.one.try_()
    assert page.register.one._wrong.text() == ""
    assert any("自2018年6月1日起适用" in one for one in words(page.register.one))
    page.register.one.ask_record()
    dialog = page.register.one.dialog
    assert dialog is not None
    dialog.form.editors["paper"].retype("9号")
    dialog.form.editors["ruled_by"].retype("王主任")
    dialog.save()
    (made,) = registers.rows(region, "ruling")
    assert made.applies == date(2018, 6, 1)  # type: ignore[attr-defined]  # rows of any kind
