"""What a check found, for people and for programs: Chinese sentences by article, and one JSON object a line."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import msgspec

from tuopin_desktop.domain.findings import Finding, Verdict, article_words
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.services.office.desk import Desk

_SHOWN = (Verdict.RED, Verdict.SUSPECTED, Verdict.UNKNOWN, Verdict.AMBER, Verdict.NOTICE)


def lines(findings: Sequence[Finding]) -> bytes:
    """Return all findings as JSON, one a line, `ok` included."""
    return msgspec.json.Encoder().encode_lines(findings)


def sentences(desk: Desk, results: Sequence[Finding]) -> bytes:
    """Return what is not ok as a Chinese text, by article, each finding with its arithmetic."""
    day = desk.today()
    text = [
        f"{desk.office.name}　检查结果　{day_words(day)}",
        desk.mark,
        f"共检查{len(results)}项：{tally_text(results)}",
    ]
    findings = sorted((one for one in results if one.verdict is not Verdict.OK), key=lambda one: one.article)
    for article, group in groupby(findings, key=lambda one: one.article):
        text += ["", article_words(article)]
        for one in group:
            text.append(f"  [{one.verdict.label}] {one.rule} {one.subject_words}：{one.sentence}")
            text += [f"      {step}" for step in one.steps]
    # With the mark at its front, so that the plain editor of an old Windows knows the encoding.
    return ("\n".join(text) + "\n").encode("utf-8-sig")


def tally_text(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each verdict, the worst first."""
    times = Counter(one.verdict for one in findings)
    worse = [f"{verdict.label}{times[verdict]}项" for verdict in _SHOWN if times[verdict]]
    return "，".join([*worse, f"{Verdict.OK.label}{times[Verdict.OK]}项"])
