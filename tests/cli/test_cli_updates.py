"""An update from the command line: shown, taken, gone back from, handed down by the region with a data package."""

from pathlib import Path

import pytest

from tests.cli.test_cli_exchange import refused, said, told
from tests.services import updatesticks
from tests.services.updatesticks import NEXT, lay, stick
from tuopin_desktop import __version__
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.versions import Installation


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    return updatesticks.installation(tmp_path / "program", monkeypatch)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    said(tmp_path / "county", "init", "--level", "county", "--county", "150426", "--clerk", "李")
    return tmp_path / "county"


def test_an_update_is_shown_taken_and_gone_back_from(place: Installation, county: Path, tmp_path: Path) -> None:
    path = str(stick(tmp_path / "U"))
    assert said(county, "update", "show").strip() == f"正在使用{__version__}。"
    assert "签名核对无误" in said(county, "update", "show", path)
    assert versions.read(place).next == ""
    assert "没有可以换回的版本" in refused(county, "update", "back")
    assert f"{NEXT}已备好" in said(county, "update", "take", path)
    assert f"{NEXT}已备好" in said(county, "update", "show")
    assert "已备好" in refused(county, "update", "take", path)
    lay(place, "0.0.8")
    updatesticks.standing(place, previous="0.0.8")
    assert "现在什么也没有改变" in said(county, "update", "back")
    assert versions.read(place).next == ""
    assert "0.0.8" in said(county, "update", "back", "--yes")
    assert versions.read(place).next == "0.0.8"


def test_a_checkout_says_how_it_is_updated(county: Path) -> None:
    assert "源代码" in said(county, "update", "show")
    assert "源代码" in refused(county, "update", "back", "--yes")


def test_a_file_that_is_no_update_is_said(place: Installation, county: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("x", encoding="utf-8")
    assert "没有换上" in refused(county, "update", "take", str(tmp_path / "x.zip"))
    assert "没有成功" in refused(county, "update", "show", str(tmp_path / "none.zip"))


def test_the_region_sends_it_down_with_a_package(place: Installation, county: Path, tmp_path: Path) -> None:
    root, down = tmp_path / "15", tmp_path / "down"
    said(root, "init", "--level", "region", "--clerk", "王")
    own = told(root, "station", "card", str(down))[0]
    said(root, "station", "enrol", own["path"], "--fingerprint", own["fingerprint"])
    card = told(county, "station", "card", str(down))[0]
    said(root, "station", "enrol", card["path"], "--fingerprint", card["fingerprint"])
    assert "没有收下可以下发的程序更新" in refused(
        root, "package", "make", "--to", "150426", "--with-update", str(down)
    )
    said(root, "update", "take", str(stick(tmp_path / "U")))
    text = said(root, "package", "make", "--to", "150426", "--with-update", str(down))
    assert "程序更新已写好并读回核对" in text
    assert text.strip().endswith("可以拔出。")
    updatesticks.standing(place)
    (path,) = down.glob("tuopin-update-*.zip")
    assert f"{NEXT}已备好" in said(county, "update", "take", str(path))
