"""The logs of a team in a week with its gaps, a day of several people kept at once, and a person's month."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance import codes
from tuopin_desktop.domain.attendance.months import month_id, span_of
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.facts import Facts, days_known, serves
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.problems import Problem, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import DailyLog, Posting
from tuopin_desktop.domain.validate import tidy
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.journals.people import Member, county_of, members
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import daysahead
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_BACK = 14
"""Days looked back for the place to propose."""


class DayRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person's day: the log, what attendance says of it in words, and whether a log is wanted and missing.

    `place` and `place_kind` are those of the last log before, proposed where none is written yet.
    """

    member: Member
    day: date
    serving: bool
    log: DailyLog | None
    marked: str
    due: bool
    gap: bool
    place: str = ""
    place_kind: str = ""


class WeekSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A team's week: its people in order, and their days by (posting, day)."""

    county: str
    week: str
    days: tuple[date, ...]
    members: tuple[Member, ...]
    rows: dict[tuple[str, date], DayRow]

    def of_day(self, day: date) -> list[DayRow]:
        """Return a day's rows of those who serve on it."""
        day_rows = [self.rows[item.posting.id, day] for item in self.members]
        return [row for row in day_rows if row.serving]

    @property
    def gaps(self) -> list[DayRow]:
        """Return the days that want a log and have none, by day and person."""
        return [row for day in self.days for row in self.of_day(day) if row.gap]

    @property
    def log_count(self) -> int:
        """Return how many logs there are."""
        return sum(row.log is not None for row in self.rows.values())


def week(desk: Desk, week_code: str, county: str = "") -> WeekSheet:
    """Return a team's week; raises Refused for a text that is no week."""
    code = county_of(desk, county)
    days = weeks.days(weeks.read_week(week_code))
    if not days:
        raise refuse("week", f"没有“{week_code[:20]}”这一周，请写成 2018-W23，或该周任一天的日期", "week")
    team = members(desk, code, days)
    daily_log_by_key = _held(desk, team, [days[0] - timedelta(days=back) for back in range(_BACK, 0, -1)] + list(days))
    marks = _Marks(desk, code, days)
    rows = {(item.posting.id, day): _row(desk, item, day, daily_log_by_key, marks) for item in team for day in days}
    return WeekSheet(county=code, week=weeks.week_of(days[0]), days=days, members=tuple(team), rows=rows)


def _held(desk: Desk, team: Iterable[Member], days: Sequence[date]) -> dict[str, DailyLog]:
    names = [log_id(item.posting.id, day) for item in team for day in days]
    return {log.id: log for log in desk.store.rows(DailyLog, among=names)}


def _row(desk: Desk, item: Member, day: date, daily_log_by_key: dict[str, DailyLog], marks: "_Marks") -> DayRow:
    log = daily_log_by_key.get(log_id(item.posting.id, day))
    code, due = marks.of(item.posting, day)
    before = (daily_log_by_key.get(log_id(item.posting.id, day - timedelta(days=back))) for back in range(1, _BACK + 1))
    last = next((one for one in before if one is not None and one.place), None)
    return DayRow(
        member=item,
        day=day,
        serving=serves(item.posting, day),
        log=log,
        marked=code,
        due=due,
        gap=due and log is None and day < desk.today(),
        place=last.place if last else "",
        place_kind=last.place_kind if last else "",
    )


class _Marks:
    """What attendance and slips say of the days of one or two months of a team."""

    def __init__(self, desk: Desk, county: str, days: Sequence[date]) -> None:
        self._facts: dict[str, Facts] = {}
        for month in dict.fromkeys(f"{day:%Y-%m}" for day in days):
            self._facts[month] = near.facts_of(desk, month, county)
        self._policy = judging.policy_on(desk, desk.today())

    def of(self, posting: Posting, day: date) -> tuple[str, bool]:
        """Return a day's marks in words, empty where nothing is known, and whether it wants a log."""
        month = f"{day:%Y-%m}"
        facts = self._facts[month]
        record = next((item for item in facts.attendance if item.id == month_id(posting.id, month)), None)
        if record is None:
            return "", False
        known_names = days_known(facts, record, posting, self._policy)
        due = facts.counting(self._policy.on(day.replace(day=1)), posting.county).log_days
        count = due.days(known_names, month, posting)
        return _words(known_names[day.day - 1]), bool(count >> (day.day - 1) & 1)


def _words(stored: str) -> str:
    morning, afternoon = codes.halves(stored)
    if not stored:
        return ""
    if morning[:2] == afternoon[:2]:
        return codes.mark_words(morning)
    return "，".join(
        f"{half}{codes.mark_words(code)}" for half, code in (("上午", morning), ("下午", afternoon)) if code
    )


def keep(desk: Desk, logs: Sequence[DailyLog]) -> dict[str, tuple[Problem, ...]]:
    """Write several logs in one go: all, or none and the problems by log id.

    A log in which nothing stands is taken away where one was kept, and is nothing where none was.
    """
    changes, wrong = [], {}
    for log in (tidy(one) for one in logs):
        daily_log = desk.store.get(DailyLog, log.id)
        if _empty(log):
            if daily_log is not None and not daily_log.deleted:
                changes.append(Change("daily_log", log.id, {"deleted": 1}))
            continue
        table = difference(scalars(daily_log) if daily_log else {}, scalars(log))
        denied = may_write(desk.scope, DailyLog, log.id, table) if table else None
        if problems := [*registers.check(desk, log), *daysahead.ahead(desk, log, table), *([denied] if denied else [])]:
            wrong[log.id] = tuple(problems)
        elif table:
            changes.append(Change("daily_log", log.id, table))
    if not wrong and changes:
        desk.commit(changes)
    return wrong


def _empty(log: DailyLog) -> bool:
    return not (log.text or log.paper_seen_by or log.paper_seen or log.households is not None)


class MonthLogs(msgspec.Struct, frozen=True, kw_only=True):
    """A person's month: the logs in order, and the days on post that have none."""

    member: Member
    month: str
    logs: tuple[DailyLog, ...]
    due: tuple[date, ...]
    gaps: tuple[date, ...]


def month(desk: Desk, which: str, county: str = "") -> list[MonthLogs]:
    """Return a month `YYYY-MM` of everyone of a team; raises Refused for a text that is no month."""
    code, span = county_of(desk, county), span_of(which)
    if span is None:
        raise refuse("month", f"“{which[:20]}”不是月份，请写成2019-06", "month")
    days = tuple(span[0] + timedelta(days=place) for place in range(span[1].day))
    team = members(desk, code, days)
    daily_log_by_key = _held(desk, team, days)
    marks = _Marks(desk, code, days)
    month_logses = []
    for item in team:
        due = tuple(day for day in days if marks.of(item.posting, day)[1] and day < desk.today())
        own = tuple(log for day in days if (log := daily_log_by_key.get(log_id(item.posting.id, day))) is not None)
        date_s = {log.date for log in own}
        gaps = tuple(day for day in due if day not in date_s)
        month_logses.append(MonthLogs(member=item, month=which, logs=own, due=due, gaps=gaps))
    return month_logses
