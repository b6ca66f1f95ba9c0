"""The end of a term on the command line: the list, the reasons, the seal, what it refuses, and opening it again."""

from contextlib import closing
from io import StringIO
from pathlib import Path

from tests.services.desks import enter, open_office
from tuopin_desktop.cli.main import run


def said(office: Path, *words: str, today: str = "2026-11-30") -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    code = run(["--office", str(office), "--today", today, *words], out, err)
    return code, out.getvalue() + err.getvalue()


def test_a_term_is_closed_sealed_and_opened_by_the_verbs_alone(tmp_path: Path) -> None:
    office = tmp_path / "office"
    with closing(open_office(office)) as desk:
        enter(desk, "王五")
    code, text = said(office, "archive", "checklist", today="2020-12-31")
    assert (code, "还没有结束" in text) == (1, True)
    assert "没有办的" in said(office, "archive", "checklist")[1]
    assert "王五" not in said(office, "duty", "due")[1]
    assert "登记1人离任" in said(office, "archive", "end-postings")[1]
    assert said(office, "archive", "seal")[0] == 1
    assert "请写明" in said(office, "archive", "explain", "--all")[1]
    text = said(office, "archive", "explain", "1", "--reason", "已在纸上办过")[1]
    assert "按原样结束的1项" in text
    text = said(office, "archive", "explain", "--all", "--reason", "经办人已离任，无从补办")[1]
    assert "没有办的0项" in text
    paper = tmp_path / "清单.pdf"
    assert said(office, "archive", "checklist", "--out", str(paper))[0] == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert "任期已封存（第1次）" in said(office, "archive", "seal", "--note", "清理完毕")[1]
    code, text = said(office, "add", "meeting", "type=联席会议", "county=翁牛特旗", "held=2019-05-06")
    assert (code, "已于2026年11月30日封存" in text) == (1, True)
    assert said(office, "verify")[0] == 0
    assert "请写明为什么" in said(office, "archive", "reopen")[1]
    assert "重新打开：补登一次会议" in said(office, "archive", "reopen", "--reason", "补登一次会议")[1]
    assert said(office, "add", "meeting", "type=联席会议", "county=翁牛特旗", "held=2019-05-06")[0] == 0
    assert "2018年\t0件\t2028年起移交\t未到" in said(office, "archive", "due")[1]
    assert "2018年\t0件\t2028年起移交\t已到移交期限" in said(office, "archive", "due", today="2028-01-01")[1]
