"""Duties of a team (Art. 10, 12, 15): the monthly report, the analysis and joint meetings, weekly notes, appraisal."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.duties import appraisals
from tuopin_desktop.domain.duties.duty import Duty, standing
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.journals import entries, weeks
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Meeting, Team
from tuopin_desktop.domain.seats import begun

RECEIVER = "自治区扶贫开发工作领导小组办公室"

Monthly = Callable[[Team, Facts, Policy, date], Duty]
"""What makes the duty of a month, of its first day."""


def started(team: Team, facts: Facts, policy: Policy) -> date | None:
    """Return the day from which a team owes anything: it has arrived, and the measure is in force (Art. 21)."""
    return begun(team.arrived, facts.postings_by_county.get(team.county, ()), policy.in_force)


def of_team(team: Team, facts: Facts, policy: Policy, first: date, last: date) -> Iterator[Duty]:
    """Yield the duties of a team that are due from `first` to `last`, in the order of the year."""
    start = started(team, facts, policy)
    if start is None:
        return
    low, high = max(first, start), min(last, policy.day("term.end"))
    yield from of_months(team, facts, policy, (first, last), (analysis, report, joint))
    yield from notes(team, facts, policy, (low, high), start)
    for year in range(low.year, high.year + 1):
        for duty in _appraised(team, facts, policy, year):
            if low <= duty.due <= high and start < duty.due:
                yield duty


def of_months(
    team: Team, facts: Facts, policy: Policy, due_in: tuple[date, date], makers: Sequence[Monthly]
) -> Iterator[Duty]:
    """Yield what a team owes month by month and is due in a stretch of days, in the order of the months."""
    start = started(team, facts, policy)
    if start is None:
        return
    low, high = max(due_in[0], start), min(due_in[1], policy.day("term.end"))
    for month in months(low, high):
        for function in makers:
            duty = function(team, facts, policy, month)
            if low <= duty.due <= high and _was_there(function, duty.due, month, start):
                yield duty


def _appraised(team: Team, facts: Facts, policy: Policy, year: int) -> Iterator[Duty]:
    """Yield what a team owes for the appraisal of a year: its summary and the two votes."""
    owner = _who(team, facts)
    subject = f"{team.county}/team"
    yield appraisals.summary(subject, owner["subject"], team.county, owner["who"], facts, policy, year)
    yield from appraisals.ballots(team.county, owner["who"], facts, policy, year)


def _was_there(value: object, due: date, month: date, start: date) -> bool:
    """Tell whether a team was there for what it owes: no report on a month before it came, no meeting on its day."""
    return start < month if value is report else start < due


def months(first: date, last: date) -> Iterator[date]:
    """Yield the first day of every month that first..last touches."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = next_month(day)


