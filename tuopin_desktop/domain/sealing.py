"""Which term a record belongs to: by the pack of its posting, else by its first day; by it a seal holds."""

import functools
from collections.abc import Iterable, Mapping
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.policy import FIRST_PACK
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, fields
from tuopin_desktop.domain.records import Posting, TermSeal

SEALED, OPEN = "sealed", "open"
CODE = "sealed"
"""The code of a refusal because of a sealed term."""

_PACKED = frozenset({"posting", "leave_slip", "ruling"})
"""The kinds that say their pack themselves; where it is empty it is the first."""
_SIDEWAYS = frozenset({"replaces", "follows", "carried_from", "authorisation", "draw"})
"""References to a neighbour rather than to what a record is part of."""
_DAYS = (Form.DATE, Form.MONTH, Form.PERIOD, Form.HALF)


def own_pack(kind: str, values: Mapping[str, Scalar]) -> str:
    """Return the pack that a record says itself, "" where its kind has none."""
    return str(values.get("pack") or FIRST_PACK) if kind in _PACKED else ""


@functools.cache
def leads(cls: type[Record]) -> tuple[Field, ...]:
    """Return the references by which the term of a record is found."""
    return tuple(item for item in fields(cls) if item.form is Form.REF and item.name not in _SIDEWAYS)


def lead_of(item: Field, value: Scalar) -> tuple[tuple[str, ...], str] | None:
    """Return the kinds of record that a reference may mean, and the id; None where it is empty."""
    text = str(value or "")
    if not text:
        return None
    if ids.well_formed(text):
        kind, record_id = ids.split(text)
        return (kind,), record_id
    return tuple((item.ref or "").split(",")), text


@functools.cache
def _dated(cls: type[Record]) -> tuple[Field, ...]:
    timed = (item for item in fields(cls) if item.form in _DAYS or item.name in ("year", "week"))
    return tuple(item for item in timed if not item.personal and "birth" not in item.name)


def first_day(cls: type[Record], values: Mapping[str, Scalar]) -> date | None:
    """Return the first day that a record says, None of one that says none."""
    days = [_day(values[item.name]) for item in _dated(cls) if values.get(item.name) is not None]
    return min((day for day in days if day is not None), default=None)


def _day(value: Scalar) -> date | None:
    text = str(value)
    try:
        if "W" in text:
            year, _, week = text.partition("-W")
            return date.fromisocalendar(int(year), int(week[:2]), 1)
        return date.fromisoformat(f"{text[:10]}-01-01"[:10] if len(text) < 10 else text[:10])
    except ValueError:
        return None


def held_by(seals: Iterable[TermSeal], scope: str, owner: str) -> list[TermSeal]:
    """Return the seals that stand over what an office owns: its own, and that of the office at whose desk we are."""
    own = ((seal, ids.owner(seal.id)) for seal in seals if seal.state == SEALED and not seal.deleted)
    return [seal for seal, office in own if office == owner or (office == scope and owner.startswith(scope))]


def holding(seals: Iterable[TermSeal], packs: frozenset[str], day: date | None) -> TermSeal | None:
    """Return the seal that holds a record of these packs, of none by its day; None where none does."""
    by_pack = {seal.pack: seal for seal in seals}
    if packs:
        return by_pack[min(packs)] if packs <= by_pack.keys() else None
    if day is None:
        return None
    return next((seal for seal in by_pack.values() if seal.ends is not None and day <= seal.ends), None)


def refusal_words(seal: TermSeal, other: str = "") -> str:
    """Return why nothing can be changed, and what to do, in Chinese; `other`: another office that alone can open it."""
    day = f"{seal.sealed_on.year}年{seal.sealed_on.month}月{seal.sealed_on.day}日" if seal.sealed_on else ""
    by, who, until = (f"由{other}", f"请{other}", "收到它的数据包") if other else ("", "请", "重新打开")
    how = "写明原因重新打开" if other else "写明原因"
    return (
        f"这一任期已{by}于{day}封存，只能查看和打印，不能再登记、改动或删除。"
        f"确有必要的，{who}在“归档”的“结束任期”中{how}，{until}后再办"
    )


def live_packs(postings: Iterable[Posting]) -> frozenset[str]:
    """Return the packs that somebody is or was posted under."""
    return frozenset(one.pack or FIRST_PACK for one in postings if not one.deleted)
