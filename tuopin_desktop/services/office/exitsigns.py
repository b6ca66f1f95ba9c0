"""The ends of our own chains, signed whenever the office is closed: who rewrites what was not sent yet is found out.

What was sent is proved by whoever has it. What was not lies in this folder alone, where a patient hand could write
lines, chains and rows anew; it cannot sign them without the PC's key.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.exchange import minisign
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office import backups, clocks, exitnotes, stations
from tuopin_desktop.services.office.backups import BackupFile
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import sending
from tuopin_desktop.store.feeds import EXIT, hash_at, meta, put_meta

_MARK = b"tuopin-exit-1\n"
_AGAIN = "请不要继续登记，并告知技术人员：可与最近的备份比对，或请自治区办公室发回数据"


class ExitSign(msgspec.Struct, frozen=True):
    """How far each of our feeds went when the office was closed, with the hash there; `at` in ms; `sig` in hex."""

    at: int
    heads: Mapping[str, tuple[int, str]]
    sig: str = ""

    @property
    def signed(self) -> bytes:
        """Return the bytes under the signature."""
        return _MARK + msgspec.json.encode(msgspec.structs.replace(self, sig=""), order="deterministic")


def at_exit(desk: Desk) -> BackupFile | None:
    """Sign what was written here, and renew the day's copy; return the copy where one was made."""
    sign(desk)
    return backups.at_exit(desk)


def sign(desk: Desk) -> None:
    """Sign where our feeds end, where anything was written since; a PC without its key signs nothing."""
    with desk.store.ledger.reading() as cursor:
        heads = sending.signed(cursor)
        before = _stored(meta(cursor))
    if not heads or (before is not None and dict(before.heads) == heads) or not stations.has_key(desk):
        return
    with suppress(Trouble, Refused):  # the office is being closed: whoever needs the key next is told what is wrong
        own = stations.keys(desk)
        if any(not feed.startswith(f"{own.station}.") for feed in heads):
            return
        bare = ExitSign(clocks.moment(desk), heads)
        whole = msgspec.structs.replace(bare, sig=own.sign_bytes(bare.signed).hex())
        text = msgspec.json.encode(whole).decode()
        with desk.store.ledger.writing() as cursor:
            put_meta(cursor, **{EXIT: text})
        exitnotes.keep(own.station, text)


def fault(desk: Desk) -> str:
    """Return what does not agree with the signature of the last exit, in words; "" when all does, or none was made."""
    with desk.store.ledger.reading() as cursor:
        exit_sign = _stored(values := meta(cursor))
        if not stations.has_key(desk):
            return ""
        if EXIT not in values:
            return _gone(desk, cursor)
        if exit_sign is None or not minisign.good(
            stations.keys(desk).sign, exit_sign.signed, bytes.fromhex(exit_sign.sig)
        ):
            return f"退出时的签名被改动过，本机没有报送的登记可能也被改动过。{_AGAIN}"
        when = f"{beijing(exit_sign.at):%Y-%m-%d %H:%M}"
        for feed, (seq, digest) in sorted(exit_sign.heads.items()):
            count, now = hash_at(cursor, feed, seq)
            if count < seq:
                return f"本机的登记少了{seq - count}条，{when}退出时还在。{_AGAIN}"
            if now != digest:
                return f"本机第1条到第{seq}条登记之间有内容被改动过，与{when}退出时的签名不符。{_AGAIN}"
    return ""


def _gone(desk: Desk, cursor: Any) -> str:
    """Return what to say where the database has no signature; the person's own folder may still know the last one.

    Undoing an import gives the signature up as well, but changes none of the lines that were signed.
    """
    exit_sign = _read(exitnotes.last(desk.store.identity.station))
    if exit_sign is None or not minisign.good(stations.keys(desk).sign, exit_sign.signed, bytes.fromhex(exit_sign.sig)):
        return ""
    for feed, (seq, digest) in sorted(exit_sign.heads.items()):
        count, now = hash_at(cursor, feed, seq)
        if count >= seq and now != digest:
            when = f"{beijing(exit_sign.at):%Y-%m-%d %H:%M}"
            return f"退出时的签名不见了，本机第1条到第{seq}条登记之间有内容与{when}退出时的签名不符。{_AGAIN}"
    return ""


def _stored(values: Mapping[str, str]) -> ExitSign | None:
    return _read(values.get(EXIT, ""))


def _read(text: str) -> ExitSign | None:
    try:
        return msgspec.json.decode(text, type=ExitSign)
    except msgspec.DecodeError:
        return None
