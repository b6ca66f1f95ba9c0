"""Which days are worked: the State Council's yearly notices as a table; a year without one is said, never guessed."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.notice import Mark, examine
from tuopin_desktop.domain.problems import Problem, Trouble
from tuopin_desktop.domain.records import CalendarDay, CalendarYear


class YearTable(msgspec.Struct, frozen=True, kw_only=True):
    """One year's table: whether it counts, which notice it stands on, and what still speaks against it."""

    year: int
    is_known: bool
    source: str
    edition: int = 1
    problems: tuple[Problem, ...] = ()


class Calendar(msgspec.Struct, frozen=True, dict=True):
    """Special days and the years whose notice is known.

    `off` are holidays and moved rest days, `work` make-up workdays, both with their Chinese name. `marks` says more
    of each day, `tables` of each year. `local` are the days counties add by notices of their own: they count only in
    the calendar `of` that county. `fixed` are days taken from a closed month, known whatever their year is today.
    """

    off: dict[date, str]
    work: dict[date, str]
    years: frozenset[int]
    marks: dict[date, Mark] = {}
    tables: dict[int, YearTable] = {}
    local: dict[str, tuple[Mark, ...]] = {}
    county: str = ""
    fixed: frozenset[date] = frozenset()

    def knows(self, day: date) -> bool:
        """Tell whether the notice of the day's year is in the table."""
        return day.year in self.years or day in self.fixed

    def is_workday(self, day: date) -> bool | None:
        """Return whether a day is worked, None in a year whose notice is not known."""
        if not self.knows(day):
            return None
        if day in self.work:
            return True
        return day not in self.off and day.weekday() < 5

    def workdays(self, period: Period) -> float | None:
        """Return the workdays of a period by halves, None when part of it lies in an unknown year."""
        halves = 0
        for day in days_of(period.first, period.last):
            worked = self.is_workday(day)
            if worked is None:
                return None
            inside = period.within(day, day)
            halves += inside.halves if worked and inside else 0
        return halves / 2

    def next_workday(self, day: date, count: int = 1) -> date:
        """Return the day `count` workdays later; in an unknown year Monday to Friday are taken, which is said there."""
        while count:
            day += timedelta(days=1)
            worked = self.is_workday(day)
            count -= bool(day.weekday() < 5 if worked is None else worked)
        return day

    def of(self, owner: str) -> "Calendar":
        """Return the calendar of a county, or of the owner of a record: with its local days, without any other's."""
        if owner not in self.local:
            return self
        if owner not in self._counties:
            self._counties[owner] = _with(self, self.local[owner], owner)
        return self._counties[owner]

    @cached_property
    def _counties(self) -> dict[str, "Calendar"]:
        return {}

    def version(self, year: int) -> str:
        """Return which table of a year counts, in words a closed month keeps; its number tells any two tables apart."""
        number = f"，表号{self._number(year)}" if year in self.years and year in self.tables else ""
        return self.title(year) + number

    def title(self, year: int) -> str:
        """Return which table of a year counts, in the words of the window."""
        table = self.tables.get(year)
        if year not in self.years or table is None:
            return f"{year}年放假安排未登记"
        local = sum(mark.county != "" and mark.day.year == year for mark in self.marks.values())
        extra = f"，含地方假日{local}天" if local else ""
        return f"{year}年放假安排：{table.source}，第{table.edition}版{extra}"

    def _number(self, year: int) -> str:
        whole = self.day_signs(date(year, 1, 1), date(year, 12, 31))
        return f"{zlib.crc32(whole.encode()):08x}"

    def day_signs(self, first: date, last: date) -> str:
        """Return days as they count now, one sign each: 1 worked, 0 free, ? unknown. A closed month keeps this."""
        if (first, last) not in self._signs:
            self._signs[first, last] = "".join(
                "?" if (worked := self.is_workday(day)) is None else str(int(worked)) for day in days_of(first, last)
            )
        return self._signs[first, last]

    @cached_property
    def _signs(self) -> dict[tuple[date, date], str]:
        return {}  # the closed months of 57 teams ask for the same few

    def as_written(self, values: Mapping[date, str]) -> "Calendar":
        """Return the calendar in which closed months (first day -> what `day_signs` said) count as they were closed.

        Asked of the county's own calendar (`of`), because a month is closed for one team.
        """
        signs = {day: sign == "1" for day, sign in _spelled(values) if sign != "?"}
        off, work = dict(self.off), dict(self.work)
        for day, worked in signs.items():
            there, elsewhere = (work, off) if worked else (off, work)
            name = elsewhere.pop(day, "")
            if worked is not (day.weekday() < 5):
                there.setdefault(day, name)
        marks = {day: mark for day, mark in self.marks.items() if signs.get(day, mark.work) is mark.work}
        fixed = self.fixed | signs.keys()
        return msgspec.structs.replace(self, off=off, work=work, marks=marks, fixed=fixed, local={})


