"""`archive hand-over`, `verify`, `box`: from the years to the receipt, by commands alone."""

from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office, over, write_logs
from tuopin_desktop.cli.main import run
from tuopin_desktop.services.archives import forming


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "office"
    with closing(open_office(folder)) as desk:
        write_logs(desk, enter(desk, "阿拉坦花"), [date(2018, 6, 5)])
        with over(desk, date(2028, 3, 1)):
            forming.form(desk, 2018)
    return folder


def said(office: Path, *words: object) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    code = run(["--office", str(office), "--today", "2028-03-01", "archive", *map(str, words)], out, err)
    return code, out.getvalue() + err.getvalue()


def test_a_medium_is_written_verified_sent_and_receipted(office: Path, tmp_path: Path) -> None:
    code, text = said(
        office, "hand-over", tmp_path, "--years", "2018", "--to", "旗档案馆", "--charset", "UTF-8", "--sm3"
    )
    assert code == 0, text
    (folder,) = tmp_path.iterdir()
    assert said(office, "verify", folder)[0] == 0
    assert "核对无误" in said(office, "verify", folder)[1]
    number = text.split()[-1]
    code, text = said(office, "sent", number)
    assert (code, "已登记" in text) == (0, True)
    code, text = said(office, "received", number, "--receipt", "3号", "--by", "王海")
    assert (code, "旗档案馆" in text) == (0, True)
    assert "已接收（回执 3号）" in said(office, "hand-overs")[1]
    assert said(office, "withdraw-hand-over", number)[0] != 0
    next((folder / "电子档案").rglob("*.pdf")).unlink()
    code, text = said(office, "verify", folder)
    assert code == 1
    assert "缺失" in text


def test_years_that_cannot_be_read_and_a_folder_that_is_none_are_said(office: Path, tmp_path: Path) -> None:
    code, text = said(office, "hand-over", tmp_path, "--years", "去年", "--to", "旗档案馆")
    assert code != 0
    assert "请写成 2018 或 2018-2020" in text
    assert said(office, "verify", tmp_path / "没有")[0] != 0
    code, text = said(office, "box", tmp_path, "--years", "2018")
    assert (code, "index.html" in text) == (0, True)
