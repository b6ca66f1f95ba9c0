"""Duties of the region office itself (Art. 11, 12, 15, 17): meetings, the demonstration class, the year's grades."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.duties import appraisals
from tuopin_desktop.domain.duties.duty import Duty, standing
from tuopin_desktop.domain.duties.teams import last_day, month_words, months
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.policy import Policy

OFFICE = "自治区工作队管理办公室"
LEADERS = "队长会议"
PAIR = 2


def of_office(facts: Facts, policy: Policy, first: date, last: date) -> Iterator[Duty]:
    """Yield the Office's duties due from first to last; a county is not concerned with them."""
    low, high = max(first, policy.in_force), min(last, policy.day("term.end"))
    yield from _meetings(facts, policy, low, high)
    for year in range(low.year, high.year + 1):
        if (due := date(year, 12, 31)) <= high:
            yield demonstration(facts, policy, year, due)
    for year in range(policy.in_force.year, policy.day("term.end").year + 1):
        for duty in appraisals.grades(OFFICE, facts, policy, year):
            if first <= duty.due <= last:
                yield duty


def _meetings(facts: Facts, policy: Policy, low: date, high: date) -> Iterator[Duty]:
    for month in months(low, high):
        if not low <= last_day(month) <= high:
            continue
        if month.month % PAIR == 0:
            yield leaders(facts, month)
        then = policy.on(last_day(month))
        if month.month % then.number("office.study_months") == 0:
            yield study(facts, then, month)


def leaders(facts: Facts, month: date) -> Duty:
    """Return the team leaders' meeting of two months that end with this one (A12-2, Q26): 一般, so never red."""
    opens, due = month.replace(month=month.month - 1), last_day(month)
    return _meeting(facts, "A12-2", "leaders", LEADERS, opens, due, f"{month_words(opens)}至{month.month}月")


def study(facts: Facts, policy: Policy, month: date) -> Duty:
    """Return the Office's own meeting on the teams in the months that end with this one (A17-1): 定期, so never red."""
    opens = month.replace(month=month.month - policy.number("office.study_months") + 1)
    period = f"{month_words(opens)}至{month.month}月"
    return _meeting(facts, "A17-1", "study", "办公室研究工作队管理", opens, last_day(month), period)


def _meeting(facts: Facts, rule: str, kind: str, what: str, opens: date, due: date, period: str) -> Duty:
    meetings = facts.duty_evidence.meetings_of.get((ids.REGION, kind), ())
    meetings_held = [item for item in meetings if item.held is not None and opens <= item.held <= due]
    proved = bool(meetings_held) and facts.duty_evidence.proved(
        meetings_held[0], meetings_held[0].minutes, meetings_held[0].paper
    )
    state, days = standing(opens, due, facts.today, meetings_held[0].held if meetings_held else None, proved=proved)
    return Duty(
        rule=rule,
        what=what,
        **_who(),
        period=period,
        opens=opens,
        due=due,
        state=state,
        days=days,
        mild=True,
        said=f"{meetings_held[0].held}召开" if meetings_held else "",
        evidence=tuple(ids.key("meeting", item.id) for item in meetings_held[:1]),
        kind="meeting",
        preset={"type": kind},
    )


def demonstration(facts: Facts, policy: Policy, year: int, due: date) -> Duty:
    """Return the demonstration class of a year (A11-3)."""
    count = policy.on(due).number("training.demonstration_per_year")
    spans = [
        (parse_stored(item.period), item) for item in facts.training_by_id.values() if item.type == "demonstration"
    ]
    pairs = ((span.last, item.id) for span, item in spans if span and span.last.year == year)
    ended = sorted(pairs, key=lambda one: one[0])
    done_on = ended[count - 1][0] if len(ended) >= count else None
    state, days = standing(date(year, 1, 1), due, facts.today, done_on)
    return Duty(
        rule="A11-3",
        what="示范培训班",
        **_who(),
        period=f"{year}年",
        opens=date(year, 1, 1),
        due=due,
        state=state,
        days=days,
        said="、".join(f"{day}结业" for day, _ in ended),
        evidence=tuple(ids.key("training", key) for _, key in ended),
        kind="training",
        preset={"type": "demonstration", "organiser": "office"},
    )


def _who() -> dict[str, Any]:
    return {"subject": ids.key("office", f"{ids.REGION}/office"), "county": "", "who": OFFICE}
