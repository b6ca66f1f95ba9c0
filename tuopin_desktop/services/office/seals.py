"""The wall around a sealed term: whatever way a change comes, what belongs to the term is refused in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain import ids, sealing
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Scalar, scalars
from tuopin_desktop.domain.records import KINDS, Posting, TermSeal
from tuopin_desktop.services.office import library
from tuopin_desktop.store.store import Store

KIND = TermSeal.kind.name
KINDS_READ = frozenset({KIND})
"""What the standing seals follow from."""
_TOLD = 3
_DEPTH = 4
"""So many references are followed: a ballot's leads nowhere, a measure's to its case and on to a posting."""

Pair = tuple[str, str]


def standing(store: Store) -> tuple[TermSeal, ...]:
    """Return the seals that hold, of every office whose terms are told here."""
    return tuple(seal for seal in store.rows(TermSeal) if seal.state == sealing.SEALED)


def refuse(store: Store, scope: str, changes: Sequence[Change], seals: Sequence[TermSeal]) -> None:
    """Raise Refused when a change touches a sealed term, unless the same writing reopens it."""
    opening = {one.id for one in changes if one.kind == KIND and one.set.get("state") == sealing.OPEN}
    holding = [seal for seal in seals if seal.id not in opening]
    if not holding:
        return
    joining = {
        str(one.set["person"]): frozenset({sealing.own_pack(one.kind, one.set)})
        for one in changes
        if one.kind == Posting.kind.name and one.set.get("person")
    }
    terms = _Terms(store, scope, holding, joining)
    holders = [seal for one in changes if (seal := terms.of(one)) is not None]
    problems = dict.fromkeys(sealing.refusal_words(seal, _other(seal, scope)) for seal in holders)
    if problems:
        raise Refused([Problem(code=sealing.CODE, sentence=text) for text in problems])


def free(store: Store, scope: str, changes: Sequence[Change], seals: Sequence[TermSeal]) -> list[Change]:
    """Return those of the changes that touch no sealed term: what looking and printing leave undone without a word."""
    terms = _Terms(store, scope, seals) if seals else None
    return [one for one in changes if terms is None or terms.of(one) is None]


def refuse_arriving(store: Store, scope: str, keys: Collection[str], seals: Iterable[TermSeal]) -> None:
    """Raise Refused when a package changes a term that was sealed before it came; asked when its lines are folded.

    A package that brings the seal anew was made where the term was reopened or sealed, and is taken whole. What is
    refused is not lost: its sender gets no receipt for it and brings it again with every package, until the term is
    open here.
    """
    holding = [seal for seal in seals if ids.key(KIND, seal.id) not in keys]
    if not holding:
        return
    terms = _Terms(store, scope, holding)
    counts: dict[str, dict[str, int]] = {}
    for key in keys:
        kind, record_id = ids.split(key)
        if (seal := terms.of(Change(kind, record_id, {}))) is not None:
            of_office = counts.setdefault(ids.owner(seal.id), {})
            label = KINDS[kind].kind.label
            of_office[label] = of_office.get(label, 0) + 1
    if counts:
        raise Refused(
            [
                Problem(code=sealing.CODE, sentence=_arrival_words(office, scope, counts[office]))
                for office in sorted(counts)
            ]
        )


def _arrival_words(office: str, scope: str, counts: Mapping[str, int]) -> str:
    """Return why a package is held; its sender reads it too, so it names the one office that can open the seal."""
    named = "、".join(f"{label}{count}条" for label, count in list(counts.items())[:_TOLD])
    more = "等" if len(counts) > _TOLD else ""
    then = "收下后再封存" if office == scope else "先收它的数据包，再收这个"
    return (
        f"数据包要改动已经封存的任期（{named}{more}），没有收下。内容没有丢失：对方以后的数据包会一直带着。"
        f"要收下的，请{library.called(office)}在“归档”的“结束任期”中写明原因重新打开，{then}"
    )


def _other(seal: TermSeal, scope: str) -> str:
    """Return what the office is called that sealed, "" where it is this one: only who sealed can open."""
    office = ids.owner(seal.id)
    return "" if office == scope else library.called(office)


class _Place(msgspec.Struct, frozen=True):
    """What tells the term of a record: the packs of those it is about, else its first day."""

    packs: frozenset[str]
    day: date | None


_NOWHERE = _Place(frozenset(), None)


class _Terms:
    """Finds the seal over what is written; what several records lead to is read once."""

    def __init__(
        self, store: Store, scope: str, seals: Sequence[TermSeal], joining: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self._store, self._scope, self._seals = store, scope, seals
        self._joining = joining or {}
        self._places: dict[Pair, _Place] = {}
        self._live: dict[str, bool] = {}

    def of(self, change: Change) -> TermSeal | None:
        """Return the seal that holds a record against a change, None where it is free."""
        cls = KINDS.get(change.kind)
        if cls is None or cls.kind.beyond_term or ids.is_local(ids.owner(change.id)):
            return None
        seals = sealing.held_by(self._seals, self._scope, ids.owner(change.id))
        if not seals:
            return None
        before = self._stored((change.kind, change.id))
        after = {**(before or {}), **change.set}  # what a change does not say stays as stored, the pack with it
        places = [self._place(change.kind, change.id, values) for values in (before, after) if values is not None]
        if packs := [one.packs for one in places if one.packs]:
            return next((seal for some in packs if (seal := sealing.holding(seals, some, None)) is not None), None)
        if day := min((one.day for one in places if one.day is not None), default=None):
            return sealing.holding(seals, frozenset(), day)
        return seals[0] if before is not None and not self._goes_on(ids.owner(change.id), seals) else None

    def _stored(self, pair: Pair) -> Mapping[str, Scalar] | None:
        cls = KINDS.get(pair[0])
        record = self._store.get(cls, pair[1]) if cls is not None else None
        return None if record is None else scalars(record)

    def _place(self, kind: str, record_id: str, values: Mapping[str, Scalar], depth: int = _DEPTH) -> "_Place":
        """Return what tells the term: a record belongs with what it is part of."""
        if kind == "person":  # what leads to a person alone may be of any term: then its own day tells
            return _Place(self._of_person(record_id) if depth == _DEPTH else frozenset(), None)
        if pack := sealing.own_pack(kind, values):
            return _Place(frozenset({pack}), None)
        cls = KINDS[kind]
        leads = [sealing.lead_of(item, values.get(item.name)) for item in sealing.leads(cls)] if depth else []
        led = [
            self._led(pair, depth - 1) for kinds, one in filter(None, leads) for pair in ((kind, one) for kind in kinds)
        ]
        days = [sealing.first_day(cls, values), *(one.day for one in led)]
        packs = frozenset[str]().union(*(one.packs for one in led))
        return _Place(packs, min((day for day in days if day is not None), default=None))

    def _led(self, pair: Pair, depth: int) -> "_Place":
        if pair not in self._places:
            values = self._stored(pair)
            self._places[pair] = _NOWHERE if values is None else self._place(*pair, values, depth)
        return self._places[pair]

    def _of_person(self, person_id: str) -> frozenset[str]:
        packs = sealing.live_packs(self._store.rows(Posting, {"person": person_id}))
        return packs | self._joining.get(person_id, frozenset()) if packs else packs

    def _goes_on(self, owner: str, seals: Sequence[TermSeal]) -> bool:
        """Tell whether an office has people under a pack that is not sealed: what has no day is theirs too."""
        if owner not in self._live:
            sealed = {seal.pack or FIRST_PACK for seal in seals}
            packs = sealing.live_packs(self._store.rows(Posting, {"county": owner}))
            self._live[owner] = bool(packs - sealed)
        return self._live[owner]
