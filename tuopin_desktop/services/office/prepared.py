"""The rule packs as they were read of their files at an earlier start: to read them anew is 16 ms of every start.

They are kept in the memo by the bytes of the files and by the program that read them: whoever edits a file, or puts
another release in, is read anew. They are no Python objects on disk: what does not fit the declaration is not taken.
"""

import hashlib

import msgspec

from tuopin_desktop import __version__
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import programme
from tuopin_desktop.services.office import library
from tuopin_desktop.store.memo import Memo

_NAME = "packs"


def take(memo: Memo) -> None:
    """Let what a memo keeps of the shipped packs stand for reading their files; read and keep them where it cannot.

    Of a file that is no pack nothing is said here: whoever asks for it is told.
    """
    if library.are_read():
        return
    try:
        before = key()
        packs = _packs(memo.answer(_NAME, before))
        if packs is None:
            memo.keep(_NAME, before, msgspec.msgpack.encode(library.packs()))
        else:
            library.take(packs)
    except Trouble:
        return


def _packs(raw: bytes | None) -> dict[str, Policy] | None:
    try:
        return None if raw is None else msgspec.msgpack.decode(raw, type=dict[str, Policy])
    except msgspec.MsgspecError:
        return None


def key() -> str:
    """Return the digest of the bytes of the files and of the program that reads them; raises Trouble."""
    return hashlib.sha256(msgspec.msgpack.encode((__version__, programme.judging(), library.raw_packs()))).hexdigest()
