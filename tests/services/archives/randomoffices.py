"""Offices with records of every kind at random days, some without a day, some deleted, some whose parent is gone."""

import random
from datetime import date, timedelta

import msgspec

from tests.plausible import plausible
from tuopin_desktop.domain.archives.kinds import PAPERS, PARTS
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import Field, Form, Owner, Record, fields, scalars
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office.desk import Desk

COUNTY = "150426"
KINDS_OF_PAPER = tuple(dict.fromkeys(kind for paper in PAPERS for kind in paper.kinds))
"""Every kind of record that is some paper."""


def fill(desk: Desk, seed: int, each: int = 3) -> None:
    """Put records of every kind into an office, straight into the store, as packages would have brought them."""
    chance = random.Random(seed)
    made: dict[str, list[Record]] = {}
    for kind in (*KINDS_OF_PAPER, *PARTS):
        cls = KINDS[kind]
        if cls.kind.owner is Owner.REGION and desk.scope != "15":
            continue
        made[kind] = [_record(desk, cls, chance, made, f"{kind}{n}") for n in range(each)]
    every = [record for records in made.values() for record in records]
    desk.store.commit([whole(one) for one in every], "甲", desk.clock.stamp_ms())
    gone = [one for one in every if chance.random() < 0.1]
    desk.store.commit([Change(one.kind.name, one.id, {"deleted": 1}) for one in gone], "甲", desk.clock.stamp_ms())


def whole(record: Record) -> Change:
    """Return the line that makes a record."""
    return Change(record.kind.name, record.id, {name: value for name, value in scalars(record).items() if value})


def _record(desk: Desk, cls: type[Record], chance: random.Random, made: dict[str, list[Record]], rest: str) -> Record:
    county = desk.scope if len(desk.scope) == len(COUNTY) else COUNTY

    def refer(ref: str) -> str:
        held = made.get(ref, [])
        return chance.choice(held).id if held and chance.random() < 0.95 else f"{county}/nobody"

    record = plausible(cls, desk.vocabulary, refer, county, id=f"{county}/{rest}")
    values: dict[str, object] = {}
    for item in fields(cls):
        if item.form is Form.DATE:
            values[item.name] = _day(chance)
        elif item.name in ("month", "year", "week"):
            day = _day(chance) or date(2019, 1, 1)
            year, week, _ = day.isocalendar()
            values[item.name] = {"month": f"{day:%Y-%m}", "year": day.year, "week": f"{year}-W{week:02d}"}[item.name]
        elif item.name == "subject" and not item.ref and item.form is Form.REF:
            owner = chance.choice([one for records in made.values() for one in records])
            values[item.name] = f"{owner.kind.name}:{owner.id}"
    if desk.scope != "15":  # the Office's own fields no county writes
        values |= {item.name: getattr(cls(), item.name) for item in fields(cls) if _offices(item)}
    return msgspec.structs.replace(record, **values)


def _offices(item: Field) -> bool:
    return item.owner is Owner.REGION


def _day(chance: random.Random) -> date | None:
    return date(2018, 1, 1) + timedelta(days=chance.randrange(3 * 365)) if chance.random() < 0.9 else None
