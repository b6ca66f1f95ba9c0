"""Attendance as offices keep it: the month in the title, mornings and afternoons in rows of their own."""

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.intake.daycells import day_of, weekday_of
from tuopin_desktop.domain.intake.headers import Header, is_day_heading
from tuopin_desktop.domain.intake.questions import Question
from tuopin_desktop.domain.intake.verdicts import Raw
from tuopin_desktop.domain.officialdays import plain

_YEAR_MONTH = re.compile(r"(20[0-9]{2})\s*[年./-]\s*(1[0-2]|0?[1-9])(?![0-9])\s*月?")
_MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])\s*月(?!\s*[0-9])")
_UNTIL = re.compile(r"[至到~—–-]\s*(?:(20[0-9]{2})\s*[年./-]\s*)?(1[0-2]|0?[1-9])\s*[月.](?=\s*[0-9])")
"""The end of a period, 6月26日—7月25日: a month although a day stands behind it, as in no date of signing."""

_FROM = re.compile(
    r"(?<![0-9])(1[0-2]|0?[1-9])(?:\s*[月.]\s*[0-9]{1,2}[日号]?\s*[)]?\s*[至到~—–-]|\s*[、和及至到~—–-]\s*[0-9]{1,2}\s*月)"
)
_YEAR = re.compile(r"(20[0-9]{2})\s*年")
_HALVES = {"上午": 0, "上": 0, "am": 0, "早": 0, "下午": 1, "下": 1, "pm": 1, "晚": 1}
_BLANK = "-"


class Month(msgspec.Struct, frozen=True):
    """The month of a sheet that has no column for it: `value` as 2018-07, where it was read, or what is asked."""

    value: str = ""
    source: str = ""
    question: Question | None = None


def days_of(header: Header) -> list[int]:
    """Return the columns that are days of the month."""
    return [place for place in header.columns if is_day_heading(header, place)]


def month_of(rows: Sequence[Sequence[Raw]], header: Header, sheet: str, file: str) -> Month:
    """Return the month by the title, else by the days' headings, the sheet's name, the file's name."""
    titles = [str(cell) for row in rows[: header.first - 1] for cell in row if isinstance(cell, str) and cell.strip()]
    headings = [cell for row in rows[header.first - 1 : header.last] for cell in row]
    sources = [
        ("标题", _spoken(titles)),
        ("日期表头", _headed(header, headings)),
        ("工作表名", _spoken([sheet])),
        ("文件名", _spoken([file])),
    ]
    months = {month for name, spoken in sources[:3] for _, month in spoken if month}
    years = {year for name, spoken in sources[:3] for year, _ in spoken if year}
    if len(months) > 1 or len(years) > 1:
        texts = [f"{name}为{_words(spoken)}" for name, spoken in sources[:3] if spoken]
        return Month(question=_question(f"这张表的月份前后不一：{'，'.join(texts)}"))
    where = [name for name, spoken in sources if spoken]
    every = [pair for _, spoken in sources for pair in spoken]
    month = next((month for _, month in every if month), 0)
    year = next((year for year, _ in every if year), 0)
    if not month or not year:
        return Month(
            question=_question("看不出这是哪一个月的考勤" if not month else f"看不出这是哪一年{month}月的考勤")
        )
    return Month(f"{year}-{month:02d}", where[0])


class Span(msgspec.Struct, frozen=True):
    """Columns of days that lie in one month; `month` is 0 where their headings do not name it."""

    places: tuple[int, ...]
    first: int
    last: int
    month: int

    @property
    def text(self) -> str:
        """Return the days for a sentence: 26日至31日."""
        month = f"{self.month}月" if self.month else ""
        return f"{month}{self.first}日" + (f"至{self.last}日" if self.last != self.first else "")


def spans_of(rows: Sequence[Sequence[Raw]], header: Header) -> list[Span]:
    """Return the days as they stand, cut where they fall (31, 1) or their headings name another month."""
    spans: list[Span] = []
    for place in days_of(header):
        day = int(header.columns[place].field.name[1:])
        month = _month_over(rows, header, place)
        last = spans[-1] if spans else None
        if last is None or day < last.last or (month and last.month and month != last.month):
            spans.append(Span((place,), day, day, month))
        else:
            spans[-1] = Span((*last.places, place), last.first, day, last.month or month)
    return spans


def _month_over(rows: Sequence[Sequence[Raw]], header: Header, place: int) -> int:
    cells = (row[place] for row in rows[header.first - 1 : header.last] if place < len(row))
    return next((day.month for cell in cells if (day := day_of(cell)) is not None and day.month), 0)


def month_of_span(
    rows: Sequence[Sequence[Raw]], header: Header, sheet: str, file: str, spans: Sequence[Span], at: int
) -> Month:
    """Return the month of one of the spans of a sheet that goes across months: never the title's single month."""
    spoken = _named(rows, header, sheet, file)
    years, months = {year for year, _ in spoken if year}, {month for _, month in spoken if month}
    month = spans[at].month
    if not month and len(spans) == 2 and len(months) == 2:
        earlier = next((one for one in months if one % 12 + 1 in months), 0)
        month = (earlier, earlier % 12 + 1)[at] if earlier else 0
    own = {year for year, one in spoken if year and one == month}
    turn = {1, 12} <= months  # one year named cannot be that of both
    certain = own if len(years) > 1 else years if not turn else set()
    year = next(iter(certain)) if len(certain) == 1 else 0
    if not month or not year:
        return Month(question=_question(f"{spans[at].text}是哪一个月的，表上看不出"))
    return Month(f"{year}-{month:02d}", "标题和日期")


