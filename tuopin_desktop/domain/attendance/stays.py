"""Where classes and round trips say somebody was: laid over a month when it is read, like slips, and never written."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.codes import AWAY
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.leave.count import halves_of
from tuopin_desktop.domain.records import Posting, RoundTrip, Training, TrainingAttendance

StaySource = Literal["training", "trip"]


class Stay(msgspec.Struct, frozen=True):
    """The half-days of one class or trip: the code of a half-day nobody keyed, and how the record is called."""

    halves: range
    code: str
    source: StaySource
    record: str
    text: str


def stays_of(
    posting: Posting, classes: Iterable[tuple[TrainingAttendance, Training]], trips: Iterable[RoundTrip]
) -> tuple[Stay, ...]:
    """Return what classes and trips say of a posting, classes first: whoever was in a class was there by a sign-in."""
    stays: list[Stay] = []
    for item, training in classes:
        if (span := span_of(item, training)) is not None:
            key = ids.key(item.kind.name, item.id)
            stays.append(
                Stay(halves_of(span), _code(training, posting), "training", key, f"培训“{training.name[:30]}”")
            )
    # A trip home says that somebody was away and not why: that is for a slip to say (A10-3).
    stays += [
        Stay(halves_of(parse_stored(trip.period)), "o?", "trip", ids.key(trip.kind.name, trip.id), "往返交通")
        for trip in trips
    ]
    return tuple(stay for stay in stays if stay.halves)


def span_of(item: TrainingAttendance, training: Training) -> Period | None:
    """Return the half-days somebody took part: his own, else the whole class; None where he was absent."""
    return None if item.absent else parse_stored(item.period) or parse_stored(training.period)


def _code(training: Training, posting: Posting) -> str:
    """Return the code of half-days in a class: the Office's own is told apart (Q4), one in the county is work there."""
    office = training.organiser == "office"
    if training.venue == posting.county:
        return "cn" if office else "cw"
    return "on" if office else "ot"


def disagree(code: str, stay: Stay) -> str:
    """Return in words how a keyed half-day and a class or trip disagree, empty when they do not."""
    if stay.code[0] == AWAY and code[0] != AWAY:
        return f"考勤登记在旗县，{stay.text}说已外出"
    if stay.code[0] != AWAY and code[0] == AWAY:
        return f"考勤登记不在旗县，{stay.text}在本旗县"
    if stay.source == "training" and code[1] in "lru":
        return f"考勤登记{_REASON[code[1]]}，{stay.text}登记已参加"
    return ""


_REASON = {"l": "请假", "r": "休息", "u": "无正当理由"}
