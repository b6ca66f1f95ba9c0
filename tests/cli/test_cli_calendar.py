"""Holidays on the command line: a notice comes from a file, and a year that does not add up is refused."""

from pathlib import Path

import pytest

from tests.cli.test_cli import Office

DAYS = """日期,放假或上班,放假类别,节日名称
2027-02-09,放假,调休放假,春节
2027-02-10,放假,调休放假,春节
2027-02-11,放假,调休放假,春节
2027-02-20,上班,调休上班,春节
2027-05-03,放假,补假,劳动节
2027-05-04,放假,补假,劳动节
2027-10-04,放假,补假,国庆节
2027-10-05,放假,补假,国庆节
"""
YEAR = "年度,通知文号,已核对\n2027,国办发明电〔2026〕9号,是\n"


@pytest.fixture
def region(tmp_path: Path) -> Office:
    office = Office(tmp_path / "office")
    assert office("init", "--level", "region") == 0, office.err
    (tmp_path / "日.csv").write_text(DAYS, encoding="utf-8")
    (tmp_path / "年.csv").write_text(YEAR, encoding="utf-8")
    return office


def test_a_notice_is_imported_days_first(region: Office, tmp_path: Path) -> None:
    assert region("import", "calendar_year", tmp_path / "年.csv") == 1
    assert "与调休上班0天、法定节假日逢周末6天之和6天不符" in region.out
    assert region("import", "calendar_day", tmp_path / "日.csv") == 0, region.out
    assert region("import", "calendar_year", tmp_path / "年.csv") == 0, region.out
    assert region("list", "calendar_day", "--json", "--where", "nature=调休上班") == 0
    assert [row["id"] for row in region.objects()] == ["15/2027-02-20"]
    assert region("export", "calendar_day", tmp_path / "out.xlsx") == 0
    assert region("import", "calendar_day", tmp_path / "out.xlsx") == 0
    assert "无变化8行" in region.out


def test_a_county_cannot_take_the_notice_as_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path / "county")
    office("init", "--level", "county", "--county", "150426")
    (tmp_path / "日.csv").write_text(DAYS, encoding="utf-8")
    assert office("import", "calendar_day", tmp_path / "日.csv") == 1
    assert "旗县只登记地方假日" in office.out
    assert office("list", "calendar_day", "--json") == 0
    assert office.objects() == []
