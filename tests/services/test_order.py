"""An office tells its records in their own order: two offices that keep the same say the same, line by line."""

import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed, open_office
from tests.services.leaveteam import at, cells
from tests.services.smallregions import Region, fill, shuffled, told, under_other_ids
from tuopin_desktop.domain.record import Record
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.journals import hints, ledger
from tuopin_desktop.services.judging import judging, teammonth
from tuopin_desktop.services.leave.leavebooks.calls import calls
from tuopin_desktop.services.leave.leavebooks.filings import filings
from tuopin_desktop.services.leave.leavebooks.lates import lates
from tuopin_desktop.services.leave.leavebooks.register import register
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.recall import recall
from tuopin_desktop.services.registers import registerlists, registers
from tuopin_desktop.services.reporting import overview, snapshots
from tuopin_desktop.services.reporting.circular import circular
from tuopin_desktop.services.sheets import intake
from tuopin_desktop.services.spotchecks import spotchecks

NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
DAY = date(2018, 12, 12)
MONTH = "2018-10"


def findings(desk: Desk) -> Iterable[object]:
    for one in judging.stream(desk):
        yield one.verdict.label, one.rule, one.subject_words, one.sentence, one.inputs, one.steps


def lists(desk: Desk) -> Iterable[object]:
    for group in registerlists.GROUPS.values():
        for kind in group:
            for line in registerlists.listed(desk, kind, reveal=True).rows:
                yield kind, line.county, line.cells
    for kind in ("person", "posting", "leave_slip", "opinion", "filing", "attendance", "spot_check"):
        yield from registers.rows(desk, kind)


TOLD: Mapping[str, Callable[[Desk], Iterable[object]]] = {
    "check": findings,
    "duties of the year": lambda desk: radar.table(radar.duties(desk)),
    "duties due": lambda desk: radar.table(radar.due(desk)),
    "overview": lambda desk: cells(overview.printed(desk)),
    "circular": lambda desk: circular(desk, MONTH).blocks,
    "circular of June": lambda desk: circular(desk, "2018-06").blocks,
    "lists": lists,
    "people": lambda desk: roster.people(desk),
    "teams": lambda desk: roster.matrix(desk),
    "evidence": lambda desk: evidence.rows(desk),
    "checks made": lambda desk: spotchecks.rows(desk),
    "suspicions": lambda desk: recall.suspicions(desk),
    "leave register": lambda desk: cells(register(desk, 2018)),
    "calls": lambda desk: cells(calls(desk)),
    "filings": lambda desk: cells(filings(desk, 2018)),
    "late leave": lambda desk: cells(lates(desk, 2018)),
    "month": lambda desk: [
        changed(one, counting=None)  # what counts says nothing of its own
        for one in teammonth.read(desk, MONTH, "150426").members
    ],
    "items": lambda desk: ledger.items(desk, "150426", "all"),
    "alike logs": lambda desk: hints.hints(desk, "2018-W32", "150426"),
    "year": lambda desk: sorted(snapshots.measured(desk, 2018).tables.items()),
}
"""What an office tells, by what it is called."""


def office(folder: Path, groups: Iterable[Iterable[Record]]) -> Desk:
    desk = open_office(folder, level="region")
    fill(desk, groups)
    at(desk, DAY)
    return desk


@pytest.fixture(scope="module", params=range(8) if NIGHTLY else range(1))
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    folder, seed = tmp_path_factory.mktemp("offices"), 107 + request.param
    records = Region(seed).records
    again = shuffled(under_other_ids(records, seed + 1), seed + 2)
    with closing(office(folder / "one", [records])) as one, closing(office(folder / "other", again)) as other:
        yield one, other


@pytest.mark.parametrize("what", TOLD)
def test_the_same_records_in_another_order_under_other_ids_are_told_alike(what: str, pair: tuple[Desk, Desk]) -> None:
    said, again = ([line for part in TOLD[what](desk) for line in told(part)] for desk in pair)
    assert said or NIGHTLY, "an office that says nothing proves nothing"
    assert said == again


def sheets(seed: int) -> dict[str, list[str]]:
    """Return the lists a county types, by register: the heading, then a row for each."""
    rng = random.Random(seed)
    names = ("王海", "赵五", "李四", "孙六", "白音", "乌兰")
    seats = ("队长,区直", "副队长,盟市", "队员,区直", "队员,区直", "队员,旗县", "队员,旗县")
    kept = {
        "roster": ["姓名,队内职务,来源,派驻时间,出生年月,派出单位"],
        "attendance": ["姓名,月份," + ",".join(str(day) for day in range(1, 31))],
        "round_trip": ["姓名,往返时间,路线,报销金额,报销日期"],
        "follow_up": ["队员,方式,日期,谈话人"],
        "meeting": ["会议类别,召开日期,主持人,纪要"],
        "insurance": ["姓名,保险公司,保单号,保险起,保险止"],
    }
    for name, seat in zip(names, seats, strict=True):
        kept["roster"].append(f"{name},{seat},2018-06-01,1975-03,{rng.choice(('林业厅', '农牧厅'))}")
        days = ",".join(rng.choice(("√", "√", "○", "休", "旷", "")) for _ in range(30))
        kept["attendance"].append(f"{name},2018-06,{days}")
        day = rng.randint(10, 28)
        kept["round_trip"].append(f"{name},2018-06-{day}至2018-06-{day + 1},往返,386.5,2018-07-{day}")
        kept["follow_up"].append(f"{name},谈心谈话,2018-07-{day},处长")
        kept["insurance"].append(f"{name},人保,{rng.randint(1, 99)},2018-06-{day},2018-09-30")
    kept["meeting"] += [f"{what},2018-0{month}-05,王海," for what in ("工作分析例会", "联席会议") for month in (7, 8)]
    return kept


def read_in(desk: Desk, folder: Path, kept: Mapping[str, list[str]], rng: random.Random | None) -> None:
    """Take lists in as they are; with chance, in another order of rows, each in two parts, registers the other way."""
    later = [kind for kind in kept if kind != "roster"]
    if rng is not None:
        rng.shuffle(later)
    for kind in ("roster", *later):
        heading, *rows = kept[kind]
        if rng is not None:
            rng.shuffle(rows)
        half = rng.randint(1, len(rows) - 1) if rng is not None else len(rows)
        for part in filter(None, (rows[:half], rows[half:])):
            path = folder / f"{kind}.csv"
            path.write_text("\n".join([heading, *part]) + "\n", "utf-8")
            seen = intake.preview(desk, kind, path)
            assert [words for _, words, _ in seen.messages()] == []
            assert intake.confirm(desk, seen).new == len(part)


def test_lists_taken_in_the_other_way_round_are_told_alike(tmp_path: Path) -> None:
    """Rows shuffled, lists in two parts, registers in another order, and ids by chance, as every import gives them."""
    every = []
    for name, rng in (("one", None), ("other", random.Random(7))):
        with closing(open_office(tmp_path / name)) as desk:
            at(desk, date(2018, 9, 3))
            read_in(desk, tmp_path, sheets(3), rng)
            what = (
                "check",
                "duties of the year",
                "duties due",
                "overview",
                "circular of June",
                "people",
                "teams",
                "lists",
            )
            every.append({key: [line for part in TOLD[key](desk) for line in told(part)] for key in what})
    assert every[0] == every[1]
    assert all(every[0].values())
