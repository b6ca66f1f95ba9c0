"""One slip's story: paper, journey, filings and calls together, what is still owed, and what happened in order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.guard import guarded
from tuopin_desktop.domain.halves import day_words, parse_stored
from tuopin_desktop.domain.leave.around import ALONE, Around, Leg, Moment, around, in_time, last_days
from tuopin_desktop.domain.leave.chain import Chain, Paper, chain_of
from tuopin_desktop.domain.leave.journey import Journey, Trip, end_of, extensions_of, journey_of, return_of
from tuopin_desktop.domain.leave.phone import Gap, gaps
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Amendment, Call, Decision, Filing, LeaveSlip, Opinion, Posting
from tuopin_desktop.domain.records.choices import BODY, REPLACING, ROLE

S = TypeVar("S", Opinion, Filing, Call)
_TWO = 2
"""As many slips a person has to have before one can say anything about another."""
_UNSIGNED = (Paper.DRAFT, Paper.CHANGED, Paper.PRINTED, Paper.SIGNING)
AGAIN = "改后待重签"
"""What a list says of a version that changes signed paper and is not signed itself."""


def newest_note(calls: Iterable[Call]) -> date | None:
    """Return the day of the liaison desk's newest note; None where there is none."""
    days = (one.day for one in calls if one.side == "liaison" and one.day and not one.deleted)
    return max(days, default=None)


