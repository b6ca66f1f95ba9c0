"""The report of a posting batch: exceptions first, groups of columns that add up, leagues with the row of the whole."""

import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import cohorts
from tuopin_desktop.services.registers import registers

WHOLE = {
    "sex": "1", "ethnicity": "02", "political": "01", "education": "21", "health": "good", "unit": "自治区林业厅",
    "phone": "13900000000", "source_level": "region", "local_post": "旗委副书记",
}  # fmt: skip


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path, level="region")) as desk:
        enter(desk, "全的", **WHOLE)
        enter(desk, "老的", birth="1965-02", **{**WHOLE, "sex": "2", "ethnicity": "01"})
        posting = enter(desk, "放宽的", county="150125", birth="1968-02", reserve=True, **WHOLE)
        enter(desk, "缺的", county="150125", **{**WHOLE, "education": ""})
        registers.save(desk, Person(id=registers.new_id(desk), name="候选人", birth="1970-05", rank="section"))
        registers.save(desk, changed(posting, paper="内组通字〔2018〕12号", relaxation_paper="内组〔2018〕9号"))
        yield desk


def rows(desk: Desk, name: str) -> dict[str, tuple[object, ...]]:
    sheet = cohorts.report(desk).sheets[name]
    assert len({len(row) for row in (*sheet.rows, *sheet.totals)} | {len(sheet.columns)}) == 1
    return {str(row[0]): row[1:] for row in (*sheet.rows, *sheet.totals)}


def test_exceptions_are_counted_by_league_with_their_sum(region: Desk) -> None:
    found = rows(region, "例外情况")
    assert list(found) == ["呼和浩特市", "赤峰市", "未派驻", "合计"]
    # people, none, over, relaxed, border, education and health, to be filled in
    assert found["呼和浩特市"] == (2, 0, 0, 1, 0, 0, 1)
    assert found["赤峰市"] == (2, 1, 1, 0, 0, 0, 0)
    assert found["未派驻"] == (1, 0, 0, 0, 1, 0, 1)
    assert found["合计"] == (5, 1, 1, 1, 1, 0, 2)


def test_exceptions_are_named_gravest_first(region: Desk) -> None:
    sheet = cohorts.report(region).sheets["例外名单"]
    assert [(row[1], row[5]) for row in sheet.rows] == [
        ("老的", "超过年龄线"), ("放宽的", "放宽年龄"), ("候选人", "临界"), ("缺的", "信息待补"), ("候选人", "信息待补")
    ]  # fmt: skip


@pytest.mark.parametrize("name", list(cohorts.GROUPS))
def test_every_group_of_columns_adds_up_to_the_people(region: Desk, name: str) -> None:
    for line in rows(region, name).values():
        people, counts, at = line[0], line[1:], 0
        for group in cohorts.GROUPS[name]:
            part = counts[at : at + len(group.columns)]
            assert sum(part) == people  # type: ignore[arg-type]  # counts are whole numbers
            at += len(group.columns)


def test_a_batch_is_those_of_a_document_or_from_a_day_on(region: Desk) -> None:
    chosen = cohorts.members(region, cohorts.batch(region, paper="2018〕12号"))
    assert len(chosen) == 1
    assert len(cohorts.batch(region, since=date(2018, 6, 1))) == 4
    assert cohorts.batch(region, since=date(2018, 6, 2)) == []
    with pytest.raises(Refused):
        cohorts.report(region, [])


def test_paper_and_workbook_hold_the_same_lists(region: Desk, tmp_path: Path) -> None:
    made = cohorts.report(region)
    assert books.write(region, tmp_path / "批次.pdf", made).read_bytes().startswith(b"%PDF")
    book = CalamineWorkbook.from_object(io.BytesIO(books.xlsx(region, made)))
    assert list(book.sheet_names)[: len(made.sheets)] == list(made.sheets)


def test_a_county_reports_by_county(tmp_path: Path) -> None:
    with closing(open_office(tmp_path)) as desk:
        enter(desk, "全的", **WHOLE)
        assert list(rows(desk, "例外情况")) == ["翁牛特旗", "合计"]
