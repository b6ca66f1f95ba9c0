"""Who is posted where: persons, postings, counties and teams of one scope on one day, with the lookups built once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from tuopin_desktop.domain.once import Once
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import County, Person, Posting, Team

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Hashable)


class Roster(Once, frozen=True, kw_only=True, dict=True):
    """The people of the facts; lookups leave deleted records out."""

    today: date
    scope: str
    counties: tuple[County, ...] = ()
    teams: tuple[Team, ...] = ()
    persons: tuple[Person, ...] = ()
    postings: tuple[Posting, ...] = ()

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        """Return live persons by id."""
        return {person.id: person for person in self.persons if not person.deleted}

    @cached_property
    def posting_by_id(self) -> Mapping[str, Posting]:
        """Return live postings by id."""
        return {posting.id: posting for posting in self.postings if not posting.deleted}

    @cached_property
    def postings_by_person(self) -> Mapping[str, tuple[Posting, ...]]:
        """Return live postings by person id, in order of their first day."""
        return grouped(in_order(self.postings), lambda posting: posting.person)

    @cached_property
    def postings_by_county(self) -> Mapping[str, tuple[Posting, ...]]:
        """Return live postings by county code, in order of their first day."""
        return grouped(in_order(self.postings), lambda posting: posting.county)

    @cached_property
    def county_by_code(self) -> Mapping[str, County]:
        """Return live counties by GB/T 2260 code."""
        return {county.code: county for county in self.counties if not county.deleted}

    @cached_property
    def team_by_county(self) -> Mapping[str, Team]:
        """Return live teams by county code."""
        return {team.county: team for team in self.teams if not team.deleted}

    def name_of(self, person: str) -> str:
        """Return a person's name, or that nobody of that id is among the facts: an id is no name."""
        record = self.person_by_id.get(person)
        return (record.name if record else "") or "未登记人员"

    def county_name(self, code: str) -> str:
        """Return a county's name, or its code."""
        county = self.county_by_code.get(code)
        return (county.name if county else "") or code


def in_order(postings: Iterable[Posting]) -> list[Posting]:
    """Return live postings in order of their first day."""
    live = [posting for posting in postings if not posting.deleted]
    return sorted(live, key=lambda posting: posting.since or date.max)


def grouped(records: Iterable[R], key: Callable[[R], K]) -> dict[K, tuple[R, ...]]:
    groups: dict[K, list[R]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return {name: tuple(group) for name, group in groups.items()}
