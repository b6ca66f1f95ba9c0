"""Acts on a slip that were done before: the second is refused and names the first."""

from collections.abc import Iterable
from datetime import date

from tuopin_desktop.domain.halves import Half, Period, day_words, parse_half, parse_stored
from tuopin_desktop.domain.leave.phone import word_of
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
        period = parse_stored(other.period)
        if period is not None and period.halves > 0 and (span.halves <= 0 or period.overlaps(span)):
            text = f"{slip.name}的报备单{slip.number}已续假（报备单{other.number}，{_plain(period)}），不能重复续假"
            return [_no(slip, "extended", f"{text}；要改续假日期，请先撤回或作废报备单{other.number}", "until")]
    if span.halves <= 0:
        text = f"{slip.name}的假期到{day_words(until[0])}{_HALF[until[1]]}为止，续到的日期应当更晚"
        return [_no(slip, "until", text, "until")]
    return []


def reroute(slip: LeaveSlip, standing: Iterable[LeaveSlip]) -> list[Problem]:
    """Return why the route of a slip cannot be changed: a standing slip has changed it already."""
    for other in standing:
        text = f"{slip.name}的报备单{slip.number}已变更行程（报备单{other.number}，{other.place}），不能重复变更"
        return [_no(slip, "rerouted", f"{text}；再有变化，请在报备单{other.number}上变更", "place")]
    return []


def ended(slip: LeaveSlip) -> list[Problem]:
    """Return why a slip cannot be withdrawn or voided: it is."""
    if not slip.ended:
        return []
    day = day_words(slip.ended_on) if slip.ended_on else "此前"
    text = f"{slip.name}的报备单{slip.number}已于{day}{ENDED.word(slip.ended)}，不用再办"
    return [Problem(code="ended", sentence=text, fields=("ended",))]


def returned(slip: LeaveSlip) -> list[Problem]:
    """Return why a return cannot be reported: one is recorded."""
    back = parse_half(slip.returned)
    if back is None and slip.reported is None:
        return []
    when = f"{day_words(back[0])}{_HALF[back[1]]}返回" if back else "返回"
    reported = f"、{day_words(slip.reported)}销假" if slip.reported else ""
    text = f"{slip.name}的报备单{slip.number}已登记{when}{reported}，不能重复登记；登记错了请更正，或先撤销销假"
    return [_no(slip, "returned_before", text, "returned")]


def filed(slip: LeaveSlip, filing: Filing | None) -> list[Problem]:
    """Return why a slip cannot be filed with a body: it is."""
    if filing is None or filing.deleted or filing.filed is None:
        return []
    text = f"{slip.name}的报备单{slip.number}已于{day_words(filing.filed)}报{BODY.word(filing.body)}备案，不能重复登记"
    return [_no(slip, "filed", f"{text}；登记错了请更正", "body")]


def called(slip: LeaveSlip, call: Call | None) -> list[Problem]:
    """Return why one side's telephone call cannot be noted: it is."""
    if call is None or call.deleted or call.day is None:
        return []
    text = f"{slip.name}的报备单{slip.number}已有{SIDE.word(call.side)}{day_words(call.day)}的通话记录"
    return [_no(slip, "called", f"{text}（{word_of(call)}），不能重复登记；登记错了请更正", "side")]


def _plain(span: Period) -> str:
    return span.text().replace("\n", "")


def _no(slip: LeaveSlip, code: str, sentence: str, name: str) -> Problem:
    return Problem(code=code, sentence=sentence, fields=(name,), article=form_of(slip).article)
