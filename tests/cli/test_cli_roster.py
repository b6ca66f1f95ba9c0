"""`roster`: whose file lacks what, and the papers of selection."""

from pathlib import Path

from tests.cli.test_cli import Office
from tests.services import cadremakers as forms
from tuopin_desktop.documents import cadrefiles

ROWS = [[1, "张三", "男", "汉族", "1975.06", "", "赤峰市财政局", "处级", "队员", "盟市", "2018.6.1", "13900000002"]]


def test_the_to_do_is_said_by_lines_and_written(county: Office, tmp_path: Path) -> None:
    assert county("--today", "2018-06-05", "roster", "todo") == 0, county.err
    assert "张三\t翁牛特旗\t队员\t赤峰市财政局\t3\t政治面貌、学历、健康状况" in county.out
    assert county("--today", "2018-06-05", "roster", "todo", "--xlsx", tmp_path / "待补.xlsx") == 0
    assert (tmp_path / "待补.xlsx").exists()


def test_the_sheet_of_article_3_is_written_for_one_or_all(county: Office, tmp_path: Path) -> None:
    assert county("roster", "statement", "--person", "张三", tmp_path / "张三.docx") == 0, county.err
    assert county("roster", "statement", "--all", tmp_path / "全部.pdf") == 0, county.err
    assert county("roster", "statement", "--person", "无此人", tmp_path / "无.pdf") == 1
    assert "没有“无此人”" in county.err
    assert not (tmp_path / "无.pdf").exists()


def test_a_batch_is_reported_with_its_exceptions(county: Office, tmp_path: Path) -> None:
    assert county("--today", "2018-06-05", "roster", "cohort") == 0, county.err
    assert "合计\t1\t0\t0\t0\t0\t0\t1" in county.out
    assert "信息待补\t张三\t翁牛特旗\t政治面貌、学历、健康状况" in county.out
    assert county("roster", "cohort", "--batch", "没有这个文号", "--pdf", tmp_path / "批次.pdf") == 1
    assert "这一批没有人员" in county.err
    assert county("roster", "cohort", "--since", "2018-06-01", "--xlsx", tmp_path / "批次.xlsx") == 0
    assert (tmp_path / "批次.xlsx").exists()


def test_a_folder_of_forms_goes_in_and_one_comes_out_without_relatives(county: Office, tmp_path: Path) -> None:
    folder = forms.lay(tmp_path / "审批表", forms.made()[:2])
    (folder / "坏.lrmx").write_bytes(b"<Person><XingMing>")
    assert county("import", "person", folder, "--dry-run") == 1
    assert "检查新增2行" in county.out
    assert "第1行 000.lrmx：新增，有照片，管理办法第三条：" in county.out
    assert county("import", "person", folder, "--json") == 1
    assert f'"file": "{folder / "坏.lrmx"}", "outcome": "error"' in county.out.replace('":"', '": "').replace(
        ',"', ', "'
    )
    assert county("roster", "resume", folder / "000.lrmx") == 0
    assert "1994-09\t1998-07\t内蒙古农业大学学生" in county.out
    assert county("roster", "form", "--person", "王试甲甲", tmp_path / "出.lrmx") == 0, county.err
    assert "家庭成员" in county.out
    form = cadrefiles.read((tmp_path / "出.lrmx").read_bytes())
    assert (form.family, bool(form.photo)) == (False, True)
    assert form.items["ShenFenZheng"] == forms.digits(1)
    assert county("import", "person", tmp_path / "出.lrmx", "--dry-run") == 0
    assert "无变化1行" in county.out, "what comes out means the same when it comes in"
