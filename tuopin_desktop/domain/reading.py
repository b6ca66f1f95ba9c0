"""What people type or what a sheet holds, read generously but never guessed: dates, months, periods, phones, flags."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tuopin_desktop.domain import officialdays
from tuopin_desktop.domain.halves import Half, Period, parse_stored

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
_EXCEL_DAY_0 = date(1899, 12, 30)
_DATE = re.compile(r"([0-9]{4})(?:年([0-9]{1,2})月|(?P<mark>[-./。、,_])([0-9]{1,2})(?P=mark))([0-9]{1,2})[日号]?")
_SPACED = re.compile(r"([0-9]{4}) ([0-9]{1,2}) ([0-9]{1,2})")
_TIME = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?\Z")
_MONTH = re.compile(r"([0-9]{4})(?:年|[-./。、])([0-9]{1,2})月?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:月|[-./。])([0-9]{1,2})[日号]?")
_DAY = re.compile(r"([0-9]{1,2})[日号]?")
_FROM_HERE = re.compile(r"[+][0-9]{1,3}|-[0-9]{1,2}")
_ENDS = ("至", "到", "~", "〜", "—", "–", "/", "-")
_LONGEST = 60
_LONGEST_ROLLED = timedelta(days=183)
_MONEY = re.compile(r"([0-9]{1,11})(?:[.]([0-9]{1,2})0*)?")
_HALF_WORDS: dict[str, Half] = {"上午": "am", "下午": "pm", "am": "am", "pm": "pm"}
_NOON = "中午"
_YES = {"是", "有", "√", "✓", "✔", "y", "yes", "1", "true", "对"}
_NO = {"否", "无", "×", "n", "no", "0", "false", "不是"}


def narrow(text: str) -> str:
    """Return text with full-width digits, letters and marks made ordinary, and white space trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def read_date(value: object, today: date | None = None) -> date | None:
    """Return the date meant by a typed or sheet value, or None when it is not certain.

    Accepts a date, ISO, `20180531`, `2018.5.31`, `2018年5月31日`, 二〇一八年六月五日, `18.6.5`, an Excel serial and,
    when `today` is given, the clerk's short forms `531`, `0531` (that year) and `+3`, `-1` (days from today). A time of
    day is passed over, a weekday written beside the date must be that day's.
    """
    if isinstance(value, datetime):
        return _sane(value.date())
    if isinstance(value, date):
        return _sane(value)
    if isinstance(value, int | float):
        return _from_number(value)
    text = narrow(str(value)) if not isinstance(value, str) or len(value) <= _LONGEST else ""
    day = _full(text)
    return day if day is not None or today is None else _short(text, today)


def _full(text: str) -> date | None:
    """Return the date of a spelling that names its year, in figures or as officials write it."""
    if (day := _in_figures(text)) is not None:
        return day
    spelled = officialdays.with_whole_years(officialdays.plain(text))
    day = None if spelled == text else _in_figures(spelled)
    return None if day is not None and officialdays.weekday_fault(text, day) else day


def _in_figures(text: str) -> date | None:
    text = _TIME.sub("", text)
    spread = re.sub(r" ?([^0-9 ]) ?", r"\1", " ".join(text.split()))
    if match := _DATE.fullmatch(spread):
        return _ymd(match[1], match[2] or match[4], match[5])
    if match := _SPACED.fullmatch(spread) or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text):
        return _ymd(match[1], match[2], match[3])
    return None


def _short(text: str, today: date) -> date | None:
    if _FROM_HERE.fullmatch(text):
        return _later(today, int(text))
    if match := _MONTH_DAY.fullmatch(text):
        return _ymd(str(today.year), match[1], match[2])
    if re.fullmatch(r"[0-9]{3,4}", text):
        return _ymd(str(today.year), text[:-2], text[-2:])
    return None


def _from_number(value: float) -> date | None:
    if isinstance(value, bool) or value % 1 != 0:  # true of NaN and infinity too
        return None
    if 19000101 <= value <= 20991231:
        text = str(int(value))
        return _ymd(text[:4], text[4:6], text[6:])
    if 10000 <= value <= 73050:  # Excel serials for 1927..2099; smaller ones are never meant as dates here
        return _EXCEL_DAY_0 + timedelta(days=int(value))
    return None


