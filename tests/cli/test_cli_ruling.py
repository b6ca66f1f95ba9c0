"""`ruling`: the open questions listed, a value tried without writing, a ruling recorded by the region office alone."""

from pathlib import Path

import pytest

from tests.cli.test_cli import Office

MONTH = "eligibility.cutoff_month"
ROWS = [
    [1, "乌云其其格", "女", "蒙古", "1970.05", "", "农牧业厅", "处级", "副队长", "区直", "2018-06-01", "13900000001"],
    [2, "张三", "男", "汉族", "1970.06", "", "赤峰市财政局", "处级", "队员", "盟市", "2018.6.1", "13900000002"],
]
RECORD = ("--paper", "内工作队办〔2018〕9号", "--ruled", "2018-07-01", "--applies", "2018-08-01", "--by", "王主任")


@pytest.fixture
def region(tmp_path: Path) -> Office:
    office = Office(tmp_path / "region")
    assert office("init", "--level", "region") == 0
    return office


def test_a_value_is_tried_and_nothing_is_written(county: Office) -> None:
    on = ("--applies", "2018-06-01")  # those posted from that day on are judged otherwise
    assert county("--today", "2018-07-01", "ruling", "what-if", MONTH, "不含当月", *on, "--json") == 0, county.err
    (flip,) = county.objects()
    assert flip["subject"].startswith("posting:150426/")
    assert "乌云其其格" in flip["subject_words"]
    assert flip["before"] != flip["after"]
    assert county("--today", "2018-07-01", "ruling", "what-if", MONTH, "exclusive", *on) == 0
    assert " → " in county.out.splitlines()[0]
    assert "    改后：口径：不含当月；出生年月界限不变" in county.out.splitlines()
    assert county.out.splitlines()[-1] == "试算：自2018-06-01起适用，共有1项结论改变，未写入任何数据。"
    assert county("list", "ruling", "--json") == 0
    assert county.objects() == []


def test_a_county_cannot_rule(county: Office) -> None:
    assert county("ruling", "record", MONTH, "exclusive", *RECORD) == 1
    assert "口径由自治区工作队管理办公室解释和登记" in county.err


def test_a_ruling_is_recorded_and_listed(region: Office) -> None:
    assert region("--today", "2018-07-02", "ruling", "record", MONTH, "不含当月", *RECORD) == 0, region.err
    assert "“5月以后出生”是否含5月当月 取“不含当月”，自2018-08-01起适用" in region.out
    assert region("--today", "2018-07-02", "ruling", "list") == 0
    assert "自2018-08-01起改取不含当月，依据内工作队办〔2018〕9号" in region.out
    assert region("--today", "2018-08-01", "ruling", "list", "--json") == 0
    listed = {one["key"]: one for one in region.objects()}
    assert (listed[MONTH]["words"], listed[MONTH]["ruling"]["paper"]) == ("不含当月", "内工作队办〔2018〕9号")
    assert region("--today", "2018-08-01", "ruling", "list") == 0
    assert "现取：不含当月，依据内工作队办〔2018〕9号" in region.out
    assert region("--today", "2018-07-02", "ruling", "record", "leave.grace_days", "2", *RECORD, "--json") == 0
    assert region.objects()[0]["value"] == "2"


def test_what_does_not_exist_is_refused_with_what_does(region: Office) -> None:
    assert region("ruling", "what-if", "moon", "1") == 1
    assert f"，如{MONTH}（" in region.err
    assert "ruling list" in region.err
    assert region("ruling", "what-if", "eligibility.cutof_mont", "1") == 1
    assert f"，如{MONTH}（“5月以后出生”是否含5月当月）" in region.err
    assert len(region.err) < 200
    assert region("ruling", "record", MONTH, "也许", *RECORD) == 1
    assert "可取：inclusive（含当月）" in region.err
    with pytest.raises(SystemExit) as stopped:
        region("ruling", "record", MONTH, "exact", "--ruled", "2018-07-01")
    assert stopped.value.code == 2
