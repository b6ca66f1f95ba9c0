"""Lines of the log forget what lies in their openings; what they are in the chain stays, and so does every proof."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, decode
from tuopin_desktop.domain.forgetting import apart
from tuopin_desktop.domain.openings import SEAL, chain_form, is_open
from tuopin_desktop.domain.purging import FORGOTTEN, PurgeAct
from tuopin_desktop.domain.record import build, fields
from tuopin_desktop.domain.records import Purge
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.database import speaking
from tuopin_desktop.store.feeds import meta, put_meta
from tuopin_desktop.store.limits import settle
from tuopin_desktop.store.stamps import Stamps
from tuopin_desktop.store.writing import Feeds, Ledger

_UNWRITTEN = "unwritten"
"""The value of `meta` that says that pages of this file may still keep what was forgotten."""


class Traces(msgspec.Struct, frozen=True):
    """Where some records stand in the log: keys with an opening, and keys with lines of format 1 that say as much."""

    openings: frozenset[str]
    fixed: frozenset[str]


def acts(cursor: Any) -> list[PurgeAct]:
    """Return the acts of forgetting that count, each as an office confirmed it and when."""
    names = [item.name for item in fields(Purge)]
    rows = cursor.execute(statements.rows(Purge.kind.name, names, ["confirmed IS NOT NULL"])).fetchall()
    purges = {
        ids.key(Purge.kind.name, row[0]): build(Purge, row[0], dict(zip(names, row[1:], strict=True))) for row in rows
    }
    every: list[PurgeAct] = []
    for key, _, _, _, office, raw in cursor.execute(statements.LINES_OF_RECORDS, (sqlite.array(purges),)).fetchall():
        line = decode(bytes(raw))
        if line.set.get("confirmed"):  # what this office named counts, not what another wrote over it
            purge = msgspec.structs.replace(purges[key], keys=str(line.set.get("keys") or ""))
            every.append(PurgeAct(purge=purge, office=office, at=line.at))
    return [one for one in every if one.counts]


def pending(cursor: Any) -> dict[str, int]:
    """Return the records that acts reach and that still have an opening of before, each with the act's stamp."""
    stamps: dict[str, int] = {}
    for act in acts(cursor):
        for key in act.reach():
            stamps[key] = max(stamps.get(key, 0), act.at)
    return {key: stamps[key] for key, *_ in _openings(cursor, stamps)}


def gone(cursor: Any, kind: str) -> set[str]:
    """Return the records of a kind that acts reach and of which nothing was written since."""
    stamps: dict[str, int] = {}
    for act in acts(cursor):
        for key in act.reach():
            if key.startswith(f"{kind}:"):
                stamps[key] = max(stamps.get(key, 0), act.at)
    rows = cursor.execute(statements.LINES_OF_RECORDS, (sqlite.array(stamps),)).fetchall() if stamps else ()
    lines = [(str(row[0]), bytes(row[-1])) for row in rows]
    return stamps.keys() - {key for key, raw in lines if is_open(raw) and decode(raw).at > stamps[key]}


def traces(cursor: Any, keys: Iterable[str]) -> Traces:
    """Return which of the records have something to forget, and of which the chain itself holds it."""
    openings: set[str] = set()
    plain: set[str] = set()
    for key, _, _, _, _, raw in cursor.execute(statements.LINES_OF_RECORDS, (sqlite.array(keys),)).fetchall():
        line = decode(chain_form(bytes(raw)))
        if is_open(bytes(raw)):
            openings.add(key)
        names = apart(key.partition(":")[0])
        if any(value is not None for some in (line.set, line.was) for name, value in some.items() if name in names):
            plain.add(key)
    return Traces(frozenset(openings), frozenset(plain))


def holding(cursor: Any, text: str) -> list[str]:
    """Return the records that say a text anywhere in their history."""
    return [str(row[0]) for row in cursor.execute(sqlite.RECORDS_HOLDING, (text,)).fetchall()]


class Forgetting(msgspec.Struct, frozen=True):
    """What is to be done: acts to be written, then what of the records is written again.

    `names` are taken out of what stands beside the log on this PC.
    """

    acts: Sequence[Change]
    restated: Sequence[Change]
    names: Collection[str]


