"""What of the lines in the log does not count: kept in sight, and refused where it was about to be written here."""

from collections.abc import Collection, Iterable
from typing import Any

from tuopin_desktop.domain.change import Aside
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Field, fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.voices import overstep, said_by, speaking
from tuopin_desktop.store import sqlite, statements


def save(cursor: Any, keys: Collection[str], asides: Iterable[Aside]) -> None:
    """Keep what was put aside of these keys, in place of what was kept of them before."""
    if keys and cursor.execute(statements.ANY_ASIDE).fetchone():
        target = sqlite.array(keys)
        cursor.execute(statements.DROP_ASIDES, (target,))
    cursor.executemany(
        statements.ADD_ASIDE,
        [
            (one.key, one.feed, one.seq, one.field, one.value, one.why, one.office, one.by, one.at, int(one.fault))
            for one in asides
        ],
    )


def listed(cursor: Any) -> list[Aside]:
    """Return everything that was put aside and is not settled, in the order it was written."""
    rows = cursor.execute(statements.ASIDES).fetchall()
    return [
        Aside(
            key=key,
            feed=feed,
            seq=seq,
            field=field,
            value=value,
            why=why,
            office=office,
            by=by,
            at=at,
            fault=bool(fault),
        )
        for key, feed, seq, field, value, why, office, by, at, fault in rows
    ]


def refuse(asides: Iterable[Aside], station: str, stamps: Collection[int]) -> None:
    """Raise Refused for what this station was about to write under these stamps and what would not count."""
    own = [one for one in asides if one.at in stamps and one.feed.startswith(f"{station}.")]
    problems = {problem.sentence: problem for problem in map(_problem, own)}
    if problems:
        raise Refused(problems.values())


def _problem(one: Aside) -> Problem:
    kind, _, record_id = one.key.partition(":")
    cls = KINDS[kind]
    if one.fault:
        item = next(item for item in fields(cls) if item.name == one.field)
        return Problem(code="value", sentence=_wrong(item, one), fields=(one.field,))
    speaker = speaking(cls)
    text = said_by(speaker, record_id, one.value if one.field == speaker.name else None) if speaker else ""
    return overstep(cls, text, one.why)


def _wrong(item: Field, one: Aside) -> str:
    text = "" if item.personal else f"“{str(one.value)[:20]}”"
    return f"“{item.label}”{text}{one.why}，没有保存，请核对"
