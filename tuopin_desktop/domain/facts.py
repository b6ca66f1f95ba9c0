"""The facts a rule may look at: live records of one scope on one day, with the lookups built once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.alterations import by_record
from tuopin_desktop.domain.attendance import splice
from tuopin_desktop.domain.attendance.closing import ClosedMonths, policy_of
from tuopin_desktop.domain.attendance.count import Counting
from tuopin_desktop.domain.attendance.laidover import Cover, covers_of, days_of, lay_over
from tuopin_desktop.domain.attendance.months import begins, month_id
from tuopin_desktop.domain.attendance.presences import presence_of
from tuopin_desktop.domain.attendance.stays import Stay, stays_of
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.change import Alteration, Aside
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.leave.journey import returned
from tuopin_desktop.domain.leave.overlap import overlaps
from tuopin_desktop.domain.leave.story import LeaveRecords, Story, first_day, told_of
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.recall.course import Docket
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    Attendance,
    Call,
    Correction,
    Decision,
    Filing,
    LeaveSlip,
    MonthClose,
    Office,
    Opinion,
    Posting,
    RoundTrip,
    Ruling,
    Training,
    TrainingAttendance,
)
from tuopin_desktop.domain.records.choices import POSITION, REPLACING
from tuopin_desktop.domain.roster import Roster, grouped, in_order
from tuopin_desktop.domain.succession import successions
from tuopin_desktop.domain.traces import Traces

T = TypeVar("T")

Seat = tuple[str, str, str]
"""County, position and, for members, source level: what a successor succeeds to (Art. 2, 5)."""


class Facts(Roster, frozen=True, kw_only=True, dict=True):
    """Records as they stand on `today`, seen by the office `scope`; lookups leave deleted records out.

    `attendance` has closed months as they were closed, with their corrections over them (`attendance/closing.py`);
    `closes` says which are closed. `covers`, `stays`, `counting`, `posting_of` likewise: what is asked of such a month
    is answered from its roll, so that no rule sees what was written later. `attendance_today` are the months as
    registered today, to tell what has changed (`domain/afterclose.py`). `asides` is what of the log does not count.
    """

    slips: tuple[LeaveSlip, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    filings: tuple[Filing, ...] = ()
    calls: tuple[Call, ...] = ()
    noted_until: date | None = None
    attendance: tuple[Attendance, ...] = ()
    attendance_today: tuple[Attendance, ...] = ()
    trainings: tuple[Training, ...] = ()
    training_attendance: tuple[TrainingAttendance, ...] = ()
    round_trips: tuple[RoundTrip, ...] = ()
    docket: Docket = Docket()
    duty_evidence: DutyEvidence = DutyEvidence()
    closes: tuple[MonthClose, ...] = ()
    corrections: tuple[Correction, ...] = ()
    journals: Journals = Journals()
    calendar: Calendar = Calendar({}, {}, frozenset())
    traces: Traces = Traces()
    asides: tuple[Aside, ...] = ()
    pack: str = ""
    """The rule pack these facts are parted to (`under.py`); empty for the facts of everybody."""
    alterations: tuple[tuple[str, Alteration], ...] = ()
    year: int = 0
    """The year whose duties alone are asked for, by an appraisal or report; 0: every year (`duties/horizon.py`)."""

    @cached_property
    def papers(self) -> LeaveRecords:
        """Return everything recorded about leave, with its own lookups."""
        return LeaveRecords(
            slips=self.slips,
            opinions=self.opinions,
            filings=self.filings,
            calls=self.calls,
            decisions=self.decisions,
            postings=self.postings,
            scope=self.scope,
            noted_until=self.noted_until,
            altered=frozenset(ids.split(key)[1] for key in self.altered if key.startswith("leave_slip:")),
        )

    @cached_property
    def altered(self) -> Mapping[str, tuple[Alteration, ...]]:
        """Return what was written over fixed paper by log key."""
        return by_record(self.alterations)

    def story(self, slip: LeaveSlip, policy: Policy) -> Story:
        """Return the state and history of a slip as of today; computed once."""
        key = (slip.id, id(course := policy.course or policy))
        if key not in self._stories:
            calendar = self.calendar.of(ids.owner(slip.id))
            self._stories[key] = course, told_of(slip, self.papers, policy, calendar, self.today)
        return self._stories[key][1]

    @cached_property
    def _stories(self) -> dict[tuple[str, int], tuple[Any, Story]]:
        return {}

    def _with_leave(self, other: "Facts") -> "Facts":
        """Return facts of the same slips and papers, their stories shared: nothing of a closed month tells in them."""
        vars(other).update(papers=self.papers, _stories=self._stories)
        return other

    @cached_property
    def attendance_of(self) -> Mapping[str, tuple[Attendance, ...]]:
        """Return live months of attendance by posting id, in order."""
        live = [record for record in self.attendance if not record.deleted]
        live.sort(key=lambda record: record.month)
        return grouped(live, lambda record: record.posting)

    def covers(self, person: str, policy: Policy) -> tuple[Cover, ...]:
        """Return what a person's slips say of half-days, whichever posting they were made out under."""
        if person not in self.slips_by_person and not self.closes:
            return ()
        return self._once_under(policy, "covers", person, lambda: _covers(self, person, policy))

    def returns(self, person: str, policy: Policy) -> Sequence[int]:
        """Return the half-days in which a person came back from leave, as returns are registered."""
        return self._once_under(policy, "returns", person, lambda: _returns(self, person, policy))

    @cached_property
    def memory(self) -> dict[Hashable, tuple[Any, Any]]:
        return {}  # by id and course; a course cannot be hashed, its id stands for it: kept beside, so it stays its own

    def _once_under(self, policy: Policy, what: str, name: str, make: Callable[[], T]) -> T:
        """Return what is made of a person or record under the course of a policy, made when it is first asked for."""
        key = (what, name, id(course := policy.course or policy))
        if key not in self.memory:
            self.memory[key] = course, make()
        return self.memory[key][1]  # type: ignore[no-any-return]  # what this very thing was made of

    def stays(self, posting: Posting) -> tuple[Stay, ...]:
        """Return what classes and round trips say of a posting's half-days; most postings have neither.

        A posting is known again by what it says: of closed months there is one for each.
        """
        if (key := ("stays", posting)) not in self.memory:
            self.memory[key] = posting, _stays(self, posting)
        stays: tuple[Stay, ...] = self.memory[key][1]
        return stays

    @cached_property
    def _countings(self) -> dict[tuple[int, int], tuple[Policy, Counting]]:
        return {}

    def counting(self, policy: Policy, county: str = "") -> Counting:
        """Return how a county's months are counted under a policy, made once: its own days, closed months as closed."""
        calendar = self.closed_months.calendar_of(county)
        if (key := (id(policy), id(calendar))) not in self._countings:
            # The policy is kept beside, as the closed months keep their calendars, so that their ids stay their own.
            counting = Counting(policy, calendar, self._logged, self.presence)
            self._countings[key] = policy, counting
        return self._countings[key][1]

    @cached_property
    def _logged(self) -> Mapping[str, int]:
        """Return the days with a log, in closed months those that had one when it was closed."""
        return {**self.journals.logged, **self.closed_months.rolls.logged} if self.closes else self.journals.logged

    @cached_property
    def closed_months(self) -> ClosedMonths:
        """Return the closed months with their lookups."""
        return ClosedMonths(self.closes, self.calendar)

    @cached_property
    def living(self) -> "Facts":
        """Return the records as they stand today, closed months too: for telling what has changed, and nothing else."""
        if not self.closes:
            return self
        return self._with_leave(msgspec.structs.replace(self, closes=(), attendance=self.attendance_today))

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """Return the rule packs that postings are under; the first pack alone in most offices."""
        posted = {pack_of(posting) for posting in self.postings if not posting.deleted}
        return tuple(sorted(posted | (self.closed_months.rolls.packs if self.closes else set())))

    @cached_property
    def parts(self) -> dict[str, "Facts"]:
        """Return the parts that `under.py` has made so far, by pack."""
        return {}

    def terms(self, county: str, month: str, policy: Policy) -> tuple["Facts", Policy]:
        """Return the facts and policy of a month: rulings of its first day; other terms have their own copy."""
        policy = policy.on(begins(month))
        other = self.closed_months.terms(county, month, policy) if self.closes else ""
        if not other:
            return self, policy
        if (key := (other, id(policy))) not in self._copies:  # a course keeps its policies, so that ids stay their own
            self._copies[key] = (self._with_leave(msgspec.structs.replace(self)), policy_of(other, policy))
        return self._copies[key]

    @cached_property
    def _copies(self) -> dict[tuple[str, int], tuple["Facts", Policy]]:
        return {}

    @cached_property
    def training_by_id(self) -> Mapping[str, Training]:
        """Return live training classes by id."""
        return {training.id: training for training in self.trainings if not training.deleted}

    @cached_property
    def trainings_of(self) -> Mapping[str, tuple[TrainingAttendance, ...]]:
        """Return by posting id the live entries in classes that are registered, absences among them."""
        live = (item for item in self.training_attendance if not item.deleted and item.training in self.training_by_id)
        return grouped(live, lambda item: item.posting)

    @cached_property
    def trips_of(self) -> Mapping[str, tuple[RoundTrip, ...]]:
        """Return live round trips by posting id, in order of departure."""
        live = sorted((trip for trip in self.round_trips if not trip.deleted), key=lambda trip: trip.period)
        return grouped(live, lambda trip: trip.posting)

    @cached_property
    def subjects(self) -> Mapping[str, Mapping[str, Record]]:
        """Return live records by kind and id; the region office itself is a subject only in its own scope."""
        return _subjects(self)

    def posting_of(self, record: Attendance) -> Posting | None:
        """Return the posting of a month: of a closed one as it stood then, even if it is gone since."""
        line = self.closed_months.rolls.lines.get((record.posting, record.month)) if self.closes else None
        return self.posting_by_id.get(record.posting) if line is None else line.as_posting

    def month_of(self, posting: Posting, month: str) -> Attendance:
        """Return a posting's month of attendance, an empty one where nobody keyed anything."""
        attendances = (one for one in self.attendance_of.get(posting.id, ()) if one.month == month)
        return next(attendances, None) or Attendance(id=month_id(posting.id, month), posting=posting.id, month=month)

    def presence(self, posting: Posting) -> tuple[Posting, ...]:
        """Return the postings that are one presence with this one, itself among them, in order."""
        return presence_of(posting, self.postings_by_person.get(posting.person, ()))

    @cached_property
    def postings_by_seat(self) -> Mapping[Seat, tuple[Posting, ...]]:
        """Return live postings by seat, in order of their first day."""
        return grouped(in_order(self.postings), seat_of)

    @cached_property
    def decisions_on(self) -> Mapping[tuple[str, str], tuple[Decision, ...]]:
        """Return live decisions made up to today by (matter, id of the record decided on), oldest first."""
        decisions = [
            item for item in self.decisions if not item.deleted and item.decided and item.decided <= self.today
        ]
        decisions.sort(key=lambda item: (item.decided or date.min, item.paper, item.result))
        return grouped(decisions, lambda item: (item.matter, item.subject))

    @cached_property
    def period_of(self) -> Mapping[str, Period]:
        """Return the periods of live slips by slip id; unreadable ones are absent."""
        read = ((slip.id, parse_stored(slip.period)) for slip in self.slips if not slip.deleted)
        return {slip_id: period for slip_id, period in read if period is not None}

    @cached_property
    def slips_by_person(self) -> Mapping[str, tuple[LeaveSlip, ...]]:
        """Return live slips with a readable period by person id, in order of their first half-day."""
        slips = [slip for slip in self.slips if slip.id in self.period_of and slip.posting in self.posting_by_id]
        slips.sort(key=lambda slip: self.period_of[slip.id])
        return grouped(slips, lambda slip: self.posting_by_id[slip.posting].person)

    @cached_property
    def clash_of(self) -> Mapping[str, LeaveSlip]:
        """Return, for every standing slip that overlaps another of the same person, one that it overlaps."""
        return overlaps(self.slips_by_person.values(), self.period_of, self.rerouted)

    @cached_property
    def rerouted(self) -> frozenset[str]:
        """Return the ids of slips for which a standing slip asks another route: the two are one leave, no overlap."""
        live = (slip for slip in self.slips if slip.relation in REPLACING and not slip.deleted and not slip.ended)
        return frozenset(slip.follows for slip in live)

    @cached_property
    def predecessor_of(self) -> Mapping[str, Posting]:
        """Return, for every posting that took a seat another person had left, the posting it succeeds.

        Each vacancy is filled once, the oldest first; a person who goes on in the same seat succeeds nobody.
        """
        return {new: old for postings in self.postings_by_seat.values() for new, old in successions(postings)}

    def active(self, county: str, day: date | None = None) -> tuple[Posting, ...]:
        """Return the postings of a county that are in service on a day (default: today)."""
        return tuple(item for item in self.postings_by_county.get(county, ()) if serves(item, day or self.today))


