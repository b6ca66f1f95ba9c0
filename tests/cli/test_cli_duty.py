"""`duty`: a fresh county knows its year, a record makes a duty done, the region sees all counties."""

from pathlib import Path

from tests.cli.test_cli import Office

ROWS = [[1, "张三", "男", "汉族", "1975.06", "", "赤峰市财政局", "处级", "队员", "盟市", "2018.6.1", "13900000002"]]


def test_a_year_is_listed_with_days_states_and_articles(county: Office) -> None:
    assert county("--today", "2019-01-02", "duty", "list", "--year", "2019", "--json") == 0, county.err
    listed = county.objects()
    assert {duty["article"] for duty in listed} == {10, 12, 15, 18}
    analysis = [duty for duty in listed if duty["what"] == "工作分析例会"]
    assert [duty["due"] for duty in analysis] == [f"2019-{month:02d}-05" for month in range(1, 13)]
    assert county("--today", "2019-01-02", "duty", "due") == 0
    assert "听取汇报或谈心谈话\t张三（队员）\t2018-06-01以来\t逾期未办（逾期35天）" in county.out
    assert "工作分析例会\t翁牛特旗工作总队\t2019年1月\t待办（还有3天）\t\t第十二条" in county.out


def test_a_meeting_entered_by_a_sheet_makes_its_duty_done(county: Office, tmp_path: Path) -> None:
    sheet = tmp_path / "会议.csv"
    sheet.write_text("会议类别,召开日期,主持人,会议纪要\n例会,2019-01-04,张三,研究1月重点工作\n", "utf-8")
    assert county("--today", "2019-01-08", "import", "meeting", sheet) == 0, county.out
    assert county("--today", "2019-01-08", "duty", "list", "--json") == 0
    (done,) = [duty for duty in county.objects() if duty["what"] == "工作分析例会" and duty["state"] == "done"]
    assert done["words"] == "已办"
    assert done["evidence"][0].startswith("meeting:150426/")


def test_the_map_has_a_row_for_every_county(tmp_path: Path) -> None:
    office = Office(tmp_path / "region")
    assert office("init", "--level", "region") == 0
    assert office("--today", "2019-06-03", "duty", "map", "--json") == 0, office.err
    rows = office.objects()
    assert len(rows) == 58
    assert rows[0]["name"] == "自治区办公室"
    assert rows[0]["cells"]["队长会议"] == {"done": 0, "late": 0, "due": 1, "overdue": 2, "mild": 2}
    assert office("--today", "2019-06-03", "duty", "map") == 0
    assert office.out.splitlines()[0].startswith("2019年\t示范培训班\t队长会议")


def test_conduct_is_listed_and_exported_only_when_asked_for_in_so_many_words(county: Office, tmp_path: Path) -> None:
    book = tmp_path / "incident.xlsx"
    assert county("export", "incident", book) == 1
    assert "--reveal" in county.err
    assert not book.exists()
    assert county("export", "incident", book, "--reveal") == 0
    assert county("list", "incident") == 1
    assert "--reveal" in county.err
    assert county("list", "incident", "--reveal") == 0


def test_drafts_certificates_and_gaps_are_written(county: Office, tmp_path: Path) -> None:
    today = ("--today", "2018-08-03", "duty")
    assert county(*today, "draft", "report", "--month", "2018-07", tmp_path / "月报.docx") == 0, county.err
    assert county(*today, "certificate", "--month", "2018-07", tmp_path / "证明.pdf") == 0, county.err
    assert county(*today, "gaps", tmp_path / "缺口.xlsx") == 0, county.err
    assert (tmp_path / "月报.docx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "证明.pdf").read_bytes()[:4] == b"%PDF"
    assert county(*today, "draft", "report", "--month", "2018", tmp_path / "x.pdf") == 1
    assert "不是月份" in county.err


def test_a_fresh_office_with_county_and_start_date_knows_its_whole_year(tmp_path: Path) -> None:
    office = Office(tmp_path / "fresh")
    assert office("init", "--level", "county", "--county", "150426", "--arrived", "2018-06-05") == 0, office.err
    assert office("--today", "2019-01-02", "duty", "list", "--year", "2019", "--json") == 0
    listed = office.objects()
    assert {duty["article"] for duty in listed} == {4, 8, 10, 11, 12, 15, 18}
    assert sum(duty["what"] == "联席会议" for duty in listed) == 12
    region = Office(tmp_path / "region")
    assert region("init", "--level", "region", "--arrived", "2018-06-05") == 1
    assert "旗县" in region.err


def test_sign_in_sheets_certificates_and_covers_are_written_by_words(county: Office, tmp_path: Path) -> None:
    assert (
        county(
            "add", "training", "班次名称=专题班", "类别=专题培训", "举办单位=旗县", "起止时间=2019-01-07至2019-01-08"
        )
        == 0
    )
    assert county("add", "training_attendance", "培训班=专题班", "学员=张三", "结业情况=合格") == 0, county.out
    assert county("duty", "signin", "training", "专题班", tmp_path / "签到.pdf") == 0, county.err
    assert county("duty", "diplomas", "专题班", tmp_path / "证书.xlsx") == 0, county.err
    assert county("add", "half_year_report", "姓名=张三", "年度=2018", "期间=下半年", "撰写日期=2018-12-25") == 0, (
        county.out
    )
    assert county("duty", "covers", "--year", 2018, "--half", "下半年", tmp_path / "函件") == 0, county.err
    assert [Path(line).name for line in county.out.splitlines()] == [
        "信封清单.pdf",
        "01 赤峰市财政局党委（党组）.docx",
        "02 自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室.docx",
    ]
    assert county("duty", "covers", "--year", 2018, "--half", "上半年", tmp_path / "无.pdf") == 1
    assert "还没有登记半年报告" in county.err


def test_each_unit_gets_its_half_year_and_the_list_says_who_owes_what(county: Office, tmp_path: Path) -> None:
    half = ("--year", "2019", "--half", "上半年")
    assert county("--today", "2019-07-03", "duty", "units", *half, tmp_path / "函") == 0, county.err
    assert {path.name for path in (tmp_path / "函").iterdir()} == {
        "01 赤峰市财政局.docx", "01 赤峰市财政局.pdf", "派出单位责任清单.pdf", "派出单位责任清单.xlsx"
    }  # fmt: skip
    assert county("--today", "2019-07-03", "duty", "accountability", *half, tmp_path / "清单.xlsx") == 0, county.err
    assert county("--today", "2019-07-03", "duty", "units", *half, "--unit", "无此单位", tmp_path / "无.pdf") == 1
    assert "没有无此单位派驻人员" in county.err
