"""What a slip costs in an office of many people against one of few: the office's size is nothing.

A pause in typing it, and its saving with its steps and story shown afterwards, the writing itself among it.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from tests.benchmarks._figure import Figure
from tests.services.desks import changed, open_office
from tests.services.smallregions import fill
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import LeaveSlip, Person, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave, near
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave import questions

FEW, MANY, SLIPS, ROUNDS = 30, 300, 10, 15
FIGURES = {
    "slip pause, 10 x the people": Figure("an office of a tenth of the people", 1.2),
    "slip saved and shown, 10 x the people": Figure("an office of a tenth of the people", 1.3),
    "slip pause": Figure("10 ms", 1.0),
}


def people(number: int) -> list[Record]:
    """Return that many members of ten counties, each with ten slips."""
    records: list[Record] = []
    for at in range(number):
        county = f"1504{21 + at % 10}"
        posting = Posting(
            id=f"{county}/q{at}", person=f"{county}/p{at}", county=county, position="member", since=date(2018, 6, 1)
        )
        records += [Person(id=posting.person, name=f"王{chr(0x4E00 + at)}", birth="1975-03"), posting]
        for month in range(SLIPS):
            first = date(2018 + (month + 5) // 12, (month + 5) % 12 + 1, 5)
            slip = LeaveSlip(id=f"{county}/s{at}-{month}", posting=posting.id, form="member", filled=first)
            records.append(changed(slip, name="王", place="北京", reason="开会", period=f"{first}am/{first}pm"))
    return records


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def opened(folder: Path, number: int) -> tuple[Desk, LeaveSlip]:
    """Return a region office with that many people, and a slip that is being typed there."""
    desk = open_office(folder, level="region")
    fill(desk, [people(number)])
    desk.clock = FixedClock(datetime(2019, 6, 3, 9))
    draft = leave.draft(desk, "150421/q0")
    slip = changed(draft, period="2019-06-05am/2019-06-08pm", place="呼和浩特市", reason="参加会议")
    questions.compose(desk, slip)  # fonts, calendar and rulings are read once
    return desk, slip


def saving(desk: Desk, slip: LeaveSlip, at: int) -> Callable[[], object]:
    """Return the saving of a slip with another note."""
    noted = changed(slip, note=f"第{at}次")
    return lambda: questions.saved_slip(desk, noted)


def rows() -> list[tuple[str, float, str]]:
    """(name, ratio, detail); rounds are interleaved and the median of their ratios counts."""
    with tempfile.TemporaryDirectory() as folder:
        few, slip = opened(Path(folder) / "few", FEW)
        many, other = opened(Path(folder) / "many", MANY)
        with closing(few), closing(many):
            pairs = [
                (timed(lambda: questions.compose(few, slip)), timed(lambda: questions.compose(many, other)))
                for _ in range(ROUNDS)
            ]
            least = timed(lambda: near.read(many, other))
            saved = [(timed(saving(few, slip, at)), timed(saving(many, other, at))) for at in range(ROUNDS)]
    small, large = (statistics.median(one[at] for one in pairs) * 1000 for at in (0, 1))
    before, after = (statistics.median(one[at] for one in saved) * 1000 for at in (0, 1))
    shown = f"{FEW} people {before:.1f} ms CPU, {MANY} people {after:.1f} ms"
    detail = f"{FEW} people {small:.1f} ms CPU, {MANY} people {large:.1f} ms, {least * 1000:.1f} ms of it reading"
    return [
        ("slip pause, 10 x the people", statistics.median(two / one for one, two in pairs), detail),
        ("slip pause", large / 10, detail),
        ("slip saved and shown, 10 x the people", statistics.median(two / one for one, two in saved), shown),
    ]
