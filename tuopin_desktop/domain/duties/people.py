"""Duties about each posted person (Art. 4, 8, 11, 12, 15, 18): whoever owes them, a county's list names the person."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.logs import until
from tuopin_desktop.domain.attendance.months import served
from tuopin_desktop.domain.attendance.stays import span_of
from tuopin_desktop.domain.duties import appraisals
from tuopin_desktop.domain.duties.duty import Duty, State, standing
from tuopin_desktop.domain.dutyevidence import uncovered
from tuopin_desktop.domain.facts import Facts, days_known, serves
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Acknowledgement, Insurance, Posting, RoundTrip, TrainingAttendance, choices

HALVES = (("first", "上半年", "report.half_year_first"), ("second", "下半年", "report.half_year_second"))


def of_posting(posting: Posting, facts: Facts, policy: Policy, first: date, last: date) -> Iterator[Duty]:
    """Yield the duties about a posting that are due from `first` to `last`."""
    start = began(posting, policy)
    if start is None:
        return
    yield from (duty for duty in _at_the_end(posting, facts, policy, start) if first <= duty.due <= last)
    low, high = max(first, start), min(last, posting.until or last, policy.day("term.end"))
    if low > high:
        return
    chain, came_on = facts.presence(posting), came(posting, facts, policy) or start
    arrival = _arrival(posting, facts, policy, start) if chain[0].id == posting.id else ()
    once = (*arrival, *(talks(posting, facts, policy, came_on) if chain[-1].id == posting.id else ()))
    end = ends(posting, facts, policy)
    yield from (duty for duty in once if first <= duty.due <= last and (duty.due <= end or not duty.state.open))
    for year in range(low.year, high.year + 1):
        owed = (*half_years(posting, facts, policy, year), _summary(posting, facts, policy, year))
        yield from (duty for duty in owed if low <= duty.due <= high)
        span = (max(low, date(year, 1, 1)), min(high, date(year, 12, 31)))
        yield from logs(posting, facts, policy, *span)
        if [one.id for one in chain if one.since and one.since.year <= year][-1:] == [posting.id]:
            yield trips(posting, facts, policy, max(came_on, date(year, 1, 1)), span[1])
        yield insured(posting, facts, policy, *span)


def _at_the_end(posting: Posting, facts: Facts, policy: Policy, start: date) -> Iterator[Duty]:
    owner = _who(posting, facts)
    return appraisals.comprehensive(posting, owner["subject"], owner["who"], start, facts, policy)


def _summary(posting: Posting, facts: Facts, policy: Policy, year: int) -> Duty:
    owner = _who(posting, facts)
    return appraisals.summary(posting.id, owner["subject"], posting.county, owner["who"], facts, policy, year)


def began(posting: Posting, policy: Policy) -> date | None:
    """Return the day from which anything is owed about a posting; days before the measure count for nobody."""
    return max(posting.since, policy.in_force) if posting.since else None


def days_in_post(posting: Posting, policy: Policy, last: date) -> tuple[date, date] | None:
    """Return the first and last day up to `last` of which anything is owed about a posting, None if there is none.

    A posting without an end ends with the term.
    """
    start, end = began(posting, policy), min(posting.until or last, last, policy.day("term.end"))
    return (start, end) if start is not None and start <= end else None


def came(posting: Posting, facts: Facts, policy: Policy) -> date | None:
    """Return the day from which anything is owed about a presence: whoever changes position did not arrive anew."""
    return began(facts.presence(posting)[0], policy)


def ends(posting: Posting, facts: Facts, policy: Policy) -> date:
    """Return the last day of a presence, the term's at the latest: what falls due after it nobody owes any more."""
    until, over = facts.presence(posting)[-1].until, policy.day("term.end")
    return over if until is None else min(until, over)


def speaks(posting: Posting, facts: Facts) -> bool:
    """Tell whether a duty owed once in a presence is listed at this posting: its last one that has begun.

    It is said after the end too: what was owed stays open until it is done (`horizon.py`).
    """
    begun = [one for one in facts.presence(posting) if one.since is not None and one.since <= facts.today]
    return bool(begun) and begun[-1].id == posting.id


