"""One team's month of attendance as it stands: who served, what each half-day says, and how it counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import guard
from tuopin_desktop.domain.attendance import closing
from tuopin_desktop.domain.attendance.closing import Figure, corrected_days, policy_of, terms_kept
from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.count import Counting, Month
from tuopin_desktop.domain.attendance.evidence import Grounds, Presence, Reading
from tuopin_desktop.domain.attendance.laidover import Cover, days_of, in_rank
from tuopin_desktop.domain.attendance.months import month_id, served, span_of
from tuopin_desktop.domain.attendance.presences import presence_of
from tuopin_desktop.domain.attendance.roll import Journey, Overrun, Roll, RollLine, attendance_of, roll_line, roll_of
from tuopin_desktop.domain.attendance.stays import Stay
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.count import between
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Attendance, Correction, MonthClose, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.roster import grouped, in_order
from tuopin_desktop.domain.under import bound
from tuopin_desktop.domain.unjustified import count_month
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import editions, ordering
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One posting of the month: its 31 days with slips and corrections laid over, the count, the frozen figure.

    `frozen` is None while the month is open, and for a posting entered after it was closed. `own` are the days as they
    were keyed, `covers` and `stays` what lies over them, `returns` the half-days of returns from leave, `logged` the
    days with a log as bits, `counting` what counts the month. `served` are the first and last day in post, of which
    `month.span` is what the measure judges.
    """

    posting: Posting
    name: str
    position: str
    days: tuple[str, ...]
    month: Month
    own: tuple[str, ...]
    covers: tuple[Cover, ...] = ()
    stays: tuple[Stay, ...] = ()
    returns: tuple[int, ...] = ()
    logged: int = 0
    served: tuple[date, date]
    in_force: date
    counting: Counting
    frozen: Figure | None = None

    @property
    def figure(self) -> Figure:
        """Return the count of today as a figure."""
        return closing.figure(self.posting.id, self.name, self.position, self.month)

    @property
    def stayed(self) -> float:
        """Return the days in the county, a half-day as half: those a living subsidy is paid for (Art. 18)."""
        return sum(bool(half) and half[0] != AWAY for day in self.days for half in halves(day)) / 2

    @property
    def changed(self) -> bool:
        """Tell whether the days that count differ from those the month was closed with."""
        return self.frozen is not None and closing.recounted(self.frozen, self.month, self.in_force)


class TeamMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A team's month: its members in the order of the team, what it is counted by, its close and corrections.

    `close` is the latest close, reopened or not; `policy` and `calendar` are those the month is judged by, `office` is
    whose book it is. A closed month is its `roll` and what was corrected since; one closed by an earlier release has
    none and is read from what is registered today.
    """

    county: str
    team: str
    month: str
    first: date
    last: date
    members: tuple[Member, ...]
    policy: Policy
    calendar: Calendar
    close: MonthClose | None = None
    corrections: tuple[Correction, ...] = ()
    undated: tuple[str, ...] = ()
    office: str = ""
    roll: Roll | None = None

    @property
    def standing(self) -> tuple[Correction, ...]:
        """Return the corrections of the close the month is read by, in their order."""
        edition = self.close.edition if self.close else None
        return tuple(item for item in self.corrections if item.edition == edition)

    @property
    def is_closed(self) -> bool:
        """Tell whether the month is closed now."""
        return closing.is_closed(self.close)

    @property
    def month_text(self) -> str:
        """Return the month as the office says it: 2019年5月."""
        return f"{self.first.year}年{self.first.month}月"


def county_of(desk: Desk, county: str) -> str:
    """Return the county meant: this county office's own, or the one named by code or name; raises Refused."""
    text = county_called(desk, county)
    if not text and desk.level is Level.COUNTY:
        return desk.scope
    if not text:
        raise refuse("county", "请写明是哪个旗县", "county")
    if text not in desk.vocabulary["旗县"].labels or not text.startswith(desk.scope):
        raise refuse("county", f"“{county[:20]}”不是本单位管理的旗县", "county")
    return text


