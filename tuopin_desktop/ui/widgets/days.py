"""Days in words for titles and lists."""

from datetime import date

from tuopin_desktop.domain.halves import Period, day_words, parse_stored

_WEEK = "一二三四五六日"


def long_day(day: date) -> str:
    """Return 2018年6月5日 星期二."""
    return f"{day_words(day)} 星期{_WEEK[day.weekday()]}"


def short_day(day: date | None) -> str:
    """Return 2018-06-05, or nothing."""
    return day.isoformat() if day else ""


def short_period(period: Period | None) -> str:
    """Return 2018-06-05 至 06-08, with the halves where a day is not whole; nothing for none."""
    if period is None:
        return ""
    first = period.first.isoformat() + ("下午" if period.first_half == "pm" else "")
    same = period.first.year == period.last.year
    last = period.last.isoformat()[5 if same else 0 :] + ("上午" if period.last_half == "am" else "")
    if period.first == period.last:
        return first if period.first_half == "pm" else period.first.isoformat() + last[5 if same else 10 :]
    return f"{first} 至 {last}"


def period_words(value: object) -> str:
    """Return the words of a stored period, on one line."""
    period = parse_stored(str(value or ""))
    return period.text().replace("\n", "") if period else str(value or "")
