"""What follows a slip: its extension, its changed route, its correction; the original stays, and holds until then."""

from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.halves import Half, Period, day_words, parse_stored
from tuopin_desktop.domain.leave import repeats
from tuopin_desktop.domain.leave.journey import extensions_of
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import ENDED, REPLACING
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def extend(desk: Desk, slip_id: str, until: date, half: Half, reason: str, *, filled: date | None = None) -> LeaveSlip:
    """Make the slip that extends another (续假): from the half after its end; the original stays as it is.

    Raises Refused for days that a standing slip extends already.
    """
    slip = _slip(desk, slip_id)
    root = leavedesk.root_of(desk, slip)
    leave_records = leavedesk.papers_of(desk, root)
    story, _ = leavedesk.story(desk, root.id, leave_records)
    if story.journey.until is None:
        raise _no(slip, "period", "原报备单没有可以续的起止时间", "period")
    last, last_half = story.journey.until
    span = Period(last, "pm", until, half)
    if last_half == "pm":
        span = Period(last + timedelta(days=1), "am", until, half)
    standing = [one for one in extensions_of(root, leave_records.followers) if leave_records.chain(one).paper.standing]
    _refuse(repeats.extension(root, story.journey.until, span, standing))
    return _follow(desk, slip, "extension", period=span.stored(), reason=reason, filled=filled)


def reroute(desk: Desk, slip_id: str, place: str, reason: str, *, filled: date | None = None) -> LeaveSlip:
    """Make the slip that changes another's route (变更行程); once it is signed the original is no longer travelled."""
    slip = _slip(desk, slip_id)
    _refuse(repeats.reroute(slip, _waiting(desk, slip)))
    return _follow(desk, slip, "reroute", place=place, reason=reason, filled=filled)


def _waiting(desk: Desk, slip: LeaveSlip) -> list[LeaveSlip]:
    """Return the slips that took, or ask to take, the place of one."""
    leave_records = leavedesk.papers_of(desk, slip)
    slips = [one for one in leave_records.followers.get(slip.id, ()) if one.relation in REPLACING]
    return [one for one in slips if leave_records.chain(one).paper.standing]


def correct(
    desk: Desk,
    slip_id: str,
    why: str,
    *,
    place: str = "",
    period: str = "",
    reason: str = "",
    filled: date | None = None,
) -> LeaveSlip:
    """Make a new version of a signed slip (更正): what is said is changed, `why` is kept beside it.

    It is printed and signed anew and holds once it is; until then the slip that was signed does, and it stays printable
    with its ink for good. Raises Refused without a reason and where nothing is changed.
    """
    slip = _slip(desk, slip_id)
    if not why.strip():
        raise _no(slip, "note", "请写明更正原因", "note")
    values = {"place": place, "period": leave.read_typed_period(period, slip.filled or desk.today()), "reason": reason}
    if not any(text.strip() and text.strip() != getattr(slip, name) for name, text in values.items()):
        raise _no(
            slip, "nothing", "请填写要更正的内容：外出地点、起止时间或事由，至少一项", "place", "period", "reason"
        )
    if slip.ended:
        raise _no(slip, "ended", f"这张报备单已{ENDED.word(slip.ended)}，不能更正，请另填一张", "slip")
    _refuse(repeats.reroute(slip, _waiting(desk, slip)))
    stored_by_key = {name: sentence.strip() or getattr(slip, name) for name, sentence in values.items()}
    note = f"更正报备单{slip.number}：{why.strip()}"
    return _follow(desk, slip, "correction", **stored_by_key, filled=filled, note=note)


def _follow(
    desk: Desk,
    slip: LeaveSlip,
    relation: str,
    *,
    reason: str,
    period: str = "",
    place: str = "",
    filled: date | None,
    note: str = "",
) -> LeaveSlip:
    day = filled or desk.today()
    span = parse_stored(period or slip.period)
    late = bool(span and day > span.first)
    following = msgspec.structs.replace(
        leave.draft(desk, slip.posting, day),
        period=period or slip.period,
        place=place or slip.place,
        reason=reason,
        leave_type=slip.leave_type,
        phone=slip.phone,
        follows=slip.id,
        relation=relation,
        late_reason=f"{day_words(day)}补办" if late else "",
        note=note,
    )
    return leave.save(desk, following)


def _slip(desk: Desk, slip_id: str) -> LeaveSlip:
    return registers.get(desk, LeaveSlip, slip_id)


def _no(slip: LeaveSlip, code: str, sentence: str, *names: str) -> Refused:
    return refuse(code, sentence, *names, article=form_of(slip).article)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(problems)
