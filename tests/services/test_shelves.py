"""What is put together from shelves is what judging everything at once says, in its order, whatever happened before."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.desks import arrived, enter, open_office
from tests.services.shelfhistory import (
    COUNTIES,
    FIRST,
    LAST,
    NOW,
    STAMP,
    History,
    again,
    differences,
    graded,
    settle,
    started_again,
)
from tests.services.smallregions import Region, fill
from tests.sqlfiles import sql_in
from tuopin_desktop.domain.change import Change, FeedLine, difference
from tuopin_desktop.domain.record import Owner, scalars
from tuopin_desktop.domain.records import Call, LeaveSlip, Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.appraisal import year
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import circular, monthshelf
from tuopin_desktop.services.shelves import merge, shelves
from tuopin_desktop.store.memo import MEMO

NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
SEEDS, STEPS = (range(40), 40) if NIGHTLY else (range(2), 2)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A region with transfers, two packs and closed months, which is only read."""
    with closing(open_office(tmp_path_factory.mktemp("settled") / "region", level="region")) as desk:
        settle(desk, 1)
        yield desk


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "region", level="region")) as desk:
        yield desk


def test_a_region_is_told_of_as_if_judged_at_once(settled: Desk) -> None:
    assert differences(settled) == []
    verdicts = {one.verdict for one in merge.to_do(settled)}
    assert [one for one in judging.findings(settled) if one.verdict in verdicts] == merge.to_do(settled)
    assert {one.pack for one in merge.findings(settled)} >= {"", "2021-village"}


def test_the_next_start_judges_nothing(settled: Desk) -> None:
    before = merge.findings(settled)
    shelves.of(settled).ensure()
    later = again(settled)
    assert later.stale() == []
    settled._kept.clear()
    assert merge.findings(settled) == before
    assert shelves.of(settled).count == 0


def test_a_league_is_told_of_as_if_judged_at_once_also_when_notes_come_to_one_county_alone(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "league", level="league", county="1504")) as desk:
        region = Region(5, ("150426", "150429"), FIRST, LAST)
        fill(desk, [[one for one in region.records if one.id.startswith("1504") and one.kind.owner is Owner.COUNTY]])
        desk.clock = FixedClock(NOW)
        assert differences(desk) == []
        leader = enter(desk, "王海", "leader")
        away = LeaveSlip(
            id="150426/away", posting=leader.id, form="leader", name="王海", place="北京", reason="探亲",
            leave_type="personal", filled=FIRST, period="2018-06-05am/2018-06-07pm", returned="2018-06-07pm",
        )  # fmt: skip
        own = Call(id="150426/away/call-county", slip=away.id, side="county", day=date(2018, 6, 7), word="ABCD")
        desk.store.commit([Change(one.kind.name, one.id, scalars(one)) for one in (away, own)], "赵甲", STAMP)
        before = merge.tallies(desk)["150426"]
        slip = next(one for one in desk.store.rows(LeaveSlip) if one.id.startswith("150429") and one.returned)
        note = difference({}, scalars(Call(slip=slip.id, side="liaison", day=LAST, word="ABCD")))
        line = FeedLine(at=STAMP << 16, by="赵甲", key=f"call:{slip.id}/call-liaison", set=note, was={})
        arrived(desk, "15", [line])
        assert differences(desk) == []
        assert merge.tallies(desk)["150426"] != before


def test_the_office_hears_of_grades_that_belong_to_counties(region: Desk) -> None:
    posting = enter(region, "张三", since=date(2018, 6, 1))
    region.clock = FixedClock(datetime(2019, 1, 2, 9))
    merge.duties(region)
    for decided in (False, True):
        said = graded(posting.id, decided)
        region.commit([Change("grade", f"{posting.id}/2018", dict(said))])
        assert "" in shelves.of(region).stale()
        assert differences(region) == []
        states = {one.rule: one.said for one in merge.duties(region)[2019] if one.rule in ("A15-1", "A15-3")}
        assert states == {"A15-3": "应评1人，已登记1人", "A15-1": f"应评1人，已登记{int(decided)}人"}


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_shelves_say_what_judging_at_once_says(region: Desk, seed: int) -> None:
    settle(region, seed)
    merge.findings(region)
    history, kept = History(region, seed), shelves.of(region)
    for number in range(STEPS):
        before = kept.count
        event, most = history.step()
        assert differences(region) == [], (seed, number, event)
        assert again(region).stale() == [], (seed, number, event)
        assert most is None or kept.count - before <= most, (seed, number, event, kept.count - before)


def test_a_change_in_one_county_judges_that_county_alone(region: Desk) -> None:
    posting = enter(region, "张三")
    enter(region, "李四", county=COUNTIES[0])
    kept = shelves.of(region)
    kept.ensure()
    count = kept.count
    region.commit([Change("person", posting.person, {"name": "张三丰"})])
    assert kept.stale() == ["150426"]
    kept.ensure()
    assert kept.count == count + 1


def test_what_nothing_changed_of_is_put_together_once(region: Desk) -> None:
    posting = enter(region, "张三")
    before = merge.duties(region)
    assert merge.duties(region) is before
    region.commit([Change("person", posting.person, {"name": "张三丰"})])
    assert merge.duties(region) is not before
    assert merge.duties(region)[2018] == radar.duties(region, 2018)


