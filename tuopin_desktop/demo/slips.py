"""A year of practice leave slips: one journey a month or nearly, written, numbered and reported back from."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from tuopin_desktop.demo import elements, today
from tuopin_desktop.demo.journeys import AT_HOME, SPRING_FESTIVALS, Journey, journey
from tuopin_desktop.demo.roster import Entry, Roster, changed
from tuopin_desktop.demo.team import fresh_id, rng_for
from tuopin_desktop.demo.term import FIRST
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.halves import Period, day_words, parse_stored
from tuopin_desktop.domain.leave.chain import OFFICE
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Call, Decision, Filing, LeaveSlip, Opinion, Person, Posting
from tuopin_desktop.domain.records.choices import SIDE
from tuopin_desktop.services.leave import leave

Draft = tuple[LeaveSlip, tuple[str, ...]]
"""A slip before it is numbered, and the bodies it is not filed with."""

_HANDLER = {
    "handler_name": "吴庚一",
    "handler_post": "联络考评组工作人员",
    "handler_phone": "10000010001",
}
SIGNERS = {"secretary": "钱乙一", "office": "孙丙一"}
_WRONG_FORM = ("150125", "leader")
_OVERLAP = ("150426", "deputy")


def entries(roster: Roster, policy: Policy) -> list[Entry]:
    """Return a year of slips with the day each was filled, and again with the return noted on the day of return."""
    drafts: list[Draft] = [(slip, ()) for person in roster.persons.values() for slip in _of(person, roster, policy)]
    drafts += [(_this_morning(case, roster, policy), case.unfiled) for case in today.cases(roster)]
    drafts.sort(key=lambda draft: (_filled(draft[0]), draft[0].id))
    counter: Counter[str] = Counter()
    pairs: list[Entry] = []
    for draft, unfiled in drafts:
        year = f"{ids.owner(draft.id)}/{_filled(draft).year}"
        counter[year] += 1
        slip = changed(draft, number=f"{_filled(draft).year}-{counter[year]:04d}")
        pairs += _entered(slip, roster, unfiled)
    return pairs


def _this_morning(case: today.Case, roster: Roster, policy: Policy) -> LeaveSlip:
    person, posting = roster.at(today.COUNTY, case.key)
    rng = rng_for(person.id, "this morning")
    slip = _slip(rng, person, posting, case.journey, policy)
    slip = changed(slip, filled=case.filled, printed_on=case.filled, sheet_back=case.filled if case.signed else None)
    slip = slip if case.back else changed(slip, return_note="", returned="", reported=None)
    return _handled(slip) if roster.decides else slip


def _entered(slip: LeaveSlip, roster: Roster, unfiled: tuple[str, ...]) -> Iterator[Entry]:
    """Yield a slip as it is filled in, signed and filed, and again when its traveller is back."""
    day = _filled(slip)
    yield day, changed(slip, return_note="", returned="", reported=None, sheet_back=None)
    if not slip.sheet_back:
        return  # printed, and not yet back with its signatures
    for role in form_of(slip).signers:
        if role == OFFICE and roster.decides:
            yield day, _decided(slip, day)
            continue
        signer = roster.leader_on(ids.owner(slip.id), day) if role == "leader" else SIGNERS[role]
        opinion = Opinion(
            id=f"{slip.id}/{role}", slip=slip.id, role=role, verdict="approved", signer=signer, signed=day
        )
        yield day, changed(opinion, words="同意")
    for body in form_of(slip).bodies:
        if body not in unfiled:
            yield day, Filing(id=f"{slip.id}/{body}", slip=slip.id, body=body, filed=day, channel="传真")
    yield day, changed(slip, return_note="", returned="", reported=None)
    if slip.return_note:
        yield _back(slip), slip
        yield from _calls(slip, roster)


def _decided(slip: LeaveSlip, day: date) -> Decision:
    """Return the Office's own record of its approval, which no county may write."""
    return Decision(
        id=f"{slip.id}/{OFFICE}",
        matter="leave",
        subject=slip.id,
        result="approved",
        decided=day,
        paper=f"报备单{slip.number}",
        decided_by=SIGNERS[OFFICE],
        reason="同意",
    )


def _calls(slip: LeaveSlip, roster: Roster) -> Iterator[Entry]:
    """Yield the notes of the call by which a leader reports back: the liaison desk's is written by the Office alone."""
    sides = [side for side in SIDE.labels if side == "county" or roster.decides]
    for side in sides if form_of(slip).calls else ():
        call = Call(id=f"{slip.id}/call-{side}", slip=slip.id, side=side, day=_back(slip), time="18:05")
        yield _back(slip), changed(call, word=slip.id[-4:].upper())


