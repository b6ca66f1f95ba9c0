"""Sheets of the region office: rows go to the county they name, and a round trip changes nothing."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.columns import all_columns
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake


def sheet(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def taken(desk: Desk, kind: str, path: Path) -> intake.Counts:
    return intake.confirm(desk, intake.preview(desk, kind, path))


def test_the_region_offices_rows_belong_to_the_county_they_name(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "r", level="region")) as desk:
        path = sheet(
            tmp_path / "花名册.xlsx",
            ["姓名", "性别", "派驻旗县", "队内职务", "派驻时间"],
            ["甲某", "男", "翁牛特旗", "队长", "2018-06-01"],
            ["乙某", "男", "阿鲁科尔沁旗", "队长", "2018-06-01"],
            ["丙某", "男", "不知道旗", "队长", "2018-06-01"],
        )
        assert taken(desk, "roster", path) == intake.Counts(new=2, rejected=1)
        owners = {person.name: ids.owner(person.id) for person in registers.rows(desk, "person")}  # type: ignore[attr-defined]  # rows of people are people
        assert owners == {"甲某": "150426", "乙某": "150421"}


def test_a_region_person_without_a_county_is_asked_for_one(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "r", level="region")) as desk:
        path = sheet(tmp_path / "人员.xlsx", ["姓名", "性别", "派出单位"], ["甲某", "男", "某厅"])
        preview = intake.preview(desk, "person", path)
        assert preview.counts.rejected == 1
        assert "所属旗县" in next(iter(preview.messages()))[2]


def test_every_export_of_a_region_office_comes_back_unchanged(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "r", level="region")) as desk:
        enter(desk, "甲某", "leader", county="150426")
        posting = enter(desk, "乙某", county="150421")
        registers.delete(desk, "posting", posting.id)
        for kind in ("roster", "person", "posting", "team", "county", "office"):
            path = files.write(desk, tmp_path / f"{kind}.xlsx", intake.export(desk, kind, reveal=True))
            counts = taken(desk, kind, path)
            assert (counts.new, counts.changed, counts.rejected) == (0, 0, 0), (kind, counts)


def test_a_slip_on_the_wrong_form_stays_as_it_was_printed(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        drafted = leave.draft(desk, enter(desk, "甲某", "leader").id)
        said = {"place": "呼和浩特市", "period": "2018-06-05am/2018-06-08pm", "reason": "看病"}
        slip = registers.save(desk, changed(drafted, form="member", number="2018-0001", **said))
        path = files.write(desk, tmp_path / "报备单.xlsx", intake.export(desk, "leave_slip", reveal=True))
        assert taken(desk, "leave_slip", path) == intake.Counts(same=1)
        assert registers.get(desk, "leave_slip", slip.id) == slip


def test_a_person_who_is_not_born_yet_is_refused(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        path = sheet(
            tmp_path / "人员.xlsx",
            ["姓名", "出生年月", "派出单位"],
            ["甲某", "2018.07", "某厅"],
            ["乙某", "2018.06", "某厅"],
        )
        assert taken(desk, "person", path) == intake.Counts(new=1, rejected=1)
        with pytest.raises(Refused, match="在今天之后"):
            enter(desk, "丙某", birth="2018-06-05")


def test_a_county_cannot_import_its_neighbours_people(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        path = sheet(
            tmp_path / "花名册.xlsx",
            ["姓名", "性别", "派驻旗县", "队内职务", "派驻时间"],
            ["甲某", "男", "阿鲁科尔沁旗", "队长", "2018-06-01"],
        )
        preview = intake.preview(desk, "roster", path)
        assert preview.counts.rejected == 1
        assert "无权修改" in next(iter(preview.messages()))[2]
        assert intake.confirm(desk, preview).new == 0
        assert registers.rows(desk, "person") == []


def test_columns_assigned_anew_are_read_from_the_sheet_they_were_found_on(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        book = openpyxl.Workbook()
        book.active.append(["填报说明"])
        for line in (["姓名", "性别", "派出单位", "小名"], ["甲某", "男", "某厅", "某某中学"]):
            (book["人员"] if "人员" in book.sheetnames else book.create_sheet("人员")).append(line)
        book.save(tmp_path / "人员.xlsx")
        first = intake.preview(desk, "person", tmp_path / "人员.xlsx")
        assert first.sheet == "人员"
        school = next(item for item in all_columns("person") if item.name == "school")
        header = first.intake.header.assign(3, school)
        again = intake.preview(desk, "person", tmp_path / "人员.xlsx", header, first.sheet)
        assert again.sheet == "人员"
        assert again.plans[0].row.values["person.school"] == "某某中学"
        with pytest.raises(Refused, match="已经没有工作表“没有”"):
            intake.preview(desk, "person", tmp_path / "人员.xlsx", header, "没有")


def test_confirming_twice_doubles_nothing(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        path = sheet(
            tmp_path / "花名册.xlsx",
            ["姓名", "性别", "队内职务", "派驻时间"],
            ["甲某", "男", "队长", "2018-06-01"],
            ["乙某", "女", "副队长", "2018-06-01"],
        )
        preview = intake.preview(desk, "roster", path)
        intake.confirm(desk, preview)
        intake.confirm(desk, preview)
        assert len(registers.rows(desk, "person")) == len(registers.rows(desk, "posting")) == 2


def test_an_empty_cell_means_not_stated_unless_the_row_names_its_record(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        enter(desk, "甲某", "leader", unit="某厅", phone="13900000000")
        head = ["姓名", "派出单位", "手机", "队内职务", "派驻时间"]
        path = sheet(tmp_path / "a.xlsx", head, ["甲某", "某厅", "", "队长", "2018-06-01"])
        assert taken(desk, "roster", path) == intake.Counts(same=1)
        person = registers.rows(desk, "person")[0]
        path = sheet(tmp_path / "b.xlsx", ["姓名", "性别", "手机", "记录号"], ["甲某", "男", "", person.id])
        assert taken(desk, "person", path) == intake.Counts(changed=1)
        assert registers.rows(desk, "person")[0].phone == ""  # type: ignore[attr-defined]  # rows of people are people


def test_a_sheet_without_a_heading_and_a_file_that_is_none_are_refused_in_words(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        with pytest.raises(Refused, match="表头"):
            intake.preview(desk, "roster", sheet(tmp_path / "a.xlsx", ["甲", "乙"], [1, 2]))
        (tmp_path / "b.xlsx").write_bytes(b"PK\x05\x06" + b"\0" * 18)
        with pytest.raises(Trouble):
            intake.preview(desk, "roster", tmp_path / "b.xlsx")


def test_the_correction_workbook_has_the_bad_rows_of_every_table(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "c")) as desk:
        head = ("姓名", "性别", "民族", "派出单位")
        book = openpyxl.Workbook()
        for name, rows in {"水利厅": ["甲某"], "农牧厅": ["乙某", "丙某"], "教育厅": ["丁某"]}.items():
            page = book.create_sheet(name)
            page.append(head)
            for who in rows:
                page.append((who, "男", "汉" if name == "教育厅" else "火星族", name))
        book.remove(book.worksheets[0])
        book.save(tmp_path / "三张.xlsx")
        seen = intake.preview(desk, "person", tmp_path / "三张.xlsx", answers={"sheets": "all"})
        assert (seen.counts.new, seen.counts.rejected) == (1, 3)
        target = files.write(desk, tmp_path / "更正.xlsx", intake.rejects(desk, seen))
        written = openpyxl.load_workbook(target)
        assert written.sheetnames == ["水利厅", "农牧厅"]
        text = [str(cell) for page in written for row in page.iter_rows(values_only=True) for cell in row]
        assert {"甲某", "乙某", "丙某"} <= set(text)
        assert "丁某" not in text
        again = intake.preview(desk, "person", target, answers={"sheets": "all"})
        assert again.counts.rejected == 3, "it can be mended and imported again"


@pytest.mark.parametrize(
    ("since", "until", "action"), [("2018-07-05", "", "error"), ("2018-03-01", "2018-05-31", "new")]
)
def test_only_a_posting_that_ends_before_may_stand_beside_an_open_one(
    tmp_path: Path, since: str, until: str, action: str
) -> None:
    heads = ["姓名", "性别", "队内职务", "派驻起", "派驻止"]
    with closing(open_office(tmp_path / "c")) as desk:
        first = sheet(tmp_path / "1.xlsx", heads, ["甲某", "男", "队长", "2018-06-05", ""])
        assert taken(desk, "roster", first) == intake.Counts(new=1)
        second = sheet(tmp_path / "2.xlsx", heads, ["甲某", "男", "队员", since, until])
        plans = intake.preview(desk, "roster", second).plans
        assert [plan.action for plan in plans] == [action]
        assert all("2018-06-05" in text for text in plans[0].row.problems)
