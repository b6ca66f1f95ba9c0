"""Logs, notes and the ledger by words: written, listed, drafted, carried over, printed."""

from pathlib import Path

import pytest

from tests.cli.test_cli import ROWS, Office, roster_file


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    assert made("init", "--level", "county", "--county", "150426", "--clerk", "李秀英") == 0
    assert made("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2])) == 0
    return made


def journal(office: Office, *words: object) -> int:
    return office("--today", "2018-06-20", "journal", *words)


def test_a_log_is_written_listed_and_drafted_into_a_note(office: Office) -> None:
    said = ("--on", "2018-06-12", "--place", "乌丹镇", "--kind", "入户", "--households", "5")
    assert journal(office, "log", "张三", "核对收入", *said) == 0, office.err
    assert journal(office, "log", "张三", "--on", "2018-06-13", "--seen-by", "王五") == 0, office.err
    assert journal(office, "week", "2018-W24") == 0
    assert "2018-06-12\t张三\t乌丹镇\t核对收入" in office.out
    assert "日志2篇" in office.out
    assert office("list", "daily_log", "--json") == 0
    assert [row["place_kind"] for row in office.objects()] == ["household", ""]
    assert journal(office, "draft", "2018-W24", "--keep") == 0
    assert journal(office, "draft", "2018-W24", "--keep") == 1
    assert "没有覆盖" in office.err
    assert office("list", "weekly_note", "--json") == 0
    assert "张三：乌丹镇，走访5户，核对收入。" in office.objects()[0]["text"]


def test_the_ledger_is_opened_carried_and_finished(office: Office) -> None:
    assert journal(office, "ledger", "--add", "修路", "--person", "张三", "--due", "2018-06-15") == 1
    assert "完成时限早于立项日期" in office.err
    assert journal(office, "ledger", "--add", "修路", "--person", "张三") == 0, office.err
    assert journal(office, "carry") == 0
    assert "已结转1项到2018年第26周" in office.out
    assert journal(office, "ledger", "--json") == 0
    (row,) = office.objects()
    assert (row["owner"], row["week"], row["carried"]) == ("张三", "2018-W26", 1)
    assert journal(office, "ledger", "--finish", row["id"], "--result", "已修通") == 0, office.err
    assert journal(office, "carry") == 0
    assert "没有需要结转" in office.out


@pytest.mark.parametrize("kind", ["log", "note", "ledger"])
def test_everything_is_printed(office: Office, tmp_path: Path, kind: str) -> None:
    assert journal(office, "log", "张三", "走访") == 0
    pdf, xlsx = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    assert journal(office, "print", kind, "--pdf", pdf, "--xlsx", xlsx) == 0, office.err
    assert pdf.read_bytes()[:5] == b"%PDF-"
    assert xlsx.stat().st_size > 1000
    assert journal(office, "print", kind, "--blank", "--pdf", pdf) == 0, office.err
    assert journal(office, "print", kind) == 0


@pytest.mark.parametrize(
    "words",
    [
        ("log", "无此人", "走访"),
        ("log", "张三"),
        ("log", "张三", "走访", "--kind", "天上"),
        ("week", "2018-W54"),
        ("week", "2018-W24", "--county", "武川县"),
        ("carry", "--to", "moon"),
        ("ledger", "--finish", "150426/none"),
        ("print", "log", "--month", "2018-13"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(office: Office, words: tuple[str, ...]) -> None:
    if words[0] == "carry":
        assert journal(office, "ledger", "--add", "修路") == 0
    assert journal(office, *words) == 1
    assert office.err.count("\n") == 1
