"""Days of attendance and subsidy by person and month for an audit, each held against calendar, close and slips."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance.closing import ClosedMonths, Figure, as_closed
from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.laidover import days_of
from tuopin_desktop.domain.attendance.months import following, month_id, served, span_of
from tuopin_desktop.domain.halves import parse_half, parse_stored
from tuopin_desktop.domain.records import Attendance, Correction, LeaveSlip, Posting

_WORKED = "wtn"
_EXCUSED = "lu"


class DayRow(msgspec.Struct, frozen=True, kw_only=True):
    """One posting's month in days: of the calendar, in post, attended, on leave, subsidised, as it was closed.

    `differences` are what does not agree, in words; `fits` is whether no more was attended than the month has days.
    """

    posting: Posting
    month: str
    month_days: int
    in_post: int
    attended: float
    leave: float
    subsidised: float
    frozen: float | None
    differences: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Tell whether the days attended are no more than the days of the month."""
        return self.attended <= self.month_days


class Audited(msgspec.Struct, frozen=True, kw_only=True):
    """The records days are told from."""

    postings: Sequence[Posting]
    months: Sequence[Attendance]
    books: ClosedMonths
    corrections: Sequence[Correction]
    slips: Sequence[LeaveSlip]


def day_rows(records: Audited, first: date, last: date) -> list[DayRow]:
    """Return a row of every month somebody served in or has marks in, in the order of persons and months."""
    as_read = {one.id: one for one in as_closed(records.months, records.books, records.corrections, records.postings)}
    leave = _leave(records.slips)
    rows = [
        _row(posting, month, as_read.get(month_id(posting.id, month)), records.books, leave)
        for posting in records.postings
        for month in _months(posting, as_read, first, last)
    ]
    return _together(rows, as_read)


def _months(posting: Posting, as_read: Mapping[str, Attendance], first: date, last: date) -> Iterator[str]:
    day = first.replace(day=1)
    while day <= last:
        month = f"{day:%Y-%m}"
        record = as_read.get(month_id(posting.id, month))
        if served(posting, month) or (record is not None and any(days_of(record))):
            yield month
        day = following(day)


def _leave(slips: Iterable[LeaveSlip]) -> Mapping[str, Sequence[tuple[LeaveSlip, frozenset[tuple[date, int]]]]]:
    """Return by posting the slips that stand, each with the half-days it took."""
    halves_away: dict[str, list[tuple[LeaveSlip, frozenset[tuple[date, int]]]]] = defaultdict(list)
    for slip in slips:
        period = parse_stored(slip.period)
        if period is None or slip.ended or slip.deleted:
            continue
        back = parse_half(slip.returned) if slip.returned else None
        end = (period.last, int(period.last_half == "pm"))
        start = (period.first, int(period.first_half == "pm"))
        some = {
            (day, half)
            for day in _days(period.first, period.last)
            for half in (0, 1)
            if start <= (day, half) <= end and (back is None or (day, half) < (back[0], int(back[1] == "pm")))
        }
        halves_away[slip.posting].append((slip, frozenset(some)))
    return halves_away


def _days(first: date, last: date) -> Iterator[date]:
    for place in range((last - first).days + 1):
        yield first + timedelta(days=place)


def _row(
    posting: Posting,
    month: str,
    record: Attendance | None,
    books: ClosedMonths,
    leave: Mapping[str, Sequence[tuple[LeaveSlip, frozenset[tuple[date, int]]]]],
) -> DayRow:
    span, own = span_of(month), tuple(days_of(record)) if record is not None else ("",) * 31
    assert span is not None, "only months are asked for"
    line = books.rolls.line(posting, month)
    days = line.days(own, month) if line is not None else own
    marks = [half for day in days for half in halves(day) if half]
    figure = books.figures.get((posting.id, month))
    in_post = served(posting, month)
    row = DayRow(
        posting=posting,
        month=month,
        month_days=span[1].day,
        in_post=(in_post[1] - in_post[0]).days + 1 if in_post else 0,
        attended=sum(half[1] in _WORKED for half in marks) / 2,
        leave=sum(half[1] == "l" for half in marks) / 2,
        subsidised=sum(half[0] != AWAY for half in marks) / 2,
        frozen=figure.days if figure is not None else None,
        differences=(),
    )
    differences = (
        *_beyond(days, span[1], in_post),
        *_against_close(row, figure),
        *_subsidy(row, marks),
        *_on_leave(own, span[0], leave.get(posting.id, ())),
    )
    return msgspec.structs.replace(row, differences=differences)


