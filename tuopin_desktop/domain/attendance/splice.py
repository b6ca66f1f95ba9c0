"""What papers say of half-days, parted at the closed months: within them as they were closed, outside as they stand."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import msgspec

from tuopin_desktop.domain.attendance.laidover import Cover, in_rank, stretch_of
from tuopin_desktop.domain.attendance.months import served
from tuopin_desktop.domain.attendance.roll import RollLine, Rolls
from tuopin_desktop.domain.attendance.stays import Stay
from tuopin_desktop.domain.leave.count import between, shared
from tuopin_desktop.domain.records import Posting

P = TypeVar("P", bound=Cover | Stay)

Part = tuple[range, RollLine | None]
"""A closed stretch of half-days and the line it was closed with; None where nobody stood on the roll."""


def covers(living: Sequence[Cover], person: str, own: Sequence[Posting], rolls: Rolls) -> tuple[Cover, ...]:
    """Return what a person's slips say: `living` outside closed months, within them what their rolls keep."""
    parts = _parts(person, own, rolls) if living or person in rolls.laid_over else []
    if not parts:
        return tuple(living)
    months = {id(line): month for month, line in rolls.by_person.get(person, ())}
    at_closing = [
        msgspec.structs.replace(cover, halves=piece)
        for stretch, line in parts
        if line is not None
        for cover in line.covers(months[id(line)])
        if (piece := shared(cover.halves, stretch))
    ]
    return in_rank(_whole(_outside(living, parts), at_closing, lambda one: (one.slip.id, one.standing, one.code)))


def returns(living: Sequence[int], person: str, own: Sequence[Posting], rolls: Rolls) -> list[int]:
    """Return the half-days in which a person came back: `living` outside closed months, within them as closed.

    A roll of an earlier release kept none: of its month those count that are registered today.
    """
    parts = _parts(person, own, rolls) if living or person in rolls.laid_over else []
    pairs = [(stretch, line) for stretch, line in parts if line is None or line.returns is not None]
    months = {id(line): month for month, line in rolls.by_person.get(person, ())}
    counts = {number for number in living if not any(number in stretch for stretch, _ in pairs)}
    for stretch, line in pairs:
        if line is not None:
            counts |= {number for number in line.back(months[id(line)]) if number in stretch}
    return sorted(counts)


def stays(living: Sequence[Stay], posting: Posting, rolls: Rolls) -> tuple[Stay, ...]:
    """Return what classes and trips say of a posting: `living` outside closed months, within them as closed."""
    if not living and posting.id not in rolls.laid_over:
        return ()
    pairs = rolls.by_posting.get(posting.id, ())
    parts: list[Part] = [(stretch_of(month), line) for month, line in pairs]
    parts += [(stretch_of(month), None) for month in rolls.late(posting)]
    if not parts:
        return tuple(living)
    at_closing = [stay for month, line in pairs for stay in line.stayed(month)]
    joined = _whole(_outside(living, parts), at_closing, lambda one: (one.record, one.code, one.text))
    return tuple(sorted(joined, key=lambda stay: (stay.source != "training", stay.halves.start)))


def _parts(person: str, own: Sequence[Posting], rolls: Rolls) -> list[Part]:
    """Return a person's closed stretches. A month all of whose postings are closed is closed from end to end."""
    pairs_by_key: dict[str, list[Part]] = {}
    for month, line in rolls.by_person.get(person, ()):
        pairs_by_key.setdefault(month, []).append((_span(line.as_posting, month), line))
    for posting in own:
        for month in rolls.late(posting):
            pairs_by_key.setdefault(month, []).append((_span(posting, month), None))
    parts: list[Part] = []
    for month, spans in sorted(pairs_by_key.items()):
        stays_open = any(
            rolls.line(one, month) is None and not rolls.leaves_out(one, month) and served(one, month) for one in own
        )
        spans.sort(key=lambda part: part[0].start)
        parts += spans if stays_open else _widened(spans, stretch_of(month))
    return parts


def _span(posting: Posting, month: str) -> range:
    span = served(posting, month)
    return between(*span) if span is not None else range(0)


def _widened(spans: Sequence[Part], month: range) -> list[Part]:
    """Return stretches without a gap between them: each from where the one before ends."""
    stops = [part[0].start for part in spans[1:]] + [month.stop]
    starts = [month.start, *stops[:-1]]
    return [(range(start, stop), part[1]) for start, stop, part in zip(starts, stops, spans, strict=True)]


def _outside(living: Iterable[P], parts: Iterable[Part]) -> list[P]:
    """Return papers without their half-days in closed stretches."""
    ranges = sorted((part[0] for part in parts), key=lambda stretch: stretch.start)
    return [
        msgspec.structs.replace(one, halves=piece) if piece != one.halves else one
        for one in living
        for piece in _cut(one.halves, ranges)
    ]


def _cut(numbers: range, ranges: Sequence[range]) -> Iterable[range]:
    start = numbers.start
    for stretch in ranges:
        if stretch.stop <= start or stretch.start >= numbers.stop:
            continue
        if stretch.start > start:
            yield range(start, stretch.start)
        start = stretch.stop
    if start < numbers.stop:
        yield range(start, numbers.stop)


def _whole(living: Sequence[P], items: Sequence[P], same: Callable[[P], Hashable]) -> list[P]:
    """Return papers with the pieces of one put together again where they touch; the living one speaks for both."""
    values: list[P] = []
    last: dict[Hashable, int] = {}
    alive = {id(one) for one in living}
    for one in sorted((*living, *items), key=lambda item: item.halves.start):
        at = last.get(same(one))
        if at is None or values[at].halves.stop != one.halves.start:
            last[same(one)] = len(values)
            values.append(one)
        else:
            base = one if id(one) in alive else values[at]
            values[at] = msgspec.structs.replace(base, halves=range(values[at].halves.start, one.halves.stop))
    return values
