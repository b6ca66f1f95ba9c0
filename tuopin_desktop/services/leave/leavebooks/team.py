"""The team during a leave: who else is away when, whether leader and deputy both are, and who leads meanwhile."""

from collections.abc import Callable, Collection, Iterable

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.account import halves_taken, overstayed
from tuopin_desktop.domain.leave.count import day_of, runs
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger

NOBODY = "无人主持，请明确主持工作的同志"


class Away(msgspec.Struct, frozen=True):
    """Somebody else of the team who is away during the leave: when, and how far the paper has come."""

    name: str
    position: str
    periods: tuple[Period, ...]
    paper: str


class Meanwhile(msgspec.Struct, frozen=True):
    """Who leads during a stretch of the leave; `left` tells that leader and deputy are both away."""

    period: Period
    sentence: str
    left: bool


def away(ledger: Ledger, story: Story, trip: Collection[int]) -> list[Away]:
    """Return the others of the team who are away in some of these half-days, in the order of positions."""
    mine = ledger.person_id(story.slip)
    aways = []
    for posting in _team(ledger, story, trip):
        if posting.person == mine:
            continue
        for other in ledger.by_person.get(posting.person, ()):
            if common := _gone(other, ledger) & set(trip):
                name = ledger.persons[posting.person].name if posting.person in ledger.persons else other.slip.name
                periods = tuple(runs(common))
                aways.append(Away(name, POSITION.word(posting.position), periods, other.state_words))
    return list(dict.fromkeys(aways))


def meanwhile(ledger: Ledger, story: Story, trip: Collection[int]) -> list[Meanwhile]:
    """Return who leads the team during a leave, stretch by stretch."""
    team = _team(ledger, story, trip)
    mine = ledger.person_id(story.slip)
    gone = {posting.person: _halves_away(posting.person, ledger) for posting in team}
    gone[mine] = gone.get(mine, set()) | set(trip)
    heads: dict[int, tuple[str, bool]] = {
        number: _head(number, team, ledger, story, lambda person, at: at in gone[person]) for number in trip
    }
    meanwhiles = [
        Meanwhile(period, text, left)
        for text, left in dict.fromkeys(heads.values())
        for period in runs(number for number, head in heads.items() if head == (text, left))
    ]
    return sorted(meanwhiles, key=lambda item: item.period)


def _team(ledger: Ledger, story: Story, trip: Iterable[int]) -> list[Posting]:
    """Return who serves in the county in these half-days under the pack of the slip: others are not of the team."""
    county = ids.owner(story.slip.id)
    days = sorted({day_of(number) for number in trip})
    order = list(POSITION.labels)
    serving = [
        posting
        for posting in ledger.postings.values()
        if posting.county == county and pack_of(posting) == pack_of(story.slip)
        if posting.position in order and any(serves(posting, day) for day in days)
    ]
    return sorted(serving, key=lambda item: (order.index(item.position), item.source_level))


def _gone(story: Story, ledger: Ledger) -> set[int]:
    return {*halves_taken(story, ledger.by_slip), *overstayed(story)}


def _halves_away(person: str, ledger: Ledger) -> set[int]:
    counts: set[int] = set()
    for story in ledger.by_person.get(person, ()):
        counts |= _gone(story, ledger)
    return counts


def _head(
    number: int, team: list[Posting], ledger: Ledger, story: Story, is_away: Callable[[str, int], bool]
) -> tuple[str, bool]:
    """Return who leads in one half-day, and whether leader and deputy are both away."""
    day = day_of(number)
    present = [item for item in team if serves(item, day) and not is_away(item.person, number)]
    leaders = [item for item in present if item.position == "leader"]
    deputies = [item for item in present if item.position == "deputy"]
    if leaders:
        return f"队长{_name(leaders[0], ledger)}", False
    county = ids.owner(story.slip.id)
    for item in ledger.authorisations:
        covers = item.first and item.last and item.first <= day <= item.last
        if item.role == "leader" and ids.owner(item.id) == county and covers:
            return f"{item.delegate}（受权，{item.paper}）", not deputies
    return (f"副队长{_name(deputies[0], ledger)}", False) if deputies else (NOBODY, True)


def _name(posting: Posting, ledger: Ledger) -> str:
    return ledger.persons[posting.person].name if posting.person in ledger.persons else ""
