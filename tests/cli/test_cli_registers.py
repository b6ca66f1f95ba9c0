"""Every register by words: one record added, listed, exported, taken in by another office; nothing doubled."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from tests import papers
from tests.cli.test_cli import HEAD, ROWS, Office, roster_file
from tests.plausible import plausible
from tuopin_desktop.domain.columns import columns, field_words
from tuopin_desktop.domain.record import Form, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office import library
from tuopin_desktop.services.registers.registerlists import kept_here

NAMES = {
    "person": "张三",
    "posting": "张三",
    "training": "班次名称甲",
    "meeting": "工作分析例会 翁牛特旗 2018-06-04",
}
"""What sheets and words call the records that others point to."""


def words_of(kind: str) -> Iterator[str]:
    """Yield field=words for a plausible record of a kind, as a clerk would write them."""
    vocabulary = library.codes()
    made = plausible(KINDS[kind], vocabulary, lambda ref: NAMES[ref])
    values = scalars(made)
    for column in columns(kind):
        if (value := values[column.name]) is not None:
            words = str(value) if column.field.form is Form.REF else field_words(column.field, value, vocabulary)
            yield f"{column.heading}={words}"


@pytest.fixture
def region(tmp_path: Path) -> Office:
    office = Office(tmp_path / "region")
    assert office("init", "--level", "region") == 0
    rows = [[*row, "翁牛特旗"] for row in ROWS[1:2]]
    assert office("import", "roster", roster_file(tmp_path / "花名册.xlsx", rows, [*HEAD, "派驻旗县"])) == 0, office.out
    return office


def opened_if_restricted(kind: str) -> list[str]:
    return ["--reveal"] if KINDS[kind].kind.restricted else []


@pytest.mark.parametrize("kind", kept_here())
def test_a_record_is_added_listed_exported_and_imported_by_words(region: Office, tmp_path: Path, kind: str) -> None:
    for before in ("meeting", "training"):
        assert region("add", before, *words_of(before)) == 0, region.out + region.err
    reveal, said = opened_if_restricted(kind), list(words_of(kind))
    assert region("add", kind, *said) == 0, region.out + region.err
    assert region("list", kind, "--json", *reveal) == 0
    (kept,) = region.objects()
    assert region("add", kind, *said) == 0
    assert region.out.startswith("无变化")
    book = tmp_path / f"{kind}.xlsx"
    assert region("export", kind, book, *reveal) == 0, region.err
    assert region("import", kind, book, "--json") == 0, region.out
    assert {key: region.objects()[0][key] for key in ("new", "changed", "same")} == {"new": 0, "changed": 0, "same": 1}
    assert region("list", kind, "--json", *reveal) == 0
    assert region.objects() == [kept]
    assert region("template", kind, tmp_path / "模板.xlsx") == 0


def test_words_that_do_not_fit_are_said_at_their_field_and_nothing_is_kept(region: Office) -> None:
    assert region("add", "meeting", "会议类别=茶话会", "旗县=翁牛特旗", "召开日期=去年") == 1
    assert "会议类别：" in region.out
    assert "召开日期：" in region.out
    assert region("add", "meeting", "天气=晴") == 1
    assert "没有字段“天气”，可用：会议类别、" in region.err
    for other in ("会议类别=联席会议", "type=joint"):
        assert region("add", "meeting", "会议类别=例会", other, "旗县=翁牛特旗", "召开日期=2018-06-04") == 1
        assert "“会议类别”写了两遍" in region.err
    assert region("add", "meeting", "会议类别=例会", "旗县=翁牛特旗") == 1
    assert "召开日期：必填，不能空着" in region.out
    assert region("list", "meeting", "--json") == 0
    assert region.out == ""


def test_a_row_that_names_its_record_changes_what_it_says_and_nothing_else(region: Office) -> None:
    assert region("add", "meeting", *words_of("meeting")) == 0
    assert region("list", "meeting", "--json") == 0
    (kept,) = region.objects()
    assert region("add", "meeting", f"记录号={kept['id']}", "地点=乌丹镇") == 0, region.out + region.err
    assert region.out.startswith("更新")
    assert region("list", "meeting", "--json") == 0
    assert region.objects() == [{**kept, "place": "乌丹镇"}]


def test_what_is_revealed_or_exported_by_words_leaves_a_line(region: Office, tmp_path: Path) -> None:
    assert region("list", "person", "--json") == 0
    assert region("disclosures", "--json") == 0
    assert region.objects() == []
    assert region("list", "person", "--json", "--reveal") == 0
    assert region("export", "roster", tmp_path / "遮盖.xlsx") == 0
    assert region("export", "roster", tmp_path / "花名册导出.xlsx", "--reveal") == 0
    assert region("disclosures") == 0
    assert "显示\t人员（含出生年月、手机）\t1" in region.out
    assert "导出\t派驻人员花名册（含出生年月、手机）\t1" in region.out
    assert region("disclosures", "--out", tmp_path / "查阅.pdf") == 0
    assert (tmp_path / "查阅.pdf").read_bytes()[:4] == b"%PDF"


def test_a_scan_is_attached_listed_written_out_and_taken_off_by_words(region: Office, tmp_path: Path) -> None:
    scan = tmp_path / "纪要.png"
    scan.write_bytes(papers.png(Image.new("RGB", (80, 60), "white")))
    assert region("add", "meeting", *words_of("meeting")) == 0
    about = ("meeting", NAMES["meeting"])
    assert region("attachment", "add", *about, scan) == 0, region.err
    assert region("attachment", "list", *about, "--json") == 0
    (made,) = region.objects()
    assert (made["name"], made["media"]) == ("纪要.png", "image/png")
    assert region("attachment", "save", made["id"], tmp_path / "回.png") == 0
    assert (tmp_path / "回.png").read_bytes() == scan.read_bytes()
    assert region("attachment", "remove", made["id"]) == 0
    assert region("attachment", "list", *about) == 0
    assert region.out == ""
    assert region("attachment", "add", "meeting", "没有这个会", scan) == 1
    assert "没有“没有这个会”" in region.err


def test_nobody_s_name_is_told_by_asking_for_files_about_conduct(region: Office, tmp_path: Path) -> None:
    assert region("add", "incident", *words_of("incident")) == 0, region.out
    for step in ("list", "add"):
        more = [tmp_path / "无.png"] if step == "add" else []
        (tmp_path / "无.png").write_bytes(papers.png(Image.new("RGB", (80, 80), "white")))
        assert region("attachment", step, "incident", "张三", *more) == 1
        assert "请写记录号" in region.err
        assert "张三" not in region.err


OFFICES_OWN = (("队长会议", "leaders", "A12-2"), ("办公室研究会议", "study", "A17-1"))


@pytest.mark.parametrize(("words", "stored", "rule"), OFFICES_OWN)
def test_the_office_registers_its_own_meetings_by_words_and_by_sheet(
    region: Office, tmp_path: Path, words: str, stored: str, rule: str
) -> None:
    said = (f"会议类别={words}", "召开日期=2018-06-04", "会议纪要=纪要")
    assert region("add", "meeting", *said) == 0, region.out + region.err
    assert region("list", "meeting", "--json") == 0
    (kept,) = region.objects()
    assert (kept["type"], kept["county"], kept["id"][:3]) == (stored, "", "15/")
    assert region("add", "meeting", *said) == 0
    assert region.out.startswith("无变化")
    assert region("duty", "list", "--year", "2018", "--json") == 0
    assert [one["evidence"] for one in region.objects() if one["rule"] == rule and one["evidence"]] == [
        [f"meeting:{kept['id']}"]
    ]
    sheet = tmp_path / "会议.csv"
    sheet.write_text(f"会议类别,召开日期,会议纪要\n{words},2018-06-12,纪要\n", encoding="utf-8-sig")
    assert region("import", "meeting", sheet) == 0, region.out + region.err
    assert region("list", "meeting", "--json") == 0
    assert {one["id"][:3] for one in region.objects()} == {"15/"}
    assert len(region.objects()) == 2


def test_a_meeting_of_a_county_says_which_and_the_office_s_own_says_none(region: Office, tmp_path: Path) -> None:
    assert region("add", "meeting", "会议类别=联席会议", "召开日期=2018-06-04") == 1
    assert "请在“旗县”列填写这条记录属于哪个旗县" in region.out
    assert region("add", "meeting", "会议类别=队长会议", "旗县=翁牛特旗", "召开日期=2018-06-04") == 1
    assert "旗县：队长会议是自治区办公室自己的，“旗县”请空着" in region.out
    county = Office(tmp_path / "county")
    assert county("init", "--level", "county", "--county", "150426") == 0
    assert county("add", "meeting", "会议类别=队长会议", "召开日期=2018-06-04") == 1
    assert "会议类别：队长会议由自治区工作队管理办公室登记，这里不登记" in county.out


def test_what_a_row_of_no_county_lacks_is_a_column_of_the_template(region: Office, tmp_path: Path) -> None:
    lacking = 0
    for kind in kept_here():
        said = [one for one in words_of(kind) if not one.startswith("旗县=")]
        region("add", kind, *said)
        for name in re.findall("请在“(.+?)”列", region.out):
            template = tmp_path / f"{kind}.xlsx"
            assert region("template", kind, template) == 0
            cells = openpyxl.load_workbook(template).active.iter_rows(values_only=True)
            assert any(str(cell or "").startswith(name) for row in cells for cell in row), (kind, name)
            lacking += 1
    assert lacking
