"""Merged cells of a sheet: a mark over several days is each day's, a slip over several rows is asked about."""

import pytest

from tuopin_desktop.documents.grids import Grid
from tuopin_desktop.domain.intake import Header, find_header
from tuopin_desktop.services.sheets.sightings import sight


def test_a_mark_merged_over_days_counts_for_each_and_is_told() -> None:
    rows: list[list[object]] = [["2018年7月考勤表", "", "", ""], ["姓名", 1, 2, 3, 4], ["王试一", "假", "", "", "√"]]
    grid = Grid("7月", rows, merged=((2, 1, 2, 3),))
    header = find_header(rows, "attendance")
    assert isinstance(header, Header)
    sighting = sight(grid, header, {}, "", ())
    assert sighting.rows[2] == ["王试一", "假", "假", "假", "√"]
    assert any("第3行" in note and "合并" in note for note in sighting.notes)


@pytest.mark.parametrize(("columns", "rows"), [((0, 1), {2, 3}), ((0,), set()), ((1,), set()), ((0, 1, 3), set())])
def test_a_slip_over_several_rows_is_asked_about(columns: tuple[int, ...], rows: set[int]) -> None:
    cells: list[list[object]] = [
        ["姓名", "填表日期", "外出地点", "请假起止时间", "请假事由"],
        ["王试一", "2018-07-01", "赤峰市", "2018-07-10", "看病"],
        ["王试一", "2018-07-01", "赤峰市", "2018-07-12", "看病"],
    ]
    grid = Grid("表", cells, merged=tuple((1, place, 2, place) for place in columns))
    header = find_header(cells, "leave_slip")
    assert isinstance(header, Header)
    asked = [one for one in sight(grid, header, {}, "", ()).questions if one.code == "merged"]
    assert [one.rows for one in asked] == ([rows] if rows else [])
    assert not sight(grid, header, {"merged": "take"}, "", ()).questions


@pytest.mark.parametrize(("second", "count"), [("13911112222", 1), ("13900001004", 0), ("", 0)])
def test_two_columns_of_one_meaning_are_asked_about_where_they_differ(second: str, count: int) -> None:
    rows: list[list[object]] = [["姓名", "性别", "手机", "手机号码"], ["王试四", "男", "13900001004", second]]
    header = find_header(rows, "person")
    assert isinstance(header, Header)
    assert len(sight(Grid("表", rows), header, {}, "", ()).questions) == count
