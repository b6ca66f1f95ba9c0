"""Who of those expected somewhere on a day is known to be away on it, and by which paper (Art. 10, 12)."""

from collections.abc import Iterator
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.count import half_number, halves_of, runs
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Posting

_HALF = ("上午", "下午")
_OVERDUE = "超假未归"


class Absence(msgspec.Struct, frozen=True):
    """Why somebody is away on a day, in words, and from when to when as far as that is known."""

    text: str
    span: Period | None


def absent(facts: Facts, policy: Policy, posting: Posting, day: date) -> Absence | None:
    """Return what says that somebody is away on a day: a slip, signed or not yet, a class or a trip; None if nothing.

    Leave that ended early is over; leave that is overdue goes on.
    """
    number = half_number(day, "am")
    for what, halves, why in _said(facts, policy, posting):
        common = [half for half in (number, number + 1) if half in halves]
        if common:
            part = f"，{_HALF[common[0] - number]}" if len(common) == 1 else ""
            spans = [span for span in runs(halves) if span.first <= day <= span.last]
            is_known = what != _OVERDUE  # nobody knows until when
            return Absence(f"{what}（{why}{part}）", next(iter(spans), None) if is_known else None)
    return None


def _said(facts: Facts, policy: Policy, posting: Posting) -> Iterator[tuple[str, range, str]]:
    for cover in facts.covers(posting.person, policy):
        if cover.says_away:
            yield _OVERDUE if cover.standing == "overstay" else "已报备外出", cover.halves, cover.slip.number
    for slip in facts.slips_by_person.get(posting.person, ()):
        story = facts.story(slip, policy)
        if story.chain.paper is Paper.DRAFT and not story.rerouted:
            yield "已报备外出", halves_of(facts.period_of[slip.id]), slip.number
        if story.journey.overstay is not None and story.journey.overstay.open:
            # Whoever has not reported back is expected back by nobody.
            start = half_number(facts.today, "am")
            yield _OVERDUE, range(start, start + 2 * 31), slip.number
    for stay in facts.stays(posting):
        if stay.code[0] == AWAY:
            yield "外出", stay.halves, stay.text
