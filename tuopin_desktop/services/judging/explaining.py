"""A finding unfolded: the article's own text, and every switch that took part with the ruling that set it."""

from datetime import date
from functools import cache

import msgspec

from tuopin_desktop.domain import ids, measure
from tuopin_desktop.domain.attendance.closing import policy_of, terms_kept
from tuopin_desktop.domain.facts import day_of
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.records import Attendance, LeaveSlip, MonthClose
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import closedmonths, library
from tuopin_desktop.services.office.desk import Desk


class Setting(msgspec.Struct, frozen=True):
    """One switch in words: the question, what it stands at, and why: a ruling's paper, or the reading of the pack."""

    question: str
    value: str
    why: str


class Explanation(msgspec.Struct, frozen=True):
    """A finding with everything needed to check it by hand."""

    finding: Finding
    article: str
    settings: tuple[Setting, ...]


def explain(desk: Desk, finding: Finding) -> Explanation:
    """Return a finding with its article as published and its switches as they stood for its month or slip.

    Under another pack than that of the measure the words of its source stand in the place of the article.
    """
    policy = judging.policy_on(desk, desk.today()).on(_day(desk, finding)).under(finding.pack)
    close = _close_over(desk, finding)
    then = policy_of(terms_kept(close).get(policy.id, ""), policy) if close is not None else policy
    settings = []
    for key in finding.switches:
        switch = then.switches.get(key)
        if switch is not None:
            why = f"自治区办公室明确：{switch.paper}" if switch.paper else switch.why
            if close is not None and switch.value != policy.switches[key].value:
                why = f"按{close.closed}结账时的口径"
            settings.append(Setting(switch.question, switch.value_words, why))
    return Explanation(finding, finding.basis if finding.pack else article_text(finding.article), tuple(settings))


def _day(desk: Desk, finding: Finding) -> date:
    """Return the day whose rulings a finding was judged under."""
    kind, record_id = ids.split(finding.subject)
    cls = {one.kind.name: one for one in (Attendance, LeaveSlip)}.get(kind)
    record = desk.store.get(cls, record_id) if cls is not None else None
    return (day_of(record) if record is not None else None) or desk.today()


def _close_over(desk: Desk, finding: Finding) -> MonthClose | None:
    """Return the close of the month that a finding is about."""
    kind, record_id = ids.split(finding.subject)
    posting, _, month = record_id.rpartition("/")
    return closedmonths.close_of(desk.store, posting, month) if kind == Attendance.kind.name else None


@cache
def article_text(number: int) -> str:
    """Return an article as published, its name in front."""
    article = measure.read(library.text("measure/2018-nmg.txt")).articles.get(number)
    return f"{article.name}　{article.text}" if article else ""
