"""Whether two database files hold the same, table for table and row for row, whatever their pages look like."""

from itertools import zip_longest
from pathlib import Path

from tuopin_desktop.store import sqlite
from tuopin_desktop.store.inspection import just_proved, naming_damage, open_read_only

_MARK = "turn"
"""The name of the row of `meta` that every copy has of its own."""


def differing(one: Path, other: Path) -> str:
    """Return the first table, or what is written in the head of the file, that differs; "" where all is the same.

    Both were proved before. Raises Trouble.
    """
    with just_proved("没有核对"), naming_damage(), open_read_only(one) as left, open_read_only(other) as right:
        for statement in (sqlite.APPLICATION, sqlite.SCHEMA_NUMBER, sqlite.SCHEMA):
            if left.execute_sql(statement).fetchall() != right.execute_sql(statement).fetchall():
                return statement
        for (table,) in left.execute_sql(sqlite.TABLES).fetchall():
            rows = (side.execute_sql(sqlite.all_rows(table)) for side in (left, right))
            if any(a != b and not _are_marks(table, a, b) for a, b in zip_longest(*rows)):
                return str(table)
    return ""


def _are_marks(table: str, one: tuple[object, ...] | None, other: tuple[object, ...] | None) -> bool:
    return table == "meta" and one is not None and other is not None and one[0] == other[0] == _MARK
