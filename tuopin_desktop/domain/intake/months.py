"""Birth months: 1970.1 is January typed badly or October whose zero the spreadsheet dropped, and is never guessed."""

import math
import re
from collections.abc import Sequence

from tuopin_desktop.domain import officialdays
from tuopin_desktop.domain.intake.headers import Header
from tuopin_desktop.domain.intake.verdicts import Judge, Raw, Verdict, as_text, fine, noted, quoted, wrong
from tuopin_desktop.domain.reading import EARLIEST, LATEST, narrow, read_month
from tuopin_desktop.domain.record import Form

_DOUBTFUL = re.compile(r"(\d{4})\.1")
_TWO_FIGURES = 100
_AGE = re.compile(r"[(（]\s*\d{1,3}\s*岁?\s*[)）]$")


def month_judge(*, birth: bool) -> Judge:
    """Return the judge of months and days; a doubtful one is an error until `settle` finds out what it means."""

    def judge(raw: Raw) -> Verdict:
        return _judged(raw, birth=birth)

    return judge


def _judged(raw: Raw, *, birth: bool) -> Verdict:
    if (year := doubtful_year(raw)) is not None:
        return wrong(f"“{as_text(raw)}”分不清是{year}年1月还是10月，请写成{year}.01或{year}.10")
    if isinstance(raw, float) and math.isfinite(raw) and raw != int(raw):
        return _from_float(raw, birth=birth)
    text_of_cell = as_text(raw)
    if text_of_cell is None:
        return wrong(_UNREADABLE)
    text = _AGE.sub("", narrow(text_of_cell)).strip() if isinstance(raw, str) else text_of_cell
    value = read_month(text if isinstance(raw, str) else raw)
    if value is None and isinstance(raw, str):
        return _from_words(text, text_of_cell, birth=birth)
    if value is None:
        return wrong(_UNREADABLE)
    if isinstance(raw, int | float) and not 190001 <= raw <= 20991231:
        return noted(value, f"Excel日期序号，按{value}登记")
    usual = text == text_of_cell and _USUAL.fullmatch(text)
    return fine(value) if usual else noted(value, f"“{quoted(text_of_cell)}”按{value}登记")


_UNREADABLE = "看不出年月，请写成2018.06或2018-06-17"
_USUAL = re.compile(r"[0-9]{4}[-./年]?[0-9]{1,2}([-./月]?([0-9]{1,2}日?)?)?")
_BORN = re.compile("(?:出?生于?|出生)")


def _from_words(text: str, cell_text: str, *, birth: bool) -> Verdict:
    """Judge 一九七五年六月生, 75.06, 出生于1975年6月: what only people in offices write."""
    plain = officialdays.plain(_BORN.sub("", text) if birth else text)
    value = read_month(plain) or officialdays.short_month(plain, birth=birth)
    if not value and birth and (day := read_month(officialdays.with_whole_years(plain))):
        value = day
    if not value:
        return wrong(_UNREADABLE)
    return noted(value, f"“{quoted(cell_text)}”按{value}登记")


def _from_float(raw: float, *, birth: bool) -> Verdict:
    if raw < _TWO_FIGURES:  # 75.06
        short = officialdays.short_month(f"{int(raw):02d}.{round((raw - int(raw)) * 100):02d}", birth=birth)
        return noted(short, f"“{raw!r}”按{short}登记") if short else wrong(_UNREADABLE)
    year, month = int(raw), round((raw - int(raw)) * 100)
    if abs(raw * 100 - (year * 100 + month)) > 1e-6 or not EARLIEST.year <= year <= LATEST.year:
        return wrong(_UNREADABLE)
    if 1 <= month <= 12:
        return fine(f"{year}-{month:02d}")
    if month % 10 == 0 and 20 <= month <= 90:  # 1970.2 can only be February: no month is called 20
        return noted(f"{year}-{month // 10:02d}", f"“{raw!r}”按{year}年{month // 10}月登记")
    return wrong(_UNREADABLE)


def doubtful_year(raw: Raw) -> int | None:
    """Return the year of a cell such as 1970.1, whose month is 1 or 10; None for any other cell."""
    if isinstance(raw, float) and math.isfinite(raw):
        text = repr(raw)
    elif isinstance(raw, str) and len(raw) < 20:
        text = narrow(raw)
    else:
        return None
    match = _DOUBTFUL.fullmatch(text)
    return int(match[1]) if match and EARLIEST.year <= int(match[1]) <= LATEST.year else None


def settle(raw: Raw, number: str | None, number_format: str) -> Verdict | None:
    """Return what a doubtful month means by the identity number's digits 7-14 or the cell's number format."""
    year = doubtful_year(raw)
    if year is None:
        return None
    if number is not None and number[6:10] == str(year) and number[10:12] in ("01", "10"):
        return noted(f"{year}-{number[10:12]}", f"“{as_text(raw)}”按公民身份号码定为{year}年{int(number[10:12])}月")
    if number is None and isinstance(raw, float) and re.search(r"0\.00(?!0)", number_format):
        return noted(f"{year}-10", f"“{as_text(raw)}”按单元格格式定为{year}年10月")
    return None


def doubtful_cells(rows: Sequence[Sequence[Raw]], header: Header) -> list[tuple[int, int]]:
    """Return (row number, column index) of numbers in month columns whose format is worth looking up."""
    places = [place for place, column in header.columns.items() if column.field.form is Form.MONTH]
    return [
        (number, place)
        for place in places
        for number, row in enumerate(rows[header.last :], header.last + 1)
        if place < len(row) and isinstance(row[place], float) and doubtful_year(row[place]) is not None
    ]
