"""How a rule is declared: once, with key, article, title and switches, as a pure function of one subject."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts, day_of
from tuopin_desktop.domain.findings import Finding, Step, Verdict
from tuopin_desktop.domain.guard import guarded
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.rules.phrases import subject_words

Inputs = tuple[tuple[str, str], ...]
R = TypeVar("R", bound=Record)


class Outcome(msgspec.Struct, frozen=True):
    """What a rule says of its subject, before rule, article and subject are written on it.

    `day` is the day of the matter judged; before the measure took effect nothing is held against anybody (Art. 21).
    """

    verdict: Verdict
    sentence: str
    inputs: Inputs = ()
    steps: tuple[Step, ...] = ()
    day: date | None = None


Judge = Callable[[R, Facts, Policy], Outcome | None]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the measure; `over` is the kind of its subjects, None from `judge` means it has nothing to say."""

    key: str
    article: int
    title: str
    over: str
    switches: tuple[str, ...]
    judge: Callable[[Any, Facts, Policy], Outcome | None]

    def finding(self, record: Record, facts: Facts, policy: Policy) -> Finding | None:
        """Return the finding on one subject; one that says so where judging fails in a way nobody foresaw."""
        return guarded(self._finding, self._unknown, record, facts, policy)

    def _unknown(self, record: Record, facts: Facts, policy: Policy) -> Finding:
        basis = policy.cite(self.key, self.article)
        return Finding(
            rule=self.key,
            article=self.article,
            subject=ids.key(self.over, record.id),
            subject_words=guarded(lambda: subject_words(record, facts), lambda: record.kind.label),
            verdict=Verdict.UNKNOWN,
            sentence=f"无法判断“{self.title}”：登记的内容超出程序的预料，请核对该记录（{basis}）",
            switches=self.switches,
            basis=basis,
            pack="" if policy.id == FIRST_PACK else policy.id,
        )

    def _finding(self, record: Record, facts: Facts, policy: Policy) -> Finding | None:
        """Return the finding, softened when the matter lies before the measure took effect.

        A month or slip is judged under the rulings in force on its own day, anything else under those of today.
        """
        policy = policy.on(day_of(record) or facts.today) if policy.course is not None else policy
        outcome = self.judge(record, facts, policy)
        if outcome is None or (_is_past(record) and outcome.verdict is not Verdict.OK):
            return None
        verdict, sentence = outcome.verdict, outcome.sentence
        day = outcome.day or facts.today
        if day < policy.in_force and verdict is not Verdict.OK:
            verdict, sentence = Verdict.NOTICE, f"办法施行前（{day.isoformat()}），仅供参考：{sentence}"
        basis = policy.cite(self.key, self.article)
        return Finding(
            rule=self.key,
            article=self.article,
            subject=ids.key(self.over, record.id),
            subject_words=subject_words(record, facts),
            verdict=verdict,
            sentence=f"{sentence}（{basis}）",
            inputs=outcome.inputs,
            steps=outcome.steps,
            switches=self.switches,
            day=outcome.day,
            basis=basis,
            pack="" if policy.id == FIRST_PACK else policy.id,
        )


def _is_past(record: Record) -> bool:
    """Tell whether a record was taken from a register of past years: whatever the rule, it is held against nobody."""
    return bool(getattr(record, "history", False))


def rule(key: str, title: str, *, over: str, switches: tuple[str, ...] = ()) -> Callable[[Judge[R]], Rule]:
    """Return the decorator that makes a function `(record, facts, policy)` the rule `A<article>-<n>`."""
    article = int(key[1:3])

    def declare(judge: Judge[R]) -> Rule:
        return Rule(key=key, article=article, title=title, over=over, switches=switches, judge=judge)

    return declare