def _of(person: Person, roster: Roster, policy: Policy) -> list[LeaveSlip]:
    months = [month for month in roster.term.months if month != AT_HOME]
    slips: list[LeaveSlip] = []
    for start in range(0, len(months), 12):
        rng = rng_for(person.id, *(("slips", str(start)) if start else ("slips",)))
        slips += _of_year(rng, person, roster, policy, months[start : start + 12])
    return slips


def _of_year(rng: random.Random, person: Person, roster: Roster, policy: Policy, months: list[date]) -> list[LeaveSlip]:
    """Return the slips of a year from June on; a year of chance of its own, so that a longer term begins the same."""
    postings = list(roster.postings_of(person))
    ordinary = [month for month in months if month not in SPRING_FESTIVALS]
    stayed = rng.sample(ordinary, rng.choice((0, 1, 1, 2)))
    slips = []
    for month in months:
        posting = _posting(postings, month)
        if posting is None or month in stayed:
            continue
        planned = journey(rng, month, posting)
        if _serves_around(posting, planned.period):
            slips.append(_slip(rng, person, posting, planned, policy))
    if roster.decides:
        slips = [_handled(slip) for slip in slips]
    return _with_cases(slips, rng) if months[0] == FIRST else slips


def _posting(postings: list[Posting], month: date) -> Posting | None:
    """Return the posting a person serves in on some day of the month, the later one where it changes."""
    end = month + timedelta(days=27)
    in_post = [one for one in postings if one.since and one.since <= end and (one.until is None or one.until >= month)]
    return in_post[-1] if in_post else None


def _serves_around(posting: Posting, period: Period) -> bool:
    # Nobody travels in the first days after arriving.
    return serves(posting, period.first - timedelta(days=4)) and serves(posting, period.last)


def _slip(rng: random.Random, person: Person, posting: Posting, planned: Journey, policy: Policy) -> LeaveSlip:
    county = elements.counties()[posting.county]
    slip = LeaveSlip(
        id=fresh_id(rng, posting.county),
        posting=posting.id,
        form=policy.slip_for(posting.position),
        pack=policy.id,
        county=county["league"] + county["name"],
        filled=planned.period.first - timedelta(days=rng.randint(1, 3)),
        name=person.name,
        post=leave.post_words({policy.id: policy}, posting),
        place=planned.place,
        period=planned.period.stored(),
        reason=planned.reason,
        leave_type=planned.leave_type,
        phone=person.phone,
    )
    return _returned(changed(slip, printed=1, printed_on=slip.filled, sheet_back=slip.filled))


def _returned(slip: LeaveSlip) -> LeaveSlip:
    back = _back(slip)
    half = "pm" if _period(slip).last_half == "am" else "am"
    return changed(slip, return_note=_return_note(slip), returned=f"{back}{half}", reported=back)


def _return_note(slip: LeaveSlip) -> str:
    how = "已电话销假" if slip.form == "leader" else "已向队长销假"
    return f"{day_words(_back(slip))}归队，{how}。"


def _handled(slip: LeaveSlip) -> LeaveSlip:
    """Return a leader's slip with the row 办理情况 filled, which the region office alone may write."""
    return changed(slip, **_HANDLER) if slip.form == "leader" else slip


def _with_cases(slips: list[LeaveSlip], rng: random.Random) -> list[LeaveSlip]:
    """Return the slips with the two seeded mistakes: one on the wrong form, and two that overlap."""
    if not slips:
        return slips
    place, slip = 3, slips[3]
    whose = (ids.owner(slip.id), _position(slip))
    if whose == _WRONG_FORM:
        slips[place] = changed(slip, form="member", handler_name="", handler_post="", handler_phone="")
    elif whose == _OVERLAP:
        start = _period(slip).last
        again = Period(start, "am", start + timedelta(days=2), "pm")
        other = changed(slip, id=fresh_id(rng, whose[0]), period=again.stored(), filled=start - timedelta(days=1))
        slips.insert(place + 1, _returned(other))
    return slips


def _position(slip: LeaveSlip) -> str:
    return "leader" if slip.form == "leader" else "deputy" if slip.post.startswith("工作总队副队长") else "member"


def _period(slip: LeaveSlip) -> Period:
    period = parse_stored(slip.period)
    assert period is not None, slip.period
    return period


def _filled(slip: LeaveSlip) -> date:
    return slip.filled or date.min


def _back(slip: LeaveSlip) -> date:
    """Return the day the traveller is back: the last one of the leave, or the next when it was taken whole."""
    period = _period(slip)
    return period.last + timedelta(days=period.last_half == "pm")
