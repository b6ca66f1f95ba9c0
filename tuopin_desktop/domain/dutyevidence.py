"""The records that show duties done, with the lookups the radar and the rules ask for; each built in one pass."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    Acknowledgement,
    Advancement,
    BallotRound,
    FollowUp,
    Grade,
    HalfYearReport,
    Insurance,
    Meeting,
    MeetingProblem,
    TeamReport,
    WorkSummary,
)

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Hashable)


class DutyEvidence(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What is kept about duties; `attached` holds the log keys of records with a scan or file of their own, `voted`
    the ids of rounds with ballots."""

    meetings: tuple[Meeting, ...] = ()
    problems: tuple[MeetingProblem, ...] = ()
    reports: tuple[TeamReport, ...] = ()
    half_years: tuple[HalfYearReport, ...] = ()
    talks: tuple[FollowUp, ...] = ()
    signatures: tuple[Acknowledgement, ...] = ()
    advancements: tuple[Advancement, ...] = ()
    insurances: tuple[Insurance, ...] = ()
    summaries: tuple[WorkSummary, ...] = ()
    rounds: tuple[BallotRound, ...] = ()
    grades: tuple[Grade, ...] = ()
    attached: frozenset[str] = frozenset()
    voted: frozenset[str] = frozenset()

    @cached_property
    def meetings_of(self) -> Mapping[tuple[str, str], tuple[Meeting, ...]]:
        """Return live meetings with a day by (owner, type), in order of their days."""
        meetings = sorted((item for item in _live(self.meetings) if item.held), key=lambda item: str(item.held))
        return _grouped(meetings, lambda item: (ids.owner(item.id), item.type))

    @cached_property
    def problems_of(self) -> Mapping[str, tuple[MeetingProblem, ...]]:
        """Return live problems by owner."""
        return _grouped(_live(self.problems), lambda item: ids.owner(item.id))

    @cached_property
    def meeting_by_id(self) -> Mapping[str, Meeting]:
        """Return live meetings by id."""
        return {item.id: item for item in _live(self.meetings)}

    @cached_property
    def reports_of(self) -> Mapping[tuple[str, str], tuple[TeamReport, ...]]:
        """Return live monthly reports by (owner, month)."""
        monthly = (item for item in _live(self.reports) if item.type == "monthly")
        return _grouped(monthly, lambda item: (ids.owner(item.id), item.month))

    @cached_property
    def half_year_of(self) -> Mapping[tuple[str, int, str], HalfYearReport]:
        """Return live half-year reports by (posting, year, half)."""
        return {(item.posting, item.year or 0, item.half): item for item in _live(self.half_years)}

    @cached_property
    def talks_of(self) -> Mapping[str, tuple[FollowUp, ...]]:
        """Return live talks and briefings by posting, oldest first."""
        dated = sorted((item for item in _live(self.talks) if item.date), key=lambda item: str(item.date))
        return _grouped(dated, lambda item: item.posting)

    @cached_property
    def signature_of(self) -> Mapping[str, Acknowledgement]:
        """Return live signatures under the ten don'ts by posting."""
        return {item.posting: item for item in _live(self.signatures)}

    @cached_property
    def advancements_of(self) -> Mapping[str, tuple[Advancement, ...]]:
        """Return live advancements by posting."""
        return _grouped(_live(self.advancements), lambda item: item.posting)

    @cached_property
    def insurances_of(self) -> Mapping[str, tuple[Insurance, ...]]:
        """Return live insurances by posting."""
        return _grouped(_live(self.insurances), lambda item: item.posting)

    @cached_property
    def summary_of(self) -> Mapping[tuple[str, int], WorkSummary]:
        """Return live summaries by (member or team, year)."""
        return {(item.subject, item.year or 0): item for item in _live(self.summaries)}

    @cached_property
    def rounds_of(self) -> Mapping[tuple[str, int, str], tuple[BallotRound, ...]]:
        """Return live rounds of ballots with a day by (owner, year, source), in order of their days."""
        ballot_rounds = sorted((item for item in _live(self.rounds) if item.held), key=lambda item: str(item.held))
        return _grouped(ballot_rounds, lambda item: (ids.owner(item.id), item.year or 0, item.source))

    @cached_property
    def grade_of(self) -> Mapping[tuple[str, int], Grade]:
        """Return live grades by (member or team, year)."""
        return {(item.subject, item.year or 0): item for item in _live(self.grades)}

    def proved(self, record: Record, *texts: str) -> bool:
        """Return whether a record has evidence: one of these text fields is filled in, or a file is attached."""
        return any(texts) or ids.key(record.kind.name, record.id) in self.attached


def _live(records: Iterable[R]) -> Iterable[R]:
    return (record for record in records if not record.deleted)


def _grouped(records: Iterable[R], key: Callable[[R], K]) -> Mapping[K, tuple[R, ...]]:
    groups: dict[K, list[R]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return {name: tuple(group) for name, group in groups.items()}


def uncovered(first: date, last: date, insurances: Iterable[Insurance]) -> list[tuple[date, date]]:
    """Return the stretches of first..last that no insurance covers; both ends of an insurance belong to it."""
    spans = sorted((item.since, item.until) for item in insurances if item.since and item.until)
    gaps: list[tuple[date, date]] = []
    open_from = first.toordinal()
    for start, end in spans:
        if start.toordinal() > open_from and open_from <= last.toordinal():
            gaps.append((date.fromordinal(open_from), min(last, date.fromordinal(start.toordinal() - 1))))
        open_from = max(open_from, end.toordinal() + 1)
    if open_from <= last.toordinal():
        gaps.append((date.fromordinal(open_from), last))
    return gaps
