"""The roster as the office looks at it: people with their posting, and each team's five slots."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.domain.halves import days_between
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Slot, pack_of
from tuopin_desktop.domain.records import County, Person, Posting, Team
from tuopin_desktop.domain.seats import begun, empty_since, seated
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people.heads import Heads

MOST = 2000
"""Rows shown at once; more are narrowed by searching."""

State = Literal["在岗", "外出", "驻村", "已离任", "待到岗", "未派驻"]
"""On post today, or out on leave or duty: both are posted (在派); or in service under another programme; or not."""

SERVING: tuple[State, ...] = ("在岗", "外出", "驻村")
"""The states of those in service, under whatever programme."""

POSTED = "在派"
"""The word of a filter for everybody posted under the measure, whether on post today or out."""

STANDINGS: dict[str, tuple[State, ...]] = {
    POSTED: ("在岗", "外出"),
    "在岗": ("在岗",),
    "外出": ("外出",),
    "驻村": ("驻村",),
    "待到岗": ("待到岗",),
    "未派驻": ("未派驻",),
    "已离任": ("已离任",),
}
"""What the list of people can be narrowed to: the states behind each word."""


class PersonRow(msgspec.Struct, frozen=True):
    """A person, the posting that matters today, and words for the list."""

    person: Person
    posting: Posting | None
    county_name: str
    state: State


class SlotRow(msgspec.Struct, frozen=True):
    """One slot of a team: who sits there, or how many days it has been empty."""

    title: str
    person: Person | None
    posting: Posting | None
    vacant_days: int | None
    matches: bool
    sentence: str


class TeamRow(msgspec.Struct, frozen=True):
    """A team with its slots, and people in service beyond them."""

    county: County
    team: Team
    slots: tuple[SlotRow, ...]
    extra: tuple[SlotRow, ...]


def people(
    desk: Desk, text: str = "", where: Mapping[str, str] | None = None, stories: Iterable[Story] | None = None
) -> list[PersonRow]:
    """Return people by name, pinyin or initials; `where` narrows by `county` (code) and `state` (Chinese word).

    At most MOST rows, in the order of teams and slots; `stories` spares reading the slips again.
    """
    among = desk.store.find("person", text) if text.strip() else None
    persons = ordering.rows(desk, Person, scope=desk.scope, among=among, limit=MOST)
    postings, out = _by_person(desk, persons), _out(desk, stories)
    names = desk.vocabulary["旗县"]
    rows = []
    for person in persons:
        posting, state = _standing(desk, postings.get(person.id, []), out)
        rows.append(PersonRow(person, posting, names.word(posting.county) if posting else "", state))
    values = where or {}
    return sorted((row for row in rows if _fits(row, values)), key=_place)


def _place(row: PersonRow) -> tuple[str, int, str]:
    """Put people in the order of their team's five slots; those without a posting come last."""
    return team_order(row.posting) if row.posting else ("~", 0, row.person.name)


def count(desk: Desk) -> tuple[int, int]:
    """Return how many people are kept and how many are in service today."""
    return desk.store.count(Person, scope=desk.scope), len({one.person for one in _serving(desk)})


def heads(desk: Desk, stories: Iterable[Story] | None = None) -> Heads:
    """Return how many people are on post, out or elsewhere today; `stories` spares reading the slips again."""
    persons, out = desk.store.rows(Person, scope=desk.scope), _out(desk, stories)
    postings = _by_person(desk, persons)
    states = Counter(_standing(desk, postings.get(person.id, []), out)[1] for person in persons)
    return Heads(total=len(persons), present=states["在岗"], out=states["外出"], others=states["驻村"])


def _out(desk: Desk, known_stories: Iterable[Story] | None = None) -> frozenset[str]:
    """Return the postings whose holders are out on a slip today, not back yet."""
    stories = leavedesk.stories(desk, unreturned=True) if known_stories is None else known_stories
    return frozenset(one.slip.posting for one in stories if one.journey.trip.out)


