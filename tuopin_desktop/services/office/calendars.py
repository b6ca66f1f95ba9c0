"""The calendar an office works by: the shipped table, the region office's notices over it, and counties' local days."""

from typing import Literal, TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.belonging import stated_id
from tuopin_desktop.domain.calendar import Calendar, entered, year_table
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.notice import Mark, day_problem
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import CalendarDay, CalendarYear
from tuopin_desktop.services.office import library
from tuopin_desktop.services.office.desk import Desk

FIRST_YEAR, LAST_YEAR = 2018, 2099
_KINDS = frozenset({CalendarDay.kind.name, CalendarYear.kind.name})
"""What the calendar is made of, beside the table that ships."""

R = TypeVar("R", bound=Record)


State = Literal["known", "provisional", "unknown"]


class YearState(msgspec.Struct, frozen=True, kw_only=True):
    """The holiday table of a year for the window: its state, one sentence, its problems, the table and its version."""

    year: int
    state: State
    text: str
    version: str
    problems: tuple[Problem, ...]
    table: tuple[Mark, ...]


def calendar(desk: Desk, county: str = "") -> Calendar:
    """Return the calendar as it stands today, of a county when one is said; a county office's is its own.

    Above the county, ask the result for a record's county: `calendar(desk).of(ids.owner(record.id))`.
    """
    return desk.lasting(_KINDS, "calendar", lambda: _whole(desk)).of(county or desk.scope)


def _whole(desk: Desk) -> Calendar:
    return entered(library.calendar(), desk.store.rows(CalendarDay), desk.store.rows(CalendarYear))


def year_state(desk: Desk, year: int, county: str = "") -> YearState:
    """Return the state of a year's holiday table in this office."""
    return state_of(calendar(desk, county), year)


def years(desk: Desk, county: str = "") -> list[YearState]:
    """Return every year of which anything is known or entered, oldest first."""
    standing = calendar(desk, county)
    named = {*standing.tables, *(day.year for day in standing.marks)}
    return [state_of(standing, year) for year in sorted(named)]


def state_of(standing: Calendar, year: int) -> YearState:
    """Return the state of a year's holiday table in a given calendar."""
    table = standing.tables.get(year)
    marks = tuple(mark for day, mark in sorted(standing.marks.items()) if day.year == year)
    problems = table.problems if table else ()
    state: State
    if year in standing.years:
        state, text = "known", standing.title(year)
    elif table is not None or any(not mark.county for mark in marks):
        state = "provisional"
        text = f"{year}年放假安排还不全，工作日暂不计算；请自治区办公室按通知录入调休并核对"
    else:
        state = "unknown"
        text = f"{year}年放假安排尚未登记，工作日暂不计算；请等国务院办公厅通知，由自治区办公室登记"
    if problems:
        text += "：" + "；".join(problem.sentence for problem in problems)
    return YearState(
        year=year,
        state=state,
        text=text,
        version=standing.version(year),
        problems=problems,
        table=marks,
    )


def settled(desk: Desk, record: R) -> R:
    """Return a calendar record under its natural id, so that a day or a year entered twice is one record.

    A record that is kept already keeps its id: `problems` says why it cannot become another day.
    """
    target = natural_id(desk, record)
    if not target or target == record.id or _held(desk, record, record.id) or _held(desk, record, target):
        return record
    return msgspec.structs.replace(record, id=target)


def day_settled(desk: Desk, calendar_day: CalendarDay) -> CalendarDay:
    """Return a day settled, with a county office named as the one it is for."""
    if not calendar_day.county and desk.level is Level.COUNTY:
        calendar_day = msgspec.structs.replace(calendar_day, county=desk.scope)
    return settled(desk, calendar_day)


def natural_id(desk: Desk, record: Record) -> str:
    """Return the id a calendar record has by what it says, "" for other kinds and while that is not yet said."""
    values = msgspec.structs.asdict(record)
    if desk.level is Level.COUNTY:
        values["county"] = values.get("county") or desk.scope
    return stated_id(record.kind, values)


def _held(desk: Desk, record: Record, record_id: str) -> bool:
    before = desk.store.get(type(record), record_id)
    return before is not None and not before.deleted


def year_problems(desk: Desk, calendar_year: CalendarYear) -> list[Problem]:
    """Return what keeps a year of the calendar from being saved, beyond its fields."""
    record = settled(desk, calendar_year)
    return _misplaced(desk, record, "year") + _year(desk, record)


def day_problems(desk: Desk, calendar_day: CalendarDay) -> list[Problem]:
    """Return what keeps a day of the calendar from being saved, beyond its fields."""
    record = day_settled(desk, calendar_day)
    return _misplaced(desk, record, "date") + _day(desk, record)


def _misplaced(desk: Desk, record: Record, name: str) -> list[Problem]:
    target = natural_id(desk, record)
    if not target or target == record.id:
        return []
    if _held(desk, record, target):
        return [Problem(code="calendar.twice", sentence="这一天（年度）已经登记，请修改原来的一条", fields=(name,))]
    sentence = "已登记的节假日不能改到另一天（年度、旗县），请删去这一条另行登记"
    return [Problem(code="calendar.moved", sentence=sentence, fields=(name,))]


def _year(desk: Desk, calendar_year: CalendarYear) -> list[Problem]:
    if calendar_year.year is None:
        return []
    if not FIRST_YEAR <= calendar_year.year <= LAST_YEAR:
        sentence = f"年度{calendar_year.year}不可信，应在{FIRST_YEAR}至{LAST_YEAR}之间"
        return [Problem(code="calendar.year", sentence=sentence, fields=("year",))]
    if not calendar_year.verified:
        return []
    standing = entered(library.calendar(), desk.store.rows(CalendarDay), ())
    return list(year_table(calendar_year, standing.marks.values()).problems)


def _day(desk: Desk, calendar_day: CalendarDay) -> list[Problem]:
    if calendar_day.date is None or not calendar_day.nature or not calendar_day.day:
        return []
    wrong = day_problem(calendar_day.date, calendar_day.nature, work=calendar_day.day == "work")
    return [
        *([wrong] if wrong else []),
        *(_local(calendar_day) if calendar_day.county else _everywhere(desk, calendar_day, calendar_day.date.year)),
    ]


def _local(calendar_day: CalendarDay) -> list[Problem]:
    if calendar_day.nature != "local":
        sentence = "旗县只登记地方假日；全区统一的放假日由自治区办公室按国务院办公厅通知登记"
        return [Problem(code="calendar.local", sentence=sentence, fields=("nature",))]
    if not calendar_day.notice:
        return [Problem(code="calendar.notice", sentence="地方假日请填写依据文号", fields=("notice",))]
    return []


def _everywhere(desk: Desk, calendar_day: CalendarDay, year: int) -> list[Problem]:
    if calendar_day.nature == "local":
        return [Problem(code="calendar.county", sentence="地方假日请填写是哪个旗县", fields=("county",))]
    if year not in library.calendar().tables and not _held(desk, CalendarYear(), f"{ids.REGION}/{year}"):
        sentence = f"{year}年尚未登记年度通知：先登记“节假日年度”，再录入这一年的日子；年份写错的请更正"
        return [Problem(code="calendar.unnoticed", sentence=sentence, fields=("date",))]
    return []
