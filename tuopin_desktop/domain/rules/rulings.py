"""Article 20: the Office interprets the measure; a ruling that fits no switch is shown, never silently dropped."""

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.policy import Policy, what_if
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Ruling
from tuopin_desktop.domain.rules.phrases import day_words
from tuopin_desktop.domain.rules.rule import Outcome, rule


@rule("A20-1", "办法解释", over="ruling")
def ruling_fits(ruling: Ruling, facts: Facts, policy: Policy) -> Outcome | None:
    """A ruling names a switch that may be ruled and a value it can take; else it is left out and shown."""
    inputs = (("口径项", ruling.switch), ("取值", ruling.value), ("文号", ruling.paper))
    ruled = what_if(policy, ruling.switch, ruling.value, ruling.paper)
    if isinstance(ruled, Problem):
        return Outcome(Verdict.AMBER, f"{ruled.sentence}，此条未采用", inputs)
    switch = ruled.switch(ruling.switch)
    start = ruling.applies or ruling.ruled
    steps = (f"口径：{switch.question}", f"取值：{switch.value_words}，自{day_words(start)}起适用")
    return Outcome(Verdict.OK, f"“{switch.question}”按“{switch.value_words}”执行", inputs, steps)


RULES = (ruling_fits,)
