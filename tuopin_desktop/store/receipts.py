"""Which packages of ours other offices have, and how we know: lines of this PC alone, appended and never changed."""

from collections.abc import Mapping
from typing import Any

import msgspec

from tuopin_desktop.store import statements
from tuopin_desktop.store.writing import Ledger


class PeerReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt for a package of ours: see `tables.Receipt`; `office` and `number` are the package's.

    `source` is the number of the package that said so, 0 for a code heard over the phone; `stands` is false once the
    import of that package was undone.
    """

    at: int
    by: str
    station: str
    office: str
    number: int
    parcel: int
    source: int
    code: str
    stands: bool


_heads = msgspec.json.Decoder(dict[str, int])


def covered(heads: Mapping[str, int], have: Mapping[str, int]) -> bool:
    """Tell whether a station that has so much has all of a package; of an empty one nobody has anything."""
    return bool(heads) and all(have.get(feed, 0) >= seq for feed, seq in heads.items())


def put(cursor: Any, parcel: int, station: str, *, at: int, by: str, source: int = 0, code: str = "") -> None:
    """Append a line."""
    cursor.execute(statements.ADD_RECEIPT, (at, by, station, parcel, source, code))


def note_new(
    cursor: Any,
    office: str,
    station: str,
    before: Mapping[str, int],
    now: Mapping[str, int],
    *,
    at: int,
    source: int,
) -> None:
    """Append a line for every package to an office that one of its stations has now and had not before."""
    for parcel, raw in cursor.execute(statements.PARCELS_FOR, (office,)).fetchall():
        heads = _heads.decode(raw or "{}")
        if covered(heads, now) and not covered(heads, before):
            put(cursor, parcel, station, at=at, by="", source=source)


def listed(ledger: Ledger) -> list[PeerReceipt]:
    """Return all lines, the newest first."""
    with ledger.reading() as cursor:
        rows = cursor.execute(statements.RECEIPTS).fetchall()
    return [
        PeerReceipt(
            at=at,
            by=by,
            station=station,
            office=office,
            number=number,
            parcel=parcel,
            source=source,
            code=code,
            stands=state == "taken",
        )
        for at, by, station, office, number, parcel, source, code, state in rows
    ]
