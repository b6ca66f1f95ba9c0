"""What the judging of an owner depends on beside his own records, by digests: at equal keys the same is said of him."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop import __version__
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.judgement import judgement
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import (
    Attachment,
    Ballot,
    BallotRound,
    CalendarDay,
    CalendarYear,
    Correction,
    County,
    MonthClose,
    Posting,
    Ruling,
    Team,
    Training,
)
from tuopin_desktop.domain.shelf.part import OFFICE
from tuopin_desktop.machine import programme
from tuopin_desktop.services.judging import judging, portions
from tuopin_desktop.services.judging.judging import Common
from tuopin_desktop.services.judging.portions import Link
from tuopin_desktop.services.office import clocks
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves.above import Groups, is_above

LINKED: tuple[type[Record], ...] = (*judging.TRACED, *judging.ASIDE, Correction, MonthClose)
"""The kinds by which an owner may be led to another's records."""
_TIES = [(cls, name) for cls in LINKED for name in portions.leads_of(cls)] + [(Ballot, "round")]
"""The fields by which they do."""
_HANDED: tuple[type[Record], ...] = (County, Ruling, CalendarDay, CalendarYear, Training)
"""What offices above hand down and everybody is judged by."""

_encode = msgspec.msgpack.Encoder().encode


def digest(*values: object) -> str:
    """Return one digest of values."""
    return hashlib.sha256(_encode(values)).hexdigest()


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is judged from, as it stands, by digests.

    `base` is what everybody depends on, `marks` are those of the store, `links` by owner what ties him to others,
    `about` by county what offices above keep about it, `rolls` by owner his teams, postings and grades.
    """

    base: str
    owners: tuple[str, ...]
    marks: Mapping[str, str]
    links: Mapping[str, frozenset[Link]]
    about: Mapping[str, str]
    rolls: Mapping[str, str]
    packs: frozenset[str]

    def key(self, owner: str, deps: Iterable[str], packs: Sequence[str]) -> str:
        """Return the key under which an owner is judged from the records of `deps`, himself among them."""
        if owner == OFFICE:
            above = sorted((name, mark) for name, mark in self.marks.items() if is_above(name))
            return digest(self.base, packs, above, sorted(self.rolls.items()))
        named = [one for one in sorted(deps) if one == owner or is_above(owner) or not is_above(one)]
        links = sorted({link for one in named if one == owner or not is_above(one) for link in self.links.get(one, ())})
        dependencies = [(one, self.marks.get(one, ""), self.about.get(one, "")) for one in named]
        return digest(self.base, packs, dependencies, links)


class Own(msgspec.Struct, frozen=True):
    """What one owner's records say of ties to others, of teams, postings and grades, and which packs they name."""

    links: tuple[Link, ...]
    roll: str
    packs: frozenset[str]


_NOTHING = Own((), "", frozenset())
_FEW = 4
"""How many owners are read one by one rather than all together."""


