"""The acts on a slip: sign, file, return, call, withdraw, void; the slips that follow it are in `leaveversions`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.halves import Half, day_words, parse_stored
from tuopin_desktop.domain.leave import repeats
from tuopin_desktop.domain.leave.chain import OFFICE, REPRINT, Paper, authorisation_for, sign_problems
from tuopin_desktop.domain.leave.events import Event, events_of
from tuopin_desktop.domain.leave.reprint import sheet_code
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import LeaveRecords, Story, story_of, told_of
from tuopin_desktop.domain.names import tidy_name
from tuopin_desktop.domain.order import arranged
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.record import Record, Scalar, scalars
from tuopin_desktop.domain.records import (
    Amendment,
    Call,
    Decision,
    Filing,
    LeaveSlip,
    Opinion,
    Posting,
)
from tuopin_desktop.domain.records.choices import BODY, ENDED
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.voices import may_say
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import near, signers
from tuopin_desktop.services.office import calendars, officeink, seals
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store import altered

R = TypeVar("R", bound=Record)


def papers(desk: Desk) -> LeaveRecords:
    """Return everything recorded about leave in this office and below it."""
    store, scope = desk.store, desk.scope
    leave_records = LeaveRecords(
        slips=tuple(store.rows(LeaveSlip, scope=scope)),
        opinions=tuple(store.rows(Opinion, scope=scope)),
        filings=tuple(store.rows(Filing, scope=scope)),
        calls=tuple(store.rows(Call, scope=scope)),
        decisions=tuple(store.rows(Decision, {"matter": "leave"}, scope=scope)),
        altered=frozenset(ids.split(key)[1] for key, _ in altered.listed(store.ledger, scope, scope + "\U0010ffff")),
        amendments=tuple(store.rows(Amendment, scope=scope)),
        postings=tuple(store.rows(Posting, scope=scope)),
        scope=scope,
    )
    return arranged(leave_records)


def papers_of(desk: Desk, slip: LeaveSlip, around: near.Near | None = None) -> LeaveRecords:
    """Return what is recorded about the leave of one traveller: all that a slip's own story is told from.

    Read in a few index ranges, whatever the size of the office; `around` is that reading where it was made already.
    """
    around, store, scope = around or near.read(desk, slip), desk.store, desk.scope
    key, own = ids.key(LeaveSlip.kind.name, slip.id), (around.slips, around.opinions, around.filings)
    about = [key, *(ids.key(one.kind.name, one.id) for records in own for one in records)]
    corrected = slip.id.startswith(scope) and bool(altered.of(store.ledger, key))
    leave_records = LeaveRecords(
        slips=near.live(around.slips, scope),
        opinions=near.live(around.opinions, scope),
        filings=near.live(around.filings, scope),
        calls=near.calls(desk, around),
        decisions=near.live(around.decisions, scope),
        altered=frozenset({slip.id} if corrected else ()),
        amendments=tuple(store.rows(Amendment, field_among=("subject", about), scope=scope)),
        postings=near.seats(desk, around),
        scope=scope,
    )
    return arranged(leave_records)


def stories(desk: Desk, leave_records: LeaveRecords | None = None, *, unreturned: bool = False) -> list[Story]:
    """Return every slip's story as it stands today, newest number first; of those without a return alone if said."""
    leave_records = leave_records or papers(desk)
    policy, calendar, today = judging.policy_on(desk, desk.today()), calendars.calendar(desk), desk.today()
    result = [
        told_of(slip, leave_records, policy.under(slip.pack), calendar.of(ids.owner(slip.id)), today)
        for slip in leave_records.slips
        if not (unreturned and slip.returned)
    ]
    return sorted(result, key=lambda story: story.slip.number)[::-1]


def of_team(desk: Desk, story_list: Iterable[Story], county: str) -> list[Story]:
    """Return the stories of a county's team, posted under the measure itself; of everybody without a county."""
    pair = (county, desk.policy.id)
    return [one for one in story_list if not county or (ids.owner(one.slip.id), pack_of(one.slip)) == pair]


