"""What was taken back opens the living office no more, and what cannot be read at the moment is never replaced."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import MORNING, enter
from tuopin_desktop.domain.problems import Locked, Newer, Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.exchange import vault
from tuopin_desktop.machine import files, paths
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import accounts, backups, offices, vaultfiles, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.vaults import Unlock

OLD, NEW = Unlock(password="旧口令一二"), Unlock(password="新口令一二")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a person whose folder is spoilt by no test but this."""
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "person"))


def founded(folder: Path) -> Desk:
    """Set up an office under the key of this account, which no other test has."""
    offices.create(folder, level="county", county="150426", clock=FixedClock(MORNING))
    return offices.open_desk(folder, FixedClock(MORNING))


class Held:
    """An office with a copy of the day on which the old password and the old code opened it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(founded(folder)) as desk:
            enter(desk, "斯琴高娃")
            vaults.set_password(folder, "u1", OLD.password)
            vaults.set_password(folder, "u2", "停用人的口令")
            self.code = vaults.renew_code(folder)
            self.copy = backups.make(desk).path
            vaults.set_password(folder, "u1", NEW.password)
            vaults.drop_password(folder, "u2")
            self.newer_code = vaults.renew_code(folder)

    @property
    def old_ways(self) -> tuple[Unlock, ...]:
        return OLD, Unlock(user="u1", password=OLD.password), Unlock(password="停用人的口令"), Unlock(code=self.code)


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path / "office")


@pytest.fixture
def elsewhere(held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be on another PC, where nothing of the office is remembered."""
    assert held.folder.exists()
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "another"))
    vaults.lock(held.folder)
    return tmp_path / "another"


def names(folder: Path, unlock: Unlock | None = None) -> list[str]:
    with closing(offices.open_desk(folder, unlock=unlock)) as desk:
        return [person.name for person in desk.store.rows(Person)]


def test_what_was_taken_back_opens_its_copy_and_not_the_living_office(held: Held) -> None:
    for old in held.old_ways:
        with pytest.raises(Refused):
            names(held.folder, old)
        vaults.lock(held.folder)
        assert vaults.admit(held.copy, held.folder, old) is not None
    assert names(held.folder, NEW) == ["斯琴高娃"]


@pytest.mark.usefixtures("elsewhere")
def test_nor_on_another_pc(held: Held) -> None:
    for old in held.old_ways:
        with pytest.raises(Refused):
            names(held.folder, old)
    assert names(held.folder, Unlock(code=held.newer_code)) == ["斯琴高娃"]


def test_an_account_that_was_switched_off_opens_by_no_copy(held: Held) -> None:
    vaults.set_account(held.folder, on=False)
    vaults.lock(held.folder)
    with pytest.raises(Locked, match="口令"):
        names(held.folder)
    assert names(held.folder, NEW) == ["斯琴高娃"]


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("loss", ["gone", "torn"])
def test_only_without_its_own_vault_it_opens_by_that_of_a_copy(held: Held, loss: str) -> None:
    own = held.folder / vaults.FILE
    own.unlink() if loss == "gone" else own.write_bytes(own.read_bytes()[:200])
    assert names(held.folder, Unlock(code=held.code)) == ["斯琴高娃"]


def test_looking_at_a_copy_does_not_bring_its_ways_back(held: Held) -> None:
    remembered = held.folder.parent / "stick"
    remembered.mkdir()
    shutil.copy(held.copy, remembered / "copy.db")
    vaults.lock(held.folder)
    assert vaults.admit(remembered / "copy.db", None, OLD) is not None
    (held.folder / vaults.FILE).unlink()
    assert vaults.is_right(held.folder, NEW)
    assert not vaults.is_right(held.folder, OLD)


# -- the key of the account


def unreadable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a file of this name be one that another program holds."""
    read: Callable[..., bytes] = files.read

    def refuse(path: Path, limit: int = 1 << 20) -> bytes:
        if path.name == name:
            raise Trouble(f"读取“{path}”没有成功：另一个程序正在用它。")
        return read(path, limit)

    monkeypatch.setattr(files, "read", refuse)


def test_a_key_of_the_account_that_cannot_be_read_now_stays_and_opens_later(
    held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = accounts.own_key()
    with monkeypatch.context() as moment:
        unreadable(moment, accounts.FILE)
        with pytest.raises(Trouble, match="另一个程序"):
            offices.create(tmp_path / "second", level="county", county="150426")
        with pytest.raises(Trouble, match="另一个程序"):
            accounts.own_key()
        vaults.lock(held.folder)
        with pytest.raises(Locked, match="口令"):  # which can be typed meanwhile
            names(held.folder)
    assert accounts.own_key() == before
    assert names(held.folder) == ["斯琴高娃"]


def test_where_nothing_can_be_typed_it_is_said_that_the_key_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded(tmp_path / "office").close()
    vaults.lock(tmp_path / "office")
    unreadable(monkeypatch, accounts.FILE)
    with pytest.raises(Trouble, match="另一个程序") as trouble:
        names(tmp_path / "office")
    assert not isinstance(trouble.value, Locked)


def test_a_key_set_aside_that_opens_again_still_opens_the_office(held: Held) -> None:
    folder = paths.config_folder()
    good = (folder / accounts.FILE).read_bytes()
    (folder / accounts.FILE).write_bytes(b"of another user at the moment")
    accounts.own_key()
    (folder / accounts.OLD.format(1)).write_bytes(good)
    vaults.lock(held.folder)
    assert names(held.folder) == ["斯琴高娃"]


# -- a vault of a later version


def of_a_later_version(path: Path) -> bytes:
    table = msgspec.json.decode(path.read_bytes())
    content = msgspec.json.encode({**table, "format": vault.FORMAT + 1, "vaults": {"kept": "otherwise"}})
    path.write_bytes(content)
    return content


@pytest.mark.parametrize("how", [None, NEW])
def test_a_vault_of_a_later_version_is_never_replaced(held: Held, how: Unlock | None) -> None:
    content = of_a_later_version(held.folder / vaults.FILE)
    vaults.lock(held.folder)
    with pytest.raises(Newer, match="更新版本的程序"):
        names(held.folder, how)
    assert (held.folder / vaults.FILE).read_bytes() == content


def test_nothing_writes_over_it_while_the_data_are_open(held: Held) -> None:
    assert names(held.folder) == ["斯琴高娃"]
    content = of_a_later_version(held.folder / vaults.FILE)
    for change in (
        lambda: vaults.renew_code(held.folder),
        lambda: vaults.make(held.folder),
        lambda: backups.restore(held.folder, held.copy),
    ):
        with pytest.raises(Newer):
            change()
    assert (held.folder / vaults.FILE).read_bytes() == content


def test_one_that_is_remembered_is_passed_over_and_stays(held: Held) -> None:
    one = vault.load((held.folder / vaults.FILE).read_bytes())[0]
    content = of_a_later_version(vaultfiles.remembered(one.id))
    vaults.lock(held.folder)
    assert names(held.folder) == ["斯琴高娃"]
    assert vaultfiles.remembered(one.id).read_bytes() == content


def test_a_vault_that_cannot_be_read_now_is_not_replaced_by_an_older_one(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (held.folder / vaults.FILE).read_bytes()
    vaults.lock(held.folder)
    with monkeypatch.context() as moment:
        unreadable(moment, vaults.FILE)
        assert names(held.folder) == ["斯琴高娃"]
        with pytest.raises(Trouble):
            vaults.renew_code(held.folder)
    assert (held.folder / vaults.FILE).read_bytes() == content
