"""One person's leave in one year: what each slip really took, what is not signed yet, and overstays kept apart."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.count import Count, count, half_number, halves_of, of_year, shared
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import LeaveSlip


class Part(msgspec.Struct, frozen=True):
    """What one slip took of a year.

    `halves` are its own half-days (one that an earlier slip covers is not counted again: `repeated` says how many
    days), `given_back` the days of the year an early return gave back.
    """

    story: Story
    halves: frozenset[int]
    count: Count
    given_back: float = 0.0
    repeated: float = 0.0


class Overrun(msgspec.Struct, frozen=True):
    """Days without leave in a year, after the end of a slip; never added to leave."""

    story: Story
    halves: frozenset[int]

    @property
    def days(self) -> float:
        """Return the natural days."""
        return len(self.halves) / 2


class Account(msgspec.Struct, frozen=True):
    """A person's year: `approved` leave, slips still `pending` their ink, `dropped` ones and overstays."""

    year: int
    approved: tuple[Part, ...]
    pending: tuple[Part, ...]
    dropped: tuple[Story, ...]
    overruns: tuple[Overrun, ...]

    @property
    def by_type(self) -> dict[str, tuple[Part, ...]]:
        """Return the approved parts by leave type."""
        parts_by_key: dict[str, tuple[Part, ...]] = {}
        for part in self.approved:
            parts_by_key[part.story.slip.leave_type] = (*parts_by_key.get(part.story.slip.leave_type, ()), part)
        return parts_by_key

    @property
    def natural(self) -> float:
        """Return the natural days of approved leave."""
        return sum(part.count.natural for part in self.approved)

    @property
    def overrun_days(self) -> float:
        """Return the days without leave."""
        return sum(item.days for item in self.overruns)


def root_of(story: Story, stories: Mapping[str, Story]) -> Story:
    """Return the slip that an extension, directly or through others, extends; any other slip is its own root."""
    names = {story.slip.id}
    while story.slip.relation == "extension" and story.slip.follows in stories and story.slip.follows not in names:
        story = stories[story.slip.follows]
        names.add(story.slip.id)
    return story


def travelled(story: Story) -> bool:
    """Tell whether a slip stands and no other has taken its place."""
    return story.chain.paper.standing and not story.rerouted


def halves_taken(story: Story, stories: Mapping[str, Story]) -> range:
    """Return the half-days a slip takes: its period, up to an early return of the journey it belongs to."""
    if not travelled(story):
        return range(0)
    whole = halves_of(parse_stored(story.slip.period))
    root = root_of(story, stories)
    back = root.journey.back
    if not root.journey.given_back or back is None:
        return whole
    return range(whole.start, max(whole.start, min(whole.stop, half_number(*back))))


def overstayed(story: Story) -> range:
    """Return the half-days of a slip's overstay so far."""
    over = story.journey.overstay
    return halves_of(over.period) if over is not None else range(0)


def in_year(slip: LeaveSlip, year: int) -> bool:
    """Tell whether a slip belongs to the list of a year: it was filled in or numbered then, or has a day in it."""
    if shared(halves_of(parse_stored(slip.period)), of_year(year)):
        return True
    return (slip.filled is not None and slip.filled.year == year) or slip.number.startswith(f"{year}-")


def account(
    mine: Iterable[Story], stories: Mapping[str, Story], year: int, policy: Policy, calendar: Calendar
) -> Account:
    """Return the account of a year from one person's stories; `stories` are all by slip."""
    stories_of_year = sorted((story for story in mine if in_year(story.slip, year) or _over(story, year)), key=_order)
    standing = [one_story for one_story in stories_of_year if travelled(one_story)]
    used: set[int] = set()
    approved = [
        _part(one_story, stories, year, used, policy, calendar) for one_story in standing if _approved(one_story)
    ]
    granted = frozenset(used)
    pending = [
        _part(one_story, stories, year, used, policy, calendar) for one_story in standing if not _approved(one_story)
    ]
    overruns = _overruns(standing, year, granted)
    dropped = tuple(one_story for one_story in stories_of_year if not travelled(one_story))
    return Account(year, tuple(approved), tuple(pending), dropped, tuple(overruns))


def _overruns(standing: list[Story], year: int, granted: frozenset[int]) -> list[Overrun]:
    """Return the days without leave: none that an approved slip covers, and none twice."""
    overruns = []
    counts = set(granted)
    for story in standing:
        own = frozenset(_over(story, year)) - counts
        counts |= own
        if own:
            overruns.append(Overrun(story, own))
    return overruns


def _order(story: Story) -> tuple[str, str, str]:
    return (story.slip.period or str(story.slip.filled or date.max), story.slip.number, story.slip.id)


def _approved(story: Story) -> bool:
    return story.chain.paper is Paper.APPROVED


def _over(story: Story, year: int) -> range:
    return shared(overstayed(story), of_year(year))


def _part(
    story: Story, stories: Mapping[str, Story], year: int, used: set[int], policy: Policy, calendar: Calendar
) -> Part:
    own_halves = shared(halves_of(parse_stored(story.slip.period)), of_year(year))
    went = shared(halves_taken(story, stories), of_year(year))
    own = frozenset(went) - used
    used |= own
    days = count(own, story.slip.leave_type, policy, calendar)
    return Part(story, own, days, (len(own_halves) - len(went)) / 2, (len(went) - len(own)) / 2)
