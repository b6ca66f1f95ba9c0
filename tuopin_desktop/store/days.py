"""Records kept by day, read as bits and dates: one pass in the database, no text is read, no record is built.

Their ids end in the day they are of, `<posting>/<YYYY-MM-DD>`.
"""

from collections import defaultdict
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import DOUBT
from tuopin_desktop.domain.record import Record, fields
from tuopin_desktop.store.database import Database
from tuopin_desktop.store.shipped import STATION as SHIPPED
from tuopin_desktop.store.writing import Ledger

_AT = "json_extract(CAST(line AS TEXT), '$.at')"
_CHINA = 8 * 3600
"""Seconds the days of the log are ahead of its stamps, which are in universal time."""


def kept(database: Database, cls: type[Record], between: tuple[str, str], month: str = "") -> dict[str, int]:
    """Return the days of live records as bits by the id up to the month; with a month, only its days."""
    of_month = ' AND "date" >= ? AND "date" < ?' if month else ""
    query = (
        f'SELECT substr(id, 1, length(id) - 3) AS month, sum(1 << (substr(id, -2) - 1)) FROM "{cls.kind.name}"'
        f" WHERE coalesce(deleted, 0) = 0 AND id >= ? AND id < ?{of_month} GROUP BY month"
    )
    values = (*between, f"{month}-01", f"{month}-32") if month else between
    return {str(row[0]): int(row[1]) for row in database.execute_sql(query, values).fetchall()}


def by_value(database: Database, cls: type[Record], field: str, between: tuple[str, str]) -> dict[str, dict[str, int]]:
    """Return the days of live records as bits, the first of a month is 1, by the id up to the month and by a value.

    `between` are the first id and the one behind the last; an empty value is "".
    """
    if field not in {item.name for item in fields(cls)}:
        raise KeyError(field)
    query = (
        f"SELECT substr(id, 1, length(id) - 3), coalesce(\"{field}\", ''), sum(1 << (substr(id, -2) - 1))"
        f' FROM "{cls.kind.name}" WHERE coalesce(deleted, 0) = 0 AND id >= ? AND id < ? GROUP BY 1, 2'
    )
    counts_by_key: dict[str, dict[str, int]] = defaultdict(dict)
    for month, value, bits in database.execute_sql(query, between).fetchall():
        counts_by_key[str(month)][str(value)] = int(bits)
    return dict(counts_by_key)


def keyed_out_of_time(
    ledger: Ledger, cls: type[Record], between: tuple[str, str], most: int, until_ms: int
) -> dict[str, date]:
    """Return live records whose first line in the log lies before their day, or more than `most` days after it.

    Nobody is late by a clock that is not believed (`until_ms`, see `domain/clocks`), nor with a day before anybody
    worked with this program for that office: that is history keyed in afterwards.
    """
    kind = cls.kind.name
    query = f"""
        WITH first AS (
            SELECT substr(key, {len(kind) + 2}) AS id, min({_AT}) AS at FROM log WHERE key >= ? AND key < ? GROUP BY key
        ), timed AS (
            SELECT id, date((at >> 16) / 1000 + {_CHINA}, 'unixepoch') AS keyed FROM first
            WHERE at & {DOUBT} = 0 AND at >> 16 <= ?
        )
        SELECT id, keyed FROM timed
        WHERE julianday(keyed) - julianday(substr(id, -10)) NOT BETWEEN 0 AND ?
          AND id IN (SELECT id FROM "{kind}" WHERE coalesce(deleted, 0) = 0)
        ORDER BY id
    """
    ends = [f"{kind}:{name}" for name in between]
    with ledger.reading() as cursor:
        rows = cursor.execute(query, (*ends, until_ms, most)).fetchall()
    began = at_work(ledger, until_ms) if rows else {}
    named = ((str(record_id), date.fromisoformat(keyed)) for record_id, keyed in rows)
    return {
        record_id: keyed
        for record_id, keyed in named
        if (day := date.fromisoformat(record_id[-10:])) > keyed or day >= began.get(ids.owner(record_id), date.min)
    }


def at_work(ledger: Ledger, until_ms: int) -> dict[str, date]:
    """Return by owner code the day of the first line whose clock is believed: from then on work about it is keyed."""
    query = f"""
        SELECT scope, (SELECT {_AT} FROM log WHERE log.n = feed.n AND {_AT} & {DOUBT} = 0 AND {_AT} >> 16 <= ?
                       ORDER BY seq LIMIT 1) AS at
        FROM feed WHERE station <> '{SHIPPED}'
    """
    query = f"SELECT scope, date((min(at) >> 16) / 1000 + {_CHINA}, 'unixepoch') FROM ({query}) GROUP BY scope"
    with ledger.reading() as cursor:
        rows = cursor.execute(query, (until_ms,)).fetchall()
    return {str(scope): date.fromisoformat(day) for scope, day in rows if day}