def _spelled(values: Mapping[date, str]) -> Iterable[tuple[date, str]]:
    """Yield day and sign of every closed month."""
    for first, signs in values.items():
        for number, sign in enumerate(signs):
            yield first + timedelta(days=number), sign


def days_of(first: date, last: date) -> Iterable[date]:
    """Yield every day from first to last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def read_calendar(rows: Iterable[Mapping[str, str]]) -> Calendar:
    """Return the calendar of table rows with `date`, `day` (off or work), `kind`, `name`, `status`; raises Trouble.

    A year counts as known when its rows are final; provisional rows alone do not make a year known.
    """
    marks: dict[date, Mark] = {}
    final: dict[int, bool] = defaultdict(bool)
    for row in rows:
        try:
            day = date.fromisoformat(row["date"])
            work = {"off": False, "work": True}[row["day"]]
            marks[day] = Mark(day, work, row.get("kind", ""), row["name"], row.get("notice_url", ""))
            final[day.year] |= row["status"] == "final"
        except (KeyError, ValueError) as error:
            raise Trouble("节假日表有误，请检查文件或重新导入。") from error
    tables = {
        year: YearTable(year=year, is_known=is_known, source="随程序的节假日表") for year, is_known in final.items()
    }
    return _made(marks, tables, {})


def entered(shipped: Calendar, days: Iterable[CalendarDay], years: Iterable[CalendarYear]) -> Calendar:
    """Return the shipped calendar with what the region office and the counties entered laid over it, day by day.

    A year that does not ship whole is known once its record is verified and nothing speaks against its table. The
    owner of a day's record decides where it holds, not what its fields say.
    """
    marks, local = dict(shipped.marks), defaultdict(list)
    for record in days:
        if record.date is None or record.deleted:
            continue
        owner = ids.owner(record.id)
        if owner != ids.REGION and ids.level_of(owner) is not ids.Level.COUNTY:
            continue  # no notice is made for a league
        here = "" if owner == ids.REGION else owner
        mark = Mark(record.date, record.day == "work", record.nature, record.name, record.notice, here)
        if here:
            local[here].append(mark)
        else:
            marks[record.date] = mark
    tables = dict(shipped.tables)
    for calendar_year in years:
        if calendar_year.year is not None and not calendar_year.deleted:
            tables[calendar_year.year] = year_table(
                calendar_year, marks.values(), shipped.tables.get(calendar_year.year)
            )
    return _made(marks, tables, {county: tuple(of) for county, of in local.items()})


def year_table(calendar_year: CalendarYear, marks: Iterable[Mark], shipped: YearTable | None = None) -> YearTable:
    """Return the table of an entered year; a year that ships whole stays known while it is being corrected."""
    year = calendar_year.year or 0
    problems = tuple(examine(year, marks, calendar_year.note))
    is_known = (calendar_year.verified and not problems) or (shipped is not None and shipped.is_known)
    return YearTable(
        year=year, is_known=is_known, source=calendar_year.notice, edition=calendar_year.edition or 1, problems=problems
    )


def _made(marks: dict[date, Mark], tables: dict[int, YearTable], local: dict[str, tuple[Mark, ...]]) -> Calendar:
    off = {day: mark.name for day, mark in marks.items() if not mark.work}
    work = {day: mark.name for day, mark in marks.items() if mark.work}
    return Calendar(off, work, frozenset(y for y, t in tables.items() if t.is_known), marks, tables, local)


def _with(region: Calendar, own: tuple[Mark, ...], county: str) -> Calendar:
    calendar = _made({**region.marks, **{mark.day: mark for mark in own}}, region.tables, {})
    return msgspec.structs.replace(calendar, county=county)
