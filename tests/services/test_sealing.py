"""A monthly report keeps the figures of the day it was sent, by whatever way it is written; nobody types over them."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import TeamReport
from tuopin_desktop.services.judging import sealing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

SENT = date(2018, 7, 3)
ROW = {"报告类别": "月报", "旗县": "翁牛特旗", "报告月份": "2018-06", "标题": "六月报告", "报出日期": "2018-07-03"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as opened:
        enter(opened, "王五", "leader")
        yield opened


def the_report(desk: Desk) -> TeamReport:
    (found,) = desk.store.rows(TeamReport)
    return found


def a_report(**said: object) -> TeamReport:
    about = {"type": "monthly", "county": "150426", "month": "2018-06", "name": "六月报告", **said}
    return TeamReport(id="150426/r", **about)  # type: ignore[arg-type]  # plain values by name


def test_the_form_seals(desk: Desk) -> None:
    registers.save(desk, a_report(sent=SENT))
    assert "在派人数" in the_report(desk).figures


def test_a_row_of_words_seals(desk: Desk) -> None:
    intake.confirm(desk, intake.read_row(desk, "team_report", ROW))
    assert "在派人数" in the_report(desk).figures


def test_a_sheet_seals(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    book = openpyxl.Workbook()
    book.active.append(list(ROW))
    book.active.append(list(ROW.values()))
    book.save(path)
    intake.confirm(desk, intake.preview(desk, "team_report", path))
    assert "在派人数" in the_report(desk).figures


def test_a_report_that_is_written_first_and_sent_later_is_sealed_when_it_is_sent(desk: Desk) -> None:
    registers.save(desk, a_report())
    assert the_report(desk).figures == ""
    registers.save(desk, changed(the_report(desk), sent=SENT))
    sealed = the_report(desk).figures
    enter(desk, "赵六")
    assert any("在派人数" in words for words in sealing.differences(desk, the_report(desk)))
    with desk.amending("标题有误"):
        registers.save(desk, changed(the_report(desk), name="六月工作报告"))
    assert the_report(desk).figures == sealed
    with pytest.raises(Refused):
        desk.commit([Change("team_report", "150426/r", {"figures": "{}"})])


def test_only_monthly_reports_of_one_team_have_figures(desk: Desk) -> None:
    urgent = a_report(type="urgent", sent=SENT)
    assert sealing.sealed(desk, [Change("team_report", urgent.id, scalars(urgent))])[0].set["figures"] is None
