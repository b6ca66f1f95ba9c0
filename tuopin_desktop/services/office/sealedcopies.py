"""Copies that earlier releases brought elsewhere: plain databases, encrypted to the PC that wrote them.

Today's copies are encrypted databases that carry their vault, wherever they lie. One of before is opened by the key of
its station, in the data folder; it is known by its first bytes and not by its name.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.exchange import seal
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.machine import files
from tuopin_desktop.services.office import stations

_LIMIT = 1 << 34


def is_sealed(path: Path) -> bool:
    """Tell whether a copy is one of before, encrypted to a PC; raises Trouble when it cannot be read."""
    try:
        with path.open("rb") as file:
            return seal.is_sealed(file.read(seal.HEAD))
    except OSError as error:
        raise files.trouble(error, path, "读取") from error


@contextmanager
def opened(path: Path, folder: Path | None) -> Iterator[Path]:
    """Yield a copy as a plain database: itself, or decrypted for as long as it is needed.

    `folder` is the office's, whose key opens it; nothing of the plain copy stays. Raises Trouble without the key.
    """
    if not is_sealed(path):
        yield path
        return
    content = _decrypted(path, folder)
    assert folder is not None, "else it is not decrypted"
    try:
        with tempfile.TemporaryDirectory(prefix="打开备份-", suffix=".part", dir=folder) as place:
            plain = Path(place) / path.name
            files.write(plain, content, private=True)
            del content
            yield plain
    except OSError as error:
        raise files.trouble(error, folder, "打开备份") from error


def _decrypted(path: Path, folder: Path | None) -> bytes:
    """Return what is in a copy, by the first key of the folder that opens it; raises Trouble where none does."""
    key_files = stations.key_files(folder) if folder is not None else []
    content = files.read(path, _LIMIT)
    locked: list[Path] = []
    for key in key_files:
        try:
            return seal.unseal(content, stations.load(key).identity)
        except stations.KeyLost:
            locked.append(key)
        except Unsound:
            continue
    raise _locked(path, locked) if locked else _closed(path, folder)


def _locked(path: Path, key_files: list[Path]) -> Trouble:
    names = "、".join(f"“{key.name}”" for key in key_files)
    return Trouble(
        f"“{path.name}”是加密的备份，本机现在打不开它：密钥文件{names}打不开（换过 Windows 用户、重装过系统，或密钥文件"
        "已损坏）。请用做备份时的 Windows 用户登录再试，或改用数据文件夹“备份”里的备份。"
    )


def _closed(path: Path, folder: Path | None) -> Trouble:
    if folder is not None and (folder / stations.FILE).exists():
        beside = stations.OLD.format("电脑")
        way = f"改名为 {beside}，放进本机的数据文件夹（本机自己的 {stations.FILE} 不要动）"
    else:
        way = "放进本机的数据文件夹"
    return Trouble(
        f"“{path.name}”是加密的备份，本机打不开：它是用另一台电脑的密钥加密的，或文件已损坏。请在做备份的电脑上恢复；"
        f"那台电脑坏了的，把它数据文件夹里的 {stations.FILE} {way}，再恢复一次。"
    )
