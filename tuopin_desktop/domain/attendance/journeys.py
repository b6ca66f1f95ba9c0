"""Leave that has a day in a month, and overstays: of an open month as slips tell it today, of a closed one as kept."""

from collections.abc import Iterable, Iterator
from datetime import date

from tuopin_desktop.domain.attendance.roll import Journey, Overrun
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.leave.account import travelled
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.records import Posting

Leave = tuple[tuple[Journey, ...], tuple[Overrun, ...]]
"""The journeys and the overruns of a month."""


def in_month(facts: Facts, policy: Policy, first: date, last: date) -> Leave:
    """Return the leave of a month of every team: a closed team's as its roll keeps it."""
    month = f"{first:%Y-%m}"
    rolls = {county: roll for (county, at), roll in facts.closed.rolls.of.items() if at == month}
    told = ((facts.posting_by_id.get(slip.posting), slip) for slip in facts.slips if not slip.deleted)
    stories = (
        (posting, facts.story(slip, policy)) for posting, slip in told if posting is None or posting.county not in rolls
    )
    journeys, overruns = _living(stories, first, last)
    kept = [one for roll in rolls.values() for one in roll.journeys if facts.pack in ("", one.pack)]
    over = [one for roll in rolls.values() for one in roll.overruns if facts.pack in ("", one.pack)]
    return (*journeys, *kept), (*overruns, *over)


def of_team(facts: Facts, policy: Policy, county: str, first: date, last: date) -> Leave:
    """Return the leave of one team in a month as its slips tell it today, each under the pack of its posting."""
    posted = {posting.id: posting for posting in facts.postings_by_county.get(county, ())}
    stories = (
        (posted[slip.posting], facts.story(slip, policy))
        for slip in facts.slips
        if slip.posting in posted and not slip.deleted
    )
    return _living(stories, first, last)


def _living(stories: Iterable[tuple[Posting | None, Story]], first: date, last: date) -> Leave:
    told = [(posting, story) for posting, story in stories if travelled(story)]
    away = [pair for pair in told if _within(parse_stored(pair[1].slip.period), first, last)]
    return tuple(_journey(*pair) for pair in away), tuple(_overruns(told, first, last))


def _journey(posting: Posting | None, story: Story) -> Journey:
    slip = story.slip
    return Journey(
        slip.id, slip.posting, posting.county if posting else "", slip.name, pack_of(posting) if posting else ""
    )


def _overruns(told: Iterable[tuple[Posting | None, Story]], first: date, last: date) -> Iterator[Overrun]:
    for posting, story in told:
        over = story.journey.overstay
        if over is not None and _within(over.period, first, last):
            one = _journey(posting, story)
            yield Overrun(
                one.slip, one.posting, one.county, one.name, one.pack, over.first, over.last, over.days, over.open
            )


def _within(period: Period | None, first: date, last: date) -> bool:
    return period is not None and period.first <= last and period.last >= first
