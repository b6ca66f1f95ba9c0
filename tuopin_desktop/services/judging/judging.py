"""Asking the measure: the rules applied to everything this office keeps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.closing import ClosedMonths, as_closed
from tuopin_desktop.domain.change import Aside
from tuopin_desktop.domain.contradictions.kinds import CONTRADICTION
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.story import newest_note
from tuopin_desktop.domain.order import ordered
from tuopin_desktop.domain.policy import Policy, with_rulings
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.recall.course import Docket
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    Acknowledgement,
    Advancement,
    AppraisalScore,
    Attendance,
    BallotRound,
    Call,
    Correction,
    County,
    Decision,
    Filing,
    FollowUp,
    Grade,
    HalfYearReport,
    Incident,
    Insurance,
    LeaveSlip,
    Measure,
    Meeting,
    MeetingProblem,
    Opinion,
    Person,
    Posting,
    RecallCase,
    RoundTrip,
    RoutineMark,
    Ruling,
    Statement,
    Team,
    TeamReport,
    Training,
    TrainingAttendance,
    WorkSummary,
)
from tuopin_desktop.domain.rules import RULES, check, each, matches
from tuopin_desktop.domain.steps import Steps, at_once
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import gathering, portions, traces
from tuopin_desktop.services.office import calendars, journalkeeping, packshelf
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import altered, uncounted

_KEPT: Mapping[str, type[Record]] = {
    "teams": Team,
    "persons": Person,
    "postings": Posting,
    "slips": LeaveSlip,
    "decisions": Decision,
    "opinions": Opinion,
    "filings": Filing,
    "calls": Call,
    "attendance": Attendance,
    "training_attendance": TrainingAttendance,
    "round_trips": RoundTrip,
}
"""The field of Facts for each kind that is judged by its owner; what offices above hand down stands beside."""

_BOOK: Mapping[str, type[Record]] = {
    "meetings": Meeting,
    "problems": MeetingProblem,
    "reports": TeamReport,
    "half_years": HalfYearReport,
    "talks": FollowUp,
    "signatures": Acknowledgement,
    "advancements": Advancement,
    "insurances": Insurance,
    "summaries": WorkSummary,
    "rounds": BallotRound,
    "grades": Grade,
}
"""The field of Book for each kind that shows a duty done."""

DUTY_KINDS = tuple(cls.kind.name for cls in _BOOK.values())
"""Those kinds by name: what is said of duties changes with them."""

_DOCKET: Mapping[str, type[Record]] = {"cases": RecallCase, "statements": Statement, "measures": Measure}
"""The field of Docket for each kind that belongs to a case."""

_ALL = (*_KEPT.values(), *_BOOK.values(), *_DOCKET.values())
TRACED = (*_ALL, *traces.KINDS)
"""Every kind whose records are read whole for judging by its owner."""

OFFICE_READS: Mapping[type[Record], tuple[str, ...]] = {
    Team: ("county",),
    Posting: ("pack", "county", "position", "source_level", "since", "until"),
    Grade: ("subject", "year", "proposed", "decided", "decided_on", "paper"),
}
"""What the office itself is judged by of the counties, with the fields that change what is said of it."""

FACT_KINDS = frozenset(cls.kind.name for cls in _ALL) | frozenset(
    "county ruling rule_pack training correction month_close attachment ballot calendar_day calendar_year weekly_note"
    " daily_log".split()  # logs are read as days, past the records
)
"""Every kind that `facts` are read from: whoever shows what is judged of them is asked again when one changes."""


_RULED = frozenset({Ruling.kind.name}) | packshelf.KINDS
"""What the policy of a day follows from."""


class Common(msgspec.Struct, frozen=True, kw_only=True):
    """What the facts of any part of an office have in common: what is handed down, and the papers by what they name."""

    counties: tuple[County, ...]
    rulings: tuple[Ruling, ...]
    trainings: tuple[Training, ...]
    corrections: tuple[Correction, ...]
    attached: frozenset[str]
    voted: frozenset[str]
    asides: tuple[Aside, ...]
    noted_until: date | None


ASIDE: tuple[type[Record], ...] = (RoutineMark, AppraisalScore, Incident)
"""Kinds beside the facts that are about somebody of a county, whoever keeps them: an appraisal reads them."""

SHELF_KINDS = FACT_KINDS | {cls.kind.name for cls in (*TRACED, *ASIDE)}
"""Every kind that anything said of a part of the office may follow from."""

Judged = Callable[[str], bool]
"""Tells of a subject (log key) whether it is judged in this portion."""


def facts(desk: Desk, on: date | None = None, *, traced: bool = False) -> Facts:
    """Return the live records of this office and those below it, to be judged as of a day (default today).

    What only the cross-check of evidence reads is there when the facts are to be `traced`: it looks at every log.
    """
    day = on or desk.today()
    return desk.once(("facts", day, traced), lambda: _read(desk, day, traced=traced))


def _read(desk: Desk, on: date, *, traced: bool) -> Facts:
    kinds = TRACED if traced else _ALL
    rows: portions.Rows = {cls: tuple(desk.store.rows(cls, scope=desk.scope)) for cls in kinds}
    return _facts(desk, on, rows, [journalkeeping.under(desk.scope)], traced=traced)


def roster(desk: Desk) -> Facts:
    """Return today's facts about who is posted where and nothing else: a twentieth of what `facts` costs."""
    scope = desk.scope
    people: portions.Rows = {cls: tuple(desk.store.rows(cls, scope=scope)) for cls in (Team, Person, Posting)}
    return ordered(
        Facts(
            today=desk.today(),
            scope=scope,
            counties=tuple(one for one in desk.store.rows(County) if one.code.startswith(scope)),
            **{name: people[cls] for name, cls in _KEPT.items() if cls in people},  # type: ignore[arg-type]  # each of its kind
        )
    )


