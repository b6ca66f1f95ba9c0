"""One owner's shelf in the making: read, judged and filled in steps, and put up whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.record import Form, Record, fields
from tuopin_desktop.domain.shelf.part import OFFICE, Part
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.services.judging import judging, portions
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves.above import is_above
from tuopin_desktop.services.shelves.topic import Topic
from tuopin_desktop.services.shelves.world import Watch, World, digest


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a shelf: its key, the owners it was judged from, the packs its own people are posted under."""

    key: str
    day: date
    deps: tuple[str, ...]
    packs: tuple[str, ...] = ()


Shelf = tuple[About, dict[str, bytes]]
"""What is said of a shelf, and the contents of its drawers by name."""


def key(topic: Topic, world: World, owner: str, deps: Iterable[str], packs: Sequence[str]) -> str:
    """Return the key under which an owner's shelf of a topic holds."""
    own = world.key(owner, deps, packs)
    return digest(topic.name, topic.also, own) if topic.name else own


def shelf(desk: Desk, watch: Watch, topic: Topic, owner: str, packs: Sequence[str]) -> Steps[Shelf]:
    """Make an owner's shelf in steps; nothing may be written between them."""
    world = watch.look()
    facts, deps = yield from _facts(desk, watch, owner, traced=topic.traced)
    yield
    more = {*facts.packs} - {*packs}
    every = (packs[0], *sorted({*packs[1:], *more}))
    part = Part(
        owner=owner,
        facts=facts,
        policy=judging.policy_on(desk, topic.day(desk.today())),
        packs=every,
        beside=_beside(desk, topic, owner, world),
    )
    raws = yield from topic.fill(part)
    made_of = key(topic, world, owner, deps, every)
    return About(key=made_of, day=desk.today(), deps=deps, packs=tuple(facts.packs)), raws


def _facts(desk: Desk, watch: Watch, owner: str, *, traced: bool) -> Steps[tuple[Facts, tuple[str, ...]]]:
    world, shared = watch.look(), watch.common
    if owner == OFFICE:
        above = [one for one in world.owners if one and is_above(one)]
        return judging.of_office(desk, above, shared), ()
    crossing = world.links.get(owner, frozenset())
    wrote = owner in world.marks
    facts, rows = yield from judging.of_owner(desk, owner, sorted(crossing), shared, wrote=wrote, traced=traced)
    return facts, _deps(owner, facts, rows, crossing)


def _deps(owner: str, facts: Facts, rows: portions.Rows, crossing: Iterable[portions.Link]) -> tuple[str, ...]:
    """Return the owners of all records read, of all they name, and of whatever is tied to the owner's own."""
    names = {owner, *(name for link in crossing for name in link)}
    for cls, records in rows.items():
        about = (*portions.leads_of(cls), *(("training",) if cls.kind.name == "training_attendance" else ()))
        for record in records:
            names.add(record.id)
            names.update(str(getattr(record, name) or "") for name in about)
    names.update(close.id for close in facts.closes)
    return tuple(sorted({ids.owner(name) for name in names} - {""}))


def _beside(desk: Desk, topic: Topic, owner: str, world: World) -> Mapping[type[Record], tuple[Record, ...]]:
    """Return the records that a topic reads beside the facts: the owner's, and what is tied to one of his."""
    if owner == OFFICE:
        return {}
    tied = sorted({name for link in world.links.get(owner, ()) for name in link if ids.owner(name) != owner})
    rows: dict[type[Record], tuple[Record, ...]] = {}
    for cls in topic.kinds:
        records = list(desk.store.rows(cls, between=(f"{owner}/", f"{owner}0")))
        if tied:
            records += desk.store.rows(cls, among=tied)
            for item in fields(cls):
                if item.form is Form.REF and item.ref:
                    records += desk.store.rows(cls, field_among=(item.name, tied))
        by_id = {one.id: one for one in records if one.id.startswith(desk.scope)}
        rows[cls] = tuple(by_id[name] for name in sorted(by_id))
    return rows
