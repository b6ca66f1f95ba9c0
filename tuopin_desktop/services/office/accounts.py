"""The key of the person's account on this PC: one file in the person's own folder, never beside the data."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.exchange import accountkey
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.machine import files, paths

FILE = "account.key"
OLD = "account-旧{}.key"
_LIMIT = 64 * 1024


def key() -> bytes | None:
    """Return the account's key; None where there is none, or one that does not open. Raises Trouble."""
    try:
        return _load(paths.config_folder() / FILE)
    except Unsound:
        return None


def every_key() -> Iterator[bytes]:
    """Yield the account's key, then those that were set aside and open again.

    Raises Trouble after the last where one could not be read: nobody knows then whether it is the one that is wanted.
    """
    folder = paths.config_folder()
    unread: Trouble | None = None
    for path in (folder / FILE, *sorted(folder.glob(OLD.format("*")))):
        try:
            if (account := _load(path)) is not None:
                yield account
        except Unsound:
            continue
        except Trouble as trouble:
            unread = unread or trouble
    if unread is not None:
        raise unread


def own_key() -> bytes:
    """Return the account's key, made on first use; one that does not open any more is set aside.

    Raises Trouble, so where it cannot be read at the moment: then it stays, since every office of this PC may want it.
    """
    folder = paths.config_folder()
    try:
        account = _load(folder / FILE)
    except Unsound:
        account = None
        _set_aside(folder)
    if account is not None:
        return account
    files.make_folder(folder)
    try:
        content = accountkey.dump(accountkey.generate())
    except OSError as error:
        raise Trouble("Windows 没有保存钥匙。请以平时使用的用户登录后重试。") from error
    fresh = folder / f"{FILE}.{os.getpid()}"
    files.write(fresh, content, private=True)
    _place(fresh, folder / FILE)
    account = key()
    if account is None:
        raise Trouble(f"“{folder / FILE}”写好后读不出来。请检查磁盘后重试。")
    return account


def _load(path: Path) -> bytes | None:
    """Return the key in a file; None where there is none. Raises Unsound for one that does not open, Trouble."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise files.trouble(error, path, "读取") from error
    return accountkey.load(files.read(path, _LIMIT))


def _place(fresh: Path, path: Path) -> None:
    """Give a new key its name; where another program was first, its key stays: something may be wrapped with it."""
    try:
        try:
            os.link(fresh, path)
        except FileExistsError:
            return
        except OSError:  # a disk without second names
            if not path.exists():
                files.replace(fresh, path)
        files.flush_name(path)
    except OSError as error:
        raise files.trouble(error, path, "写入") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _set_aside(folder: Path) -> None:
    number = 1
    while (folder / OLD.format(number)).exists():
        number += 1
    try:
        files.replace(folder / FILE, folder / OLD.format(number))
    except OSError as error:
        raise files.trouble(error, folder / FILE, "移动") from error
