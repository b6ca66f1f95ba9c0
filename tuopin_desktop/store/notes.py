"""What was noted of the Office's opinion on a slip and the Office decided otherwise, as rows and log say it."""

from collections.abc import Collection
from typing import Any

from tuopin_desktop.domain.change import Aside, decode
from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.domain.records.choices import RESULT
from tuopin_desktop.store import statements

BESIDE = "以办公室的决定为准"


def contradicted(cursor: Any, touched: Collection[str] | None = None) -> list[Aside]:
    """Return the notes that the Office's decision contradicts; with `touched` of those log keys, or decided by them."""
    if touched is not None and not any(key.startswith(("opinion:", "decision:")) for key in touched):
        return []
    asides = []
    for note, verdict, decision, result in cursor.execute(statements.NOTES_CONTRADICTED).fetchall():
        key = f"opinion:{note}"
        if touched is None or key in touched or f"decision:{decision}" in touched:
            asides.append(_aside(cursor, key, verdict, f"{BESIDE}（{RESULT.word(result)}）"))
    return asides


def _aside(cursor: Any, key: str, verdict: str, why: str) -> Aside:
    rows = [
        (decode(bytes(raw)), feed, office, seq)
        for feed, office, seq, raw in cursor.execute(statements.SOURCES_OF_RECORD, (key,))
    ]
    of_office = [row for row in rows if row[2] != REGION and row[0].set.get("verdict") == verdict] or rows
    line, feed, office, seq = max(of_office, key=lambda row: (row[0].at, row[1], row[3]))
    return Aside(
        key=key, field="verdict", value=verdict, why=why, office=office, by=line.by, at=line.at, feed=feed, seq=seq
    )
