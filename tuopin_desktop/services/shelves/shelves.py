"""The shelves of an office: a shelf for each owner, judged again when anything it was judged from has changed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.shelf.part import OFFICE, Part
from tuopin_desktop.services.judging import judging, portions
from tuopin_desktop.services.judging.judging import Common
from tuopin_desktop.services.office.desk import Desk, Standing
from tuopin_desktop.services.shelves import drawers
from tuopin_desktop.services.shelves.above import is_above
from tuopin_desktop.services.shelves.drawers import Drawer
from tuopin_desktop.services.shelves.world import Watch, World

T = TypeVar("T")

Progress = Callable[[int, int], None]

_FEW = 3
"""So many shelves are judged while somebody waits; of more a patient desk shows what was said before."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a shelf: its key, the owners it was judged from, the packs its own people are posted under."""

    key: str
    day: date
    deps: tuple[str, ...]
    packs: tuple[str, ...] = ()


class Shelves:
    """The shelves of one desk. What is asked is fresh: whatever is stale is judged first.

    At a patient desk nobody waits for many: what was said before is shown, and they are judged while nothing is asked.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._watch = Watch(desk)
        self._abouts = _read(desk.memo.shelves())
        self._seen: tuple[str, date] | None = None
        self._world: World | None = None
        self._common: Common | None = None
        self._stale: dict[str, None] = {}
        self._soon: dict[str, None] = {}
        self._failed: set[str] = set()
        self._errors: list[Exception] = []
        self._reported: set[tuple[type[Exception], str]] = set()
        self._empty: set[str] = set()
        self._contents: dict[tuple[str, str], object] = {}
        self._raws: dict[str, dict[str, bytes]] = {}
        self.count = 0
        """How many shelves were judged since the office was opened."""

    def stale(self) -> list[str]:
        """Return the owners whose shelf does not hold, in order: it was judged from something else, or never."""
        self._look()
        return list(self._stale)

    def total(self) -> int:
        """Return how many shelves there are."""
        return len(self._look().owners)

    def ensure(self, progress: Progress | None = None) -> None:
        """Judge what is stale; `progress` hears (shelves that hold, shelves in all) and may raise to cancel."""
        total = self.total()
        while self.stale():
            if progress is not None:
                progress(total - len(self._stale), total)
            self.step()

    def step(self) -> bool:
        """Judge one stale shelf; tell whether any is left. One that cannot be judged is the last to be tried again."""
        for owner in self.stale()[:1]:
            try:
                self._judge(owner, self._look())
            except Exception:
                self._stale.pop(owner, None)
                self._stale[owner] = None
                raise
        return bool(self.stale())

    def of(self, drawer: Drawer[T]) -> dict[str, T]:
        """Return what lies in a drawer of every shelf, by owner; of a patient desk what lay there before."""
        owners = self._look().owners
        if not self._desk.patient:
            self.ensure()
            return {owner: self._content(owner, drawer) for owner in owners}
        self._miss(owner for owner in owners if self._before(owner, drawer) is None)
        for owner in self._at_once():
            self._try(owner)
        if self._stale:
            self._desk.tell(self.standing())
        if self._errors or self._waiting():
            self._desk.later = self._slice
        older = {owner: self._before(owner, drawer) for owner in owners}
        return {owner: content for owner, content in older.items() if content is not None}

    def standing(self) -> Standing:
        """Return how far the judging has come."""
        total, today = self.total(), self._desk.today()
        abouts = [self._abouts[owner] for owner in self._stale if owner in self._abouts and owner not in self._empty]
        older = bool(abouts) and all(about.day < today for about in abouts)
        return Standing(total - len(self._stale), total, older, partial=len(abouts) < len(self._stale))

    def _miss(self, owners: Iterable[str]) -> None:
        """Note shelves in which a drawer is missing: of another shape before an update, or the memo was lost."""
        for owner in owners:
            self._empty.add(owner)
            self._stale.setdefault(owner)

    def _waiting(self) -> list[str]:
        """Return the stale owners that were not tried in vain since the office last changed."""
        return [owner for owner in self.stale() if owner not in self._failed]

    def _at_once(self) -> list[str]:
        """Return whom one judges while somebody waits: a few, and at the least those whose records just changed."""
        waiting = self._waiting()
        return waiting if len(waiting) <= _FEW else [owner for owner in self._soon if owner in waiting][:_FEW]

    def _try(self, owner: str) -> None:
        """Judge a shelf; whoever cannot be judged keeps what was said of him, and nobody else waits for him."""
        try:
            self._judge(owner, self._look())
        except Exception as error:  # noqa: BLE001 - a bug in one owner's judging: the next slice hands it over
            self._failed.add(owner)
            report = (type(error), str(error))
            if report not in self._reported:
                self._reported.add(report)
                self._errors.append(error)

    def _slice(self) -> Standing:
        """Judge one shelf while nothing is asked; at the end everybody who shows what is judged hears of it."""
        for owner in self._waiting()[:1]:
            self._try(owner)
        errors, self._errors = tuple(self._errors), []
        standing = msgspec.structs.replace(self.standing(), errors=errors)
        if self._waiting():
            return standing
        self._desk.later = None
        return msgspec.structs.replace(standing, kinds=judging.SHELF_KINDS)

    def _look(self) -> World:
        now = (self._desk.store.turn, self._desk.today())
        if self._world is None or now != self._seen:
            before, self._world = self._world, self._watch.look()
            self._seen, self._common = now, None
            self._tidy(self._world)
            self._note(before, self._world)
            self._compare()
        return self._world

    def _note(self, before: World | None, world: World) -> None:
        """Remember whose records changed since the last look: a clerk waits for what he just saved."""
        if before is not None:
            changed = [owner for owner in world.owners if _traces(before, owner) != _traces(world, owner)]
            if len(changed) <= _FEW:  # more than that nobody saves at once: what came by stick may wait
                self._soon = {**dict.fromkeys(changed), **self._soon}
        self._failed.clear()

    def _tidy(self, world: World) -> None:
        """Forget the shelves of owners that are no more."""
        gone = self._abouts.keys() - {*world.owners}
        for owner in gone:
            del self._abouts[owner]
            self._forget(owner)
        if gone:
            self._desk.memo.drop(gone)

    def _compare(self) -> None:
        world = self._world
        assert world is not None
        packs = self._packs(world)
        stale = [owner for owner in world.owners if not self._holds(owner, world, packs)]
        self._stale = dict.fromkeys([*(owner for owner in self._soon if owner in stale), *stale])

    def _holds(self, owner: str, world: World, packs: Sequence[str]) -> bool:
        about = self._abouts.get(owner) if owner not in self._empty else None
        return about is not None and about.key == world.key(owner, about.deps, packs)

    def _packs(self, world: World) -> tuple[str, ...]:
        """Return every pack anybody is posted under, or was in a month that is closed; the first one first."""
        first = self._desk.policy.id
        others = {*world.packs, *(pack for about in self._abouts.values() for pack in about.packs)} - {first}
        return (first, *sorted(others))

    def _judge(self, owner: str, world: World) -> None:
        facts, deps = self._facts(owner, world)
        packs = self._packs(world)
        more = {*facts.packs} - {*packs}
        policy = judging.policy_on(self._desk, self._desk.today())
        every = (packs[0], *sorted({*packs[1:], *more}))
        raws = drawers.fill(Part(owner=owner, facts=facts, policy=policy, packs=every))
        key, today = world.key(owner, deps, every), self._desk.today()
        about = About(key=key, day=today, deps=deps, packs=tuple(facts.packs))
        self.count += 1
        self._forget(owner)
        before = self._packs(world)
        self._abouts[owner], self._raws[owner] = about, raws
        self._desk.memo.put(owner, key, msgspec.msgpack.encode(about), raws)
        self._empty.discard(owner)
        self._failed.discard(owner)
        for names in (self._stale, self._soon):
            names.pop(owner, None)
        if self._packs(world) != before:
            self._compare()  # a pack that only closed months knew, or that nobody is under any more

    def _facts(self, owner: str, world: World) -> tuple[Facts, tuple[str, ...]]:
        if self._common is None:
            self._common = judging.common(self._desk)
        shared = self._common
        if owner == OFFICE:
            return judging.of_office(self._desk, [one for one in world.owners if one and is_above(one)], shared), ()
        crossing = world.links.get(owner, frozenset())
        facts, rows = judging.of_owner(self._desk, owner, sorted(crossing), shared, wrote=owner in world.marks)
        return facts, _deps(owner, facts, rows, crossing)

    def _content(self, owner: str, drawer: Drawer[T]) -> T:
        content = self._before(owner, drawer)
        if content is None:  # the memo does not give it any more
            self._judge(owner, self._look())
            content = self._before(owner, drawer)
            assert content is not None, "judged a moment ago"
        return content

    def _before(self, owner: str, drawer: Drawer[T]) -> T | None:
        """Return what lies in a drawer, whether or not it holds; None where nothing lies there that can be read."""
        at = (owner, drawer.name)
        if at not in self._contents:
            about = self._abouts.get(owner)
            raw = self._raws.get(owner, {}).get(drawer.name)
            if raw is None and about is not None:
                raw = self._desk.memo.drawer(owner, drawer.name, about.key)
            try:
                self._contents[at] = drawer.unpack(raw) if raw is not None else None
            except msgspec.MsgspecError:
                self._contents[at] = None
        return self._contents[at]  # type: ignore[return-value]  # put in under this very name

    def _forget(self, owner: str) -> None:
        self._raws.pop(owner, None)
        for at in [at for at in self._contents if at[0] == owner]:
            del self._contents[at]


def of(desk: Desk) -> Shelves:
    """Return the shelves of a desk."""
    return desk.keep(Shelves)


def _read(raws: dict[str, bytes]) -> dict[str, About]:
    abouts: dict[str, About] = {}
    for owner, raw in raws.items():
        try:
            abouts[owner] = msgspec.msgpack.decode(raw, type=About)
        except msgspec.MsgspecError:
            continue
    return abouts


def _traces(world: World, owner: str) -> tuple[object, ...]:
    """Return what is another whenever somebody wrote about an owner, here or in an office above."""
    return world.marks.get(owner), world.about.get(owner), world.links.get(owner)


def _deps(owner: str, facts: Facts, rows: portions.Rows, crossing: Iterable[portions.Link]) -> tuple[str, ...]:
    """Return the owners of all records read, of all they name, and of whatever is tied to the owner's own."""
    names = {owner, *(name for link in crossing for name in link)}
    for cls, records in rows.items():
        fields = (*portions.leads_of(cls), *(("training",) if cls.kind.name == "training_attendance" else ()))
        for record in records:
            names.add(record.id)
            names.update(str(getattr(record, name) or "") for name in fields)
    names.update(close.id for close in facts.closes)
    return tuple(sorted({ids.owner(name) for name in names} - {""}))
