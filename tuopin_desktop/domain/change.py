"""The grammar of the change log: a line, its stamp, and the fold of lines into one record (`docs/exchange.md`)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import msgspec

from tuopin_desktop.domain.record import Scalar

LATEST_STAMP = 4102444800000 << 16
"""Stamps of the year 2100 and later are refused, so that nobody can saturate the clock."""
DOUBT = 1 << 15
"""Half of a stamp's counter: set when its author's computer did not know the time, so that every office can tell."""


class FeedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a feed: `at` hybrid clock, `by` user, `key` record, `set` new values, `was` the values seen before.

    Its encoded bytes are kept exactly; a null in `set` empties a field, an absent name in `was` was never filled.
    """

    at: int
    by: str
    key: str
    set: dict[str, Scalar]
    was: dict[str, Scalar] = {}


class Change(msgspec.Struct, frozen=True):
    """An intended change of one record, before it has an author, a stamp and its old values."""

    kind: str
    id: str
    set: dict[str, Scalar]


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a line that is kept in the log and not folded, with the reason in Chinese.

    `office` and `by` wrote it, `at` is its hybrid stamp, `feed` and `seq` its place in the log. `fault` tells that the
    value itself is wrong; else somebody else's word was written.
    """

    key: str
    field: str
    value: Scalar
    why: str
    office: str
    by: str
    at: int
    feed: str
    seq: int
    fault: bool = False


class OrderedLine(msgspec.Struct, frozen=True):
    """A line with its place in the total order: stamp, then feed, then sequence number; `office` wrote it.

    `aside` is what its values lack to be folded (`domain/voices.py`); the line here is without them.
    """

    at: int
    feed: str
    seq: int
    line: FeedLine
    office: str = ""
    aside: tuple[Aside, ...] = ()


class Conflict(msgspec.Struct, frozen=True):
    """Two authors wrote a field without having seen each other; `kept` won, `lost` is never thrown away."""

    field: str
    kept: Scalar
    kept_by: str
    lost: Scalar
    lost_by: str
    lost_at: int


class Alteration(msgspec.Struct, frozen=True):
    """A field written over while it was fixed like paper; `counts`: the value stands all the same."""

    field: str
    was: Scalar
    value: Scalar
    by: str
    at: int
    counts: bool


class State(msgspec.Struct, frozen=True):
    """The folded record: its values by field name, the conflicts still open, and what was written over fixed fields."""

    values: dict[str, Scalar]
    conflicts: tuple[Conflict, ...] = ()
    altered: tuple[Alteration, ...] = ()


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The part of a line that can be forgotten: its values, and a random salt so that nobody can guess them."""

    salt: Annotated[str, msgspec.Meta(min_length=16)]
    set: dict[str, Scalar]
    was: dict[str, Scalar] = {}


class _WholeLine(FeedLine, frozen=True, forbid_unknown_fields=True):
    """A line as it is written: `open` is its opening, or `seal` the digest of one that is not here."""

    seal: str | msgspec.UnsetType = msgspec.UNSET
    open: Opening | msgspec.UnsetType = msgspec.UNSET


OPENING = b',"open":{"salt":"'
"""Where the opening of a line begins. No text holds these bytes unescaped, and no value of a line is an object."""
_BEFORE = len(b',"open":')

encode = msgspec.json.Encoder().encode
_decoder = msgspec.json.Decoder(FeedLine)
_whole = msgspec.json.Decoder(_WholeLine)


def decode(raw: bytes) -> FeedLine:
    """Return the line of its bytes, with the values of its opening if that is in them.

    Raises msgspec.ValidationError or msgspec.DecodeError for anything else.
    """
    return _with_opening(raw, _whole.decode(raw)) if OPENING in raw or raw.endswith(b'"}') else _decoder.decode(raw)


def _with_opening(raw: bytes, line: _WholeLine) -> FeedLine:
    """Return a line with its opening; raises DecodeError unless that is its last member, in the form that is closed."""
    opening, place = line.open, raw.find(OPENING)
    if opening is msgspec.UNSET:
        if place >= 0 or (line.seal is not msgspec.UNSET and not raw.endswith(b'"}')):
            raise msgspec.DecodeError("the seal of a line is its last member")
        return FeedLine(line.at, line.by, line.key, line.set, line.was)
    if place < 0 or line.seal is not msgspec.UNSET or not raw.endswith(b"}}}") or raw.find(OPENING, place + 1) >= 0:
        raise msgspec.DecodeError("the opening of a line is its last member")
    return FeedLine(line.at, line.by, line.key, {**line.set, **opening.set}, {**line.was, **opening.was})


