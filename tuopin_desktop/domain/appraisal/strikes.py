"""The records of a year that may veto a grade: leave, cases still open, spot checks in vain, incidents, the team."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.appraisal.evidence import Strike, TraceLine
from tuopin_desktop.domain.appraisal.grading import Proposal
from tuopin_desktop.domain.appraisal.scheme import By
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.halves import Half
from tuopin_desktop.domain.leave.count import half_number, of_year, runs, shared, short_words
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Check, Incident, Posting
from tuopin_desktop.domain.records.choices import CHECK_TYPE, LEAVE_TYPE
from tuopin_desktop.domain.records.dutychoices import TRIGGER

Struck = dict[str, list[Strike]]


def strikes(
    facts: Facts,
    policy: Policy,
    year: int,
    members: Iterable[Posting],
    checks: Iterable[Check],
    incidents: Iterable[Incident],
) -> Struck:
    """Return the strikes of a year by posting; a person's leave counts under each posting of the year."""
    strikes_by_key: Struck = defaultdict(list)
    for posting in members:
        strikes_by_key[posting.id] += leave(posting, facts, policy, year)
    for subject, strike in (
        *_cases(facts, year),
        *_in_vain(checks, facts, policy, year),
        *_incidents(incidents, year, facts.today),
    ):
        strikes_by_key[subject].append(strike)
    for struck in strikes_by_key.values():
        struck.sort(key=lambda one: one.line.day or date.min)
    return strikes_by_key


def _cases(facts: Facts, year: int) -> Iterator[tuple[str, Strike]]:
    for case in facts.docket.cases:
        if case.deleted or case.closed or case.since is None or case.since.year > year:
            continue
        text = f"处理事项“{TRIGGER.word(case.trigger)}”，{case.opened}登记，尚未办结"
        yield case.posting, _strike("case", case.trigger, text, case.since, ids.key("recall_case", case.id))


def _in_vain(checks: Iterable[Check], facts: Facts, policy: Policy, year: int) -> Iterator[tuple[str, Strike]]:
    for check in checks:
        if (
            check.found != "not_found"
            or not _within(check.checked, year, facts.today)
            or _on_leave(check, facts, policy)
        ):
            continue
        kind = check.kind.name
        text = f"{check.checked}{CHECK_TYPE.word(check.manner)}不在岗，检查人{check.checker}"
        yield check.posting, _strike("not_found", kind, text, check.checked, ids.key(kind, check.id))


def _on_leave(check: Check, facts: Facts, policy: Policy) -> bool:
    """Tell whether an approved slip covers the time of a check: whoever is on leave is not missed."""
    posting = facts.posting_by_id.get(check.posting)
    if posting is None or check.checked is None:
        return False
    halves: tuple[Half, ...] = ("am", "pm")
    numbers = [half_number(check.checked, half) for half in halves if check.half in ("", half)]
    covers = [cover.halves for cover in facts.covers(posting.person, policy) if cover.standing == "approved"]
    return all(any(number in cover for cover in covers) for number in numbers)


def _incidents(incidents: Iterable[Incident], year: int, today: date) -> Iterator[tuple[str, Strike]]:
    """Yield no more than that there is one: what it was about stays in its register, and a grade's paper goes round.

    One that nobody has decided on strikes nobody: the member is heard first.
    """
    for incident in incidents:
        decided = incident.handling and (incident.handled is None or incident.handled <= today)
        if decided and _within(incident.date, year, today):
            text, key = f"{incident.date}违纪情况，内容见登记簿", ids.key("incident", incident.id)
            yield incident.posting, _strike("incident", incident.clause, text, incident.date, key)


def leave(posting: Posting, facts: Facts, policy: Policy, year: int) -> Iterator[Strike]:
    """Yield what each approved slip of the posting's person took of the year, natural days as the slip counts them.

    Of a closed month they are those it was closed with.
    """
    covers = [cover for cover in facts.covers(posting.person, policy) if cover.standing == "approved"]
    counts_by_key: dict[str, set[int]] = {}
    used: set[int] = set()
    for cover in sorted(covers, key=lambda one: (one.halves.start, one.slip.number)):
        own = {*shared(cover.halves, of_year(year))} - used
        used |= own
        counts_by_key.setdefault(cover.slip.id, set()).update(own)
    slips = {cover.slip.id: cover.slip for cover in covers}
    for slip_id, halves in counts_by_key.items():
        slip = slips[slip_id]
        if not halves:
            continue
        days = Decimal(len(halves)) / 2
        spans = "、".join(short_words(period) for period in runs(halves))
        text = f"{LEAVE_TYPE.word(slip.leave_type)}{spans}，{days.normalize():f} 天（{slip.number or '未编号'}）"
        line = TraceLine(words=text, article=10, record=ids.key("leave_slip", slip.id))
        yield Strike(by="leave", code=slip.leave_type, line=line, amount=days)


def of_teams(members: Iterable[Posting], teams: Mapping[str, Proposal], texts: Mapping[str, str]) -> Struck:
    """Return the team's proposal (by county code) as a strike of each member; `texts` name a team's grades."""
    strikes_by_key = {posting.id: of_team(teams.get(posting.county), texts) for posting in members}
    return {subject: struck for subject, struck in strikes_by_key.items() if struck}


def of_team(proposal: Proposal | None, texts: Mapping[str, str]) -> list[Strike]:
    """Return what is proposed for a team as the strike of a member, none while nothing is."""
    if proposal is None or proposal.level is None:
        return []
    line = TraceLine(
        words=f"总队得分{proposal.appraisal.total}，建议等次{texts.get(proposal.level, proposal.level)}",
        article=15,
        record=ids.key("team", proposal.appraisal.subject),
    )
    return [Strike(by="team", code=proposal.level, line=line)]


def _within(day: date | None, year: int, today: date) -> bool:
    return day is not None and day.year == year and day <= today


def _strike(by: By, code: str, text: str, day: date | None, record: str) -> Strike:
    return Strike(by=by, code=code, line=TraceLine(words=text, day=day, record=record))
