"""Rule packs from the command line, from the region to a county: export, inspect, install, enable, paper."""

from pathlib import Path

from tests.cli.test_cli_exchange import refused, said, told
from tests.services.packsticks import LOCAL, changed, paper, rules, toml


def test_a_pack_goes_from_the_region_to_a_county_by_words(tmp_path: Path) -> None:
    root, county, stick = tmp_path / "15", tmp_path / "county", tmp_path / "stick"
    said(root, "init", "--level", "region", "--clerk", "王")
    said(county, "init", "--level", "county", "--county", "150426", "--clerk", "李")
    own = told(root, "station", "card", str(stick))[0]
    said(root, "station", "enrol", own["path"], "--fingerprint", own["fingerprint"])
    card = told(county, "station", "card", str(stick))[0]
    said(root, "station", "enrol", card["path"], "--fingerprint", card["fingerprint"])
    welcome = told(root, "package", "make", "--to", "150426", str(stick))[0]["path"]

    written = toml(stick, rules(leave__ladder_days="5"))
    scan = paper(stick)
    wrong = toml(stick, changed(rules(), ('title = "', 'x = 1\ntitle = "')), "wrong.toml")
    assert "不认识的项目〔x〕" in refused(root, "pack", "export", str(wrong), "--paper", str(scan), str(stick))
    assert "可以拔出" in said(root, "pack", "export", str(written), "--paper", str(scan), str(stick))
    file = str(stick / f"tuopin-pack-{LOCAL}-v1.zip")

    assert "还没有登记自治区工作队管理办公室的核对号码" in refused(county, "pack", "inspect", file)
    said(county, "station", "trust", own["fingerprint"])
    said(county, "package", "import", welcome)
    assert "办法文件" in refused(county, "package", "import", file)
    assert "由自治区工作队管理办公室签发" in refused(
        county, "pack", "export", str(written), "--paper", str(scan), str(stick)
    )

    words = said(county, "pack", "inspect", file)
    assert "内组通〔2021〕9号" in words
    assert "3天（待核） → 5天（待核）" in words
    assert "现有结论不会改变" in words
    assert "未写入任何数据" in words
    assert LOCAL not in said(county, "pack", "list")
    assert "没有待启用的办法文件" in refused(county, "pack", "enable", LOCAL, "--yes")
    assert "尚未启用" in said(county, "pack", "install", file)
    assert "待启用" in said(county, "pack", "list")
    assert "没有办法文件" in refused(county, "pack", "use", LOCAL)
    assert "尚未启用" in said(county, "pack", "enable", LOCAL)
    assert [one["state"] for one in told(county, "pack", "list") if one["id"] == LOCAL] == ["here"]
    (json,) = told(county, "pack", "enable", LOCAL)
    assert (json["number"], json["flips"], len(json["differences"])) == ("内组通〔2021〕9号", [], 6)
    assert "已启用" in said(county, "pack", "enable", LOCAL, "--yes")
    assert [one["state"] for one in told(county, "pack", "list") if one["id"] == LOCAL] == ["used"]
    assert "今后新登记的派驻" in said(county, "pack", "use", LOCAL)
    assert "超过5天的" in said(county, "pack", "show", LOCAL)
    out = tmp_path / "依据.jpg"
    assert "依据文件已存到" in said(county, "pack", "paper", LOCAL, str(out))
    assert out.read_bytes() == scan.read_bytes()
    assert "已经启用" in refused(county, "pack", "install", file)