class LeaveRecords(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything recorded about leave, with lookups by slip built once; deleted records do not count."""

    slips: tuple[LeaveSlip, ...]
    opinions: tuple[Opinion, ...] = ()
    filings: tuple[Filing, ...] = ()
    calls: tuple[Call, ...] = ()
    decisions: tuple[Decision, ...] = ()
    altered: frozenset[str] = frozenset()
    """The ids of slips whose signed cells somebody wrote over."""
    amendments: tuple[Amendment, ...] = ()
    postings: tuple[Posting, ...] = ()
    """Whose slips these are, and until when they are in post; without them every slip stands alone."""
    scope: str = ids.REGION
    """The office that looks: the liaison desk's notes are its own at the region, elsewhere they come by package."""
    noted_until: date | None = None
    """The day up to which they have come, where more of them have than are among these records."""

    @cached_property
    def opinions_on(self) -> Mapping[str, tuple[Opinion, ...]]:
        """Return live opinions by slip."""
        return _by_slip(self.opinions)

    @cached_property
    def filings_of(self) -> Mapping[str, tuple[Filing, ...]]:
        """Return live filings by slip."""
        return _by_slip(self.filings)

    @cached_property
    def calls_about(self) -> Mapping[str, tuple[Call, ...]]:
        """Return live calls by slip."""
        return _by_slip(self.calls)

    @cached_property
    def heard(self) -> date | None:
        """Return the day up to which the liaison desk's notes are known here; None where none has come yet."""
        if self.scope == ids.REGION:
            return date.max
        return max(filter(None, (self.noted_until, newest_note(self.calls))), default=None)

    def called(self, slip: LeaveSlip) -> dict[str, Call]:
        """Return by side the notes of the call that reports a journey back.

        A call may be noted on the version a slip took the place of, or on the slip that extends it.
        """
        line, later = self.versions(slip), extensions_of(slip, self.followers)
        notes = {note.side: note for one in (*line, *later) for note in self.calls_about.get(one.id, ())}
        return notes | {note.side: note for note in self.calls_about.get(slip.id, ())}

    @cached_property
    def amended_on(self) -> Mapping[str, tuple[Amendment, ...]]:
        """Return by slip the corrections of itself, its ink and its filings."""
        about = {f"opinion:{one.id}": one.slip for one in self.opinions}
        about |= {f"filing:{one.id}": one.slip for one in self.filings}
        grouped: dict[str, list[Amendment]] = defaultdict(list)
        for item in self.amendments:
            kind, _, record_id = item.subject.partition(":")
            slip = record_id if kind == "leave_slip" else about.get(item.subject, "")
            if slip and not item.deleted:
                grouped[slip].append(item)
        return {name: tuple(group) for name, group in grouped.items()}

    @cached_property
    def decisions_on(self) -> Mapping[str, tuple[Decision, ...]]:
        """Return live leave decisions by slip."""
        grouped: dict[str, list[Decision]] = defaultdict(list)
        for item in self.decisions:
            if item.matter == "leave" and not item.deleted:
                grouped[item.subject].append(item)
        return {name: tuple(group) for name, group in grouped.items()}

    @cached_property
    def followers(self) -> Mapping[str, tuple[LeaveSlip, ...]]:
        """Return live slips by the slip they follow."""
        grouped: dict[str, list[LeaveSlip]] = defaultdict(list)
        for slip in self.slips:
            if slip.follows and not slip.deleted:
                grouped[slip.follows].append(slip)
        return {name: tuple(group) for name, group in grouped.items()}

    @cached_property
    def by_id(self) -> Mapping[str, LeaveSlip]:
        """Return all slips by id."""
        return {slip.id: slip for slip in self.slips}

    def returned(self, slip: LeaveSlip) -> LeaveSlip:
        """Return a slip with the return of the journey, which may be noted on the version it took the place of."""
        before, names = slip, {slip.id}
        while not before.returned and before.relation in REPLACING and before.follows in self.by_id:
            before = self.by_id[before.follows]
            if before.id in names:
                return slip
            names.add(before.id)
        if before is slip or not before.returned:
            return slip
        note = slip.return_note or before.return_note
        return msgspec.structs.replace(slip, returned=before.returned, reported=before.reported, return_note=note)

    def versions(self, slip: LeaveSlip) -> tuple[LeaveSlip, ...]:
        """Return the slips that took, or ask to take, each other's place, first one first; it alone where none did."""
        first, names = slip, {slip.id}
        while first.relation in REPLACING and first.follows in self.by_id and first.follows not in names:
            first = self.by_id[first.follows]
            names.add(first.id)
        line, slips = [first], [first]
        while slips:
            after = [one for one in self.followers.get(slips.pop(0).id, ()) if one.relation in REPLACING]
            fresh = [one for one in after if one not in line]
            line += fresh
            slips += fresh
        return tuple(line)

    @cached_property
    def _posts(self) -> Mapping[str, Posting]:
        return {one.id: one for one in self.postings if not one.deleted}

    @cached_property
    def _last_days(self) -> Mapping[str, date]:
        return last_days(self.postings)

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[LeaveSlip, ...]]:
        """Return live slips by the person whose posting they bear."""
        grouped: dict[str, list[LeaveSlip]] = defaultdict(list)
        for slip in self.slips:
            if slip.posting in self._posts and not slip.deleted:
                grouped[self._posts[slip.posting].person].append(slip)
        return {name: tuple(group) for name, group in grouped.items()}

    @cached_property
    def _legs(self) -> dict[tuple[str, date], tuple[Leg, ...]]:
        return {}

    def around(self, slip: LeaveSlip, until: Moment, today: date) -> Around:
        """Return what the person's postings and other slips say about a slip whose leave ends at `until`."""
        span, post = parse_stored(slip.period), self._posts.get(slip.posting)
        if span is None or post is None:
            return ALONE
        last_day = self._last_days.get(post.id)
        mine = self._by_person.get(post.person, ())
        if len(mine) < _TWO:
            return Around(last_day=last_day)
        key = (post.person, today)
        if key not in self._legs:
            self._legs[key] = in_time(leg for one in mine if (leg := self._leg(one, today)) is not None)
        own = Leg(slip, (span.first, span.first_half), until, None, approved=True)
        return around(own, self._legs[key], last_day)

    def _leg(self, slip: LeaveSlip, today: date) -> Leg | None:
        """Return a slip as a leg of its person's journeys; None of one that is not travelled by itself."""
        span, paper = parse_stored(slip.period), self.chain(slip).paper
        waits = slip.relation in REPLACING and paper is not Paper.APPROVED
        if span is None or span.halves <= 0 or not paper.standing or slip.relation == "extension" or waits:
            return None
        if any(one.relation in REPLACING and self.approved(one) for one in self.followers.get(slip.id, ())):
            return None
        until = end_of(span, (one for one in extensions_of(slip, self.followers) if self.approved(one)))
        back = return_of(self.returned(slip), until, today)
        return Leg(slip, (span.first, span.first_half), until, back, approved=paper is Paper.APPROVED)

    def approved(self, slip: LeaveSlip) -> bool:
        """Tell whether every signature a slip needs is there."""
        return self.chain(slip).paper is Paper.APPROVED

    def chain(self, slip: LeaveSlip) -> Chain:
        """Return the state of a slip's ink."""
        return chain_of(slip, self.opinions_on.get(slip.id, ()), self.decisions_on.get(slip.id, ()))