def measured(desk: Desk, on: date | None = None) -> Facts:
    """Return the facts of those posted under the measure itself: its duties, appraisal and reports are about them."""
    day = on or desk.today()
    return desk.once(("measured", day), lambda: under(facts(desk, day), desk.policy.id))


def in_portions(desk: Desk, on: date | None = None) -> Iterator[tuple[Facts, Judged]]:
    """Yield the same facts in portions, each with the test of a finding's subject that says whether it belongs there.

    What is said in a portion of a subject that belongs there is what would be said over all facts at once. One
    portion is all there is in any office of today's size.
    """
    parts = portions.portions(desk)
    if len(parts) == 1:
        yield facts(desk, on, traced=True), lambda _: True
        return
    office = ids.key("office", f"{desk.scope}/office")
    kinds = portions.of_everybody(_ALL)
    records_by_cls = {cls: tuple(desk.store.rows(cls, scope=desk.scope)) for cls in kinds}
    yield (
        _facts(desk, on, records_by_cls, None, traced=False),
        lambda subject: subject == office or not _inside(desk, subject),
    )
    records_by_cls.clear()
    crossing = portions.links(desk, TRACED)
    for part in parts:
        near = portions.rows(desk, TRACED, part, crossing)
        part_facts = _facts(desk, on, near, portions.ranges(part, near), traced=True)
        yield part_facts, lambda subject, part=part: subject != office and part.holds(ids.split(subject)[1])  # type: ignore[misc]  # a lambda's default is not inferred


def common(desk: Desk) -> Common:
    """Return what every part of the facts needs; read once for many parts."""
    store, scope = desk.store, desk.scope
    return Common(
        counties=tuple(county for county in store.rows(County) if county.code.startswith(scope)),
        rulings=tuple(store.rows(Ruling)),
        trainings=tuple(store.rows(Training)),
        corrections=tuple(store.rows(Correction, scope=scope)),
        attached=gathering.attached(desk, [cls.kind.name for cls in _BOOK.values()]),
        voted=gathering.voted(desk),
        asides=tuple(uncounted.listed(store.ledger, scope)),
        noted_until=noted_until(desk),
    )


