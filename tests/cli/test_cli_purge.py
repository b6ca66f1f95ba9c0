"""Forgetting by term on the command line: who is due, a proposal, another name, the copies made before."""

from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path

from tests.services.desks import enter, open_office
from tuopin_desktop.cli.main import run


def said(office: Path, *words: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    code = run(["--office", str(office), "--today", "2029-06-04", *words], out, err)
    return code, out.getvalue() + err.getvalue()


def test_a_member_whose_term_of_keeping_is_over_is_forgotten_by_two(tmp_path: Path) -> None:
    office = tmp_path / "office"
    with closing(open_office(office)) as desk:
        enter(desk, "阿拉坦花", until=date(2018, 12, 31), phone="13904760808")
    assert "阿拉坦花\t2018-12-31离任\t2028-12-31到期\t待提出" in said(office, "purge", "list")[1]
    code, text = said(office, "purge", "propose", "阿拉坦花", "--basis", "第12项")
    assert (code, "归档情况" in text) == (1, True)
    code, text = said(office, "purge", "propose", "阿拉坦花", "--basis", "第12项", "--archived", "已移交")
    number = text.rsplit(" ", 1)[1].strip()
    assert code == 0
    assert number in said(office, "purge", "list")[1]
    assert said(office, "purge", "confirm", number)[0] == 1
    code, text = said(office, "purge", "confirm", number, "--by", "钱乙二")
    assert (code, "不能恢复" in text) == (0, True)
    assert "阿拉坦花" not in said(office, "list", "person", "--reveal")[1]
    assert said(office, "verify")[0] == 0
    assert said(office, "backup", "make")[0] == 0
    assert "删除以前的备份" in said(office, "purge", "copies", "--remove")[1]