def _ymd(year: str, month: str, day: str) -> date | None:
    try:
        return _sane(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _later(day: date, days: int) -> date | None:
    try:
        return _sane(day + timedelta(days=days))
    except OverflowError:
        return None


def _sane(day: date) -> date | None:
    return day if EARLIEST <= day <= LATEST else None


def read_month(value: object) -> str | None:
    """Return `YYYY-MM` or `YYYY-MM-DD` for a birth month or day, or None when it is not certain.

    A float such as 1970.1 is never certain: Excel writes October and a badly typed January alike
    (1970.1), so the caller must ask or look at the cell's number format.
    """
    if (day := read_date(value)) is not None:
        return day.isoformat()
    if isinstance(value, int | float):
        whole = not isinstance(value, bool) and 190001 <= value <= 209912 and value == int(value)
        text = str(int(value)) if whole else ""
    else:
        text = narrow(str(value))
        text = officialdays.plain(text) if not text.isascii() else text
    if match := _MONTH.fullmatch(text) or re.fullmatch(r"([0-9]{4})([0-9]{2})", text):
        return _month(match[1], match[2])
    return None


def _month(year: str, month: str) -> str | None:
    if EARLIEST.year <= int(year) <= LATEST.year and 1 <= int(month) <= 12:
        return f"{year}-{int(month):02d}"
    return None


def read_period(value: str, today: date | None = None) -> Period | None:
    """Return the period meant by `6月5日上午至6月8日`, `605-608`, `2018-06-05~2018-06-08 下午`; None if unsure.

    An end without a year takes the start's year, or the next one where it would lie before the start and the
    period is then no longer than half a year. An end before its start is returned as it was typed, so that the
    check can say so.
    """
    if len(value) > _LONGEST:
        return None
    text = "".join(narrow(value).split()).lower()
    if (stored := parse_stored(text)) is not None:
        return stored if _sane(stored.first) and _sane(stored.last) else None
    if (single := _one_day(text, today)) is not None:
        return single
    if _DATE.fullmatch(text):
        return None  # one day that does not exist, 2018-02-30; it must not be cut into two
    periods = {period for start, end in _cuts(text) if (period := _between(start, end, today)) is not None}
    return periods.pop() if len(periods) == 1 else None


def _one_day(text: str, today: date | None) -> Period | None:
    spelled, half = _half(text)
    day = None if half == _NOON else read_date(spelled, today)
    return None if day is None else Period(day, _as_half(half, "am"), day, _as_half(half, "pm"))


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Yield every way to cut the text at a mark that can stand between two ends; `——` is one mark."""
    for mark in _ENDS:
        for place in range(len(text)):
            if text.startswith(mark, place):
                yield text[:place], text[place + 1 :].removeprefix("—")


def _between(start: str, end: str, today: date | None) -> Period | None:
    first, first_half = _half(start)
    last, last_half = _half(end)
    begin = read_date(first, today)
    finish = None if begin is None else _finish(last, begin, half_said=bool(last_half))
    if begin is None or finish is None:
        return None
    leaves = "pm" if first_half == _NOON else _as_half(first_half, "am")
    returns = "am" if last_half == _NOON else _as_half(last_half, "pm")
    return Period(begin, leaves, finish, returns)


def _finish(text: str, begin: date, *, half_said: bool) -> date | None:
    """Return the last day by its spelling, which may leave out what it shares with the first."""
    if text == "":
        return begin if half_said else None
    if (full := _full(text)) is not None:
        return full
    if match := _DAY.fullmatch(text):
        return _ymd(str(begin.year), str(begin.month), match[1])
    same = _short(text, begin)
    if _FROM_HERE.fullmatch(text) or (same is not None and same >= begin):
        return same
    after = _short(text, date(begin.year + 1, 1, 1))
    return after if after is not None and after - begin <= _LONGEST_ROLLED else same


def _half(text: str) -> tuple[str, str]:
    for word in (*_HALF_WORDS, _NOON):
        if text.endswith(word):
            return text.removesuffix(word), _HALF_WORDS.get(word, _NOON)
    return text, ""


def _as_half(text: str, default: Half) -> Half:
    return "am" if text == "am" else "pm" if text == "pm" else default


def read_flag(value: object) -> bool | None:
    """Return yes or no for the ways a sheet says it, or None."""
    if isinstance(value, bool):
        return value
    text = narrow(str(value)).lower().removesuffix(".0")
    if text in _YES:
        return True
    return False if text in _NO or text == "" else None


def read_money(value: object) -> int | None:
    """Return the fen of an amount of yuan such as 386.5, `1,200` or `￥80元`, or None when it is not one.

    A sheet's number is taken at two decimals: 386.1 is kept there as 386.10000000000002.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        text = f"{value:.4f}" if abs(value) < 10**11 else ""
    else:
        text = narrow(str(value)).replace(",", "").replace(" ", "").removeprefix("¥").removesuffix("元")
    match = _MONEY.fullmatch(text)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None


def money_words(fen: int) -> str:
    """Return an amount of fen as the clerk reads it: 386.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def read_digits(value: object) -> str:
    """Return a phone or number cell as text: floats lose their `.0`, full-width digits and separators go."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"[\s\-‐－—()（）]", "", narrow(str(value)))