def story(desk: Desk, slip_id: str, leave_records: LeaveRecords | None = None) -> tuple[Story, list[Event]]:
    """Return one slip's story and what happened to it in order; from these records of it where they were read."""
    slip, policy = _slip(desk, slip_id), judging.policy_on(desk, desk.today())
    leave_records = leave_records or papers_of(desk, slip)
    calendar = calendars.calendar(desk, ids.owner(slip_id))
    this_story = story_of(slip, leave_records, policy.under(slip.pack), calendar, desk.today())
    return this_story, events_of(this_story, leave_records)


def sign(
    desk: Desk, slip_id: str, role: str, signer: str, day: date, *, verdict: str = "approved", text: str = ""
) -> Opinion:
    """Record one ink step from the paper; raises Refused naming field and article when it cannot stand.

    In the region office its own signing is a decision; any other office only notes what stands on the paper.
    """
    slip = _slip(desk, slip_id)
    opinion = Opinion(
        id=f"{slip.id}/{role}",
        slip=slip.id,
        role=role,
        verdict=verdict,
        signer=tidy_name(signer),
        signed=day,
        words=text,
    )
    valid_signers = signers.on(desk, slip, day)
    if problems := registers.check(desk, opinion) or sign_problems(slip, opinion, valid_signers):
        raise Refused(problems)
    if role == OFFICE and desk.scope == ids.REGION:
        return officeink.decide(desk, slip, opinion)
    if role == OFFICE:
        officeink.refuse_decided(slip, papers_of(desk, slip).chain(slip))
    by = authorisation_for(opinion, valid_signers)
    if by is not None and valid_signers.names.get(role) != opinion.signer:
        opinion = msgspec.structs.replace(opinion, authorisation=by.id)
    return _put(desk, opinion)


def file(
    desk: Desk, slip_id: str, body: str, day: date, *, channel: str = "", receiver: str = "", correct: bool = False
) -> Filing:
    """Record that a slip was filed with the sending unit or the liaison desk; a recorded one wants `correct`."""
    slip = _slip(desk, slip_id)
    filing = _filing(slip, body, day, channel, receiver)
    before = [] if correct or desk.reason else repeats.filed(slip, desk.store.get(Filing, filing.id))
    if problems := _filing_problems(slip, filing) or before or registers.check(desk, filing):
        raise Refused(problems)
    return _put(desk, filing)


def file_many(
    desk: Desk, slip_ids: Sequence[str], body: str, day: date | None, *, channel: str = "", receiver: str = ""
) -> list[Filing]:
    """File several slips with one body on one day in one stroke, all or none; Refused names each that cannot be.

    A filing that is recorded already is not written over here: it is corrected on its own slip.
    """
    slips = [_slip(desk, slip_id) for slip_id in dict.fromkeys(slip_ids)]
    filings = [_filing(slip, body, day, channel, receiver) for slip in slips]
    if problems := [one for slip, filing in zip(slips, filings, strict=True) for one in _barred(desk, slip, filing)]:
        raise Refused(problems)
    changes = [change for filing in filings if (change := _change(desk, filing))]
    desk.commit(changes)
    return filings


def _filing(slip: LeaveSlip, body: str, day: date | None, channel: str, receiver: str) -> Filing:
    return Filing(
        id=f"{slip.id}/{body}", slip=slip.id, body=body, filed=day, channel=channel.strip(), receiver=receiver.strip()
    )


def _filing_problems(slip: LeaveSlip, filing: Filing) -> list[Problem]:
    if filing.body not in form_of(slip).bodies:
        refused = _no(slip, "body", f"{slip.name}的报备单不需要报{BODY.word(filing.body)}备案", "body")
    elif slip.filled and filing.filed and filing.filed < slip.filled:
        text = f"备案日期早于{slip.name}的填表日期{day_words(slip.filled)}，请核对"
        refused = _no(slip, "filed_before", text, "filed")
    else:
        return []
    return list(refused.problems)


def _no(slip: LeaveSlip, code: str, sentence: str, *names: str) -> Refused:
    """Return a refusal about a slip, with the article its form rests on."""
    return refuse(code, sentence, *names, article=form_of(slip).article)


