"""The steps of one slip as its side panel shows them, each with its form filled in as far as is known.

Everything here runs in the worker thread and returns plain values.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar

import msgspec

from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.halves import parse_half
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.chain import OFFICE, Chain
from tuopin_desktop.domain.leave.events import Event
from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.leave.phone import word_of
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import overdue_words
from tuopin_desktop.domain.record import Form, Kind, Record, about
from tuopin_desktop.domain.records import Call, Filing, LeaveSlip, Opinion
from tuopin_desktop.domain.records.choices import BODY, ENDED, RESULT, ROLE, SIDE
from tuopin_desktop.domain.voices import may_say
from tuopin_desktop.services.leave import leavedesk, near, signers
from tuopin_desktop.services.leave.watching import phone_of
from tuopin_desktop.services.office import attachments, callword, frozen
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave.todo import Todo, todo_of
from tuopin_desktop.ui.pages.leave.versions import Compared, Version, compared, inked, links_of, versions_of

HALF = CodeTable({"am": "上午", "pm": "下午"})


class Return(Record, frozen=True, kw_only=True):
    """What is asked when somebody has come back."""

    kind: ClassVar[Kind] = Kind(name="return", label="归队销假")

    day: Annotated[date | None, about("返回日期", group="归队", form=Form.DATE, required=True)] = None
    half: Annotated[str, about("上午或下午", group="归队", form=Form.CHOICE, table=HALF, required=True)] = "pm"
    reported: Annotated[date | None, about("销假日期", group="归队", form=Form.DATE, required=True)] = None


class Extension(Record, frozen=True, kw_only=True):
    """What is asked for an extension."""

    kind: ClassVar[Kind] = Kind(name="extension", label="续假")

    until: Annotated[date | None, about("续到", group="续假", form=Form.DATE, required=True)] = None
    half: Annotated[str, about("上午或下午", group="续假", form=Form.CHOICE, table=HALF, required=True)] = "pm"
    reason: Annotated[str, about("续假事由", group="续假", form=Form.LONG, required=True)] = ""


class Reroute(Record, frozen=True, kw_only=True):
    """What is asked for a changed route."""

    kind: ClassVar[Kind] = Kind(name="reroute", label="变更行程")

    place: Annotated[str, about("新的外出地点", group="变更", required=True)] = ""
    reason: Annotated[str, about("变更事由", group="变更", form=Form.LONG, required=True)] = ""


class Correction(Record, frozen=True, kw_only=True):
    """What is asked for a new version of a signed slip: what stands there now, to be typed over, and why."""

    kind: ClassVar[Kind] = Kind(name="correction_asked", label="更正")

    place: Annotated[str, about("外出地点", group="更正", required=True, limit=100)] = ""
    period: Annotated[str, about("请假起止时间", group="更正", form=Form.PERIOD, required=True)] = ""
    cause: Annotated[str, about("请假事由", group="更正", form=Form.LONG, required=True, limit=600)] = ""
    why: Annotated[str, about("更正原因", group="更正", required=True, limit=200)] = ""


class Ending(Record, frozen=True, kw_only=True):
    """What is asked before a slip is withdrawn or voided."""

    kind: ClassVar[Kind] = Kind(name="ending", label="撤回或作废")

    how: Annotated[str, about("撤回或作废", group="原因", form=Form.CHOICE, table=ENDED, required=True)] = ""
    why: Annotated[str, about("原因", group="原因", form=Form.LONG, required=True)] = ""


_SIDE_OF = {Level.REGION: "liaison"}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step: `key` such as `sign:secretary`, how it stands, and the form that records it (none: nothing asked).

    Without `button` there is nothing to press: the step is somebody else's. `owed` steps are open;
    `next` is the one to take now.
    """

    key: str
    section: str
    title: str
    state: str = ""
    tone: str = "quiet"
    button: str = "登记"
    record: Record | None = None
    leave_out: tuple[str, ...] = ()
    owed: bool = False


class SlipState(msgspec.Struct, frozen=True):
    """A slip's story with its steps; `overdue` says what an overstay comes to, `reach` whom to ring who is not back.

    `todo` is what is to be done, in order, `links` the slips it extends or is extended by, `compared` what another
    version has otherwise. `fixed` are the fields nobody types over with why, `ink` what is written by hand where.
    """

    story: Story
    events: tuple[Event, ...]
    steps: tuple[Step, ...]
    next: str
    overdue: str
    reach: str
    versions: tuple[Version, ...] = ()
    fixed: Mapping[str, str] = {}
    ink: Mapping[str, str] = {}
    todo: tuple[Todo, ...] = ()
    links: tuple[Version, ...] = ()
    compared: Compared = Compared()


