"""At a patient desk nobody waits: what was judged before is shown and said to be older, the rest is judged later."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import msgspec
import pytest

from tests.services.desks import open_office
from tests.services.shelfhistory import FIRST, LAST, NOW, STAMP, differences, started_again
from tests.services.smallregions import Region, fill
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.record import Owner, scalars
from tuopin_desktop.domain.records import LeaveSlip, Person, Posting
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.domain.shelf.tally import Tally
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import overview
from tuopin_desktop.services.shelves import drawers, merge, shelves

HERE, THERE = "150426", "150429"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A league of which two counties keep records."""
    with closing(open_office(tmp_path_factory.mktemp("settled") / "league", level="league", county="1504")) as desk:
        records = Region(5, (HERE, THERE), FIRST, LAST).records
        fill(desk, [[one for one in records if one.id.startswith("1504") and one.kind.owner is Owner.COUNTY]])
        desk.clock = FixedClock(NOW)
        yield desk


def tomorrow(desk: Desk) -> None:
    desk.clock = FixedClock(desk.clock.now() + timedelta(days=1))


@pytest.fixture
def patient(settled: Desk) -> Iterator[Desk]:
    """The same region as a window has it, which would rather see at once what was judged before."""
    clock = settled.clock
    merge.findings(settled)
    settled.patient = True
    yield settled
    settled.patient, settled.clock, settled.later = False, clock, None
    settled.take_standing()


def test_a_patient_desk_shows_yesterdays_findings_and_judges_them_later(patient: Desk) -> None:
    older = merge.to_do(patient)
    tomorrow(patient)
    assert merge.to_do(patient) == older
    standing = shelves.of(patient).standing()
    assert (standing.count, standing.older) == (0, True)
    slices = tellings = 0
    while patient.later is not None:
        told = patient.later()
        slices += 1
        if told is not None:
            standing = told
            tellings += 1
    assert tellings == standing.count == standing.total == shelves.of(patient).total()
    assert slices > 10 * tellings
    assert standing.kinds == judging.SHELF_KINDS
    assert differences(patient) == []


def test_a_patient_desk_judges_a_changed_county_at_once(patient: Desk) -> None:
    record = patient.store.rows(Person)[3]
    patient.store.commit([Change("person", record.id, {"name": f"{record.name}改"})], "赵甲", STAMP)
    assert differences(patient) == []
    assert patient.later is None


def put(desk: Desk, county: str) -> str:
    """Write a slip of the first person of a county, and return its id."""
    posting = next(one for one in desk.store.rows(Posting) if one.county == county)
    slip = LeaveSlip(
        id=f"{county}/new{len(desk.store.rows(LeaveSlip))}",
        posting=posting.id,
        form="member",
        name="新",
        place="北京",
        reason="探亲",
    )
    desk.store.commit([Change(slip.kind.name, slip.id, scalars(slip))], "赵甲", STAMP)
    return slip.id


def test_what_was_just_saved_is_seen_at_once_whatever_else_is_of_yesterday(patient: Desk) -> None:
    tomorrow(patient)
    merge.stories(patient)
    judged = shelves.of(patient).count
    slip = put(patient, THERE)
    assert slip in {one.slip.id for one in merge.stories(patient)}
    assert shelves.of(patient).count == judged + 1
    assert len(shelves.of(patient).stale()) > 3


def test_what_was_just_saved_is_judged_first_also_where_nobody_asked(patient: Desk) -> None:
    tomorrow(patient)
    merge.stories(patient)
    put(patient, THERE)
    shelves.of(patient).step()
    assert THERE not in shelves.of(patient).stale()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The owners that cannot be judged."""
    owners: set[str] = set()
    fill_all = drawers.fill

    def fill(part: Part) -> Steps[dict[str, bytes]]:
        if part.owner in owners:
            raise ZeroDivisionError(part.owner)
        return fill_all(part)

    monkeypatch.setattr(drawers, "fill", fill)
    return owners


def test_who_cannot_be_judged_stops_nobody_else_and_is_reported_once(patient: Desk, failing: set[str]) -> None:
    tomorrow(patient)
    failing.add(HERE)
    older = merge.tallies(patient)[HERE]
    bugs: list[Exception] = []
    for _ in range(3):  # and at every refresh after a change
        while patient.later is not None:
            bugs += standing.errors if (standing := patient.later()) is not None else ()
        assert shelves.of(patient).stale() == [HERE]
        assert merge.tallies(patient)[HERE] == older
        put(patient, THERE)
        merge.stories(patient)
    assert [str(one) for one in bugs] == [HERE]
    with pytest.raises(ZeroDivisionError):
        merge.settle(patient)
    failing.clear()
    merge.settle(patient)
    assert merge.findings(patient) == judging.findings(patient)


def test_who_cannot_be_judged_for_paper_is_the_last_to_be_tried(patient: Desk, failing: set[str]) -> None:
    tomorrow(patient)
    kept = shelves.of(patient)
    failing.add(kept.stale()[0])
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            kept.ensure()
    assert {*kept.stale()} == failing


def test_what_is_of_yesterday_is_never_answered_without_saying_so(patient: Desk) -> None:
    assert merge.to_do(patient)
    assert patient.take_standing() is None
    tomorrow(patient)
    merge.to_do(patient)
    assert patient.take_standing() == shelves.of(patient).standing()
    assert patient.take_standing() is None


def test_what_an_update_gave_another_shape_is_said_to_be_missing(
    patient: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started_again(patient)
    tomorrow(patient)
    fields = [(one.name, int, 0) for one in msgspec.structs.fields(Tally)]
    shape = msgspec.defstruct("Tally", [*fields, ("more", int, 0)], frozen=True)
    monkeypatch.setattr(drawers, "TALLY", msgspec.structs.replace(drawers.TALLY, type=shape))
    assert merge.tallies(patient) == {}
    assert shelves.of(patient).standing().partial
    patient._kept.clear()


def test_a_memo_lost_while_the_window_is_open_lets_nobody_wait(patient: Desk) -> None:
    started_again(patient)
    assert shelves.of(patient).stale() == []
    patient.memo.close()
    assert merge.to_do(patient) == []
    assert (shelves.of(patient).count, shelves.of(patient).standing().partial) == (0, True)
    while patient.later is not None:
        patient.later()
    assert shelves.of(patient).count == shelves.of(patient).total()
    assert merge.findings(patient) == judging.findings(patient)
    started_again(patient)


def test_what_goes_on_paper_is_never_of_yesterday(patient: Desk) -> None:
    patient.clock = FixedClock(patient.clock.now() + timedelta(days=40))
    printed = overview.printed(patient)
    assert shelves.of(patient).stale() == []
    patient.judge_anew()
    patient.patient = False
    assert overview.printed(patient) == printed
