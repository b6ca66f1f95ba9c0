"""What the settings page asks in the worker thread."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.notice import Mark
from tuopin_desktop.domain.records import CalendarDay, CalendarYear, Office
from tuopin_desktop.services.office import calendars, files, library, settings
from tuopin_desktop.services.office.calendars import YearState
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import holidays, registers
from tuopin_desktop.services.rulings import rulings, trials
from tuopin_desktop.services.rulings.rulings import Flip, OpenQuestion, Progress


class DayRow(msgspec.Struct, frozen=True, kw_only=True):
    """One special day: what is said of it, and its record when it was entered and does not ship with the program."""

    mark: Mark
    record: CalendarDay | None
    mine: bool

    @property
    def origin(self) -> str:
        """Return in words where the day comes from."""
        if self.record is None:
            return "随程序"
        return "旗县登记" if self.mark.county else "自治区登记"


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """A year for the screen: how it stands, its special days, its record, and how each day and month counts."""

    state: YearState
    days: tuple[DayRow, ...]
    record: CalendarYear
    worked: Mapping[date, bool]
    months: tuple[int | None, ...]


def years(desk: Desk, county: str) -> list[YearState]:
    """Return every year anything is known of, this one and the next even when nothing is, newest first."""
    year_state_by_number = {state.year: state for state in calendars.years(desk, county)}
    for year in (desk.today().year, desk.today().year + 1):
        year_state_by_number.setdefault(year, calendars.year_state(desk, year, county))
    return [year_state_by_number[year] for year in sorted(year_state_by_number, reverse=True)]


def year_view(desk: Desk, year: int, county: str) -> YearView:
    """Return one year as it stands in a county, or for the whole region."""
    standing = calendars.calendar(desk, county)
    state = calendars.state_of(standing, year)
    worked = {
        day: workday
        for day in days_of(date(year, 1, 1), date(year, 12, 31))
        if (workday := standing.is_workday(day)) is not None
    }
    months = tuple(_workdays(worked, month) for month in range(1, 13))
    days = tuple(_day(desk, mark) for mark in state.table)
    return YearView(state=state, days=days, record=holidays.year_record(desk, year), worked=worked, months=months)


def _workdays(worked: Mapping[date, bool], month: int) -> int | None:
    return sum(workday for day, workday in worked.items() if day.month == month) if worked else None


def _day(desk: Desk, mark: Mark) -> DayRow:
    owner = mark.county or ids.REGION
    calendar_day = desk.store.get(CalendarDay, f"{owner}/{mark.day.isoformat()}")
    mine = owner.startswith(desk.scope)
    return DayRow(
        mark=mark, record=calendar_day if calendar_day is not None and not calendar_day.deleted else None, mine=mine
    )


def new_day(desk: Desk, day: date | None, county: str) -> CalendarDay:
    """Return a day to be entered; in a county, or for one, it is a local holiday."""
    record = registers.blank(desk, CalendarDay, county)
    local = county or (desk.scope if desk.level is Level.COUNTY else "")
    if local:
        return msgspec.structs.replace(record, date=day, day="off", nature="local", county=local)
    if day is None:
        return record
    weekend = day.weekday() >= 5
    nature = "makeup_work" if weekend else "moved_rest"
    return msgspec.structs.replace(record, date=day, day="work" if weekend else "off", nature=nature)


# -- rulings


def article(_desk: Desk, number: int) -> str:
    """Return an article's words, or nothing for a number there is not."""
    article_text = library.measure().articles.get(number)
    return f"{article_text.name} {article_text.text}" if article_text else ""


def trial(desk: Desk, question: OpenQuestion, value: str, applies: date | None, progress: Progress) -> list[Flip]:
    """Try a value from a day on, or from today; nothing is written."""
    return rulings.what_if(desk, question.key, value, applies=applies, pack=question.pack, progress=progress)


def save_trial(desk: Desk, question: OpenQuestion, text: str, flips: list[Flip], path: Path) -> Path:
    """Write what a trial found as a workbook."""
    return files.write(desk, path, trials.xlsx(desk, question, text, flips))


# -- the office


class OwnOffice(msgspec.Struct, frozen=True):
    """The office's own record and what it chose for itself."""

    record: Office
    chosen: Mapping[str, settings.Value]


def own_office(desk: Desk) -> OwnOffice:
    """Return the office's record and choices."""
    return OwnOffice(desk.office, settings.values(desk))


def save_office(desk: Desk, record: Office) -> OwnOffice:
    """Save the office's record; raises Refused."""
    registers.save(desk, record)
    return own_office(desk)