def standing(desk: Desk, slip: LeaveSlip, day: date | None = None, around: near.Near | None = None) -> SlipState:
    """Return how a kept slip stands; `day` is the date the clerk typed last, which papers of one pile often share.

    `around` are the records around it, where they have been read since the last write.
    """
    leave_records = leavedesk.papers_of(desk, slip, around)
    story, events = leavedesk.story(desk, slip.id, leave_records)
    steps = tuple(_steps(desk, story, _day(desk, story.slip, day)))
    steps = tuple(_past(steps)) if story.slip.history else steps
    reach = phone_of(desk, story.slip) if story.journey.trip.out else ""
    fixed = frozen.read_only(desk.store, story.slip)
    return SlipState(
        story,
        tuple(events),
        steps,
        _next(story, steps),
        overdue_words(story),
        reach,
        versions_of(story, leave_records),
        fixed,
        inked(story),
        todo_of(story, leave_records.versions(story.slip), [step.key for step in steps if step.owed]),
        links_of(story, leave_records),
        compared(story, leave_records),
    )


def _day(desk: Desk, slip: LeaveSlip, day: date | None) -> date:
    earliest = slip.filled or date.min
    if day is not None and earliest <= day <= desk.today():
        return day
    return max(desk.today(), earliest)


def _steps(desk: Desk, story: Story, day: date) -> Iterator[Step]:
    slip = story.slip
    travelled = story.chain.paper.standing and not story.rerouted
    due = travelled and story.journey.trip.due
    if due:
        yield _return(desk, story)
    if not slip.ended:
        yield from _ink(desk, story, day)
        yield _sheet(slip)
    yield from _scans(desk, slip)
    if travelled:
        yield from _filings(story, day)
        if not due and story.journey.trip is not Trip.NONE:
            yield _return(desk, story)
        if form_of(slip).calls:
            yield from _calls(desk, story)
        yield from _changes(story)
        yield from _corrections(story)
    if not slip.ended:
        yield from _endings(slip)


_NOT_OF_HISTORY = ("sheet", "extend", "reroute", "call:county", "call:liaison")
_OPEN = ("登记签字", "登记备案", "登记归队")


