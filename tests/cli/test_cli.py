"""The command line: every verb on a real office, results on stdout, one Chinese line on stderr, exit codes 0/1/2."""

import argparse
import importlib
import io
import json
import os
import pkgutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from tuopin_desktop import cli
from tuopin_desktop.cli import parser as commands
from tuopin_desktop.cli import verb as verbs
from tuopin_desktop.cli.main import run
from tuopin_desktop.cli.top import wants_window
from tuopin_desktop.domain.idcard import check_digit


class Office:
    """A data folder and the last answer of the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = self.err = ""

    def __call__(self, *words: object) -> int:
        out, err = io.StringIO(), io.StringIO()
        code = run(["--office", str(self.folder), *map(str, words)], out, err)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    def objects(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "office")
    assert office("init", "--level", "county", "--county", "150426", "--clerk", "李秀英") == 0
    return office


HEAD = "序号 姓名 性别 民族 出生年月 身份证号 工作单位 职务级别 队内职务 来源 派驻时间 联系电话".split()
KINDS = "roster person posting leave_slip team decision ruling county office".split()
ROWS = [
    [1, "乌云其其格", "女", "蒙古", "1971.03", "", "农牧业厅", "副厅级", "队长", "区直", "2018-06-01", "13900000001"],
    [2, "张　三", "男", "汉族", "1972.11", "", "赤峰市财政局", "处级", "副队长", "盟市", "2018.6.1", 13900000002.0],
    [3, "", "男", "汉", "1980.02", "", "某局", "科级", "队员", "旗县", "2018-06-01", ""],
]


def roster_file(path: Path, rows: list[list] = ROWS, head: list[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2018年派驻人员花名册"])
    sheet.append([])
    for row in [head, *rows]:
        sheet.append(row)
    book.save(path)
    return path


def test_a_roster_is_rehearsed_imported_and_never_doubled(office: Office, tmp_path: Path) -> None:
    path = roster_file(tmp_path / "花名册.xlsx")
    assert office("import", "roster", path, "--dry-run", "--json") == 1
    assert {key: office.objects()[0][key] for key in ("new", "changed", "same", "rejected")} == {
        "new": 2, "changed": 0, "same": 0, "rejected": 1,
    }  # fmt: skip
    assert office("list", "person", "--json") == 0
    assert office.objects() == []
    assert office("import", "roster", path, "--rejects", tmp_path / "更正.xlsx") == 1
    assert "有1行需要更正" in office.err
    assert office.err.count("\n") == 1
    assert office("list", "person", "--json") == 0
    assert {(row["name"], row["ethnicity"], row["rank"]) for row in office.objects()} == {
        ("乌云其其格", "02", "department"),
        ("张三", "01", "division"),
    }
    assert office("import", "roster", path) == 1
    assert office("list", "posting", "--json", "--where", "position=队长") == 0
    assert len(office.objects()) == 1
    rejected = openpyxl.load_workbook(tmp_path / "更正.xlsx").active
    assert any("姓名" in str(cell.value) for row in rejected.iter_rows() for cell in row if cell.value)


def test_an_export_imported_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    office("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2]))
    for kind in ("roster", "person", "posting", "team", "office"):
        out = tmp_path / f"{kind}.xlsx"
        assert office("export", kind, out) == 0, office.err
        assert office("import", kind, out, "--json") == 0, office.err + office.out
        answer = office.objects()[0]
        assert (answer["new"], answer["changed"], answer["rejected"]) == (0, 0, 0), (kind, answer)


@pytest.mark.parametrize("kind", KINDS)
def test_every_register_has_a_template_that_imports_as_empty(office: Office, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "模板.xlsx"
    assert office("template", kind, out) == 0, office.err
    assert out.exists()
    assert office("import", kind, out, "--json") == 0, office.err
    assert office.objects()[0]["new"] == 0


def test_slips_come_from_a_sheet_and_go_to_paper(office: Office, tmp_path: Path) -> None:
    office("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2]))
    book = openpyxl.Workbook()
    for row in (
        ["姓名", "填表日期", "外出地点", "请假起止时间", "请假事由", "假别"],
        ["乌云其其格", "2018-06-04", "呼和浩特市", "2018年6月5日至6月8日", "参加会议", "因公外出"],
        ["张三", "2018-06-04", "赤峰市", "2018-06-05下午至2018-06-06", "看病", "病假"],
        ["李四", "2018-06-04", "赤峰市", "2018-06-05至2018-06-06", "看病", "病假"],
    ):
        book.active.append(row)
    book.save(tmp_path / "请假.xlsx")
    assert office("import", "leave_slip", tmp_path / "请假.xlsx", "--answer", "history=new") == 1
    assert "花名册中没有“李四”" in office.out
    assert office("list", "leave_slip", "--json") == 0
    assert sorted((row["number"], row["name"], row["form"]) for row in office.objects()) == [
        ("2018-0001", "乌云其其格", "leader"),
        ("2018-0002", "张三", "member"),
    ]
    assert office("import", "leave_slip", tmp_path / "请假.xlsx", "--answer", "history=new", "--dry-run", "--json") == 1
    assert office.objects()[0]["same"] == 2
    assert office("slip", "--all", "--pdf", tmp_path / "全部.pdf") == 0
    with pdfplumber.open(tmp_path / "全部.pdf") as pdf:
        assert len(pdf.pages) == 2
    assert office("slip", "--number", "2018-0002", "--pdf", tmp_path / "一张.pdf") == 0
    assert office("check", "--rule", "A10-*", "--json") == 0
    found = {(finding["rule"], finding["verdict"]) for finding in office.objects()}
    assert found == {("A10-3", "ok"), ("A10-4", "amber"), ("A10-5", "amber"), ("A10-6", "notice")}  # no ink keyed yet


def test_a_list_has_one_line_a_record_and_names_people(office: Office, tmp_path: Path) -> None:
    office("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2]))
    book = openpyxl.Workbook()
    book.active.append(["姓名", "填表日期", "外出地点", "请假起止时间", "请假事由"])
    book.active.append(["张三", "2018-06-04", "赤峰市", "2018-06-05至2018-06-06", "看病\n取药"])
    book.save(tmp_path / "请假.xlsx")
    assert office("import", "leave_slip", tmp_path / "请假.xlsx", "--answer", "history=new") == 0
    assert office("list", "leave_slip") == 0
    assert office.out.count("\n") == 1
    assert "看病 取药" in office.out
    assert office("list", "posting") == 0
    assert sorted(line.split("\t")[1] for line in office.out.splitlines()) == ["乌云其其格", "张三"]


def test_what_an_import_leaves_out_is_said(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "性别", "工作单位", "血型"])
    book.active.append(["张三", "男", "某局", "O"])
    book.save(tmp_path / "人员.xlsx")
    assert office("import", "person", tmp_path / "人员.xlsx", "--dry-run") == 0
    assert "没有对应项目的列不导入：血型" in office.out
    assert office("import", "person", tmp_path / "人员.xlsx", "--json") == 0
    assert office.objects()[0]["notes"] == ["没有对应项目的列不导入：血型"]


def test_a_character_no_font_has_is_said_with_its_slip(office: Office, tmp_path: Path) -> None:
    rows = [[*ROWS[0]], [*ROWS[1]]]
    rows[1][1] = "张\U000200cd"
    office("import", "roster", roster_file(tmp_path / "花名册.xlsx", rows))
    book = openpyxl.Workbook()
    book.active.append(["姓名", "填表日期", "外出地点", "请假起止时间", "请假事由"])
    book.active.append([rows[1][1], "2018-06-04", "赤峰市", "2018-06-05至2018-06-06", "看病"])
    book.save(tmp_path / "请假.xlsx")
    assert office("import", "leave_slip", tmp_path / "请假.xlsx", "--answer", "history=new") == 0, office.out
    for which in (["--all"], ["--number", "2018-0001"]):
        assert office("slip", *which, "--pdf", tmp_path / "a.pdf") == 0
        assert "2018-0001：字库中没有“\U000200cd”，印为〓，请手写补上" in office.out


@pytest.mark.parametrize("number", [1, 2])
def test_blank_forms_are_printed(office: Office, tmp_path: Path, number: int) -> None:
    assert office("slip", "--blank", number, "--pdf", tmp_path / "空白.pdf") == 0
    with pdfplumber.open(tmp_path / "空白.pdf") as pdf:
        assert f"附件{number}" in "".join(pdf.pages[0].extract_text().split())


def test_findings_carry_rule_article_and_steps(office: Office, tmp_path: Path) -> None:
    office("import", "roster", roster_file(tmp_path / "花名册.xlsx", ROWS[:2]))
    assert office("check", "--rule", "A03-4", "--json") == 0
    finding = office.objects()[0]
    assert (finding["rule"], finding["article"], finding["verdict"]) == ("A03-4", 3, "ok")
    assert finding["subject"].startswith("posting:150426/")
    assert finding["steps"]
    assert office("--today", "2018-07-01", "check") == 0
    assert "管理办法第二条" in office.out


def test_citizen_numbers_are_masked_unless_revealed(tmp_path: Path) -> None:
    office = Office(tmp_path / "p")
    office("init", "--level", "county", "--county", "翁牛特旗", "--practice")
    number = "15999919700517001" + check_digit("15999919700517001")
    row = [1, "赵甲一", "男", "汉族", "1970-05-17", number, "某厅", "处级", "队员", "区直", "2018-06-01", ""]
    assert office("import", "roster", roster_file(tmp_path / "花名册.xlsx", [row])) == 0, office.out
    office("list", "person", "--json")
    assert office.objects()[0]["id_number"] == "159999**********" + number[-2:]
    office("list", "person", "--json", "--reveal")
    assert office.objects()[0]["id_number"] == number


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list", "person", "--where", "colour=red"], "没有字段“colour”"),
        (["list", "person", "--where", "colour"], "字段=值"),
        (["list", "person", "--where", "sex=无"], "“性别”没有“无”这一项"),
        (["check", "--rule", "B99"], "没有规则“B99”"),
        (["slip", "--number", "2018-0009", "--pdf", "x.pdf"], "没有编号"),
        (["slip", "--all", "--pdf", "x.pdf"], "没有可打印"),
        (["import", "roster", "missing.xlsx"], "找不到文件"),
        (["init", "--level", "region"], "已有单位数据"),
    ],
)
def test_a_problem_or_trouble_is_one_chinese_line_and_exit_1(office: Office, words: list[str], sentence: str) -> None:
    assert office(*words) == 1
    assert sentence in office.err
    assert office.err.count("\n") == 1
    assert "Traceback" not in office.err


@pytest.mark.parametrize("words", [["list", "spaceship"], ["slip", "--pdf", "x.pdf"], ["nonsense"], ["init"]])
def test_wrong_usage_is_exit_2(office: Office, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        office(*words)
    assert stop.value.code == 2
    assert "用法" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["init", "template", "import", "export", "list", "check", "slip", "demo"])
def test_every_verb_has_help(office: Office, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        office(verb, "--help")
    assert stop.value.code == 0
    assert verb in capsys.readouterr().out


def test_hostile_files_leave_everything_as_it_was(office: Office, tmp_path: Path) -> None:
    bad = {
        "renamed.xlsx": b"PK\x03\x04" + b"\0" * 200,
        "empty.xlsx": b"",
        "page.xls": b"<html><table></table></html>",
        "nohead.csv": "甲,乙\n1,2\n".encode(),
    }
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert office("import", "roster", path) == 1
        assert office.err.count("\n") == 1
        assert "Traceback" not in office.err
    assert office("list", "person", "--json") == 0
    assert office.objects() == []


def test_a_person_without_a_posting_stays_one_through_export_and_import(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (["姓名", "性别", "工作单位", "出生年月"], ["独行者", "男", "某局", "1975.03"]):
        book.active.append(cells)
    book.save(tmp_path / "人员.xlsx")
    assert office("import", "person", tmp_path / "人员.xlsx") == 0, office.err
    assert office("export", "roster", tmp_path / "花名册.xlsx") == 0
    assert office("import", "roster", tmp_path / "花名册.xlsx", "--json") == 0, office.out
    assert office.objects()[0]["same"] == 1
    assert office("list", "posting", "--json") == 0
    assert office.objects() == []


def test_a_reader_that_has_seen_enough_is_no_error(office: Office) -> None:
    command = [sys.executable, "-m", "tuopin_desktop", "--office", str(office.folder), "list", "county"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_a_window_without_a_display_is_a_sentence_and_no_abort(office: Office) -> None:
    bare = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    command = [sys.executable, "-m", "tuopin_desktop", "--office", str(office.folder)]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "没有显示器" in done.stderr


def test_a_blank_form_needs_no_office_and_overprint_one_slip(tmp_path: Path, office: Office) -> None:
    nowhere = Office(tmp_path / "nowhere")
    assert nowhere("slip", "--blank", "2", "--pdf", tmp_path / "空白.pdf") == 0, nowhere.err
    assert not nowhere.folder.exists()
    assert office("slip", "--all", "--overprint", "place", "--pdf", tmp_path / "x.pdf") == 1
    assert "一次只能用于一张" in office.err


def test_without_a_verb_the_window_is_wanted_on_its_folder_and_day() -> None:
    assert wants_window(["--office", "x", "--today", "2019-06-03"]) == (Path("x"), date(2019, 6, 3))
    assert wants_window(["--office", "x"]) == (Path("x"), None)
    assert [wants_window(words) for words in (["list", "person"], ["--help"], ["--office"])] == [None, None, None]


def test_the_way_to_the_window_loads_no_verbs() -> None:
    script = "import sys, tuopin_desktop.app.main; print([one for one in sys.modules if one in {names}])"
    names = [f"tuopin_desktop.cli.{path.stem}" for path in Path(cli.__file__).parent.glob("*.py")]
    names = [one for one in names if one.split(".")[-1] not in ("__init__", "top", "usage")]
    script = script.format(names=names)
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def leaves(one: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the parsers below which there is no further step."""
    steps = [action for action in one._actions if isinstance(action, argparse._SubParsersAction)]
    return [leaf for action in steps for below in action.choices.values() for leaf in leaves(below)] or [one]


def test_every_verb_that_is_declared_can_be_called() -> None:
    modules = [importlib.import_module(f"{cli.__name__}.{one.name}") for one in pkgutil.iter_modules(cli.__path__)]
    declared = [verb for module in modules for verb in getattr(module, "VERBS", ()) if module is not commands]
    assert sorted(verb.name for verb in declared) == sorted(verb.name for verb in commands.VERBS)


def test_every_step_says_itself_what_it_does() -> None:
    in_office = {verb.name for verb in commands.VERBS if verb.run is verbs.in_office} | {"backup"}
    silent = [one.prog for one in leaves(commands.parser()) if one.prog.split()[1] in in_office and not one._defaults]
    assert silent == []
