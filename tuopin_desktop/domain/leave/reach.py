"""Whether a month can still come to the twenty days of Article 9, reckoned from leave alone (Q1-Q3)."""

from collections.abc import Collection
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.calendar import Calendar, days_of
from tuopin_desktop.domain.leave.count import between, day_of
from tuopin_desktop.domain.policy import Policy


class Reach(msgspec.Struct, frozen=True):
    """One person's month: days in post, days of leave, days that can still be spent in the county, days asked for.

    `left` and `target` are None in a year whose holidays are not registered, if the policy counts workdays.
    """

    month: date
    days: int
    served: float
    leave: float
    left: float | None
    target: float | None

    @property
    def short(self) -> float | None:
        """Return how many days are lacking, 0 for none, None when it cannot be known."""
        if self.left is None or self.target is None:
            return None
        return max(0.0, self.target - self.left)

    @property
    def sentence(self) -> str:
        """Return the sum as a sentence."""
        partial = f"在派{self.served:g}天，" if self.served < self.days else ""
        text = f"{self.month.year}年{self.month.month}月共{self.days}天，{partial}请假（含本次）{self.leave:g}天，"
        if self.left is None or self.target is None or self.short is None:
            return f"{text}{self.month.year}年节假日表未登记，能否满勤不作推算"
        text += f"最多可在旗县{self.left:g}天，要求{self.target:g}天，"
        return text + (f"差{self.short:g}天" if self.short else "可以达到")


def month_of(first: date) -> tuple[date, date]:
    """Return the first and last day of a day's month."""
    start = first.replace(day=1)
    following = (start + timedelta(days=31)).replace(day=1)
    return start, following - timedelta(days=1)


def reach(month: date, served: Collection[int], away: Collection[int], policy: Policy, calendar: Calendar) -> Reach:
    """Return what a month can come to; `served` and `away` are half-days in post and on leave, of any months."""
    first, last = month_of(month)
    halves = between(first, last)
    posted = set(halves).intersection(served)
    gone = posted.intersection(away)
    left = posted - gone
    unit, target = policy.choice("presence.unit"), float(policy.number("presence.days"))
    if policy.choice("presence.partial_month") == "prorate":
        target = float(int(target * len(posted) // len(halves)))
    workdays = [calendar.is_workday(day) for day in days_of(first, last)]
    only_workdays = unit == "workday" or policy.choice("presence.rest_day_in_county") == "never"
    if (only_workdays or unit != "calendar") and None in workdays:
        return Reach(first, len(workdays), len(posted) / 2, len(gone) / 2, None, None)
    if unit == "min":
        target = min(target, float(sum(worked is True for worked in workdays)))
    if only_workdays:
        left = {number for number in left if calendar.is_workday(day_of(number))}
    return Reach(first, len(workdays), len(posted) / 2, len(gone) / 2, len(left) / 2, target)
