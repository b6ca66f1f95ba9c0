"""Article 10: records that contradict each other, each to be put right or explained; a rule for each kind."""

from collections.abc import Mapping

from tuopin_desktop.domain.contradictions.find import contradictions
from tuopin_desktop.domain.contradictions.kinds import CONTRADICTION, KINDS, Contradiction
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.rules.rule import Judge, Outcome, Rule

_SWITCHES = {"log_late": ("journal.late_days",)}


def subjects(facts: Facts, policy: Policy) -> Mapping[str, Contradiction]:
    """Return every contradiction of the facts by id, looked for once."""
    return facts.once(CONTRADICTION, policy, lambda: contradictions(facts, policy))


def by_rule(facts: Facts, policy: Policy) -> Mapping[str, Mapping[str, Contradiction]]:
    """Return the same apart, by the rule that judges them: each of twenty looks at its own only."""
    return facts.once(f"{CONTRADICTION} by rule", policy, lambda: _apart(subjects(facts, policy)))


def _apart(contradiction_by_key: Mapping[str, Contradiction]) -> Mapping[str, Mapping[str, Contradiction]]:
    parts: dict[str, dict[str, Contradiction]] = {key: {} for key in KEY_OF.values()}
    for name, item in contradiction_by_key.items():
        parts[KEY_OF[item.what]][name] = item
    return parts


def _judge(what: str) -> Judge[Contradiction]:
    def judge(item: Contradiction, facts: Facts, policy: Policy) -> Outcome | None:
        del policy
        if item.what != what:
            return None
        inputs = tuple((side.label, side.words) for side in item.sides)
        explanation = facts.traces.explained.get(item.id)
        if explanation is None:
            return Outcome(Verdict.AMBER, item.sentence, inputs, (), item.period.first)
        message = f"{explanation.said}{explanation.by}说明：{explanation.words}"
        if explanation.stands:
            return Outcome(Verdict.OK, f"{item.sentence}；已说明", inputs, (message,), item.period.first)
        back = f"{explanation.reopened_on}退回说明：{explanation.reopened_words or '请重新说明'}"
        return Outcome(Verdict.AMBER, f"{item.sentence}；说明已退回", inputs, (message, back), item.period.first)

    return judge


RULES = tuple(
    Rule(
        key=f"A10-1-{number:02d}",
        article=10,
        title=title,
        over=CONTRADICTION,
        switches=_SWITCHES.get(what, ()),
        judge=_judge(what),
    )
    for number, (what, title) in enumerate(KINDS.items(), 1)
)
KEY_OF: Mapping[str, str] = {what: rule.key for what, rule in zip(KINDS, RULES, strict=True)}
"""The rule of each kind of contradiction."""