def _named(rows: Sequence[Sequence[Raw]], header: Header, sheet: str, file: str) -> set[tuple[int, int]]:
    above = [str(cell) for row in rows[: header.first - 1] for cell in row if isinstance(cell, str) and cell.strip()]
    headings = [cell for row in rows[header.first - 1 : header.last] for cell in row]
    spoken = _spoken(above) | _headed(header, headings) | _spoken([sheet])
    return spoken or _spoken([file])


def is_other_month(text: str, rows: Sequence[Sequence[Raw]], header: Header, sheet: str) -> bool:
    """Tell whether a text that stands alone below the heading is the title of another month than the sheet's."""
    spoken, own = _spoken([text]), _named(rows, header, sheet, "")
    years, months = {year for year, _ in own if year}, {month for _, month in own if month}
    return any(month not in months or (year and years and year not in years) for year, month in spoken)


def weekday_fault(rows: Sequence[Sequence[Raw]], header: Header, month: str) -> Question | None:
    """Return what is asked when the weekdays over the days are not those of the month; None when they are."""
    year, number = map(int, month.split("-"))
    for place in days_of(header):
        cells = [row[place] for row in rows[header.first - 1 : header.last] if place < len(row)]
        word, day = weekday_of(cells), int(header.columns[place].field.name[1:])
        if not word or day > calendar.monthrange(year, number)[1]:
            continue
        real = _WEEK[date(year, number, day).weekday()]
        if word != real:
            sentence = f"表上{number}月{day}日是星期{word}，而{year}年{number}月{day}日是星期{real}，月份可能不对"
            return _question(sentence)
    return None


_WEEK = "一二三四五六日"


def _question(sentence: str) -> Question:
    return Question("month", f"{sentence}，请说明月份（如2018-07）", free="月份，如2018-07")


def _spoken(texts: Iterable[str]) -> set[tuple[int, int]]:
    """Return the (year, month) a text names, 0 for what it leaves out."""
    pairs: set[tuple[int, int]] = set()
    for text in map(plain, texts):
        whole = {(int(match[1]), int(match[2])) for match in _YEAR_MONTH.finditer(text)}
        rest = _YEAR_MONTH.sub(" ", text)
        months = [int(match[1]) for one in (_MONTH, _FROM) for match in one.finditer(rest)]
        months += [int(match[2]) for match in _UNTIL.finditer(text)]
        year = _YEAR.search(text)
        several = {(int(year[1]) if year else 0, month) for month in months if month not in {one for _, one in whole}}
        pairs |= whole | several
    return pairs


def _headed(header: Header, cells: Iterable[object]) -> set[tuple[int, int]]:
    days = [day for cell in cells if (day := day_of(cell)) is not None]
    return {(day.year, day.month) for day in days if day.month}


def _words(spoken: set[tuple[int, int]]) -> str:
    return "、".join(f"{f'{year}年' if year else ''}{month}月" for year, month in sorted(spoken))


def halves_column(rows: Sequence[Sequence[Raw]], header: Header) -> int | None:
    """Return the column that says 上午 or 下午 of each row, when mornings and afternoons are rows of their own."""
    body = rows[header.last :]
    width = max((len(row) for row in body), default=0)
    days = set(days_of(header))
    for place in range(width):
        cells = [_half(row[place]) for row in body if place < len(row) and row[place] not in (None, "")]
        halves = [word for word in cells if word is not None]
        if place not in days and len(halves) > 1 and len(set(halves)) > 1 and len(halves) * 2 > len(cells):
            return place
    return None


def paired(rows: Sequence[Sequence[Raw]], header: Header, column: int) -> tuple[list[Sequence[Raw]], dict[int, int]]:
    """Return the rows with each morning and its afternoon as one (√/○), and the row each second row went into.

    The second row is left blank, so that row numbers stay those of the sheet.
    """
    days, others = days_of(header), [place for place in header.columns if place not in days_of(header)]
    result: list[Sequence[Raw]] = list(rows)
    joined: dict[int, int] = {}
    waiting: tuple[int, Sequence[Raw]] | None = None
    for index in range(header.last, len(rows)):
        row = rows[index]
        half = _half(row[column]) if column < len(row) else None
        if half == 0:
            waiting = index, row
            result[index] = _with_days(row, days, row, None)
        elif half == 1 and waiting is not None and _same(waiting[1], row, others):
            first, morning = waiting
            result[first] = _with_days(morning, days, morning, row)
            result[index], joined[index + 1], waiting = [], first + 1, None
        elif half == 1:
            result[index], waiting = _with_days(row, days, None, row), None
    return result, joined


def _with_days(
    row: Sequence[Raw], days: Iterable[int], morning: Sequence[Raw] | None, afternoon: Sequence[Raw] | None
) -> list[Raw]:
    whole = list(row)
    for place in days:
        one, two = _mark(morning, place), _mark(afternoon, place)
        if place < len(whole):
            whole[place] = f"{one or _BLANK}/{two or _BLANK}" if one or two else ""
    return whole


def _mark(row: Sequence[Raw] | None, place: int) -> str:
    return str(row[place]).strip() if row is not None and place < len(row) and row[place] is not None else ""


def _same(one: Sequence[Raw], two: Sequence[Raw], places: Iterable[int]) -> bool:
    """Tell whether a second row is of the person of the first: it says the same or nothing."""
    pairs = ((one[at], two[at]) for at in places if at < len(one) and at < len(two))
    return all(after in (None, "") or before == after for before, after in pairs)


def _half(cell: object) -> int | None:
    return _HALVES.get("".join(cell.split()).lower()) if isinstance(cell, str) and len(cell) < 6 else None
