"""The feeds of this database: whose they are, who certified them, and what becomes of ours with a new key or era."""

from collections.abc import Collection
from typing import Any

import msgspec

from tuopin_desktop.domain.change import OrderedLine, decode, encode, fold
from tuopin_desktop.domain.exchange.parcel import feed_name
from tuopin_desktop.domain.exchange.planning import Peer
from tuopin_desktop.domain.exchange.trust import Feed, fits, station_id
from tuopin_desktop.domain.ids import REGION, is_local
from tuopin_desktop.domain.openings import link
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.writing import Ledger

EXIT = "exit"
"""The value of `meta` that says where our feeds ended, signed, when the office was last closed."""
_CERTIFIED = ("station:15/", "station:150")


class Certificate(msgspec.Struct, frozen=True):
    """What the region office vouches for: the office of a station and its two public keys."""

    office: str
    sign: str
    age: str
    is_closed: bool = False


def meta(cursor: Any) -> dict[str, str]:
    """Return what this database knows about itself."""
    return dict(cursor.execute(statements.META).fetchall())


def put_meta(cursor: Any, **values: object) -> None:
    """Keep values about this database; None forgets one."""
    for name, value in values.items():
        if value is None:
            cursor.execute(statements.DROP_META, (name,))
        else:
            cursor.execute(sqlite.PUT_META, (name, str(value)))


def every_feed(cursor: Any) -> list[Feed]:
    """Return the feeds as far as they can be handed on: ours to their end, others to their signed end.

    What is this computer's own is never handed on.
    """
    own = meta(cursor)["station"]
    rows = cursor.execute(statements.FEED_SIGNED_LENGTHS).fetchall()
    return [
        Feed(feed, station, scope, seq if station == own else head or 0)
        for feed, station, scope, seq, head in rows
        if not is_local(scope)
    ]


def peers(cursor: Any) -> dict[str, Peer]:
    """Return the newest receipt of each station."""
    rows = cursor.execute(statements.PEERS).fetchall()
    have = msgspec.json.Decoder(dict[str, int]).decode
    return {row[0]: Peer(row[0], row[1], row[2], row[3], row[4], have(row[5])) for row in rows}


def put_peer(cursor: Any, peer: Peer) -> None:
    """Keep a receipt in place of the one before."""
    row = (peer.station, peer.office, peer.era, peer.number, peer.made, encode(peer.have).decode())
    cursor.execute(sqlite.PUT_PEER, row)


def certificates(cursor: Any, unproved: Collection[int] = (), root: str = "") -> dict[str, Certificate]:
    """Return the certified stations by the lines of all feeds but the unproved.

    `root` is the pinned fingerprint: its station vouches for itself wherever its key is found, since only that key
    fits the fingerprint.
    """
    lines: dict[str, list[OrderedLine]] = {}
    certificate_by_key: dict[str, Certificate] = {}
    for key, n, feed, seq, raw in cursor.execute(statements.LINES_OF_RANGE, _CERTIFIED).fetchall():
        line = decode(bytes(raw))
        sign = str(line.set.get("sign") or "")
        if fits(root, sign):
            certificate_by_key[station_id(sign)] = Certificate(REGION, sign, str(line.set.get("age") or ""))
        if n not in unproved:
            lines.setdefault(key[len(_CERTIFIED[0]) :], []).append(OrderedLine(line.at, feed, seq, line))
    for station, ordered_lines in lines.items():
        values = fold(ordered_lines).values
        if not values.get("deleted") and values.get("office"):
            office, sign, age = (str(values.get(name) or "") for name in ("office", "sign", "age"))
            certificate_by_key[station] = Certificate(office, sign, age, bool(values.get("closed")))
    return certificate_by_key


def chain(cursor: Any, n: int, seq: int) -> bytes:
    """Return the hash of a feed after its first `seq` lines."""
    digest = b""
    for (raw,) in cursor.execute(statements.LINES_UP_TO, (n, seq)):
        digest = link(digest, bytes(raw))
    return digest