def _serving(desk: Desk) -> list[Posting]:
    return [one for one in desk.store.rows(Posting, scope=desk.scope) if serves(one, desk.today())]


def _by_person(desk: Desk, persons: list[Person]) -> dict[str, list[Posting]]:
    grouped: dict[str, list[Posting]] = defaultdict(list)
    for posting in ordering.rows(desk, Posting, field_among=("person", [person.id for person in persons])):
        grouped[posting.person].append(posting)
    return grouped


def _standing(desk: Desk, postings: list[Posting], out: frozenset[str]) -> tuple[Posting | None, State]:
    """Return the posting that matters today and how its holder stands; a slip of an earlier post there counts too."""
    today = desk.today()
    if not postings:
        return None, "未派驻"
    ordered = sorted(postings, key=lambda posting: posting.since or date.max)
    for posting in reversed(ordered):
        if serves(posting, today):
            if pack_of(posting) != desk.policy.id:
                return posting, "驻村"
            away = any(one.id in out and one.county == posting.county for one in postings)
            return posting, "外出" if away else "在岗"
    last = ordered[-1]
    return last, "待到岗" if last.since and last.since > today else "已离任"


def _fits(row: PersonRow, where: Mapping[str, str]) -> bool:
    county = where.get("county", "")
    if county and (row.posting is None or row.posting.county != county):
        return False
    state = where.get("state", "")
    return not state or row.state in STANDINGS.get(state, (state,))


def matrix(desk: Desk) -> list[TeamRow]:
    """Return every team at or below this office with its slots filled, mismatched or vacant (Art. 2)."""
    persons = {person.id: person for person in desk.store.rows(Person, scope=desk.scope)}
    by_county: dict[str, list[Posting]] = defaultdict(list)
    for posting in ordering.rows(desk, Posting, scope=desk.scope):
        if pack_of(posting) == desk.policy.id:  # teams of another programme have other seats
            by_county[posting.county].append(posting)
    counties = {county.code: county for county in desk.store.rows(County)}
    rows = []
    for team in ordering.rows(desk, Team, scope=desk.scope):
        county = counties.get(team.county, County(code=team.county, name=team.county))
        slots, extra = _seated(desk, team, by_county.get(team.county, []), persons)
        rows.append(TeamRow(county, team, slots, extra))
    return rows


def _seated(
    desk: Desk, team: Team, postings: list[Posting], persons: Mapping[str, Person]
) -> tuple[tuple[SlotRow, ...], tuple[SlotRow, ...]]:
    today = desk.today()
    sitting, left = seated(desk.policy.slots, (posting for posting in postings if serves(posting, today)))
    slots = []
    for slot in desk.policy.slots:
        sitter = sitting.get(slot.key)
        if sitter is None:
            slots.append(_vacant(desk, slot, team, postings, today))
        else:
            slots.append(_filled(slot, sitter, persons))
    extra = tuple(
        SlotRow("另有", persons.get(posting.person), posting, None, False, "超出每队5人的一般编成（第二条）")
        for posting in left
    )
    return tuple(slots), extra


def _filled(slot: Slot, posting: Posting, persons: Mapping[str, Person]) -> SlotRow:
    person = persons.get(posting.person)
    off = []
    if slot.source and posting.source_level != slot.source:
        off.append("来源")
    if slot.rank and person is not None and person.rank != slot.rank:
        off.append("职级")
    sentence = f"{'、'.join(off)}与第二条的一般要求不同" if off else ""
    return SlotRow(slot.label, person, posting, None, not off, sentence)


def _vacant(desk: Desk, slot: Slot, team: Team, postings: list[Posting], today: date) -> SlotRow:
    """Count from the day after the last holder left or the team's arrival; 0 days where neither is known."""
    since = begun(team.arrived, postings, desk.policy.in_force)
    start = empty_since(desk.policy.slots, slot.key, postings, since, today)
    days = days_between(start, today) if start else 0
    return SlotRow(slot.label, None, None, days, True, f"空缺{days}天" if days else "空缺")
