"""Slips of one person that claim the same half-days."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from tuopin_desktop.domain.halves import Half, Period, parse_stored
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import REPLACING


def overlaps(
    people: Iterable[Sequence[LeaveSlip]], period_of: Mapping[str, Period], rerouted: AbstractSet[str]
) -> dict[str, LeaveSlip]:
    """Return, for every standing slip that overlaps another of the same person, one that it overlaps.

    `people` are each one's slips by first half-day, `rerouted` the ids of slips that another has replaced.
    """
    slip_by_key: dict[str, LeaveSlip] = {}
    for slips in people:
        longest: LeaveSlip | None = None
        for slip in slips:
            span = period_of[slip.id]
            if span.halves <= 0 or slip.ended or slip.id in rerouted:
                continue
            if longest is not None and span.overlaps(period_of[longest.id]):
                slip_by_key[slip.id] = longest
                slip_by_key.setdefault(longest.id, slip)
            if longest is None or _end(span) > _end(period_of[longest.id]):
                longest = slip
    return slip_by_key


def warnings(slip: LeaveSlip, others: Iterable[LeaveSlip]) -> list[Problem]:
    """Return one warning for each standing slip among a person's `others` that claims half-days of this one.

    They are told when the slip is written, by whatever door; halves that only touch are no overlap, and neither are a
    slip and the one that takes its place. Never a refusal: the clerk may be putting an old mistake right.
    """
    span = parse_stored(slip.period)
    slips = [one for one in others if one.id != slip.id and not one.deleted and not one.ended]
    gone = {one.follows for one in (*slips, slip) if one.relation in REPLACING}
    if span is None or span.halves <= 0 or slip.ended or slip.deleted or slip.id in gone:
        return []
    spans = [(period, one) for one in slips if (period := parse_stored(one.period)) and one.id not in gone]
    clashing = [(earlier, one) for earlier, one in spans if earlier.halves > 0 and earlier.overlaps(span)]
    clashing.sort(key=lambda pair: (pair[0], pair[1].number))
    return [_warning(slip, span, one, earlier) for earlier, one in clashing]


def _warning(slip: LeaveSlip, span: Period, other: LeaveSlip, period: Period) -> Problem:
    both = Period(*max(_start(span), _start(period)), *min(_end(span), _end(period)))
    number = f"报备单{other.number}" if other.number else "另一张报备单"
    text = f"请假时间与{slip.name}的{number}（{_plain(period)}）重叠：{_plain(both)}，共{both.days:g}天，请核对"
    return Problem(code="overlap", sentence=text, fields=("period",), article=form_of(slip).article)


def _plain(span: Period) -> str:
    return span.text().replace("\n", "")


def _start(span: Period) -> tuple[date, Half]:
    return (span.first, span.first_half)


def _end(span: Period) -> tuple[date, Half]:
    return (span.last, span.last_half)
