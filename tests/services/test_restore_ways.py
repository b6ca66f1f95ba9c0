"""After an older copy is put back its users can sign in, somebody still runs the office, and no password is gone."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.services.desks import MORNING
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.roles import NOBODY, Role
from tuopin_desktop.exchange import vault
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import backups, offices, users, vaultfiles, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import keyring
from tuopin_desktop.store.store import DATABASE

BAI, QI, NEWER = "baiyin-6214", "qiqige-5531", "baiyin-7207"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set up an office of a person whose folder no other test has."""
    monkeypatch.setenv("TUOPIN_CONFIG", str(tmp_path / "person"))
    offices.create(tmp_path / "office", level="county", county="150426", clerk="李秀英", clock=FixedClock(MORNING))
    return tmp_path / "office"


def opened(folder: Path) -> Desk:
    return offices.open_desk(folder, FixedClock(MORNING))


def take_slots(path: Path, *kinds: str) -> None:
    """Take what was wrapped for these ways out of a vault file."""
    rows = [
        vault.Vault(id=one.id, slots=tuple(slot for slot in one.slots if slot.kind not in kinds))
        for one in vault.load(path.read_bytes())
    ]
    path.write_bytes(vault.dump(rows))


def without_passwords(folder: Path) -> None:
    """Let today's vault, and what is remembered of it, hold no password and no code."""
    take_slots(folder / vaults.FILE, "password", "recovery")
    for path in vaultfiles.remembered("").parent.glob("*.keys"):
        take_slots(path, "password", "recovery")
    vaults.lock(folder)


def changed_hands(folder: Path) -> Path:
    """Return a copy of the day on which only 白音 worked here; since then 其其格 runs the office and he is gone."""
    with closing(opened(folder)) as desk:
        first = users.add(desk, "白音", users.EVERYTHING, BAI)
        copy = backups.make(desk).path
        users.add(desk, "其其格", users.EVERYTHING, QI)
        users.sign_in(desk, "其其格", lambda: QI)
        users.disable(desk, first.id)
    return copy


def test_the_users_of_the_copy_have_the_passwords_of_its_day(folder: Path) -> None:
    copy = changed_hands(folder)
    backups.restore(folder, copy, FixedClock(MORNING))
    with closing(opened(folder)) as desk:
        assert users.sign_in_alone(desk)
        assert desk.who == NOBODY
        with pytest.raises(Refused, match="口令不对"):
            users.sign_in(desk, "白音", lambda: QI)
        assert users.sign_in(desk, "白音", lambda: BAI).roles == users.EVERYTHING


def test_whoever_has_a_password_now_keeps_it(folder: Path) -> None:
    with closing(opened(folder)) as desk:
        users.add(desk, "白音", users.EVERYTHING, BAI)
        copy = backups.make(desk).path
        users.change_password(desk, BAI, NEWER)
    backups.restore(folder, copy, FixedClock(MORNING))
    with closing(opened(folder)) as desk:
        with pytest.raises(Refused, match="口令不对"):
            users.sign_in(desk, "白音", lambda: BAI)
        assert users.sign_in(desk, "白音", lambda: NEWER).roles == users.EVERYTHING


def test_a_copy_that_would_leave_no_administrator_a_way_in_is_refused(folder: Path) -> None:
    with closing(opened(folder)) as desk:
        users.add(desk, "白音", users.EVERYTHING, BAI)
        users.add(desk, "其其格", [Role.WRITER], QI)
        without_passwords(folder)
        vaults.admit(folder / DATABASE, folder)  # the copy carries what the vault holds now
        copy = backups.make(desk).path
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(Refused, match=r"白音.*没有口令，也没有恢复码"):
        backups.restore(folder, copy, FixedClock(MORNING))
    assert (folder / DATABASE).read_bytes() == before
    with closing(opened(folder)):
        vaults.renew_code(folder)
    assert backups.restore(folder, copy, FixedClock(MORNING)) is not None


def test_one_alone_without_a_password_restores_as_before(folder: Path) -> None:
    with closing(opened(folder)) as desk:
        bare = backups.make(desk).path
        users.add(desk, "李秀英", users.EVERYTHING)
        copy = backups.make(desk).path
    for one in (copy, bare):
        backups.restore(folder, one, FixedClock(MORNING))
        with closing(opened(folder)) as desk:
            assert not users.sign_in_alone(desk)


@pytest.mark.parametrize("missing", ["slot", "vault"])
def test_whoever_ever_had_a_password_is_not_let_in_without_one(folder: Path, missing: str) -> None:
    with closing(opened(folder)) as desk:
        users.add(desk, "白音", users.EVERYTHING, BAI)
        backups.make(desk)
    if missing == "slot":
        without_passwords(folder)
    else:
        (folder / vaults.FILE).unlink()
        take_slots(vaultfiles.remembered(keyring.head(folder / DATABASE).hex()), "password")
    with closing(opened(folder)) as desk:
        assert users.sign_in_alone(desk)
        with pytest.raises(Refused, match="口令"):
            users.sign_in(desk, "白音", lambda: "")
