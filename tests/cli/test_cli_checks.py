"""`spotcheck`: a draw that proves itself, the sheet, a finding from record to closed."""

from pathlib import Path

from tests.cli.test_cli import Office
from tests.cli.test_cli_ruling import ROWS  # noqa: F401  # the people of the office, for `county`

DAY = ("--today", "2018-07-10")


def test_a_draw_prints_its_seed_and_is_proved(county: Office, tmp_path: Path) -> None:
    assert county(*DAY, "spotcheck", "draw", "--of", "person", "--count", "1", "--seed", "6", "--json") == 0, county.err
    (made,) = county.objects()
    assert (made["seed"], made["method"]) == ("6", "sha256-1")
    assert county(*DAY, "spotcheck", "prove", made["id"], "--pdf", tmp_path / "p.pdf") == 0, county.err
    assert "结果与记录一致" in county.out
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    sheet = (*DAY, "spotcheck", "sheet", "--draw", made["id"], "--pdf", tmp_path / "s.pdf")
    assert county(*sheet) == 0, county.err
    assert county(*DAY, "spotcheck", "prove", "150426/none") == 1
    assert "找不到" in county.err


def test_a_finding_is_recorded_put_right_and_closed(county: Office) -> None:
    record = ("record", "--manner", "covert", "--found", "not_found", "--checker", "李主任", "--finding", "不在村")
    assert county(*DAY, "spotcheck", *record, "--person", "张三", "--json") == 0, county.err
    (check,) = county.objects()
    assert county(*DAY, "spotcheck", "list", "--pending") == 0
    assert "待整改" in county.out
    assert "张三 不在岗" in county.out
    short = check["id"].partition("/")[2][:8]
    assert county(*DAY, "spotcheck", "rectify", short, "--words", "已批评教育", "--by", "王海") == 0, county.err
    assert county(*DAY, "spotcheck", "close", short, "--by", "李主任", "--json") == 0, county.err
    assert county.objects()[0]["closed"] == "2018-07-10"
    assert county(*DAY, "spotcheck", "list", "--pending", "--json") == 0
    assert county.objects() == []
    assert county(*DAY, "spotcheck", "list", "--coverage", "--json") == 0
    (one,) = county.objects()
    assert (one["last"], one["unseen"]) == ("2018-07-10", ["乌云其其格"])


def test_an_unknown_person_is_refused_with_those_there_are(county: Office) -> None:
    record = ("record", "--manner", "open", "--found", "on_post", "--checker", "李主任", "--person", "王五")
    assert county(*DAY, "spotcheck", *record) == 1
    assert "现有：乌云其其格、张三" in county.err


def test_evidence_is_listed_explained_and_counted_by_check(county: Office) -> None:
    assert county("list", "posting", "--json") == 0
    posting = county.objects()[0]["id"]
    record = ("record", "--manner", "covert", "--found", "on_leave", "--checker", "李主任", "--person", posting)
    assert county(*DAY, "spotcheck", *record) == 0, county.err
    assert county(*DAY, "evidence", "list", "--json") == 0, county.err
    (one,) = county.objects()
    assert (one["kind"], one["rule"], one["state"]) == ("check_excused", "A10-1-08", "open")
    assert len(one["sides"]) == 2
    assert county(*DAY, "check", "--rule", "A10-1-*", "--json") == 0
    assert county.objects()[0]["subject"] == f"contradiction:{one['key']}"
    assert county(*DAY, "evidence", "explain", one["key"], "--words", "已补报备单", "--by", "王海") == 0, county.err
    assert county(*DAY, "evidence", "list") == 0
    assert county.out == "列出0条。证据疑点共1条，已说明1条。\n"
    assert county(*DAY, "evidence", "list", "--all") == 0
    assert "王海说明：已补报备单" in county.out
    assert county(*DAY, "evidence", "reopen", one["key"], "--words", "请附证明") == 1
    assert "只能由自治区" in county.err
