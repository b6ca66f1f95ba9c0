"""A sealed term passes no door: every kind of record, an import, a package, its undoing; what goes on stays open."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.plausible import plausible
from tests.services import network
from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain import ids, sealing
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import Form, Owner, Record, Scalar, fields, scalars
from tuopin_desktop.domain.records import KINDS, Meeting, Person, Posting, TermSeal
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

GOES_ON = {
    *("office", "county", "station", "revocation", "rule_pack", "purge", "user", "access"),
    *("term_seal", "closing_note"),
    *("fonds", "filing_rule", "archive_item", "catalogue_heads", "archive_handover"),
    *("personal_material", "personal_handover", "service_certificate", "extract", "lending"),
}
"""The kinds that are about the office and its archive, named here on purpose: a new one is behind the seal."""
TERM = date(2020, 12, 31)


def sealed(desk: Desk, pack: str = "2018-nmg") -> None:
    """Seal the term as the service's last step does."""
    seal = TermSeal(id=f"{desk.scope}/{pack}", pack=pack, state="sealed", ends=TERM, sealed_on=date(2026, 11, 30))
    desk.commit([Change("term_seal", seal.id, {name: value for name, value in scalars(seal).items() if value})])


def refused(desk: Desk, *changes: Change) -> bool:
    """Tell whether the wall refuses, and for nothing but the seal."""
    try:
        desk.guarded(list(changes))
    except Refused as error:
        return all(problem.code == sealing.CODE for problem in error.problems)
    return False


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, dict[str, Record]]]:
    """Give a region office with one plausible record of every kind that is about a term, not sealed yet."""
    desk = open_office(tmp_path_factory.mktemp("office"), level="region")
    desk.clock = FixedClock(datetime(2026, 11, 30, 9))
    enter(desk, "王五")
    records: dict[str, Record] = {}

    def kept(kind: str) -> Record:
        cls = KINDS[kind]
        if kind not in records:
            held = desk.store.rows(cls) if kind in ("person", "posting", "team") else []
            records[kind] = held[0] if held else _kept(cls)
        return records[kind]

    def _kept(cls: type[Record]) -> Record:
        kind = cls.kind
        record_id = f"{'15' if kind.owner is Owner.REGION and kind.name in ('ruling', 'calendar_year') else '150426'}/x"
        made = plausible(cls, desk.vocabulary, lambda ref: kept(ref).id, "150426", id=record_id)
        values = {name: value for name, value in scalars(made).items() if value is not None} | _auto(cls, kept)
        desk.store.commit([Change(kind.name, record_id, values)], "甲", desk.clock.stamp_ms())
        record = desk.store.get(cls, record_id)
        assert record is not None, kind.name
        return record

    for name in KINDS:
        if name not in GOES_ON:
            kept(name)
    yield desk, records
    desk.close()


def _auto(cls: type[Record], kept: Callable[[str], Record]) -> dict[str, Scalar]:
    """Return what a use case fills in by itself: its days, and whose an attachment or a correction of a field is."""
    values: dict[str, Scalar] = {one.name: "2019-05-06" for one in fields(cls) if one.auto and one.form is Form.DATE}
    about = {"subject": ids.key("meeting", kept("meeting").id)} if cls.kind.name in ("attachment", "amendment") else {}
    return values | about


def test_the_kinds_that_go_on_after_a_term_are_named() -> None:
    assert {name for name, cls in KINDS.items() if cls.kind.beyond_term or cls.kind.local} == GOES_ON


def test_after_the_seal_no_record_of_any_kind_is_changed_deleted_or_added(
    region: tuple[Desk, dict[str, Record]],
) -> None:
    desk, records = region
    free = [name for name, one in records.items() if not refused(desk, Change(name, one.id, {"deleted": 1}))]
    assert set(free) == set(records)  # before the seal
    sealed(desk)
    for name, one in records.items():
        values: dict[str, Scalar] = {key: value for key, value in scalars(one).items() if value is not None}
        assert refused(desk, Change(name, one.id, {"deleted": 1})), name
        assert refused(desk, Change(name, one.id, {"note": "改"})), name
        if name not in ("person", "team"):
            assert refused(desk, Change(name, f"{ids.owner(one.id)}/new", values)), name
    assert desk.store.audit() == ""
    desk.store.refold()  # the way out of a damaged file is no writing


