"""Article 10: leaving the county takes a slip, and the position on the day of leave decides which of the two forms."""

from msgspec import structs

from tuopin_desktop.domain.facts import Facts, posting_on
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.halves import Period, day_words, parse_half
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.journey import Journey, Overstay, Trip
from tuopin_desktop.domain.leave.phone import WORDLESS, Lack, word_of
from tuopin_desktop.domain.leave.phrases import claims_return
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story, undated
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Call, LeaveSlip, Posting, choices
from tuopin_desktop.domain.records.choices import BODY, ROLE, SIDE
from tuopin_desktop.domain.rules.rule import Outcome, rule


@rule("A10-3", "请假时间", over="leave_slip")
def period(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """A slip states a period, the right way round, that no other slip of the person covers."""
    span = facts.period_of.get(slip.id)
    inputs = (("请假起止时间", _words(span) if span else slip.period or "未登记"),)
    if span is None:
        return Outcome(Verdict.AMBER, "请假起止时间未登记或读不懂", inputs, day=slip.filled)
    steps = (f"{span.halves} 个半天 ÷ 2 = {span.days:g} 天",)
    if span.halves <= 0:
        return Outcome(Verdict.AMBER, "请假起止时间前后颠倒", inputs, steps, span.first)
    other = facts.clash_of.get(slip.id)
    if other is not None and facts.period_of[other.id].last >= policy.in_force <= span.last:
        return _clash(other, span, facts.period_of[other.id], inputs, (*steps, f"本单 {_words(span)}"), policy)
    if span.first < policy.in_force:
        return Outcome(Verdict.NOTICE, f"办法施行前的请假（{span.first.isoformat()}），只作登记", inputs, steps)
    return Outcome(Verdict.OK, f"请假{span.days:g}天，与其他报备单不重叠", inputs, steps, span.first)


def _clash(
    other: LeaveSlip,
    own: Period,
    span: Period,
    inputs: tuple[tuple[str, str], ...],
    steps: tuple[str, ...],
    policy: Policy,
) -> Outcome:
    text = _words(span)
    which = f"报备单{other.number}" if other.number else "另一份报备单"
    day = min(max(own.first, span.first, policy.in_force), own.last, span.last)
    return Outcome(Verdict.AMBER, f"请假时间与{which}（{text}）重叠", inputs, (*steps, f"他单 {text}"), day)


@rule("A10-4", "队长用附件1，书记签字、办公室批准", over="leave_slip")
def leader_form(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """Who is leader on the first day of leave fills Attachment 1; the secretary signs, the Office approves."""
    return _form(slip, facts, policy, approved=True)


@rule("A10-5", "副队长、队员用附件2，书记和队长签字、两处备案", over="leave_slip", switches=("leave.filing_workdays",))
def member_form(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """Who is deputy or member on the first day of leave fills Attachment 2; two sign, it is filed with two bodies."""
    return _form(slip, facts, policy, approved=False)


@rule("A10-6", "及时销假", over="leave_slip", switches=("leave.grace_days", "leave.return_half", "absence.run_days"))
def return_report(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """After the leave the traveller reports back in time; each day beyond it is without leave until then."""
    story = facts.story(slip, policy)
    slip, journey = story.slip, story.journey
    if journey.until is None or journey.trip in (Trip.AHEAD, Trip.AWAY, Trip.NONE):
        return None
    until = day_words(journey.until[0])
    note = " ".join(slip.return_note.split())
    inputs = (("假期止", until), ("实际返回", _back_words(slip, journey)), *((("销假情况", note),) if note else ()))
    never_printed = story.chain.paper is Paper.DRAFT
    if journey.overstay is not None and not never_printed:
        return _overstayed(journey, journey.overstay, inputs, policy)
    if journey.trip in (Trip.CONTINUED, Trip.ENDED):
        return None  # the leave that goes on is judged for both; after the posting nobody has to report back
    if journey.trip is Trip.WORDED:
        return Outcome(Verdict.AMBER, undated(slip), inputs, day=journey.until[0])
    if journey.trip.out:
        return Outcome(Verdict.NOTICE, f"假期{until}止，尚未销假", inputs, day=journey.until[0])
    grace = policy.number("leave.grace_days")
    if slip.reported and (slip.reported - journey.until[0]).days > grace:
        steps = (f"{slip.reported} − {journey.until[0]} = {(slip.reported - journey.until[0]).days} 天 > {grace} 天",)
        return Outcome(Verdict.NOTICE, f"已按期返回，{day_words(slip.reported)}才销假", inputs, steps, journey.until[0])
    return Outcome(Verdict.OK, f"{journey.trip.value}，已销假", inputs, day=journey.until[0])


@rule("A10-9", "队长归队后电话销假，双方各有记录且相符", over="leave_slip", switches=("leave.grace_days",))
def phone_report(slip: LeaveSlip, facts: Facts, policy: Policy) -> Outcome | None:
    """A leader who is back reports by telephone (Att. 1, note 2): both sides note the call, and the notes agree."""
    story = facts.story(slip, policy)
    back = parse_half(story.slip.returned)
    if back is None or story.rerouted or not story.chain.paper.standing or not form_of(slip).calls:
        return None
    notes = tuple((SIDE.word(side), _note_words(story.called.get(side))) for side in SIDE.labels)
    inputs = (("实际返回", day_words(back[0])), *notes)
    text = "；".join(gap.text for gap in story.phone)
    if not text:
        spoken = all(note.word.strip() for note in story.called.values())
        agreed = "核对词一致" if spoken else f"通话日期一致，{WORDLESS}"
        return Outcome(Verdict.OK, f"双方均有电话销假记录，{agreed}", inputs, day=back[0])
    fresh = (facts.today - back[0]).days <= policy.number("leave.grace_days")
    waits = all(gap.lack is Lack.OUT or (fresh and gap.lack is Lack.MISSING) for gap in story.phone)
    return Outcome(Verdict.NOTICE if waits else Verdict.AMBER, f"{text}（附件1备注2）", inputs, day=back[0])


def _note_words(note: Call | None) -> str:
    if note is None:
        return "没有记录"
    when = f"{day_words(note.day)}{note.time}" if note.day else "未登记日期"
    return f"{when}，{word_of(note)}"


def _back_words(slip: LeaveSlip, journey: Journey) -> str:
    if slip.returned or journey.back is None:
        return slip.returned or "未销假"
    day, half = journey.back
    if slip.reported:
        return f"未登记（{slip.reported}销假）"
    return "未登记（据销假情况所写）" if claims_return(slip.return_note) else f"{day}{half}（另单登记）"


def _overstayed(journey: Journey, over: Overstay, inputs: tuple[tuple[str, str], ...], policy: Policy) -> Outcome:
    limit = over.limit
    span = f"{over.first} 至 {over.last}" + ("" if over.last_half == "pm" else " 上午")
    steps = [f"{span} = {over.days:g} 天"]
    if over.passed:
        steps.append(f"{over.first} + {limit} 天 = {over.passes}，该日起连续超过{limit}天")
    elif over.open and over.passes is not None:
        steps.append(f"{over.first} + {limit} 天 = {over.passes}，如不返岗，该日起连续超过{limit}天")
    still = "仍未销假" if over.open else _CLOSED.get(journey.trip, "已销假")
    sentence = f"超假{over.days:g}天，{still}；无续假的，超假天数为无正当理由离岗"
    verdict = Verdict.SUSPECTED if over.passed else Verdict.AMBER
    return Outcome(verdict, sentence, inputs, tuple(steps), over.first)


_CLOSED = {Trip.CONTINUED: "没有返岗登记，其后另有报备单", Trip.ENDED: "派驻结束时仍未销假"}
"""How an overstay ended of which no return is registered."""


def _form(slip: LeaveSlip, facts: Facts, policy: Policy, *, approved: bool) -> Outcome | None:
    """Judge the form, if it is this rule's; a slip that no posting covers is judged under the form it bears.

    Attachment 1 alone is approved by the Office; any other form, of whatever pack, is judged as Attachment 2 is.
    """
    span = facts.period_of.get(slip.id)
    if span is None:
        return None
    linked = facts.posting_by_id.get(slip.posting)
    serving = posting_on(facts, linked.person, span.first) if linked else None
    target = _wanted(slip, span, serving, facts, policy) if serving else slip.form
    if (target == "leader") is not approved:
        return None
    day = span.first.isoformat()
    inputs = (
        ("请假首日", day),
        ("当日职务", _position(serving)),
        ("用表", choices.SLIP_FORM.word(slip.form) or "未登记"),
    )
    if serving is None:
        return Outcome(Verdict.RED, f"请假首日{day}不在派驻期内，无法确定用表", inputs, day=span.first)
    position, form = _position(serving), choices.SLIP_FORM.word(target)
    steps = (f"{day} 任{position} → {form}",)
    if slip.form == target:
        return _signed(slip, facts, policy, Outcome(Verdict.OK, f"{position}用{form}", inputs, steps, span.first))
    return Outcome(Verdict.RED, f"{day}任{position}，应填{form}报备单", inputs, steps, span.first)


def _wanted(slip: LeaveSlip, span: Period, serving: Posting, facts: Facts, policy: Policy) -> str:
    """Return the form wanted of a slip: what was approved on another rung stays right when the ladder is ruled anew."""
    target = policy.slip_for(serving.position, span.days)
    if slip.form == target or not policy.climbs_to(slip.form, serving.position):
        return target
    return slip.form if facts.story(slip, policy).chain.paper is Paper.APPROVED else target


def _signed(slip: LeaveSlip, facts: Facts, policy: Policy, right: Outcome) -> Outcome:
    """Add to the right form what its ink and filings lack; signatures are asked for once the leave has begun."""
    story = facts.story(slip, policy)
    if not story.chain.paper.standing or story.rerouted:
        return structs.replace(right, sentence=f"{right.sentence}，{story.state_words}")
    begun = right.day is not None and facts.today >= right.day
    missing = "、".join(ROLE.word(role) for role in story.chain.missing)
    if missing and begun:
        return structs.replace(right, verdict=Verdict.AMBER, sentence=f"请假已开始，缺{missing}签字")
    late = [BODY.word(body) for body in story.unfiled if story.filing_due and facts.today > story.filing_due]
    if late and story.filing_due:
        text = f"缺{'、'.join(late)}备案，应于{day_words(story.filing_due)}前报送"
        return structs.replace(right, verdict=Verdict.AMBER, sentence=text)
    if tardy := _filed_late(story):
        return structs.replace(right, verdict=Verdict.AMBER, sentence=f"{right.sentence}，{tardy}")
    return structs.replace(right, sentence=f"{right.sentence}，{story.chain.paper.value}")


def _filed_late(story: Story) -> str:
    """Return which filings came after their day and by how much: a late one is remembered, as a late meeting is."""
    due = story.filing_due
    late = [(item.filed, body) for body, item in story.filed.items() if due and item.filed and item.filed > due]
    return "、".join(
        f"{BODY.word(body)}备案逾期{(filed - due).days}天（应于{day_words(due)}前，{day_words(filed)}报送）"
        for filed, body in sorted(late)
        if due
    )


def _words(span: Period) -> str:
    return span.text().replace("\n", "")


def _position(posting: Posting | None) -> str:
    return choices.POSITION.word(posting.position) if posting else "无派驻"


RULES = (period, leader_form, member_form, return_report, phone_report)
