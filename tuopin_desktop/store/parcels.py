"""The ledger of packages, read: what was made here, taken in, refused."""

from typing import Any

import msgspec

from tuopin_desktop.domain.exchange.parcel import Header, Refusal
from tuopin_desktop.store import statements
from tuopin_desktop.store.feeds import meta
from tuopin_desktop.store.writing import Ledger

BATCH = "batch"
"""The value of `meta` that names the first package of the batch that was taken in last."""


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """One package: see `tables.Parcel`. `refusals` is what its sender reported of ours that it did not take in."""

    n: int
    name: str
    station: str
    office: str
    era: int
    number: int
    made: int
    at: int
    lines: int
    token: str
    heads: dict[str, int]
    note: str
    refusals: tuple[Refusal, ...]


_heads = msgspec.json.Decoder(dict[str, int])
_told = msgspec.json.Decoder(tuple[Refusal, ...])


def put(
    cursor: Any,
    state: str,
    name: str,
    header: Header,
    *,
    office: str,
    at: int,
    lines: int,
    heads: str = "{}",
    before: str = "",
    note: str = "",
) -> int:
    """Note a package and return its place; `office` is the sender of what came, the addressee of what was made."""
    values = (state, name, header.sender, office, header.era, header.number, header.made, at, lines, header.token)
    cursor.execute(
        statements.ADD_PARCEL,
        (*values, heads, before, note),
    )
    return int(cursor.lastrowid)


def batch(ledger: Ledger) -> list[Parcel]:
    """Return the packages of the newest batch that stand, the newest first; of an earlier version each is alone."""
    with ledger.reading() as cursor:
        first = meta(cursor).get(BATCH, "")
    standing = listed(ledger, "taken")
    return [one for one in standing if first and one.n >= int(first)] or standing[:1]


def listed(ledger: Ledger, state: str) -> list[Parcel]:
    """Return the packages in a state, the newest first."""
    with ledger.reading() as cursor:
        rows = cursor.execute(statements.PARCELS, (state,)).fetchall()
    return [
        _parcel(dict(zip(statements.PARCEL_COLUMNS, row, strict=True)), with_refusals=state == "taken") for row in rows
    ]


def state(cursor: Any) -> tuple[tuple[Any, ...], ...]:
    """Return what is another as soon as a package was made, taken in, undone or refused, or a receipt has come."""
    rows = (row for one in (statements.PARCEL_STATES, statements.PEERS_HAVE) for row in cursor.execute(one).fetchall())
    return tuple(tuple(row) for row in rows)


def _parcel(values: dict[str, Any], *, with_refusals: bool) -> Parcel:
    heads, note = values.pop("heads"), values.pop("note")
    return Parcel(
        **values,
        heads=_heads.decode(heads or "{}"),
        note="" if with_refusals else note,
        refusals=_told.decode(note) if with_refusals and note else (),
    )


def line(cursor: Any, feed: str, seq: int) -> bytes:
    """Return one line of a feed, or b"" when there is none."""
    row = cursor.execute(statements.LINE, (feed, seq)).fetchone()
    return bytes(row[0]) if row else b""
