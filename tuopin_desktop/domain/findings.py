"""What a rule says of a subject: a verdict that carries its article, its inputs and its arithmetic."""

import enum
from collections.abc import Sequence
from datetime import date

import msgspec

Step = str
"""One line of the arithmetic, in Chinese, as it is shown when a coloured cell is unfolded."""


class Verdict(enum.Enum):
    """How a rule judges; `suspected` waits for the region office, because the clerk never decides alone (Art. 20).

    `unknown` is said where judging failed: neither for nor against anybody.
    """

    OK = "ok"
    NOTICE = "notice"
    AMBER = "amber"
    RED = "red"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Return the Chinese word."""
        return _WORDS[self]


_WORDS = {
    Verdict.OK: "符合",
    Verdict.NOTICE: "提示",
    Verdict.AMBER: "提醒",
    Verdict.RED: "不符",
    Verdict.SUSPECTED: "疑似",
    Verdict.UNKNOWN: "无法判断",
}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict of one rule on one subject.

    `subject` is the log key `kind:id`, `subject_words` how the clerk calls it, `inputs` pairs of Chinese label and
    value, `switches` the keys of the policy that took part, `day` the day of the matter where it has one, `basis` what
    the verdict rests on in words, `pack` the rule pack it was judged by (empty: the first).
    """

    rule: str
    article: int
    subject: str
    subject_words: str
    verdict: Verdict
    sentence: str
    inputs: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    switches: tuple[str, ...] = ()
    day: date | None = None
    basis: str = ""
    pack: str = ""


_DIGITS = "零一二三四五六七八九"


def article_words(number: int) -> str:
    """Return 第十六条 for 16; articles have one or two digits."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"第{ten}{_DIGITS[ones] if ones else ''}条"


GRAVITY = (Verdict.RED, Verdict.SUSPECTED, Verdict.UNKNOWN, Verdict.AMBER, Verdict.NOTICE, Verdict.OK)
"""Verdicts, gravest first."""


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings by gravity, else in the order given."""
    return sorted(findings, key=lambda finding: GRAVITY.index(finding.verdict))
