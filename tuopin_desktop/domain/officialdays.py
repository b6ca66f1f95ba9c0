"""Days as officials write them, put into plain figures: 二〇一八年六月五日, 18.6.5, 元月, 6月5日（星期二）.

Only the spelling is changed. What names no certain day (农历, 正月, 6/5/18) is left as it stands, so that nobody takes
it for one.
"""

import re
import unicodedata
from datetime import date

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "○": 0,
    "◯": 0,
    "O": 0,
    "o": 0,
    "Ｏ": 0,
    "貳": 2,
    "參": 3,
    "陸": 6,
    "两": 2,
    "兩": 2,
}
_TENS = {"十": 1, "拾": 1, "廿": 2, "卅": 3}
_ZERO = "〇零○◯OoＯ"
_FIGURE = "一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_RUN = f"[{_ZERO}{_FIGURE}十拾廿卅两兩]"
_YEAR_RUN = re.compile(f"(?<![0-9])([{_ZERO}{_FIGURE}]{{4}}|[{_ZERO}{_FIGURE}]{{2}})年")
_COUNT_RUN = re.compile(f"({_RUN}{{1,3}})(?=个?[月日号號天])|(?<=月)({_RUN}{{1,3}})(?![{_FIGURE}十拾])")
_WEEKDAY = re.compile(
    r"[(\[{【〔]\s*(?:星期|周|礼拜)?\s*([一二三四五六日天])\s*[)\]}】〕]|[,，、]?(?:星期|周|礼拜)([一二三四五六日天])"
)
_LUNAR = re.compile("[农阴旧夏]历|正月|腊月|冬月|初[一二三四五六七八九十]|廿(?![一二三四五六七八九]?[日号天])")
_SHORT_YEAR = re.compile(
    r"(?<![0-9./年月-])[']?([0-9]{2})(?:年([0-9]{1,2})月([0-9]{1,2})[日号]?|([./-])([0-9]{1,2})\4([0-9]{1,2}))(?![0-9./])"
)
_SHORT_MONTH = re.compile(r"[']?([0-9]{2})(?:年([0-9]{1,2})月?|[./-]([0-9]{1,2}))")
_WEEK = "一二三四五六日"
_SAME = str.maketrans("號週禮曆農陰舊臘’‘", "号周礼历农阴旧腊''")
_MIDDLE = 50
"""Two figures below are a year of this century, from here on of the last."""

_BORN_LATE, _BORN_EARLY = 10, 30
"""Of births, two figures below the first are this century's, from the second on the last's; between nobody can tell."""


def plain(text: str) -> str:
    """Return a text with the Chinese numerals of its dates as figures, without weekdays; lunar days stay words."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME)
    if _LUNAR.search(text):
        return text
    text = _WEEKDAY.sub("", text).removeprefix("公元").replace("元月", "1月")
    text = _YEAR_RUN.sub(lambda match: "".join(str(_DIGITS[char]) for char in match[1]) + "年", text)
    return _COUNT_RUN.sub(_figures, text)


def with_whole_years(text: str) -> str:
    """Return a text whose two-figure years (18.6.5, 98年7月1日) are whole; one that could be m/d/y stays as it is."""
    return _SHORT_YEAR.sub(_whole, text)


def short_month(text: str, *, birth: bool) -> str:
    """Return `1975-06` of 75.06 or 75年6月, "" for another text and for a year that could be of either century."""
    match = _SHORT_MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2] or match[3]) <= 12:
        return ""
    year = int(match[1])
    if birth and _BORN_LATE <= year < _BORN_EARLY:
        return ""
    last = year >= (_BORN_EARLY if birth else _MIDDLE)
    return f"{1900 + year if last else 2000 + year}-{int(match[2] or match[3]):02d}"


def weekday_fault(text: str, day: date) -> str:
    """Return what is wrong with the weekday written beside a day; "" when it agrees or none is written."""
    match = _WEEKDAY.search(unicodedata.normalize("NFKC", text).translate(_SAME))
    if match is None:
        return ""
    word = (match[1] or match[2]).replace("天", "日")
    real = _WEEK[day.weekday()]
    return "" if word == real else f"写的是星期{word}，而{day.isoformat()}是星期{real}，请核对日期"


def count(text: str) -> int | None:
    """Return the number a run of Chinese numerals up to 99 or of figures means; None when it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    total, any_figure = 0, False
    for place, char in enumerate(text):
        if char in _TENS:
            total = (total or 1) * 10 if place and char in "十拾" else _TENS[char] * 10
        elif char in _DIGITS:
            total = total * 10 + _DIGITS[char] if place and text[place - 1] not in _TENS else total + _DIGITS[char]
        else:
            return None
        any_figure = True
    return total if any_figure and total < 100 else None


def _figures(match: re.Match[str]) -> str:
    number = count(match[1] or match[2])
    return match[0] if number is None else str(number)


def _whole(match: re.Match[str]) -> str:
    year, month, day = int(match[1]), int(match[2] or match[5]), int(match[3] or match[6])
    if match[4] in ("/", "-") and len(match[6]) == 2 and year <= 31:
        return match[0]  # 06/05/18 and 05-06-18 are how other countries' programs write the fifth of June
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return match[0]
    return f"{1900 + year if year >= _MIDDLE else 2000 + year}-{month:02d}-{day:02d}"
