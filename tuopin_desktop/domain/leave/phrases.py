"""What stands in 销假情况 beside the registered return: words, which are no return unless they name its day (Q17)."""

import re
from datetime import date

from tuopin_desktop.domain.halves import Period

_CLAIMS = re.compile("销假|返回|返岗|归队|回岗|到岗|已返|已归|已回")
_DENIALS = re.compile("未归|未返|未回|未销|未到|没|尚未|至今|待|拟|将|预计|不能|不归|失联")
_DAY = re.compile(r"(?:(\d{4})\s*[年.\-/])?\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})")


def claims_return(note: str) -> bool:
    """Tell whether words say that the traveller is back.

    Without a day they are no return, but no open absence either. Anything else that is written there (至今未归,
    在京住院) says nothing of the kind.
    """
    return bool(_CLAIMS.search(note)) and not _DENIALS.search(note)


def day_named(note: str, leave: Period, today: date) -> date | None:
    """Return the last day that words claiming a return name, between the departure and today; None without one.

    A day written without its year is the first such day from the departure on.
    """
    if not claims_return(note):
        return None
    days = [day for match in _DAY.finditer(note) if (day := _day(match, leave)) and leave.first <= day <= today]
    return max(days, default=None)


def _day(match: re.Match[str], leave: Period) -> date | None:
    month, number = int(match[2]), int(match[3])
    years = [int(match[1])] if match[1] else [leave.first.year, leave.first.year + 1]
    for year in years:
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if match[1] or day >= leave.first:
            return day
    return None
