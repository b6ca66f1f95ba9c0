"""Forgetting by term on the command line: who is due, a proposal, another name, the copies made before."""

from contextlib import closing
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tuopin_desktop.cli.main import run
from tuopin_desktop.machine.clock import Clock


def said(office: Path, *words: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    code = run(["--office", str(office), "--today", "2029-06-04", *words], out, err)
    return code, out.getvalue() + err.getvalue()


def be(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    at = int(datetime(year, 6, 4, 9, tzinfo=UTC).timestamp() * 1000)
    monkeypatch.setattr(Clock, "wall_ms", lambda _: at)


def test_a_business_day_of_the_future_ends_no_term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "office"
    be(monkeypatch, 2027)
    with closing(open_office(office)) as desk:
        enter(desk, "阿拉坦花", until=date(2018, 12, 31))
    code, text = said(office, "purge", "propose", "阿拉坦花", "--basis", "第12项", "--archived", "已移交")
    assert (code, "还没有到期" in text) == (1, True)


def test_a_member_whose_term_of_keeping_is_over_is_forgotten_by_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "office"
    be(monkeypatch, 2029)
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
