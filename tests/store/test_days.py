"""Which logs were keyed before or long after their day, by the log alone, however a line is spelled."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.store.offices import NOON, new_store
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import Scalar
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.store.days import at_work, keyed_out_of_time
from tuopin_desktop.store.store import Store

_DAY = 86_400_000
OFFICE = ("150426/", "1504260")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)
    yield store
    store.close()


def log(store: Store, day: str, at: int, *, deleted: bool = False) -> str:
    record_id = f"150426/p/{day}"
    values: dict[str, Scalar] = {
        "posting": "150426/p",
        "date": day,
        "text": "走访",
        **({"deleted": 1} if deleted else {}),
    }
    store.commit([Change("daily_log", record_id, values)], "王", at)
    return record_id


def out_of_time(store: Store) -> dict[str, date]:
    return keyed_out_of_time(store.ledger, DailyLog, OFFICE, 7, NOON + 365 * _DAY)


def test_logs_keyed_before_or_long_after_their_day_are_told_with_the_day_they_were_keyed(store: Store) -> None:
    start = date.fromtimestamp(NOON / 1000)
    assert at_work(store.ledger, NOON + 365 * _DAY) == {}

    def day(number: int) -> str:
        return date.fromordinal(start.toordinal() + number).isoformat()

    log(store, day(-30), NOON)  # history keyed in on the first day: nobody is late with it
    ahead = log(store, day(3), NOON)
    log(store, day(1), NOON + 8 * _DAY)
    late = log(store, day(0), NOON + 8 * _DAY)
    log(store, day(2), NOON + 20 * _DAY, deleted=True)
    assert out_of_time(store) == {late: date.fromisoformat(day(8)), ahead: start}
    assert list(out_of_time(store)) == [late, ahead]


def test_a_line_that_spells_its_stamp_otherwise_is_read_all_the_same(store: Store) -> None:
    log(store, "2018-06-01", NOON)
    log(store, "2018-06-04", NOON + 60 * _DAY)
    before = out_of_time(store)
    assert before
    with store.ledger.writing() as cursor:
        cursor.execute("DROP TRIGGER guard_log_update")
        for n, seq, raw in cursor.execute("SELECT n, seq, line FROM log").fetchall():
            turned = dict(reversed(json.loads(bytes(raw)).items()))
            line = json.dumps(turned, ensure_ascii=False, indent=1).encode()
            cursor.execute("UPDATE log SET line = ? WHERE n = ? AND seq = ?", (line, n, seq))
    assert out_of_time(store) == before
