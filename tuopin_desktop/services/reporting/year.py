"""A year as its report sees it: facts of its last day, its months, its findings and records, each read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from tuopin_desktop.domain import ids, monthleave
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.duties.radar import radar
from tuopin_desktop.domain.duties.teams import started
from tuopin_desktop.domain.facts import Facts, serves
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.monthleave import MonthLeave, YearLeave
from tuopin_desktop.domain.policy import Policy, set_to
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import Owner, Record
from tuopin_desktop.domain.records import KINDS, Posting
from tuopin_desktop.domain.rules import each
from tuopin_desktop.domain.seats import empty, empty_days
from tuopin_desktop.domain.shelf.duties import in_order
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.appraisal import year as appraised
from tuopin_desktop.services.appraisal import yearshelf
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.judging.teamfigures import PersonMonth, TeamFigures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting.monthly import MonthFigures, county_of, monthly, span_so_far, together
from tuopin_desktop.services.shelves import shelves
from tuopin_desktop.services.shelves.shelves import Shelves
from tuopin_desktop.services.shelves.topic import Topic

PRESENCE = (
    "attendance",
    "posting",
    "leave_slip",
    "training",
    "training_attendance",
    "round_trip",
    "correction",
    "month_close",
    "calendar_year",
    "calendar_day",
    "daily_log",
    "ruling",
)
LEAVE = ("leave_slip", "posting", "opinion", "filing", "call", "decision", "calendar_day")
DUTIES = (*dict.fromkeys((*PRESENCE, "person", "team", "weekly_note", *judging.DUTY_KINDS, "attachment")),)
"""The kinds of records that days of presence, what is said of leave, and duties are computed from."""


class Vacancy(NamedTuple):
    """The empty posts of one team: `days` in the year, all posts together, and posts empty `now`, on its last day."""

    days: int
    now: int


class YearFacts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What the figures of a year are computed from; `on` is its last day, or today while it runs."""

    desk: Desk
    year: int
    on: date
    facts: Facts
    policy: Policy

    @cached_property
    def months(self) -> tuple[MonthFigures, ...]:
        """Return the months of the year that have begun."""
        last = self.on.month if self.on.year == self.year else 12
        names = [f"{self.year}-{month:02d}" for month in range(1, last + 1)]
        return tuple(monthly(self.desk, name, self.facts, with_findings=False, policy=self.policy) for name in names)

    @cached_property
    def people(self) -> tuple[PersonMonth, ...]:
        """Return every person's every month that is over."""
        return tuple(one for month in self.months if month.over for one in month.people)

    @cached_property
    def postings(self) -> tuple[Posting, ...]:
        """Return every posting of any year."""
        return tuple(self.facts.posting_by_id.values())

    @cached_property
    def serving(self) -> tuple[Posting, ...]:
        """Return the postings in service on the last day."""
        return tuple(item for item in self.postings if serves(item, self.on))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Return the duties due in the year up to its last day."""
        return tuple(duty for duty in radar(self.facts, self.policy, self.year) if duty.due <= self.on)

    @cached_property
    def vacancies(self) -> dict[str, Vacancy]:
        """Return by county how its team's posts stood empty, from the day it began; a team that has not is absent."""
        over = self.policy.day("term.end")
        vacancy_by_key = {}
        for county, team in self.facts.team_by_county.items():
            start, last = started(team, self.facts, self.policy), min(self.on, over)
            if start is None or (first := max(start, date(self.year, 1, 1))) > last:
                continue
            own, slots = self.facts.postings_by_county.get(county, ()), self.policy.slots
            now = empty(slots, own, self.on) if self.on <= over else 0
            vacancy_by_key[county] = Vacancy(empty_days(slots, own, first, last), now)
        return vacancy_by_key

    @cached_property
    def leave(self) -> tuple[YearLeave, ...]:
        """Return the leave travelled with a day in the year; of closed months as it was closed."""
        return monthleave.in_year(self.facts, self.policy, self.year)

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """Return what the rules say, by rule; matters of other years are left out."""
        findings_by_key: dict[str, list[Finding]] = defaultdict(list)
        for one in each(self.facts, self.policy):
            if one.verdict is not Verdict.OK and (one.day is None or one.day.year == self.year):
                findings_by_key[one.rule].append(one)
        return {rule: tuple(findings) for rule, findings in findings_by_key.items()}

    def count_findings(self, prefix: str, *verdicts: Verdict) -> int:
        """Return how many findings of rules with a prefix have one of these verdicts (default: any but ok)."""
        return sum(
            not verdicts or one.verdict in verdicts
            for rule, findings in self.findings.items()
            if rule.startswith(prefix)
            for one in findings
        )

    @cached_property
    def _kept(self) -> dict[str, tuple[Record, ...]]:
        return {}

    def records(self, kind: str) -> tuple[Record, ...]:
        """Return the live records of a kind in this office, without those about people of another programme."""
        if kind not in self._kept:
            cls = KINDS[kind]
            scope = self.desk.scope if cls.kind.owner is Owner.COUNTY and not cls.kind.inherited else ""
            records = self.desk.store.rows(cls, scope=scope)
            self._kept[kind] = tuple(
                one for one in records if not self._elsewhere or _about(one) not in self._elsewhere
            )
        return self._kept[kind]

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        """Return the postings under another rule pack: the report is about those under the measure itself."""
        postings = self.desk.store.rows(Posting, scope=self.desk.scope)
        return frozenset(one.id for one in postings if one.id not in self.facts.posting_by_id)

    def dated(self, kind: str, field: str) -> tuple[Record, ...]:
        """Return the records of a kind whose date (or `YYYY-MM`, or year) lies in the year."""
        return tuple(one for one in self.records(kind) if _year_of(getattr(one, field)) == self.year)

    @cached_property
    def counties(self) -> tuple["PlaceFacts", ...]:
        """Return the same year of every county with a team's people or duties, in the order of codes."""
        counties = self.facts.counties
        places = (self._place(county.name, county.league, frozenset({county.code})) for county in counties)
        return tuple(place for place in places if place.people or place.serving or place.duties)

    @cached_property
    def leagues(self) -> tuple["PlaceFacts", ...]:
        """Return the same year of every league that has such counties."""
        codes: dict[str, set[str]] = defaultdict(set)
        for place in self.counties:
            codes[place.league] |= place.within
        return tuple(self._place(league, league, frozenset(within)) for league, within in codes.items())

    @cached_property
    def above(self) -> "PlaceFacts":
        """Return what belongs to no county: what the office owes itself."""
        return self._place("自治区办公室", "", frozenset({""}))

    def _place(self, name: str, league: str, within: frozenset[str]) -> "PlaceFacts":
        same = {field: getattr(self, field) for field in YearFacts.__struct_fields__}
        return PlaceFacts(**same, whole=self, name=name, league=league, within=within)


