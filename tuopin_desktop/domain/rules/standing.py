"""Articles 10 and 17: what the Office decides the Office records, and what does not count is looked into."""

from collections.abc import Mapping

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.leave.chain import OFFICE
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import RESULT
from tuopin_desktop.domain.rules.rule import Outcome, rule
from tuopin_desktop.domain.uncounted import UNCOUNTED, Uncounted, uncounted


def subjects(facts: Facts, policy: Policy) -> Mapping[str, Uncounted]:
    """Return everything that does not count by id, made once."""
    called = {"15": "自治区工作队管理办公室", **{code: facts.county_name(code) for code in facts.county_by_code}}
    return facts.once(UNCOUNTED, policy, lambda: uncounted(facts.asides, called))


@rule("A10-8", "队长请假由办公室批准，旗县只登记纸质件", over="leave_slip")
def office_record(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """The county notes what stands on the paper; what counts is the Office's own record."""
    chain = facts.story(slip, policy).chain
    opinion, noted = chain.signed.get(OFFICE), chain.noted
    if opinion is None or (not chain.paper.standing and not chain.contradicted):
        return None
    text = RESULT.word(opinion.verdict)
    if chain.contradicted and noted is not None:
        both = (("办公室决定", text), ("旗县登记", RESULT.word(noted.verdict)))
        sentence = f"办公室的决定是{text}，旗县登记为{RESULT.word(noted.verdict)}，以办公室的决定为准，请旗县核对纸质件"
        return Outcome(Verdict.AMBER, sentence, both, day=opinion.signed)
    if chain.by_office:
        return Outcome(Verdict.OK, f"办公室已有决定：{text}", (("办公室决定", text),), day=opinion.signed)
    day = day_words(opinion.signed) if opinion.signed else "未登记日期"
    inputs = (("旗县登记", f"{opinion.signer} {day} {text}"),)
    return Outcome(Verdict.AMBER, "办公室意见是据纸质件登记的，待办公室的记录", inputs, day=opinion.signed)


@rule("A17-2", "登记的内容合乎规定、由该登记的单位登记", over=UNCOUNTED)
def not_counted(item: Uncounted, facts: Facts, policy: Policy) -> Outcome | None:
    """A value its field cannot hold, or that was another office's to write, is kept and does not count."""
    del facts, policy
    return Outcome(Verdict.AMBER, item.sentence, item.inputs)


RULES = (office_record, not_counted)
