"""Strokes of the leave desk that were made before: a second one is refused and names the first."""

from collections.abc import Iterable
from datetime import date

from tuopin_desktop.domain.halves import Half, Period, parse_half, parse_stored
from tuopin_desktop.domain.halves import words as day_words
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Call, Filing, LeaveSlip
from tuopin_desktop.domain.records.choices import BODY, ENDED, SIDE

_HALF = {"am": "上午", "pm": "下午"}


def extension(slip: LeaveSlip, until: tuple[date, Half], span: Period, standing: Iterable[LeaveSlip]) -> list[Problem]:
    """Return why a slip cannot be extended over `span`: its leave ends later by now, or days are extended already.

    `until` is the end of leave with what is signed, `standing` the slips that extend it and were not refused or ended.
    """
    for other in standing:
        held = parse_stored(other.period)
        if held is not None and held.halves > 0 and (span.halves <= 0 or held.overlaps(span)):
            said = f"{slip.name}的报备单{slip.number}已续假（报备单{other.number}，{_plain(held)}），不能重复续假"
            return [_no(slip, "extended", f"{said}；要改续假日期，请先撤回或作废报备单{other.number}", "until")]
    if span.halves <= 0:
        said = f"{slip.name}的假期到{day_words(until[0])}{_HALF[until[1]]}为止，续到的日期应当更晚"
        return [_no(slip, "until", said, "until")]
    return []


def reroute(slip: LeaveSlip, standing: Iterable[LeaveSlip]) -> list[Problem]:
    """Return why the route of a slip cannot be changed: a standing slip has changed it already."""
    for other in standing:
        said = f"{slip.name}的报备单{slip.number}已变更行程（报备单{other.number}，{other.place}），不能重复变更"
        return [_no(slip, "rerouted", f"{said}；再有变化，请在报备单{other.number}上变更", "place")]
    return []


def ended(slip: LeaveSlip) -> list[Problem]:
    """Return why a slip cannot be withdrawn or voided: it is."""
    if not slip.ended:
        return []
    day = day_words(slip.ended_on) if slip.ended_on else "此前"
    said = f"{slip.name}的报备单{slip.number}已于{day}{ENDED.word(slip.ended)}，不用再办"
    return [Problem(code="ended", sentence=said, fields=("ended",))]


def returned(slip: LeaveSlip) -> list[Problem]:
    """Return why a return cannot be reported: one is recorded."""
    back = parse_half(slip.returned)
    if back is None and slip.reported is None:
        return []
    when = f"{day_words(back[0])}{_HALF[back[1]]}返回" if back else "返回"
    reported = f"、{day_words(slip.reported)}销假" if slip.reported else ""
    said = f"{slip.name}的报备单{slip.number}已登记{when}{reported}，不能重复登记；登记错了请更正，或先撤销销假"
    return [_no(slip, "returned_before", said, "returned")]


def filed(slip: LeaveSlip, held: Filing | None) -> list[Problem]:
    """Return why a slip cannot be filed with a body: it is."""
    if held is None or held.deleted or held.filed is None:
        return []
    said = f"{slip.name}的报备单{slip.number}已于{day_words(held.filed)}报{BODY.word(held.body)}备案，不能重复登记"
    return [_no(slip, "filed", f"{said}；登记错了请更正", "body")]


def called(slip: LeaveSlip, held: Call | None) -> list[Problem]:
    """Return why one side's telephone call cannot be noted: it is."""
    if held is None or held.deleted or held.day is None:
        return []
    said = f"{slip.name}的报备单{slip.number}已有{SIDE.word(held.side)}{day_words(held.day)}的通话记录"
    return [_no(slip, "called", f"{said}（核对词 {held.word}），不能重复登记；登记错了请更正", "side")]


def _plain(span: Period) -> str:
    return span.words().replace("\n", "")


def _no(slip: LeaveSlip, code: str, sentence: str, name: str) -> Problem:
    return Problem(code=code, sentence=sentence, fields=(name,), article=form_of(slip).article)
