"""Where somebody should be on a day, by what is known: keyed attendance, slips, the calendar."""

from collections.abc import Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.attendance.codes import AWAY, halves, mark_words
from tuopin_desktop.domain.attendance.laidover import Cover, days_of
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.halves import Half
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.records import Attendance

_REASONS = {"l": "on_leave", "t": "on_trip", "n": "on_trip"}


class ExpectedPosition(msgspec.Struct, frozen=True):
    """A person's expected position: one line in words, the papers it rests on, and the result it proposes (FOUND)."""

    text: str
    papers: str
    result: str


def expected(record: Attendance | None, covers: Sequence[Cover], calendar: Calendar, day: date) -> ExpectedPosition:
    """Return where a person should be on a day; what was keyed goes before what slips say, as everywhere."""
    keyed = halves(days_of(record)[day.day - 1]) if record is not None else ("", "")
    rows = [_half(code, covers, half_number(day, half)) for code, half in zip(keyed, _HALVES, strict=True)]
    rest = calendar.is_workday(day) is False or (calendar.is_workday(day) is None and day.weekday() > 4)
    codes = [code or ("cr" if rest else "cw") for code, _, _ in rows]
    labels = [text or ("休息日" if rest else "应在岗") for _, text, _ in rows]
    line = labels[0] if labels[0] == labels[1] else f"上午{labels[0]}，下午{labels[1]}"
    papers = dict.fromkeys(paper for _, _, paper in rows if paper)
    return ExpectedPosition(line, "、".join(papers), _found(codes))


_HALVES: tuple[Half, Half] = ("am", "pm")


def _half(keyed: str, covers: Sequence[Cover], number: int) -> tuple[str, str, str]:
    """Return the code of a half-day, its words, and the paper it rests on; empty where nothing is known."""
    over = next((cover for cover in covers if cover.says_away and number in cover.halves), None)
    slip = f"报备单{over.slip.number}" if over is not None else ""
    if keyed:
        return keyed[:2], mark_words(keyed), f"考勤，另有{slip}" if slip else "考勤"
    if over is None:
        return "", "", ""
    text = "超假未归" if over.standing == "overstay" else _SAID.get(over.code, "")
    return over.code, text, f"{slip}，签字未齐" if over.standing == "waiting" else slip


_SAID = {"ol": "请假", "ot": "因公外出"}


def _found(codes: Sequence[str]) -> str:
    """Return the result a clerk would write down if everything is as expected."""
    away = [code for code in codes if code[0] == AWAY]
    if len(away) < len(codes):
        return "on_post"
    return _REASONS.get(away[0][1], "not_found")
