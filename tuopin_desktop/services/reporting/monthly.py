"""One month of every team in figures: who reached the twenty days, who is away, what the rules say, who is overdue."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids, monthleave
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.attendance.presencerate import LEAST, OPEN, PresenceRate
from tuopin_desktop.domain.attendance.roll import Journey, Overrun
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.monthleave import Leave
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.rules import each
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.judging.teamfigures import PersonMonth, TeamFigures, figures
from tuopin_desktop.services.office.desk import Desk

RULES = ("A09-1", "A09-2", "A10-3", "A16-3")
"""What a circular speaks of: the twenty days, the villages, leaving without a slip, absence without reason."""


def mean(values: Iterable[float]) -> float | None:
    """Return the mean to one place; None of nothing."""
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 1) if numbers else None


def rate(part: float, whole: float) -> float | None:
    """Return a part in per cent to one place; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def mean_days(people: Iterable[PersonMonth]) -> float | None:
    """Return the mean of days in post, of those whose month is known (A09-1)."""
    return mean(one.days for one in people if one.state != OPEN)


def presence_rate(people: Iterable[PersonMonth], policy: Policy) -> PresenceRate:
    """Return who reached their days with the share of those whose month is registered (A09-1)."""
    return PresenceRate.of((one.state for one in people), policy.number(LEAST))


class MonthFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A month of all teams of this office; `until` is the last day spoken of, the month's own once it is over.

    `red` and `amber` are findings of the month, `overdue` slips overstayed in it, `slips` leave travelled in it.
    """

    month: str
    first: date
    until: date
    over: bool
    teams: tuple[TeamFigures, ...]
    rate: PresenceRate
    red: tuple[Finding, ...]
    amber: tuple[Finding, ...]
    overdue: tuple[Overrun, ...]
    slips: tuple[Journey, ...]

    @property
    def month_text(self) -> str:
        """Return the month as an office says it: 2019年5月."""
        return f"{self.first.year}年{self.first.month}月"

    @property
    def people(self) -> tuple[PersonMonth, ...]:
        """Return everybody, in the order of teams."""
        return tuple(one for team in self.teams for one in team.people)

    def having(self, state: str) -> int:
        """Return how many people are in a state."""
        return sum(team.having(state) for team in self.teams)


def monthly(
    desk: Desk, month: str, facts: Facts | None = None, *, with_findings: bool = True, policy: Policy | None = None
) -> MonthFigures:
    """Return a month's figures, with findings only `with_findings`; by a policy other than the day's if said.

    Raises Refused for a text that is no month or one that has not begun.
    """
    facts = under(facts or judging.facts(desk), desk.policy.id)
    first, last = span_so_far(month, facts.today)
    rolls = facts.closed_months.rolls.of
    counties = [one for one in facts.counties if facts.postings_by_county.get(one.code) or (one.code, month) in rolls]
    policy = policy or judging.policy_on(desk, facts.today)
    read = [teammonth.read(desk, month, county.code, facts, policy) for county in counties]
    result = list(findings(facts, policy, first, last)) if with_findings else []
    leave = monthleave.in_month(facts, policy, first, last).whole
    teams = [figures(one, facts) for one in read if one.members]
    whole = together((first, last), facts.today, teams, result, leave, policy)
    return msgspec.structs.replace(whole, over=last < desk.today())


def span_so_far(month: str, today: date) -> tuple[date, date]:
    """Return the first and last day of a month; raises Refused for a text that is none or one that has not begun."""
    span = span_of(month)
    if span is None or len(month) != len("2018-06"):
        raise refuse("month", f"“{month[:20]}”不是月份，请写成 2018-06", "month")
    if span[0] > today:
        raise refuse("month", f"{month}还没有开始，没有情况可以通报", "month")
    return span


def together(
    span: tuple[date, date],
    today: date,
    teams: Sequence[TeamFigures],
    result: Sequence[Finding],
    leave: Leave,
    policy: Policy,
) -> MonthFigures:
    """Return the month of these teams, findings and leave as it stands today."""
    (first, last), (slips, overdue) = span, leave
    return MonthFigures(
        month=f"{first:%Y-%m}",
        first=first,
        until=min(last, today),
        over=last < today,
        teams=tuple(teams),
        rate=presence_rate((one for team in teams for one in team.people), policy),
        red=tuple(one for one in result if one.verdict in (Verdict.RED, Verdict.SUSPECTED)),
        amber=tuple(one for one in result if one.verdict is Verdict.AMBER),
        overdue=overdue,
        slips=slips,
    )


def findings(facts: Facts, policy: Policy, first: date, last: date) -> Iterable[Finding]:
    """Yield what the rules of presence say of matters between two days."""
    for rule in RULES:
        for finding in each(facts, policy, rule):
            if finding.day is not None and first <= finding.day <= last:
                yield finding


def county_of(finding: Finding, facts: Facts) -> str:
    """Return the county a finding on a posting or a month of attendance belongs to."""
    kind, record_id = ids.split(finding.subject)
    posting, _, month = record_id.rpartition("/") if kind == "attendance" else (record_id, "", "")
    line = facts.closed_months.rolls.lines.get((posting, month)) if facts.closes else None
    posting_then = line.as_posting if line else facts.posting_by_id.get(posting)
    return posting_then.county if posting_then else ids.owner(record_id)
