"""What stands around a slip of the same person: the end of the posting, the leave after it, returns on other slips.

A following approved slip or a return closes the one before it (Q17); absence from post ends with the posting.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.halves import Half
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.records import LeaveSlip, Posting

Moment = tuple[date, Half]
"""A half-day, in the order of time."""

_DAY = timedelta(days=1)


class Leg(msgspec.Struct, frozen=True):
    """One travelled slip: its first and last half-day with every extension, whether signed, and its dated return."""

    slip: LeaveSlip
    first: Moment
    until: Moment
    back: Moment | None
    approved: bool

    def touches(self, other: "Leg") -> bool:
        """Tell whether the two overlap or one begins on the day after the other ends."""
        return self.first[0] <= other.until[0] + _DAY and other.first[0] <= self.until[0] + _DAY


class Around(msgspec.Struct, frozen=True):
    """What a person's postings and other slips say about one slip.

    `last_day` is the last day of the unbroken time in post; `joined` the first half-day of the approved leave that goes
    on where this one ends, `through` the end of all that is joined and `chain_back` its return; `follows` the first
    half-day of the next approved leave after a gap; `back` a return that another slip bears.
    """

    last_day: date | None = None
    joined: Moment | None = None
    through: Moment | None = None
    chain_back: Moment | None = None
    follows: Moment | None = None
    back: Moment | None = None

    @property
    def returned(self) -> Moment | None:
        """Return the return another slip bears, unless the person left again on a further slip before it."""
        return None if self.back is None or (self.follows is not None and self.follows < self.back) else self.back

    def out_of_post(self, today: date) -> bool:
        """Tell whether the posting is over."""
        return self.last_day is not None and self.last_day < today

    def bears(self, until: Moment, back: Moment | None) -> bool:
        """Tell whether the leave joined bears the end of the journey: return and overstay are judged there, once."""
        if self.joined is None:
            return False
        if back is None:
            return True
        return back > until and back >= self.joined and (self.chain_back is None or back <= self.chain_back)


ALONE = Around()


def in_time(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Return legs in the order of time."""
    return tuple(sorted(legs, key=lambda leg: leg.first))


def around(own: Leg, others: Iterable[Leg], last_day: date | None) -> Around:
    """Return the posting and the leaves next to a slip; `others` are the person's travelled slips in order of time."""
    legs = [leg for leg in others if leg.slip.id != own.slip.id]
    signed = [leg for leg in legs if leg.approved]
    chain = _chain(own, signed)
    next_day = own.until[0] + _DAY
    later = [leg.first for leg in signed if leg.first[0] > next_day]
    return Around(
        last_day=last_day,
        joined=min((leg.first for leg in chain), default=None),
        through=chain[-1].until if chain else None,
        chain_back=chain[-1].back if chain else None,
        follows=min(later, default=None),
        back=min((leg.back for leg in legs if leg.back is not None and _says_back(own, leg, leg.back)), default=None),
    )


def _chain(own: Leg, signed: Sequence[Leg]) -> list[Leg]:
    """Return the leave that goes on from a slip, each leg beginning at the latest on the day after the one before."""
    legs: list[Leg] = []
    end = own.until
    for leg in signed:
        if leg.first[0] <= end[0] + _DAY and leg.until > end:
            legs.append(leg)
            end = leg.until
    return legs


def _says_back(own: Leg, other: Leg, back: Moment) -> bool:
    """Tell whether a return noted on another slip ends this journey: it lies after its end, or in leave they share."""
    return back > own.until or (own.touches(other) and back[0] > own.first[0])


def last_days(postings: Iterable[Posting]) -> Mapping[str, date]:
    """Return by posting the last day in post, where it is known.

    Somebody who changes position in one county without a day between stays in post there, under one rule pack.
    """
    grouped: dict[tuple[str, str, str], list[Posting]] = {}
    for posting in postings:
        if not posting.deleted and posting.since is not None:
            grouped.setdefault((posting.person, posting.county, pack_of(posting)), []).append(posting)
    return {name: day for group in grouped.values() for name, day in _ends(group) if day is not None}


def _ends(group: list[Posting]) -> Iterable[tuple[str, date | None]]:
    following: tuple[date, date | None] | None = None
    for posting in sorted(group, key=lambda one: one.since or date.min, reverse=True):
        first, end = posting.since or date.min, posting.until
        if end is not None and following is not None and following[0] <= end + _DAY:
            end = None if following[1] is None else max(end, following[1])
        following = (first, end)
        yield posting.id, end
