"""Article 4: whoever is posted does no work of the original unit; being called back by it is a reason of its own."""

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import LeaveSlip, choices
from tuopin_desktop.domain.rules.rule import Outcome, rule

WORDS = "status.called_back_words"


@rule("A04-2", "帮扶期间不承担原单位工作", over="leave_slip", switches=(WORDS,))
def called_back(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """A slip for work of the original unit is said to be that; one that only sounds like it is to be looked at.

    Withdrawn and voided slips were not travelled and say nothing.
    """
    span = facts.period_of.get(slip.id)
    if slip.ended or span is None:
        return None
    when = f"{span.first.isoformat()}至{span.last.isoformat()}，{span.days:g}天"
    inputs = (("假别", choices.LEAVE_TYPE.word(slip.leave_type) or "未登记"), ("请假事由", slip.reason or "未登记"))
    if slip.leave_type == choices.CALLED_BACK:
        sentence = f"被原单位叫回工作（{when}），帮扶期间不承担原单位工作，请商派出单位另行安排"
        return Outcome(Verdict.AMBER, sentence, inputs, (), span.first)
    heard = next((word for word in policy.several(WORDS) if word in slip.reason), "")
    if heard:
        sentence = f"事由写有“{heard}”（{when}），像是被原单位叫回工作，请核对，是的请把假别改为“原单位叫回”"
        return Outcome(Verdict.NOTICE, sentence, inputs, (), span.first)
    return None


RULES = (called_back,)