def hash_at(cursor: Any, feed: str, seq: int) -> tuple[int, str]:
    """Return how many lines of a feed are here, and its hash in hex after the first `seq`, "" where fewer are."""
    n, count, _ = cursor.execute(statements.FEED_END, (feed,)).fetchone() or (0, 0, b"")
    return count, chain(cursor, n, seq).hex() if count >= seq else ""


def take_over(ledger: Ledger, station: str) -> None:
    """Become another station: what was never signed goes on under the new name, what was signed stays as it is.

    A database that came from another PC, or whose office had no key until now, is adopted this way: not a line is
    lost, and none is signed by a key that did not write it.
    """
    with ledger.writing() as cursor:
        old = meta(cursor)["station"]
        if old == station:
            return
        mine = cursor.execute(statements.FEED_SIGNED_LENGTHS_OF_STATION, (old,))
        moved: list[str] = []
        for feed, scope, era, head in mine.fetchall():
            moved += _move_tail(cursor, feed, head, station, era, scope)
        ledger.fold(cursor, moved)
        put_meta(cursor, station=station)


def begin_era(ledger: Ledger, era: int, number: int) -> None:
    """Go on under new feed names, so that no sequence number is ever used twice."""
    with ledger.writing() as cursor:
        put_meta(cursor, era=era, number=number)


def part_ways(cursor: Any, feed: str, common: int) -> list[str]:
    """Give up our own lines of a feed after the `common` ones: they go on, byte for byte, in a new era.

    Returns the keys to fold again.
    """
    values = meta(cursor)
    era = int(values["era"]) + 1
    scope = cursor.execute(statements.FEED_SCOPE, (feed,)).fetchone()[0]
    moved = _move_tail(cursor, feed, common, values["station"], era, scope)
    put_meta(cursor, era=era)
    return moved


def give_up(cursor: Any, feed: str, common: int) -> list[str]:
    """Forget another station's lines of a feed after the `common` ones; return the keys to fold again.

    What is left has no signed end until the lines of the other version follow: until then it is not handed on.
    """
    n = cursor.execute(statements.FEED_NUMBER, (feed,)).fetchone()[0]
    keys = [row[0] for row in cursor.execute(statements.KEYS_AFTER, (n, common)).fetchall()]
    shorten(cursor, n, common, chain(cursor, n, common))
    cursor.execute(statements.UNSIGN_FEED, (n,))
    return keys


def _move_tail(cursor: Any, feed: str, head: int, station: str, era: int, scope: str) -> list[str]:
    """Move the lines after `head` to the end of another feed, forget a feed that is left empty; return their keys."""
    old = cursor.execute(statements.FEED_ORIGIN, (feed,)).fetchone()
    name = feed_name(station, era, scope)
    cursor.execute(
        sqlite.OPEN_FEED_ONCE,
        (name, station, scope, era, old[2], old[3]),
    )
    n, seq, digest = cursor.execute(statements.FEED_END, (name,)).fetchone()
    rows = cursor.execute(statements.LINES_AFTER, (old[0], head)).fetchall()
    digest = bytes(digest)
    for place, (key, raw) in enumerate(rows, start=seq + 1):
        digest = link(digest, bytes(raw))
        cursor.execute(statements.ADD_LINE, (n, place, key, raw))
    cursor.execute(statements.END_FEED, (seq + len(rows), digest, n))
    shorten(cursor, old[0], head, chain(cursor, old[0], head))
    return [key for key, _ in rows]


def shorten(cursor: Any, n: int, seq: int, digest: bytes) -> None:
    """Take the lines after `seq` out of a feed, and the feed out when none is left; the caller folds again."""
    # Row 1 lets lines be appended, row 2 lets them be deleted: a fault in an ordinary commit cannot shorten the log.
    cursor.execute(statements.OPEN_LOG_GATE)
    cursor.execute(statements.DROP_LINES_AFTER, (n, seq))
    cursor.execute(statements.CLOSE_LOG_GATE)
    put_meta(cursor, **{EXIT: None})  # the end that was signed may be gone: the next exit signs again
    if seq:
        cursor.execute(statements.END_FEED, (seq, digest, n))
    else:
        cursor.execute(statements.DROP_FEED, (n,))