def read(
    desk: Desk,
    month: str,
    county: str = "",
    facts: Facts | None = None,
    policy: Policy | None = None,
    *,
    edition: int | None = None,
) -> TeamMonth:
    """Return a team's month, judged by `policy` or that of the day; of a closed one an earlier closing by its number.

    Raises Refused for a text that is no month, a county that is not this office's, or a closing there was not.
    """
    code, span = county_of(desk, county), span_of(month)
    if span is None or len(month) != len("2018-06"):
        raise refuse("month", f"“{month[:20]}”不是月份，请写成 2018-06", "month")
    facts = facts or judging.facts(desk)
    today = policy or judging.policy_on(desk, facts.today)
    close = desk.store.get(MonthClose, f"{code}/{month}")
    if edition is not None:
        close = editions.of(desk, code, month, edition)
        if not close.roll:
            text = f"{month}第{edition}次结账由旧版程序所做，没有留存逐日内容，打印不出当时的考勤簿"
            raise refuse("edition", text, "edition")
    roll = roll_of(close) if close is not None and closing.is_closed(close) else None
    if close is not None and roll is not None:
        return _as_closed(close, roll, facts, today, _corrections(desk, close))
    team = _as_registered(code, month, close, facts, today)
    return msgspec.structs.replace(team, corrections=_corrections(desk, close), office=desk.office.name)


def in_facts(facts: Facts, policy: Policy, month: str, county: str) -> TeamMonth:
    """Return a team's month from facts alone, under the policy of their day; whose book it is is not said."""
    close = next((one for one in facts.closes if one.id == f"{county}/{month}"), None)
    roll = roll_of(close) if close is not None and closing.is_closed(close) else None
    if close is None or roll is None:
        return _as_registered(county, month, close, facts, policy)
    return _as_closed(close, roll, facts, policy, [one for one in facts.corrections if one.closing == close.id])


def _as_registered(code: str, month: str, close: MonthClose | None, all_facts: Facts, today: Policy) -> TeamMonth:
    """Return a month as its records stand: an open one, or one closed by an earlier release."""
    span = span_of(month)
    assert span is not None, "asked only of months"
    facts, policy = all_facts.terms(code, month, today)
    posted = sorted(facts.postings_by_county.get(code, ()), key=lambda item: (team_order(item), item.since or date.max))
    team = facts.team_by_county.get(code)
    return TeamMonth(
        county=code,
        team=(team.name if team else "") or f"{facts.county_name(code)}工作总队",
        month=month,
        first=span[0],
        last=span[1],
        members=tuple(_told(posted, month, all_facts, today)),
        policy=policy,
        calendar=facts.closed_months.calendar_of(code),
        close=close,
        undated=tuple(facts.name_of(item.person) for item in posted if item.since is None),
    )


def _told(posted: Iterable[Posting], month: str, facts: Facts, today: Policy) -> Iterable[Member]:
    """Yield the members with their month; of one whose records cannot be read a month of which nothing is known."""
    bare = msgspec.structs.replace(facts, attendance=(), slips=(), training_attendance=(), round_trips=())
    return guard.each(
        posted, lambda one: _members([one], month, facts, today), lambda one: _members([one], month, bare, today)
    )


def _corrections(desk: Desk, close: MonthClose | None) -> tuple[Correction, ...]:
    return tuple(ordering.rows(desk, Correction, {"closing": close.id}) if close else ())


def _members(posted: Iterable[Posting], month: str, all_facts: Facts, today: Policy) -> Iterable[Member]:
    for posting in posted:
        if (span := served(posting, month)) is None or all_facts.closed_months.rolls.line(posting, month) is not None:
            continue  # whoever was moved here from a team that has closed the month stands on its roll
        facts, policy = bound(all_facts, posting, month, today)
        attendance = next((item for item in facts.attendance_of.get(posting.id, ()) if item.month == month), None)
        record = attendance or Attendance(id=month_id(posting.id, month), posting=posting.id, month=month)
        days, count = count_month(record, posting, facts, policy)
        assert count is not None, "it serves in the month"
        yield Member(
            posting=posting,
            name=facts.name_of(posting.person),
            position=POSITION.word(posting.position),
            days=tuple(days),
            month=count,
            served=span,
            in_force=policy.in_force,
            counting=facts.counting(policy, posting.county),
            returns=tuple(facts.returns(posting.person, policy)),
            own=tuple(days_of(record)),
            covers=facts.covers(posting.person, policy),
            stays=facts.stays(posting),
            logged=facts.journals.logged.get(record.id, 0),
            frozen=facts.closed_months.figures.get((posting.id, month)),
        )