def _by_slip(records: Iterable[S]) -> dict[str, tuple[S, ...]]:
    grouped: dict[str, list[S]] = defaultdict(list)
    for record in records:
        if not record.deleted:
            grouped[record.slip].append(record)
    return {name: tuple(group) for name, group in grouped.items()}


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a slip on one day: signatures, journey, filings and calls.

    `rerouted` tells that an approved slip has taken its place, so that this one is no longer travelled; `replaced_by`
    are those, `waiting` the new versions not signed yet, `altered` tells that somebody wrote over its signed cells.
    `owed` says in words what is missing; `filing_due` is the day by which both filings should be made, null until
    the chain of ink is complete.
    """

    slip: LeaveSlip
    chain: Chain
    journey: Journey
    filed: dict[str, Filing]
    called: dict[str, Call]
    heard: date | None = date.max
    followers: tuple[LeaveSlip, ...] = ()
    rerouted: bool = False
    altered: bool = False
    replaced_by: tuple[LeaveSlip, ...] = ()
    waiting: tuple[LeaveSlip, ...] = ()
    filing_due: date | None = None
    owed: tuple[str, ...] = ()

    @property
    def late(self) -> bool:
        """Tell whether the slip was made out afterwards (补办)."""
        return bool(self.slip.late_reason)

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing more is owed."""
        return not self.owed

    @property
    def unfiled(self) -> tuple[str, ...]:
        """Return the bodies the slip is not filed with yet, once its chain of ink is complete."""
        return tuple(body for body in form_of(self.slip).bodies if body not in self.filed) if self.filing_due else ()

    @property
    def phone(self) -> tuple[Gap, ...]:
        """Return what the two notes of the telephone return report lack, of a journey that stands."""
        if self.rerouted or self.slip.history or not self.chain.paper.standing:
            return ()
        return gaps(self.slip, self.called, self.heard)

    @property
    def unsigned_version(self) -> bool:
        """Tell whether this slip is a later version of another that is not signed yet."""
        return self.slip.relation in REPLACING and self.chain.paper in _UNSIGNED

    @property
    def state_words(self) -> str:
        """Return the state in one or two words, as a list shows it: the journey once it has begun, else the paper."""
        if self.rerouted and self.chain.paper.standing:
            return "已变更"
        if self.unsigned_version:
            return AGAIN
        begun = self.journey.trip not in (Trip.AHEAD, Trip.NONE)
        return str(self.journey.trip.value if self.chain.paper.standing and begun else self.chain.paper.value)


