"""Files an office keeps beside its database (scans, photos, what waits in the tray): under the key of the database.

A file says by how it begins whether it is encrypted and with whose key, so those of earlier releases are read as ever.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tuopin_desktop.domain.problems import Locked, Trouble
from tuopin_desktop.exchange import streams
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.machine import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import keyring


def write(desk: Desk, path: Path, content: bytes) -> None:
    """Keep a file of the office, encrypted as its database is; raises Trouble, and then the old file stays."""
    seal(path, desk.store.path, _pieces(content))


def seal(path: Path, database: Path, content: Iterable[bytes]) -> None:
    """Write a file under the key of a database, never whole in memory; as it is where that has none. Raises Trouble."""
    key = keyring.key_of(database)
    files.write_parts(path, content if key is None else streams.seal(content, key.key, key.id))


def is_sealed(path: Path) -> bool:
    """Tell whether a file is encrypted; raises Trouble."""
    return streams.vault_of(files.start(path, streams.HEAD)) is not None


def parts(path: Path) -> Iterator[bytes]:
    """Yield what is in a file of the office in parts; raises Trouble, Locked for one under a key that is not here."""
    vault_id = streams.vault_of(files.start(path, streams.HEAD))
    if vault_id is None:
        yield from files.parts_of(path)
        return
    key = keyring.by_id(vault_id)
    if key is None:
        raise Locked(f"“{path.name}”是加密的，打开它的钥匙不在本机。请把原来数据文件夹里的 office.keys 放回来。")
    try:
        yield from streams.unseal(files.parts_of(path), key.key)
    except Unsound as error:
        raise Trouble(f"“{path.name}”已损坏，请重新扫描后再收一次。") from error


def read(path: Path) -> bytes:
    """Return what is in a file of the office; raises Trouble, Locked."""
    return b"".join(parts(path))


def _pieces(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), streams.PIECE):
        yield content[at : at + streams.PIECE]
