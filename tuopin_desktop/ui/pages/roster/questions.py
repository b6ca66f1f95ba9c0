"""What this page asks of the desk; every function here runs in the worker thread."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.essentials import Lack
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.count import day_of
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import cadreform, cohorts, essentials, roster, selections
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.services.registers import photos, registers


class RosterRows(msgspec.Struct, frozen=True):
    """The rows of the list, and how many people are kept and stand how in all."""

    rows: tuple[roster.PersonRow, ...]
    heads: Heads


class Whole(msgspec.Struct, frozen=True):
    """One person with the postings, newest first; what the rules say, what is empty, the photo, the days of leave."""

    person: Person
    postings: tuple[Posting, ...]
    findings: tuple[Finding, ...] = ()
    titles: dict[str, dict[str, str]] = {}
    new: bool = False
    lacks: tuple[Lack, ...] = ()
    photo: bytes = b""
    leave: frozenset[date] = frozenset()


class PersonOutcome(msgspec.Struct, frozen=True):
    """What saving came to: the records as stored, or the problems of each."""

    whole: Whole | None
    person_problems: tuple[Problem, ...] = ()
    posting_problems: tuple[Problem, ...] = ()


def listed(desk: Desk, text: str, where: dict[str, str]) -> RosterRows:
    """Find people."""
    return RosterRows(tuple(roster.people(desk, text, where)), roster.heads(desk))


def whole(desk: Desk, person_id: str) -> Whole:
    """Fetch one person with everything beside it."""
    person = registers.get(desk, Person, person_id)
    rows = registers.rows(desk, "posting", {"person": person_id})
    postings = sorted((row for row in rows if isinstance(row, Posting)), key=_begins, reverse=True)
    keys = [ids.key("person", person_id), *(ids.key("posting", posting.id) for posting in postings)]
    findings = [finding for key in keys for finding in judging.findings(desk, subject=key)]
    titles = {"posting": registers.titles(desk, "posting")}
    lacks, photo = essentials.of_person(desk, person_id), photos.of_person(desk, person_id)
    leave = _leave_days(desk, person_id)
    return Whole(person, tuple(postings), tuple(findings), titles, lacks=lacks, photo=photo, leave=leave)


def _leave_days(desk: Desk, person_id: str) -> frozenset[date]:
    """Return the days on which slips say the person is away: they are tinted where a date is chosen."""
    facts = near.facts_of_person(desk, person_id)
    covers = facts.covers(person_id, judging.policy_on(desk, facts.today))
    away = (cover for cover in covers if cover.standing in ("approved", "waiting"))
    return frozenset(day_of(number) for cover in away for number in cover.halves)


def _begins(posting: Posting) -> str:
    return posting.since.isoformat() if posting.since else "9999"


def of_posting(desk: Desk, posting_id: str) -> Whole:
    """Fetch the person of a posting."""
    posting = registers.get(desk, Posting, posting_id)
    return whole(desk, posting.person)


def new_person(desk: Desk, beside: Posting | None = None, person_id: str = "") -> Whole:
    """Return a blank person with a blank posting; of a batch, where and when and by which paper the last was sent.

    `person_id` is the id under which a draft was begun that is gone on with.
    """
    person = registers.blank(desk, Person)
    person = msgspec.structs.replace(person, id=person_id or person.id)
    posting = new_posting(desk, person.id)
    if beside is not None:
        posting = msgspec.structs.replace(posting, county=beside.county, since=beside.since, paper=beside.paper)
    return Whole(person, (posting,), titles={"posting": registers.titles(desk, "posting")}, new=True)


def new_posting(desk: Desk, person_id: str) -> Posting:
    """Return a blank posting of a person; a county office's own county stands in it."""
    posting = registers.blank(desk, Posting)
    county = desk.scope if desk.scope in desk.vocabulary["旗县"].labels else ""
    return msgspec.structs.replace(posting, person=person_id, county=county)


def check(desk: Desk, person: Person, posting: Posting | None) -> PersonOutcome:
    """Return what is wrong in a person and a posting; nothing is written."""
    problems = tuple(_serious(desk, posting)) if posting is not None else ()
    return PersonOutcome(None, tuple(registers.check(desk, person)), problems)


def keep(desk: Desk, person: Person, posting: Posting | None, *, new: bool) -> PersonOutcome:
    """Save a person and, if given, a posting: both or neither.

    New ones go to the county under the ids their sheet was opened with, so that saving twice is saving one person.
    """
    if posting is not None and new and posting.county:
        person = msgspec.structs.replace(person, id=ids.under(posting.county, person.id))
        posting = msgspec.structs.replace(posting, id=ids.under(posting.county, posting.id), person=person.id)
    person_problems = tuple(registers.check(desk, person))
    posting_problems = tuple(_serious(desk, posting)) if posting is not None else ()
    if person_problems or posting_problems:
        return PersonOutcome(None, person_problems, posting_problems)
    registers.save(desk, person)
    if posting is not None:
        registers.save(desk, posting)
    return PersonOutcome(whole(desk, person.id))


def _serious(desk: Desk, posting: Posting) -> list[Problem]:
    """A new person is not in the register yet when the posting is checked."""
    problems = registers.check(desk, posting)
    return [item for item in problems if not (item.code == "reference" and item.fields == ("person",))]


def remove(desk: Desk, person_id: str) -> None:
    """Take a person and the postings off the roster; the log keeps them."""
    for row in registers.rows(desk, "posting", {"person": person_id}):
        registers.delete(desk, "posting", row.id)
    registers.delete(desk, "person", person_id)


def write_todo(desk: Desk, path: Path) -> Path:
    """Write whose sheets lack what as what the file's name says."""
    return books.write(desk, path, essentials.listed(desk))


def write_statements(desk: Desk, path: Path, people: Sequence[str] | None) -> Path:
    """Write the sheets of Article 3 of some people, None for all that serve or are to."""
    return selections.write(desk, path, selections.everybody(desk) if people is None else people)


def write_cohort(desk: Desk, path: Path, people: Sequence[str] | None) -> Path:
    """Write the report of a batch of people, None for all that serve or are to."""
    return books.write(desk, path, cohorts.report(desk, people))


def write_form(desk: Desk, path: Path, person_id: str) -> Path:
    """Write one person's form of cadres for the personal file."""
    return cadreform.write(desk, path, person_id)
