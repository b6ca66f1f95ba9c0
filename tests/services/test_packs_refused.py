"""A rule pack that is not the region's, not whole, not sound or not newer is refused, in words that say which."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, NEIGHBOUR, all_closed, found, join, region, send
from tests.services.packsticks import LOCAL, VILLAGE, at, changed, paper, rules, signed, toml, used
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.exchange import frame, packfile
from tuopin_desktop.services.exchange import packages, packfiles, sticks
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    desk = at(region(tmp_path / "15"))
    yield desk
    all_closed(desk)


@pytest.fixture
def county(root: Desk, tmp_path: Path, stick: Path) -> Iterator[Desk]:
    desk = at(found(tmp_path / COUNTY, COUNTY))
    join(root, desk, stick)
    yield desk
    all_closed(desk)


def refusal(desk: Desk, path: Path) -> str:
    before = sorted(desk.folder.rglob("*"))
    sentence = ""
    try:
        packfiles.install(desk, path)
    except (Refused, Trouble) as raised:
        sentence = raised.sentence
    assert sentence
    assert sorted(desk.folder.rglob("*")) == before
    assert packfiles.waiting(desk) == []
    return sentence


def test_only_the_region_signs_packs(county: Desk, stick: Path) -> None:
    with pytest.raises(Refused, match="由自治区工作队管理办公室签发"):
        packfiles.export(county, toml(stick, rules()), paper(stick), stick)


def test_what_no_office_could_take_in_is_not_signed(root: Desk, stick: Path) -> None:
    scan = paper(stick)
    for text, words in (
        (rules(VILLAGE), "与随程序提供的办法文件“2021-village”第1版同名，内容却不同"),
        (changed(rules(), ('title = "', 'wrong = 1\ntitle = "')), "不认识的项目〔wrong〕"),
        (rules("2018-nmg", version=2), "不能用办法文件替换"),
    ):
        with pytest.raises(Refused, match=words):
            packfiles.export(root, toml(stick, text), scan, stick / "out")
    with pytest.raises(Refused, match="依据文件"):
        packfiles.export(root, toml(stick, rules()), toml(stick, "不是扫描件", "x.txt"), stick / "out")
    with pytest.raises(Refused, match="不是规则文件"):
        packfiles.export(root, signed(root, stick), scan, stick / "out")
    assert not (stick / "out").exists()


def test_a_file_that_was_touched_cut_or_is_something_else_is_refused(root: Desk, county: Desk, stick: Path) -> None:
    good = signed(root, stick)
    raw = good.read_bytes()
    for number, spoilt in enumerate((raw[:-1], raw[: len(raw) // 2], raw[:40], raw + b"x", raw.replace(b"20", b"21"))):
        path = stick / f"spoilt{number}.zip"
        path.write_bytes(spoilt)
        assert "没有收下" in refusal(county, path)
    assert "数据包" in refusal(county, send(root, COUNTY, stick))
    assert "图片" in refusal(county, paper(stick))
    assert refusal(county, stick / "nothing.zip")
    assert refusal(county, stick)
    (stick / "tuopin-pack-folder.zip").mkdir()
    states = {one.path.name: one.state for one in sticks.look(county, stick).packages}
    assert states[good.name] == "new"
    assert {states[f"spoilt{number}.zip"] for number in range(5)} == {"bad"}
    assert states["tuopin-pack-folder.zip"] == "bad"


def test_a_file_too_large_to_be_rules_is_not_signed(root: Desk, stick: Path) -> None:
    for size in (70_000, 3_000_000):
        with pytest.raises((Refused, Trouble), match=r"超过(64 KB| 2 MB)"):
            packfiles.export(root, toml(stick, rules() + "#" * size), paper(stick), stick / "out")


def test_every_byte_of_a_pack_is_proved(root: Desk, county: Desk, stick: Path) -> None:
    raw = signed(root, stick).read_bytes()
    for place in range(0, len(raw), 97):
        spoilt = bytearray(raw)
        spoilt[place] ^= 1
        with pytest.raises(frame.Unsound):
            packfile.read(bytes(spoilt))
    assert packfile.read(raw).label["Tuopin-Pack"] == LOCAL


def forged(desk: Desk, text: str, stick: Path, **said: object) -> Path:
    """Return a pack signed by whoever wants to: the program's own checks are passed by."""
    outside = {
        "name": f"tuopin-pack-{LOCAL}-v1",
        "office": desk.scope,
        "pack": LOCAL,
        "version": 1,
        "date": "2021-06-01",
    }
    outside |= {"practice": False, **said}
    path = stick / f"forged-{hashlib.sha256(text.encode() + repr(said).encode()).hexdigest()[:8]}.zip"
    raw = packfile.write(
        stations.keys(desk),
        packfile.Outside(**outside),  # type: ignore[arg-type]  # words by name
        text.encode(),
        paper(stick).read_bytes(),
        "jpg",
    )
    path.write_bytes(raw)
    return path


