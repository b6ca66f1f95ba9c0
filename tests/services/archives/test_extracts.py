"""An extract for an audit: every record with its paper, days that fit the month, what is masked, made anew (E10)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.services.archives import termoffice
from tests.services.archives.termoffice import ONE, OTHER, Term, came, put
from tests.services.desks import changed, enter
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attachment, Attendance, Extract, LeaveSlip, Person, Posting
from tuopin_desktop.services.archives import extracts
from tuopin_desktop.services.archives.extracts import Request
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.registers import registers


@pytest.fixture
def term(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Term]:
    made = termoffice.build(tmp_path_factory.mktemp("term") / "o")
    desk = made.desk
    came(desk, _month(made.two[0], "2019-02", {f"d{day:02d}": "vw/vw" for day in range(1, 31)}))
    came(desk, _month(made.recalled, "2019-03", {"d04": "vw/vw", "d05": "cl/cl"}))
    slip = LeaveSlip(
        id=registers.new_id(desk, ONE),
        posting=made.recalled.id,
        number="2019-0007",
        form="member",
        name="李四",
        phone="13912345678",
        period="2019-03-04am/2019-03-05pm",
        sheet_back=date(2019, 3, 6),
    )
    put(desk, slip)
    successor = enter(desk, "周八", county=ONE, since=date(2019, 3, 21), id_number="")
    put(desk, changed(successor, replaces=made.recalled.id))
    with closing(desk):
        yield made


def _month(posting: Posting, month: str, days: dict[str, Any]) -> Record:
    return Attendance(id=f"{posting.id}/{month}", posting=posting.id, month=month, **days)


def asked(term: Term, *, full: bool = False, kinds: tuple[str, ...] = ()) -> Request:
    persons = (term.two[0].person, term.recalled.person, term.back[0].person)
    first, last = date(2018, 12, 1), date(2019, 5, 31)
    whole = Request(asked_by="旗委巡察组", basis="巡察函〔2021〕1号", persons=persons, first=first, last=last)
    request: Request = changed(whole, kinds=kinds, full=full)
    return request


def sheet(folder: Path, name: str) -> list[tuple[str, ...]]:
    book = openpyxl.load_workbook(folder / "目录.xlsx")
    return [tuple(str(cell) for cell in row if cell is not None) for row in book[name].iter_rows(values_only=True)]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_the_index_lists_every_record_with_its_paper_scan_or_no_paper(term: Term, tmp_path: Path) -> None:
    taken = extracts.take(term.desk, tmp_path, asked(term))
    assert taken.folder.name == "提取〔2021〕1号-旗委巡察组"
    index = sheet(taken.folder, "目录")
    lines = [row for row in index if row[0].isdecimal()]
    assert len(lines) == taken.record.records
    kinds = [row[2] for row in lines]
    assert kinds.count("人员") == 3
    assert kinds.count("派驻") == 3  # one of the six lies behind the six months, and one person is not asked for
    assert kinds.count("请假报备单") == 1
    slip = next(row for row in lines if row[2] == "请假报备单")
    assert slip[-1] == "纸质：2019-0007，签字原件已收回"
    assert all(row[-1].startswith(("纸质", "扫描件", "没有纸")) for row in lines)
    assert any(row[-1] == "没有纸" for row in lines if row[2] == "考勤")


def test_days_fit_the_month_in_every_row_and_thirty_days_of_february_are_found(term: Term, tmp_path: Path) -> None:
    folder = extracts.take(term.desk, tmp_path, asked(term)).folder
    rows = [row for row in sheet(folder, "天数和补助") if row[-1] in ("是", "否")]
    assert {(row[0], row[2]) for row in rows if row[-1] == "否"} == {("王海", "2019年2月")}
    assert all(float(row[5]) <= float(row[3]) for row in rows if row[-1] == "是")
    said = {(row[0], row[2]): "" for row in rows}
    for row in sheet(folder, "差异"):
        said[(row[0], row[2] if len(row) > 2 else "")] = (
            said.get((row[0], row[2] if len(row) > 2 else ""), "") + row[-1]
        )
    february = said[("王海", "2019年2月")]
    assert "2月没有29、30日，却有考勤登记" in february
    assert "出勤30天，多于当月28天" in february
    march = said[("李四", "2019年3月")]
    assert "报备单2019-0007请假期间有1天登记在岗" in march
    assert "补助天数中有1天登记为请假或无正当理由" in march


def test_what_is_masked_and_why_is_said_and_no_personal_value_leaves(term: Term, tmp_path: Path) -> None:
    folder = extracts.take(term.desk, tmp_path, asked(term)).folder
    masked = sheet(folder, "遮盖说明")
    assert any(row[0] == "人员" and "公民身份号码" in row[1] and "没有要求完整" in row[2] for row in masked)
    words = "".join("".join(row) for name in ("人员", "请假报备单") for row in sheet(folder, name))
    number = registers.get(term.desk, Person, term.two[0].person).id_number
    assert number not in words
    assert "13912345678" not in words
    full = extracts.take(term.desk, tmp_path, asked(term, full=True)).folder
    assert number in "".join("".join(row) for row in sheet(full, "人员"))
    assert "含个人信息" in disclosures.lines(term.desk)[0].what


def test_an_extract_is_logged_and_made_again_byte_by_byte_whatever_is_written_since(term: Term, tmp_path: Path) -> None:
    desk = term.desk
    taken = extracts.take(desk, tmp_path / "a", asked(term, kinds=("person", "posting", "attendance")))
    came(desk, _month(term.recalled, "2019-01", {"d07": "vw/vw"}))
    person = registers.get(desk, Person, term.recalled.person)
    put(desk, changed(person, post="改过的职务"))
    came(desk, _month(term.two[0], "2019-02", {"d01": "ol/ol"}))
    again = extracts.remake(desk, taken.record.number, tmp_path / "b")
    assert bytes_of(again.folder) == bytes_of(taken.folder)
    assert extracts.extracts(desk)[0] == taken.record
    later = extracts.take(desk, tmp_path / "c", asked(term, kinds=("person", "posting", "attendance")))
    assert bytes_of(later.folder)["目录.xlsx"] != bytes_of(taken.folder)["目录.xlsx"]
    with pytest.raises(Refused, match="没有编号"):
        extracts.remake(desk, "提取〔2021〕99号", tmp_path / "d")


def test_an_extract_needs_who_asks_on_what_basis_and_of_whom(term: Term, tmp_path: Path) -> None:
    before = len(term.desk.store.rows(Extract))
    whole = asked(term)
    for wrong, words in (
        ({"asked_by": " "}, "提取单位"),
        ({"basis": ""}, "依据"),
        ({"basis": "长" * 201}, "依据"),
        ({"asked_by": "长" * 101}, "提取单位"),
        ({"persons": ()}, "人员"),
        ({"last": date(2018, 1, 1)}, "先后"),
        ({"kinds": ("user",)}, "没有“user”这一类"),
    ):
        with pytest.raises(Refused, match=words):
            extracts.take(term.desk, tmp_path, changed(whole, **wrong))
    assert len(term.desk.store.rows(Extract)) == before
    assert not list(tmp_path.iterdir())


def test_both_teams_of_a_person_and_nobody_elses_records(term: Term, tmp_path: Path) -> None:
    span = {"first": date(2018, 1, 1), "last": date(2021, 1, 1)}
    request = changed(asked(term), persons=(term.two[0].person,), **span)
    folder = extracts.take(term.desk, tmp_path, request).folder
    posted = sheet(folder, "派驻")
    assert sum("王海" in row for row in posted) == 2
    assert not any("李四" in row for row in sheet(folder, "目录"))
    assert {ONE, OTHER} == {one.county for one in term.two}
    assert not term.desk.store.rows(Attachment)


def test_a_successor_is_not_told_with_whom_he_replaced(term: Term, tmp_path: Path) -> None:
    folder = extracts.take(term.desk, tmp_path, asked(term)).folder
    assert sum(row[2] == "派驻" for row in sheet(folder, "目录") if row[0].isdecimal()) == 3
    assert not any("周八" in row for row in sheet(folder, "派驻"))
