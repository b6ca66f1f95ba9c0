"""How two offices stand with each other: exactly one of five states, each with who has to do something next."""

import enum
from collections.abc import Mapping, Sequence

from tuopin_desktop.domain.exchange.planning import Send


class Standing(enum.Enum):
    """The states, the one that needs a hand first."""

    GAP = "有缺口"
    DUE = "待发"
    AWAITING = "已制作待回执"
    AGREED = "一致"
    UNAUTHORISED = "未授权"


def standing(*, stations: int, gap: bool, unsent: int, covered: bool, came: bool) -> Standing:
    """Return how this office stands with another.

    `gap`: a package of either side was refused and none came since. `unsent` lines of ours are not confirmed;
    `covered` when one package that was written holds them all. It is agreed when both receipts are there: theirs for
    all of ours, and ours for something of theirs (`came`).
    """
    if not stations:
        return Standing.UNAUTHORISED
    if gap:
        return Standing.GAP
    if unsent:
        return Standing.AWAITING if covered else Standing.DUE
    return Standing.AGREED if came else Standing.AWAITING


def covers(heads: Mapping[str, int], plan: Sequence[Send]) -> bool:
    """Tell whether a package that went so far in each feed holds everything that is still to be confirmed."""
    return bool(plan) and all(heads.get(send.feed.feed, 0) >= send.feed.seq for send in plan)
