"""A finding unfolded: the article's own text, and every switch that took part with the ruling that set it."""

from functools import cache

import msgspec

from tuopin_desktop.domain import measure
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.services import checks, library
from tuopin_desktop.services.desk import Desk


class Setting(msgspec.Struct, frozen=True):
    """One switch in words: the question, what it stands at, and why: a ruling's paper, or the reading of the pack."""

    question: str
    value: str
    why: str


class Explained(msgspec.Struct, frozen=True):
    """A finding with everything needed to check it by hand."""

    finding: Finding
    article: str
    settings: tuple[Setting, ...]


def explain(desk: Desk, finding: Finding) -> Explained:
    """Return a finding with its article as published and its switches as they stand today."""
    policy = checks.policy_on(desk, desk.today())
    found = []
    for key in finding.switches:
        switch = policy.switches.get(key)
        if switch is not None:
            why = f"自治区办公室明确：{switch.paper}" if switch.paper else switch.why
            found.append(Setting(switch.question, switch.words, why))
    return Explained(finding, article_text(finding.article), tuple(found))


@cache
def article_text(number: int) -> str:
    """Return an article as published, its name in front."""
    article = measure.read(library.text("measure/2018-nmg.txt")).articles.get(number)
    return f"{article.name}　{article.text}" if article else ""