def test_a_change_in_one_county_judges_that_county_alone_in_every_topic(region: Desk) -> None:
    posting = enter(region, "张三")
    year.compute(region, 2018)
    circular.circular(region, "2018-06")
    topics = [shelves.about(region, year.topic_of(region, 2018)), shelves.about(region, monthshelf.topic("2018-06"))]
    counts = [one.count for one in topics]
    region.commit([Change("person", posting.person, {"name": "张三丰"})])
    assert [one.stale() for one in topics] == [["150426"]] * 2
    assert next(one.name for one in year.compute(region, 2018).members) == "张三丰"
    circular.circular(region, "2018-06")
    assert [one.count for one in topics] == [count + 1 for count in counts]
    assert all(again(region, one.topic).stale() == [] for one in topics)


def test_another_scheme_judges_the_year_anew_and_nothing_else(region: Desk) -> None:
    enter(region, "张三")
    merge.findings(region)
    before = year.compute(region, 2018)
    text = (RESOURCES / "schemes" / "2018-example.toml").read_text(encoding="utf-8")
    (region.folder / "schemes").mkdir()
    own = (
        text.replace('id = "2018-example"', 'id = "own"')
        .replace("from = 90", "from = 95")
        .replace("from = 60", "from = 0")
    )
    (region.folder / "schemes" / "own.toml").write_text(own, encoding="utf-8")
    assert year.compute(region, 2018).scheme.id == "own" != before.scheme.id
    assert year.compute(region, 2018) == year.at_once(region, 2018)
    assert shelves.of(region).stale() == []


def test_what_the_office_keeps_about_one_county_judges_no_other(region: Desk) -> None:
    posting = enter(region, "张三")
    shelves.of(region).ensure()
    said = {
        "matter": "replacement",
        "subject": posting.id,
        "result": "approved",
        "decided": "2018-06-02",
        "paper": "1号",
    }
    region.store.commit([Change("decision", "15/d", dict(said))], "赵甲", 1_528_000_000_000)
    assert set(shelves.of(region).stale()) == {"", "15", "150426"}


def test_a_ruling_judges_everybody(region: Desk) -> None:
    shelves.of(region).ensure()
    said = {"switch": "journal.late_days", "value": "3", "paper": "1号", "ruled": "2018-06-01", "applies": "2018-06-01"}
    region.commit([Change("ruling", "15/r", dict(said))])
    assert len(shelves.of(region).stale()) == shelves.of(region).total()


@pytest.mark.parametrize("damage", ["gone", "torn", "foreign", "older"] + ["short"] * NIGHTLY)
def test_a_memo_that_cannot_be_read_costs_judging_again_and_no_word(settled: Desk, damage: str) -> None:
    path = settled.folder / MEMO
    merge.findings(settled)
    settled.memo.close()
    raw = path.read_bytes()
    started_again(settled)
    name = next(iter(settled.store.rows(Person))).name
    settled.store.commit([Change("person", settled.store.rows(Person)[0].id, {"name": f"{name}又"})], "赵甲", STAMP)
    before = merge.findings(settled)
    settled.memo.close()
    spoil(path, damage, raw)
    started_again(settled)
    assert merge.findings(settled) == before == judging.findings(settled)
    assert again(settled).stale() == []
    total = shelves.of(settled).total()
    assert shelves.of(settled).count in ((1, 2) if damage == "older" else (total,))  # a neighbour of a transfer, too


def test_a_memo_whose_keys_are_newer_than_its_drawers_is_judged_again(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with closing(open_office(folder)) as desk:
        posting = enter(desk, "张三")
        older = merge.findings(desk)
    torn = Path(shutil.copy(folder / MEMO, tmp_path / MEMO))
    with closing(offices.open_desk(folder, FixedClock(NOW))) as desk:
        desk.commit([Change("person", posting.person, {"name": "王五"})])
        newer = merge.findings(desk)
    with sql_in(folder / MEMO) as memo:
        rows = memo.execute("SELECT owner, about FROM shelf").fetchall()
    with sql_in(torn) as memo:
        memo.executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?)", rows)
        memo.commit()
    shutil.copy(torn, folder / MEMO)
    with closing(offices.open_desk(folder, FixedClock(NOW))) as desk:
        assert merge.findings(desk) == newer != older
        assert differences(desk) == []


def spoil(path: Path, damage: str, older: bytes) -> None:
    raw = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "torn":
        path.write_bytes(raw[:4096] + b"\0" * (len(raw) - 4096))
    elif damage == "short":
        path.write_bytes(raw[: len(raw) // 3])
    elif damage == "foreign":
        path.write_bytes(b"no memo at all" * 100)
    else:
        path.write_bytes(older)


def test_a_memo_is_for_its_owners_eyes_and_no_copy_holds_it(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "office")) as desk:
        enter(desk, "张三")
        merge.findings(desk)
        assert (desk.folder / MEMO).stat().st_mode & 0o077 == 0
        copy = desk.store.backup(tmp_path / "copy.db").path
        assert b"CREATE TABLE drawer" not in copy.read_bytes()
        assert again(desk).stale() == []
        desk.judge_anew()
        assert len(again(desk).stale()) == shelves.of(desk).total()
