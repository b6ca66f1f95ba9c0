"""The practice roster as it grew: every record with the day it was entered, later entries over earlier ones."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from tuopin_desktop.demo import elements, team
from tuopin_desktop.demo.term import YEAR, Term
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Person, Posting, Team

R = TypeVar("R", bound=Record)

Entry = tuple[date, Record]


class Roster:
    """People, postings and teams of some counties; `entries` is the order in which clerks entered them."""

    def __init__(self, scope: str, policy: Policy, term: Term = YEAR, counties: Collection[str] = ()) -> None:
        """Seat a full team in every county at or below the office, or in those named; `term` is how far it goes."""
        self.scope = scope
        self.term = term
        self.slots = {slot.key: slot for slot in policy.slots}
        self.entries: list[Entry] = []
        self.persons: dict[str, Person] = {}
        self.postings: dict[str, Posting] = {}
        self._seats: dict[tuple[str, str], str] = {}
        own = [code for code in elements.counties() if code.startswith(scope)]
        self.counties = [code for code in own if not counties or code in counties]
        for county in self.counties:
            self._seat(county)

    @property
    def decides(self) -> bool:
        """Tell whether this office may enter decisions: the region office alone."""
        return self.scope == REGION

    def _seat(self, county: str) -> None:
        day = team.arrival(county)
        self.put(day, _team(county, day))
        for key, (person, posting) in zip(self.slots, team.people(county, list(self.slots.values())), strict=True):
            self.put(day + timedelta(days=3), person)
            self.put(day + timedelta(days=3), posting)
            self._seats[county, key] = posting.id

    def put(self, day: date, record: R) -> R:
        """Enter a record, or its changed values, on a day."""
        self.entries.append((day, record))
        self._hold(record)
        return record

    def _hold(self, record: Record) -> None:
        if isinstance(record, Person):
            self.persons[record.id] = record
        elif isinstance(record, Posting):
            self.postings[record.id] = record

    def at(self, county: str, key: str) -> tuple[Person, Posting]:
        """Return who was seated in a slot of a team at its arrival."""
        posting = self.postings[self._seats[county, key]]
        return self.persons[posting.person], posting

    def correct(self, record: Person | Posting) -> None:
        """Change what was entered at the arrival, as if it had been so from the start."""
        for place, (day, former) in enumerate(self.entries):
            if former.id == record.id:
                self.entries[place] = (day, record)
                break
        self._hold(record)

    def leave_empty(self, county: str, key: str) -> None:
        """Take back a seat at the arrival: nobody was ever posted to it."""
        person, posting = self.at(county, key)
        self.entries = [(day, record) for day, record in self.entries if record.id not in (person.id, posting.id)]
        del self.persons[person.id], self.postings[posting.id], self._seats[county, key]

    def leader_on(self, county: str, day: date) -> str:
        """Return the name of a team's leader on a day."""
        for posting in self.postings.values():
            if posting.county == county and posting.position == "leader" and serves(posting, day):
                return self.persons[posting.person].name
        return ""

    def postings_of(self, person: Person) -> Iterable[Posting]:
        """Return a person's postings in order of their first day."""
        own = (posting for posting in self.postings.values() if posting.person == person.id)
        return sorted(own, key=lambda posting: (posting.since or date.min, posting.id))


def _team(county: str, day: date) -> Team:
    name = elements.counties()[county]["name"]
    return Team(
        id=f"{county}/team",
        county=county,
        name=f"自治区派驻{name}脱贫攻坚工作总队",
        arrived=day,
        station=f"{name}{elements.townships(county, '镇')[0]}",
        phone=f"1000001{county[-4:]}",
    )


def changed(record: R, **values: object) -> R:
    """Return the record with some values changed."""
    return msgspec.structs.replace(record, **values)
