"""Findings unfolded as a page of text: sentence, figures and sums at the left, article and settings at the right."""

from collections.abc import Iterable, Sequence
from html import escape

from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.services.judging.explaining import Explanation
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.findings import TONES


def explained(one: Explanation) -> str:
    """Return one finding with everything needed to check it by hand."""
    finding = one.finding
    inputs = "；".join(f"{name} {value}" for name, value in finding.inputs)
    left = [_sentence(finding), _quiet(f"数据：{inputs}") if inputs else "", *map(_line, finding.steps)]
    right = [_line(one.article), *(_setting(setting.question, setting.value, setting.why) for setting in one.settings)]
    rule = _quiet(f"规则 {finding.rule}")
    return (
        f'<table width="100%"><tr><td width="46%">{"".join(left)}{rule}</td>'
        f'<td width="4%"></td><td width="50%">{"".join(right)}</td></tr></table>'
    )


def short(findings: Sequence[Finding]) -> str:
    """Return findings in a line each."""
    return "".join(_sentence(finding) for finding in findings)


def hint(lines: Sequence[str]) -> str:
    """Return what the panel is for, where nothing else is to be said."""
    return "".join(map(_quiet, lines))


def day(title: str, text: str, clashes: Iterable[str], note: str) -> str:
    """Return what stands on a day: its sources, both sides of every contradiction, and the note on it."""
    lines = [f"<p><b>{escape(title)}</b>　{escape(text)}</p>"]
    lines += [f'<p style="color:{theme.TOKENS["bad"]}">不一致　{escape(one)}</p>' for one in clashes]
    lines += [_quiet(f"说明：{note}")] if note else []
    return "".join(lines)


def listed(title: str, lines: Sequence[str]) -> str:
    """Return a heading with lines under it."""
    return f"<p><b>{escape(title)}</b></p>" + "".join(map(_line, lines))


def _sentence(finding: Finding) -> str:
    ink, ground = theme.TONES[TONES[finding.verdict]]
    pill = f'<span style="color:{ink};background:{ground}">&nbsp;{finding.verdict.label}&nbsp;</span>'
    return f"<p>{pill}　{escape(finding.sentence)}</p>"


def _setting(question: str, value: str, why: str) -> str:
    return f"<p>口径：{escape(question)}——<b>{escape(value)}</b>{_small(why)}</p>"


def _small(text: str) -> str:
    return f'　<span style="color:{theme.TOKENS["text2"]}">{escape(text)}</span>' if text else ""


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _quiet(text: str) -> str:
    return f'<p style="color:{theme.TOKENS["text2"]}">{escape(text)}</p>'