class Watch:
    """Looks at the world of a desk; of owners whose mark is the same nothing is read again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._own: dict[str, tuple[str, Own]] = {}
        self._above: tuple[object, Mapping[str, str]] | None = None
        self._last: tuple[tuple[str, date], World] | None = None
        self._common: Common | None = None

    def look(self) -> World:
        """Return the world as it stands now: the same one until something is written or the day turns."""
        now = (self._desk.store.turn, self._desk.today())
        if self._last is None or self._last[0] != now:
            self._last = (now, self._read_world())
            self._common = None
        return self._last[1]

    @property
    def common(self) -> Common:
        """What the facts of all owners have in common, as it stood at the last look; read once."""
        if self._common is None:
            self._common = judging.common(self._desk)
        return self._common

    def _read_world(self) -> World:
        desk = self._desk
        marks = {owner: mark for owner, mark in desk.store.marks().items() if owner.startswith(desk.scope)}
        teams = [owner for owner, _ in desk.store.owners(Team, scope=desk.scope)]
        owners = sorted({desk.scope, *marks, *teams})
        own = self._read(owners, marks)
        links: dict[str, set[Link]] = defaultdict(set)
        for one in own.values():
            for link in one.links:
                for name in link:
                    links[ids.owner(name)].add(link)
        return World(
            base=self._base(),
            owners=(OFFICE, *owners),
            marks=marks,
            links={owner: frozenset(some) for owner, some in links.items()},
            about=self._about(marks, links),
            rolls={owner: one.roll for owner, one in own.items()},
            packs=frozenset(pack for one in own.values() for pack in one.packs),
        )

    def _read(self, owners: Sequence[str], marks: Mapping[str, str]) -> dict[str, Own]:
        """Return what each owner's own records say; those whose mark is another are read, many of them in one go."""
        changed = [owner for owner in owners if self._own.get(owner, (None,))[0] != marks.get(owner, "")]
        ranges = [self._desk.scope] if len(changed) > _FEW else [f"{owner}/" for owner in changed]
        fresh: dict[str, Own] = {}
        for prefix in ranges:
            fresh |= _own(self._desk, prefix)
        for owner in changed:
            self._own[owner] = (marks.get(owner, ""), fresh.get(owner, _NOTHING))
        return {owner: self._own[owner][1] for owner in owners}

    def _about(self, marks: Mapping[str, str], links: Mapping[str, set[Link]]) -> Mapping[str, str]:
        above = [(owner, mark) for owner, mark in marks.items() if is_above(owner)]
        crossing = sorted({link for owner, _ in above for link in links.get(owner, ())})
        state = (above, crossing)
        if self._above is None or self._above[0] != state:
            store = self._desk.store
            between = [(f"{owner}/", f"{owner}0") for owner, _ in above]
            records = [one for cls in LINKED for some in between for one in store.rows(cls, between=some)]
            groups = Groups(records, crossing).about()
            self._above = (state, {county: digest(some) for county, some in groups.items()})
        return self._above[1]

    def _base(self) -> str:
        desk = self._desk
        rows = [store_row for cls in _HANDED for store_row in desk.store.rows(cls) if _handed(store_row)]
        packs = desk.lasting(_PACKED, "packs digest", lambda: digest(desk.policy, sorted(desk.packs.items())))
        return digest(
            (programme.judging(), __version__, judgement()),
            (desk.scope, desk.today(), packs, rows),
            (clocks.doubtful_from(desk), judging.noted_until(desk)),
        )


_PACKED = frozenset({"rule_pack", "station", "revocation"})


def _handed(record: Record) -> bool:
    return isinstance(record, County | Ruling) or is_above(ids.owner(record.id))


def _own(desk: Desk, prefix: str) -> dict[str, Own]:
    """Return by owner what the records say whose ids begin with a prefix."""
    store, between = desk.store, (prefix, prefix + "\U0010ffff")
    links: dict[str, set[Link]] = defaultdict(set)
    for cls, name in _TIES:
        for link in store.crossing(cls, name, scope=prefix):
            links[ids.owner(link[0])].add(link)
    for item, key in store.look(Attachment, ("subject",), between=between):
        if target := _foreign(ids.owner(item), key):
            links[ids.owner(item)].add((item, target))
    for ballot_round, text in store.look(BallotRound, ("subjects",), between=between):
        lines = (line for line in str(text or "").split("\n") if line and ids.owner(line) != ids.owner(ballot_round))
        links[ids.owner(ballot_round)].update((ballot_round, line) for line in lines)
    rolls = _rolls(desk, between)
    packs: dict[str, set[str]] = defaultdict(set)
    for posting, pack in store.look(Posting, ("pack",), between=between):
        packs[ids.owner(posting)].add(pack or FIRST_PACK)
    owners = {*links, *rolls}
    return {one: Own(tuple(sorted(links[one])), digest(rolls[one]), frozenset(packs[one])) for one in owners}


def _rolls(desk: Desk, between: tuple[str, str]) -> dict[str, list[object]]:
    """Return by owner everything of his that the office itself is judged by."""
    store = desk.store
    rolls: dict[str, list[object]] = defaultdict(list)
    for cls, names in judging.OFFICE_READS.items():
        for row in store.look(cls, names, between=between):
            rolls[ids.owner(row[0])].append((cls.kind.name, row))
    for training in store.rows(Training, between=between):
        rolls[ids.owner(training.id)].append(training)
    return rolls


def _foreign(owner: str, key: str | None) -> str:
    """Return the id in a log key, "" for one of the owner's own records."""
    record_id = str(key or "").partition(":")[2]
    return "" if ids.owner(record_id) == owner else record_id
