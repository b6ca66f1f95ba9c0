"""What people type or what a sheet holds, read generously but never guessed: dates, months, periods, phones, flags."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from tuopin_desktop.domain.halves import Half, Period, parse_stored

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
_EXCEL_DAY_0 = date(1899, 12, 30)
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})月?")
_HALF_WORDS: dict[str, Half] = {"上午": "am", "下午": "pm", "am": "am", "pm": "pm", "中午": "pm"}
_YES, _NO = {"是", "有", "√", "y", "yes", "1", "true", "对"}, {"否", "无", "×", "n", "no", "0", "false", "不是"}


def narrow(text: str) -> str:
    """Return text with full-width digits, letters and marks made ordinary, and white space trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def read_date(value: object, today: date | None = None) -> date | None:
    """Return the date meant by a typed or sheet value, or None when it is not certain.

    Accepts a date, ISO, `20180531`, `2018.5.31`, `2018年5月31日`, an Excel serial and, when `today` is given,
    the clerk's short forms `531`, `0531` (that year) and `+3`, `-1` (days from today).
    """
    if isinstance(value, datetime):
        return _sane(value.date())
    if isinstance(value, date):
        return _sane(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    text = narrow(str(value))
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T][\d:.]+", text):
        text = match[1]
    if match := _DATE.fullmatch(text):
        return _ymd(match[1], match[2], match[3])
    if re.fullmatch(r"\d{8}", text):
        return _ymd(text[:4], text[4:6], text[6:])
    return _short(text, today) if today else None


def _short(text: str, today: date) -> date | None:
    if re.fullmatch(r"[+-]\d{1,3}", text):
        return _sane(today + timedelta(days=int(text)))
    if match := re.fullmatch(r"(\d{1,2})[./月-](\d{1,2})日?", text):
        return _ymd(str(today.year), match[1], match[2])
    if re.fullmatch(r"\d{3,4}", text):
        return _ymd(str(today.year), text[:-2], text[-2:])
    return None


def _from_number(value: float) -> date | None:
    if value != int(value):
        return None
    number = int(value)
    if 19000101 <= number <= 20991231:
        return _ymd(str(number)[:4], str(number)[4:6], str(number)[6:])
    if 10000 <= number <= 73050:  # Excel serials for 1927..2099; smaller ones are never meant as dates here
        return _EXCEL_DAY_0 + timedelta(days=number)
    return None


def _ymd(year: str, month: str, day: str) -> date | None:
    try:
        return _sane(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _sane(day: date) -> date | None:
    return day if EARLIEST <= day <= LATEST else None


def read_month(value: object) -> str | None:
    """Return `YYYY-MM` or `YYYY-MM-DD` for a birth month or day, or None when it is not certain.

    A float such as 1970.1 is never certain: Excel writes October and a badly typed January alike
    (`documents.md` 4.3), so the caller must ask or look at the cell's number format.
    """
    if isinstance(value, float) and value != int(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 190001 <= value <= 209912:
        text = str(int(value))
        return _month(text[:4], text[4:])
    if (day := read_date(value)) is not None:
        return day.isoformat()
    text = narrow(str(value))
    if match := _MONTH.fullmatch(text):
        return _month(match[1], match[2])
    if re.fullmatch(r"\d{6}", text):
        return _month(text[:4], text[4:])
    return None


def _month(year: str, month: str) -> str | None:
    if EARLIEST.year <= int(year) <= LATEST.year and 1 <= int(month) <= 12:
        return f"{year}-{int(month):02d}"
    return None


def read_period(value: str, today: date | None = None) -> Period | None:
    """Return the period meant by `6月5日上午至6月8日`, `605-608`, `2018-06-05~2018-06-08 下午`; None if unsure.

    An end without a year takes the start's year, or the next one where that would put it before the start.
    """
    text = narrow(value).replace(" ", "").replace("\n", "")
    if (stored := parse_stored(text)) is not None:
        return stored
    for mark in ("至", "到", "~", "—", "–", "/"):
        if mark in text:
            return _between(*text.split(mark, 1), today=today)
    if re.fullmatch(r"(\d{3,4})-(\d{3,4})", text):
        return _between(*text.split("-"), today=today)
    return _between(text, text, today=today)


def _between(start: str, end: str, *, today: date | None) -> Period | None:
    first, first_half = _half(start, "am")
    last, last_half = _half(end, "pm")
    begin = read_date(first, today)
    if begin is None:
        return None
    if re.fullmatch(r"\+\d{1,3}", last):
        return _period(begin, first_half, begin + timedelta(days=int(last)), last_half)
    if re.fullmatch(r"\d{1,2}日?", last):
        last = f"{begin.month}月{last.rstrip('日')}日"
    finish = read_date(last, begin)
    if finish is not None and finish < begin and not re.match(r"\d{4}", last):
        finish = _ymd(str(finish.year + 1), str(finish.month), str(finish.day))
    return None if finish is None else _period(begin, first_half, finish, last_half)


def _period(first: date, first_half: Half, last: date, last_half: Half) -> Period:
    if first == last and first_half == "pm" and last_half == "am":
        last_half = "pm"
    return Period(first, first_half, last, last_half)


def _half(text: str, default: Half) -> tuple[str, Half]:
    for word, half in _HALF_WORDS.items():
        if text.endswith(word):
            return text.removesuffix(word), half
    return text, default


def read_flag(value: object) -> bool | None:
    """Return yes or no for the ways a sheet says it, or None."""
    if isinstance(value, bool):
        return value
    text = narrow(str(value)).lower().removesuffix(".0")
    if text in _YES:
        return True
    return False if text in _NO or text == "" else None


def read_digits(value: object) -> str:
    """Return a phone or number cell as text: floats lose their `.0`, full-width digits and separators go."""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return re.sub(r"[\s\-‐－—()（）]", "", narrow(str(value)))