def _as_closed(
    close: MonthClose, roll: Roll, facts: Facts, today: Policy, corrections: Sequence[Correction]
) -> TeamMonth:
    """Return a month from its close and corrections alone: nothing written elsewhere since can be seen in it."""
    span = span_of(close.month)
    assert span is not None, "only months are closed"
    calendar = facts.calendar.of(close.county).as_written({span[0]: close.days})
    terms = terms_kept(close)
    packs = {today.id, *(line.pack for line in roll.lines)}
    policies = {pack: policy_of(terms.get(pack, ""), today.under(pack)) for pack in packs}
    logged = {month_id(line.posting, close.month): line.logged for line in roll.lines}
    posted = grouped(in_order(line.as_posting for line in roll.lines), lambda posting: posting.person)

    def presence(posting: Posting) -> tuple[Posting, ...]:
        return presence_of(posting, posted.get(posting.person, ()))

    countings = {pack: Counting(policy, calendar, logged, presence) for pack, policy in policies.items()}
    read = _MonthFromRoll(
        month=close.month,
        roll=roll,
        policies=policies,
        countings=countings,
        corrected=corrected_days([close], corrections),
        figures={one.posting: one for one in closing.figures_of(close)},
        returns=lambda person: facts.returns(person, today),
    )
    return TeamMonth(
        county=close.county,
        team=roll.team,
        month=close.month,
        first=span[0],
        last=span[1],
        members=tuple(read.member(line) for line in roll.lines if facts.pack in ("", line.pack)),
        policy=policies[today.id],
        calendar=calendar,
        close=close,
        corrections=tuple(corrections),
        office=roll.office,
        roll=roll,
    )


class _MonthFromRoll(msgspec.Struct, frozen=True, kw_only=True):
    """A month read from its roll: under which terms it counts, by pack, and what was corrected since."""

    month: str
    roll: Roll
    policies: Mapping[str, Policy]
    countings: Mapping[str, Counting]
    corrected: Mapping[str, Mapping[str, str]]
    figures: Mapping[str, Figure]
    returns: Callable[[str], Sequence[int]]
    """Returns registered today by person: of a roll that kept none."""

    def member(self, line: RollLine) -> Member:
        """Return the line of one posting, counted."""
        own = days_of(self.attendance(line))
        days, posting = line.days(own, self.month), line.as_posting
        count = self.countings[line.pack].month(days, self.month, posting, self.absent(line))
        span = served(posting, self.month)
        assert count is not None, "who stands on a roll served in its month"
        assert span is not None, "it was counted"
        return Member(
            posting=posting,
            name=line.name,
            position=line.post,
            days=days,
            month=count,
            own=tuple(own),
            covers=line.covers(self.month),
            stays=line.stayed(self.month),
            returns=tuple(line.back(self.month)),
            logged=line.logged,
            served=span,
            in_force=self.policies[line.pack].in_force,
            counting=self.countings[line.pack],
            frozen=self.figures.get(line.posting),
        )

    def attendance(self, line: RollLine) -> Attendance:
        """Return the marks of a line as they were keyed, corrections over them."""
        return attendance_of(line, self.month, self.corrected.get(month_id(line.posting, self.month), {}))

    def absent(self, line: RollLine) -> frozenset[int]:
        """Return the half-days of a line's person that are absence without reason, of all postings on the roll."""
        own = [one for one in self.roll.lines if (one.person, one.pack) == (line.person, line.pack)]
        policy = self.policies[line.pack]
        spans = [span for one in own if (span := served(one.as_posting, self.month)) is not None]
        in_post = [between(max(first, policy.in_force), last) for first, last in spans if last >= policy.in_force]
        roll_lines = [one for one in own if one.returns is not None]
        returns = (
            [number for one in roll_lines for number in one.back(self.month)]
            if roll_lines
            else self.returns(line.person)
        )
        span = span_of(self.month)
        assert span is not None, "only months are closed"
        grounds = Grounds(
            in_rank({cover: None for one in own for cover in one.covers(self.month)}),
            Reading.of(policy),
            self.countings[line.pack].is_rest,
            span[1],
            [stay for one in own for stay in one.stayed(self.month)],
            Presence(in_post, returns),
        )
        return grounds.absent([self.attendance(one) for one in own])


def roll_from(team: TeamMonth, leave: tuple[tuple[Journey, ...], tuple[Overrun, ...]]) -> Roll:
    """Return the roll of a month as it stands; `leave` are the journeys and overruns of the team in it."""
    lines = (
        roll_line(
            member.posting,
            (member.name, member.position),
            team.month,
            member.own,
            member.days,
            (member.covers, member.stays, member.returns),
            member.logged,
        )
        for member in team.members
    )
    return Roll(team=team.team, office=team.office, lines=tuple(lines), journeys=leave[0], overruns=leave[1])
