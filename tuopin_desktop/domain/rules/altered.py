"""Article 10: what was approved in writing stays as it was signed; who changes it afterwards has it signed again."""

from collections.abc import Mapping

from tuopin_desktop.domain.alterations import ALTERED, Altered, records, sentence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS, LeaveSlip
from tuopin_desktop.domain.records.choices import ENDED
from tuopin_desktop.domain.rules.rule import Outcome, rule

_AGAIN = "改动没有重新签字，不算数，仍按签字时的内容；要改请办“更正”或“变更行程”，打印后重新签字"
_REASON = "没有写更正原因；请与原件核对，改回原样或写明原因"


@rule("A10-7", "签字后不改", over="leave_slip")
def signed_slip(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """A slip stands as it was signed; a change is another slip, signed again."""
    key = f"{slip.kind.name}:{slip.id}"
    alterations = facts.altered.get(key, ())
    if not alterations:
        return None
    message = "；".join(sentence(key, one) for one in alterations)
    inputs = (("签字后改动", f"{len(alterations)}处"),)
    if slip.ended:
        return Outcome(Verdict.NOTICE, f"签字后改动：{message}；这张报备单已{ENDED.word(slip.ended)}", inputs)
    story = facts.story(slip, policy)
    if story.rerouted:
        number = "、".join(item.number for item in story.replaced_by)
        return Outcome(Verdict.OK, f"签字后改动：{message}；已另填报备单{number}重新签字", inputs)
    span = facts.period_of.get(slip.id)
    return Outcome(Verdict.AMBER, f"签字后改动：{message}。{_AGAIN}", inputs, day=span.first if span else None)


@rule("A10-7", "定稿后不改", over=ALTERED)
def fixed_record(item: Altered, facts: Facts, policy: Policy) -> Outcome | None:
    """What was sent, decided or kept from paper is corrected with a reason, or it is told."""
    del facts
    if policy.id != FIRST_PACK:
        return None  # what is about no one person is judged once, whatever packs there are
    why = KINDS[item.key.partition(":")[0]].kind.freezes[0].why
    message = "；".join(sentence(item.key, one) for one in item.changes)
    return Outcome(Verdict.NOTICE, f"{why}，后来{message}，{_REASON}", (("改动", f"{len(item.changes)}处"),))


def subjects(facts: Facts) -> Mapping[str, Record]:
    """Return what was altered of all kinds but slips, which are judged as themselves."""
    return records(facts.altered, but=LeaveSlip.kind.name)


RULES = (signed_slip, fixed_record)
