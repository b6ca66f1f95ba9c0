"""`appraisal`: a year computed with its trace, the sheets written, ballots keyed and counted, by words alone."""

from pathlib import Path

import pytest

from tests.cli.test_cli import Office
from tests.cli.test_cli_duty import ROWS  # noqa: F401  # the people of the office, for `county`


def asked(office: Office, *words: object) -> int:
    return office("--today", "2019-01-10", "appraisal", *words)


def test_a_year_is_computed_with_its_trace_and_says_the_scheme_is_an_example(county: Office) -> None:
    assert asked(county, "compute", "--year", "2018", "--trace") == 0, county.err
    assert "张三" in county.out
    assert "平时考核 尚缺/10" in county.out
    assert "不是官方规定" in county.out
    assert asked(county, "compute", "--year", "2018", "--json") == 0
    member, team = county.objects()
    assert (member["scheme"], member["proposal"]["level"], team["vocabulary"]) == ("2018-example-3", None, "team")


@pytest.mark.parametrize("step", ["sheet", "routine"])
def test_the_sheets_are_written_as_pdf_and_workbook(county: Office, step: str, tmp_path: Path) -> None:
    pdf, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    assert asked(county, step, "--year", "2018", "--pdf", pdf, "--xlsx", book) == 0, county.err
    assert pdf.read_bytes()[:4] == b"%PDF"
    assert book.read_bytes()[:2] == b"PK"


def test_ballots_are_keyed_twice_and_counted(county: Office) -> None:
    opened = ("round", "--county", "150426", "--year", "2018", "--source", "survey", "--held", "2018-12-20")
    assert asked(county, *opened, "--issued", "1") == 0, county.err
    held = county.out.splitlines()[0]
    for keying in (1, 2):
        assert asked(county, "key", held, 1, keying, "12") == 0, county.err
    assert asked(county, "tally", held) == 0
    assert "计入1张" in county.out


def test_a_county_proposes_and_decides_nothing(county: Office) -> None:
    assert asked(county, "propose", "--year", "2018") == 1
    assert "自治区工作队管理办公室" in county.err
