"""One presence: the postings of one person in one county that follow each other without a day between (Art. 2, 9).

Whoever becomes leader of the team of which he was deputy has not arrived anew.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from tuopin_desktop.domain.attendance.months import served, span_of
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.records import Posting


def presence_of(posting: Posting, own: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the postings of the presence that a posting belongs to, `own` being its person's by first days."""
    if len(own) < 2 or posting.since is None:
        return (posting,)
    same = [one for one in own if one.county == posting.county and pack_of(one) == pack_of(posting) and one.since]
    chain: list[Posting] = []
    for one in same:
        if chain and not _follows(one, chain[-1]):
            if any(item.id == posting.id for item in chain):
                break
            chain = []
        chain.append(one)
    return tuple(chain) if any(item.id == posting.id for item in chain) else (posting,)


def _follows(later: Posting, earlier: Posting) -> bool:
    ended, begun = earlier.until, later.since
    return ended is not None and begun is not None and ended < date.max and begun <= ended + timedelta(days=1)


def parts_of(month: str, chain: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the postings of a presence that serve in a month."""
    return tuple(one for one in chain if served(one, month) is not None)


def days_before(posting: Posting, month: str, chain: Sequence[Posting], start: date = date.min) -> tuple[int, int]:
    """Return of a month the days in post before a posting of the presence, and with its own: (13, 30).

    On a hand-over day the later posting counts; days before `start` count for none.
    """
    span = span_of(month)
    parts = parts_of(month, chain)
    if span is None or posting.id not in {one.id for one in parts}:
        return 0, 0
    place = next(at for at, one in enumerate(parts) if one.id == posting.id)
    spans = [dates for one in parts if (dates := served(one, month)) is not None]
    first = max(spans[0][0], start)
    end = spans[place][1] + timedelta(days=1)
    if place + 1 < len(spans):
        end = min(end, spans[place + 1][0])
    return max(0, (spans[place][0] - first).days), max(0, (end - first).days)
