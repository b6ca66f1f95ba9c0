"""The first page of an office above the counties: who has reported, who is at post, what waits here, every team."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties.duty import Duty, State
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.shortplaces import short_places
from tuopin_desktop.domain.teamline import TeamLine
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.home.abovestate import (
    LATE,
    NOT_DUE,
    ON_TIME,
    UNSENT,
    AboveState,
    CountyLine,
    Queued,
)
from tuopin_desktop.services.judging.teamday import TeamDay
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import replacing
from tuopin_desktop.services.registers import conflicts
from tuopin_desktop.services.reporting import overview
from tuopin_desktop.services.shelves import merge

REPORT = "月报"
MONTHS = 12


def above_state(desk: Desk, stories: Sequence[Story], findings: Sequence[Finding]) -> AboveState:
    """Return the page, put together from the shelves of the counties and the papers of this office."""
    teams, today = overview.overview(desk), desk.today()
    team_days, of_year = merge.team_days(desk), merge.duties(desk)
    reports = {(one.county, str(one.preset["month"])): one for one in monthly(of_year, today)}
    late, before = _overdue_before(of_year.get(today.year, ()), today), today.month > 1
    months = last_months(today)
    shorts = short_places(one.name for one in teams.teams)
    leagues = {str(row["league_code"])[:4]: str(row["league"]) for row in library.table("counties.csv")}

    def line(team: TeamLine) -> CountyLine:
        duty = reports.get((team.county, teams.month))
        return CountyLine(
            team=team,
            short=shorts.get(team.name, team.name),
            league=team.county[:4],
            report=report_state(duty),
            sent_on=_sent(duty),
            marks=tuple(_mark(reports.get((team.county, month))) for month in months),
            registered=sum(bool(one.own) for one in team_days.get(team.county, TeamDay()).members),
            before=late[team.county] if before else None,
            ready=team.county in team_days,
        )

    lines = tuple(line(team) for team in teams.teams)
    own = dict.fromkeys(one.league for one in lines)
    return AboveState(
        month=teams.month,
        due=max((one.due for (_, month), one in reports.items() if month == teams.month), default=None),
        lines=lines,
        leagues=tuple((code, leagues.get(code, code)) for code in own),
        queue=tuple(_queue(desk, stories, findings)),
    )


def monthly(of_year: Mapping[int, Sequence[Duty]], today: date) -> list[Duty]:
    """Return the duties of monthly reports of the last twelve months that are over."""
    every = (one for year in (today.year - 1, today.year) for one in of_year.get(year, ()))
    return [one for one in every if one.what == REPORT and one.opens <= today]


def last_months(today: date) -> list[str]:
    """Return the last twelve months that are over, the oldest first."""
    months, day = [], today.replace(day=1)
    for _ in range(MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
        months.append(f"{day:%Y-%m}")
    return months[::-1]


def report_state(duty: Duty | None) -> str:
    """Return how a monthly report stands: by the day it was signed, not the day its package came in."""
    if duty is None:
        return NOT_DUE
    if duty.state in (State.DONE, State.LATE, State.BARE):
        return LATE if duty.days > 0 else ON_TIME
    return UNSENT


def _sent(duty: Duty | None) -> date | None:
    if duty is None or report_state(duty) == UNSENT:
        return None
    return duty.due + timedelta(days=duty.days)


def _mark(duty: Duty | None) -> int:
    return -1 if duty is None else int(report_state(duty) != UNSENT)


def _overdue_before(duties: Iterable[Duty], today: date) -> Counter[str]:
    """Return by county how many duties of this year were past their day and not done a month ago."""
    then = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    then = then.replace(day=min(today.day, 28))
    return Counter(one.county for one in duties if one.due < then and not _done_by(one, then))


def _done_by(duty: Duty, day: date) -> bool:
    if duty.state in (State.DONE, State.LATE, State.BARE):
        return duty.due + timedelta(days=duty.days) <= day
    return duty.state is not State.OVERDUE


# -- what waits for this office


def _queue(desk: Desk, stories: Sequence[Story], findings: Sequence[Finding]) -> Iterable[Queued]:
    if desk.scope == ids.REGION:
        yield Queued(key="approvals", name="队长请假待本办登记意见", count=len(awaiting(stories)))
        yield Queued(key="requests", name="更换人员申请待批复", count=len(requests(desk)))
    yield Queued(key="conflicts", name="两边不一致", count=len(conflicts.listed(desk)))
    yield Queued(key="doubts", name="疑点待核", count=len(pending(desk)))
    yield Queued(key="findings", name="按办法核对", count=len(findings))


def awaiting(stories: Iterable[Story]) -> list[Story]:
    """Return the slips in whose cell of the Office its own record is wanted, and nobody else's any more."""
    return [one for one in stories if not one.rerouted and (one.chain.awaited or one.chain.missing == ("office",))]


def requests(desk: Desk) -> list[replacing.ReplacementRow]:
    """Return the applications to replace somebody that nobody has answered."""
    return [one for one in replacing.rows(desk) if one.state == "待批复"]


def pending(desk: Desk) -> list[evidence.ContradictionRow]:
    """Return the contradictions nobody has explained."""
    return evidence.select(evidence.from_shelves(desk), state="pending")
