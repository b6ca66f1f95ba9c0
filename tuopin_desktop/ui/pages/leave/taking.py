"""Takes a step of a slip: hands the filled-in form to the leave desk and says in a sentence what came of it."""

from collections.abc import Callable
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.halves import Half, day_words
from tuopin_desktop.domain.leave.journey import Journey, Trip
from tuopin_desktop.domain.leave.phone import word_of
from tuopin_desktop.domain.leave.story import story_of
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Authorisation, LeaveSlip, Opinion
from tuopin_desktop.domain.records.choices import BODY, ROLE, SIDE
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk, leaveversions, signers
from tuopin_desktop.services.office import calendars, overlapping
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.leave.steps import Return


class StepOutcome(msgspec.Struct, frozen=True):
    """What came of a step: a sentence, its tone, the id of the slip to show next, and the step that takes it back."""

    sentence: str
    slip_id: str
    tone: str = "ok"
    undo: str = ""


def take(desk: Desk, slip_id: str, key: str, record: Record | None) -> StepOutcome:
    """Take a step with its form as filled in; raises Refused, and then nothing is written."""
    name, _, part = key.partition(":")
    return _TAKERS[name](desk, slip_id, part, record)


def authorise_and_sign(desk: Desk, slip_id: str, by: Authorisation, opinion: Opinion) -> StepOutcome:
    """Record the written authorisation of a delegate, then the signature that was waiting for it."""
    assert by.first is not None
    assert by.last is not None
    signers.authorise(desk, opinion.role, by.delegate, by.first, by.last, by.paper, by.post, slip_id.split("/")[0])
    return _sign(desk, slip_id, opinion.role, opinion)


def sheets_back(desk: Desk, slip_ids: list[str]) -> None:
    """Note that the signed sheets of several slips are back today."""
    for slip_id in slip_ids:
        slip = registers.get(desk, "leave_slip", slip_id)
        if getattr(slip, "sheet_back", None) is None:  # one that is back already keeps its day
            leavedesk.sheet_back(desk, slip_id)


def foresee(desk: Desk, slip_id: str, entry: Return) -> str:
    """Return what a return on that half-day would be: early, on time or late; nothing is written."""
    slip = registers.get(desk, LeaveSlip, slip_id)
    if entry.day is None:
        return ""
    would = msgspec.structs.replace(slip, returned=f"{entry.day}{_half(entry.half)}")
    calendar = calendars.calendar(desk, ids.owner(slip.id))
    policy = judging.policy_on(desk, desk.today()).under(would.pack)
    story = story_of(would, leavedesk.papers_of(desk, would), policy, calendar, desk.today())
    return _return_words(story.journey)


def _return_words(journey: Journey) -> str:
    if journey.trip is Trip.NONE:
        return ""
    if journey.overstay is not None:
        over = journey.overstay
        return f"{journey.trip.value}：{day_words(over.first)}起超假{over.days:g}天"
    return journey.trip.value + (f"，退回{journey.given_back:g}天" if journey.given_back else "")


def _half(text: str) -> Half:
    return "am" if text == "am" else "pm"


# -- the steps, each with the part of its key after the colon


def _sign(desk: Desk, slip_id: str, role: str, entry: Any) -> StepOutcome:
    leavedesk.sign(desk, slip_id, role, entry.signer, entry.signed, verdict=entry.verdict, text=entry.words)
    refused = entry.verdict == "refused"
    text = "不同意" if refused else "同意"
    sentence = f"已登记：{ROLE.word(role)}{entry.signer}{day_words(entry.signed)}签字，{text}"
    return StepOutcome(sentence, slip_id, "warn" if refused else "ok")


def _file(desk: Desk, slip_id: str, body: str, entry: Any) -> StepOutcome:
    leavedesk.file(
        desk, slip_id, body, entry.filed, channel=entry.channel, receiver=entry.receiver, correct=bool(entry.id)
    )
    return StepOutcome(f"已登记：{day_words(entry.filed)}报{BODY.word(body)}备案", slip_id)


