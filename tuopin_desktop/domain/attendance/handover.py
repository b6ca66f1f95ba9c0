"""The month of somebody whose position changed in it: the postings of one presence counted as the month they are."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain.attendance.codes import over
from tuopin_desktop.domain.attendance.count import TALLIES, Counting, Month


class Part(msgspec.Struct, frozen=True):
    """One posting's part of a month: its id, its 31 days as they count, and the count of them."""

    posting: str
    days: Sequence[str]
    month: Month


def whole(parts: Sequence[Part], counting: Counting) -> Part:
    """Return the parts of a presence, by first days, as one under the last of them; a day of hand-over counts once."""
    last = parts[-1]
    days, months = list(last.days), [last.month]
    for part in reversed(parts[:-1]):
        months.insert(0, counting.before(months[0].span[0], days, part.month, part.days, part.posting))
        days = [over(now, then) for now, then in zip(days, part.days, strict=True)]
    if len(months) == 1:
        return last
    sums = {name: sum(getattr(one, name) for one in months) for name in (*TALLIES, "needed")}
    month = msgspec.structs.replace(last.month, span=(months[0].span[0], last.month.span[1]), **sums)
    return Part(last.posting, days, month)
