"""Recall in the window: a suspicion becomes a case, the member is heard first, then a measure and its letter."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at
from tests.ui.hands import everything, type_chinese, words
from tuopin_desktop.domain.records import Attendance, Measure, RecallCase, Replacement
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.appraisal.page import AppraisalPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", level="region", practice=True)) as desk:
        posting = enter(desk, "张三", unit="自治区林业和草原局")
        at(desk, date(2018, 10, 8))
        for month, first, last in (("2018-09", 20, 30), ("2018-10", 1, 5)):
            days = {f"d{day:02d}": "ou/ou" for day in range(first, last + 1)}
            registers.save(
                desk, changed(Attendance(id=f"{posting.id}/{month}", posting=posting.id, month=month), **days)
            )
        yield desk


@pytest.fixture
def page(office: Desk, qtbot: QtBot) -> AppraisalPage:
    asker = ImmediateRunner(office)
    made = AppraisalPage(asker, office_of(office))
    qtbot.addWidget(made)
    asker.changed.connect(lambda _: made.refresh())
    made.refresh()
    made.tabs.setCurrentIndex(2)
    return made


def press(page: AppraisalPage, name: str) -> None:
    """Press the button of that accessible name in the detail."""
    made = [one for one in everything(page.cases.lists.detail, QPushButton) if one.accessibleName() == name]
    assert made, name
    made[-1].click()


def stand(page: AppraisalPage) -> None:
    rows = page.cases.lists.table.rows_model.rows
    page.cases.lists.table.select(page.cases.lists.table.rows_model.key(rows[0]))


def hear(page: AppraisalPage) -> None:
    stand(page)
    press(page, "登记处理事项")
    stand(page)
    press(page, "登记本人说明")
    dialog = page.cases.dialog
    assert dialog is not None
    dialog.form.put("words", "家中老人病重，未及时报备。")
    dialog.take()
    stand(page)


def test_a_suspicion_shows_its_arithmetic_and_becomes_a_case(page: AppraisalPage, office: Desk) -> None:
    stand(page)
    assert any("16 天 > 15 天" in text for text in words(page.cases.lists.detail))
    press(page, "登记处理事项")
    (case,) = office.store.rows(RecallCase)
    assert case.trigger == "absence"
    assert "请先听取本人说明" in page.message.sentence


def test_measures_wait_until_the_member_was_heard(page: AppraisalPage, office: Desk) -> None:
    stand(page)
    press(page, "登记处理事项")
    stand(page)
    assert not [one for one in everything(page.cases.lists.detail, QPushButton) if "公文" in one.accessibleName()]
    hear_again = [one.accessibleName() for one in everything(page.cases.lists.detail, QPushButton)]
    assert "登记本人说明" in hear_again


def test_a_measure_is_recorded_and_its_letter_saved(page: AppraisalPage, office: Desk, tmp_path: Path) -> None:
    hear(page)
    press(page, "责成重新调整选派：登记")
    dialog = page.cases.dialog
    assert dialog is not None
    dialog.form.put("paper", "内组函〔2018〕9号")
    dialog.take()
    (measure,) = office.store.rows(Measure)
    assert (measure.measure, measure.paper) == ("reselect", "内组函〔2018〕9号")
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        page.cases.write_letter("reselect", measure.case, tmp_path / f"letter.{ending}")
        assert (tmp_path / f"letter.{ending}").read_bytes().startswith(start)


def test_closing_needs_an_outcome_and_its_words(page: AppraisalPage, office: Desk) -> None:
    hear(page)
    press(page, "办结")
    dialog = page.cases.dialog
    assert dialog is not None
    dialog.take()
    assert any("请填写“结果”" in text for text in words(dialog))
    dialog.form.put("outcome", "cleared")
    dialog.form.put("closed", date(2018, 10, 9))
    dialog.form.put("closing", "确有正当理由，事后补办。")
    dialog.take()
    assert office.store.rows(RecallCase)[0].outcome == "cleared"


def test_an_application_is_noted_with_its_reason(page: AppraisalPage, office: Desk, qtbot: QtBot) -> None:
    page.cases.apply()
    dialog = page.cases.dialog
    assert dialog is not None
    dialog.take()
    assert any("请填写“原因说明”" in text for text in words(dialog))
    posting = registers.rows(office, "posting")[0].id
    dialog.form.put("posting", posting)
    dialog.form.put("reason", "health")
    type_chinese(dialog.form.editors["words"].input, "因病不能坚持驻旗工作")
    dialog.take()
    assert [one.reason for one in office.store.rows(Replacement)] == ["health"]
