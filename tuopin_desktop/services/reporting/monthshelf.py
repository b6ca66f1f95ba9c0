"""A month of one owner, judged once: the figures of his team, its leave, and what the circular says of his people."""

from collections.abc import Mapping
from functools import partial

from tuopin_desktop.domain import monthleave
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.monthleave import MonthLeave
from tuopin_desktop.domain.rules import with_places
from tuopin_desktop.domain.shelf.findings import Entry, Places, merge
from tuopin_desktop.domain.shelf.part import OFFICE, Part
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import judging, teamfigures, teammonth
from tuopin_desktop.services.judging.teamfigures import TeamFigures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import monthly
from tuopin_desktop.services.reporting.monthly import MonthFigures
from tuopin_desktop.services.shelves import shelves
from tuopin_desktop.services.shelves.drawers import Drawer
from tuopin_desktop.services.shelves.groups import MONTH
from tuopin_desktop.services.shelves.topic import Topic

FIGURES: Drawer[list[TeamFigures]] = Drawer("figures", list[TeamFigures])
LEAVE: Drawer[MonthLeave] = Drawer("leave", MonthLeave)
FINDINGS: Drawer[list[Entry]] = Drawer("findings", list[Entry])
COUNTIES: Drawer[dict[str, str]] = Drawer("counties", dict[str, str])


def topic(month: str) -> Topic:
    """Return the topic of a month that has begun (YYYY-MM)."""
    return Topic(group=MONTH, name=month, fill=partial(_fill, month))


def _fill(month: str, part: Part) -> Steps[dict[str, bytes]]:
    facts, policy, span = under(part.facts, part.policy.id), part.policy, span_of(month)
    assert span is not None, "only months have a topic"
    figures = _figures(month, part, facts)
    yield
    leave = monthleave.in_month(facts, policy, *span, part.holds)
    places, entries = Places(facts), list[Entry]()
    for turn, rule in enumerate(monthly.RULES):
        yield
        for _, number, record, finding in with_places(facts, policy, [policy.id], part.holds, rule):
            if finding.day is not None and span[0] <= finding.day <= span[1]:
                entries.append(Entry(turn, number, places.of(record), len(entries), finding))
    return {
        FIGURES.name: FIGURES.pack(figures),
        LEAVE.name: LEAVE.pack(leave),
        FINDINGS.name: FINDINGS.pack(entries),
        COUNTIES.name: COUNTIES.pack({one.finding.subject: monthly.county_of(one.finding, facts) for one in entries}),
    }


def _figures(month: str, part: Part, facts: Facts) -> list[TeamFigures]:
    if part.owner == OFFICE or part.owner not in facts.county_by_code:
        return []
    team = teammonth.in_facts(facts, part.policy, month, part.owner)
    return [teamfigures.figures(team, facts)] if team.members else []


def read(desk: Desk, month: str) -> tuple[MonthFigures, Mapping[str, str]]:
    """Return a month put together from its shelves, and by subject the county each of its findings belongs to.

    Raises Refused for a text that is no month or one that has not begun.
    """
    span = monthly.span_so_far(month, desk.today())
    shelf = shelves.about(desk, topic(month))
    teams = [team for some in shelf.of(FIGURES).values() for team in some]
    findings = list(merge(shelf.of(FINDINGS).values()))
    counties = {subject: code for some in shelf.of(COUNTIES).values() for subject, code in some.items()}
    leave, policy = monthleave.together(shelf.of(LEAVE).values()), judging.policy_on(desk, desk.today())
    return monthly.together(span, desk.today(), teams, findings, leave, policy), counties