def lapsed(due: date, posting: Posting, facts: Facts, policy: Policy) -> bool:
    """Tell whether somebody had gone before a thing fell due."""
    return ends(posting, facts, policy) < min(due, facts.today)


def party_moved(posting: Posting, facts: Facts) -> date | None:
    """Return the day the Party relation came to the county, under whichever posting of the presence it is noted."""
    return next((one.party_moved for one in facts.presence(posting) if one.party_moved), None)


def signature(posting: Posting, facts: Facts) -> Acknowledgement | None:
    """Return the signature under the ten don'ts, under whichever posting of the presence it is kept."""
    acknowledgements = (facts.duty_evidence.signature_of.get(one.id) for one in facts.presence(posting))
    return next((one for one in acknowledgements if one is not None and one.signed is not None), None)


def _arrival(posting: Posting, facts: Facts, policy: Policy, start: date) -> Iterator[Duty]:
    person = facts.person_by_id.get(posting.person)
    if person is not None and person.political in policy.on(start).several("party.codes"):
        yield _by(
            posting, facts, policy, start, "A04-3", "党组织关系转接", "party.transfer_days", party_moved(posting, facts)
        )
    yield pre_post(posting, facts, policy, start)
    signed = signature(posting, facts)
    done_on = signed.signed if signed else None
    duty = _by(posting, facts, policy, start, "A12-6", "“十不准”承诺签字", "chat.sign_days", done_on)
    evidence = (ids.key("acknowledgement", signed.id),) if signed else ()
    yield msgspec.structs.replace(
        duty, kind="acknowledgement", preset={"posting": posting.id}, evidence=evidence, mild=True
    )


def _by(
    posting: Posting, facts: Facts, policy: Policy, start: date, rule: str, what: str, switch: str, day: date | None
) -> Duty:
    """Return a duty that falls due some days after arrival; what was done before arrival is in time."""
    due = policy.due_after(start, switch)
    state, days = standing(start, due, facts.today, day)
    key = ids.key("posting", posting.id)
    return Duty(
        rule=rule,
        what=what,
        **_who(posting, facts),
        period="到岗后",
        opens=start,
        due=due,
        state=state,
        days=days,
        mild=rule == "A04-3",
        said=f"{day}" if day else "",
        evidence=(key,) if day else (),
        kind="posting",
        preset={"id": posting.id},
    )


def pre_post(posting: Posting, facts: Facts, policy: Policy, start: date) -> Duty:
    """Return the training before or right after taking up the post (A11-1); once in a person's postings is enough."""
    attendances = [item for item in trainings(posting, facts) if facts.training_by_id[item.training].type == "pre_post"]
    done_on = min((day for item in attendances if (day := training_end(item, facts))), default=None)
    duty = _by(posting, facts, policy, start, "A11-1", "岗前培训", "training.newcomer_days", done_on)
    evidence = tuple(ids.key("training_attendance", item.id) for item in attendances[:1])
    return msgspec.structs.replace(
        duty, kind="training_attendance", preset={"posting": posting.id}, evidence=evidence, mild=False
    )


def trainings(posting: Posting, facts: Facts) -> list[TrainingAttendance]:
    """Return the classes a person took part in, under whichever posting."""
    postings = facts.postings_by_person.get(posting.person, ())
    return [item for one in postings for item in facts.trainings_of.get(one.id, ()) if not item.absent]


def training_end(item: TrainingAttendance, facts: Facts) -> date | None:
    """Return the day a class ended, None while its period cannot be read."""
    span = span_of(item, facts.training_by_id[item.training])
    return span.last if span else None


