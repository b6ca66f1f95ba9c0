"""The shelves of an office: a shelf for each owner, judged again when anything it was judged from has changed."""

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk, Standing
from tuopin_desktop.services.shelves import making
from tuopin_desktop.services.shelves.drawers import Drawer
from tuopin_desktop.services.shelves.making import About, Shelf
from tuopin_desktop.services.shelves.topic import TODAY, Topic
from tuopin_desktop.services.shelves.world import Watch, World

T = TypeVar("T")
W = TypeVar("W")

Progress = Callable[[int, int], None]

_FEW = 3
"""So many shelves are judged while somebody waits; of more a patient desk shows what was said before."""


class Shelves:
    """The shelves of one desk and topic. What is asked is fresh: whatever is stale is judged first.

    At a patient desk nobody waits for many: what was said before is shown, and they are judged while nothing is asked.
    """

    def __init__(self, desk: Desk, topic: Topic = TODAY) -> None:
        self._desk = desk
        self.topic = topic
        self._watch = desk.keep(Watch)
        self._abouts = _read(topic, desk.memo.shelves())
        self._seen: World | None = None
        self._making: tuple[str, World, Steps[Shelf]] | None = None
        self._stale: dict[str, None] = {}
        self._soon: dict[str, None] = {}
        self._failed: set[str] = set()
        self._errors: list[Exception] = []
        self._reported: set[tuple[type[Exception], str]] = set()
        self._empty: set[str] = set()
        self._contents: dict[tuple[str, str], object] = {}
        self._raws: dict[str, dict[str, bytes]] = {}
        self._wholes: dict[str, tuple[Sequence[object], Any]] = {}
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
                self._judge(owner)
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
            self._desk.keep(Later).want(self)
        older = {owner: self._before(owner, drawer) for owner in owners}
        return {owner: content for owner, content in older.items() if content is not None}

    def together(self, drawer: Drawer[T], put: Callable[[Iterable[T]], W]) -> W:
        """Return what a drawer of every shelf comes to: put together once, again when one of them is another.

        Whoever is given it changes nothing in it.
        """
        parts = list(self.of(drawer).values())
        before, whole = self._wholes.get(drawer.name, ((), None))
        if whole is None or len(before) != len(parts) or not all(map(operator.is_, before, parts)):
            whole = put(parts)
            self._wholes[drawer.name] = (parts, whole)
        return whole  # type: ignore[no-any-return]  # what was put together of this very drawer

    def standing(self) -> Standing:
        """Return how far the judging has come."""
        total, today = self.total(), self._desk.today()
        abouts = [self._abouts[owner] for owner in self._stale if owner in self._abouts and owner not in self._empty]
        older = bool(abouts) and all(about.day < today for about in abouts)
        partial = len(abouts) < len(self._stale)
        return Standing(total - len(self._stale), total, older, partial, topic=self.topic.group)

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
        while not self._step(owner):
            pass

    def _step(self, owner: str) -> bool:
        """Take one step of judging a shelf; tell whether that was the last."""
        try:
            return self._further(owner)
        except Exception as error:  # noqa: BLE001 - a bug in one owner's judging: the next slice hands it over
            self._making = None
            self._failed.add(owner)
            report = (type(error), str(error))
            if report not in self._reported:
                self._reported.add(report)
                self._errors.append(error)
            return True

    def slice(self) -> Standing | None:
        """Take a step while nothing is asked; return how far that is once a shelf is judged.

        At the end everybody who shows what is judged hears of it.
        """
        for owner in self._waiting()[:1]:
            if not self._step(owner):
                return None
        errors, self._errors = tuple(self._errors), []
        kinds = frozenset[str]() if self._waiting() else judging.SHELF_KINDS
        return msgspec.structs.replace(self.standing(), errors=errors, kinds=kinds)

    def _look(self) -> World:
        world = self._watch.look()
        if world is not self._seen:
            before, self._seen = self._seen, world
            self._tidy(world)
            self._note(before, world)
            self._compare()
        return world

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
            self._desk.memo.drop(map(self.topic.place, gone))

    def _compare(self) -> None:
        world = self._seen
        assert world is not None
        packs = self._packs(world)
        stale = [owner for owner in world.owners if not self._holds(owner, world, packs)]
        self._stale = dict.fromkeys([*(owner for owner in self._soon if owner in stale), *stale])

    def _holds(self, owner: str, world: World, packs: Sequence[str]) -> bool:
        about = self._abouts.get(owner) if owner not in self._empty else None
        return about is not None and about.key == making.key(self.topic, world, owner, about.deps, packs)

    def _packs(self, world: World) -> tuple[str, ...]:
        """Return every pack anybody is posted under, or was in a month that is closed; the first one first."""
        first = self._desk.policy.id
        others = {*world.packs, *(pack for about in self._abouts.values() for pack in about.packs)} - {first}
        return (first, *sorted(others))

    def _judge(self, owner: str) -> None:
        """Judge a shelf to its end."""
        while not self._further(owner):
            pass

    def _further(self, owner: str) -> bool:
        """Take one step of judging a shelf; tell whether it is put up. What was begun in another world is let go."""
        world = self._look()
        if self._making is None or self._making[0] != owner or self._making[1] is not world:
            steps = making.shelf(self._desk, self._watch, self.topic, owner, self._packs(world))
            self._making = (owner, world, steps)
        try:
            next(self._making[2])
        except StopIteration as end:
            self._making = None
            self._put(owner, world, *end.value)
            return True
        except BaseException:
            self._making = None
            raise
        return False

    def _put(self, owner: str, world: World, about: About, raws: dict[str, bytes]) -> None:
        self.count += 1
        self._forget(owner)
        before = self._packs(world)
        self._abouts[owner], self._raws[owner] = about, raws
        self._desk.memo.put(self.topic.place(owner), about.key, msgspec.msgpack.encode(about), raws)
        self._empty.discard(owner)
        self._failed.discard(owner)
        for names in (self._stale, self._soon):
            names.pop(owner, None)
        if self._packs(world) != before:
            self._compare()  # a pack that only closed months knew, or that nobody is under any more

    def _content(self, owner: str, drawer: Drawer[T]) -> T:
        content = self._before(owner, drawer)
        if content is None:  # the memo does not give it any more
            self._judge(owner)
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
                raw = self._desk.memo.drawer(self.topic.place(owner), drawer.name, about.key)
            try:
                self._contents[at] = drawer.unpack(raw) if raw is not None else None
            except msgspec.MsgspecError:
                self._contents[at] = None
        return self._contents[at]  # type: ignore[return-value]  # put in under this very name

    def _forget(self, owner: str) -> None:
        self._raws.pop(owner, None)
        for at in [at for at in self._contents if at[0] == owner]:
            del self._contents[at]