def _barred(desk: Desk, slip: LeaveSlip, filing: Filing) -> list[Problem]:
    """Return why a slip cannot be filed together with others."""
    if problems := _filing_problems(slip, filing):
        return problems
    if slip.ended:
        text = f"{slip.name}的报备单{slip.number}已{ENDED.word(slip.ended)}，不用备案"
        return list(_no(slip, "ended", text, "slip").problems)
    return repeats.filed(slip, desk.store.get(Filing, filing.id)) or registers.check(desk, filing)


def back(
    desk: Desk, slip_id: str, day: date, half: Half = "pm", *, reported: date | None = None, correct: bool = False
) -> Story:
    """Record the true return and the return report; raises Refused for a return before the departure.

    A return that is recorded is written over only where somebody means to `correct` it.
    """
    if not correct:
        _refuse(repeats.returned(root_of(desk, _slip(desk, slip_id))))
    return _report(desk, [slip_id], day, half, reported or desk.today())[0]


def back_now(desk: Desk, slip_ids: list[str]) -> list[Story]:
    """Report travellers back this half-day in one stroke, all or none; a return before the departure is refused."""
    _refuse([problem for root in roots_of(desk, slip_ids) for problem in repeats.returned(root)])
    return _report(desk, slip_ids, desk.today(), _half_now(desk), desk.today())


def _report(desk: Desk, slip_ids: list[str], day: date, half: Half, reported: date) -> list[Story]:
    desk.commit([_return_change(desk, slip, day, half, reported) for slip in roots_of(desk, slip_ids)])
    return [story(desk, slip_id)[0] for slip_id in slip_ids]


def return_change(desk: Desk, slip_id: str, back: tuple[date, Half], reported: date) -> Change:
    """Return the change that reports a slip's traveller back; raises Refused where it cannot be, or is recorded."""
    slip = root_of(desk, _slip(desk, slip_id))
    _refuse(repeats.returned(slip))
    return _return_change(desk, slip, *back, reported)


def _return_change(desk: Desk, slip: LeaveSlip, day: date, half: Half, reported: date) -> Change:
    _check_return(slip, papers_of(desk, slip).chain(slip).paper, day, half, reported)
    table: dict[str, Scalar] = {"returned": f"{day}{half}", "reported": reported.isoformat()}
    if not slip.return_note or _stamped(desk, slip):
        table["return_note"] = _stamp(reported)
    return Change("leave_slip", slip.id, table)


def roots_of(desk: Desk, slip_ids: Sequence[str]) -> list[LeaveSlip]:
    """Return the slips that bear the return of these, each once."""
    return list({root.id: root for root in (root_of(desk, _slip(desk, slip_id)) for slip_id in slip_ids)}.values())


def _check_return(slip: LeaveSlip, paper: Paper, day: date, half: Half, reported: date) -> None:
    span = parse_stored(slip.period)
    if span is None or (day, half) < (span.first, span.first_half):
        raise _no(slip, "returned", f"{slip.name}的返回时间早于离开时间，请核对", "returned")
    if not paper.standing:
        raise _no(slip, "ended", f"{slip.name}的这张报备单{paper.value}，不能销假", "returned")
    if reported < day:
        raise _no(slip, "reported", "销假日期早于返回日期，请核对", "reported")


def take_back_returns(desk: Desk, slip_ids: Sequence[str], calls: Sequence[str] = ()) -> list[Story]:
    """Take wrong return reports back, all or none, with the notes the stroke wrote; a note typed by hand stays.

    `calls` are the ids of the notes of calls that came with them.
    The return of an extension stands on the slip it extends. Raises Refused when no return is recorded.
    """
    changes: list[Change | None] = [Change("call", one, {"deleted": 1}) for one in calls]
    for slip in roots_of(desk, slip_ids):
        if not slip.returned and slip.reported is None:
            raise refuse("returned", f"{slip.name}的这张报备单没有登记销假，不用撤销", "returned")
        note = "" if _stamped(desk, slip) else slip.return_note
        changes.append(_change(desk, msgspec.structs.replace(slip, returned="", reported=None, return_note=note)))
    desk.commit([change for change in changes if change is not None])
    return [story(desk, slip_id)[0] for slip_id in slip_ids]


