"""One line of the grid while it is being keyed: its days, the count and the contradictions as they stand right now."""

from collections.abc import Mapping
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance.codes import halves, words
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.laidover import Half, laid, ledger, stretch_of
from tuopin_desktop.domain.attendance.months import why_not
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.records import Attendance
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.services.attendance.month import MonthRow

SOURCES = {
    "key": "手工登记",
    "import": "导入",
    "slip": "按报备单",
    "extension": "按续假单",
    "overstay": "超假未归",
    "trip": "按往返交通登记",
    "training": "按培训记录",
}
HALVES = ("上午", "下午")


class PersonMonth:
    """A row of the month with the edits of this moment in it; everything derived is worked out when it is asked."""

    def __init__(self, row: MonthRow, shut: str, edits: Mapping[int, str]) -> None:
        """Take a row, why it cannot be keyed (empty: it can), and the days keyed but not yet stored."""
        self.row, self.shut = row, shut
        self.days = list(row.days)
        self._stretch = stretch_of(row.record.month)
        self._count: Month | None = row.count
        for number, day in edits.items():
            self.days[number - 1] = day
        self._renew(touched=bool(edits))

    def _renew(self, *, touched: bool) -> None:
        papers = (self.row.covers, self.row.stays)
        laid_over = laid(self.days, self.row.record.month, *papers) if any(papers) else self.days
        self.laid = self.row.closed or laid_over
        self._known: dict[int, Half] | None = None
        if touched:
            self._count = None

    def set(self, number: int, day: str) -> None:
        """Key one day."""
        self.days[number - 1] = day
        self._renew(touched=True)

    @property
    def count(self) -> Month:
        """The month counted with what stands in it now."""
        if self._count is None:
            absent = self.row.grounds.absent([self._record()])
            self._count = self.row.counting.month(self.laid, self.row.record.month, self.row.posting, absent)
        assert self._count is not None, "only those posted in the month are listed"
        return self._count

    def _record(self) -> Attendance:
        """Return the month with the edits in it."""
        return msgspec.structs.replace(self.row.record, **dict(zip(DAYS, self.days, strict=True)))

    def missing(self, today: date) -> int:
        """Return the half-days up to today of which nothing is known."""
        first, last = self.row.count.span
        numbers = range(first.day, min(last, today).day + 1) if today >= first else range(0)
        return sum(not code for number in numbers for code in halves(self.laid[number - 1]))

    def why_shut(self, number: int) -> str:
        """Return why a day cannot be keyed, in Chinese; empty when it can."""
        return self.shut or why_not(number, self.row.record.month, self.row.posting)

    def in_post(self, number: int) -> bool:
        """Tell whether the person served on that day."""
        first, last = self.row.served
        return first.day <= number <= last.day

    def half(self, number: int, which: int) -> Half | None:
        """Return one half-day as it stands, None when nothing is known; `which` is 0 for the morning."""
        if self._known is None:
            self._known = ledger(self._record(), self.row.record.month, self.row.covers, self.row.stays)
        return self._known.get(self._stretch.start + 2 * (number - 1) + which)

    def clashes(self, number: int) -> tuple[str, ...]:
        """Return in words what contradicts what on a day."""
        if not (self.row.covers or self.row.stays):
            return ()
        morning, afternoon = (half.clashes if (half := self.half(number, which)) else () for which in (0, 1))
        if morning == afternoon:
            return tuple(f"全天：{text}" for text in morning)
        return (*(f"上午：{said}" for said in morning), *(f"下午：{said}" for said in afternoon))

    def said_by_paper(self, number: int, which: int) -> bool:
        """Tell whether a paper claims a half-day, whatever was keyed."""
        at = half_number(self.row.served[0].replace(day=number), "pm" if which else "am")
        return any(cover.says_away and at in cover.halves for cover in self.row.covers)

    def words(self, number: int) -> str:
        """Return a day in words with its sources: 上午嘎查村工作（手工登记），下午未登记."""
        if not self.in_post(number):
            return "不在派驻期内"
        messages = []
        for which in (0, 1):
            half = self.half(number, which)
            source = f"（{SOURCES.get(half.source, half.source)}）" if half else ""
            messages.append((words(half.code[:2]) if half else "未登记") + source)
        return (
            f"全天{messages[0]}"
            if messages[0] == messages[1]
            else "，".join(map("".join, zip(HALVES, messages, strict=True)))
        )
