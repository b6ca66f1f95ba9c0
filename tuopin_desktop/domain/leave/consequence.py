"""What a return on a half-day comes to, in words: on time, early, late, or a day that cannot be."""

from datetime import date, timedelta
from typing import Literal

import msgspec

from tuopin_desktop.domain.halves import Half, Period, parse_stored
from tuopin_desktop.domain.leave.around import Moment
from tuopin_desktop.domain.leave.journey import Journey, Trip
from tuopin_desktop.domain.records import LeaveSlip

Tone = Literal["ok", "quiet", "bad", "warn"]

_HALF = {"am": "上午", "pm": "下午"}
_FEW = 4
"""So many days are named one by one, more of them from first to last."""


class Consequence(msgspec.Struct, frozen=True):
    """What a return would be: `head` in a word, `text` what of the leave, `more` what then is to be done.

    A return that `bars` cannot be recorded; one that is `late` is confirmed twice, `over` are its days without leave.
    """

    tone: Tone
    head: str
    text: str
    more: str = ""
    bars: bool = False
    late: bool = False
    over: Period | None = None


def barred(slip: LeaveSlip, back: Moment, today: date) -> Consequence | None:
    """Return why nobody can be back on that half-day: before the departure, or not come yet; None where it can be."""
    span, day = parse_stored(slip.period), month_day(back[0])
    if span is None:
        return _never(f"报备单{slip.number}的起止时间看不懂，请先更正。")
    if back < (span.first, span.first_half):
        half = _HALF[back[1]] if back[0] == span.first else ""
        left = month_day(span.first) + (_HALF[span.first_half] if half else "")
        return _never(f"{day}{half}早于离岗日{left}，不能确认。")
    if back[0] > today:
        return _never(f"{day}还没有到，不能确认。")
    return None


def consequence(journey: Journey, back: Moment) -> Consequence:
    """Return what the journey, told with that return, comes to."""
    when = f"{month_day(back[0])}{_HALF[back[1]]}返回"
    if journey.trip is Trip.LATE and journey.overstay is not None:
        return _late(journey.overstay.period)
    if journey.trip is Trip.LATE:
        return Consequence("bad", "超假返回", f"{when}，晚于假期。", late=True)
    if journey.trip not in (Trip.EARLY, Trip.BACK) or journey.leave is None or journey.until is None:
        return Consequence("quiet", journey.trip.value, f"{when}。")
    whole = Period(journey.leave.first, journey.leave.first_half, *journey.until)
    if not journey.given_back:
        within = "，在宽限期内" if back > journey.until else ""
        return Consequence("ok", "按期返回", f"{when}{within}，请假{count_words(whole.days)}不变。")
    freed = Period(*back, *journey.until)
    left = whole.days - journey.given_back
    text = f"{when}，请假缩短为{count_words(left)}。" if left else f"{when}，请假{count_words(whole.days)}全部退回。"
    more = f"{days_named(freed)}改按考勤登记。"
    if journey.trip is Trip.BACK:
        return Consequence("ok", "按期返回", text, more)
    return Consequence("quiet", f"提前{(journey.until[0] - back[0]).days}天返回", text, more)


def _late(over: Period) -> Consequence:
    """The word before anybody has decided is 待核: whoever is late may have a reason."""
    return Consequence(
        "bad",
        f"超假{count_words(over.days)}",
        f"{days_named(over)}不在旗县，没有批准的假。",
        f"考勤这{count_words(over.days)}列为“待核”，由您核实后再定；纸质单不变。",
        late=True,
        over=over,
    )


def _never(text: str) -> Consequence:
    return Consequence("warn", "日期不对", text, bars=True)


def month_day(day: date) -> str:
    """Return 6月14日."""
    return f"{day.month}月{day.day}日"


def count_words(days: float) -> str:
    """Return 3天, 3天半, 半天."""
    whole, half = int(days), days % 1 > 0
    return f"{whole}天半" if whole and half else f"{whole}天" if whole else "半天"


def days_named(span: Period) -> str:
    """Return the days of a period, a few one by one (9日下午、10日、11日), the first with its month."""
    count = (span.last - span.first).days + 1
    if count > _FEW:
        return f"{_day_of(span, span.first, None)}至{_day_of(span, span.last, span.first)}"
    days = [span.first + timedelta(days=number) for number in range(count)]
    return "、".join(_day_of(span, day, days[at - 1] if at else None) for at, day in enumerate(days))


def _day_of(span: Period, day: date, before: date | None) -> str:
    name = f"{day.day}日" if before is not None and before.month == day.month else month_day(day)
    halves: list[Half] = ["am", "pm"]
    if day == span.first:
        halves = halves[halves.index(span.first_half) :]
    if day == span.last:
        halves = halves[: ["am", "pm"].index(span.last_half) + 1 - (2 - len(halves))]
    return name + (_HALF[halves[0]] if len(halves) == 1 else "")