def noted_until(desk: Desk) -> date | None:
    """Return the day up to which the liaison desk's notes have come to an office below the region."""
    return None if desk.scope == ids.REGION else newest_note(desk.store.rows(Call, scope=desk.scope))


def of_owner(
    desk: Desk, owner: str, crossing: Iterable[portions.Link], shared: Common, *, wrote: bool, traced: bool
) -> Steps[tuple[Facts, portions.Rows]]:
    """Read in steps the facts of today by which one owner's records are judged, and all records in them by kind.

    `crossing` are the links over owners (`portions.links`, of the kinds `TRACED`), at least those that touch his. Of
    whom nobody `wrote` anything there is the team that shipped.
    """
    part, ties = portions.Portion(owner, f"{owner}0"), list(crossing)
    near: portions.Rows = dict.fromkeys(TRACED, ())
    near |= yield from portions.reading(desk, TRACED if wrote or ties else (Team,), part, ties)
    yield
    own = tuple(one for one in shared.asides if ids.owner(ids.split(one.key)[1]) == owner)
    shared = msgspec.structs.replace(shared, asides=own)
    facts = yield from _gathering(desk, None, near, portions.ranges(part, near), traced=traced, shared=shared)
    return facts, near


def of_office(desk: Desk, above: Iterable[str], shared: Common) -> Facts:
    """Return the facts of today by which the office itself is judged; `above` are owners that are no counties.

    Of the counties it is judged by their teams, by who is posted where, and by the grades of the years.
    """
    everybody: portions.Rows = {cls: tuple(desk.store.rows(cls, scope=desk.scope)) for cls in OFFICE_READS}
    ranges = [(f"{owner}/", f"{owner}0") for owner in above]
    for cls in portions.of_everybody(_ALL):
        if cls not in everybody:
            everybody[cls] = tuple(record for one in ranges for record in desk.store.rows(cls, between=one))
    return _facts(desk, None, everybody, None, traced=False, shared=shared)


def portion_count(desk: Desk) -> int:
    """Return how many portions `in_portions` yields."""
    parts = len(portions.portions(desk))
    return parts if parts == 1 else parts + 1  # the office itself is counted over in a portion of its own


def _inside(desk: Desk, subject: str) -> bool:
    return ids.split(subject)[1].startswith(desk.scope)


def _facts(
    desk: Desk,
    on: date | None,
    rows: portions.Rows,
    ranges: Sequence[portions.Range] | None,
    *,
    traced: bool,
    shared: Common | None = None,
) -> Facts:
    """Return the facts of these records; of logs and notes those whose ids lie in the ranges, without any none."""
    return at_once(_gathering(desk, on, rows, ranges, traced=traced, shared=shared))


def _gathering(
    desk: Desk,
    on: date | None,
    rows: portions.Rows,
    ranges: Sequence[portions.Range] | None,
    *,
    traced: bool,
    shared: Common | None,
) -> Steps[Facts]:
    """Gather the facts in steps, each of them a few hundredths of a second."""
    values: dict[str, Any] = {name: rows.get(cls, ()) for name, cls in _KEPT.items()}
    fields: dict[str, Any] = {name: rows.get(cls, ()) for name, cls in _BOOK.items()}
    docket: dict[str, Any] = {name: rows.get(cls, ()) for name, cls in _DOCKET.items()}
    closes, registered = gathering.closes(desk, values["postings"], ranges), values["attendance"]
    shared = shared or common(desk)
    corrections, calendar = shared.corrections, calendars.calendar(desk)
    values["attendance"] = tuple(as_closed(registered, ClosedMonths(closes, calendar), corrections, values["postings"]))
    values["attendance_today"] = registered if closes else ()
    yield
    values |= yield from _of_days(desk, on or desk.today(), rows, ranges or (), traced=traced and ranges is not None)
    altogether = ranges or [journalkeeping.under(desk.scope)]
    unordered = Facts(
        today=on or desk.today(),
        scope=desk.scope,
        counties=shared.counties,
        rulings=shared.rulings,
        trainings=shared.trainings,
        duty_evidence=DutyEvidence(**fields, attached=shared.attached, voted=shared.voted),
        docket=Docket(**docket),
        closes=closes,
        corrections=corrections if closes else (),
        calendar=calendar,
        alterations=tuple(line for one in altogether for line in altered.listed(desk.store.ledger, *one)),
        asides=shared.asides,
        noted_until=shared.noted_until,
        **values,
    )
    yield
    return ordered(unordered)


