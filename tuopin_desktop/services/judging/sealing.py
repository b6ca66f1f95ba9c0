"""The figures a monthly report is sent with: sealed on its day on every way it is written, compared ever after."""

from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.record import build, scalars
from tuopin_desktop.domain.records import MeetingProblem, TeamReport
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.office.desk import Desk

_COUNTY = 6
"""Digits of a county's code."""


def figures(desk: Desk, county: str, month: date, facts: Facts | None = None) -> dict[str, float]:
    """Return the figures of a team's month by their names, as they stand now."""
    stored = f"{month:%Y-%m}"
    facts = facts or judging.measured(desk)
    first, last = span_of(stored) or (month, month)
    members = teammonth.read(desk, stored, county, facts).members
    book = facts.duty_evidence
    meetings = [item for kind in ("analysis", "joint") for item in book.meetings_of.get((county, kind), ())]
    problems = book.problems_of.get(county, ())
    slips = [item for item in facts.slips if item.id.startswith(f"{county}/") and not item.deleted]
    raised = [item for item in problems if _raised(item, facts, first, last)]
    return {
        "在派人数": len(members),
        "在旗县工作天数": sum(item.month.county for item in members) / 2,
        "进村入户天数": sum(item.month.village for item in members) / 2,
        "请假天数": sum(item.month.leave for item in members) / 2,
        "请假报备单": sum(1 for item in slips if item.period[:7] == stored and not item.ended),
        "召开会议": sum(1 for item in meetings if item.held and first <= item.held <= last),
        "提出问题": len(raised),
        "整改销号": sum(1 for item in problems if item.closed and item.proof and first <= item.closed <= last),
        "累计未销号问题": len(open_problems(facts, county)),
    }


def _raised(item: MeetingProblem, facts: Facts, first: date, last: date) -> bool:
    meeting = facts.duty_evidence.meeting_by_id.get(item.meeting)
    return meeting is not None and meeting.held is not None and first <= meeting.held <= last


def open_problems(facts: Facts, county: str) -> list[MeetingProblem]:
    """Return the problems raised at a team's meetings that are not put right, by their date."""
    still = [item for item in facts.duty_evidence.problems_of.get(county, ()) if not (item.closed and item.proof)]
    return sorted(still, key=lambda item: item.due or date.max)


def sealed(desk: Desk, changes: Iterable[Change], facts_of: Callable[[date], Facts] | None = None) -> list[Change]:
    """Return changes in which every monthly report that is being sent bears the figures of this day.

    Asked on every way a report is written; once sealed the figures stay, whatever is corrected afterwards. `facts_of`
    gives what is known of a month to who has it at hand; without it the office is read once.
    """
    changes_to_make: list[Change] = []
    facts: Facts | None = None
    for change in changes:
        changes_to_make.append(change)
        if change.kind != TeamReport.kind.name or not change.set.get("sent") or change.set.get("figures"):
            continue
        team_report = desk.store.get(TeamReport, change.id)
        report = build(TeamReport, change.id, {**(scalars(team_report) if team_report else {}), **change.set})
        month = span_of(report.month)
        county = report.county or ids.owner(report.id)
        if report.type == "monthly" and not report.figures and month is not None and len(county) == _COUNTY:
            facts = facts_of(month[0]) if facts_of else facts or judging.measured(desk)
            stored = msgspec.json.encode(figures(desk, county, month[0], facts)).decode()
            changes_to_make[-1] = Change(change.kind, change.id, {**change.set, "figures": stored})
    return changes_to_make


def differences(desk: Desk, report: TeamReport) -> list[str]:
    """Return in words which figures differ today from those the report was sent with."""
    month = span_of(report.month)
    if not report.figures or month is None:
        return []
    then = msgspec.json.decode(report.figures, type=dict[str, float])
    now = figures(desk, report.county, month[0])
    return [
        f"{name}：报出时{then[name]:g}，现为{now[name]:g}" for name in then if name in now and then[name] != now[name]
    ]
