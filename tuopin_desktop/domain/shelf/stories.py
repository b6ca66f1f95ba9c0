"""The stories of one owner's slips as they stand today, and how the parts are merged."""

from collections.abc import Iterable

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.leave.story import Story, told_of
from tuopin_desktop.domain.order import arranged
from tuopin_desktop.domain.shelf.part import Part


def of_part(part: Part) -> list[Story]:
    """Return the stories of the slips the part holds, in the order in which papers of leave are told."""
    facts, policy = part.facts, part.policy
    papers = arranged(facts.papers)
    slips = [one for one in papers.slips if not one.deleted and part.holds(one.kind.name, one.id)]
    return [
        told_of(one, papers, policy.under(one.pack), facts.calendar.of(ids.owner(one.id)), facts.today) for one in slips
    ]


def merge(parts: Iterable[list[Story]]) -> list[Story]:
    """Return the stories of all parts, given in the order of owners, newest number first."""
    return sorted((one for part in parts for one in part), key=lambda story: story.slip.number)[::-1]