def _covers(facts: Facts, person: str, policy: Policy) -> tuple[Cover, ...]:
    stories = {slip.id: facts.story(slip, policy) for slip in facts.slips_by_person.get(person, ())}
    living, own = covers_of(stories.values(), stories), facts.postings_by_person.get(person, ())
    return splice.covers(living, person, own, facts.closed_months.rolls) if facts.closes else living


def _returns(facts: Facts, person: str, policy: Policy) -> Sequence[int]:
    journeys = [facts.story(slip, policy).journey for slip in facts.slips_by_person.get(person, ())]
    living, own = returned(journeys), facts.postings_by_person.get(person, ())
    return splice.returns(living, person, own, facts.closed_months.rolls) if facts.closes else living


def _stays(facts: Facts, posting: Posting) -> tuple[Stay, ...]:
    classes, trips = facts.trainings_of.get(posting.id, ()), facts.trips_of.get(posting.id, ())
    if not classes and not trips and not facts.closes:
        return ()
    living = stays_of(posting, [(item, facts.training_by_id[item.training]) for item in classes], trips)
    return splice.stays(living, posting, facts.closed_months.rolls) if facts.closes else living


def _subjects(facts: Facts) -> Mapping[str, Mapping[str, Record]]:
    offices = (Office(id=f"{facts.scope}/office", name="全区"),) if facts.scope == ids.REGION else ()
    people = (*facts.persons, *facts.postings, *facts.slips, *facts.attendance, *facts.docket.cases)
    record_by_key_by_key: dict[str, dict[str, Record]] = defaultdict(dict)
    books = (*facts.closes, *facts.decisions, *facts.rulings)
    for record in (*facts.counties, *facts.teams, *people, *books, *offices):
        if not record.deleted:
            record_by_key_by_key[record.kind.name][record.id] = record
    return dict(record_by_key_by_key)


