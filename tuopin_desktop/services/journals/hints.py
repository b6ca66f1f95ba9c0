"""Logs of a team that read nearly alike: said to the leader in the program, and nowhere else (no score, no sheet)."""

from datetime import timedelta

import msgspec

from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.journals.alike import pairs
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.services.journals.people import county_of, members
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk

_DAYS = 35
_MOST = 20


class Hint(msgspec.Struct, frozen=True):
    """Two logs with their authors and how alike they are in per cent; the first is the earlier one."""

    first: DailyLog
    first_name: str
    second: DailyLog
    second_name: str
    percent: int


def hints(desk: Desk, week: str, county: str = "") -> list[Hint]:
    """Return what in a week's logs reads like another log of the team of the last five weeks, most alike first."""
    days = weeks.days(week)
    if not days:
        return []
    back = [days[-1] - timedelta(days=place) for place in range(_DAYS - 1, -1, -1)]
    team = members(desk, county_of(desk, county), back)
    names = {item.posting.id: item.name for item in team}
    logs = ordering.rows(desk, DailyLog, among=[log_id(posting, day) for posting in names for day in back])
    least = judging.policy_on(desk, desk.today()).number("journal.alike_percent")
    likenesses = [pair for pair in pairs(logs, least) if pair.second.date in days or pair.first.date in days]
    return [
        Hint(pair.first, names[pair.first.posting], pair.second, names[pair.second.posting], pair.percent)
        for pair in likenesses[:_MOST]
    ]
