"""Opened offices with a few people, for the services' tests."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, FeedLine, difference, encode
from tuopin_desktop.domain.journals.entries import log_id
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import DailyLog, Person, Posting
from tuopin_desktop.machine import paths
from tuopin_desktop.machine.clock import Clock, FixedClock
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

MORNING = datetime(2018, 6, 4, 9, 0)


def open_office(folder: Path, *, level: str = "county", county: str = "150426", **details: Any) -> Desk:
    """Set up an office on 2018-06-04 and open it.

    Making one costs four times as much as opening it, so an office of each kind is made once and then copied. Two
    copies have one key, as the PCs of nobody have: a test in which two offices of a kind meet makes them itself.
    """
    shutil.copytree(
        _office(level, county if level != "region" else "", tuple(sorted(details.items())), paths.config_folder()),
        folder,
        dirs_exist_ok=True,
    )
    return offices.open_desk(folder, FixedClock(MORNING))


@cache
def _office(level: str, county: str, details: tuple[tuple[str, Any], ...], _account: Path) -> Path:
    # A test may be another account of the PC: what one has made opens for no other.
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    offices.create(folder / "office", level=level, county=county, clock=FixedClock(MORNING), **dict(details))
    return folder / "office"


def enter(desk: Desk, name: str, position: str = "member", county: str = "150426", **said: Any) -> Posting:
    """Enter a person with a posting since 2018-06-01 and return the posting."""
    of_posting = ("since", "until", "local_post", "source_level", "pack")
    about_posting = {key: said.pop(key) for key in of_posting if key in said}
    person = Person(id=registers.new_id(desk, county), name=name, **{"birth": "1975-03", "rank": "division", **said})
    registers.save(desk, person)
    posting = Posting(
        id=registers.new_id(desk, county),
        person=person.id,
        county=county,
        position=position,
        **{"since": date(2018, 6, 1), **about_posting},
    )
    saved = registers.save(desk, posting)
    assert isinstance(saved, Posting)
    return saved


class _Over(FixedClock):
    """Another clock's time on a later day: what is keyed of that day has happened by then."""

    def __init__(self, clock: Clock, day: date) -> None:
        super().__init__(datetime.combine(max(day, clock.today()), clock.now().time()))
        self._clock = clock

    def wall_ms(self) -> int:
        return self._clock.wall_ms()

    def stamp_ms(self) -> int:
        return self._clock.stamp_ms()


@contextmanager
def over(desk: Desk, day: date) -> Iterator[None]:
    """Work on a day, or on the desk's own where that is later, and go back: the log's stamps stay as they would be."""
    before, desk.clock = desk.clock, _Over(desk.clock, day)
    try:
        yield
    finally:
        desk.clock = before


def write_logs(desk: Desk, posting: Posting, days: Iterable[date], text: str = "走访农牧户") -> None:
    """Write a daily log for each of the days, straight into the store."""
    logs = [DailyLog(id=log_id(posting.id, day), posting=posting.id, date=day, text=text) for day in days]
    if logs:
        with over(desk, max(log.date for log in logs if log.date)):
            desk.commit(Change("daily_log", log.id, difference({}, scalars(log))) for log in logs)


def changed(record: Any, **said: Any) -> Any:
    """Return the record with other values."""
    return msgspec.structs.replace(record, **said)


def arrived(desk: Desk, office: str, lines: list[FeedLine]) -> None:
    """Put lines into the log as they stand, as a feed of another office's would bring them, and fold them."""
    scope = ids.owner(lines[0].key.partition(":")[2])
    with desk.store.ledger.writing() as cursor:
        digest, raws = b"", [encode(line) for line in lines]
        for raw in raws:
            digest = hashlib.sha256(digest + raw).digest()
        station = f"from{cursor.execute('SELECT count(*) FROM feed').fetchone()[0]}"
        cursor.execute(
            "INSERT INTO feed(feed, station, scope, era, practice, office, seq, hash) VALUES (?, ?, ?, 1, 0, ?, ?, ?)",
            (f"{station}.1.{scope}", station, scope, office, len(lines), digest),
        )
        n = cursor.lastrowid
        rows = [(n, seq, line.key, raw) for seq, (line, raw) in enumerate(zip(lines, raws, strict=True), 1)]
        cursor.executemany("INSERT INTO log(n, seq, key, line) VALUES (?, ?, ?, ?)", rows)
        desk.store.ledger.fold(cursor, [line.key for line in lines])