def day_of(record: Record) -> date | None:
    """Return the day whose rulings a month or slip is judged under: its first; None of anything else (today)."""
    if isinstance(record, Attendance):
        return begins(record.month)
    return first_day(record) if isinstance(record, LeaveSlip) else None


def days_known(facts: Facts, record: Attendance, posting: Posting, policy: Policy) -> Sequence[str]:
    """Return the days of a posting in a month, as everything that counts, judges or prints them has to ask for them.

    Of an open month they are the stored ones with what slips, classes and trips say over them; of a closed one those
    it was closed with, corrections over them. Four rules ask for the days of every month, one over all months after the
    other: they are laid once, and what is counted from them is known again by them (`Counting.month`).
    """
    key = ("days", record.id, id(course := policy.course or policy))
    stored = facts.memory.get(key)
    if stored is None or stored[0][0] is not record or stored[0][1] is not posting:
        # The course is kept beside, so that its id stays its own.
        stored = facts.memory[key] = (record, posting, course), _days(facts, record, posting, policy)
    days: Sequence[str] = stored[1]
    return days


def _days(facts: Facts, record: Attendance, posting: Posting, policy: Policy) -> Sequence[str]:
    line = facts.closed_months.rolls.line(posting, record.month) if facts.closes else None
    if line is not None:
        return line.days(days_of(record), record.month)
    covers, stays = facts.covers(posting.person, policy), facts.stays(posting)
    return lay_over(days_of(record), record.month, covers, stays) if covers or stays else days_of(record)


def serves(posting: Posting, day: date) -> bool:
    """Tell whether a posting covers a day; both ends belong to it, and without a first day it covers none."""
    if posting.since is None or posting.since > day:
        return False
    return posting.until is None or posting.until >= day


def posting_on(facts: Facts, person: str, day: date) -> Posting | None:
    """Return the posting in which a person serves on a day; of two on a hand-over day, the later begun."""
    serving = [item for item in facts.postings_by_person.get(person, ()) if serves(item, day)]
    return serving[-1] if serving else None


def seat_of(posting: Posting) -> Seat:
    """Return the seat of a posting; only members' seats are told apart by where they come from (Art. 2)."""
    return (posting.county, posting.position, posting.source_level if posting.position == "member" else "")


def team_order(posting: Posting) -> tuple[str, int, str]:
    """Return the key that puts postings in the order of the teams and of their five slots (Art. 2)."""
    order = list(POSITION.labels)
    place = order.index(posting.position) if posting.position in order else len(order)
    return (posting.county, place, posting.source_level)
