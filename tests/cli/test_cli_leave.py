"""The leave desk on the command line: every stroke, its refusals, and the books."""

import json
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from tests.cli.test_cli import ROWS, Office, roster_file

SLIPS = (
    ["姓名", "填表日期", "外出地点", "请假起止时间", "请假事由", "假别"],
    ["乌云其其格", "2018-06-04", "呼和浩特市", "2018-06-05至2018-06-08", "参加会议", "因公外出"],
    ["张三", "2018-06-04", "赤峰市", "2018-06-05下午至2018-06-06", "看病", "病假"],
)


@pytest.fixture
def desk(tmp_path: Path) -> Office:
    office = Office(tmp_path / "office")
    office("init", "--level", "county", "--county", "150426")
    office("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2]))
    book = openpyxl.Workbook()
    for row in SLIPS:
        book.active.append(row)
    book.save(tmp_path / "请假.xlsx")
    assert office("import", "leave_slip", tmp_path / "请假.xlsx", "--answer", "history=new") == 0, office.err
    return office


def state(office: Office, *words: str, today: str = "2018-06-06") -> dict:
    assert office("--today", today, "leave", *words, "--json") == 0, office.err
    return json.loads(office.out.splitlines()[-1])


def test_a_members_slip_from_ink_to_the_return(desk: Office) -> None:
    number = "2018-0002"
    assert state(desk, "story", number)["paper"] == "draft"
    signed = state(desk, "sign", number, "--role", "secretary", "--by", "白音", "--on", "2018-06-04")
    assert (signed["paper"], signed["missing"]) == ("signing", ["leader"])
    signed = state(desk, "sign", number, "--role", "leader", "--by", "乌云其其格", "--on", "2018-06-04")
    assert (signed["paper"], signed["trip"], signed["filing_due"]) == ("approved", "due", "2018-06-05")
    for body in ("unit", "liaison"):
        filed = state(desk, "file", number, "--with", body, "--on", "2018-06-05")
    assert filed["filed"] == ["liaison", "unit"]
    back = state(desk, "return", number, "--at", "2018-06-06pm")
    assert (back["trip"], back["owed"], back["words"]) == ("back", [], "按期返回")
    assert [event["day"] for event in back["events"]] == sorted(event["day"] for event in back["events"])


def test_a_wrong_return_is_taken_back(desk: Office) -> None:
    assert desk("--today", "2018-06-06", "leave", "unreturn", "2018-0002") == 1
    assert "没有登记销假" in desk.err
    state(desk, "return", "2018-0002", "--at", "2018-06-06pm")
    assert state(desk, "unreturn", "2018-0002")["trip"] == "due"


def test_several_slips_are_filed_at_once_or_none(desk: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (SLIPS[0], ["张三", "2018-06-10", "通辽市", "2018-06-11", "开会", "因公外出"]):
        book.active.append(row)
    book.save(tmp_path / "再请.xlsx")
    assert desk("import", "leave_slip", tmp_path / "再请.xlsx", "--answer", "history=new") == 0, desk.err
    with_unit = ["--with", "unit", "--on", "2018-06-11", "--json"]
    assert desk("--today", "2018-06-12", "leave", "file", "2018-0001", "2018-0002", *with_unit) == 1
    assert "乌云其其格的报备单不需要报" in desk.err
    assert state(desk, "story", "2018-0002")["filed"] == []
    assert desk("--today", "2018-06-12", "leave", "file", "2018-0002", "2018-0003", *with_unit) == 0, desk.err
    assert [told["filed"] for told in desk.objects()] == [["unit"], ["unit"]]


def test_an_overstay_an_extension_and_a_void(desk: Office) -> None:
    number = "2018-0001"
    late = state(desk, "story", number, today="2018-06-20")
    assert (late["trip"], late["overstay"]["days"], late["overstay"]["passes"]) == ("overdue", 12.0, "2018-06-24")
    longer = state(desk, "extend", number, "--until", "2018-06-12", "--reason", "会议延期", today="2018-06-08")
    assert (longer["number"], longer["late"]) == ("2018-0003", False)
    voided = state(desk, "void", "2018-0003", "--reason", "误填")
    assert (voided["paper"], voided["words"]) == ("voided", "已作废")
    moved = state(desk, "reroute", number, "--place", "北京市", "--reason", "改道")
    assert moved["number"] == "2018-0004"
    assert state(desk, "story", number)["words"] == "外出中"
    for role in ("secretary", "office"):
        state(desk, "sign", "2018-0004", "--role", role, "--by", "白音", "--on", "2018-06-06")
    assert state(desk, "story", number)["words"] == "已变更"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sign", "2018-0002", "--role", "leader", "--by", "不认识", "--on", "2018-06-04"], "没有受权签字的登记"),
        (["sign", "2018-0002", "--role", "secretary", "--by", "白音", "--on", "2018-06-03"], "早于填表日期"),
        (["sign", "2018-0002", "--role", "office", "--by", "某人", "--on", "2018-06-04"], "没有“自治区"),
        (["file", "2018-0001", "--with", "unit", "--on", "2018-06-05"], "不需要报"),
        (["return", "2018-0002", "--at", "2018-06-05am"], "返回时间早于离开时间"),
        (["void", "2018-0002", "--reason", " "], "请写明原因"),
    ],
)
def test_what_cannot_be_is_one_line_with_the_article(desk: Office, words: list[str], said: str) -> None:
    assert desk("--today", "2018-06-06", "leave", *words) == 1
    assert said in desk.err
    assert "第10条" in desk.err
    assert desk.err.count("\n") == 1