def talks(posting: Posting, facts: Facts, policy: Policy, start: date) -> Iterator[Duty]:
    """Yield the talks a sending unit owes: the next is due so many days after the one before (A08-1)."""
    opened, owner = start, _who(posting, facts)
    basics: dict[str, Any] = {"rule": "A08-1", "what": "听取汇报或谈心谈话", "mild": True, "kind": "follow_up", **owner}
    heard = [talk for one in facts.presence(posting) for talk in facts.duty_evidence.talks_of.get(one.id, ())]
    for talk in sorted(heard, key=lambda one: one.date or date.max):
        if talk.date is None or talk.date > facts.today:
            continue
        due = policy.due_after(opened, "follow_up.talk_days")
        state, days = standing(opened, due, facts.today, talk.date)
        yield Duty(
            **basics,
            period=f"{opened}以来",
            opens=opened,
            due=due,
            state=state,
            days=days,
            said=f"{talk.date}{'，' + talk.by if talk.by else ''}",
            evidence=(ids.key("follow_up", talk.id),),
        )
        opened = max(opened, talk.date)
    due = policy.due_after(opened, "follow_up.talk_days")
    state, days = standing(due - timedelta(days=30), due, facts.today, None)
    preset = {"posting": posting.id, "type": "talk"}
    yield Duty(**basics, period=f"{opened}以来", opens=opened, due=due, state=state, days=days, preset=preset)


def half_years(posting: Posting, facts: Facts, policy: Policy, year: int) -> Iterator[Duty]:
    """Yield a member's two reports of a year, each delivered to two receivers (A12-4, Q27)."""
    for code, text, switch in HALVES:
        then, due = policy.due_in(year, switch)
        if not serves(posting, due) or not _long_enough(posting, facts, then, code, due):
            continue
        half_year_report = facts.duty_evidence.half_year_of.get((posting.id, year, code))
        pair = (half_year_report.to_unit, half_year_report.to_office) if half_year_report else (None, None)
        both = [day for day in pair if day is not None and day <= facts.today]
        state, days = standing(due - timedelta(days=30), due, facts.today, max(both) if len(both) == 2 else None)
        if len(both) == 1:
            state = State.HALF
        yield Duty(
            rule="A12-4",
            what="半年报告",
            **_who(posting, facts),
            period=f"{year}年{text}",
            opens=due - timedelta(days=30),
            due=due,
            state=state,
            days=days,
            mild=(facts.today - due).days <= then.number("report.half_year_grace"),
            said="，".join(
                f"{who}{f'{day}送达' if day else '未送达'}"
                for who, day in zip(then.several("report.half_year_receivers"), pair, strict=False)
            ),
            evidence=(ids.key("half_year_report", half_year_report.id),) if half_year_report else (),
            kind="half_year_report",
            preset={"posting": posting.id, "year": year, "half": code},
        )


def _long_enough(posting: Posting, facts: Facts, policy: Policy, half: str, due: date) -> bool:
    """Tell whether somebody was in post for enough days of a half-year to have something to report of it (Q27)."""
    opened = date(due.year, 1 if half == "first" else 7, 1)
    start = max(came(posting, facts, policy) or due, opened)
    return (due - start).days + 1 >= policy.number("report.half_year_days")


def logs(posting: Posting, facts: Facts, policy: Policy, first: date, last: date) -> Iterator[Duty]:
    """Yield the daily logs of each month that has attendance: one for each day marked on post (A10-2, Q33)."""
    for record in facts.attendance_of.get(posting.id, ()):
        span = served(facts.posting_of(record) or posting, record.month)
        own, terms = facts.terms(posting.county, record.month, policy)
        grace = timedelta(days=terms.number("journal.grace_days"))
        if span is None or not first <= span[1] + grace <= last:
            continue
        marked = days_known(own, record, posting, terms)
        count = own.counting(terms, posting.county).log_days.days(
            marked, record.month, facts.posting_of(record) or posting
        )
        count = until(count, record.month, facts.today)
        number = (count & facts.journals.logged.get(record.id, 0)).bit_count()
        due = span[1] + grace
        whole = count.bit_count() == number
        state, days = standing(
            span[0], due, facts.today, min(due, facts.today) if whole and span[1] <= facts.today else None
        )
        yield Duty(
            rule="A10-2",
            what="工作日志",
            **_who(posting, facts),
            period=f"{span[0].year}年{span[0].month}月",
            opens=span[0],
            due=due,
            state=state,
            days=days,
            said=f"应写{count.bit_count()}天，已写{number}天",
            evidence=(ids.key("attendance", record.id),) if number else (),
            kind="daily_log",
            preset={"posting": posting.id},
        )


