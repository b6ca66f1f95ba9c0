"""Undoing a whole import: its lines leave the log, and every record is what it was before."""

from typing import Any

import msgspec

from tuopin_desktop.domain.change import decode
from tuopin_desktop.domain.exchange.planning import Peer
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.store import statements
from tuopin_desktop.store.admitting import Admit, anything
from tuopin_desktop.store.feeds import certificates, meta, put_peer, shorten
from tuopin_desktop.store.limits import settle
from tuopin_desktop.store.writing import Ledger


class _Before(msgspec.Struct):
    feeds: dict[str, tuple[int, str, int | None, str, str]]
    after: dict[str, int]
    own: dict[str, int]
    peer: Peer | None = None


class Undone(msgspec.Struct, frozen=True):
    """What was undone: the package's name, its sender and number, how many lines went, which kinds of records changed.

    `token` is the package's: it makes the receipt that was given for it, and goes with it.
    """

    name: str
    office: str
    number: int
    token: str
    lines: int
    kinds: frozenset[str]


def undo(ledger: Ledger, admit: Admit = anything) -> Undone:
    """Undo the newest import not undone yet; the package may be imported again afterwards.

    What was entered here since then stays, as long as it does not build on what the import brought; else Refused,
    naming the records. Raises Refused too when there is nothing to undo. `admit` hears the log keys of what would be
    taken back and raises to leave it.
    """
    with ledger.writing() as cursor:
        row = cursor.execute(statements.NEWEST_IMPORT).fetchone()
        if row is None:
            raise refuse("nothing", "没有可以撤销的收包")
        place, name, station, office, number, token, raw = row
        certified = _certified(cursor)
        before = msgspec.json.decode(raw, type=_Before)
        numbers = dict(cursor.execute(statements.FEED_NUMBERS).fetchall())
        keys = _keys(cursor, before, numbers)
        admit(keys)
        _refuse_dependents(cursor, before, keys)
        lines = 0
        for feed, (seq, digest, head, head_hash, sig) in before.feeds.items():
            if (n := numbers.get(feed)) is None:
                continue
            lines += int(cursor.execute(statements.FEED_LENGTH, (n,)).fetchone()[0]) - seq
            shorten(cursor, n, seq, bytes.fromhex(digest))
            parts = (head, bytes.fromhex(head_hash) or None, bytes.fromhex(sig) or None, n)
            cursor.execute(statements.SIGN_FEED, parts)
        if before.peer is not None:
            put_peer(cursor, before.peer)
        else:
            cursor.execute(statements.DROP_PEER, (station,))
        cursor.execute(statements.PARCEL_UNDONE, (place,))
        ledger.fold(cursor, keys)
        settle(cursor, ledger.fold)
        if certified and not _certified(cursor):
            raise refuse("depends", "这次收下的包带来了本机的授权，撤销后本机不能再收发数据包，没有撤销")
    return Undone(name, office, number, token, lines, frozenset(key.partition(":")[0] for key in keys))


def _certified(cursor: Any) -> bool:
    return meta(cursor)["station"] in certificates(cursor)


def _keys(cursor: Any, before: _Before, numbers: dict[str, int]) -> list[str]:
    keys: dict[str, None] = {}
    for feed, (seq, *_) in before.feeds.items():
        keys |= dict.fromkeys(row[0] for row in cursor.execute(statements.RECORDS_AFTER, (numbers.get(feed, 0), seq)))
    return list(keys)


def _refuse_dependents(cursor: Any, before: _Before, keys: list[str]) -> None:
    """Raise Refused when something entered here since the import touches, or points to, what it brought."""
    brought = set(keys)
    named = {key.partition(":")[2] for key in keys} | brought
    own = meta(cursor)["station"]
    table: dict[str, None] = {}
    for feed, seq, key, raw in cursor.execute(statements.LINES_OF_STATION, (own,)):
        if seq <= before.after.get(feed, before.own.get(feed, 0)):
            continue
        line = decode(bytes(raw))
        if (
            feed in before.feeds
            or key in brought
            or any(value in named for value in line.set.values() if isinstance(value, str))
        ):
            table[key] = None
    if table:
        text = "、".join(list(table)[:5])
        raise refuse(
            "depends",
            f"收下之后又登记了{len(table)}条与之有关的记录（{text}），不能撤销整个包。"
            "请先把这些记录逐条改回，或直接更正收下的内容",
        )
