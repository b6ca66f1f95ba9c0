"""One team's month of attendance as it stands: who served, what each half-day says, and how it counts."""

from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance import closing
from tuopin_desktop.domain.attendance.closing import Figure
from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.ledger import days_of, laid
from tuopin_desktop.domain.attendance.months import month_id, served, span_of
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Attendance, Correction, MonthClose, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.under import bound
from tuopin_desktop.services import checks
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.services.offices import county_called


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One posting of the month: its 31 days with slips and corrections laid over, the count, the frozen figure.

    `frozen` is None while the month is open, and for a posting entered after it was closed.
    """

    posting: Posting
    name: str
    position: str
    days: tuple[str, ...]
    month: Month
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
        return self.frozen is not None and self.frozen.counted != self.month.counted


class TeamMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A team's month: its members in the order of the team, what it is counted by, its close and corrections.

    `close` is the latest close, reopened or not; `terms` and `calendar` are those the month is judged by.
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

    @property
    def closed(self) -> bool:
        """Tell whether the month is closed now."""
        return closing.is_closed(self.close)

    @property
    def words(self) -> str:
        """Return the month as the office says it: 2019年5月."""
        return f"{self.first.year}年{self.first.month}月"


def county_of(desk: Desk, county: str) -> str:
    """Return the county meant: this county office's own, or the one named by code or name; raises Refused."""
    said = county_called(desk, county)
    if not said and desk.level is Level.COUNTY:
        return desk.scope
    if not said:
        raise refuse("county", "请写明是哪个旗县", "county")
    if said not in desk.vocabulary["旗县"].words or not said.startswith(desk.scope):
        raise refuse("county", f"“{county[:20]}”不是本单位管理的旗县", "county")
    return said


def read(
    desk: Desk, month: str, county: str = "", known: Facts | None = None, policy: Policy | None = None
) -> TeamMonth:
    """Return a team's month, judged by `policy` or that of the day.

    Raises Refused for a text that is no month, or a county that is not this office's.
    """
    code, span = county_of(desk, county), span_of(month)
    if span is None or len(month) != len("2018-06"):
        raise refuse("month", f"“{month[:20]}”不是月份，请写成 2018-06", "month")
    known = known or checks.facts(desk)
    today = policy or checks.policy_on(desk, known.today)
    facts, policy = known.terms(code, month, today)
    close = desk.store.get(MonthClose, f"{code}/{month}")
    posted = sorted(
        facts.postings_by_county.get(code, ()), key=lambda item: (team_order(item), item.since or date.max, item.id)
    )
    team = facts.team_by_county.get(code)
    return TeamMonth(
        county=code,
        team=(team.name if team else "") or f"{facts.county_name(code)}工作总队",
        month=month,
        first=span[0],
        last=span[1],
        members=tuple(_members(posted, month, known, today)),
        policy=policy,
        calendar=facts.closed.calendar_of(code),
        close=close,
        corrections=tuple(desk.store.rows(Correction, {"closing": close.id}) if close else ()),
        undated=tuple(facts.name_of(item.person) for item in posted if item.since is None),
    )


def _members(posted: Iterable[Posting], month: str, known: Facts, today: Policy) -> Iterable[Member]:
    for posting in posted:
        if served(posting, month) is None:
            continue
        facts, policy = bound(known, posting, month, today)
        held = next((item for item in facts.attendance_of.get(posting.id, ()) if item.month == month), None)
        stored = days_of(held or Attendance(id=month_id(posting.id, month)))
        days = tuple(laid(stored, month, facts.covers(posting.person, policy), facts.stays(posting)))
        counted = facts.counting(policy, posting.county).month(days, month, posting)
        assert counted is not None, "it serves in the month"
        yield Member(
            posting=posting,
            name=facts.name_of(posting.person),
            position=POSITION.word(posting.position),
            days=days,
            month=counted,
            frozen=facts.closed.figures.get((posting.id, month)),
        )
