"""Of any month under any papers: what is laid over it, and what clashes, by half-days looked at one by one."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import POSTING
from tuopin_desktop.domain.attendance.codes import halves
from tuopin_desktop.domain.attendance.laidover import Cover, clashes, days_of, in_rank, lay_over, ledger, stretch_of
from tuopin_desktop.domain.attendance.stays import Stay
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.records import Attendance, LeaveSlip
from tuopin_desktop.domain.records.attendance import DAYS

MONTH = "2018-07"
_DAYS = ("vw/vw", "ol/ol", "ou/ou", "ot/vw", "/vw", "ol/", "", "cr/cr", "ou/oli")


def stretches(rng: random.Random) -> Iterator[range]:
    """Yield stretches of half-days in and around July 2018."""
    for _ in range(rng.randint(0, 4)):
        first = half_number(date(2018, 6, rng.randint(20, 30)), "am") + rng.randint(0, 90)
        yield range(first, first + rng.randint(1, 24))


def papers(rng: random.Random) -> tuple[tuple[Cover, ...], tuple[Stay, ...]]:
    covers = [
        Cover(
            one,
            LeaveSlip(
                id=f"150125/s{at}",
                number=f"2018-{at:04d}",
                posting=POSTING,
                leave_type=rng.choice(("personal", "official")),
                relation=rng.choice(("", "extension")),
            ),
            rng.choice(("approved", "waiting", "refused", "overstay")),
        )
        for at, one in enumerate(stretches(rng))
    ]
    stays = [
        Stay(one, rng.choice(("on", "cn", "o?")), rng.choice(("training", "trip")), f"training_attendance:{at}", "培训")
        for at, one in enumerate(stretches(rng))
    ]
    return in_rank(covers), tuple(stays)


@pytest.mark.parametrize("seed", range(300))
def test_a_month_under_papers_is_its_half_days_under_papers(seed: int) -> None:
    rng = random.Random(seed)
    covers, stays = papers(rng)
    days: Any = {name: rng.choice(_DAYS) for name in DAYS}
    record = Attendance(id=f"{POSTING}/{MONTH}", posting=POSTING, month=MONTH, **days)
    known, until = ledger(record, MONTH, covers, stays), date(2018, 7, rng.randint(1, 31))
    every = [(number, text) for number, half in known.items() for text in half.clashes]
    assert clashes(record, covers, until, stays) == [one for one in every if one[0] <= half_number(until, "pm")]
    laid = [code for day in lay_over(days_of(record), MONTH, covers, stays) for code in halves(day)]
    codes = [known[number].code if number in known else "" for number in stretch_of(MONTH)]
    assert laid == codes


def test_a_month_no_paper_touches_is_handed_on_as_it_is() -> None:
    days = ("vw/vw",) * 31
    august = range(half_number(date(2018, 8, 1), "am"), half_number(date(2018, 8, 3), "pm"))
    assert lay_over(days, MONTH, (Cover(august, LeaveSlip(id="150125/s"), "approved"),)) is days
