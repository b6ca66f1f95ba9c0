"""Vetoes: what caps a member's grade whatever the points, from records that can be opened, with the arithmetic."""

import calendar
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from tuopin_desktop.domain.appraisal.evidence import Evidence, Strike, TraceLine
from tuopin_desktop.domain.appraisal.scheme import By, Level, Scheme, Veto
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.records.choices import LEAVE_TYPE

_NAMED = 3
"""Days named in one sentence."""


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """A veto that applies: its words, the highest grade it leaves, the records it rests on, and the arithmetic."""

    label: str
    cap: Level
    article: int
    source: str = ""
    lines: tuple[TraceLine, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the label with its source or article: 有旷勤的不得评优（第十六条）."""
        return f"{self.label}（{self.source or article_words(self.article)}）"

    @property
    def reason(self) -> str:
        """Return the words with the days it rests on, or the sum of them."""
        days = [line.day.isoformat() for line in self.lines if line.day]
        more = f"等{len(days)}次" if len(days) > _NAMED else ""
        return f"{self.text}：{'、'.join(days[:_NAMED])}{more}" if days else "：".join((self.text, *self.steps))


Numbered = tuple[int, Cap]
"""A cap with the place of its veto in the scheme."""


def caps(subject: str, evidence: Evidence, scheme: Scheme) -> Iterator[Cap]:
    """Yield the vetoes that apply to a member, in the order of the scheme."""
    return (cap for _, cap in with_places(subject, evidence, scheme))


def with_places(subject: str, evidence: Evidence, scheme: Scheme, by: Collection[By] = ()) -> Iterator[Numbered]:
    """Yield the vetoes that apply to a member with their places, all or those `by` some sorts of records."""
    for place, veto in enumerate(scheme.vetoes):
        if not veto.on or (veto.positions and evidence.positions.get(subject) not in veto.positions):
            continue
        if by and veto.by not in by:
            continue
        strikes = list(_strikes(subject, veto, evidence))
        step = _by_days(strikes, veto, evidence.year) if veto.by == "leave" else _by_number(strikes, veto)
        if step:
            lines = tuple(strike.line for strike in strikes)
            yield (
                place,
                Cap(
                    label=veto.label,
                    cap=veto.cap,
                    article=veto.article,
                    source=veto.source,
                    lines=lines,
                    steps=(step,),
                ),
            )


def _strikes(subject: str, veto: Veto, evidence: Evidence) -> Iterator[Strike]:
    if veto.by != "findings":
        for strike in evidence.strikes.get(subject, ()):
            if strike.by == veto.by and (not veto.of or strike.code in veto.of):
                yield strike
        return
    for finding in evidence.own.get(subject, ()):
        if finding.rule in veto.rules and finding.verdict.value in veto.verdicts:
            line = TraceLine(
                words=f"{finding.subject_words}：{finding.sentence}",
                day=finding.day,
                rule=finding.rule,
                article=finding.article,
                record=finding.subject,
            )
            yield Strike(by="findings", code=finding.rule, line=line)


def _by_number(strikes: Sequence[Strike], veto: Veto) -> str:
    """Return the comparison in words, "" while the number is not reached."""
    if len(strikes) < veto.count:
        return ""
    return f"记录{len(strikes)}项 ≥ 界限{veto.count}项"


def _by_days(strikes: Sequence[Strike], veto: Veto, year: int) -> str:
    """Return the sum of the days by type against the share of the year, "" while it is not above."""
    if not strikes or veto.over_percent is None:
        return ""
    days = 365 + calendar.isleap(year)
    most = days * veto.over_percent / 100
    total = _sum(strikes)
    if total <= most:
        return ""
    types = dict.fromkeys(strike.code for strike in strikes)
    parts = [f"{LEAVE_TYPE.word(code)} {_sum(s for s in strikes if s.code == code):f} 天" for code in types]
    summed = " + ".join(parts) + (f" = {total:f} 天" if len(parts) > 1 else "")
    return f"{summed} > {days} 天 × {veto.over_percent}% = {most.normalize():f} 天"


def _sum(strikes: Iterable[Strike]) -> Decimal:
    return sum((strike.amount for strike in strikes), Decimal(0)).normalize()
