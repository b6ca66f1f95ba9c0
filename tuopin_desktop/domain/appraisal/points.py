"""The points of one member or team: every item with its trace, so that each point lost has a date and an article."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal.evidence import Evidence, TraceLine
from tuopin_desktop.domain.appraisal.scheme import TIMES, Item, Scheme, Subject
from tuopin_desktop.domain.appraisal.vetoes import Cap, caps
from tuopin_desktop.domain.findings import Finding, Verdict

_CENT = Decimal("0.01")
_WORTH = {Verdict.OK: Decimal(1), Verdict.NOTICE: Decimal(1), Verdict.AMBER: Decimal("0.5")}
"""What a month counts for by its verdict; a red or suspected one counts for nothing."""


class ItemPoints(msgspec.Struct, frozen=True):
    """One item scored; points None while its evidence is missing."""

    item: Item
    points: Decimal | None
    lines: tuple[TraceLine, ...]


class Appraisal(msgspec.Struct, frozen=True, kw_only=True):
    """A subject's year: items, the sum of those scored, what is still missing, and the caps that apply."""

    subject: str
    kind: Subject
    items: tuple[ItemPoints, ...]
    caps: tuple[Cap, ...]

    @property
    def total(self) -> Decimal:
        """Return the points so far."""
        return sum((one.points for one in self.items if one.points is not None), Decimal(0))

    @property
    def parts(self) -> str:
        """Return how routine and annual items make up the points (A15-2): 平时 47.5/50，年度 45.2/50."""
        lines = []
        for time, text in TIMES.items():
            items = [one for one in self.items if one.item.time == time]
            got = sum((one.points for one in items if one.points is not None), Decimal(0))
            lines.append(f"{text} {got}/{sum((one.item.points for one in items), Decimal(0))}")
        return "，".join(lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the labels of items whose evidence is missing."""
        return tuple(one.item.label for one in self.items if one.points is None)


def appraise(subject: str, kind: Subject, evidence: Evidence, scheme: Scheme) -> Appraisal:
    """Return the appraisal of a posting (`member`) or a team under a scheme."""
    return Appraisal(
        subject=subject,
        kind=kind,
        items=tuple(_HOW[item.how](subject, item, evidence, scheme) for item in scheme.of(kind)),
        caps=tuple(caps(subject, evidence, scheme)) if kind == "member" else (),
    )


def _by_findings(subject: str, item: Item, evidence: Evidence, _scheme: Scheme) -> ItemPoints:
    lines = tuple(
        _line(finding, item.deduct[finding.verdict.value])
        for finding in evidence.own.get(subject, ())
        if finding.rule in item.rules and finding.verdict.value in item.deduct
    )
    amount = sum((line.points for line in lines), Decimal(0))
    if amount > item.points:
        lines = (*lines, TraceLine(words=f"共扣{amount}分，该项{item.points}分扣完为止"))
    return ItemPoints(item, max(Decimal(0), item.points - amount), lines)


def _line(finding: Finding, points: Decimal) -> TraceLine:
    text = f"{finding.subject_words}：{finding.sentence}"
    return TraceLine(
        words=text,
        points=points,
        day=finding.day,
        rule=finding.rule,
        article=finding.article,
        record=finding.subject,
    )


def _by_months(subject: str, item: Item, evidence: Evidence, scheme: Scheme) -> ItemPoints:
    pool = evidence.below if subject.endswith("/team") else evidence.own
    findings = (finding for finding in pool.get(subject, ()) if finding.rule in item.rules)
    certain = [finding for finding in findings if finding.verdict is not Verdict.UNKNOWN]
    outcome = _Counted.of(subject, item, evidence, scheme, certain)
    number = len(certain) + len(outcome.blank)
    if all(_month_of(finding) in outcome.open for finding in certain):
        return ItemPoints(item, None, (TraceLine(words="没有可评定的考勤月份"),))
    worth = sum((outcome.worth(finding) for finding in certain), Decimal(0)) + len(outcome.blank) * outcome.unregistered
    each = item.points / number
    lines = [
        _line(finding, rounded(each * (1 - outcome.worth(finding))))
        for finding in certain
        if outcome.worth(finding) < 1 or finding.verdict not in (Verdict.OK, Verdict.NOTICE)
    ]
    if outcome.blank:
        lost = rounded(each * len(outcome.blank) * (1 - outcome.unregistered))
        lines.append(TraceLine(words=f"{outcome.blank_words}没有登记全考勤，补登后重算", points=lost))
    sum_words = f"{item.points} × {worth.normalize():f} ÷ {number}（符合计1，提醒计0.5，不符计0{outcome.text}）"
    sum_words += _left_out(subject, evidence, certain) if scheme.unregistered is None else ""
    return ItemPoints(item, rounded(item.points * worth / number), (*lines, TraceLine(words=sum_words)))


class _Counted(NamedTuple):
    """How the months of an item count that are not registered well enough: `open` ones, and `blank` without finding."""

    unregistered: Decimal
    open: frozenset[tuple[str, str]]
    blank: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls, subject: str, item: Item, evidence: Evidence, scheme: Scheme, findings: Sequence[Finding]
    ) -> "_Counted":
        """Sort out a subject's months; where the scheme leaves them out there are none."""
        if scheme.unregistered is None:
            return cls(Decimal(0), frozenset(), ())
        team = subject.endswith("/team")
        own = [one for one in evidence.open if ids.owner(one) == ids.owner(subject)] if team else [subject]
        months = [(posting, month) for posting in own for month in sorted(evidence.open.get(posting, ()))]
        pairs = {(finding.rule, _month_of(finding)) for finding in findings}
        blank = tuple(one for rule in item.rules for one in months if (rule, one) not in pairs)
        return cls(scheme.unregistered, frozenset(months), blank)

    def worth(self, finding: Finding) -> Decimal:
        """Return what the month of a finding counts for: never more than one that is not registered."""
        worth = _WORTH.get(finding.verdict, Decimal(0))
        return min(worth, self.unregistered) if _month_of(finding) in self.open else worth

    @property
    def text(self) -> str:
        """Return what such months count for, in the words of the sum."""
        return f"，没有登记全的计{self.unregistered.normalize():f}" if self.open else ""

    @property
    def blank_words(self) -> str:
        """Return which months without a finding these are: 7月、8月, or how many person-months of a team."""
        months = sorted({month for _, month in self.blank})
        if len({posting for posting, _ in self.blank}) > 1:
            return f"{len(self.blank)}个人月"
        return "、".join(f"{int(month[5:])}月" for month in months)


def _month_of(finding: Finding) -> tuple[str, str]:
    """Return posting and month of a finding on a month of attendance."""
    posting, _, month = finding.subject.partition(":")[2].rpartition("/")
    return posting, month


def _left_out(subject: str, evidence: Evidence, findings: Sequence[Finding]) -> str:
    """Return how many months nothing is known of, where the scheme leaves them out of the sum."""
    served = evidence.months.get(subject, 0)
    gaps = served - len({finding.day for finding in findings}) if not subject.endswith("/team") else 0
    return f"；在派{served}个月中有{gaps}个月没有登记考勤，不计入" if gaps > 0 else ""


def _by_marks(subject: str, item: Item, evidence: Evidence, _scheme: Scheme) -> ItemPoints:
    marks = [mark for mark in evidence.marks.get(subject, ()) if mark.points is not None]
    if not marks:
        return ItemPoints(item, None, (TraceLine(words="没有登记平时考核"),))
    marks.sort(key=lambda mark: mark.month)
    total = sum(mark.points or 0 for mark in marks)
    mean = Decimal(total) / len(marks)
    text = " + ".join(f"{int(mark.month[5:])}月{mark.points}" for mark in marks)
    sentence = f"{text} = {total}，÷ {len(marks)}个月 = 平均{rounded(mean)}分，× {item.points} ÷ 100"
    gaps = evidence.months.get(subject, 0) - len(marks)
    if gaps > 0:
        sentence += f"；在派的月份中有{gaps}个月没有登记，不计入"
    return ItemPoints(item, rounded(mean * item.points / 100), (TraceLine(words=sentence),))


def _by_score(subject: str, item: Item, evidence: Evidence, _scheme: Scheme) -> ItemPoints:
    score = evidence.scores.get((subject, item.key))
    if score is None or score.points is None:
        text = "已交工作总结，办公室尚未评分" if item.source == "summary" and subject in evidence.summaries else ""
        return ItemPoints(item, None, (TraceLine(words=text or "办公室尚未评分"),))
    paper = f"（{score.paper}）" if score.paper else ""
    sentence = f"{score.points}分 × {item.points} ÷ 100；依据：{score.evidence}{paper}"
    return ItemPoints(item, rounded(Decimal(score.points) * item.points / 100), (TraceLine(words=sentence),))


def _by_ballots(subject: str, item: Item, evidence: Evidence, _scheme: Scheme) -> ItemPoints:
    mean = evidence.means.get((subject, item.source))
    if mean is None or mean.value is None:
        return ItemPoints(item, None, (TraceLine(words="没有测评结果"),))
    text = f"{mean.voices}人次平均{rounded(mean.value)}分 × {item.points} ÷ 100（“不了解”不计）"
    if mean.unfinished:
        return ItemPoints(item, None, (TraceLine(words=f"{text}；还有{mean.unfinished}场没有录入两遍核对完"),))
    return ItemPoints(item, rounded(mean.value * item.points / 100), (TraceLine(words=text),))


_HOW: Mapping[str, Callable[[str, Item, Evidence, Scheme], ItemPoints]] = {
    "findings": _by_findings,
    "months": _by_months,
    "marks": _by_marks,
    "score": _by_score,
    "ballots": _by_ballots,
}


def rounded(value: Decimal) -> Decimal:
    """Return points to two places, as they are said everywhere."""
    return value.quantize(_CENT, ROUND_HALF_UP)
