"""`report` on the command line: files by their ending, both kinds into a folder, refusals in one line."""

import io
from pathlib import Path

from tests.documents.conftest import by_pdfplumber
from tests.documents.wordfiles import paragraphs
from tuopin_desktop.cli.main import run


def said(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return run(words, out, err), out.getvalue(), err.getvalue()


def office(tmp_path: Path) -> tuple[str, ...]:
    folder = str(tmp_path / "office")
    assert said("--office", folder, "init", "--level", "county", "--county", "150426")[0] == 0
    return ("--office", folder, "--today", "2019-06-03")


def test_a_circular_is_written_as_what_its_name_says_or_as_both(tmp_path: Path) -> None:
    start = (*office(tmp_path), "report", "circular", "--month", "2019-05")
    code, out, _ = said(*start, "--number", "内脱工办〔2019〕5号", str(tmp_path / "out"))
    assert code == 0
    assert [line.rpartition("/")[2] for line in out.splitlines()[:2]] == ["出勤通报2019-05.pdf", "出勤通报2019-05.docx"]
    pages = by_pdfplumber((tmp_path / "out" / "出勤通报2019-05.pdf").read_bytes())
    assert "内脱工办〔2019〕5号" in pages[0]
    assert said(*start, str(tmp_path / "one.docx"))[0] == 0
    assert any("没有在派人员" in words for words in paragraphs((tmp_path / "one.docx").read_bytes()))


def test_what_cannot_be_reported_is_refused_in_one_line(tmp_path: Path) -> None:
    start = (*office(tmp_path), "report", "circular", "--month")
    assert said(*start, "2019-07", str(tmp_path / "x.pdf"))[::2] == (1, "2019-07还没有开始，没有情况可以通报。\n")
    code, _, error = said(*start, "2019-05", str(tmp_path / "x.xlsx"))
    assert (code, error.count("\n")) == (1, 1)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_year_is_reported_frozen_and_made_again_from_its_snapshot(tmp_path: Path) -> None:
    start = (*office(tmp_path), "report")
    code, out, error = said(*start, "annual", "--year", "2019", str(tmp_path / "first"))
    assert (code, error) == (0, "")
    names = [line.rpartition("/")[2] for line in out.splitlines()[:3]]
    assert names == ["2019年度工作报告.docx", "2019年度工作报告.pdf", "2019年度工作报告.xlsx"]
    number = out.split("核对码 ")[1].partition("\n")[0]
    assert number in said(*start, "snapshots")[1]
    code, out, _ = said(*start, "annual", "--snapshot", number.replace(" ", ""), str(tmp_path / "again"))
    assert code == 0
    assert "各项数字都相同" in out
    for name in names:
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "first" / name).read_bytes()
    assert "各项数字都相同" in said(*start, "differences", number)[1]


def test_a_snapshot_nobody_took_or_a_year_to_come_is_refused(tmp_path: Path) -> None:
    start = (*office(tmp_path), "report")
    assert said(*start, "differences", "abc")[0] == 1
    code, _, error = said(*start, "annual", "--year", "2031", str(tmp_path / "x"))
    assert (code, error.count("\n")) == (1, 1)
    assert not (tmp_path / "x").exists()


def test_a_years_charts_are_written_and_every_figure_said(tmp_path: Path) -> None:
    start = (*office(tmp_path), "report", "charts", "--year")
    code, out, error = said(*start, "2019", str(tmp_path / "charts.pdf"))
    assert (code, error) == (0, "")
    assert out.splitlines()[0].endswith("charts.pdf")
    assert "2019年履职情况图" in by_pdfplumber((tmp_path / "charts.pdf").read_bytes())[0]
    assert said(*start, "2031", str(tmp_path / "x.pdf"))[0] == 1
