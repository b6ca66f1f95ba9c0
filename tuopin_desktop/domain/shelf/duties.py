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
from tuopin_desktop.domain.policy import Policy
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
    """Return the duties of what the part holds, by year: those of the next one too, which nobody is pressed by yet."""
    facts = under(part.facts, part.policy.id)
    first, last = part.policy.in_force.year, years(part.policy, facts.today).stop
    return {year: of_year(part, facts, part.policy, year) for year in range(first, last + 1)}


def of_year(part: Part, facts: Facts, policy: Policy, year: int) -> list[Entry]:
    """Return the duties of one year of what the part holds, by its facts of some day and the policy of that day."""
    owed = radar(facts, policy, year, part.holds)
    return [Entry(_place(facts, duty.subject), turn, duty) for turn, duty in enumerate(owed)]


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
    return {year: in_order(some) for year, some in sorted(entries.items())}


def in_order(entries: Iterable[Entry]) -> list[Duty]:
    """Return the duties of one year in the order of the radar."""
    rest = attrgetter("place", "turn")
    return [one.duty for one in sorted(entries, key=lambda one: (in_turn(one.duty), rest(one)))]
