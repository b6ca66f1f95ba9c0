"""The encrypted data of an office: which ways open them, what a lost or foreign vault means, and what is kept."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tuopin_desktop.domain.problems import Locked, Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office import accounts, offices, vaults
from tuopin_desktop.services.office.vaults import Unlock, Way
from tuopin_desktop.store import keyring
from tuopin_desktop.store.store import DATABASE


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    with closing(open_office(folder)) as desk:
        enter(desk, "斯琴高娃")
    return folder


@pytest.fixture
def another_pc(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be another person's account once the office is made; nothing is remembered there."""
    assert office.exists()
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    return tmp_path / "another"


def names(folder: Path, unlock: Unlock | None = None) -> list[str]:
    with closing(offices.open_desk(folder, unlock=unlock)) as desk:
        return [person.name for person in desk.store.rows(Person)]


def test_a_new_office_is_encrypted_and_opens_without_typing(office: Path) -> None:
    assert vaults.is_encrypted(office / DATABASE)
    assert names(office) == ["斯琴高娃"]
    assert [way.kind for way in vaults.ways(office)] == ["account"]
    assert (office / vaults.FILE).stat().st_mode & 0o77 == 0


def test_the_key_of_the_account_lies_in_the_persons_own_folder_and_never_beside_the_data(office: Path) -> None:
    account = accounts.key()
    assert account is not None
    held = keyring.key_of(office / DATABASE)
    assert held is not None
    for path in office.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert account not in content
        assert held.key not in content
        assert held.key.hex().encode() not in content


@pytest.mark.usefixtures("another_pc")
def test_a_stolen_folder_does_not_open_elsewhere_and_is_not_called_damaged(office: Path) -> None:
    with pytest.raises(Locked, match="只有平时使用的电脑"):
        names(office)


def test_a_recovery_code_opens_it_elsewhere_and_a_renewed_one_replaces_it(office: Path, another_pc: Path) -> None:
    before, code = vaults.renew_code(office), vaults.renew_code(office)
    with pytest.raises(Locked, match="恢复码"):
        names(office)
    with pytest.raises(Refused, match="恢复码不是这份数据的"):
        names(office, Unlock(code=before))
    assert names(office, Unlock(code=code.lower().replace("-", " "))) == ["斯琴高娃"]
    assert (another_pc / vaults.REMEMBERED).is_dir()


@pytest.mark.usefixtures("another_pc")
def test_a_code_copied_wrongly_is_told_by_its_group(office: Path) -> None:
    groups = vaults.renew_code(office).split("-")
    groups[3] = groups[3][:4] + ("A" if groups[3][4] != "A" else "B")
    with pytest.raises(Refused, match="第4组"):
        names(office, Unlock(code="-".join(groups)))
    with pytest.raises(Refused, match="6组"):
        names(office, Unlock(code="-".join(groups[:5])))


@pytest.mark.usefixtures("another_pc")
def test_a_password_opens_it_elsewhere_and_says_whose_it_was(office: Path) -> None:
    vaults.set_password(office, "u1", "旧口令")
    vaults.set_password(office, "u1", "口令一")
    vaults.set_password(office, "u2", "口令二")
    assert vaults.admit(office / DATABASE, office, Unlock(password="口令二")) == Way("password", "u2")
    assert vaults.admit(office / DATABASE, office, Unlock(user="u1", password="口令一")) == Way("password", "u1")
    for wrong in (
        Unlock(password="旧口令"),
        Unlock(user="u1", password="口令二"),
        Unlock(user="u3", password="口令一"),
    ):
        with pytest.raises(Refused, match="口令不对"):
            names(office, wrong)
    vaults.drop_password(office, "u2")
    with pytest.raises(Refused, match="口令不对"):
        names(office, Unlock(password="口令二"))


def test_without_the_account_a_password_is_wanted_on_the_same_pc(office: Path) -> None:
    vaults.set_password(office, "u1", "口令")
    vaults.set_account(office, on=False)
    assert not vaults.opens_by_account(office)
    with pytest.raises(Locked, match="口令"):
        names(office)
    assert names(office, Unlock(password="口令")) == ["斯琴高娃"]
    vaults.set_account(office, on=True)
    assert names(office) == ["斯琴高娃"]


def test_the_last_way_in_is_not_taken_away(office: Path) -> None:
    with pytest.raises(Refused, match="唯一"):
        vaults.set_account(office, on=False)
    assert names(office) == ["斯琴高娃"]


def test_ways_are_changed_only_while_the_data_are_open(office: Path) -> None:
    vaults.lock(office)
    with pytest.raises(Locked):
        vaults.renew_code(office)


@pytest.mark.parametrize("loss", ["gone", "torn", "another"])
def test_a_lost_vault_is_found_again_on_the_same_pc(office: Path, tmp_path: Path, loss: str) -> None:
    code = vaults.renew_code(office)
    path = office / vaults.FILE
    if loss == "gone":
        path.unlink()
    elif loss == "torn":
        path.write_bytes(path.read_bytes()[:300])
    else:
        vaults.make(tmp_path)
        shutil.copy(tmp_path / vaults.FILE, path)
    assert names(office) == ["斯琴高娃"]
    assert {way.kind for way in vaults.ways(office)} == {"account", "recovery"}
    assert vaults.is_right(office, Unlock(code=code))


def test_a_lost_vault_is_found_in_a_copy_where_nothing_is_remembered(
    office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = vaults.renew_code(office)
    with closing(offices.open_desk(office)) as desk:
        (office / vaults.COPIES).mkdir(exist_ok=True)
        desk.store.backup(office / vaults.COPIES / "手工-20180604-090000-第1号.db")
    (office / vaults.FILE).unlink()
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    assert names(office, Unlock(code=code)) == ["斯琴高娃"]
    assert (office / vaults.FILE).exists()


@pytest.mark.usefixtures("another_pc")
def test_without_any_vault_it_is_said_which_file_to_bring(office: Path) -> None:
    (office / vaults.FILE).unlink()
    with pytest.raises(Locked, match=r"office\.keys"):
        names(office)


def test_the_database_alone_opens_on_the_same_pc(office: Path, tmp_path: Path) -> None:
    alone = tmp_path / "stick"
    alone.mkdir()
    shutil.copy(office / DATABASE, alone / DATABASE)
    assert names(alone) == ["斯琴高娃"]


@pytest.mark.parametrize("width", [1, 16])
def test_a_spoilt_beginning_where_a_file_says_whose_it_is_costs_nothing(office: Path, width: int) -> None:
    raw = bytearray((office / DATABASE).read_bytes())
    raw[:width] = bytes(width)
    (office / DATABASE).write_bytes(raw)
    vaults.lock(office)
    assert names(office) == ["斯琴高娃"]


@pytest.mark.usefixtures("another_pc")
def test_a_key_of_the_account_that_is_spoilt_is_set_aside_and_a_new_one_made(another_pc: Path) -> None:
    first = accounts.own_key()
    assert accounts.own_key() == first
    (another_pc / accounts.FILE).write_bytes(b"spoilt")
    assert accounts.key() is None
    assert accounts.own_key() != first
    assert (another_pc / accounts.OLD.format(1)).read_bytes() == b"spoilt"


def test_nothing_of_a_key_stays_where_no_office_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Trouble("磁盘空间不足。")

    monkeypatch.setattr("tuopin_desktop.services.office.offices.Store.create", refuse)
    with pytest.raises(Trouble):
        offices.create(tmp_path / "new", level="county", county="150426")
    assert not (tmp_path / "new" / vaults.FILE).exists()
