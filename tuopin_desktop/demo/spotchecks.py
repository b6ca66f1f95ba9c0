"""A few checks in one practice county: clear, put right and closed, overdue, and two that contradict a slip."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo import today
from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.demo.team import fresh_id, rng_for
from tuopin_desktop.domain.records import Check, OwnCheck, Rectification, SpotCheck


class Case(msgspec.Struct, frozen=True):
    """One check: whose seat ("" the whole team), what was found, and what became of it."""

    key: str
    day: date
    manner: str
    result: str
    matter: str = ""
    finding: str = ""
    due: date | None = None
    mended: date | None = None
    closing_day: date | None = None


CASES = (
    Case("leader", date(2018, 9, 13), "open", "on_post"),
    Case("member_region", date(2018, 9, 13), "open", "on_post"),
    Case(
        key="",
        day=date(2018, 9, 13),
        manner="ledger",
        result="not_checked",
        matter="ledger",
        finding="工作台账七月、八月两个月没有登记办结情况。",
        due=date(2018, 9, 28),
        mended=date(2018, 9, 25),
        closing_day=date(2018, 9, 29),
    ),
    Case(
        key="",
        day=date(2019, 4, 17),
        manner="ledger",
        result="not_checked",
        matter="ledger",
        finding="工作台账三月份登记不全，与上次检查的问题相同。",
        due=date(2019, 5, 2),
    ),
)
"""Those of the first year."""
_OF_THE_MORNING = (("member_region", 5, "on_post"), ("member_county", 19, "on_leave"))
"""Some days before the morning: found on post on a day of leave, and said to be on leave without a slip."""


def entries(roster: Roster) -> Iterator[Entry]:
    """Yield the checks as they were entered; the region office's are its own, a county's its own."""
    if today.COUNTY not in roster.counties:
        return
    cls: type[Check] = SpotCheck if roster.decides else OwnCheck
    late = [
        Case(key, roster.term.morning - timedelta(days=ago), "covert", result) for key, ago, result in _OF_THE_MORNING
    ]
    for number, case in enumerate([*CASES, *late]):
        rng = rng_for(today.COUNTY, "check", str(number))
        check = cls(
            id=fresh_id(rng, today.COUNTY),
            checked=case.day,
            manner=case.manner,
            checker="联络考评组 吴庚一" if roster.decides else "旗委组织部 郑辛一",
            county=today.COUNTY,
            posting=roster.at(today.COUNTY, case.key)[1].id if case.key else "",
            found=case.result,
            matter=case.matter,
            finding=case.finding,
            due=case.due,
        )
        yield case.day, check
        if case.mended:
            text = "已逐项补登办结情况，并明确专人管理台账。"
            answer = Rectification(id=fresh_id(rng, today.COUNTY), check=check.id, done=case.mended, words=text)
            yield case.mended, answer
        if case.closing_day:
            yield case.closing_day, msgspec.structs.replace(check, closed=case.closing_day, closed_by="吴庚一")
