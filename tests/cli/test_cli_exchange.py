"""Packages from the command line: enrol, make, rehearse, import, receipt, undo, in words and as JSON."""

import io
import json
from pathlib import Path
from typing import Any

from tuopin_desktop.cli.main import run


def said(office: Path, *words: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    assert run(["--office", str(office), *words], out, err) == 0, err.getvalue()
    return out.getvalue()


def told(office: Path, *words: str) -> list[Any]:
    return [json.loads(line) for line in said(office, *words, "--json").splitlines()]


def refused(office: Path, *words: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    assert run(["--office", str(office), *words], out, err) == 1, out.getvalue()
    return err.getvalue()


def test_a_county_joins_and_sends_and_hears_that_it_arrived(tmp_path: Path) -> None:
    root, county, stick = tmp_path / "15", tmp_path / "county", tmp_path / "stick"
    said(root, "init", "--level", "region", "--clerk", "王")
    said(county, "init", "--level", "county", "--county", "150426", "--clerk", "李")

    own = told(root, "station", "card", str(stick))[0]
    assert "核对号码" in refused(root, "station", "enrol", own["path"])
    said(root, "station", "enrol", own["path"], "--fingerprint", own["fingerprint"])
    card = told(county, "station", "card", str(stick), "--name", "办公室一号机")[0]
    assert "没有自治区工作队管理办公室的授权" in refused(county, "package", "make", "--to", "15", str(stick))
    assert "不符" in refused(root, "station", "enrol", card["path"], "--fingerprint", own["fingerprint"])
    said(root, "station", "enrol", card["path"], "--fingerprint", card["fingerprint"])
    assert [seat["name"] for seat in told(root, "station", "list")] == ["王", "办公室一号机"]

    welcome = told(root, "package", "make", "--to", "150426", str(stick))[0]["path"]
    assert own["fingerprint"] in refused(county, "package", "import", welcome)
    said(county, "station", "trust", own["fingerprint"])
    assert "未写入任何数据" in said(county, "package", "import", welcome, "--rehearse")
    assert "已收下" in said(county, "package", "import", welcome)

    words = said(county, "package", "make", "--to", "15", str(stick))
    assert words.splitlines()[-1] == "可以拔出。"
    package = next(stick.glob("翁牛特旗报自治区第*包.zip"))
    assert "已授权" in said(root, "package", "show", str(package))
    taken = told(root, "package", "import", str(package))[0]
    assert taken["outcome"]["kinds"]["office"]["new"] == 1
    assert taken["receipt"] in said(root, "package", "receipt")
    assert "待发1条" in said(county, "package", "board")
    assert "已登记" in said(county, "package", "receipt", taken["receipt"])
    assert "对方都已收到" in said(county, "package", "board")
    board = told(root, "package", "board")[0]
    assert [row["number"] for row in board["rows"] if row["office"] == "150426"] == [1]
    assert len(board["rows"]) >= 57
    assert "只能以自治区工作队管理办公室" in refused(root, "package", "import", str(package), "--follow-region")
    again = said(county, "package", "import", welcome, "--follow-region", "--rehearse")
    assert "新增0条" in again
    assert "未写入任何数据" in again
    assert "可以再收一次" in said(root, "package", "undo")
    assert "未写入任何数据" in said(root, "package", "import", str(stick), "--rehearse")
    batch = said(root, "package", "import", str(stick)).splitlines()
    assert batch[-1].startswith("已收下1个数据包")
    assert taken["receipt"] in batch[-2]
    assert "没有给本单位、还没有收下的数据包" in refused(root, "package", "import", str(stick))
    assert taken["receipt"] not in said(root, "package", "undo", "--batch")
    assert "没有可以撤销的收包" in refused(root, "package", "undo")
    assert told(root, "conflicts", "list") == []
    assert "没有待补的内容" in refused(county, "package", "write-off")


def test_a_damaged_package_is_refused_with_the_check_that_failed(tmp_path: Path) -> None:
    root = tmp_path / "15"
    said(root, "init", "--level", "region")
    (tmp_path / "x.zip").write_bytes(b"PK\3\4" + bytes(100))
    assert "没有通过检查" in refused(root, "package", "import", str(tmp_path / "x.zip"))
    assert "不是登记卡" in refused(root, "station", "enrol", str(tmp_path / "x.zip"))


def test_a_key_that_does_not_open_is_replaced_by_one_word(tmp_path: Path) -> None:
    county = tmp_path / "county"
    said(county, "init", "--level", "county", "--county", "150426", "--clerk", "李")
    before = told(county, "station", "card", str(tmp_path / "stick"))[0]
    assert "不需要换新" in refused(county, "station", "renew")
    (county / "station.key").write_bytes(b"{}")
    assert "换用新密钥（station renew）" in refused(county, "station", "card", str(tmp_path / "stick"))
    (renewed,) = told(county, "station", "renew")
    assert renewed["station"] != before["station"]
    assert renewed["fingerprint"] == told(county, "station", "card", str(tmp_path / "stick"))[0]["fingerprint"]
    (county / "station.key").write_bytes(b"{}")
    assert "登记卡" in said(county, "station", "renew")
