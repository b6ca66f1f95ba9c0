"""The facts of a small region straight from its records, without an office: for what must hold of the rules alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from tests.services.smallregions import COUNTIES
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.dutyevidence import DutyEvidence
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.order import ordered
from tuopin_desktop.domain.policy import Policy, with_rulings
from tuopin_desktop.domain.recall.course import Docket
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import County, DailyLog, Ruling, Team, WeeklyNote
from tuopin_desktop.domain.rules import check
from tuopin_desktop.domain.traces import Traces
from tuopin_desktop.services.office import library

CALENDAR = library.calendar()
POLICY = library.policy()

Said = tuple[str, ...]
"""A finding in words: rule, verdict, whom it is about, the sentence, what it rests on and its arithmetic."""


def facts_of(
    records: Sequence[Record], today: date, *, calendar: Calendar = CALENDAR, counties: Iterable[str] = COUNTIES
) -> Facts:
    """Return the facts of a region office that keeps these records, in the order in which they are told."""
    named = library.codes()["旗县"]
    places = [County(id=f"15/{code}", code=code, name=named.word(code)) for code in counties]
    teams = [Team(id=f"{code}/team", county=code, name=f"驻{named.word(code)}工作总队") for code in counties]
    every = [*places, *teams, *records]
    logs = [one for one in records if isinstance(one, DailyLog) and one.date]
    parts: dict[str, Any] = {
        "duty_evidence": DutyEvidence(**_held(DutyEvidence, every)),
        "docket": Docket(**_held(Docket, every)),
    }
    known = Facts(
        today=today,
        scope="15",
        **{name: rows for name, rows in _held(Facts, every).items() if name != "attendance_today"},
        **parts,
        calendar=calendar,
        journals=Journals(_bits(logs), _noted(records)),
        traces=Traces(logs=_by_place(logs), **_held(Traces, every)),
    )
    return ordered(known)


def _held(holder: type, records: Iterable[Record]) -> dict[str, Any]:
    """Return the records of each field of a structure that holds records of one kind, or of a few."""
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(holder).items():
        kinds = _kinds(hint) if get_origin(hint) is tuple else ()
        if kinds:
            found[name] = tuple(one for one in records if isinstance(one, kinds))
    return found


def _kinds(hint: Any) -> tuple[type, ...]:
    of = get_args(hint)[0]
    return tuple(one for one in (get_args(of) or (of,)) if isinstance(one, type) and issubclass(one, Record))


def _bits(logs: Iterable[DailyLog]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for log in logs:
        found[f"{log.posting}/{log.date:%Y-%m}"] |= 1 << (log.date.day - 1 if log.date else 0)
    return dict(found)


def _by_place(logs: Iterable[DailyLog]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for log in logs:
        found[f"{log.posting}/{log.date:%Y-%m}"][log.place_kind] |= 1 << (log.date.day - 1 if log.date else 0)
    return {name: dict(places) for name, places in found.items()}


def _noted(records: Iterable[Record]) -> dict[str, date | None]:
    return {one.id: one.signed or one.paper_seen for one in records if isinstance(one, WeeklyNote)}


def policy_with(*rulings: Ruling, today: date, policy: Policy = POLICY) -> Policy:
    """Return the shipped policy under rulings as of a day."""
    return with_rulings(policy, rulings, today)


def findings(known: Facts, *rulings: Ruling) -> list[Finding]:
    """Return what the rules say under the shipped policy and rulings."""
    return check(msgspec.structs.replace(known, rulings=rulings), policy_with(*rulings, today=known.today))


def said(found: Iterable[Finding], *, but: str = "^$") -> list[Said]:
    """Return findings in words; `but` leaves out those of rules that match."""
    inputs = "；".join
    return [
        (
            one.rule,
            one.verdict.label,
            one.subject_words,
            one.sentence,
            inputs(f"{label}{value}" for label, value in one.inputs),
            *one.steps,
        )
        for one in found
        if not re.match(but, one.rule)
    ]
