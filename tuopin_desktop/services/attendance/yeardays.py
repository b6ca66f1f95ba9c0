"""A person's year day by day, as the month counts them: where somebody was, papers laid over what was keyed."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.documents.official.yeargrid import GridMonth
from tuopin_desktop.domain.attendance.codes import AWAY, halves
from tuopin_desktop.domain.attendance.months import served, span_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attendance, Posting
from tuopin_desktop.domain.under import bound
from tuopin_desktop.domain.unjustified import count_month
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.attendance.year import PersonYear, YearMonth, year
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk

_DOUBT = "u?"
_VILLAGE = "vtp"


def months(desk: Desk, posting_id: str, number: int) -> tuple[PersonYear, tuple[GridMonth, ...]]:
    """Return the year of a posting's person, and its twelve months day by day; raises Refused when there is none."""
    whole = year(desk, posting_id, number)
    facts = near.facts_of_person(desk, whole.person)
    policy = judging.policy_on(desk, facts.today)
    own = facts.postings_by_person.get(whole.person, ())
    return whole, tuple(_month(one, own, facts, policy) for one in whole.months)


def _month(one: YearMonth, own: Sequence[Posting], facts: Facts, policy: Policy) -> GridMonth:
    span = span_of(one.month)
    assert span is not None, "a year has months"
    days = [""] * span[1].day
    for posting in own:
        within = served(posting, one.month)
        if within is not None and span[0] <= facts.today:
            _fill(days, posting, within, one.month, facts, policy)
    return GridMonth(one.month, tuple(days), *_words(one, facts.today))


def _fill(
    days: list[str], posting: Posting, within: tuple[date, date], month: str, facts: Facts, policy: Policy
) -> None:
    records = [item for item in facts.attendance_of.get(posting.id, ()) if item.month == month]
    record: Attendance = records[0] if records else near.blank(posting, month)
    marks, _ = count_month(record, posting, *bound(facts, posting, month, policy))
    for place in range(within[0].day - 1, within[1].day):
        if date(within[0].year, within[0].month, place + 1) <= facts.today:
            days[place] = kind_of(marks[place] if place < len(marks) else "")


def kind_of(day: str) -> str:
    """Return what a day was, by the graver of its halves: doubt, away, village, household, county, rest, or none."""
    codes = [code for code in halves(day) if code]
    if not codes:
        return "none"
    away = [code for code in codes if code[0] == AWAY]
    if any(code[1] in _DOUBT for code in away):
        return "doubt"
    if away:
        return "away"
    if all(code[1] == "r" for code in codes):
        return "rest"
    places = {code[0] for code in codes if code[1] != "r"}
    return "village" if places & set(_VILLAGE) else "household" if "h" in places else "county"


def _words(one: YearMonth, today: date) -> tuple[str, bool]:
    """Return the total of a month with what it comes to, and whether it falls short."""
    if one.count is None:
        return "", False
    if one.count.known == 0:
        return "没有登记", False
    total = f"{one.count.days:g}天"
    if one.month == f"{today:%Y-%m}":
        return f"{total} 未完", False
    if one.count.missing:
        return f"{total} 缺{one.count.missing / 2:g}", False
    if one.finding is not None and one.finding.verdict is not Verdict.OK:
        return f"{total} 不足", True
    return f"{total} 达到", False


def sentences(whole: PersonYear, grid: Sequence[GridMonth]) -> tuple[str, ...]:
    """Return what the year comes to in words; months that are not registered in full are left out and named."""
    full = [one for one in grid if one.text.endswith(("达到", "不足"))]
    reached = sum(one.text.endswith("达到") for one in full)
    open_ = [f"{int(one.month[5:])}月" for one in grid if one.text.startswith("没有登记") or "缺" in one.text]
    away = sum(one.days.count("away") for one in grid)
    doubt = [f"{int(one.month[5:])}月{at + 1}日" for one in grid for at, day in enumerate(one.days) if day == "doubt"]
    lines = [f"登记齐全的{len(full)}个月中，达到应满天数的{reached}个月。"] if full else ["还没有登记齐全的月份。"]
    lines += [f"{'、'.join(open_)}没有登记齐全，不计在内。"] if open_ else []
    lines += [f"请假外出{away}天。"] if away else []
    lines += [f"离开待核{len(doubt)}天：{'、'.join(doubt[:6])}{'等' if len(doubt) > 6 else ''}。"] if doubt else []
    return tuple(lines)
