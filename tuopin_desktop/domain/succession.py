"""Who came into a seat of a team and whom he succeeds there: each vacancy is filled once, the oldest first."""

from collections.abc import Iterable, Iterator
from datetime import date

from tuopin_desktop.domain.records import Posting

_GOES, _COMES, _GOES_AT_ONCE = range(3)
"""On one day people go before others come; who came and went on that day goes after coming."""


def successions(postings: Iterable[Posting]) -> Iterator[tuple[str, Posting]]:
    """Yield who came into a seat and whom he succeeds there."""
    vacated: dict[str, Posting] = {}
    for _, order, posting in sorted(_comings_and_goings(postings), key=lambda event: event[:2]):
        if order != _COMES:
            vacated[posting.person] = posting
        elif vacated and vacated.pop(posting.person, None) is None:
            yield posting.id, vacated.pop(next(iter(vacated)))


def _comings_and_goings(postings: Iterable[Posting]) -> Iterator[tuple[date, int, Posting]]:
    for item in postings:
        if item.since is not None:
            yield item.since, _COMES, item
            if item.until is not None and item.until >= item.since:
                yield item.until, _GOES if item.since < item.until else _GOES_AT_ONCE, item
