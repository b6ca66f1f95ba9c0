"""The rules of the measure, each declared once, and the one way to ask them."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from tuopin_desktop.domain.alterations import ALTERED
from tuopin_desktop.domain.contradictions.kinds import CONTRADICTION
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.rules import (
    absence,
    altered,
    calledback,
    closing,
    composition,
    duties,
    eligibility,
    evidence,
    journals,
    leave,
    party,
    presence,
    recall,
    replacement,
    rulings,
    standing,
    support,
    term,
)
from tuopin_desktop.domain.rules.rule import Rule
from tuopin_desktop.domain.uncounted import UNCOUNTED
from tuopin_desktop.domain.under import ruled, under

RULES: tuple[Rule, ...] = (
    *composition.RULES,
    *eligibility.RULES,
    *calledback.RULES,
    *party.RULES,
    *replacement.RULES,
    *term.RULES,
    *presence.RULES,
    *presence.OF_POSTINGS,
    *closing.RULES,
    *journals.RULES,
    *leave.RULES,
    *altered.RULES,
    *evidence.RULES,
    *standing.RULES,
    *absence.RULES,
    *recall.RULES,
    *duties.RULES,
    *support.RULES,
    *rulings.RULES,
)
"""All rules in the order of the articles; a key stands twice only where it judges two kinds of subjects."""

PERIODIC = frozenset(rule.key for rule in (duties.monthly, duties.joint, duties.half_years, support.round_trips))
"""Rules over periods, the last of which ends with the year: only on the day after can it be said to be missed."""

Holds = Callable[[str, str], bool]
"""Tells whether a subject, by its kind and id, is judged here."""


def _every(kind: str, record_id: str) -> bool:
    return True


__all__ = ["PERIODIC", "RULES", "Rule", "check", "each", "with_places"]


def check(facts: Facts, policy: Policy, rule: str | None = None, subject: str | None = None) -> list[Finding]:
    """Return what the rules say, `ok` included, in the order of rules and records.

    `policy` should already bear the rulings (`with_rulings`). `rule` is a key (`A10-4`) or a pattern with a closing
    star (`A10-*`), `subject` a log key (`posting:150125/x`), which is then judged alone.
    """
    return list(each(facts, policy, rule, subject))


def each(facts: Facts, policy: Policy, rule: str | None = None, subject: str | None = None) -> Iterator[Finding]:
    """Yield what `check` returns, one by one, for counting large rosters."""
    for pack in (policy.id, *(pack for pack in facts.packs if pack != policy.id)):
        for _, _, finding in _under(pack, facts, policy, rule, subject):
            yield finding


def with_places(
    facts: Facts, policy: Policy, packs: Iterable[str], holds: Holds, rule: str | None = None
) -> Iterator[tuple[int, int, Record, Finding]]:
    """Yield the findings on the subjects that are held: the place of the pack, of the rule, the subject, the finding.

    For facts that are a part of a whole in which postings stand under these packs, the first one first.
    """
    for place, pack in enumerate(packs):
        for number, record, finding in _under(pack, facts, policy, rule, holds=holds):
            yield place, number, record, finding


def _under(
    pack: str, facts: Facts, policy: Policy, rule: str | None = None, subject: str | None = None, holds: Holds = _every
) -> Iterator[tuple[int, Record, Finding]]:
    own = policy if pack == policy.id else policy.beside.get(pack) or _unheard_of(policy)
    pack_facts = under(facts, pack)
    kind, _, target = (subject or "").partition(":")
    for number, item in enumerate(RULES):
        if not matches(item.key, rule) or (subject is not None and kind != item.over) or not own.holds(item.key):
            continue
        records = _subjects(item, pack_facts, own)
        one = [records[target]] if target in records else []
        for record in records.values() if subject is None else one:
            finding = item.finding(record, pack_facts, own) if holds(item.over, record.id) else None
            if finding is not None:
                yield number, record, finding


def judge_record(rule: Rule, record: Record, posting: Posting, facts: Facts, policy: Policy) -> Finding | None:
    """Return what one rule says of a record under the pack of its posting.

    Nothing where the rule does not hold there, or the pack is not installed here (A06-3).
    """
    if pack_of(posting) not in (policy.id, *policy.beside):
        return None
    pack_facts, own = ruled(facts, posting, policy)
    return rule.finding(record, pack_facts, own) if own.holds(rule.key) else None


def _unheard_of(policy: Policy) -> Policy:
    """Return what judges the postings under a pack that is not installed here: it can only be said that it is not."""
    cites = {term.PACK_RULE: policy.cite(term.PACK_RULE, 6)}
    return msgspec.structs.replace(policy, rules=(term.PACK_RULE,), cites=cites)


_MADE: Mapping[str, Callable[[Facts, Policy], Mapping[str, Record]]] = {
    UNCOUNTED: standing.subjects,
    ALTERED: lambda facts, _: altered.subjects(facts),
}
"""The subjects that are made of the facts and written down by nobody."""


def _subjects(item: Rule, facts: Facts, policy: Policy) -> Mapping[str, Record]:
    """Return what a rule judges: records by id, or what nobody writes down; of contradictions its own kind."""
    if item.over == CONTRADICTION:
        return evidence.by_rule(facts, policy)[item.key]
    function = _MADE.get(item.over)
    return function(facts, policy) if function is not None else facts.subjects.get(item.over, {})


def matches(key: str, pattern: str | None) -> bool:
    """Tell whether a rule of that key is asked for: by its key, a pattern with a closing star, or None for all."""
    if pattern is None:
        return True
    return key.startswith(pattern[:-1]) if pattern.endswith("*") else key == pattern
