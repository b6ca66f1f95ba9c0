"""The return of one traveller or several: what is asked of each, what a half-day would come to, and the stroke."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.halves import Half
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.consequence import Consequence, barred, consequence
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story, story_of
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Call, LeaveSlip
from tuopin_desktop.domain.voices import may_say
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import calendars
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


class Traveller(msgspec.Struct, frozen=True):
    """Who is asked about: the slip that bears the return, the day he is expected, and whether the call is noted too.

    `calls` is the side of the telephone report that this office notes, "" where none is due or it is noted already.
    """

    slip: str
    name: str
    number: str
    expected: date | None
    calls: str = ""


class Arrival(msgspec.Struct, frozen=True):
    """Who came back when; with `calls`, the side that notes the telephone report: at what time, and who was on it."""

    slip: str
    day: date
    half: Half
    calls: str = ""
    time: str = ""
    speaker: str = ""

    @property
    def called(self) -> bool:
        """Tell whether something of the call is said."""
        return bool(self.calls and (self.time.strip() or self.speaker.strip()))


class Reported(msgspec.Struct, frozen=True):
    """What a stroke recorded: how each journey stands now, and by id the calls it noted, which undoing takes back."""

    stories: tuple[Story, ...]
    calls: tuple[str, ...]


def travellers(desk: Desk, slip_ids: Sequence[str]) -> list[Traveller]:
    """Return whom these slips are about, each journey once; a slip that extends another leaves the return to that."""
    return [_traveller(desk, root) for root in leavedesk.roots_of(desk, slip_ids)]


def _traveller(desk: Desk, slip: LeaveSlip) -> Traveller:
    story, _ = leavedesk.story(desk, slip.id)
    until = story.journey.until
    side = "liaison" if desk.level is Level.REGION else "county"
    due = form_of(slip).calls and side not in story.called
    mine = due and may_say(desk.scope, Call, _note_id(slip.id, side), side) is None
    return Traveller(slip.id, slip.name, slip.number, until[0] if until else None, side if mine else "")


def foresee(desk: Desk, arrivals: Sequence[Arrival]) -> list[Consequence]:
    """Return what each arrival would come to; nothing is written."""
    return [_foreseen(desk, one) for one in arrivals]


def _foreseen(desk: Desk, arrival: Arrival) -> Consequence:
    slip, back, today = registers.get(desk, LeaveSlip, arrival.slip), (arrival.day, arrival.half), desk.today()
    if (never := barred(slip, back, today)) is not None:
        return never
    leave_records = leavedesk.papers_of(desk, slip)
    if not (paper := leave_records.chain(slip).paper).standing:
        return Consequence("warn", "不能销假", f"这张报备单{paper.value}。", bars=True)
    would = msgspec.structs.replace(slip, returned=f"{arrival.day}{arrival.half}", reported=today)
    policy = judging.policy_on(desk, today).under(would.pack)
    story = story_of(would, leave_records, policy, calendars.calendar(desk, ids.owner(slip.id)), today)
    return consequence(story.journey, back)


def report(desk: Desk, arrivals: Sequence[Arrival]) -> Reported:
    """Report these travellers back today, all or none, with what is said of their calls; raises Refused."""
    notes = [_call(one, desk.clock.now()) for one in arrivals if one.called]
    changes = [leavedesk.return_change(desk, one.slip, (one.day, one.half), desk.today()) for one in arrivals]
    if problems := [problem for note in notes for problem in registers.check(desk, note)]:
        raise Refused(problems)
    for note in notes:
        before = desk.store.get(Call, note.id)
        changes.append(Change("call", note.id, difference(scalars(before) if before else {}, scalars(note))))
    desk.commit(changes)
    return Reported(
        tuple(leavedesk.story(desk, one.slip)[0] for one in arrivals),
        tuple(note.id for note in notes),
    )


def _call(arrival: Arrival, now: datetime) -> Call:
    """Return the note of a call: it was today, or on the day of return where its time today is still to come."""
    call_time = _clock_time(arrival.time)
    ahead = call_time is not None and call_time > now.time()
    if ahead and arrival.day >= now.date():
        raise refuse("time", f"来电时间 {call_time:%H:%M} 还没有到，请核对", "time")
    return Call(
        id=_note_id(arrival.slip, arrival.calls),
        slip=arrival.slip,
        side=arrival.calls,
        day=arrival.day if ahead else now.date(),
        time=f"{call_time:%H:%M}" if call_time is not None else "",
        speaker=arrival.speaker.strip(),
    )


def _clock_time(text: str) -> time | None:
    """Return the time of a call as it was typed, None where none is; raises Refused for what is no time of day."""
    digits = text.strip().replace("：", ":")
    if not digits:
        return None
    if _TIME.fullmatch(digits) is None:
        raise refuse("time", f"来电时间“{digits[:10]}”看不懂，请按24小时制填写，如 18:05", "time")
    hour, minute = digits.split(":")
    return time(int(hour), int(minute))


def _note_id(slip_id: str, side: str) -> str:
    return f"{slip_id}/call-{side}"