class KeptYear(YearFacts, frozen=True, kw_only=True, dict=True):
    """The year as its shelves have it, for charts: its `facts` are of the roster alone, its months and duties are kept.

    Of findings there is nothing, of leave what lies in each month.
    """

    shelves: Shelves

    @cached_property
    def months(self) -> tuple[MonthFigures, ...]:
        """Return the months of the year that have begun."""
        parts = list(self.shelves.of(yearshelf.MONTHS).values())
        last = self.on.month if self.on.year == self.year else 12
        leave = list(self.shelves.of(yearshelf.LEAVE).values())
        return tuple(self._month(f"{self.year}-{number:02d}", parts, leave) for number in range(1, last + 1))

    def _month(
        self, month: str, parts: Sequence[Mapping[str, TeamFigures]], leave: Sequence[Mapping[str, MonthLeave]]
    ) -> MonthFigures:
        teams = [months[month] for months in parts if month in months]
        away = monthleave.together(months[month] for months in leave if month in months)
        whole = together(span_so_far(month, self.on), self.on, teams, (), away, self.policy)
        return msgspec.structs.replace(whole, over=whole.first < self.desk.today().replace(day=1))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Return the duties due in the year up to its last day."""
        entries = (one for some in self.shelves.of(yearshelf.DUTIES).values() for one in some)
        return tuple(duty for duty in in_order(entries) if duty.due <= self.on)


class PlaceFacts(YearFacts, frozen=True, kw_only=True, dict=True):
    """The year of some counties: whatever is computed of a year is computed of them."""

    whole: YearFacts
    name: str
    league: str
    within: frozenset[str]

    @cached_property
    def months(self) -> tuple[MonthFigures, ...]:
        """Return the months with these teams alone; red and amber findings are not told of a year."""
        return tuple(
            msgspec.structs.replace(
                month,
                teams=tuple(team for team in month.teams if team.county in self.within),
                slips=tuple(one for one in month.slips if one.county in self.within),
                overdue=tuple(one for one in month.overdue if one.county in self.within),
            )
            for month in self.whole.months
        )

    @cached_property
    def postings(self) -> tuple[Posting, ...]:
        """Return the postings to these counties."""
        return tuple(item for item in self.whole.postings if item.county in self.within)

    @cached_property
    def leave(self) -> tuple[YearLeave, ...]:
        """Return the leave of their people."""
        return tuple(one for one in self.whole.leave if one.county in self.within)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Return what is owed in these counties."""
        return tuple(duty for duty in self.whole.duties if duty.county in self.within)

    @cached_property
    def vacancies(self) -> dict[str, Vacancy]:
        """Return their teams' vacancies."""
        return {code: vacancy for code, vacancy in self.whole.vacancies.items() if code in self.within}

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """Return what the rules say of these counties."""
        return {
            rule: tuple(one for one in findings if county_of(one, self.facts) in self.within)
            for rule, findings in self.whole.findings.items()
        }

    def records(self, kind: str) -> tuple[Record, ...]:
        """Return the records these counties own; what is handed down to them belongs to all."""
        records = self.whole.records(kind)
        return (
            records if KINDS[kind].kind.inherited else tuple(one for one in records if ids.owner(one.id) in self.within)
        )