def _sheet(desk: Desk, slip_id: str, part: str, _entry: None) -> StepOutcome:
    slip = leavedesk.sheet_back(desk, slip_id)
    return StepOutcome(f"已收回{slip.name}的签字件", slip_id)


def _back(desk: Desk, slip_id: str, part: str, entry: Any) -> StepOutcome:
    story = leavedesk.back(desk, slip_id, entry.day, _half(entry.half), reported=entry.reported, correct=bool(entry.id))
    late = story.journey.trip is Trip.LATE
    sentence = f"{story.slip.name}已销假：{_return_words(story.journey)}"
    return StepOutcome(sentence, slip_id, "warn" if late else "ok", undo="unreturn")


def _unreturn(desk: Desk, slip_id: str, part: str, _entry: None) -> StepOutcome:
    story = leavedesk.take_back_returns(desk, [slip_id])[0]
    return StepOutcome(f"已撤销{story.slip.name}的销假登记，现在是“{story.state_words}”", slip_id)


def _call(desk: Desk, slip_id: str, side: str, entry: Any) -> StepOutcome:
    leavedesk.call(
        desk,
        slip_id,
        side,
        entry.word,
        day=entry.day,
        time=entry.time,
        speaker=entry.speaker,
        correct=bool(entry.id),
    )
    story, _ = leavedesk.story(desk, slip_id)
    texts = {item.word.upper() for item in story.called.values() if item.word}
    if len(texts) > 1:
        return StepOutcome(
            f"已记录，但双方核对词不一致：{'、'.join(sorted(texts))}，请核对（附件1备注2）", slip_id, "warn"
        )
    return StepOutcome(f"已记录{SIDE.word(side)}通话，{word_of(story.called[side])}", slip_id)


def _extend(desk: Desk, slip_id: str, part: str, entry: Any) -> StepOutcome:
    slip = leaveversions.extend(desk, slip_id, entry.until, _half(entry.half), entry.reason)
    return _written(desk, slip, f"已续假：报备单{slip.number}，请打印签字")


def _reroute(desk: Desk, slip_id: str, part: str, entry: Any) -> StepOutcome:
    slip = leaveversions.reroute(desk, slip_id, entry.place, entry.reason)
    return _written(desk, slip, f"已变更行程：报备单{slip.number}，请打印签字；原单保留")


def _written(desk: Desk, slip: LeaveSlip, sentence: str) -> StepOutcome:
    """Return what is said of a new slip, and of those it overlaps."""
    problems = overlapping.warnings(desk, slip)
    text = "。".join([sentence, *map(str, problems)])
    return StepOutcome(text, slip.id, "warn" if problems else "ok")


def _correct(desk: Desk, slip_id: str, part: str, entry: Any) -> StepOutcome:
    values = {"place": entry.place, "period": entry.period, "reason": entry.cause}
    slip = leaveversions.correct(desk, slip_id, entry.why, **values)
    return StepOutcome(f"已更正：新的一版是报备单{slip.number}，请打印后重新签字；签字前仍按原单", slip.id)


def _end(how: str) -> Callable[[Desk, str, str, Any], StepOutcome]:
    def end(desk: Desk, slip_id: str, part: str, entry: Any) -> StepOutcome:
        slip = leavedesk.end(desk, slip_id, how, entry.why)
        return StepOutcome(f"报备单{slip.number}已{'撤回' if how == 'withdrawn' else '作废'}，编号保留", slip_id)

    return end


_TAKERS: dict[str, Callable[[Desk, str, str, Any], StepOutcome]] = {
    "sign": _sign,
    "file": _file,
    "sheet": _sheet,
    "back": _back,
    "unreturn": _unreturn,
    "call": _call,
    "extend": _extend,
    "reroute": _reroute,
    "correct": _correct,
    "withdraw": _end("withdrawn"),
    "void": _end("voided"),
}