def decode_all(raws: Sequence[bytes]) -> list[FeedLine] | None:
    """Return the lines of their bytes in one call, or None where one of them has to be read alone to tell its fault.

    No text may hold a line end, so where `}` stands before one and `{` behind, all that was open is closed: each of the
    bytes holds whole lines, and as many lines as bytes is one each.
    """
    whole, ends = b"\n".join(raws), max(len(raws) - 1, 0)
    if not (whole.startswith(b"{") and whole.endswith(b"}") and whole.count(b"\n") == whole.count(b"}\n{") == ends):
        return None
    try:
        if OPENING not in whole and b'"}\n' not in whole and not whole.endswith(b'"}'):
            lines = _decoder.decode_lines(whole)
        else:
            wholes = _whole.decode_lines(whole)
            lines = list(map(_with_opening, raws, wholes)) if len(wholes) == len(raws) else []
    except (msgspec.DecodeError, ValueError):  # a ValueError is text that is no UTF-8
        return None
    return lines if len(lines) == len(raws) else None


def halves(raw: bytes) -> tuple[bytes, bytes]:
    """Return the bytes before the opening of a line, and those of the opening; b"" where it has none."""
    place = raw.find(OPENING)
    return (raw[:place], raw[place + _BEFORE : -1]) if place >= 0 else (raw, b"")


def doubtful(at: int) -> bool:
    """Tell whether a stamp says of itself that its milliseconds are an order and not a time."""
    return bool(at & DOUBT)


def next_stamp(own: int, count: int, wall_ms: int | None) -> int:
    """Return the next hybrid stamp: 48 bit milliseconds, 15 bit counter, never behind anything seen.

    None is a wall clock that is not believed: the stamp goes on from what was seen, and says so (`DOUBT`). A wall clock
    in 2100 or later is never believed: stamped by it, this office's lines would be refused everywhere.
    """
    wall = -1 if wall_ms is None else wall_ms << 16
    after = max(own, count) + 1
    if wall_ms is None or wall >= LATEST_STAMP:
        return min(after | DOUBT, LATEST_STAMP - 1)
    if after > wall and doubtful(after):  # the counter is full, or the last one was doubted: on to the next millisecond
        after = ((after >> 16) + 1) << 16
    return min(max(after, wall), LATEST_STAMP - 1)


def fold(lines: Iterable[OrderedLine]) -> State:
    """Return the state of one key: field-level last writer wins in (at, feed, seq) order, losers kept.

    A write whose `was` is not what stood there (and which does not repeat it) had not seen the other: an open
    conflict. A later write that has seen the winner closes it. Deletion is an ordinary field.
    """
    values: dict[str, Scalar] = {}
    writers: dict[str, OrderedLine] = {}
    open_conflicts: dict[str, Conflict] = {}
    for ordered_line in sorted(lines, key=lambda item: (item.at, item.feed, item.seq)):
        for name, new in ordered_line.line.set.items():
            standing = values.get(name)
            if standing == ordered_line.line.was.get(name):
                open_conflicts.pop(name, None)
            elif standing != new:
                open_conflicts[name] = _conflict(name, ordered_line, new, standing, writers.get(name))
            values[name] = new
            writers[name] = ordered_line
    return State(values, tuple(open_conflicts[name] for name in sorted(open_conflicts)))


def _conflict(name: str, winner: OrderedLine, new: Scalar, lost: Scalar, loser: OrderedLine | None) -> Conflict:
    return Conflict(
        field=name,
        kept=new,
        kept_by=winner.line.by,
        lost=lost,
        lost_by=loser.line.by if loser else "",
        lost_at=loser.at if loser else 0,
    )


def difference(before: Mapping[str, Scalar], after: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Return the fields of `after` that differ from `before`."""
    return {name: value for name, value in after.items() if before.get(name) != value}
