"""A month of attendance against its posting: which days it may have, and what a row of a sheet makes of it."""

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from tuopin_desktop.domain.attendance.codes import halves, imported, join
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, Scalar, build, scalars
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.records.attendance import DAYS

Said = Mapping[str, Scalar]
"""A row of a sheet by column: `d01.am`, `d01.pm`, or `d01` for a cell that means the whole day."""


def month_id(posting: str, month: str) -> str:
    """Return the id of a posting's month: two offices that key the same month meet in one record."""
    return f"{posting}/{month}"


@lru_cache(maxsize=1024)
def span_of(month: str) -> tuple[date, date] | None:
    """Return the first and last day of a month `YYYY-MM`, or None when it is not one."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def begins(month: str) -> date:
    """Return the first day of a month, whose rulings it is judged under; of a text that is none the first of all."""
    span = span_of(month)
    return span[0] if span else date.min


def following(first: date) -> date:
    """Return the first day of the month after one, by its first day."""
    return first + timedelta(days=calendar.monthrange(first.year, first.month)[1])


def served(posting: Posting, month: str) -> tuple[date, date] | None:
    """Return the first and last day of the month in post; None when the posting does not touch it."""
    span = span_of(month)
    if span is None or posting.since is None:
        return None
    first, last = max(span[0], posting.since), min(span[1], posting.until or span[1])
    return (first, last) if first <= last else None


def why_not(number: int, month: str, posting: Posting) -> str:
    """Return why a day of the month cannot have attendance, in Chinese; empty when it can."""
    span = span_of(month)
    if span is None or number > span[1].day:
        return f"{month}没有{number}日"
    day = span[0].replace(day=number)
    if posting.since is None or day < posting.since:
        return f"{day}在派驻起{posting.since or '（未登记）'}之前，不能登记考勤"
    if posting.until is not None and day > posting.until:
        return f"{day}在派驻止{posting.until}之后，不能登记考勤"
    return ""


def problems_of(record: Attendance, posting: Posting) -> list[Problem]:
    """Return what keeps a month from being saved: its id, and days outside the month or the posting."""
    problems = []
    if span_of(record.month) is None or record.id != month_id(posting.id, record.month):
        problems.append(_problem("month", "考勤的月份与人员、记录号不相符，请从该人员的月份重新录入", "month"))
    for number, name in enumerate(DAYS, 1):
        if getattr(record, name) and (why := why_not(number, record.month, posting)):
            problems.append(_problem("day", why, name))
    return problems


def month_changes(
    table: Said, postings: Sequence[Posting], record_by_key: Mapping[str, Record], *, named: bool
) -> list[tuple[Record | None, Attendance]]:
    """Return (before, after) of every month record a row comes to; raises Refused for days nobody served.

    Several postings of one person in a month share the row by their days; on a hand-over day the later one counts. An
    empty cell empties a half only in a row that is `named` by its record number.
    """
    month = str(table["month"])
    problems: list[Problem] = []
    shares: dict[str, dict[str, str]] = {posting.id: {} for posting in postings}
    for number, name in enumerate(DAYS, 1):
        keys = [key for key in (f"{name}.am", f"{name}.pm", name) if key in table]
        stated = [key for key in keys if table[key]]
        if not (stated or (named and keys)):
            continue
        whys = {posting.id: why_not(number, month, posting) for posting in postings}
        fitting = [posting.id for posting in postings if not whys[posting.id]]
        if fitting:
            before = record_by_key.get(month_id(fitting[-1], month))
            shares[fitting[-1]][name] = _day(table, name, getattr(before, name) if before else "", named=named)
        elif stated:
            problems.append(_problem("day", next(iter(whys.values())), *stated))
    if problems:
        raise Refused(problems)
    return [pair for posting in postings for pair in _pair(posting.id, month, shares[posting.id], record_by_key)]


def _day(table: Said, name: str, before: str, *, named: bool) -> str:
    """Return a day as the row leaves it; a mark that is there already keeps its source."""
    whole = halves(str(table.get(name) or ""))
    lines = []
    for part, standing, day in zip(("am", "pm"), halves(before), whole, strict=True):
        code = str(table.get(f"{name}.{part}") or "") or day
        stored = standing if code[:2] == standing[:2] or not (code or named) else imported(code)
        lines.append(stored)
    return join(*lines)


def _pair(
    posting: str, month: str, days: Mapping[str, str], record_by_key: Mapping[str, Record]
) -> Iterable[tuple[Record | None, Attendance]]:
    record_id = month_id(posting, month)
    before = record_by_key.get(record_id)
    if before is None and not any(days.values()):
        return
    values = {**(scalars(before) if before else {}), "posting": posting, "month": month, **days, "deleted": None}
    yield before, build(Attendance, record_id, {name: value or None for name, value in values.items()})


def _problem(code: str, sentence: str, *names: str) -> Problem:
    return Problem(code=code, sentence=sentence, fields=names, article=10)


def months_over(first: date, today: date) -> Iterator[str]:
    """Yield the months (YYYY-MM) from that of a first day to the last one that is over today."""
    year, month = first.year, first.month
    while (year, month) < (today.year, today.month):
        yield f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