def _beyond(days: Sequence[str], last: date, in_post: tuple[date, date] | None) -> Iterator[str]:
    over = [place for place, day in enumerate(days, 1) if day and place > last.day]
    if over:
        yield f"{last.month}月没有{'、'.join(map(str, over))}日，却有考勤登记"
    outside = [
        place
        for place, day in enumerate(days[: last.day], 1)
        if day and (in_post is None or not in_post[0].day <= place <= in_post[1].day)
    ]
    if outside:
        yield f"{'、'.join(map(str, outside))}日不在派驻期间，却有考勤登记"


def _against_close(row: DayRow, figure: Figure | None) -> Iterator[str]:
    if not row.fits:
        yield f"出勤{row.attended:g}天，多于当月{row.month_days}天"
    if figure is None:
        return
    if figure.days > row.month_days or figure.days > figure.in_post:
        yield f"结账计入{figure.days:g}天，多于在派{figure.in_post}天（当月{row.month_days}天）"
    if figure.in_post != row.in_post:
        yield f"结账时在派{figure.in_post}天，按现登记的派驻起止为{row.in_post}天"


def _subsidy(row: DayRow, marks: Sequence[str]) -> Iterator[str]:
    if row.subsidised > row.in_post:
        yield f"补助{row.subsidised:g}天，多于在派{row.in_post}天"
    if idle := sum(half[0] != AWAY and half[1] in _EXCUSED for half in marks):
        yield f"补助天数中有{idle / 2:g}天登记为请假或无正当理由"
    if row.subsidised > row.attended:
        yield f"补助{row.subsidised:g}天，出勤{row.attended:g}天，差{row.subsidised - row.attended:g}天（在旗县休息等）"


def _on_leave(
    own: Sequence[str], first: date, slips: Iterable[tuple[LeaveSlip, frozenset[tuple[date, int]]]]
) -> Iterator[str]:
    present = {
        (first + timedelta(days=place), half)
        for place, day in enumerate(own)
        for half, mark in enumerate(halves(day))
        if mark and mark[0] != AWAY and mark[1] in _WORKED
    }
    for slip, away in slips:
        if both := present & away:
            yield f"报备单{slip.number}请假期间有{len(both) / 2:g}天登记在岗"


def _together(rows: Sequence[DayRow], as_read: Mapping[str, Attendance]) -> list[DayRow]:
    """Return the rows with what several postings of one person in one month say together."""
    groups: dict[tuple[str, str], list[DayRow]] = defaultdict(list)
    for row in rows:
        groups[(row.posting.person, row.month)].append(row)
    return [
        msgspec.structs.replace(row, differences=(*row.differences, *_twice(groups[key], as_read)))
        for row in rows
        for key in [(row.posting.person, row.month)]
    ]


def _twice(rows: Sequence[DayRow], as_read: Mapping[str, Attendance]) -> Iterator[str]:
    if len(rows) < 2:
        return
    total = sum(row.attended for row in rows)
    if total > rows[0].month_days:
        yield f"本人当月各派驻合计出勤{total:g}天，多于当月{rows[0].month_days}天"
    records = [as_read[name] for row in rows if (name := month_id(row.posting.id, row.month)) in as_read]
    pairs = [
        [(place, half) for place, day in enumerate(days_of(one), 1) for half, mark in enumerate(halves(day)) if mark]
        for one in records
    ]
    marked = [one for some in pairs for one in some]
    if double := sorted({place for place, half in marked if marked.count((place, half)) > 1}):
        yield f"{'、'.join(map(str, double))}日在两处都有考勤登记"
