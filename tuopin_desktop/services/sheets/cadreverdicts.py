"""What Article 3 says of people who are about to be entered: at once, beside the row, with its article."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk

_RULES = ("A03-3", "A03-4", "A03-5", "A03-6")
_TONES = {Verdict.OK: "ok", Verdict.NOTICE: "warn", Verdict.AMBER: "warn", Verdict.RED: "bad"}
_GRAVITY = (Verdict.RED, Verdict.AMBER, Verdict.SUSPECTED, Verdict.NOTICE, Verdict.UNKNOWN, Verdict.OK)
_EITHER = ("department", "division")
"""The two age lines; where nobody knows which applies and both say the same, that is what is said."""


class Eligibility(msgspec.Struct, frozen=True):
    """What is said of somebody in one line, with its article, and its tone."""

    text: str
    tone: str


def eligibilities(desk: Desk, people: Sequence[Person]) -> list[Eligibility]:
    """Return what Article 3 says of each, as if they stood on the roster; nobody is written."""
    facts = judging.facts(desk)
    new = {one.id for one in people}
    others = tuple(one for one in facts.persons if one.id not in new)
    return [_eligibility(desk, msgspec.structs.replace(facts, persons=(*others, one)), one) for one in people]


def _eligibility(desk: Desk, facts: Facts, person: Person) -> Eligibility:
    findings = _findings(desk, facts, person)
    if not person.rank:
        findings = [one for one in findings if one.rule == "A03-3"]
        findings += _age(desk, facts, person)
    if not findings:
        return Eligibility("", "")
    findings.sort(key=lambda one: _GRAVITY.index(one.verdict))
    worst = findings[0].verdict
    open_ones = [one for one in findings if one.verdict is not Verdict.OK] or findings
    text = "；".join(dict.fromkeys(_bare(one) for one in open_ones))
    return Eligibility(with_dates(f"{findings[0].basis}：{text}"), _TONES.get(worst, "warn"))


def _findings(desk: Desk, facts: Facts, person: Person) -> list[Finding]:
    subjects = [ids.key("person", person.id)]
    subjects += [ids.key("posting", one.id) for one in facts.postings_by_person.get(person.id, ())]
    return [one for key in _RULES for subject in subjects for one in judging.judge(desk, facts, key, subject)]


def _age(desk: Desk, facts: Facts, person: Person) -> list[Finding]:
    """Return what is said of an age whose line is not known: what both lines say alike, else that the rank is open."""
    pair: list[Finding] = []
    others = tuple(one for one in facts.persons if one.id != person.id)
    for rank in _EITHER:
        ranked = msgspec.structs.replace(person, rank=rank)
        imagined = msgspec.structs.replace(facts, persons=(*others, ranked))
        pair += [one for one in _findings(desk, imagined, ranked) if one.rule != "A03-3"][:1]
    if len(pair) == len(_EITHER) and pair[0].verdict is pair[1].verdict and pair[0].verdict is not Verdict.NOTICE:
        return pair[1:] if pair[0].verdict is Verdict.OK else pair[:1]
    return [one for one in _findings(desk, facts, person) if one.rule == "A03-5"]


def _bare(finding: Finding) -> str:
    return finding.sentence.partition(f"（{finding.basis}")[0]
