"""Where the vaults of an office lie, and which of them counts: the one beside the database, before every other.

What was taken back (a password, a code, a user) is gone from the vault beside the database alone; copies keep the vault
of their day. So a copy's vault opens that copy, and the living office only when its own is missing or damaged.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tuopin_desktop.domain.problems import Newer, Trouble
from tuopin_desktop.exchange import vault
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.vault import Later, Vault
from tuopin_desktop.machine import files, paths
from tuopin_desktop.store import keyring
from tuopin_desktop.store.store import DATABASE

FILE = "office.keys"
COPIES = "备份"
"""The folder of the copies, in that of the data."""
REMEMBERED = "vaults"
"""In the person's own folder: the vaults of all offices opened here, by their ids."""
_LIMIT = 1 << 20


def at_hand(path: Path, folder: Path | None, head: bytes) -> list[Vault]:
    """Return every vault that may be the file's, the one that counts first.

    `head` is how the file begins, which is the id of its vault. The database of an office has but that of the folder,
    where it can be read and knows the id. A copy has what it carries, and besides it whatever opens the same data now.
    Raises Newer where a later version of the program wrote the file's own.
    """
    is_office = folder is not None and path == folder / DATABASE
    own = _readable(path.parent / FILE) if is_office else parsed(path, keyring.carried(path))
    if is_office and any(bytes.fromhex(one.id) == head for one in own):
        return list(own)
    settled = {one.id for one in own} if is_office else set()
    return [*own, *(one for one in _elsewhere(path, folder, head) if one.id not in settled)]


def everywhere(path: Path, folder: Path, head: bytes) -> list[Vault]:
    """Return every vault of a file's data that lies anywhere here, also those that do not count; raises Newer."""
    vaults = (*_readable(folder / FILE), *_elsewhere(path, folder, head))
    return [one for one in vaults if bytes.fromhex(one.id) == head]


def _elsewhere(path: Path, folder: Path | None, head: bytes) -> Iterator[Vault]:
    """Yield the vaults that lie elsewhere than the file's own: what a later version wrote is passed over."""
    for place in (folder or path.parent, path.parent):
        yield from _passing(place / FILE)
    yield from _passing(remembered(head.hex()))
    copies = sorted((folder / COPIES).glob("*.db"), key=_age) if folder is not None else []
    for copy in (path, *copies):
        with suppress(Newer):
            yield from parsed(copy, keyring.carried(copy))


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0


def current(folder: Path | None, one: Vault) -> Vault:
    """Return the vault as the office keeps it now, or as it was last opened here; what a copy carries is of its day."""
    own = _passing(folder / FILE) if folder is not None else ()
    return next((other for other in (*own, *_passing(remembered(one.id))) if other.id == one.id), one)


def write(folder: Path, one: Vault) -> None:
    """Write a vault beside the database, before those it has from earlier; raises Newer, Trouble.

    A file that cannot be read at the moment, or that a later version wrote, is never written over.
    """
    rest = [other for other in read(folder / FILE) if other.id != one.id]
    files.write(folder / FILE, vault.dump([one, *rest]), private=True)


def remembered(vault_id: str) -> Path:
    """Return where a vault is remembered in the person's own folder."""
    return paths.config_folder() / REMEMBERED / f"{vault_id}.keys"


def remember(one: Vault, *, is_current: bool = True) -> None:
    """Keep a vault in the person's own folder; the one of a copy only where there is none. Raises Newer, Trouble."""
    path = remembered(one.id)
    before = read(path)
    if before != (one,) and (is_current or not before):
        files.make_folder(path.parent)
        files.write(path, vault.dump([one]), private=True)


def read(path: Path) -> tuple[Vault, ...]:
    """Return the vaults of a file; none where there is none, or it is damaged. Raises Newer, Trouble."""
    return parsed(path, files.read(path, _LIMIT) if path.exists() else b"")


def parsed(path: Path, raw: bytes) -> tuple[Vault, ...]:
    """Return the vaults in what a file holds; none for nothing or damage: another source then serves. Raises Newer."""
    try:
        return vault.load(raw) if raw else ()
    except Later as error:
        raise Newer(
            f"“{path.name}”里的钥匙是更新版本的程序写的，本版不认识，没有改动它。请换上新版程序再打开；口令和恢复码都没有变。"
        ) from error
    except Unsound:
        return ()


def _readable(path: Path) -> tuple[Vault, ...]:
    """Return the vaults of a file; none where it cannot be read at the moment: what is remembered serves meanwhile."""
    try:
        return read(path)
    except Newer:
        raise
    except Trouble:
        return ()


def _passing(path: Path) -> tuple[Vault, ...]:
    try:
        return read(path)
    except Trouble:
        return ()
