"""The few records a month of attendance needs: everyone posted in it, and the slips that may reach into it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.closing import standing
from tuopin_desktop.domain.attendance.months import month_id, served, span_of
from tuopin_desktop.domain.attendance.roll import Rolls
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.order import ordered
from tuopin_desktop.domain.records import (
    Attendance,
    County,
    Decision,
    Explanation,
    LeaveSlip,
    MonthClose,
    Opinion,
    Person,
    Posting,
    RoundTrip,
    Ruling,
    Training,
    TrainingAttendance,
)
from tuopin_desktop.services.office import calendars, closedmonths, journalkeeping
from tuopin_desktop.services.office.desk import Desk

Glance = tuple[str, str | None, str | None, str | None, str | None]
"""A slip's id, period, actual return, the slip it follows, and the posting it was made out under."""


def facts_of(desk: Desk, month: str, scope: str) -> Facts:
    """Return the facts of one month, with an empty record for everyone posted in it of whom none is kept.

    Filings and calls are left out: they say nothing of where somebody was.
    """
    postings = tuple(desk.store.rows(Posting, scope=desk.scope))
    closes = tuple(desk.store.rows(MonthClose, {"month": month}))
    serving = _listed(postings, closes, month, scope)
    return _facts(desk, scope, postings, serving, closes, month)


def _listed(postings: Sequence[Posting], closes: Sequence[MonthClose], month: str, scope: str) -> Sequence[Posting]:
    """Return whose line the month has: of a closed team those on its roll as they stood then, else who serves."""
    rolls = Rolls(standing(closes))
    frozen = [line.as_posting for line in rolls.lines.values()]
    others = [item for item in postings if served(item, month) and not rolls.line(item, month)]
    serving = [*frozen, *(item for item in others if not rolls.leaves_out(item, month))]
    return [item for item in serving if item.id.startswith(scope)]


def facts_of_person(desk: Desk, person: str) -> Facts:
    """Return everything that counts for one person's absence and months."""
    postings = tuple(desk.store.rows(Posting, {"person": person}))
    slips = tuple(desk.store.rows(LeaveSlip, field_among=("posting", [item.id for item in postings])))
    among = [item.id for item in postings]
    counties = sorted({item.county for item in postings} | {ids.owner(item.id) for item in postings})
    closes = tuple(desk.store.rows(MonthClose, field_among=("county", counties)))
    attendances = desk.store.rows(Attendance, field_among=("posting", among))
    months = closedmonths.as_read(desk.store, attendances, postings, closes)
    return _with_papers(desk, desk.scope, postings, slips, tuple(months), closes)


def blank(posting: Posting, month: str) -> Attendance:
    """Return the month of somebody of whom nothing is kept."""
    return Attendance(id=month_id(posting.id, month), posting=posting.id, month=month)


Tail = Literal["slip", "note"]
"""What a note says of a day: why it is not as its slip says, or merely why it was keyed as it is, which explains no
contradiction that comes later."""


def explanation_id(posting: str, month: str, number: int, tail: Tail) -> str:
    """Return the id of the note on a day: the same in every office."""
    return f"{posting}/{month}-{number:02d}/{tail}"


def explanations(desk: Desk, month: str, scope: str, tail: Tail) -> dict[str, dict[int, str]]:
    """Return the notes of a month by posting and day of the month."""
    values_by_key: dict[str, dict[int, str]] = {}
    for note in desk.store.rows(Explanation, scope=scope):
        posting, _, rest = note.id.partition(f"/{month}-")
        if rest.endswith(f"/{tail}") and rest[:2].isdecimal():
            values_by_key.setdefault(posting, {})[int(rest[:2])] = note.words
    return values_by_key


