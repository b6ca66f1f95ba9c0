"""Slips of one person that claim the same half-days."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.records import LeaveSlip


def overlaps(
    people: Iterable[Sequence[LeaveSlip]], period_of: Mapping[str, Period], rerouted: AbstractSet[str]
) -> dict[str, LeaveSlip]:
    """Return, for every standing slip that overlaps another of the same person, one that it overlaps.

    `people` are each one's slips by first half-day, `rerouted` the ids of slips that another has replaced.
    """
    found: dict[str, LeaveSlip] = {}
    for slips in people:
        longest: LeaveSlip | None = None
        for slip in slips:
            span = period_of[slip.id]
            if span.halves <= 0 or slip.ended or slip.id in rerouted:
                continue
            if longest is not None and span.overlaps(period_of[longest.id]):
                found[slip.id] = longest
                found.setdefault(longest.id, slip)
            if longest is None or _end(span) > _end(period_of[longest.id]):
                longest = slip
    return found


def _end(span: Period) -> tuple[date, str]:
    return (span.last, span.last_half)