def _about(record: Record) -> str:
    """Return the posting a record is about, or what else it says there."""
    return getattr(record, "posting", "") or getattr(record, "subject", "")


def _year_of(value: object) -> int | None:
    if isinstance(value, date):
        return value.year
    if isinstance(value, int):
        return value
    return int(value[:4]) if isinstance(value, str) and value[:4].isdecimal() else None


def from_shelves(desk: Desk, year: int) -> KeptYear:
    """Return a year put together from its shelves; raises Refused for one that has not begun."""
    on = _last_day(desk, year)
    facts = msgspec.structs.replace(under(judging.roster(desk), desk.policy.id), today=on, year=year)
    own = shelves.about(desk, topic_of(desk, year))
    return KeptYear(desk=desk, year=year, on=on, facts=facts, policy=judging.policy_on(desk, on), shelves=own)


def topic_of(desk: Desk, year: int) -> Topic:
    """Return the topic of a year that has begun; raises Refused for one that has not."""
    _last_day(desk, year)
    try:
        return appraised.topic_of(desk, year)
    except Refused:  # no scheme covers the year: nobody is appraised
        return yearshelf.topic(year, None)


def _last_day(desk: Desk, year: int) -> date:
    """Return the last day of a year, today while it runs."""
    if not 2018 <= year <= desk.today().year:
        raise refuse("year", f"{year}年没有可以报告的情况，请填2018年至{desk.today().year}年", "year")
    return min(date(year, 12, 31), desk.today())


def read(desk: Desk, year: int, terms: Mapping[str, str] | None = None) -> YearFacts:
    """Return the facts of a year, to be judged with some switches set otherwise if said (`policy.stored` values).

    Raises Refused for a year that has not begun.
    """
    on = _last_day(desk, year)
    facts = msgspec.structs.replace(judging.measured(desk, on), year=year)
    return YearFacts(desk=desk, year=year, on=on, facts=facts, policy=set_to(judging.policy_on(desk, on), terms or {}))
