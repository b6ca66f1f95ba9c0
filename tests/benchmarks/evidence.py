"""What the cross-check of evidence adds to `check` over a year of half-days and logs, and how it grows."""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.benchmarks._figure import Figure
from tests.benchmarks.attendance import FIRST, LAST, SIZES, fill, owners, stored
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.change import FeedLine, encode
from tuopin_desktop.domain.rules import evidence
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging, traces
from tuopin_desktop.services.office import library, offices
from tuopin_desktop.services.office.desk import Desk

FIGURES = {f"cross-check, {size} x 365 days": Figure("the rest of check", 1.5) for size in SIZES}
_PLACES = {"v": "village", "c": "county"}
_TEXT = "走访贫困户，了解春耕备耕和产业项目进展，向嘎查两委反馈存在的问题。"


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def fill_logs(desk: Desk, size: int) -> int:
    """Put a log for every day worked straight into table and change log, keyed the same evening."""
    calendar = library.calendar()
    rows: list[tuple[str, ...]] = []
    lines: list[tuple[int, int, str, bytes]] = []
    for place, owner in enumerate(owners(size)):
        posting = f"{owner}/{place:06d}"
        for day in days_of(FIRST, LAST):
            code = stored(place, day, calendar)
            if code[1] != "w" or code[0] not in _PLACES:
                continue
            kept = (f"{posting}/{day}", posting, f"{day}", _PLACES[code[0]], _TEXT)
            rows.append(kept)
            evening = int(datetime(day.year, day.month, day.day, 10).timestamp() * 1000)
            said = {"posting": posting, "date": kept[2], "place_kind": kept[3], "text": _TEXT}
            line = FeedLine(at=evening << 16, by="某", key=f"daily_log:{kept[0]}", set=dict(said))
            lines.append((9, len(lines) + 1, line.key, encode(line)))
    with desk.store._ledger.writing() as cursor:
        cursor.executemany("INSERT INTO daily_log(id, posting, date, place_kind, text) VALUES (?, ?, ?, ?, ?)", rows)
        cursor.executemany("INSERT INTO log(n, seq, key, line) VALUES (?, ?, ?, ?)", lines)
    return len(rows)


def measured(folder: Path, size: int) -> tuple[str, float, str]:
    clock = FixedClock(datetime(2020, 2, 3, 9))
    office = folder / f"office-{size}"
    offices.create(office, level="region", clock=clock)
    with closing(offices.open_desk(office, clock)) as desk:
        fill(desk, size)
        logs = fill_logs(desk, size)
        whole = min(timed(lambda: judging.findings(desk)) for _ in range(3 if size < 1_000 else 1))
        facts = judging.facts(desk, traced=True)
        policy = judging.policy_on(desk, facts.today)
        kinds = {cls: desk.store.rows(cls) for cls in traces.KINDS}
        reading = timed(lambda: traces.gather(desk, facts.today, [("15", "16")], kinds))
        finding = timed(lambda: evidence.subjects(facts, policy))
        number = len(evidence.subjects(facts, policy))
    added = reading + finding
    detail = f"{logs} logs read in {reading:.2f} s, compared in {finding:.2f} s, {number} found; check {whole:.2f} s"
    return f"cross-check, {size} x 365 days", added / (whole - added), detail


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio to the rest of check, detail) for each number of people."""
    with tempfile.TemporaryDirectory() as folder:
        return [measured(Path(folder), size) for size in SIZES]