def _facts(
    desk: Desk,
    scope: str,
    postings: Sequence[Posting],
    team_postings: Sequence[Posting],
    closes: tuple[MonthClose, ...],
    month: str,
) -> Facts:
    people = {item.person for item in (*team_postings, *postings) if item.id.startswith(scope) and served(item, month)}
    own = tuple(item for item in postings if item.person in people)
    slips = tuple(desk.store.rows(LeaveSlip, among=_reaching(desk, month, scope, postings)))
    attendance_by_key = {item.posting: item for item in desk.store.rows(Attendance, {"month": month}, scope=scope)}
    stored = [attendance_by_key.get(item.id) or blank(item, month) for item in team_postings]
    read = {item.id: item for item in closedmonths.as_read(desk.store, stored, team_postings, closes)}
    months = tuple(read.get(month_id(item.id, month)) or blank(item, month) for item in team_postings)
    facts = _with_papers(desk, scope, own, slips, months, closes)
    facts = msgspec.structs.replace(facts, attendance_today=tuple(stored)) if closes else facts
    span = span_of(month)
    assert span is not None, "asked only of months"
    trips = tuple(trip for trip in facts.round_trips if _overlaps(trip.period, trip.period[-12:], *span))
    return msgspec.structs.replace(facts, round_trips=trips)


def _with_papers(
    desk: Desk,
    scope: str,
    postings: tuple[Posting, ...],
    slips: tuple[LeaveSlip, ...],
    months: tuple[Attendance, ...],
    closes: tuple[MonthClose, ...],
) -> Facts:
    ids = [slip.id for slip in slips]
    among = sorted(item.id for item in postings)
    facts = Facts(
        today=desk.today(),
        scope=scope,
        counties=tuple(desk.store.rows(County, field_among=("code", sorted({item.county for item in postings})))),
        persons=tuple(desk.store.rows(Person, among=sorted({item.person for item in postings}))),
        postings=postings,
        slips=slips,
        decisions=tuple(desk.store.rows(Decision, field_among=("subject", ids))),
        rulings=tuple(desk.store.rows(Ruling)),
        opinions=tuple(desk.store.rows(Opinion, field_among=("slip", ids))),
        attendance=months,
        trainings=tuple(desk.store.rows(Training)),
        training_attendance=tuple(desk.store.rows(TrainingAttendance, field_among=("posting", among))),
        round_trips=tuple(desk.store.rows(RoundTrip, field_among=("posting", among))),
        journals=Journals(journalkeeping.logged_in(desk, months)),
        closes=closes,
        calendar=calendars.calendar(desk),
    )
    return ordered(facts)


def _reaching(desk: Desk, month: str, scope: str, postings: Sequence[Posting]) -> list[str]:
    """Return the slips that may say something of a month, and every other slip of the same people.

    What closes leave that nobody reported back from is a slip or a return that lies elsewhere (`leave/around.py`).

    The slip of somebody who was posted elsewhere before lies under the other county, so the whole office is looked at.
    """
    span = span_of(month)
    assert span is not None, "asked only of months"
    glances: list[Glance] = desk.store.look(LeaveSlip, ("period", "returned", "follows", "posting"), scope=desk.scope)
    names = {glance[0] for glance in glances if _touches(glance, *span)}
    person = {one.id: one.person for one in postings}
    whose = {person.get(str(glance[4])) for glance in glances if glance[0] in names} - {None}
    names |= {glance[0] for glance in glances if person.get(str(glance[4])) in whose}
    return sorted(_with_chains(names, glances))


def _touches(glance: Glance, first: date, last: date) -> bool:
    """Tell whether leave, or an overstay that has not ended before the month, may reach into it."""
    _, period, returned, *_ = glance
    period = period or ""
    return _overlaps(period, max(period[-12:], returned or "9999"), first, last)


def _overlaps(period: str, until: str, first: date, last: date) -> bool:
    """Tell whether a stored period that lasts until a half-day reaches into the days from the first to the last."""
    return bool(period) and period[:10] <= last.isoformat() and until[:10] >= first.isoformat()


def _with_chains(ids_found: Collection[str], glances: Iterable[Glance]) -> set[str]:
    links = [(glance[0], glance[3]) for glance in glances if glance[3]]
    grown = set(ids_found)
    while more := {one for pair in links if grown.intersection(pair) for one in pair if one} - grown:
        grown |= more
    return grown
