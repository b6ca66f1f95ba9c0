"""Builders of records with sensible defaults: a county, its team, its people, and the facts about them."""

import itertools
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.policy import Policy, with_rulings
from tuopin_desktop.domain.records import County, Decision, Filing, LeaveSlip, Opinion, Person, Posting, Ruling, Team
from tuopin_desktop.domain.rules import check

ROOT = Path(__file__).parents[3]
PACK = ROOT / "resources" / "policies" / "2018-nmg.toml"
COUNTY = "150125"
EFFECT = date(2018, 5, 30)
TODAY = date(2018, 9, 1)

_numbers = itertools.count(1)


def pack() -> dict[str, Any]:
    """Return the shipped pack as parsed."""
    return tomllib.loads(PACK.read_text(encoding="utf-8"))


POLICY = Policy.read(pack())


def _id(owner: str = COUNTY) -> str:
    return f"{owner}/{next(_numbers)}"


def _filled(said: dict[str, Any], **basics: Any) -> dict[str, Any]:
    return {**basics, **said}


def county(code: str = COUNTY, **said: Any) -> County:
    return County(**_filled(said, id=f"15/{code}", code=code, name="武川县"))


def team(code: str = COUNTY, **said: Any) -> Team:
    return Team(**_filled(said, id=f"{code}/team", county=code, name="驻武川县工作总队", arrived=EFFECT))


def person(**said: Any) -> Person:
    """Return a healthy graduate of division level, Party member, well within the age line."""
    said = _filled(said, id=_id(), name="张三", birth="1975-08-01", rank="division", political="01")
    return Person(**_filled(said, education="21", health="good"))


def posting(who: Person | str, position: str = "member", **said: Any) -> Posting:
    who = who if isinstance(who, str) else who.id
    said = _filled(said, county=COUNTY, source_level="league", since=EFFECT, party_moved=date(2018, 6, 10))
    return Posting(**_filled(said, id=_id(), person=who, position=position))


def slip(of: Posting | str, period: str, form: str = "member", **said: Any) -> LeaveSlip:
    """Return a printed slip of somebody who was back on the morning after it, unless said otherwise."""
    of = of if isinstance(of, str) else of.id
    if not said.keys() & {"returned", "return_note"} and (span := parse_stored(period)) is not None:
        said["returned"] = f"{span.last + timedelta(days=1)}am"
    said = _filled(said, printed=1, return_note="已销假")
    return LeaveSlip(**_filled(said, id=_id(), posting=of, period=period, form=form, name="张三"))


def inked(made: LeaveSlip) -> tuple[list[Opinion], list[Filing]]:
    """Return the signatures and filings that complete a slip's paper, on the day before its leave."""
    span = parse_stored(made.period)
    day = (span.first if span else TODAY) - timedelta(days=1)
    opinions = [
        Opinion(id=f"{made.id}/{role}", slip=made.id, role=role, verdict="approved", signer="白音", signed=day)
        for role in form_of(made).signers
    ]
    return opinions, [Filing(id=f"{made.id}/{b}", slip=made.id, body=b, filed=day) for b in form_of(made).bodies]


def decision(matter: str, subject: str, **said: Any) -> Decision:
    said = _filled(said, result="approved", decided=date(2018, 6, 1), paper="内工作队办〔2018〕3号")
    return Decision(**_filled(said, id=_id(), matter=matter, subject=subject))


def ruling(switch: str, value: str, **said: Any) -> Ruling:
    said = _filled(said, ruled=date(2018, 7, 1), paper="内工作队办〔2018〕9号")
    return Ruling(**_filled(said, id=_id("15"), switch=switch, value=value))


def full_team(code: str = COUNTY) -> tuple[tuple[Person, ...], tuple[Posting, ...]]:
    """Return the five people of Art. 2 with their postings: leader, deputy, and members from region, league, county."""
    rows = (
        ("巴特尔", "leader", "region", "department", "武川县委副书记", "1962-03-04"),
        ("李四", "deputy", "region", "division", "县委常委、副县长", "1972-01-02"),
        ("王五", "member", "region", "section", "", "1980-05-06"),
        ("赵六", "member", "league", "division", "", "1975-08-01"),
        ("钱七", "member", "county", "section", "", "1983-02-03"),
    )
    people = tuple(person(id=f"{code}/p{n}", name=row[0], rank=row[3], birth=row[5]) for n, row in enumerate(rows))
    postings = tuple(
        posting(who, row[1], county=code, source_level=row[2], local_post=row[4])
        for who, row in zip(people, rows, strict=True)
    )
    return people, postings


def facts(**said: Any) -> Facts:
    """Return facts as a county sees them on 2018-09-01, unless said otherwise; lists become tuples."""
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    papers = [inked(made) for made in kept.get("slips", ())]
    kept = _filled(
        kept,
        opinions=tuple(one for opinions, _ in papers for one in opinions),
        filings=tuple(one for _, filings in papers for one in filings),
    )
    return Facts(**_filled(kept, today=TODAY, scope=COUNTY, counties=(county(),)))


def judged(seen: Facts, rule: str, subject: str | None = None, *rulings: Ruling) -> list[Finding]:
    """Return what a rule says under the shipped pack and the given rulings."""
    return check(seen, with_rulings(POLICY, rulings, seen.today), rule, subject)


def only(seen: Facts, rule: str, subject: str | None = None, *rulings: Ruling) -> Finding:
    """Return the one finding that is expected."""
    (finding,) = judged(seen, rule, subject, *rulings)
    return finding