def story_of(slip: LeaveSlip, papers: LeaveRecords, policy: Policy, calendar: Calendar, today: date) -> Story:
    """Return the story of a slip on a day; a version that took another's place has the return noted on that one.

    It is told under the rulings in force on the first day of the leave.
    """
    policy = policy.on(first_day(slip) or today)
    slip = papers.returned(slip)
    chain = papers.chain(slip)
    followers = papers.followers.get(slip.id, ())
    filed = {item.body: item for item in papers.filings_of.get(slip.id, ())}
    versions = [item for item in followers if item.relation in REPLACING]
    replaced_by = tuple(item for item in versions if papers.approved(item))
    story = Story(
        slip=slip,
        chain=chain,
        journey=Journey(Trip.NONE, None),
        filed=filed,
        called=papers.called(slip),
        heard=papers.heard,
        followers=followers,
        rerouted=bool(replaced_by),
        altered=slip.id in papers.altered,
        replaced_by=replaced_by,
        waiting=tuple(item for item in versions if item not in replaced_by and papers.chain(item).paper.standing),
        filing_due=_filing_due(slip, chain, policy, calendar),
    )
    story = msgspec.structs.replace(story, journey=_journey(story, papers, policy, today))
    return msgspec.structs.replace(story, owed=tuple(_owed(story, today)))


def first_day(slip: LeaveSlip) -> date | None:
    """Return the day whose rulings a slip is judged under: the first of its leave, else the day it was filled in."""
    period = parse_stored(slip.period)
    return period.first if period else slip.filled


def told_of(slip: LeaveSlip, papers: LeaveRecords, policy: Policy, calendar: Calendar, today: date) -> Story:
    """Return the story of a slip among many: of one whose records cannot be read what stands without its days."""
    bare = msgspec.structs.replace(slip, period="", returned="", follows="", relation="")
    return guarded(
        lambda: story_of(slip, papers, policy, calendar, today),
        lambda: story_of(bare, LeaveRecords(slips=(bare,)), policy, calendar, today),
    )


def _journey(story: Story, papers: LeaveRecords, policy: Policy, today: date) -> Journey:
    """An extension has no journey of its own: its days belong to the slip it extends; a rerouted slip has none left.

    A new route is travelled once it is approved; until then the old one stands.
    """
    slip = story.slip
    longer = [item for item in extensions_of(slip, papers.followers) if papers.approved(item)]
    waits = slip.relation in REPLACING and story.chain.paper is not Paper.APPROVED
    travelled = story.chain.paper.standing and not story.rerouted and slip.relation != "extension" and not waits
    span = parse_stored(slip.period)
    beside = papers.around(slip, end_of(span, longer), today) if travelled and span is not None else ALONE
    return journey_of(slip, longer, policy, today, standing=travelled, around=beside)


def _filing_due(slip: LeaveSlip, chain: Chain, policy: Policy, calendar: Calendar) -> date | None:
    days = [item.signed for item in chain.signed.values() if item.signed]
    if slip.history or chain.paper is not Paper.APPROVED or not days or not form_of(slip).bodies:
        return None
    return calendar.next_workday(max(days), policy.number("leave.filing_workdays"))


def _owed(story: Story, today: date) -> Iterable[str]:
    if not story.chain.paper.standing or story.rerouted:
        return
    if story.altered and not story.waiting:
        yield f"{AGAIN}：签字后有改动，没有算数，请办更正"
    yield from (f"{AGAIN}：报备单{item.number}还没有签字" for item in story.waiting)
    for role in story.chain.missing:
        yield f"缺{ROLE.word(role)}签字"
    yield from _filings_owed(story, today)
    if story.journey.trip is Trip.WORDED:
        yield undated(story.slip)
    elif story.journey.trip.due:
        yield f"未销假（{story.journey.trip.value}）"
    yield from (gap.text for gap in story.phone)


def undated(slip: LeaveSlip) -> str:
    """Return the sentence about a return that is written in words without a date."""
    return f"未销假：销假情况写有“{' '.join(slip.return_note.split())}”，没有返回日期，请补登返回日期"


def _filings_owed(story: Story, today: date) -> Iterable[str]:
    if story.filing_due is None:
        return
    due = "，已过期" if today > story.filing_due else ""
    for body in story.unfiled:
        yield f"缺{BODY.word(body)}备案（应于{day_words(story.filing_due)}前{due}）"