def _stamp(reported: date) -> str:
    return f"{reported.month}月{reported.day}日\n已销假"


def _stamped(desk: Desk, slip: LeaveSlip) -> bool:
    """Tell whether the note on the slip is the one a return report wrote, by the log: typed words may read the same."""
    if slip.reported is None or slip.return_note != _stamp(slip.reported):
        return False
    groups = [table for _, _, table, _ in desk.store.history("leave_slip", slip.id) if "return_note" in table]
    return bool(groups) and "reported" in groups[-1]


def _half_now(desk: Desk) -> Half:
    return "am" if desk.clock.now().hour < 12 else "pm"


def call(
    desk: Desk,
    slip_id: str,
    side: str,
    word: str,
    *,
    day: date,
    time: str = "",
    speaker: str = "",
    correct: bool = False,
) -> Call:
    """Record one side's note of the telephone return report (Attachment 1, note 2); a recorded one wants `correct`."""
    slip = _slip(desk, slip_id)
    note = Call(
        id=f"{slip.id}/call-{side}",
        slip=slip.id,
        side=side,
        day=day,
        time=time.strip(),
        speaker=speaker.strip(),
        word=word.strip().upper(),
    )
    if (problem := may_say(desk.scope, Call, note.id, side)) is not None:
        raise Refused([problem])
    before = [] if correct else repeats.called(slip, desk.store.get(Call, note.id))
    _refuse(before or registers.check(desk, note))
    return _put(desk, note)


def end(desk: Desk, slip_id: str, how: str, reason: str) -> LeaveSlip:
    """Withdraw or void a slip with its reason; it keeps its number and stays in the register."""
    slip = _slip(desk, slip_id)
    if not reason.strip():
        raise _no(slip, "ended_reason", "请写明原因", "ended_reason")
    _refuse(repeats.ended(slip))
    if slip.returned and how == "withdrawn":
        raise _no(slip, "ended", "已经返回销假的报备单不能撤回，可以作废", "ended")
    return _put(desk, msgspec.structs.replace(slip, ended=how, ended_on=desk.today(), ended_reason=reason.strip()))


def printed(desk: Desk, slip_ids: list[str]) -> None:
    """Count a print of each slip; that of a sealed term, or of somebody who only looks, is a copy and not counted."""
    if not desk.who.may(Act.ENTER):
        return
    today = desk.today().isoformat()
    slips = [_slip(desk, slip_id) for slip_id in slip_ids]
    changes = [
        Change(
            "leave_slip",
            one.id,
            {"printed": (one.printed or 0) + 1, "printed_on": today, "sheet_code": sheet_code(one)},
        )
        for one in slips
    ]
    desk.commit(seals.free(desk.store, desk.scope, changes, desk.seals))


def sheet_back(desk: Desk, slip_id: str, day: date | None = None) -> LeaveSlip:
    """Note that the signed sheet has come back to the office."""
    slip = _slip(desk, slip_id)
    if papers_of(desk, slip).chain(slip).paper is Paper.CHANGED:
        raise _no(slip, "stale", f"{slip.name}的报备单{slip.number}{REPRINT}", "sheet_back")
    return _put(desk, msgspec.structs.replace(slip, sheet_back=day or desk.today()))


def _slip(desk: Desk, slip_id: str) -> LeaveSlip:
    return registers.get(desk, LeaveSlip, slip_id)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(problems)


def root_of(desk: Desk, slip: LeaveSlip) -> LeaveSlip:
    """Return the slip whose journey an extension belongs to: it carries the return."""
    names = {slip.id}
    while slip.relation == "extension" and slip.follows and slip.follows not in names:
        slip = _slip(desk, slip.follows)
        names.add(slip.id)
    return slip


def _put(desk: Desk, record: R) -> R:
    if change := _change(desk, record):
        desk.commit([change])
    return record


def _change(desk: Desk, record: Record) -> Change | None:
    before = desk.store.get(type(record), record.id)
    new = difference(scalars(before) if before else {}, scalars(record))
    return Change(record.kind.name, record.id, new) if new else None
