"""How somebody's month stands by the twenty days (A09-1): one answer for rates, tables, charts and the appraisal."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.domain.attendance.handover import Part, whole
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.attendance.presences import presence_of
from tuopin_desktop.services.judging.teammonth import Member


def standing(member: Member, members: Sequence[Member]) -> str:
    """Return 满, 缺 or 未登记 of a member of a team's month; what nobody keyed is never held against a person."""
    together = one_presence(member, members)
    due_members = [one for one in together if one is together[-1] or one.month.span[1] >= one.in_force]
    counting = together[-1].counting
    part = whole([Part(one.posting.id, one.days, one.month) for one in due_members], counting)
    lacking = 2 * part.month.needed - part.month.counted
    blank = len(counting.gains(part.days, *part.month.span)) if lacking > 0 else 0
    return REACHED if lacking <= 0 else SHORT if lacking > blank else OPEN


def one_presence(member: Member, members: Sequence[Member]) -> list[Member]:
    """Return the rows of a month that are one presence with a member's, by first days: a position changed in it."""
    rows = sorted((one for one in members if one.posting.person == member.posting.person), key=_begun)
    chain = {one.id for one in presence_of(member.posting, [one.posting for one in rows])}
    return [one for one in rows if one.posting.id in chain]


def _begun(member: Member) -> date:
    return member.posting.since or date.max
