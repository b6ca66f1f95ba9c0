"""What the first page of an office above the counties shows: a line for each team, and sums that are sums of lines."""

from collections.abc import Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.teamline import TeamLine

ON_TIME, LATE, UNSENT, NOT_DUE = "按时", "迟报", "未报", "不用报"
"""How a county's monthly report stands; what a county does not owe is counted nowhere."""
_STALE = 40
"""Days after which a county that sends a package every month has missed one."""
_MANY = 10
"""Overdue duties from which on a county is shown as bad."""
GOOD, MIDDLE, BAD = "good", "middle", "bad"

MEASURES = {
    "report": ("月报", ("按时", "迟报", "未报")),
    "registered": ("登记", ("今天都登记了", "登记了一部分", "没有登记")),
    "overdue": ("逾期", ("没有逾期", f"不到{_MANY}项", f"{_MANY}项以上")),
    "out": ("外出", ("没有人外出", "有人外出", "有人超假")),
    "age": ("收包", (f"{_STALE}天内", f"超过{_STALE}天", "没有收到过")),
}
"""What the picture can show: its word, and the words of its three states."""


class CountyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One team. `report` is how the report of the last month that is over stands, by the day it was signed (`sent_on`).

    `marks` are the last twelve months, oldest first: 1 reported, 0 not, -1 none owed. `registered` people have an entry
    of attendance today. `before` duties were overdue a month ago, None where that was another year. A team that is
    not `ready` has not been judged yet.
    """

    team: TeamLine
    short: str
    league: str
    report: str
    sent_on: date | None
    marks: tuple[int, ...]
    registered: int
    before: int | None
    ready: bool = True

    def state(self, measure: str) -> str:
        """Return which of three states a team is in by a measure."""
        if measure == "report":
            return {ON_TIME: GOOD, LATE: MIDDLE, UNSENT: BAD}.get(self.report, GOOD)
        team = self.team
        good, bad = {
            "registered": (self.registered >= team.serving, not self.registered),
            "overdue": (not team.overdue, team.overdue >= _MANY),
            "out": (not team.out, bool(team.late)),
            "age": (team.age is not None and team.age <= _STALE, team.age is None),
        }[measure]
        return GOOD if good else BAD if bad else MIDDLE


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Lines added up; of months and registration people are counted, of reports counties."""

    teams: int
    on_time: int
    late_reports: int
    unsent: int
    serving: int
    size: int
    registered: int
    reached: int
    short: int
    unknown: int
    overdue: int
    before: int | None
    out: int
    late: int

    @property
    def reported(self) -> int:
        """Return how many counties have reported."""
        return self.on_time + self.late_reports

    @property
    def owing(self) -> int:
        """Return how many counties owe a report."""
        return self.reported + self.unsent


class Queued(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for this office: how many, and the key its rows are asked by."""

    key: str
    name: str
    count: int
    note: str = ""


class AboveState(msgspec.Struct, frozen=True, kw_only=True):
    """The first page but for its head counts; `month` is the last one that is over (YYYY-MM), "" before the measure.

    `due` is the last day of its report; `leagues` are (code, name) in their order.
    """

    month: str
    due: date | None
    lines: tuple[CountyLine, ...]
    leagues: tuple[tuple[str, str], ...]
    queue: tuple[Queued, ...]

    def of(self, place: str = "") -> tuple[CountyLine, ...]:
        """Return the lines of a league or county by its code, "" all."""
        return tuple(one for one in self.lines if one.team.county.startswith(place))

    def sums(self, place: str = "") -> Sums:
        """Return the sums of a league, or of all."""
        return sums(self.of(place))


def sums(lines: Sequence[CountyLine]) -> Sums:
    """Return the sums of some lines."""
    teams = [one.team for one in lines]
    befores = [one.before for one in lines if one.before is not None]
    return Sums(
        teams=len(lines),
        on_time=sum(one.report == ON_TIME for one in lines),
        late_reports=sum(one.report == LATE for one in lines),
        unsent=sum(one.report == UNSENT for one in lines),
        serving=sum(one.serving for one in teams),
        size=sum(one.size for one in teams),
        registered=sum(one.registered for one in lines),
        reached=sum(one.reached for one in teams),
        short=sum(one.short for one in teams),
        unknown=sum(one.unknown for one in teams),
        overdue=sum(one.overdue for one in teams),
        before=sum(befores) if befores else None,
        out=sum(one.out for one in teams),
        late=sum(one.late for one in teams),
    )


def change_words(now: int, before: int | None) -> tuple[str, str]:
    """Return how a number that should be small has changed, and its tone."""
    if before is None:
        return "", ""
    more = now - before
    return ("持平", "") if not more else (f"▲多{more}", "bad") if more > 0 else (f"▼少{-more}", "ok")
