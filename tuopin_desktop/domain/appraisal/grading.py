"""Grades from points (A15-3): thresholds, caps, quota over a pool, and ties that only the Office can break."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import msgspec

from tuopin_desktop.domain.appraisal.points import Appraisal
from tuopin_desktop.domain.appraisal.scheme import Level, Quota, Scheme

WHOLE_TERM = 0
"""The year of the grade of the comprehensive appraisal, which is of the whole term (A15-4)."""

_ORDER: tuple[Level, ...] = ("excellent", "competent", "basic", "unfit")
_ROUNDING = {"down": ROUND_FLOOR, "nearest": ROUND_HALF_UP, "up": ROUND_CEILING}


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What may be proposed for one subject, with the reasons in words; level None while evidence is missing.

    `rivals` are the others with equal points across the quota's line: the program proposes the lower grade for all of
    them and the Office decides between the tied. `rank` is the place by points in the pool of the quota, equal points
    sharing one; 0 where there is no quota, or not the whole pool to rank.
    """

    appraisal: Appraisal
    level: Level | None
    by_points: Level
    reasons: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    rank: int = 0

    @property
    def tied(self) -> bool:
        """Tell whether the Office has to decide between this subject and others."""
        return bool(self.rivals)


def propose(
    appraisals: Sequence[Appraisal], scheme: Scheme, pools: Mapping[str, str], *, whole: bool = True
) -> list[Proposal]:
    """Return the proposals in the order given; `pools` maps a subject to its pool of the quota (rank, or all).

    Where not the `whole` pool is there, as in a county's own office, nobody is ranked and none is left out.
    """
    singly = [alone(appraisal, scheme) for appraisal in appraisals]
    if not scheme.quota.percent:
        return singly
    if not whole:
        return [_open(one, scheme.quota) for one in singly]
    groups: dict[str, list[Proposal]] = defaultdict(list)
    for one in singly:
        groups[pools.get(one.appraisal.subject, "") if scheme.quota.pool == "rank" else ""].append(one)
    settled: dict[str, Proposal] = {}
    for group in groups.values():
        settled |= {one.appraisal.subject: one for one in _ranked(_within(group, scheme.quota))}
    return [settled[one.appraisal.subject] for one in singly]


def places(size: int, quota: Quota) -> int:
    """Return how many of a pool may be excellent."""
    return int((size * quota.percent / 100).quantize(Decimal(1), _ROUNDING[quota.rounding]))


def alone(appraisal: Appraisal, scheme: Scheme) -> Proposal:
    """Return the proposal for one subject by points and caps, without any quota: teams have none."""
    by_points = next(level.code for level in scheme.levels if appraisal.total >= level.least)
    reasons = [cap.reason for cap in appraisal.caps]
    if appraisal.missing:
        reasons.insert(0, f"尚缺：{'、'.join(appraisal.missing)}，暂不建议等次")
        return Proposal(appraisal=appraisal, level=None, by_points=by_points, reasons=tuple(reasons))
    level = by_points
    for cap in appraisal.caps:
        level = "none" if "none" in (cap.cap, level) else max(level, cap.cap, key=_ORDER.index)
    return Proposal(appraisal=appraisal, level=level, by_points=by_points, reasons=tuple(reasons))


def _open(one: Proposal, quota: Quota) -> Proposal:
    """Return a proposal that the quota of a larger pool may still lower."""
    if one.level != "excellent":
        return one
    why = f"优秀名额为全部成员的{quota.percent}%，由办公室在全部成员中按得分排序确定"
    return msgspec.structs.replace(one, reasons=(*one.reasons, why))


def _ranked(group: Sequence[Proposal]) -> list[Proposal]:
    """Return a pool's proposals with their places by points; who has no proposal yet has no place."""
    totals = sorted((one.appraisal.total for one in group if one.level is not None), reverse=True)
    return [
        one if one.level is None else msgspec.structs.replace(one, rank=totals.index(one.appraisal.total) + 1)
        for one in group
    ]


def _within(group: Sequence[Proposal], quota: Quota) -> Sequence[Proposal]:
    """Return a pool's proposals with no more excellent ones than there are places."""
    room = places(len(group), quota)
    best = sorted((one for one in group if one.level == "excellent"), key=lambda one: -one.appraisal.total)
    if len(best) <= room:
        return group
    line = best[room].appraisal.total
    tied = [one.appraisal.subject for one in best if one.appraisal.total == line]
    broken = room > 0 and best[room - 1].appraisal.total == line
    text = f"优秀名额{room}个（{len(group)}人的{quota.percent}%），"
    changed = []
    for one in group:
        if one.level != "excellent" or one.appraisal.total > line:
            changed.append(one)
            continue
        is_tied = broken and one.appraisal.subject in tied
        why = f"{text}{line}分处有{len(tied)}人并列，由办公室研究确定" if is_tied else f"{text}按得分排序未进入"
        rivals = tuple(other for other in tied if other != one.appraisal.subject) if is_tied else ()
        changed.append(msgspec.structs.replace(one, level="competent", reasons=(*one.reasons, why), rivals=rivals))
    return changed