def fill_in(cursor: Any, n: int, place: int, here: Sequence[Any], came: Sequence[bytes]) -> list[str]:
    """Give lines after a place of a feed the openings that came, where ours are lost and no act took them.

    `here` are rows of lines, `came` the same lines as they came. Returns the records to fold again.
    """
    pairs = zip(here, came, strict=False)
    lines = [(place + at, raw) for at, (row, raw) in enumerate(pairs, 1) if raw != row[0] and is_open(raw)]
    lines = [(seq, raw) for seq, raw in lines if not is_open(bytes(here[seq - place - 1][0]))]
    stamps: dict[str, int] = {}
    for act in acts(cursor) if lines else ():
        stamps |= {key: max(stamps.get(key, 0), act.at) for key in act.reach()}
    lost = [(raw, n, seq) for seq, raw in lines if decode(raw).at > stamps.get(decode(raw).key, 0)]
    cursor.execute(statements.OPEN_FORGETTING_GATE)
    cursor.executemany(statements.CLOSE_LINE, lost)
    cursor.execute(statements.CLOSE_FORGETTING_GATE)
    return [decode(raw).key for raw, _, _ in lost]


def lacking(cursor: Any) -> list[str]:
    """Return the records of which a line came without its opening, though no act reaches it: somebody left it out."""
    every = {key for act in acts(cursor) for key in act.reach()}
    return [key for key in holding(cursor, SEAL) if key not in every]


def carry_out(ledger: Ledger, work: Forgetting, by: str, wall_ms: int) -> frozenset[str]:
    """Write the acts, make every record that any act reaches forget, write the rest again; return the kinds concerned.

    All of it or nothing. An act reaches only what was written before it.
    """
    with ledger.writing() as cursor:
        values = meta(cursor)
        stamps, feeds = Stamps(cursor, values, wall_ms), Feeds(cursor, values)
        for change in work.acts:
            stamps.after(ids.key(change.kind, change.id), str(change.set.get("keys") or "").split("\n"))
        ledger.write(cursor, feeds, work.acts, by, stamps)
        feeds.save()
        keys = _forget(cursor, pending(cursor))
        ledger.fold(cursor, keys)
        feeds = Feeds(cursor, values)  # under a new seed
        ledger.write(cursor, feeds, work.restated, by, stamps)
        for name in work.names:
            _blank(cursor, name)
        feeds.save()
        settle(cursor, ledger.fold)
        if keys:
            put_meta(cursor, **{_UNWRITTEN: 1})
        stamps.save()
    kinds = {key.partition(":")[0] for key in keys} | {change.kind for change in (*work.acts, *work.restated)}
    return frozenset(kinds)


def rewrite(ledger: Ledger) -> None:
    """Write the file anew and empty its journal: no page keeps what was deleted; raises Trouble."""
    with speaking("数据没有整理"):
        ledger.database.execute_sql(sqlite.REWRITE)
        ledger.database.execute_sql(sqlite.FOLD_JOURNAL).fetchone()
    with ledger.writing() as cursor:
        put_meta(cursor, **{_UNWRITTEN: None})


def unwritten(cursor: Any) -> bool:
    """Tell whether something was forgotten since the file was last written anew."""
    return _UNWRITTEN in meta(cursor)


def _openings(cursor: Any, stamps: Mapping[str, int]) -> list[tuple[str, int, int, str, bytes]]:
    """Return key, feed number, place, feed and bytes of the lines with an opening, not later than their key's stamp."""
    rows = cursor.execute(statements.LINES_OF_RECORDS, (sqlite.array(stamps),)).fetchall()
    lines = [(key, n, seq, feed, bytes(raw)) for key, n, seq, feed, _, raw in rows]
    return [one for one in lines if is_open(one[4]) and decode(one[4]).at <= stamps[one[0]]]


def _forget(cursor: Any, stamps: Mapping[str, int]) -> list[str]:
    lines = _openings(cursor, stamps)
    cursor.execute(statements.OPEN_FORGETTING_GATE)
    cursor.executemany(statements.CLOSE_LINE, [(chain_form(raw), n, seq) for _, n, seq, _, raw in lines])
    cursor.execute(statements.CLOSE_FORGETTING_GATE)
    # The seed gives the salts of all lines of its feed, and who has the salt of a short value can try all there are.
    cursor.executemany(sqlite.PUT_SEED, [(feed, "") for feed in sorted({one[3] for one in lines})])
    return list(dict.fromkeys(one[0] for one in lines))


def _blank(cursor: Any, name: str) -> None:
    cursor.execute(statements.OPEN_FORGETTING_GATE)
    cursor.execute(sqlite.BLANK_DISCLOSURES, (name, FORGOTTEN, name))
    cursor.execute(statements.CLOSE_FORGETTING_GATE)
    cursor.execute(sqlite.BLANK_PARCELS, (name, FORGOTTEN, name))
    cursor.execute(sqlite.DROP_UNSAVED_HOLDING, (name,))
