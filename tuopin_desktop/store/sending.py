"""What goes into a package: heads signed where our feeds end, lines verbatim, and a note of what was made."""

import base64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from tuopin_desktop.domain.change import encode
from tuopin_desktop.domain.exchange.parcel import Head, Header, Refusal
from tuopin_desktop.domain.exchange.planning import Send, to_send
from tuopin_desktop.domain.openings import link, salt_of, without_salt
from tuopin_desktop.store import statements
from tuopin_desktop.store.feeds import certificates, chain, every_feed, meta, peers, put_meta
from tuopin_desktop.store.parcels import put
from tuopin_desktop.store.writing import Ledger, seed_of

# Lines under one signed head where a feed is cut, and lines fetched at a time; both only bound the memory.
_PIECE = 20_000
_BATCH = 2_000
Sign = Callable[[bytes], bytes]


class Piece(msgspec.Struct, frozen=True):
    """A run of lines of one feed with its signed end."""

    head: Head
    n: int

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return self.head.seq - self.head.after


def recipients(cursor: Any, office: str) -> dict[str, str]:
    """Return station -> age key of the open stations of an office, but our own."""
    own = meta(cursor)["station"]
    return {
        station: certificate.age
        for station, certificate in certificates(cursor).items()
        if certificate.office == office and not certificate.is_closed and station != own and certificate.age
    }


def plan(cursor: Any, office: str, stations: Sequence[str]) -> list[Send]:
    """Return what the office's stations lack by their receipts; everything the office may see for no stations."""
    peer_by_key = peers(cursor)
    refused = {row[0] for row in cursor.execute(statements.STATIONS_REFUSED).fetchall()}
    # A station whose package was refused may be a copy that never had what its receipts say: it gets everything.
    receipts = [peer_by_key[one].have if one in peer_by_key and one not in refused else {} for one in stations]
    return to_send(office, every_feed(cursor), receipts)


def have(cursor: Any) -> dict[str, int]:
    """Return our receipt: how many lines of every feed are here."""
    return {feed.feed: feed.seq for feed in every_feed(cursor) if feed.station != "shipped" and feed.seq}


def refusals(cursor: Any, office: str) -> tuple[Refusal, ...]:
    """Return the packages of an office refused since its last good one, for the next package to it."""
    return tuple(
        Refusal(era, number, note) for era, number, note in cursor.execute(statements.REFUSALS, (office,)).fetchall()
    )


def pieces(cursor: Any, send: Send, sign: Sign, *, cut: bool) -> Iterator[Piece]:
    """Yield a feed's lines as pieces; our own feeds may be cut at any line, others only where they were signed."""
    row = cursor.execute(
        statements.FEED_HEAD,
        (send.feed.feed,),
    ).fetchone()
    n, station, scope, era, practice, seq, digest, head, head_hash, sig = row
    own = station == meta(cursor)["station"]
    seed = seed_of(cursor, send.feed.feed)

    def piece_of(after: int, last: int, end: bytes, content: bytes = b"") -> Piece:
        bare = Head(
            feed=send.feed.feed,
            station=station,
            scope=scope,
            era=era,
            practice=bool(practice),
            after=after,
            seq=last,
            hash=end.hex(),
            sig="",
            seed=seed,
        )
        signature = base64.b64encode(content or sign(bare.signed)).decode()
        return Piece(msgspec.structs.replace(bare, sig=signature), n)

    if not own:
        yield piece_of(send.after, head, bytes(head_hash), bytes(sig))
    elif not cut or seq - send.after <= _PIECE:
        yield piece_of(send.after, seq, bytes(digest))
    else:
        yield from _cut(cursor, n, send.after, seq, piece_of)


def _cut(cursor: Any, n: int, after: int, seq: int, function: Callable[[int, int, bytes], Piece]) -> Iterator[Piece]:
    running = chain(cursor, n, after)
    for start in range(after, seq, _PIECE):
        last = min(start + _PIECE, seq)
        for (raw,) in cursor.execute(statements.LINES_BETWEEN, (n, start, last)):
            running = link(running, bytes(raw))
        yield function(start, last, running)


def lines(cursor: Any, piece: Piece) -> Iterator[list[bytes]]:
    """Yield the head and the lines of a piece, in batches; the salts that its seed gives stay behind."""
    head = piece.head
    yield [encode(head)]
    rows = cursor.connection.cursor().execute(statements.LINES_BETWEEN, (piece.n, head.after, head.seq))
    seq = head.after
    while batch := rows.fetchmany(_BATCH):
        raws = [bytes(row[0]) for row in batch]
        yield [without_salt(raw, salt_of(head.seed, head.feed, seq + at)) for at, raw in enumerate(raws, 1)]
        seq += len(raws)


def reserve(cursor: Any) -> int:
    """Return the next number of a package and use it up."""
    number = int(meta(cursor).get("number", "0")) + 1
    put_meta(cursor, number=number)
    return number


def signed(cursor: Any) -> dict[str, tuple[int, str]]:
    """Return how far our feeds of this era go: feed -> (lines, hash), as the key file remembers it."""
    values = meta(cursor)
    rows = cursor.execute(statements.FEED_HASHES_OF_ERA, (values["station"], int(values["era"]))).fetchall()
    return {feed: (seq, bytes(digest).hex()) for feed, seq, digest in rows}


def note(cursor: Any, name: str, header: Header, pieces_made: Sequence[Piece]) -> int:
    """Note a package and the heads signed for it, before it leaves; return its place in the ledger of packages."""
    for piece in pieces_made:
        head = piece.head
        if head.station == header.sender:
            cursor.execute(
                statements.SIGN_FEED_FURTHER,
                (head.seq, bytes.fromhex(head.hash), head.signature, piece.n, head.seq),
            )
    heads = {piece.head.feed: piece.head.seq for piece in pieces_made}
    lines_in = sum(piece.lines for piece in pieces_made)
    return put(
        cursor, "writing", name, header, office=header.to, at=header.made, lines=lines_in, heads=encode(heads).decode()
    )


def mark_written(ledger: Ledger, places: Sequence[int], where: str) -> None:
    """Note that packages are on the stick, read back and proved, and in words where that is."""
    with ledger.writing() as cursor:
        cursor.executemany(statements.PARCEL_MADE, [(where, place) for place in places])
