"""How somebody's month stands by the twenty days (A09-1): one answer for rates, tables, charts and the appraisal."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.attendance.presences import presence_of
from tuopin_desktop.services.judging.teammonth import Member


def standing(member: Member, members: Sequence[Member]) -> str:
    """Return 满, 缺 or 未登记 of a member of a team's month; what nobody keyed is never held against a person."""
    together = one_presence(member, members)
    lacking = sum(2 * one.month.needed - one.month.counted for one in together)
    missing = sum(one.month.missing for one in together)
    return REACHED if lacking <= 0 else SHORT if lacking > missing else OPEN


def one_presence(member: Member, members: Sequence[Member]) -> list[Member]:
    """Return the rows of a month that are one presence with a member's, by first days: a position changed in it."""
    rows = sorted((one for one in members if one.posting.person == member.posting.person), key=_begun)
    chain = {one.id for one in presence_of(member.posting, [one.posting for one in rows])}
    return [one for one in rows if one.posting.id in chain]


def _begun(member: Member) -> date:
    return member.posting.since or date.max
