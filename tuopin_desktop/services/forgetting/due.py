"""Who is to be forgotten: whose last posting ended so many years ago as the rule pack says for what is kept of him."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Person, Posting, Purge
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.forgetting import subjects
from tuopin_desktop.services.office import handed
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A person whose term of keeping is over, or will be: when he left, from when on, and what was proposed.

    `rest`: his own office forgot him already, and what is still here is ours alone to end.
    """

    person: str
    name: str
    ended: date
    due: date
    proposal: str = ""
    proposed_by: str = ""
    rest: bool = False


def years(policy: Policy, kinds: Iterable[str]) -> int:
    """Return how many years after the term the records of these kinds are kept: as long as the longest of them.

    They go together: half of what is kept of somebody still names him.
    """
    default = policy.number("retention.years")
    stated = dict(part.split("=", 1) for part in policy.several("retention.kinds") if "=" in part)
    return max((int(stated[kind]) if stated.get(kind, "").isdecimal() else default for kind in kinds), default=default)


def listed(desk: Desk, *, soon: bool = False) -> list[Due]:
    """Return who is due by today, the longest overdue first; with `soon` everybody whose posting has ended.

    Nobody of a year whose papers were filed is among them before the archives have given their receipt for it.
    """
    waiting = {one.person: one for one in desk.store.rows(Purge, scope=desk.scope) if not one.confirmed}
    gone = {one.person for one in desk.store.rows(Purge) if one.confirmed}
    ends: dict[str, list[date | None]] = defaultdict(list)
    filed, waiting_for = handed.open_years(desk), set[str]()
    for posting in desk.store.rows(Posting):
        ends[posting.person].append(posting.until)
        if not filed.isdisjoint(_years_of(posting)):
            waiting_for.add(posting.person)
    stated = bool(desk.policy.several("retention.kinds"))
    every = [
        _due(
            desk,
            person,
            [end for end in ends[person.id] if end],
            waiting.get(person.id),
            rest=person.id in gone,
            stated=stated,
        )
        for person in desk.store.rows(Person)
        if ends[person.id]
        and all(ends[person.id])
        and person.id not in waiting_for
        and _concerns(desk, person, rest=person.id in gone)
    ]
    return sorted((one for one in every if soon or one.due <= desk.today()), key=lambda one: (one.due, one.person))


def refuse_early(desk: Desk, person_id: str) -> None:
    """Raise Refused unless all postings of a person have ended and what is kept of him is past its term.

    The true day counts, not a business day that somebody chose; a practice office may play the years ahead.
    """
    person = desk.store.get(Person, person_id)
    postings = desk.store.rows(Posting, {"person": person_id})
    ends = [one.until for one in postings]
    if person is None or not ends:
        raise refuse("term", "此人没有任职登记，算不出保管期限，不能按期清除")
    if not all(ends):
        raise refuse("term", f"{person.name}还在任职（有任职没有登记离任日期），不能清除", "person")
    stated = bool(desk.policy.several("retention.kinds"))
    one = _due(desk, person, [end for end in ends if end], None, rest=False, stated=stated)
    day = desk.today() if desk.practice else min(desk.today(), beijing(desk.clock.wall_ms()).date())
    if one.due > day:
        sentence = f"{person.name}{one.ended}离任，登记要保管到{one.due}，还没有到期，不能清除"
        raise refuse("term", sentence, "person")
    _refuse_unhanded(desk, postings, person.name)


def _refuse_unhanded(desk: Desk, postings: Iterable[Posting], name: str) -> None:
    """Raise Refused where papers of a year of somebody's were filed and the archives do not have them yet."""
    years_open = sorted(handed.open_years(desk) & {year for one in postings for year in _years_of(one)})
    if years_open:
        text = "、".join(f"{year}年" for year in years_open)
        sentence = f"{name}在派的{text}档案已经整理，还没有登记档案馆的接收回执，移交以前不能清除"
        raise refuse("handover", sentence, "person")


def _years_of(posting: Posting) -> range:
    """Return the years somebody served in under a posting that has ended."""
    if posting.since is None or posting.until is None:
        return range(0)
    return range(posting.since.year, posting.until.year + 1)


def _concerns(desk: Desk, person: Person, *, rest: bool) -> bool:
    """Tell whether a person is ours to forget: a county's own, or whoever of the region's records still speak of."""
    if not rest:
        return ids.owner(person.id) == desk.scope
    keys = subjects.within(desk, subjects.of(desk, person.id).own)
    with desk.store.ledger.reading() as cursor:
        standing = forgetting.traces(cursor, keys).openings - {ids.key(Person.kind.name, person.id)}
        return bool(standing - forgetting.in_reach(cursor))


def _due(desk: Desk, person: Person, ends: list[date], waiting: Purge | None, *, rest: bool, stated: bool) -> Due:
    ended = max(ends)
    policy = desk.policy.on(ended)
    day = _years_later(ended, years(policy, ()))
    if stated and day <= desk.today():  # only then it matters what kinds there are, and it is dear to ask
        day = _years_later(ended, years(policy, {key.partition(":")[0] for key in subjects.of(desk, person.id).own}))
    return Due(
        person=person.id,
        name=person.name,
        ended=ended,
        due=day,
        proposal=waiting.id if waiting else "",
        proposed_by=waiting.proposed_by if waiting else "",
        rest=rest,
    )


def _years_later(day: date, count: int) -> date:
    try:
        return day.replace(year=day.year + count)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + count, month=3, day=1)


def line_of(one: Due) -> str:
    """Return a person who is due in a line."""
    state = f"{one.proposed_by}已提出，等另一人确认" if one.proposal else ""
    if one.rest:
        state = "所属单位已清除，本单位登记的部分待清除"
    return f"{one.name}\t{one.ended}离任\t{one.due}到期\t{state or '待提出'}\t{one.person}"