def least_and_most(first: date, last: date, policy: Policy) -> tuple[int, int, tuple[str, ...]]:
    """Return the trips owed for the days of one year in post, at least and at most, and the arithmetic (Q31)."""
    policy = policy.on(last)
    numbers = (policy.number("support.trips_least"), policy.number("support.trips_most"))
    days, year = (last - first).days + 1, (date(first.year + 1, 1, 1) - date(first.year, 1, 1)).days
    if days == year or not policy.flag("support.trips_prorate"):
        return (*numbers, ())
    steps = tuple(
        f"{n} × 在派{days}天 ÷ {year}天 = {n * days / year:.2f}，舍去零头为{n * days // year}" for n in numbers
    )
    return numbers[0] * days // year, numbers[1] * days // year, steps


def reimbursed(posting: Posting, facts: Facts, first: date, last: date) -> list[RoundTrip]:
    """Return the trips that began from first to last and were paid for."""
    round_trips = []
    for trip in (trip for one in facts.presence(posting) for trip in facts.trips_of.get(one.id, ())):
        span = parse_stored(trip.period)
        paid = trip.reimbursed is not None and trip.reimbursed <= facts.today
        if span is not None and paid and first <= span.first <= last:
            round_trips.append(trip)
    return round_trips


def trips(posting: Posting, facts: Facts, policy: Policy, first: date, last: date) -> Duty:
    """Return the ten round trips of a year; the sending unit owes them (A18-2)."""
    least, most, _ = least_and_most(first, last, policy)
    paid = reimbursed(posting, facts, first, last)
    done_on = None
    if len(paid) >= least:
        days_paid = sorted(trip.reimbursed for trip in paid if trip.reimbursed)
        done_on = days_paid[least - 1] if least else first  # in the order of payment: one paid late is not among them
    state, days = standing(first, last, facts.today, done_on)
    return Duty(
        rule="A18-2",
        what="往返交通",
        **_who(posting, facts),
        period=f"{first.year}年",
        opens=first,
        due=last,
        state=state,
        days=days,
        mild=True,
        said=f"已报销{len(paid)}次，应为{least}至{most}次",
        evidence=tuple(ids.key("round_trip", trip.id) for trip in paid),
        kind="round_trip",
        preset={"posting": posting.id},
    )


def insurances(posting: Posting, facts: Facts) -> list[Insurance]:
    """Return the insurances of a person, under whichever posting."""
    postings = facts.postings_by_person.get(posting.person, ())
    return [item for one in postings for item in facts.duty_evidence.insurances_of.get(one.id, ())]


def insured(posting: Posting, facts: Facts, policy: Policy, first: date, last: date) -> Duty:
    """Return the insurance of a year: due on its first day without cover (A18-5, Q32)."""
    own_insurances = insurances(posting, facts)
    gaps = uncovered(first, last, own_insurances)
    due = gaps[0][0] if gaps else last
    opens = due - timedelta(days=policy.on(due).number("support.insurance_alert_days"))
    state, days = (State.DONE, 0) if not gaps else standing(opens, due - timedelta(days=1), facts.today, None)
    text = "、".join(gap_words(gap) for gap in gaps)
    return Duty(
        rule="A18-5",
        what="意外伤害保险",
        **_who(posting, facts),
        period=f"{first.year}年",
        opens=opens,
        due=due,
        state=state,
        days=days,
        said=f"无保险：{text}" if gaps else "全年有保险",
        evidence=tuple(ids.key("insurance", item.id) for item in own_insurances),
        kind="insurance",
        preset={"posting": posting.id, "since": due.isoformat()},
    )


def gap_words(gap: tuple[date, date]) -> str:
    """Return days without cover: 2019-05-01至2019-05-07（7天）."""
    return f"{gap[0]}至{gap[1]}（{(gap[1] - gap[0]).days + 1}天）"


def _who(posting: Posting, facts: Facts) -> dict[str, Any]:
    name = f"{facts.name_of(posting.person)}（{choices.POSITION.word(posting.position)}）"
    return {"subject": ids.key("posting", posting.id), "county": posting.county, "who": name}
