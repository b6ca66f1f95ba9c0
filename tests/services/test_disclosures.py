"""Whoever shows or takes out personal data in full leaves a line: who, when, what, how many; on this PC alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import MORNING, changed, enter, open_office
from tests.services.exchangers import found, join, people, region
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.leave.leavebooks import calls
from tuopin_desktop.services.office import backups, books, disclosurelist, disclosures, offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registerlists, registers
from tuopin_desktop.services.sheets import intake


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office", clerk="李秀英")
    enter(desk, "王五", phone="13900000001")
    yield desk
    desk.close()


def said(desk: Desk) -> list[tuple[str, str, str, int]]:
    return [(line.by, line.act, line.what, line.rows) for line in disclosures.lines(desk)]


def test_an_exported_roster_is_noted_with_what_it_holds(desk: Desk) -> None:
    intake.export(desk, "roster", reveal=True)
    assert said(desk) == [("李秀英", "导出", "派驻人员花名册（含出生年月、手机）", 1)]
    assert disclosures.lines(desk)[0].at.date() == date(2018, 6, 4)


def test_a_register_without_personal_data_leaves_no_line(desk: Desk) -> None:
    meeting = changed(registers.blank(desk, "meeting"), type="analysis", held=date(2018, 6, 4))
    registers.save(desk, meeting)
    intake.export(desk, "meeting")
    books.pdf(desk, registerlists.printed(desk, "meeting"))
    assert said(desk) == []


def test_conduct_is_noted_when_it_is_opened_printed_and_exported(desk: Desk) -> None:
    posting = registers.rows(desk, "posting")[0]
    incident = changed(registers.blank(desk, "incident"), posting=posting.id, date=date(2018, 6, 3), clause="1")
    clause = next(iter(registerlists.columns_of(type(incident))[2].codes(desk.vocabulary).labels))
    registers.save(desk, changed(incident, clause=clause))
    disclosures.register_shown(desk, "incident")
    books.pdf(desk, registerlists.printed(desk, "incident"))
    books.xlsx(desk, registerlists.printed(desk, "incident"))
    intake.export(desk, "incident", reveal=True)
    assert said(desk)[::-1] == [
        ("李秀英", "显示", "违纪情况", 1),
        ("李秀英", "打印", "违纪情况登记簿（含个人违纪情况）", 1),
        ("李秀英", "导出", "违纪情况登记簿（含个人违纪情况）", 1),
        ("李秀英", "导出", "违纪情况", 1),
    ]


def test_a_number_shown_in_full_is_noted_without_the_number(desk: Desk) -> None:
    person = registers.rows(desk, "person")[0]
    assert isinstance(person, Person)
    disclosures.note_showing(desk, changed(person, id_number="150426197503010011"), "id_number")
    assert said(desk) == [("李秀英", "显示", "王五的公民身份号码", 1)]


def test_an_empty_call_sheet_is_no_disclosure(desk: Desk) -> None:
    books.pdf(desk, calls(desk))
    assert said(desk) == []


def test_lines_are_asked_for_by_day_and_written_as_a_list(desk: Desk, tmp_path: Path) -> None:
    intake.export(desk, "roster", reveal=True)
    assert len(disclosures.lines(desk, date(2018, 6, 4), date(2018, 6, 4))) == 1
    assert disclosures.lines(desk, date(2018, 6, 5)) == []
    assert disclosures.lines(desk, None, date(2018, 6, 3)) == []
    made = disclosurelist.listed(desk)
    assert books.write(desk, tmp_path / "记录.pdf", made).read_bytes()[:4] == b"%PDF"
    assert made.sheet.rows[0][1:3] == ("2018-06-04 17:00", "李秀英")


def test_a_line_can_be_neither_changed_nor_removed_and_survives_reopening(desk: Desk, tmp_path: Path) -> None:
    intake.export(desk, "roster", reveal=True)
    for statement in ("UPDATE disclosure SET by = ''", "DELETE FROM disclosure"):
        with pytest.raises(Exception, match="只能追加"), desk.store.ledger.writing() as cursor:
            cursor.execute(statement)
    with pytest.raises(Exception, match="只能由程序写入"), desk.store.ledger.reading() as cursor:
        cursor.execute("INSERT INTO disclosure(at, by, act, what, rows) VALUES (0, '', '', '', 0)")
    desk.close()
    again = offices.open_desk(tmp_path / "office", FixedClock(MORNING))
    assert len(disclosures.lines(again)) == 1
    assert again.store.audit() == ""
    again.close()


def test_every_package_that_leaves_is_noted_before_it_is_there(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", "150426")
    try:
        join(root, county, tmp_path / "stick")
        people(county, "王五")
        (made,) = packages.make(county, "15", tmp_path / "stick")
        line = disclosures.lines(county)[0]
        assert (line.act, line.what) == ("导出", f"给自治区工作队管理办公室的第{made.number}号数据包（加密）")
        assert line.rows == made.changes > 0
    finally:
        for desk in (root, county):
            desk.close()


def test_packages_and_copies_are_noted_and_the_region_hears_how_often(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", "150426")
    join(root, county, tmp_path)
    (person,) = people(county, "王五")
    disclosures.note_showing(county, registers.get(county, Person, person), "phone")
    backups.make(county)
    packages.take(root, packages.make(county, "15", tmp_path)[0].path)
    packages.undo(root)
    assert {line.act for line in disclosures.lines(county)} == {"收包", "显示", "备份", "导出"}
    assert [line.act for line in disclosures.lines(root)][:2] == ["撤销收包", "收包"]
    rows = disclosurelist.tally_list(root).rows
    assert {(one.office, one.month, one.act, one.count) for one in rows} == {
        ("150426", "2018-06", "receive", 1),
        ("150426", "2018-06", "show", 1),
        ("150426", "2018-06", "copy", 1),
    }
    packages.take(county, packages.make(root, "150426", tmp_path)[0].path)
    assert disclosurelist.tally_list(county).rows == ()
    root.close()
    county.close()


def test_who_saw_whom_is_asked_by_name(desk: Desk) -> None:
    person = registers.rows(desk, "person")[0]
    disclosures.note_showing(desk, person, "phone")
    intake.export(desk, "roster", reveal=True)
    assert [one.what for one in disclosurelist.listed(desk, name="王五").rows] == ["王五的手机"]
    assert len(disclosurelist.listed(desk, name="李秀英").rows) == 2
    assert disclosurelist.listed(desk, name="没有此人").rows == ()
