"""One person's month with the edits of this moment in it: what is keyed, what papers lay over it, what it counts."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, halves, join, mark_words
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.laidover import Cover, Half, lay_over, ledger, stretch_of
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


class Apart(NamedTuple):
    """Half-days of a month away from the county: with a reason, decided to be without one, and not yet looked into."""

    out: int
    without: int
    unsure: int


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
        self._touched = False
        self._renew(touched=bool(edits))

    def _renew(self, *, touched: bool) -> None:
        papers = (self.row.covers, self.row.stays)
        laid_over = lay_over(self.days, self.row.record.month, *papers) if any(papers) else self.days
        self.laid = self.row.closed_days or laid_over
        self._ledger: dict[int, Half] | None = None
        self._apart: Apart | None = None
        if touched:
            self._count = None
            self._touched = True

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

    def outlook(self, today: date) -> str:
        """Return in words what the month came to so far, and whether what is needed can still be reached."""
        count = self.count
        lacking = count.needed - count.days
        text = f"计入{count.days:g}天，应满{count.needed}天"
        if lacking <= 0:
            return f"{text}，够了"
        forecast = self.row.counting.forecast(count, self.laid, today)
        if today >= count.span[1]:
            return f"{text}，差{lacking:g}天"
        left = f"还差{lacking:g}天，余下还能计{forecast.left / 2:g}天"
        return f"{text}，{left}，{'够得到' if forecast.reachable else '够不到了'}"

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
        if self._ledger is None:
            self._ledger = ledger(self._record(), self.row.record.month, self.row.covers, self.row.stays)
        return self._ledger.get(self._stretch.start + 2 * (number - 1) + which)

    def clashes(self, number: int) -> tuple[str, ...]:
        """Return in words what contradicts what on a day."""
        if not (self.row.covers or self.row.stays):
            return ()
        morning, afternoon = (half.clashes if (half := self.half(number, which)) else () for which in (0, 1))
        if morning == afternoon:
            return tuple(f"全天：{text}" for text in morning)
        return (*(f"上午：{text}" for text in morning), *(f"下午：{text}" for text in afternoon))

    def said_by_paper(self, number: int, which: int) -> bool:
        """Tell whether a paper claims a half-day, whatever was keyed."""
        return bool(self._papers(number, which))

    def _papers(self, number: int, which: int) -> list[Cover]:
        at = half_number(self.row.served[0].replace(day=number), "pm" if which else "am")
        return [cover for cover in self.row.covers if cover.says_away and at in cover.halves]

    def papers(self, number: int) -> tuple[Cover, ...]:
        """Return what slips say of a day, each slip once."""
        papers = [cover for which in (0, 1) for cover in self._papers(number, which)]
        return tuple({cover.slip.id: cover for cover in reversed(papers)}.values())

    def face(self, number: int) -> str:
        """Return a day as it is shown: who is not back from leave is 待核 until somebody decides (window2, 0)."""
        pair = zip(halves(self.days[number - 1]), halves(self.laid[number - 1]), strict=True)
        return join(*("o?" if code == "ou" and not own else code for own, code in pair))

    def apart(self) -> Apart:
        """Return the half-days away from the county: with reason, decided to be without, and still to be looked into.

        What was keyed as 旷 is without reason; a slip that ran out, or leave without one, is only looked into.
        """
        if self._apart is None:
            self._apart = self._told_apart()
        return self._apart

    def _told_apart(self) -> Apart:
        absent = self.row.grounds.absent([self._record()]) if self._touched else self.row.absent
        out = without = unsure = 0
        for number in range(self.row.count.span[0].day, self.row.count.span[1].day + 1):
            pair = zip(halves(self.days[number - 1]), halves(self.laid[number - 1]), strict=True)
            for which, (own, code) in enumerate(pair):
                at = self._stretch.start + 2 * (number - 1) + which
                if own[1:2] == "u" and code[1:2] == "u":
                    without += 1
                elif at in absent or code[1:2] in ("u", "?"):
                    unsure += 1
                elif code[:1] == AWAY:
                    out += 1
        return Apart(out, without, unsure)

    def day_text(self, number: int) -> str:
        """Return a day in words with its sources: 上午嘎查村工作（手工登记），下午未登记."""
        if not self.in_post(number):
            return "不在派驻期内"
        messages = []
        for which in (0, 1):
            half = self.half(number, which)
            source = f"（{SOURCES.get(half.source, half.source)}）" if half else ""
            messages.append((_half_words(half) if half else "未登记") + source)
        return (
            f"全天{messages[0]}"
            if messages[0] == messages[1]
            else "，".join(map("".join, zip(HALVES, messages, strict=True)))
        )


def _half_words(half: Half) -> str:
    """Return a half-day in words; who is not back in time is not yet called absent without reason."""
    return mark_words("o?" if half.source == "overstay" else half.code[:2])
