"""Windows wraps the keys of a PC for its user: with the user gone they do not open; the office says so and heals."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, REGION, copy_of, found, join, names, people, region, restored, send
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.exchange import seal, wrapping
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import backups, sealedcopies, stations, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.stations import KeyLost
from tuopin_desktop.services.office.vaults import Unlock

SAID = r"另一个 Windows 用户.*已有数据不受影响.*平时的 Windows 用户登录.*换用新密钥.*重新授权"


class Windows:
    """Wraps a secret for the user who is signed in, as DPAPI does; another user has it refused."""

    user = "张三"

    def wrap(self, secret: bytes) -> bytes:
        return self.user.encode() + b"|" + secret

    def unwrap(self, wrapped: bytes) -> bytes:
        user, _, secret = wrapped.partition(b"|")
        if user.decode() != self.user:
            raise OSError("DPAPI")
        return secret


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Windows:
    system = Windows()
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "config"))  # the account's key is wrapped like all
    monkeypatch.setattr(wrapping, "wrap", system.wrap)
    monkeypatch.setattr(wrapping, "unwrap", system.unwrap)
    return system


@pytest.fixture
def root(windows: Windows, tmp_path: Path) -> Iterator[Desk]:
    with closing(region(tmp_path / "15")) as desk:
        yield desk


@pytest.fixture
def county(root: Desk, tmp_path: Path) -> Iterator[Desk]:
    with closing(found(tmp_path / "a", COUNTY)) as desk:
        join(root, desk, tmp_path / "stick")
        yield desk


def unsaid(windows: Windows, user: str, desk: Desk) -> str:
    """Return what the office says under a user."""
    windows.user = user
    with pytest.raises(KeyLost) as caught:
        stations.keys(desk)
    return caught.value.sentence


def test_every_door_that_needs_the_key_says_what_happened_and_nothing_moves(
    windows: Windows, root: Desk, county: Desk, tmp_path: Path
) -> None:
    down = send(root, COUNTY, tmp_path / "down")
    people(county, "甲")
    station, position = county.store.identity.station, county.store.position()
    windows.user = "新用户"
    for door in (
        lambda: packages.make(county, REGION, tmp_path / "up"),
        lambda: packages.take(county, down),
        lambda: stations.card(county),
    ):
        with pytest.raises(KeyLost, match=SAID):
            door()
    assert (county.store.identity.station, county.store.position()) == (station, position)
    windows.user = "张三"  # the usual user signs in again
    assert stations.card(county).station == station


def test_a_new_station_and_the_regions_package_heal_the_office(
    windows: Windows, root: Desk, county: Desk, tmp_path: Path
) -> None:
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    people(county, "乙")
    early, old = send(root, COUNTY, tmp_path / "early"), county.store.identity.station
    windows.user = "新用户"
    card = stations.renew(county)
    assert card.station != old
    assert (county.folder / "station-旧1.key").exists()
    with pytest.raises(Refused, match="没有加密给这台电脑"):
        packages.take(county, early)
    windows.user = "张三"  # the region's own PC is another one, with its own user
    stations.enrol(root, card, fingerprint(card.sign))
    down = send(root, COUNTY, tmp_path / "again")
    windows.user = "新用户"
    packages.take(county, down)
    assert stations.authorised(county)
    up = send(county, REGION, tmp_path / "up2")
    windows.user = "张三"
    packages.take(root, up)
    assert names(root) == ["乙", "甲"]
    assert county.store.audit() == root.store.audit() == ""


def test_an_office_restored_under_another_user_heals_the_same_way(
    windows: Windows, root: Desk, county: Desk, tmp_path: Path
) -> None:
    people(county, "甲")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    code = vaults.renew_code(county.folder)
    copy = copy_of(county, tmp_path / "copy.db")
    people(county, "乙")
    packages.take(root, send(county, REGION, tmp_path / "up"))
    windows.user = "新用户"
    again = restored(county, copy, Unlock(code=code))
    with pytest.raises(KeyLost, match=SAID):
        stations.keys(again)
    card = stations.renew(again)
    windows.user = "张三"
    stations.enrol(root, card, fingerprint(card.sign))
    down = send(root, COUNTY, tmp_path / "again")
    windows.user = "新用户"
    packages.take(again, down)
    assert names(again) == ["乙", "甲"], "what was signed before came back"
    assert again.store.audit() == ""
    again.close()


def test_a_damaged_key_file_heals_too(root: Desk, county: Desk) -> None:
    (county.folder / stations.FILE).write_bytes(b"{}")
    with pytest.raises(KeyLost, match=r"密钥文件已损坏.*换用新密钥"):
        stations.keys(county)
    (county.folder / "station-旧1.key").write_bytes(b"of an earlier time")
    stations.renew(county)
    assert (county.folder / "station-旧1.key").read_bytes() == b"of an earlier time"
    assert (county.folder / "station-旧2.key").read_bytes() == b"{}"


def test_a_key_that_opens_is_not_changed(county: Desk) -> None:
    before = (county.folder / stations.FILE).read_bytes()
    with pytest.raises(Refused, match="可以使用，不需要换新"):
        stations.renew(county)
    assert (county.folder / stations.FILE).read_bytes() == before


def daily_copies(desk: Desk) -> list[Path]:
    return [one.path for one in backups.listed(desk) if one.kind == backups.DAILY]


def test_the_daily_copy_and_the_one_elsewhere_need_no_key_of_the_station(
    windows: Windows, county: Desk, tmp_path: Path
) -> None:
    place = tmp_path / "second"
    place.mkdir()
    backups.choose_place(county, place)
    people(county, "甲")
    before = daily_copies(county)
    windows.user = "新用户"
    backups.at_exit(county)
    after = daily_copies(county)
    assert len(after) == 1
    assert after != before, "the copy beside the data is the newest"
    (elsewhere,) = place.iterdir()
    assert elsewhere.read_bytes() == after[0].read_bytes()


def test_an_encrypted_copy_of_the_lost_user_names_the_copies_that_open(
    windows: Windows, county: Desk, tmp_path: Path
) -> None:
    plain = copy_of(county, tmp_path / "copy.db")
    sealed = tmp_path / "备份.db"
    sealed.write_bytes(seal.seal(plain.read_bytes(), [stations.keys(county).age]))
    windows.user = "新用户"
    with pytest.raises(Trouble, match=r"换过 Windows 用户.*“备份”里的备份"), sealedcopies.opened(sealed, county.folder):
        pytest.fail("it does not open")
    stations.renew(county)
    with pytest.raises(Trouble, match=r"“station-旧1[.]key”打不开"), sealedcopies.opened(sealed, county.folder):
        pytest.fail("it does not open")
    windows.user = "张三"  # the usual user signs in again: the key that was set aside opens it
    with sealedcopies.opened(sealed, county.folder) as again:
        assert again.read_bytes() == plain.read_bytes()


def test_what_the_sentence_says_is_right_for_a_sound_key_again(windows: Windows, county: Desk) -> None:
    assert "station.key" not in unsaid(windows, "新用户", county)
    windows.user = "张三"
    assert stations.keys(county).office == COUNTY