def test_a_successor_under_another_pack_works_on_in_a_sealed_office(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office")
    old = enter(desk, "王五")
    desk.clock = FixedClock(datetime(2026, 11, 30, 9))
    sealed(desk)
    with pytest.raises(Refused, match="封存"):
        enter(desk, "钱七", since=date(2021, 6, 1))
    new = enter(desk, "赵六", pack="2021-village", since=date(2021, 6, 1))
    registers.save(desk, Meeting(id=registers.new_id(desk), type="joint", county="150426", held=date(2026, 11, 3)))
    person = desk.store.get(Person, new.person)
    assert person is not None
    assert not refused(desk, Change("person", new.person, {"phone": "13900000000"}))
    assert refused(desk, Change("person", old.person, {"phone": "13900000000"}))
    again = Change("posting", "150426/again", {"person": old.person, "pack": "2021-village", "since": "2021-06-01"})
    assert not refused(desk, Change("person", old.person, {"phone": "13900000000"}), again)
    assert not refused(desk, Change("daily_log", f"{new.id}/2026-11-03", {"posting": new.id, "date": "2026-11-03"}))
    assert refused(desk, Change("daily_log", f"{old.id}/2026-11-03", {"posting": old.id, "date": "2026-11-03"}))
    for change in ({"until": "2026-11-30", "end_reason": "term"}, {"deleted": 1}):
        assert not refused(desk, Change("posting", new.id, dict(change)))  # it says its pack in what is stored alone
        assert refused(desk, Change("posting", old.id, dict(change)))
    assert refused(desk, Change("posting", new.id, {"pack": "2018-nmg"}))  # nothing moves into the sealed term,
    assert refused(desk, Change("posting", old.id, {"pack": "2021-village"}))  # or out of it
    slip = leave.save(
        desk, changed(leave.draft(desk, new.id), place="呼和浩特市", reason="开会", period="2026-12-01/2026-12-02")
    )
    leave.save(desk, changed(slip, reason="培训"))
    desk.close()


def test_a_successor_comes_by_package_where_the_old_term_is_sealed(tmp_path: Path) -> None:
    network.template(tmp_path)
    county, region = _opened(tmp_path, "a1", "r1")
    sealed(region)
    new = enter(county, "赵六", pack="2021-village", since=date(2021, 6, 1))
    packages.take(region, packages.make(county, ids.REGION, tmp_path / "stick")[0].path)
    assert region.store.get(Posting, new.id) is not None
    for desk in (county, region):
        desk.close()


def test_whoever_cannot_open_a_seal_is_told_who_can(tmp_path: Path) -> None:
    network.template(tmp_path)
    first, second, region = _opened(tmp_path, "a1", "a2", "r1")
    posting = enter(first, "王五")
    stick = tmp_path / "stick"
    packages.take(second, packages.make(first, first.scope, stick)[0].path)
    sealed(first)
    trip = enter_opinion(second, posting)
    for desk in (second, region):
        packages.take(desk, packages.make(first, desk.scope, stick)[0].path)
    county = offices.called(first.scope)
    with pytest.raises(Refused, match=f"请{county}在“归档”的“结束任期”中写明原因重新打开"):
        packages.take(region, packages.make(second, region.scope, stick)[0].path)
    with pytest.raises(Refused, match=f"请{county}在“归档”的“结束任期”中写明原因重新打开"):
        region.commit([Change("posting", posting.id, {"note": "改"})])
    second.commit([Change("term_seal", f"{second.scope}/2018-nmg", {"state": "open"})])
    packages.take(region, packages.make(second, region.scope, stick)[0].path)  # what the county was told to do helps
    assert region.store.get(KINDS["round_trip"], trip) is not None
    for desk in (first, second, region):
        desk.close()


def _opened(folder: Path, *names: str) -> list[Desk]:
    return [offices.open_desk(folder / name, FixedClock(datetime(2026, 11, 30, 9))) for name in names]


def test_a_package_that_changes_a_sealed_term_is_held_and_comes_again_when_it_is_open(tmp_path: Path) -> None:
    network.template(tmp_path)
    county, region = (
        offices.open_desk(tmp_path / name, FixedClock(datetime(2026, 11, 30, 9))) for name in ("a1", "r1")
    )
    posting = enter(county, "王五")
    first = packages.make(county, ids.REGION, tmp_path / "stick")[0].path
    packages.take(region, first)
    sealed(county)
    back = enter_opinion(region, posting)
    package = packages.make(region, county.scope, tmp_path / "stick")[0].path
    before = county.store.position()
    for take in (packages.rehearse, packages.take):
        with pytest.raises(Refused, match="已经封存的任期（往返交通1条）"):
            take(county, package)
    assert county.store.position() == before
    county.commit([Change("term_seal", f"{county.scope}/2018-nmg", {"state": "open"})])
    packages.take(county, packages.make(region, county.scope, tmp_path / "stick")[0].path)
    assert county.store.get(KINDS["round_trip"], back) is not None
    sealed(county)
    with pytest.raises(Refused, match="已经封存的任期"):
        packages.undo(county)
    assert county.store.get(KINDS["round_trip"], back) is not None
    county.close()
    region.close()


def enter_opinion(region: Desk, posting: Posting) -> str:
    """Let the region note a trip of the county's man, which the county has not."""
    record_id = f"{posting.county}/trip"
    values: dict[str, Scalar] = {"posting": posting.id, "period": "2019-06-21am/2019-06-22am"}
    region.commit([Change("round_trip", record_id, values)])
    return record_id


def test_a_slip_of_a_sealed_term_is_printed_as_a_copy_and_nothing_is_written(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "office")
    posting = enter(desk, "王五")
    slip = leave.save(
        desk, changed(leave.draft(desk, posting.id), place="呼和浩特市", reason="开会", period="0605-0606")
    )
    desk.clock = FixedClock(datetime(2026, 11, 30, 9))
    sealed(desk)
    before = desk.store.position()
    leavedesk.printed(desk, [slip.id])
    assert desk.store.position() == before
    desk.commit([Change("term_seal", f"{desk.scope}/2018-nmg", {"state": "open"})])
    leavedesk.printed(desk, [slip.id])
    assert desk.store.position() != before
    desk.close()
