"""A team in a line, as the offices above it see it, and the headings of its columns."""

import msgspec

from tuopin_desktop.domain.attendance.presencerate import PresenceRate

HEADINGS = {
    "name": "旗县",
    "serving": "在派",
    "reached": "达标",
    "short": "不足",
    "unknown": "登记不全",
    "rate": "达标率（登记）",
    "mean": "人均天数",
    "unclosed": "未结账月",
    "overdue": "事项逾期",
    "out": "外出",
    "late": "超假",
    "doubts": "疑点",
    "age": "最近收包",
}
"""The columns in their order, by the figure each shows."""


class TeamLine(msgspec.Struct, frozen=True, kw_only=True):
    """One team, or all of them together (county "").

    Of the last month that is over: how many `reached` their days, fell `short` or are not fully registered (`unknown`),
    and the `mean` of days of those who are; below `least` per cent registered no rate is stated. `unclosed` counts
    months that are over. `overdue` duties of this year; `out` on leave, of them `late`; `doubts` contradictions nobody
    has answered; `age` days since the last package, None for never.
    """

    county: str
    name: str
    year: int
    serving: int
    size: int
    reached: int
    short: int
    unknown: int
    least: int
    mean: float | None
    unclosed: int
    overdue: int
    out: int
    late: int
    doubts: int
    age: int | None

    @property
    def month(self) -> PresenceRate:
        """Return the last month that is over as a rate with its coverage."""
        return PresenceRate(reached=self.reached, short=self.short, unknown=self.unknown, least=self.least)

    @property
    def rate(self) -> float | None:
        """Return the rate of that month, where enough of it is registered to state one."""
        return self.month.stated

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the line as it is shown, in the order of HEADINGS; what is nothing stays empty."""
        age = "" if not self.county else "没有" if self.age is None else "今天" if not self.age else f"{self.age}天前"
        counts = (self.unclosed, self.overdue, self.out, self.late, self.doubts)
        month = (self.reached, self.short, self.unknown)
        mean = "" if self.mean is None else f"{self.mean:g}"
        return (
            self.name,
            f"{self.serving}/{self.size}",
            *map(_count, month),
            self.month.brief,
            mean,
            *map(_count, counts),
            age,
        )


def _count(number: int) -> str:
    return str(number) if number else ""