def test_a_delegate_signs_under_a_recorded_paper(desk: Office) -> None:
    words = [
        "--role",
        "leader",
        "--delegate",
        "李副",
        "--from",
        "2018-06-01",
        "--to",
        "2018-06-30",
        "--paper",
        "授权书",
    ]
    assert desk("leave", "authorise", *words) == 0, desk.err
    signed = state(desk, "sign", "2018-0002", "--role", "leader", "--by", "李副", "--on", "2018-06-04")
    assert signed["missing"] == ["secretary"]


@pytest.mark.parametrize(("only", "numbers"), [("out", 2), ("due", 1), ("overdue", 0), ("unfiled", 0)])
def test_the_lists_a_clerk_lives_by(desk: Office, only: str, numbers: int) -> None:
    assert desk("--today", "2018-06-06", "leave", "list", "--only", only, "--json") == 0
    assert len(desk.objects()) == numbers


def test_a_day_of_grace_is_due_and_not_overdue(desk: Office) -> None:
    for only, numbers in (("due", ["2018-0002"]), ("overdue", []), ("out", ["2018-0002", "2018-0001"])):
        assert desk("--today", "2018-06-07", "leave", "list", "--only", only, "--json") == 0
        assert [told["number"] for told in desk.objects()] == numbers


@pytest.mark.parametrize("book", ["register", "filing", "card", "calls", "lates", "brief", "story"])
def test_every_book_is_lines_pdf_and_workbook(desk: Office, tmp_path: Path, book: str) -> None:
    words = ["--number", "2018-0001"] if book in ("brief", "story") else []
    asked = ["--today", "2018-06-10", "leave", "book", book, *words]
    assert desk(*asked) == 0, desk.err
    assert desk.out
    assert desk(*asked, "--pdf", tmp_path / "b.pdf", "--xlsx", tmp_path / "b.xlsx") == 0, desk.err
    with pdfplumber.open(tmp_path / "b.pdf") as pdf:
        assert pdf.pages[0].extract_text()
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").active.max_row > 2


def test_scans_find_their_slip_and_the_rest_waits_in_the_tray(desk: Office, tmp_path: Path) -> None:
    scanned = tmp_path / "扫描"
    scanned.mkdir()
    assert desk("slip", "--number", "2018-0002", "--pdf", scanned / "a.pdf") == 0
    assert desk("slip", "--blank", "1", "--pdf", scanned / "b.pdf") == 0
    assert desk("leave", "scan", scanned, "--json") == 0, desk.err
    assert [one["slip"][:7] for one in desk.objects()[0]["placed"]] == ["150426/"]
    assert desk("leave", "tray", "--json") == 0
    (waiting,) = desk.objects()
    assert waiting["name"] == "b.pdf"
    assert desk("leave", "tray", "--assign", waiting["id"], "2018-0001") == 0, desk.err
    assert desk("leave", "tray", "--json") == 0
    assert desk.objects() == []
    assert desk("list", "attachment", "--json") == 0
    assert len(desk.objects()) == 2
    assert desk("leave", "tray", "--assign", "nothing", "2018-0001") == 1


def test_overprint_writes_only_the_chosen_cell(desk: Office, tmp_path: Path) -> None:
    asked = ["slip", "--number", "2018-0001", "--overprint", "place", "--pdf", str(tmp_path / "o.pdf")]
    assert desk(*asked) == 0, desk.err
    with pdfplumber.open(tmp_path / "o.pdf") as pdf:
        assert pdf.pages[0].extract_text().split() == ["呼和浩特市"]
    assert desk("slip", "--number", "2018-0001", "--overprint", "office_opinion", "--pdf", str(tmp_path / "p.pdf")) == 1
    assert "不能套打" in desk.err
