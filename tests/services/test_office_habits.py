"""Attendance, slips and rosters as offices keep them: read right, or asked about before anything is written."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import enter, open_office
from tuopin_desktop.domain.records import Attendance, LeaveSlip
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake, layouts

SEPTEMBER = datetime(2018, 9, 2, 9, 0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk:
        enter(desk, "王试一")
        enter(desk, "王试二")
    with closing(offices.open_desk(tmp_path / "office", FixedClock(SEPTEMBER))) as desk:
        yield desk


def sheet(tmp_path: Path, *rows: Sequence[object], name: str = "表", title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / f"{name}.xlsx")
    return tmp_path / f"{name}.xlsx"


def marks(desk: Desk, path: Path, **answers: str) -> list[tuple[str, dict[str, str]]]:
    """Import a sheet of attendance and return the months with the days that say anything."""
    intake.confirm(desk, intake.preview(desk, "attendance", path, answers=answers))
    months = [record for record in registers.rows(desk, "attendance") if isinstance(record, Attendance)]
    days = [f"d{day:02d}" for day in range(1, 32)]
    return [(one.month, {day: getattr(one, day) for day in days if getattr(one, day)}) for one in months]


WEEK = ["√"] * 3
THREE = {"d01": "vwi/vwi", "d02": "vwi/vwi", "d03": "vwi/vwi"}


@pytest.mark.parametrize(
    "rows",
    [
        [["月份", "姓名", "1\n日", "2\n一", "3\n二"], ["2018年7月", "王试一", *WEEK]],
        [["月份", "姓名", "1日(周日)", "2日(周一)", "3日(周二)"], ["2018年7月", "王试一", *WEEK]],
        [["月份", "姓名", "日\n1", "一\n2", "二\n3"], ["2018年7月", "王试一", *WEEK]],
        [["月份", "姓名", 1, 2, 3], ["", "", "日", "一", "二"], ["2018年7月", "王试一", *WEEK]],
        [["月份", "姓名", "日", "一", "二"], ["", "", 1, 2, 3], ["2018年7月", "王试一", *WEEK]],
        [["姓名", "7月1日", "7月2日", "7月3日"], ["王试一", *WEEK]],
        [["月份", "姓名", "7.1", "7.2", "7.3"], ["2018.7", "王试一", *WEEK]],
        [["2018年7月考勤表"], ["序号", "姓名", 1, 2, 3, "出勤天数"], [1, "王试一", *WEEK, 3]],
        [["考勤表"], ["二〇一八年七月"], ["姓名", 1, 2, 3], ["王试一", *WEEK]],
        [["考勤表（2018.07）"], ["姓名", "一日", "二日", "三日"], ["王试一", *WEEK]],
        [["2018年7月"], ["姓名", "午别", 1, 2, 3], ["王试一", "上午", *WEEK], ["", "下午", *WEEK]],
        [["2018年7月"], ["姓名", "", 1, 2, 3], ["王试一", "上", *WEEK], ["王试一", "下", *WEEK]],
        [
            ["2018年7月"],
            ["姓名", 1, "", 2, "", 3, ""],
            ["", "上午", "下午", "上午", "下午", "上午", "下午"],
            ["王试一", *WEEK, *WEEK],
        ],
        [["2018年7月"], ["姓名", 1, 2, 3], ["王试一", *WEEK], ["图例：√出勤 ×旷工"]],
    ],
)
def test_a_sheet_of_attendance_is_read_as_it_is_kept(desk: Desk, tmp_path: Path, rows: list[list[object]]) -> None:
    title = "2018年7月" if rows[0][0] == "姓名" else "Sheet1"
    assert marks(desk, sheet(tmp_path, *rows, title=title)) == [("2018-07", THREE)]


def test_the_month_is_taken_from_the_sheets_name_or_the_files(desk: Desk, tmp_path: Path) -> None:
    rows = (["姓名", 1, 2, 3], ["王试一", *WEEK])
    preview = intake.preview(desk, "attendance", sheet(tmp_path, *rows, title="7月", name="2018年考勤"))
    assert preview.open[0].code == "month"  # the year alone in a file's name is no month of it
    assert marks(desk, sheet(tmp_path, *rows, name="2018年7月考勤")) == [("2018-07", THREE)]


def test_a_month_nobody_names_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["姓名", 1, 2, 3], ["王试一", *WEEK])
    preview = intake.preview(desk, "attendance", path)
    assert [question.code for question in preview.open] == ["month"]
    assert preview.counts == intake.Counts(pending=1)
    assert marks(desk, path, month="2018-07") == [("2018-07", THREE)]


def test_a_title_and_days_of_different_months_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["2018年6月考勤表"], ["姓名", "7月1日", "7月2日", "7月3日"], ["王试一", *WEEK])
    assert [question.code for question in intake.preview(desk, "attendance", path).open] == ["month"]


ACROSS = [30, 31, 1, 2]


@pytest.mark.parametrize(
    "title", ["2018年7月26日至8月25日考勤表", "2018年8月考勤表（7月26日—8月25日）", "2018.7.26-2018.8.25"]
)
def test_a_period_across_months_is_taken_in_month_by_month(desk: Desk, tmp_path: Path, title: str) -> None:
    path = sheet(tmp_path, [title], ["姓名", *ACROSS], ["王试一", "√", "√", "假", "假"])
    preview = intake.preview(desk, "attendance", path)
    assert [question.code for question in preview.open] == ["span"]
    assert preview.counts == intake.Counts(pending=1)
    assert marks(desk, path, span="1") == [("2018-07", {"d30": "vwi/vwi", "d31": "vwi/vwi"})]
    assert marks(desk, path, span="2")[1] == ("2018-08", {"d01": "oli/oli", "d02": "oli/oli"})


@pytest.mark.parametrize("title", ["2018年8月考勤表", "2018年8月考勤表（上月26日至本月25日）", "考勤表"])
def test_a_part_of_a_period_whose_month_nobody_names_is_asked_about(desk: Desk, tmp_path: Path, title: str) -> None:
    path = sheet(tmp_path, [title], ["姓名", *ACROSS], ["王试一", "√", "√", "假", "假"])
    preview = intake.preview(desk, "attendance", path, answers={"span": "1"})
    assert [question.code for question in preview.open] == ["month"]


@pytest.mark.parametrize(
    "title", ["2018年7月至8月考勤表", "2018年7、8月考勤", "2018年7.1-8.3考勤", "7月（补8月）2018年"]
)
def test_a_title_of_two_months_is_asked_about(desk: Desk, tmp_path: Path, title: str) -> None:
    path = sheet(tmp_path, [title], ["姓名", 1, 2, 3], ["王试一", *WEEK])
    assert [question.code for question in intake.preview(desk, "attendance", path).open] == ["month"]


def test_a_date_of_signing_is_no_second_month(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["2018年7月考勤表 制表日期：8月1日"], ["姓名", 1, 2, 3], ["王试一", *WEEK])
    assert marks(desk, path) == [("2018-07", THREE)]


OTHER_DAYS = [8, 9, 10]


@pytest.mark.parametrize(
    "below",
    [
        [["姓名", *OTHER_DAYS], ["", "日", "一", "二"]],
        [["姓 名", *OTHER_DAYS]],
        [["", *OTHER_DAYS]],
        [["2018年6月考勤表"], ["姓名", 1, 2, 3]],
        [["8月"]],
        [["2017年7月（续）"]],
    ],
)
def test_days_of_a_second_table_below_are_not_written_to_the_first(
    desk: Desk, tmp_path: Path, below: list[list[object]]
) -> None:
    top: list[list[object]] = [["2018年7月考勤表"], ["姓名", 1, 2, 3], ["", "日", "一", "二"], ["王试一", *WEEK]]
    path = sheet(tmp_path, *top, [], *below, ["王试二", "假", "假", "假"])
    preview = intake.preview(desk, "attendance", path)
    assert [question.code for question in preview.open] == ["below"]
    assert marks(desk, path) == [("2018-07", THREE)]
    assert marks(desk, path, below="take") == [("2018-07", THREE)]


def test_a_foot_with_a_date_is_no_title_of_another_month(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["2018年7月"], ["姓名", 1, 2, 3], ["王试一", *WEEK], ["填表日期：2018年8月1日"])
    assert marks(desk, path) == [("2018-07", THREE)]


@pytest.mark.parametrize(
    "legend",
    [
        ["说明：√出勤 ○病假 △事假 ×旷工"],
        ["图例", "√", "出勤", "○", "病假", "△", "事假"],
        ["注：出勤“√”，病假“○”，事假“△”"],
        ["√—出勤；○—病假；△—事假"],
    ],
)
def test_a_legend_that_disagrees_is_asked_about_and_remembered(desk: Desk, tmp_path: Path, legend: list[str]) -> None:
    rows = (["月份", "姓名", 1, 2, 3], ["2018年7月", "王试一", "√", "○", "△"])
    path = sheet(tmp_path, *rows, legend)
    preview = intake.preview(desk, "attendance", path)
    assert [question.code for question in preview.open] == ["legend"]
    assert "○病假" in preview.open[0].sentence
    assert intake.confirm(desk, preview) == intake.Counts(pending=1)
    assert registers.rows(desk, "attendance") == []
    said = {"d01": "vwi/vwi", "d02": "oli/oli", "d03": "oli/oli"}
    assert marks(desk, path, legend="sheet") == [("2018-07", said)]
    later = sheet(tmp_path, rows[0], ["2018年8月", "王试一", "√", "○", "△"], legend)
    assert not intake.preview(desk, "attendance", later).open


MARKED: list[list[object]] = [["2018年7月考勤表"], ["姓名", 1, 2, 3], ["王试一", "√", "○", "√"]]


@pytest.mark.parametrize(
    "legend",
    [
        ["“○”表示病假"],
        ["○表示病假。"],
        ["注：1、○表示因病请假。"],
        ["○：病假（含住院）"],
        ["√表示在村、○表示病休"],
        ["注明：●在岗 ○离岗"],
        ["本表：√在岗 ○离岗"],
        ["病假“○”"],
    ],
)
def test_a_legend_in_one_line_is_held_against_our_marks(desk: Desk, tmp_path: Path, legend: list[str]) -> None:
    preview = intake.preview(desk, "attendance", sheet(tmp_path, *MARKED, legend))
    assert [question.code for question in preview.open] == ["legend"]
    assert preview.counts == intake.Counts(pending=1)


@pytest.mark.parametrize(
    "rows",
    [
        [*MARKED, ["符号", "√", "○"], ["含义", "出勤", "病假"]],
        [*MARKED, ["", "√", "出勤"], ["", "○", "病假"]],
        [MARKED[0], [*MARKED[1], "符号", "含义"], [*MARKED[2], "○", "病假"]],
        [MARKED[0], MARKED[1], [*MARKED[2], "", "病假", "○"]],
    ],
)
def test_a_legend_in_cells_is_held_against_our_marks(desk: Desk, tmp_path: Path, rows: list[list[object]]) -> None:
    preview = intake.preview(desk, "attendance", sheet(tmp_path, *rows))
    assert "legend" in [question.code for question in preview.open]
    assert preview.counts.new == 0


@pytest.mark.parametrize("line", ["备注：画○者为病假人员", "标○的当天请病假", "图例 ○…病"])
def test_a_line_about_a_mark_that_is_not_understood_is_asked_about(desk: Desk, tmp_path: Path, line: str) -> None:
    path = sheet(tmp_path, *MARKED, [line])
    preview = intake.preview(desk, "attendance", path)
    assert [question.code for question in preview.open] == ["signs"]
    assert preview.counts.new == 0


def test_the_cell_of_a_day_is_no_legend(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, *MARKED[:2], ["王试一", "√病", "√", "√"])
    preview = intake.preview(desk, "attendance", path)
    assert not preview.open
    assert preview.counts.rejected == 1


def test_a_legend_that_agrees_asks_nothing(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, *MARKED, ["√驻村 ○在旗县"], ["注：本表按日填写。"])
    assert not intake.preview(desk, "attendance", path).open


def test_a_day_that_is_not_understood_among_the_days_stops_the_month(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["月份", "姓名", 1, "端午", 3], ["2018年7月", "王试一", *WEEK])
    preview = intake.preview(desk, "attendance", path)
    assert preview.counts == intake.Counts(pending=1)
    assert "端午" in preview.open[0].sentence


SLIP = ["姓名", "填表日期", "外出地点", "请假事由"]
GIVEN = ["王试一", "2018-07-01", "赤峰市", "体检"]
DAY, NOON = date(2018, 7, 10), time(12)


@pytest.mark.parametrize(
    ("headings", "cells", "period"),
    [
        (["开始时间", "结束时间", "请假天数"], ["2018-07-10", "2018-07-12", 3], "2018-07-10am/2018-07-12pm"),
        (["起", "止"], ["2018年7月10日", "7月12日"], "2018-07-10am/2018-07-12pm"),
        (["请假开始日期", "请假结束日期"], ["2018.7.10下午", "2018.7.12上午"], "2018-07-10pm/2018-07-12am"),
        (
            ["开始日期", "时段", "结束日期", "时段"],
            ["2018-07-10", "下午", "7月12日", "上午"],
            "2018-07-10pm/2018-07-12am",
        ),
        (["开始日期", "时段", "结束日期", "时段"], ["2018-07-10", "下午", None, "下午"], "2018-07-10pm/2018-07-10pm"),
        (["开始日期", "开始时间", "结束日期", "结束时间"], [DAY, "08:00", DAY, NOON], "2018-07-10am/2018-07-10am"),
        (["开始日期", "开始时间", "结束日期", "结束时间"], [DAY, "20:00", DAY, "23:00"], None),
        (["请假日期", "请假天数"], ["2018-07-10", 2], "2018-07-10am/2018-07-11pm"),
        (["请假日期", "天数"], ["2018-07-10", "2天半"], "2018-07-10am/2018-07-12am"),
        (["开始时间", "天数"], ["7月10日", "半天"], "2018-07-10am/2018-07-10am"),
        (["请假起止时间"], ["2018年7月10日至2018年7月12日，共3天"], "2018-07-10am/2018-07-12pm"),
        (["请假起止时间"], ["自2018年7月10日起至2018年7月12日止"], "2018-07-10am/2018-07-12pm"),
        (["请假起止时间"], ["2018-07-10 08:00至2018-07-12 18:00"], "2018-07-10am/2018-07-12pm"),
        (["请假起止时间"], ["2018年7月10日14时至7月12日12时"], "2018-07-10pm/2018-07-12am"),
        (["请假起止时间"], ["二〇一八年七月十日至十二日（三天）"], "2018-07-10am/2018-07-12pm"),
        (["请假起止时间"], ["7月10日（星期二）至7月12日（星期四）"], "2018-07-10am/2018-07-12pm"),
        (["请假起止时间", "请假天数"], ["2018-07-10至2018-07-12", 3], "2018-07-10am/2018-07-12pm"),
        (["请假起止时间"], ["2018年7月10日至2018年7月12日，共4天"], None),
        (["请假起止时间", "请假天数"], ["2018-07-10至2018-07-12", 4], None),
        (["开始时间", "结束时间", "请假天数"], ["2018-07-10", "2018-07-12", 2], None),
        (["请假起止时间"], ["2018年7月10日（星期三）至7月12日"], None),
        (["请假起止时间"], ["2018-07-10 20:00至2018-07-12 18:00"], None),
    ],
)
def test_a_leave_is_read_as_offices_write_it(
    desk: Desk, tmp_path: Path, headings: list[str], cells: list[object], period: str | None
) -> None:
    preview = intake.preview(desk, "leave_slip", sheet(tmp_path, [*SLIP, *headings], [*GIVEN, *cells]))
    counts = intake.confirm(desk, preview)
    assert (counts.new, counts.rejected) == ((1, 0) if period else (0, 1)), list(preview.messages())
    slips = [one.period for one in registers.rows(desk, "leave_slip") if isinstance(one, LeaveSlip)]
    assert slips == ([period] if period else [])


ROSTER = ["姓名", "性别", "派出单位", "队内职务", "派驻起", "职务等级"]


def test_a_column_mapped_by_hand_is_remembered_for_the_layout(desk: Desk, tmp_path: Path) -> None:
    rows = (ROSTER, ["王试四", "男", "测试厅", "队员", "2018-06-05", "科级"])
    path = sheet(tmp_path, *rows)
    first = intake.preview(desk, "roster", path)
    assert [question.code for question in first.open] == ["column:职务等级"]
    chosen = intake.preview(desk, "roster", path, answers={"column:职务等级": "person.rank"})
    assert not chosen.open
    intake.confirm(desk, chosen)
    again = intake.preview(desk, "roster", sheet(tmp_path, *rows))
    assert (again.open, again.counts) == ((), intake.Counts(same=1))
    assert (desk.folder / layouts.FILE).exists()


def test_a_spoilt_file_of_layouts_only_means_that_the_clerk_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    (desk.folder / layouts.FILE).write_text("[1, 2", encoding="utf-8")
    path = sheet(tmp_path, ROSTER, ["王试四", "男", "测试厅", "队员", "2018-06-05", "科级"])
    assert intake.preview(desk, "roster", path).open


def test_all_sheets_of_one_book_are_taken_in_one_go(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(57):
        one = book.create_sheet(f"{number + 1}组")
        one.append(ROSTER[:5])
        one.append([f"张{chr(0x4E10 + number)}", "男", "测试厅", "队员", "2018-06-05"])
    path = tmp_path / "花名册.xlsx"
    book.save(path)
    preview = intake.preview(desk, "roster", path)
    assert (preview.open[0].code, preview.counts.new) == ("sheets", 0)
    assert intake.preview(desk, "roster", path, answers={"sheets": "3组"}).counts == intake.Counts(new=1)
    every = intake.preview(desk, "roster", path, answers={"sheets": "all"})
    assert intake.confirm(desk, every) == intake.Counts(new=57)


def test_a_column_of_two_items_is_cut_when_the_clerk_says_so(desk: Desk, tmp_path: Path) -> None:
    heading = ["姓名", "性别", "派出单位", "队内职务", "派驻起", "职务及职级"]
    rows = (
        ["王试四", "男", "厅", "队员", "2018-06-05", "科长（科级）"],
        ["王试五", "女", "厅", "队员", "2018-06-05", "处长 处级"],
    )
    path = sheet(tmp_path, heading, *rows)
    (question,) = intake.preview(desk, "roster", path).open
    assert "+" in question.answers[1].word
    preview = intake.preview(desk, "roster", path, answers={question.code: question.answers[1].word})
    assert preview.counts == intake.Counts(new=2)
    cut = [(plan.row.values["person.post"], plan.row.values["person.rank"]) for plan in preview.plans]
    assert [post for post, _ in cut] == ["科长", "处长"]
    assert all(rank for _, rank in cut)


def test_another_table_below_is_not_read_under_the_first_heading(desk: Desk, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ROSTER[:5],
        ["王试四", "男", "测试厅", "队员", "2018-06-05"],
        [],
        ["姓名", "派出单位", "性别", "队内职务", "派驻起"],
        ["王试五", "测试厅", "男", "队员", "2018-06-05"],
    )
    preview = intake.preview(desk, "roster", path)
    assert [question.code for question in preview.open] == ["below"]
    assert preview.counts.new == 1


def test_a_table_abreast_is_no_column_without_a_heading(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, MARKED[0], [*MARKED[1], *MARKED[1]], ["王试一", *WEEK, "王试二", *WEEK])
    preview = intake.preview(desk, "attendance", path, answers={"blocks": "all"})
    assert preview.counts.new == 2
    assert not [note for note in preview.notes if "没有表头" in note]


def test_weekdays_of_another_month_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["2018年7月"], ["姓名", 1, 2, 3], ["", "三", "四", "五"], ["王试一", *WEEK])
    (question,) = intake.preview(desk, "attendance", path).open
    assert question.code == "month"
    assert "星期三" in question.sentence


def test_what_is_asked_repeats_no_number_of_a_person(desk: Desk, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ["联系电话13900001009"],
        ROSTER[:5],
        ["王试四（13900001004）", "男", "测试厅", "队员", "2018-06-05"],
        ["王试五（兼13900001005）", "男", "测试厅", "队员", "2018-06-05"],
    )
    preview = intake.preview(desk, "roster", path)
    cells = [cell.message for row in preview.intake.rows for cell in row.cells]
    said = [*preview.notes, *cells, *(sentence for _, _, sentence in preview.messages())]
    assert said
    assert not [text for text in said if "13900001" in text]