def next_month(day: date) -> date:
    """Return the first day of the following month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_words(day: date) -> str:
    """Return a month as it is spoken of."""
    return f"{day.year}年{day.month}月"


def last_day(day: date) -> date:
    """Return the last day of a month."""
    return next_month(day) - timedelta(days=1)


def analysis_due(month: date, facts: Facts, policy: Policy, county: str) -> date:
    """Return the last day for the analysis meeting of a month (Q24): the 5th, unless ruled otherwise."""
    day = policy.number("meeting.analysis_day")
    due = month.replace(day=day) - timedelta(days=policy.choice("meeting.analysis_count") == "exclusive")
    calendar = facts.calendar.of(county)
    while policy.choice("meeting.analysis_shift") == "next_workday" and calendar.is_workday(due) is False:
        due += timedelta(days=1)
    return due


def analysis(team: Team, facts: Facts, policy: Policy, month: date) -> Duty:
    """Return the analysis meeting of a month (A12-1)."""
    _, due = policy.at_due(lambda then: analysis_due(month, facts, then, team.county))
    return _meeting(team, facts, "analysis", "工作分析例会", "A12-1", month, due)


def joint(team: Team, facts: Facts, policy: Policy, month: date) -> Duty:
    """Return the joint meeting with league and county of a month (A12-3)."""
    count = policy.on(last_day(month)).number("meeting.joint_per_month")
    return _meeting(team, facts, "joint", "联席会议", "A12-3", month, last_day(month), count)


def _meeting(team: Team, facts: Facts, kind: str, what: str, rule: str, month: date, due: date, count: int = 1) -> Duty:
    meetings = [item for item in facts.duty_evidence.meetings_of.get((team.county, kind), ()) if _in(item, month)]
    first_meetings = meetings[:count]
    done_on = first_meetings[-1].held if len(first_meetings) == count else None
    proved = all(facts.duty_evidence.proved(item, item.minutes, item.paper) for item in first_meetings)
    state, days = standing(month, due, facts.today, done_on, proved=proved)
    text = "；".join(f"{item.held}召开" for item in first_meetings)
    return Duty(
        rule=rule,
        what=what,
        **_who(team, facts),
        period=month_words(month),
        opens=month,
        due=due,
        state=state,
        days=days,
        said=text,
        evidence=tuple(ids.key("meeting", item.id) for item in first_meetings),
        kind="meeting",
        preset={"type": kind, "county": team.county},
    )


def _in(meeting: Meeting, month: date) -> bool:
    return meeting.held is not None and (meeting.held.year, meeting.held.month) == (month.year, month.month)


def report(team: Team, facts: Facts, policy: Policy, month: date) -> Duty:
    """Return the monthly report due in a month; it covers the month before (A12-1, Q25)."""
    about = (month - timedelta(days=1)).replace(day=1)
    stored = f"{about:%Y-%m}"
    team_reports = facts.duty_evidence.reports_of.get((team.county, stored), ())
    reports = sorted((item for item in team_reports if item.sent), key=lambda item: str(item.sent))
    proved = bool(reports) and facts.duty_evidence.proved(reports[0], reports[0].paper, reports[0].text)
    _, due = policy.at_due(lambda then: month.replace(day=then.number("report.month_day")))
    state, days = standing(month, due, facts.today, reports[0].sent if reports else None, proved=proved)
    return Duty(
        rule="A12-1",
        what="月报",
        **_who(team, facts),
        period=month_words(about),
        opens=month,
        due=due,
        state=state,
        days=days,
        said=f"{reports[0].sent}报出" if reports else "已拟稿，未报出" if team_reports else "",
        evidence=tuple(ids.key("team_report", item.id) for item in (reports[:1] or team_reports[:1])),
        kind="team_report",
        preset={
            "type": "monthly",
            "county": team.county,
            "month": stored,
            "name": f"{facts.county_name(team.county)}工作总队{month_words(about)}工作报告",
            "receiver": RECEIVER,
        },
    )


def notes(team: Team, facts: Facts, policy: Policy, due_in: tuple[date, date], start: date) -> Iterator[Duty]:
    """Yield the weekly notes due in a stretch of days (A10-2, Q34); a week that ended before arrival is nobody's."""
    first, last = due_in
    week = weeks.week_of(first - timedelta(days=7))
    while (due := weeks.due(week, policy)) <= last:
        span = weeks.span(week)
        if due >= first and span is not None and span[1] >= start:
            note = entries.note_id(team.county, week)
            # A note that bears no day is there, which is all that can be known of it.
            done_on = (facts.journals.noted[note] or min(due, facts.today)) if note in facts.journals.noted else None
            state, days = standing(span[1], due, facts.today, done_on)
            yield Duty(
                rule="A10-2",
                what="总队周记",
                **_who(team, facts),
                period=weeks.week_words(week).partition("（")[0],
                opens=span[1],
                due=due,
                state=state,
                days=days,
                said=f"{span[0]}至{span[1]}",
                evidence=(ids.key("weekly_note", note),) if done_on else (),
                kind="weekly_note",
                preset={"county": team.county, "week": week},
            )
        week = weeks.shifted(week, 1)


def _who(team: Team, facts: Facts) -> dict[str, Any]:
    name = facts.county_name(team.county)
    return {"subject": ids.key("team", team.id), "county": team.county, "who": f"{name}工作总队"}


def month_of(stored: str) -> date | None:
    """Return the first day of a stored month."""
    span = span_of(stored)
    return span[0] if span else None
