"""The duties of one owner's part, of every year that is asked for today, and how the parts are merged."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.duties.horizon import years
from tuopin_desktop.domain.duties.radar import in_turn, radar
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.domain.under import under

Place = tuple[date, str, int, str, str]
"""Where a duty stands among those that are sorted alike: by the first day in post and the seat of whose it is."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A duty with its place."""

    place: Place
    turn: int
    duty: Duty


def of_part(part: Part) -> dict[int, list[Entry]]:
    """Return the duties of what the part holds, by year."""
    facts = under(part.facts, part.policy.id)
    return {
        year: [
            Entry(_place(facts, duty.subject), turn, duty)
            for turn, duty in enumerate(radar(facts, part.policy, year, part.holds))
        ]
        for year in years(part.policy, facts.today)
    }


def _place(facts: Facts, subject: str) -> Place:
    record_id = subject.partition(":")[2]
    posting = facts.posting_by_id.get(record_id)
    if posting is None:
        return (date.min, "", -1, "", ids.owner(record_id))
    return (posting.since or date.max, *team_order(posting), ids.owner(record_id))


def merge(parts: Iterable[dict[int, list[Entry]]]) -> dict[int, list[Duty]]:
    """Return the duties of all parts by year, each year in the order of the radar."""
    entries: dict[int, list[Entry]] = {}
    for part in parts:
        for year, some in part.items():
            entries.setdefault(year, []).extend(some)
    rest = attrgetter("place", "turn")
    return {
        year: [one.duty for one in sorted(some, key=lambda one: (in_turn(one.duty), rest(one)))]
        for year, some in sorted(entries.items())
    }
