"""达标率 (A09-1): the per cent who reached their days, never said without the share of months it rests on."""

import math
from collections import Counter
from collections.abc import Iterable

import msgspec

REACHED, SHORT, OPEN = "满", "缺", "未登记"
"""How a person's month stands: reached its days, fell short, or is not registered well enough to tell."""

WITHHELD = "登记不足，不作比率"
LEAST = "presence.coverage_least"
"""The switch that says how many per cent must be registered for a rate to be stated."""


def hollow_words(least: int) -> str:
    """Return what a hollow mark of a chart says."""
    return f"空心：已登记不足{least}%"


class PresenceRate(msgspec.Struct, frozen=True, kw_only=True):
    """Person-months by how they stand; below `least` per cent of them registered no rate is stated."""

    reached: int
    short: int
    unknown: int
    least: int

    @classmethod
    def of(cls, states: Iterable[str], least: int) -> "PresenceRate":
        """Count the states of person-months."""
        counts = Counter(states)
        return cls(reached=counts[REACHED], short=counts[SHORT], unknown=counts[OPEN], least=least)

    @property
    def judgeable(self) -> int:
        """Return how many people have a month registered well enough to be judged: reached or short."""
        return self.reached + self.short

    @property
    def raw(self) -> float | None:
        """Return the per cent who reached their days of those known, to one place, however few those are."""
        return round(100 * self.reached / self.judgeable, 1) if self.judgeable else None

    @property
    def coverage(self) -> float | None:
        """Return the per cent registered, to one place rounded down: 100 means everybody; None of nobody."""
        whole = self.judgeable + self.unknown
        return math.floor(1000 * self.judgeable / whole) / 10 if whole else None

    @property
    def thin(self) -> bool:
        """Tell whether too few are registered for a rate."""
        return self.coverage is None or self.coverage < self.least

    @property
    def stated(self) -> float | None:
        """Return the rate; None where too few are registered."""
        return None if self.thin else self.raw

    @property
    def text(self) -> str:
        """Return rate and coverage in a sentence's part: 达标率97.1%（已登记84.6%）; empty of nobody."""
        if self.coverage is None:
            return ""
        rate = WITHHELD if self.stated is None else f"{self.stated:g}%"
        return f"达标率{rate}（已登记{self.coverage:g}%）"

    @property
    def brief(self) -> str:
        """Return the same for a narrow column: 97.1%（84.6%）, —（12%）."""
        if self.coverage is None:
            return ""
        return f"{'—' if self.stated is None else f'{self.stated:g}%'}（{self.coverage:g}%）"