class Later:
    """What is to be judged while nothing is asked: the topic somebody looked at last comes first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: list[Shelves] = []

    def want(self, shelves: Shelves) -> None:
        """Judge what is stale of a topic before whatever else is waiting."""
        self._wanted = [shelves, *(one for one in self._wanted if one is not shelves)]
        self._desk.later = self._slice

    def _slice(self) -> Standing | None:
        standing = self._wanted[0].slice()
        if standing is not None and standing.kinds:
            del self._wanted[0]
            self._desk.later = self._slice if self._wanted else None
        return standing


class Topics:
    """The shelves of the topics that were asked about; of those nobody asked about for long only the memo knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: dict[str, Shelves] = {}

    def of(self, topic: Topic) -> Shelves:
        """Return the shelves of a topic."""
        shelves = self._kept.pop(topic.name, None)
        if shelves is None or shelves.topic.also != topic.also:
            shelves = Shelves(self._desk, topic)
        self._kept[topic.name] = shelves
        if len(self._kept) > _TOPICS:
            del self._kept[next(iter(self._kept))]
        return shelves


_TOPICS = 4
"""So many topics are kept in memory: two years and two months, beside what everybody asks about."""


def of(desk: Desk) -> Shelves:
    """Return the shelves of a desk about today."""
    return desk.keep(Shelves)


def about(desk: Desk, topic: Topic) -> Shelves:
    """Return the shelves of a desk about a topic."""
    return desk.keep(Topics).of(topic)


def _read(topic: Topic, raws: dict[str, bytes]) -> dict[str, About]:
    abouts: dict[str, About] = {}
    for place, raw in raws.items():
        owner = topic.owner(place)
        try:
            if owner is not None:
                abouts[owner] = msgspec.msgpack.decode(raw, type=About)
        except msgspec.MsgspecError:
            continue
    return abouts


def _traces(world: World, owner: str) -> tuple[object, ...]:
    """Return what is another whenever somebody wrote about an owner, here or in an office above."""
    return world.marks.get(owner), world.about.get(owner), world.links.get(owner)
