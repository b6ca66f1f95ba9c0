"""A year as its report sees it: facts of its last day, its months, its findings and records, each read once."""

from collections import defaultdict
from datetime import date
from functools import cached_property

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts, serves
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.account import travelled
from tuopin_desktop.domain.leave.count import days
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Owner, Record
from tuopin_desktop.domain.records import KINDS, Posting
from tuopin_desktop.domain.rules import each
from tuopin_desktop.services import checks
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.reporting.monthly import MonthFigures, PersonMonth, monthly

PRESENCE = ("attendance", "posting", "leave_slip", "correction", "month_close", "calendar_day", "daily_log", "ruling")
LEAVE = ("leave_slip", "opinion", "filing", "call", "decision")
"""The kinds of records that days of presence, and what is said of leave, are computed from."""


class YearFacts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What the figures of a year are computed from; `on` is its last day, or today while it runs."""

    desk: Desk
    year: int
    on: date
    known: Facts
    policy: Policy

    @cached_property
    def months(self) -> tuple[MonthFigures, ...]:
        """Return the months of the year that have begun."""
        last = self.on.month if self.on.year == self.year else 12
        names = [f"{self.year}-{month:02d}" for month in range(1, last + 1)]
        return tuple(monthly(self.desk, name, self.known, judged=False) for name in names)

    @cached_property
    def people(self) -> tuple[PersonMonth, ...]:
        """Return every person's every month that is over."""
        return tuple(one for month in self.months if month.over for one in month.people)

    @cached_property
    def serving(self) -> tuple[Posting, ...]:
        """Return the postings in service on the last day."""
        return tuple(item for item in self.known.posting_by_id.values() if serves(item, self.on))

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Return the slips travelled with a day in the year."""
        first, last = date(self.year, 1, 1), self.on
        told = (self.known.story(slip, self.policy) for slip in self.known.slips if not slip.deleted)
        return tuple(
            one
            for one in told
            if travelled(one)
            and (period := parse_stored(one.slip.period)) is not None
            and period.first <= last
            and period.last >= first
        )

    def leave_days(self, told: Story) -> float:
        """Return the natural days of a slip in the year."""
        calendar = self.known.calendar.of(ids.owner(told.slip.id))
        return days(parse_stored(told.slip.period), told.slip.leave_type, self.policy, calendar, self.year).natural

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """Return what the rules say, by rule; matters of other years are left out."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in each(self.known, self.policy):
            if one.verdict is not Verdict.OK and (one.day is None or one.day.year == self.year):
                found[one.rule].append(one)
        return {rule: tuple(said) for rule, said in found.items()}

    def said(self, prefix: str, *verdicts: Verdict) -> int:
        """Return how many findings of rules with a prefix have one of these verdicts (default: any but ok)."""
        return sum(
            not verdicts or one.verdict in verdicts
            for rule, found in self.findings.items()
            if rule.startswith(prefix)
            for one in found
        )

    @cached_property
    def _kept(self) -> dict[str, tuple[Record, ...]]:
        return {}

    def records(self, kind: str) -> tuple[Record, ...]:
        """Return the live records of a kind in this office."""
        if kind not in self._kept:
            cls = KINDS[kind]
            scope = self.desk.scope if cls.kind.owner is Owner.COUNTY and not cls.kind.inherited else ""
            self._kept[kind] = tuple(self.desk.store.rows(cls, scope=scope))
        return self._kept[kind]

    def dated(self, kind: str, field: str) -> tuple[Record, ...]:
        """Return the records of a kind whose date (or `YYYY-MM`, or year) lies in the year."""
        return tuple(one for one in self.records(kind) if _year_of(getattr(one, field)) == self.year)


def _year_of(value: object) -> int | None:
    if isinstance(value, date):
        return value.year
    if isinstance(value, int):
        return value
    return int(value[:4]) if isinstance(value, str) and value[:4].isdecimal() else None


def read(desk: Desk, year: int) -> YearFacts:
    """Return the facts of a year; raises Refused for one that has not begun."""
    if not 2018 <= year <= desk.today().year:
        raise refuse("year", f"{year}年没有可以报告的情况，请填2018年至{desk.today().year}年", "year")
    on = min(date(year, 12, 31), desk.today())
    known = checks.facts(desk, on)
    return YearFacts(desk=desk, year=year, on=on, known=known, policy=checks.policy_on(desk, on))
