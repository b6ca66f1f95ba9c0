"""Records kept by day, read as bits and dates: one pass in the database, no text is read, no record is built.

Their ids end in the day they are of, `<posting>/<YYYY-MM-DD>`.
"""

from collections import defaultdict
from datetime import date, timedelta

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.record import Record, fields
from tuopin_desktop.store import sqlite
from tuopin_desktop.store.database import Database
from tuopin_desktop.store.shipped import STATION as SHIPPED
from tuopin_desktop.store.writing import Ledger

_EPOCH = date(1970, 1, 1)


def day_bits(database: Database, cls: type[Record], between: tuple[str, str], month: str = "") -> dict[str, int]:
    """Return the days of live records as bits by the id up to the month; with a month, only its days."""
    query = sqlite.days(cls.kind.name, of_month=bool(month))
    values = (*between, f"{month}-01", f"{month}-32") if month else between
    return {str(row[0]): int(row[1]) for row in database.execute_sql(query, values).fetchall()}


def by_value(database: Database, cls: type[Record], field: str, between: tuple[str, str]) -> dict[str, dict[str, int]]:
    """Return the days of live records as bits, the first of a month is 1, by the id up to the month and by a value.

    `between` are the first id and the one behind the last; an empty value is "".
    """
    if field not in {item.name for item in fields(cls)}:
        raise KeyError(field)
    query = sqlite.days_by_value(cls.kind.name, field)
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
    ends = [f"{kind}:{name}" for name in between]
    began = at_work(ledger, until_ms)
    first = min((day for scope, day in began.items() if between[0] <= f"{scope}/" < between[1]), default=date.min)
    with ledger.reading() as cursor:
        query = sqlite.keyed_out_of_time(kind)
        rows = cursor.execute(query, (*ends, until_ms, most, first.isoformat())).fetchall()
    named = ((str(record_id), _EPOCH + timedelta(days=keyed)) for record_id, keyed in rows)
    return {
        record_id: keyed
        for record_id, keyed in named
        if (day := date.fromisoformat(record_id[-10:])) > keyed or day >= began.get(ids.owner(record_id), date.min)
    }


def at_work(ledger: Ledger, until_ms: int) -> dict[str, date]:
    """Return by owner code the day of the first line whose clock is believed: from then on work about it is keyed."""
    with ledger.reading() as cursor:
        rows = cursor.execute(sqlite.FIRST_DAYS, (until_ms, SHIPPED)).fetchall()
    return {str(scope): date.fromisoformat(day) for scope, day in rows if day}
