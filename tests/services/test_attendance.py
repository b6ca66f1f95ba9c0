"""The sheet of attendance in and out: two columns a day or one, matched by name and month, wrong days with reasons."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.columns import columns
from tuopin_desktop.domain.records import Attendance
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office")) as desk:
        desk.clock = FixedClock(datetime(2018, 7, 2, 9))  # June is over: nobody was seen on a day to come
        yield desk


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def taken(desk: Desk, path: Path) -> intake.Counts:
    return intake.confirm(desk, intake.preview(desk, "attendance", path))


def held(desk: Desk) -> list[Attendance]:
    return desk.store.rows(Attendance)


def said(desk: Desk, path: Path) -> list[tuple[int, str, str]]:
    return list(intake.preview(desk, "attendance", path).messages())


TWO = ["姓名", "月份", "1上", "1下", "2上", "2下", "30上", "30下", "31上", "31下"]


def test_a_row_is_a_month_of_one_person(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "张三")
    path = sheet(tmp_path / "a.xlsx", TWO, ["张三", "2018.06", "√", "○", "假", None, "休", "休", None, None])
    assert taken(desk, path).new == 1
    (month,) = held(desk)
    assert (month.id, month.posting, month.month) == (f"{posting.id}/2018-06", posting.id, "2018-06")
    assert (month.d01, month.d02, month.d03, month.d30) == ("vwi/cwi", "oli/", "", "cri/cri")
    assert taken(desk, path).same == 1


def test_two_heading_rows_with_the_days_as_numbers_read_alike(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "张三")
    path = sheet(
        tmp_path / "a.xlsx",
        ["2018年6月考勤表"],
        ["姓名", "月份", 1, None, 2, None],
        [None, None, "上", "下", "上", "下"],
        ["张三", "2018-06", "√", "√", "旷", "?"],
    )
    assert taken(desk, path).new == 1
    assert (held(desk)[0].d01, held(desk)[0].d02) == ("vwi/vwi", "oui/o?i")


@pytest.mark.parametrize("heading", [1, "1", "1日", "1号"])
def test_one_cell_may_be_a_whole_day(desk: Desk, tmp_path: Path, heading: object) -> None:
    enter(desk, "张三")
    path = sheet(tmp_path / "a.xlsx", ["姓名", "月份", heading, "2日"], ["张三", "2018-06", "√", "√○"])
    assert taken(desk, path).new == 1
    assert (held(desk)[0].d01, held(desk)[0].d02) == ("vwi/vwi", "vwi/cwi")


def test_a_sheet_adds_to_what_was_keyed_and_a_same_mark_stays_keyed(desk: Desk, tmp_path: Path) -> None:
    posting = enter(desk, "张三")
    record = Attendance(id=f"{posting.id}/2018-06", posting=posting.id, month="2018-06", d01="vw/vw", d03="cw/cw")
    registers.save(desk, record)
    path = sheet(tmp_path / "a.xlsx", TWO, ["张三", "2018.06", "√", "○", "牧", "牧", None, None, None, None])
    assert taken(desk, path).changed == 1
    assert held(desk) == [changed(record, d01="vw/cwi", d02="pwi/pwi")]


def test_an_export_goes_round_unchanged_and_its_empty_cells_empty(desk: Desk, tmp_path: Path) -> None:
    for name in ("张三", "乌云其其格"):
        posting = enter(desk, name)
        month = Attendance(
            id=f"{posting.id}/2018-06", posting=posting.id, month="2018-06", d01="vw/", d02="cl/pwi", d30="cri/or"
        )
        registers.save(desk, month)
    path = tmp_path / "out.xlsx"
    path.write_bytes(intake.export(desk, "attendance"))
    before = held(desk)
    assert taken(desk, path).same == 2
    assert held(desk) == before
    book = openpyxl.load_workbook(path)
    page = book.active
    place = next(cell for row in page.iter_rows() for cell in row if cell.value == "休")
    place.value = None
    book.save(path)
    assert taken(desk, path).changed == 1
    assert sorted(month.d30 for month in held(desk)) == ["/or", "cri/or"]


def test_marks_and_days_that_cannot_be_are_said_at_their_cells(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "张三", since=date(2018, 6, 2), until=date(2018, 6, 29))
    rows: list[list[object]] = [
        ["张三", "2018.06", None, None, "×", "√", None, None, None, None],
        ["张三", "2018.06", "√", None, None, None, None, None, None, None],
        ["张三", "2018.06", None, None, None, None, None, "√", None, None],
        ["张三", "2018.06", None, None, None, None, None, None, "√", None],
        ["李四", "2018.06", "√", None, None, None, None, None, None, None],
        ["张三", "2018.07", "√", None, None, None, None, None, None, None],
        ["张三", "2018-06-05", "√", None, None, None, None, None, None, None],
    ]
    found = said(desk, sheet(tmp_path / "a.xlsx", TWO, *rows))
    places = [(row, heading) for row, heading, _ in found]
    assert places == [(2, "2上"), (3, "1上"), (4, "30下"), (5, "31上"), (6, "姓名"), (7, "姓名"), (8, "月份")]
    words = "\n".join(sentence for _, _, sentence in found)
    assert "“×”不是考勤符号，请填：√驻村工作、户在农牧户" in words
    assert "2018-06-01在派驻起2018-06-02之前" in words
    assert "2018-06-30在派驻止2018-06-29之后" in words
    assert "2018-06没有31日" in words
    assert "花名册中没有“李四”" in words
    assert "张三在2018-07没有派驻记录" in words
    assert "月份应只写到月" in words


def test_a_month_given_twice_is_refused_the_second_time(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "张三")
    row = ["张三", "2018.06", "√", "√", None, None, None, None, None, None]
    found = said(desk, sheet(tmp_path / "a.xlsx", TWO, row, row))
    assert [(number, "请合为一行" in sentence) for number, _, sentence in found] == [(3, True)]


def test_two_postings_in_a_month_share_the_row_by_their_days(desk: Desk, tmp_path: Path) -> None:
    first = enter(desk, "张三", "deputy", until=date(2018, 6, 2))
    second = changed(first, id=registers.new_id(desk), position="leader", since=date(2018, 6, 2), until=None)
    registers.save(desk, second)
    path = sheet(tmp_path / "a.xlsx", TWO, ["张三", "2018.06", "√", "√", "○", "○", None, None, None, None])
    assert taken(desk, path).new == 1
    assert {month.posting: (month.d01, month.d02) for month in held(desk)} == {
        first.id: ("vwi/vwi", ""),
        second.id: ("", "cwi/cwi"),
    }


def test_a_row_without_a_mark_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    enter(desk, "张三")
    path = sheet(tmp_path / "a.xlsx", TWO, ["张三", "2018.06", *[None] * 8])
    assert taken(desk, path) == intake.Counts(same=1)
    assert held(desk) == []


def test_a_mark_that_is_none_is_not_saved_by_any_way(desk: Desk) -> None:
    posting = enter(desk, "张三")
    month = Attendance(id=f"{posting.id}/2018-06", posting=posting.id, month="2018-06", d01="zz/zz")
    (problem,) = registers.check(desk, month)
    assert (problem.code, problem.fields, problem.article) == ("day", ("d01",), 10)


def test_the_template_asks_for_each_half_once(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(intake.template(desk, "attendance"))
    headings = {str(cell.value).rstrip("*") for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row}
    assert headings >= {column.heading for column in columns("attendance")}
    assert "1" not in headings
