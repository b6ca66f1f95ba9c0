"""The obligation radar: every duty of a year as the policy makes it, for a county or for the whole region."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import guard, ids
from tuopin_desktop.domain.duties.duty import Duty, State
from tuopin_desktop.domain.duties.horizon import years
from tuopin_desktop.domain.duties.office import OFFICE, of_office
from tuopin_desktop.domain.duties.people import of_posting
from tuopin_desktop.domain.duties.teams import of_team, started
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Office, Team

R = TypeVar("R", bound=Record)

Holds = Callable[[str, str], bool]
"""Tells whether the duties of a subject, by its kind and id, are asked for."""


def every(kind: str, record_id: str) -> bool:
    """Ask for the duties of everybody."""
    return True


PERSONAL = (
    ("A04-3", "党组织关系转接"),
    ("A08-1", "听取汇报或谈心谈话"),
    ("A11-1", "岗前培训"),
    ("A12-4", "半年报告"),
    ("A12-6", "“十不准”承诺签字"),
    ("A15-2", "年度工作总结"),
    ("A18-2", "往返交通"),
    ("A18-5", "意外伤害保险"),
)
"""What is owed about each person, named once for a team of which nobody is registered yet."""


def radar(facts: Facts, policy: Policy, year: int, holds: Holds = every) -> list[Duty]:
    """Return every duty of what is held due in a year, in the order of due days, county and article."""
    return sorted(_of_year(facts, policy, date(year, 1, 1), date(year, 12, 31), holds), key=in_turn)


def in_turn(duty: Duty) -> tuple[date, str, str, str, str]:
    """Return by what duties are sorted."""
    return (duty.due, duty.county, duty.rule, duty.who, duty.period)


def so_far(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """Yield the duties of every year that are asked for today, the running one to its end."""
    for year in years(policy, facts.today):
        yield from radar(facts, policy, year)


def _of_year(facts: Facts, policy: Policy, first: date, last: date, holds: Holds) -> Iterator[Duty]:
    office = Office(id=f"{ids.REGION}/office", name=OFFICE)
    if facts.scope == ids.REGION and holds(office.kind.name, office.id):
        yield from _each([office], lambda _: of_office(facts, policy, first, last), facts, last)
    for team in facts.team_by_county.values():
        own = holds(team.kind.name, team.id)
        yield from _each([team] if own else [], lambda team: of_team(team, facts, policy, first, last), facts, last)
        postings = facts.postings_by_county.get(team.county, ())
        own_postings = [one for one in postings if holds(one.kind.name, one.id)]
        yield from _each(own_postings, lambda one: of_posting(one, facts, policy, first, last), facts, last)
        if own and not postings:
            yield from _nobody(team, facts, policy, first, last)


def _each(subjects: Iterable[R], owed: Callable[[R], Iterable[Duty]], facts: Facts, last: date) -> Iterator[Duty]:
    """Yield what each subject owes; of one whose records cannot be read that it cannot be told."""
    return guard.each(subjects, owed, lambda subject: [_unknown(subject, facts, last)])


def _unknown(subject: Record, facts: Facts, last: date) -> Duty:
    return Duty(
        rule="A17-2",
        what="无法判断",
        subject=ids.key(subject.kind.name, subject.id),
        county=getattr(subject, "county", ""),
        who=facts.name_of(getattr(subject, "person", "")) or getattr(subject, "name", "") or subject.kind.label,
        period=f"{last.year}年",
        opens=last,
        due=last,
        state=State.DUE if facts.today >= last else State.AHEAD,
        days=(facts.today - last).days,
        mild=True,
        said="登记的内容超出程序的预料，不能列出应办事项，请核对该记录",
    )


def _nobody(team: Team, facts: Facts, policy: Policy, first: date, last: date) -> Iterator[Duty]:
    """Yield one line for each duty about people while a team has none: they fall due with its people."""
    start = started(team, facts, policy)
    if start is None or start > last:
        return
    for rule, what in PERSONAL:
        yield Duty(
            rule=rule,
            what=what,
            subject=ids.key("team", team.id),
            county=team.county,
            who="全体队员",
            period=f"{first.year}年",
            opens=max(start, first),
            due=last,
            state=State.DUE if facts.today >= max(start, first) else State.AHEAD,
            days=(facts.today - last).days,
            mild=True,
            said="尚未登记人员；登记派驻人员后逐人列出",
            kind="posting",
        )


class Cell(msgspec.Struct, frozen=True):
    """One square of the heat map: of one county and duty, how many are done, late, still to be done, overdue."""

    done: int = 0
    late: int = 0
    due: int = 0
    overdue: int = 0
    mild: int = 0

    @property
    def total(self) -> int:
        """Return the number of duties so far; those whose time has not come are left out."""
        return self.done + self.late + self.due + self.overdue

    @property
    def text(self) -> str:
        """Return the square as it is printed: done of total, and how many are overdue."""
        return f"{self.done + self.late}/{self.total}" if self.total else ""


def heat(duties: Iterable[Duty]) -> dict[tuple[str, str], Cell]:
    """Return the squares by (county code, duty); the Office's own duties stand under no county."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for duty in duties:
        column = _COLUMN.get(duty.state)
        tally = counts.setdefault((duty.county, duty.what), Counter())
        if column is not None:
            tally[column] += 1
            tally["mild"] += duty.mild and column == "overdue"
    return {key: Cell(**tally) for key, tally in counts.items()}


_COLUMN = {
    State.DONE: "done",
    State.LATE: "late",
    State.BARE: "due",
    State.HALF: "due",
    State.DUE: "due",
    State.OVERDUE: "overdue",
}


def pressing(duties: Iterable[Duty], today: date, within: int = 10) -> list[Duty]:
    """Return what is to be done now: overdue, half done, without proof, or due within some days; the oldest first.

    Many periods of one duty that nobody cared for are one line, which leads to the oldest of them.
    """
    now = [
        duty
        for duty in duties
        if duty.state.open and duty.state is not State.AHEAD and (duty.due - today).days <= within
    ]
    return sorted(_gathered(now), key=lambda duty: (duty.mild, duty.due, duty.county, duty.rule))


def _gathered(duties: Iterable[Duty]) -> Iterator[Duty]:
    series: dict[tuple[str, str], list[Duty]] = {}
    for duty in duties:
        if duty.state is State.OVERDUE:
            series.setdefault((duty.what, duty.subject), []).append(duty)
        else:
            yield duty
    for late in series.values():
        late.sort(key=lambda duty: duty.due)
        if len(late) <= _LISTED:
            yield from late
        else:
            text = f"{late[0].period}等{len(late)}期"
            yield msgspec.structs.replace(late[0], period=text, periods=len(late), said=f"最近一期：{late[-1].period}")


_LISTED = 3
"""Overdue periods of one duty that are listed one by one."""
