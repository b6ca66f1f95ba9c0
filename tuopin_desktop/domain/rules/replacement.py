"""Article 5: a change of people takes a written application and the Office's approval first."""

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Decision, Posting
from tuopin_desktop.domain.rules.phrases import day_words, posting_words
from tuopin_desktop.domain.rules.rule import Outcome, rule


@rule("A05-1", "人员更换", over="posting", switches=("term.end",))
def approved(posting: Posting, facts: Facts, policy: Policy) -> Outcome | None:
    """A posting that succeeds another one needs an application and an approved decision; else 擅自调整.

    Whoever was applied for is judged too where nobody registered whom he succeeds: the application says it is a change.
    """
    former = facts.posting_by_id.get(posting.replaces) or facts.predecessor_of.get(posting.id)
    if former is None and not posting.replaces and not posting.applied:
        return None
    # Whoever served out the whole term is not replaced (Art. 6).
    if former is not None and former.until is not None and former.until >= policy.day("term.end"):
        return None
    decision = _decision(posting, former, facts)
    inputs = (
        ("接替", posting_words(former, facts) if former else posting.replaces or "未登记"),
        ("到岗日期", day_words(posting.since)),
        ("更换申请日期", day_words(posting.applied)),
        ("办公室决定", _decision_words(decision)),
        ("批复文号（据纸质）", posting.approval_paper or "未登记"),
    )
    verdict, sentence = _judge(posting, decision, facts)
    return Outcome(verdict, sentence, inputs, _steps(posting, former, decision), posting.since)


def _decision(posting: Posting, former: Posting | None, facts: Facts) -> Decision | None:
    """Return the latest decision on this posting or on the one it replaces."""
    subjects = dict.fromkeys((posting.id, former.id if former else posting.replaces))
    decisions = [item for subject in subjects for item in facts.decisions_on.get(("replacement", subject), ())]
    return max(decisions, key=lambda item: (day_words(item.decided), item.paper, item.result), default=None)


def _judge(posting: Posting, decision: Decision | None, facts: Facts) -> tuple[Verdict, str]:
    if decision is not None and decision.result == "approved":
        return _with_approval(posting, decision)
    if decision is not None:
        return Verdict.RED, f"办公室不同意更换（{decision.paper}），属擅自调整"
    if posting.approval_paper:
        tail = "" if posting.applied else "，且未登记派出单位党组织的书面申请"
        return Verdict.AMBER, f"据纸质批复{posting.approval_paper}登记，待自治区办公室决定核对{tail}"
    if posting.since is None or posting.since > facts.today:
        return Verdict.AMBER, "更换尚未获自治区办公室批准，获批前不得到岗"
    if posting.applied:
        return Verdict.RED, "更换已申请但未获批准即到岗，属擅自调整"
    return Verdict.RED, "更换人员无书面申请、无办公室批准，属擅自调整"


def _with_approval(posting: Posting, decision: Decision) -> tuple[Verdict, str]:
    if not posting.applied:
        return Verdict.AMBER, f"更换已获批准（{decision.paper}），但未登记派出单位党组织的书面申请"
    if posting.since and decision.decided and decision.decided > posting.since:
        return Verdict.AMBER, f"批准日期{decision.decided.isoformat()}晚于到岗日期，属先调整后批准"
    return Verdict.OK, f"更换已申请并获批准（{decision.paper}）"


def _steps(posting: Posting, former: Posting | None, decision: Decision | None) -> tuple[str, ...]:
    ended = (f"前任派驻至 {day_words(former.until)}，到岗 {day_words(posting.since)}",) if former else ()
    question = f"书面申请：{'有' if posting.applied else '无'}"
    return (*ended, question, f"办公室决定：{_decision_words(decision)}")


def _decision_words(decision: Decision | None) -> str:
    if decision is None:
        return "无"
    result = "同意" if decision.result == "approved" else "不同意"
    return f"{result}（{decision.paper}，{day_words(decision.decided)}）"


RULES = (approved,)