def _of_days(
    desk: Desk, on: date, rows: portions.Rows, ranges: Sequence[portions.Range], *, traced: bool
) -> Steps[dict[str, Any]]:
    """Read in steps what is read of logs and notes by their days."""
    if not traced:
        return {"journals": journalkeeping.gather(desk, ranges)}
    by_place = traces.gather(desk, on, ranges, rows)
    yield
    return {"traces": by_place, "journals": journalkeeping.gather(desk, ranges, by_place.logged)}


def policy_on(desk: Desk, day: date) -> Policy:
    """Return the first policy with the region office's rulings that apply on a day, the other packs beside it."""
    return desk.lasting(_RULED, ("policy", day), lambda: policies(desk, desk.store.rows(Ruling), day))


def policies(desk: Desk, rulings: Sequence[Ruling], day: date, packs: Mapping[str, Policy] | None = None) -> Policy:
    """Return the first policy under rulings, and beside it every other pack (of these, or all in use) under its own."""
    policy_by_key = desk.packs if packs is None else packs
    others = {pack: with_rulings(one, rulings, day) for pack, one in policy_by_key.items() if pack != desk.policy.id}
    return with_rulings(msgspec.structs.replace(desk.policy, beside=others), rulings, day)


def findings(desk: Desk, rule: str | None = None, subject: str | None = None, on: date | None = None) -> list[Finding]:
    """Return what the rules say, `ok` included; `rule` is a key or `A10-*`, `subject` a log key `kind:id`."""
    known_rule(rule)
    if subject:
        ids.split(subject)
    traced = _over_evidence(rule) and (not subject or subject.startswith(f"{CONTRADICTION}:"))
    return judge(desk, facts(desk, on, traced=traced), rule, subject)


def _over_evidence(rule: str | None) -> bool:
    """Tell whether a rule, a group of rules, or all of them look at contradictions."""
    return any(matches(item.key, rule) for item in RULES if item.over == CONTRADICTION)


def stream(desk: Desk, rule: str | None = None, on: date | None = None) -> Iterator[Finding]:
    """Return the findings one by one as they are judged: a region of any size needs the memory of one portion.

    They are those of `findings`, in its order within each portion. Raises Refused at once for an unknown rule.
    """
    known_rule(rule)
    return _streamed(desk, rule, on)


def _streamed(desk: Desk, rule: str | None, on: date | None) -> Iterator[Finding]:
    policy = policy_on(desk, on or desk.today())
    for all_facts, belongs in in_portions(desk, on):
        for finding in each(all_facts, policy, rule):
            if belongs(finding.subject):
                yield finding


def known_rule(rule: str | None) -> None:
    """Raise Refused for a rule, or a group of rules, that there is not."""
    known_names = [item.key for item in RULES]
    if rule and not any(key.startswith(rule[:-1]) if rule.endswith("*") else key == rule for key in known_names):
        text = "、".join(dict.fromkeys(known_names))
        raise refuse("rule", f"没有规则“{rule[:20]}”，可用：{text}（末尾可用 * 表示一组）", "rule")


def judge(desk: Desk, all_facts: Facts, rule: str | None = None, subject: str | None = None) -> list[Finding]:
    """Return what the rules say of given facts under the policy of their day."""
    return check(all_facts, policy_on(desk, all_facts.today), rule, subject)
