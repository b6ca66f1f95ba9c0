"""Article 10: leaving the county takes a slip, and the position on the day of leave decides which of the two forms."""

from typing import Literal

from tuopin_desktop.domain.facts import Facts, posting_on
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import LeaveSlip, Posting, choices
from tuopin_desktop.domain.rules.rule import Outcome, rule

SlipForm = Literal["leader", "member"]


def form_for(position: str) -> SlipForm:
    """Return the form of a position: Attachment 1 for the leader, Attachment 2 for deputies and members."""
    return "leader" if position == "leader" else "member"


@rule("A10-3", "请假时间", over="leave_slip")
def period(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """A slip states a period, the right way round, that no other slip of the person covers."""
    span = facts.period_of.get(slip.id)
    inputs = (("请假起止时间", _words(span) if span else slip.period or "未登记"),)
    if span is None:
        return Outcome(Verdict.AMBER, "请假起止时间未登记或读不懂", inputs, day=slip.filled)
    steps = (f"{span.halves} 个半天 ÷ 2 = {span.days:g} 天",)
    if span.halves <= 0:
        return Outcome(Verdict.AMBER, "请假起止时间前后颠倒", inputs, steps, span.first)
    if span.first < policy.in_force:
        return Outcome(Verdict.NOTICE, f"办法施行前的请假（{span.first.isoformat()}），只作登记", inputs, steps)
    other = facts.clash_of.get(slip.id)
    if other is not None:
        return _clash(other, facts.period_of[other.id], inputs, (*steps, f"本单 {_words(span)}"))
    return Outcome(Verdict.OK, f"请假{span.days:g}天，与其他报备单不重叠", inputs, steps, span.first)


def _clash(other: LeaveSlip, span: Period, inputs: tuple[tuple[str, str], ...], steps: tuple[str, ...]) -> Outcome:
    words = _words(span)
    which = f"报备单{other.number}" if other.number else "另一份报备单"
    return Outcome(Verdict.AMBER, f"请假时间与{which}（{words}）重叠", inputs, (*steps, f"他单 {words}"), span.first)


@rule("A10-4", "队长用附件1", over="leave_slip")
def leader_form(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """Who is leader on the first day of leave fills Attachment 1."""
    return _form(slip, facts, "leader")


@rule("A10-5", "副队长、队员用附件2", over="leave_slip")
def member_form(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """Who is deputy or member on the first day of leave fills Attachment 2."""
    return _form(slip, facts, "member")


def _form(slip: LeaveSlip, facts: Facts, asked: SlipForm) -> Outcome | None:
    """Judge the form, if it is this rule's; a slip that no posting covers is judged under the form it bears."""
    span = facts.period_of.get(slip.id)
    if span is None:
        return None
    linked = facts.posting_by_id.get(slip.posting)
    serving = posting_on(facts, linked.person, span.first) if linked else None
    wanted = form_for(serving.position) if serving else ("leader" if slip.form == "leader" else "member")
    if wanted != asked:
        return None
    day = span.first.isoformat()
    inputs = (
        ("请假首日", day),
        ("当日职务", _position(serving)),
        ("用表", choices.SLIP_FORM.word(slip.form) or "未登记"),
    )
    if serving is None:
        return Outcome(Verdict.RED, f"请假首日{day}不在派驻期内，无法确定用表", inputs, day=span.first)
    position, form = _position(serving), choices.SLIP_FORM.word(wanted)
    steps = (f"{day} 任{position} → {form}",)
    if slip.form == wanted:
        return Outcome(Verdict.OK, f"{position}用{form}", inputs, steps, span.first)
    return Outcome(Verdict.RED, f"{day}任{position}，应填{form}报备单", inputs, steps, span.first)


def _words(span: Period) -> str:
    return span.words().replace("\n", "")


def _position(posting: Posting | None) -> str:
    return choices.POSITION.word(posting.position) if posting else "无派驻"


RULES = (period, leader_form, member_form)
