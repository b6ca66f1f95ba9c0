"""What is said about the days of a leave in a sheet: how they were read, and what is wrong with them, once."""

from pathlib import Path

from tests.services.desks import enter
from tests.services.test_office_habits import GIVEN, SLIP, sheet
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import intake


def test_a_year_taken_from_the_day_of_filling_is_shown_and_a_wrong_weekday_is_said(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "王试一")
    heads = [*SLIP, "请假起止时间"]
    read = intake.preview(desk, "leave_slip", sheet(tmp_path, heads, [*GIVEN, "7月10日至7月12日"]))
    assert any("没有写年份，按填表日期登记为2018-07-10" in note for note in read.notes)
    wrong = intake.preview(desk, "leave_slip", sheet(tmp_path, heads, [*GIVEN, "7月10日（周三）至12日"]))
    assert wrong.counts.rejected == 1
    assert any("星期" in sentence for _, _, sentence in wrong.messages())
    parted = sheet(tmp_path, [*SLIP, "开始时间", "结束时间"], [*GIVEN, "2018-07-10", "7月32日"])
    sentences = [sentence for _, _, sentence in intake.preview(desk, "leave_slip", parted).messages()]
    assert sentences
    assert not any("这一列" in sentence for sentence in sentences)