def test_a_pack_signed_by_a_county_by_another_region_or_by_nobody_known_is_refused(
    root: Desk, county: Desk, stick: Path, tmp_path: Path
) -> None:
    other = at(region(tmp_path / "other15"))
    assert "不是本机所认的自治区工作队管理办公室签的" in refusal(county, signed(other, stick / "other"))
    sentence = refusal(county, forged(county, rules(), stick))
    assert "办法文件只能由自治区工作队管理办公室签发" in sentence
    assert "办法文件只能由" in refusal(county, forged(county, rules(), stick, office="15"))
    stranger = at(found(tmp_path / "stranger", NEIGHBOUR))
    assert "不是本机所认的" in refusal(county, forged(stranger, rules(), stick, office="15"))
    assert "还没有登记自治区工作队管理办公室的核对号码" in refusal(stranger, signed(root, stick))
    all_closed(other, stranger)


def test_a_pack_of_a_closed_pc_is_refused_and_one_in_use_stays(
    root: Desk, county: Desk, stick: Path, tmp_path: Path
) -> None:
    second = at(found(tmp_path / "second15", "15"))
    join(root, second, stick)
    packages.take(county, send(root, COUNTY, stick))
    used(county, signed(second, stick))
    later = signed(second, stick, rules(version=2, in_force="2021-07-01"))
    stations.revoke(root, stations.card(second).station, "被盗")
    packages.take(county, send(root, COUNTY, stick))
    assert "已被停用" in refusal(county, later)
    assert LOCAL in county.packs
    all_closed(second)


def test_practice_and_earnest_do_not_mix(county: Desk, stick: Path, tmp_path: Path) -> None:
    practice = at(region(tmp_path / "practice15", practice=True))
    assert "练习用的办法文件不能用于正式数据" in refusal(county, signed(practice, stick))
    all_closed(practice)


def test_what_the_region_signed_in_error_is_refused_all_the_same(root: Desk, county: Desk, stick: Path) -> None:
    village = {"name": f"tuopin-pack-{VILLAGE}-v1", "pack": VILLAGE}
    assert "同名，内容却不同" in refusal(county, forged(root, rules(VILLAGE), stick, **village))
    first = {"name": "tuopin-pack-2018-nmg-v2", "pack": "2018-nmg", "version": 2}
    assert "不能用办法文件替换" in refusal(county, forged(root, rules("2018-nmg", version=2), stick, **first))
    assert "标签与内容不符" in refusal(county, forged(root, rules("2021-other"), stick))
    assert "编号只能用" in refusal(county, forged(root, rules("../../../evil"), stick))
    assert "标签与内容不符" in refusal(county, forged(root, rules(), stick, name="..-..-evil"))
    assert "不认识的项目" in refusal(county, forged(root, changed(rules(), ('title = "', 'x = 1\ntitle = "')), stick))
    assert "过大" in refusal(county, forged(root, rules() + "#" * 70_000, stick))
    assert not list(county.folder.parent.rglob("*evil*"))


def test_older_and_misdated_versions_and_other_words_under_the_same_version_are_refused(
    root: Desk, county: Desk, stick: Path
) -> None:
    first = signed(root, stick / "1")
    used(county, signed(root, stick / "3", rules(version=3, in_force="2021-07-01")))
    assert "第1版比本机的第3版旧" in refusal(county, first)
    again = forged(root, rules(version=3, in_force="2021-07-01", presence__days="1"), stick, version=3,
                   name=f"tuopin-pack-{LOCAL}-v3")  # fmt: skip
    assert "与已启用的办法文件“2021-local”第3版同名，内容却不同" in refusal(county, again)
    back = signed(root, stick / "4", rules(version=4, in_force="2021-06-15"))
    assert "施行日期2021-06-15不晚于" in refusal(county, back)


def test_a_paper_that_is_no_scan_is_refused(root: Desk, county: Desk, stick: Path) -> None:
    keys = stations.keys(root)
    outside = packfile.Outside(
        name=f"tuopin-pack-{LOCAL}-v1", office="15", pack=LOCAL, version=1, date="2021-06-01", practice=False
    )
    path = stick / "no-paper.zip"
    path.write_bytes(packfile.write(keys, outside, rules().encode(), b"no scan", "pdf"))
    assert "依据文件" in refusal(county, path)


def test_a_pin_is_no_certificate_of_anybody_else(root: Desk, county: Desk, stick: Path) -> None:
    assert stations.root(county) == fingerprint(stations.card(root).sign)
    with pytest.raises(Refused, match="没有待启用的办法文件"):
        packfiles.enable(county, LOCAL)
