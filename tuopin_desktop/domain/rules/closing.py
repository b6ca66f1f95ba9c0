"""A closed month counts as it was closed (Art. 9); what was written about it since is said until it is taken over."""

from tuopin_desktop.domain.afterclose import AfterClose, after_close, said_of, words_of
from tuopin_desktop.domain.attendance.closing import figures_of, is_closed, recounted
from tuopin_desktop.domain.attendance.months import month_id, span_of
from tuopin_desktop.domain.attendance.roll import roll_of
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.records import Attendance, MonthClose
from tuopin_desktop.domain.rules.rule import Outcome, rule
from tuopin_desktop.domain.unjustified import count_month

_RULINGS = "口径"


@rule("A09-3", "结账后变化", over="month_close")
def written_since(close: MonthClose, facts: Facts, policy: Policy) -> Outcome | None:
    """Nothing is written about a closed month without a correction slip or its reopening."""
    span, roll = span_of(close.month), roll_of(close)
    if span is None or not is_closed(close):
        return None
    if roll is None:
        return _of_an_earlier_release(close, facts, policy)
    corrections = [item for item in facts.corrections if item.closing == close.id]
    after_closes = [one for one in after_close(facts, close, roll, policy, corrections) if _mine(one, facts, policy)]
    if not after_closes:
        return None
    waiting = [one for one in after_closes if not one.corrections]
    steps = tuple(words_of(one) for one in after_closes)
    inputs = (("结账后变化", f"{len(after_closes)}处"), ("已填更正单", f"{len(after_closes) - len(waiting)}处"))
    if not waiting:
        return Outcome(Verdict.OK, f"结账后有{len(after_closes)}处变化，都已填更正单", inputs, steps, span[0])
    text = f"结账后有{len(after_closes)}处变化，{len(waiting)}处未填更正单，仍按结账登记计：{said_of(waiting[0])}"
    more = "等" if len(waiting) > 1 else ""
    grave = any(one.what != _RULINGS for one in waiting)
    return Outcome(Verdict.AMBER if grave else Verdict.NOTICE, text + more, inputs, steps, span[0])


def _of_an_earlier_release(close: MonthClose, facts: Facts, policy: Policy) -> Outcome | None:
    """Return whose figure is not that of the close: of its days nothing was kept that they could be held against."""
    steps = []
    for figure in figures_of(close):
        posting = facts.posting_by_id.get(figure.posting)
        if posting is None:
            continue
        record_id = month_id(posting.id, close.month)
        blank = Attendance(id=record_id, posting=posting.id, month=close.month)
        record = next((one for one in facts.attendance_of.get(posting.id, ()) if one.id == record_id), blank)
        month_facts, terms = facts.terms(close.county, close.month, policy)
        _, month = count_month(record, posting, month_facts, terms)
        if month is not None and recounted(figure, month, terms.in_force):
            steps.append(f"{figure.name}：结账登记{figure.days:g}天，按现有登记{month.days:g}天")
    if not steps:
        return None
    text = f"旧版程序结账，没有留存逐日内容，按现有登记计算；{len(steps)}人与结账数字不同：{steps[0]}"
    span = span_of(close.month)
    return Outcome(Verdict.AMBER, text, (), tuple(steps), span[0] if span else None)


def _mine(one: AfterClose, facts: Facts, policy: Policy) -> bool:
    """Tell whether a difference is said under this pack: what is of nobody single is said under the first."""
    return not facts.pack or policy.id == (one.pack or FIRST_PACK)


RULES = (written_since,)