def _past(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps of leave from a register of past years: nothing is owed, what it does not say may be added."""
    for step in steps:
        if step.key not in _NOT_OF_HISTORY:
            state = "登记簿未写" if step.button in _OPEN else step.state
            tone = "quiet" if step.button in _OPEN else step.tone.replace("warn", "quiet")
            yield msgspec.structs.replace(step, state=state, tone=tone, owed=False)


def _ink(desk: Desk, story: Story, day: date) -> Iterator[Step]:
    slip = story.slip
    names = signers.on(desk, slip, day).names
    for role in form_of(slip).signers:
        opinion = story.chain.signed.get(role)
        signer = names.get(role, "") or (signers.last(desk, slip, role) if opinion is None else "")
        decided = role == OFFICE and story.chain.by_office and desk.level is not Level.REGION
        yield Step(
            key=f"sign:{role}",
            section="签字",
            title=ROLE.word(role),
            state=_ink_words(story.chain, role, opinion) if opinion else "未签字",
            tone=_ink_tone(story.chain, role, opinion),
            button="" if decided else "更正" if opinion else "登记签字",
            record=opinion or Opinion(slip=slip.id, role=role, verdict="approved", signer=signer, signed=day),
            leave_out=("slip", "role"),
            owed=role in story.chain.missing and story.chain.paper.standing,
        )


def _ink_words(chain: Chain, role: str, opinion: Opinion) -> str:
    """Return what stands in a cell; of the Office's whether it is its own record or the county's note of the paper."""
    if role != OFFICE:
        return _signed_words(opinion)
    return _signed_words(opinion) + ("（办公室决定）" if chain.by_office else "（据纸质件，待办公室的记录）")


def _ink_tone(chain: Chain, role: str, opinion: Opinion | None) -> str:
    if opinion is not None and opinion.verdict == "refused":
        return "bad"
    return "ok" if opinion is not None and not (role == OFFICE and chain.awaited) else "warn"


def _signed_words(opinion: Opinion) -> str:
    by = "受权" if opinion.authorisation else ""
    day = f"{opinion.signed.month}月{opinion.signed.day}日" if opinion.signed else ""
    return f"{opinion.signer}{by} {day} {RESULT.word(opinion.verdict)}"


def _sheet(slip: LeaveSlip) -> Step:
    printed = f"打印{slip.printed}次" if slip.printed else "未打印"
    back = f"，{slip.sheet_back.month}月{slip.sheet_back.day}日收回" if slip.sheet_back else ""
    return Step(
        key="sheet",
        section="签字",
        title="纸质件",
        state=printed + (back or ("，未收回" if slip.printed else "")),
        tone="ok" if slip.sheet_back else "quiet",
        button="收回",
        owed=bool(slip.printed) and not slip.sheet_back,
    )


def _scans(desk: Desk, slip: LeaveSlip) -> Iterator[Step]:
    for scan in attachments.of_slip(desk, slip.id):
        yield Step(key=f"scan:{scan.id}", section="签字", title="扫描件", state=scan.name, button="查看")


def _filings(story: Story, day: date) -> Iterator[Step]:
    for body in form_of(story.slip).bodies:
        filing = story.filed.get(body)
        due = f"应于{story.filing_due.month}月{story.filing_due.day}日前" if story.filing_due else "签字后办理"
        yield Step(
            key=f"file:{body}",
            section="备案",
            title=BODY.word(body),
            state=_filed_words(filing) if filing else due,
            tone="ok" if filing else "warn" if story.filing_due else "quiet",
            button="更正" if filing else "登记备案",
            record=filing or Filing(slip=story.slip.id, body=body, filed=day, channel=_last_channel(story)),
            leave_out=("slip", "body"),
            owed=filing is None and story.filing_due is not None,
        )


def _filed_words(filing: Filing) -> str:
    day = f"{filing.filed.month}月{filing.filed.day}日" if filing.filed else ""
    return f"{day} {filing.channel}".strip()


def _last_channel(story: Story) -> str:
    return next((item.channel for item in story.filed.values() if item.channel), "")


def _return(desk: Desk, story: Story) -> Step:
    slip, trip = story.slip, story.journey.trip
    back = parse_half(slip.returned)
    day, half = back or (desk.today(), "am" if desk.clock.now().hour < 12 else "pm")
    late = trip in (Trip.OVERDUE, Trip.LATE)
    return Step(
        key="back",
        section="归队",
        title="归队销假",
        state=_back_words(story),
        tone="bad" if late else "ok" if back else "warn" if trip.due else "quiet",
        button="更正" if back else "登记归队",
        record=Return(id=slip.id if back else "", day=day, half=half, reported=slip.reported or desk.today()),
        owed=trip.due,
    )


def _back_words(story: Story) -> str:
    journey = story.journey
    back = parse_half(story.slip.returned)
    if back is None:
        waiting, until = journey.trip.out or journey.trip.due or journey.trip is Trip.AHEAD, journey.until
        due = f"，应于{until[0].month}月{until[0].day}日返回" if waiting and until else ""
        note = " ".join(story.slip.return_note.split())
        return f"{journey.trip.value}{due}" + (f"；销假情况写有“{note}”，不是返回登记" if note else "")
    text = f"{back[0].month}月{back[0].day}日{'上午' if back[1] == 'am' else '下午'} {journey.trip.value}"
    if journey.overstay is not None:
        text += f" {journey.overstay.days:g}天"
    return text + (f"，退回{journey.given_back:g}天" if journey.given_back else "")


def _calls(desk: Desk, story: Story) -> Iterator[Step]:
    own = _SIDE_OF.get(desk.level, "county")
    for side in SIDE.labels:
        call = story.called.get(side)
        theirs = may_say(desk.scope, Call, f"{story.slip.id}/call-{side}", side)
        word = callword.fresh(desk) if side == own == "county" and not story.called else ""
        now = desk.clock.now()
        yield Step(
            key=f"call:{side}",
            section="电话销假（附件1备注2）",
            title=f"{SIDE.word(side)}记录",
            state=_call_words(call) if call else "未记录" if theirs is None else "由对方记录，随数据包收到",
            tone="ok" if call else "quiet",
            button="" if theirs is not None else "更正" if call else "记录通话",
            record=call or Call(slip=story.slip.id, side=side, day=now.date(), time=f"{now:%H:%M}", word=word),
            leave_out=("slip", "side"),
            owed=bool(story.slip.returned) and call is None and side == own,
        )


def _call_words(call: Call) -> str:
    day = f"{call.day.month}月{call.day.day}日" if call.day else ""
    return f"{day} {call.time} {word_of(call)}".replace("  ", " ")


def _changes(story: Story) -> Iterator[Step]:
    if story.slip.returned or story.slip.reported:
        yield Step(key="unreturn", section="变更", title="撤销销假", button="撤销销假")
    over, until = story.journey.overstay, story.journey.until
    if story.slip.returned and over is not None:  # who was late with reason has his leave extended afterwards
        late = Extension(until=over.last, half=over.last_half)
        yield Step(key="extend", section="变更", title="补办续假", record=late, button="补办续假")
    if story.slip.returned:
        return
    if until is not None:
        yield Step(key="extend", section="变更", title="续假", record=Extension(), button="续假")
    rerouted = Reroute(place=story.slip.place)
    yield Step(key="reroute", section="变更", title="变更行程", record=rerouted, button="变更行程")


def _corrections(story: Story) -> Iterator[Step]:
    """A signed slip is corrected by a new version that is printed and signed again, also after the return."""
    slip, inked_ = story.slip, story.chain.signed or story.slip.sheet_back
    if inked_ and not story.waiting:
        correction = Correction(place=slip.place, period=slip.period, cause=slip.reason)
        yield Step(key="correct", section="变更", title="更正", record=correction, button="更正")


def _endings(slip: LeaveSlip) -> Iterator[Step]:
    if not slip.returned:
        ending = Ending(how="withdrawn")
        yield Step(key="withdraw", section="变更", title="撤回", record=ending, leave_out=("how",), button="撤回")
    yield Step(key="void", section="变更", title="作废", record=Ending(how="voided"), leave_out=("how",), button="作废")


def _next(story: Story, steps: tuple[Step, ...]) -> str:
    """Return the step to take now: nothing before it is printed, then ink, a due return, sheet, filings, calls."""
    late = story.journey.trip.due
    if late and not story.chain.missing:
        return "back"
    if story.chain.paper.to_print and not late:
        return ""
    return next((step.key for step in steps if step.owed), "")
