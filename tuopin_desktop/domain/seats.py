"""The five posts of a team (Art. 2): who sits on which, and for how many days each stood empty."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.policy import Slot
from tuopin_desktop.domain.records import Posting


def seated(slots: Iterable[Slot], serving: Iterable[Posting]) -> tuple[dict[str, Posting], list[Posting]]:
    """Return who sits on each post, by its key, and who is left over; a post nobody sits on is absent.

    Whoever came first sits first. A member whose source nobody registered sits where nobody of that source does.
    """
    left = sorted(serving, key=lambda posting: posting.since or date.max)
    posting_by_key: dict[str, Posting] = {}
    for slot in slots:
        best = _best(slot, left)
        if best is not None:
            left.remove(best)
            posting_by_key[slot.key] = best
    return posting_by_key, left


def _best(slot: Slot, serving: Sequence[Posting]) -> Posting | None:
    fitting = [posting for posting in serving if posting.position == slot.position]
    exact = [posting for posting in fitting if not slot.source or posting.source_level == slot.source]
    if exact or slot.position != "member":
        return next(iter(exact or fitting), None)
    return next((posting for posting in fitting if not posting.source_level), None)


def empty(slots: Sequence[Slot], postings: Iterable[Posting], day: date) -> int:
    """Return how many posts nobody sits on on a day."""
    return len(slots) - len(seated(slots, (item for item in postings if serves(item, day)))[0])


def empty_days(slots: Sequence[Slot], postings: Sequence[Posting], first: date, last: date) -> int:
    """Return for how many days from first to last posts stood empty, all posts together; both ends count."""
    comings = (item.since for item in postings if item.since)
    goings = (item.until + timedelta(days=1) for item in postings if item.until)
    turns = sorted({first, *(day for day in (*comings, *goings) if first < day <= last)})
    ends = [*turns[1:], last + timedelta(days=1)]
    return sum(empty(slots, postings, start) * (end - start).days for start, end in zip(turns, ends, strict=True))


def begun(arrived: date | None, postings: Iterable[Posting], in_force: date) -> date | None:
    """Return the day from which a team is spoken of: it has come, or its first person has, and the measure holds."""
    came = arrived or min((item.since for item in postings if item.since), default=None)
    return max(came, in_force) if came else None


def empty_since(
    slots: Sequence[Slot], key: str, postings: Sequence[Posting], begun: date | None, today: date
) -> date | None:
    """Return the day since which a seat that is empty today stands empty: the one after its last holder's last day.

    A seat nobody has sat on yet is empty since its team has `begun`; None where that is not known or lies ahead.
    """
    goings = sorted({item.until + timedelta(days=1) for item in postings if item.until and item.until < today})
    for day in reversed(goings):
        before = [item for item in postings if serves(item, day - timedelta(days=1))]
        if key in seated(slots, before)[0]:
            return max(day, begun) if begun else day
    return begun if begun is not None and begun <= today else None
