"""Forgetting by term: two names, every office, no byte left, and every chain and frozen figure as before."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.services.desks import enter, over
from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, region, send
from tests.services.purges import (
    NAME,
    PLANTED,
    Offices,
    holding,
    later,
    life,
    purge,
    region_and_county,
)
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.openings import chain_form
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import (
    DailyLog,
    Decision,
    MonthClose,
    Person,
    Purge,
)
from tuopin_desktop.exchange import seal
from tuopin_desktop.exchange.bag import open_bag
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.forgetting import due, purging, subjects
from tuopin_desktop.services.office import soundness, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import snapshots


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with region_and_county(tmp_path) as opened:
        yield opened


def words_in(path: Path, desk: Desk) -> list[str]:
    lines = b"\n".join(seal.lines(seal.unseal(open_bag(path.read_bytes()).payload, stations.keys(desk).identity)))
    return [word for word in PLANTED if word.encode() in lines]


def test_a_person_is_forgotten_in_every_office_and_all_is_proved_as_before(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    assert holding(county)
    assert holding(root)
    frozen = {desk: snapshots.snapshots(desk, 2018)[0] for desk in (root, county)}
    figures = {desk: snapshots.opened(one).figures for desk, one in frozen.items()}
    close = registers.get(county, MonthClose, f"{COUNTY}/2018-06")
    outcome = purge(county, offices.person)
    assert outcome.remarks == ()
    assert outcome.records
    assert holding(county) == []
    up = send(county, REGION, stick)
    assert words_in(up, county) == []
    packages.take(root, up)
    assert holding(root) == []
    down = send(root, COUNTY, stick)
    assert words_in(down, root) == []
    packages.take(county, down)
    whole = packages.make(root, COUNTY, stick, everything=True)[0].path
    assert words_in(whole, root) == []
    assert holding(county) == []
    for desk in (root, county):
        assert desk.store.audit() == ""
        one = snapshots.snapshots(desk, 2018)[0]
        assert one.digest == frozen[desk].digest
        assert snapshots.opened(one).figures == figures[desk]
        assert registers.get(desk, Person, offices.person).name == subjects.NAMELESS
        now = registers.get(desk, MonthClose, close.id)
        assert (now.days, now.closed, now.edition) == (close.days, close.closed, close.edition)
        assert now.figures == close.figures.replace(NAME, "（已按期清除）")
    acts = county.store.rows(Purge)
    assert {(one.basis, one.proposed_by, one.confirmed_by) for one in acts} == {
        ("保管期限表第12项", county.user, "钱乙二")
    }


def test_what_was_forgotten_does_not_come_back_with_an_old_package(tmp_path: Path) -> None:
    root, county, stick = region(tmp_path / "15"), found(tmp_path / "county", COUNTY), tmp_path / "stick"
    join(root, county, stick)
    person = life(county).person
    old = send(county, REGION, stick)
    packages.take(root, old)
    later(county)
    later(root)
    purge(county, person)
    packages.take(root, send(county, REGION, stick))
    packages.take(root, old)
    assert holding(root) == []
    packages.undo(root)  # the old one brought nothing: this is the act
    packages.undo(root)
    packages.undo(root)
    packages.take(root, old)
    assert holding(root)  # it came again before the act did
    packages.take(root, packages.make(county, REGION, stick, everything=True)[0].path)
    assert holding(root) == []
    all_closed(root, county)


def test_an_office_that_is_restored_forgets_again(offices: Offices) -> None:
    county, stick = offices.county, offices.stick
    other = found(stick.parent / "second", COUNTY)
    with closing(other):
        join(offices.root, other, stick)
        assert holding(other)
        purge(county, offices.person)
        packages.take(offices.root, send(county, REGION, stick))
        packages.take(other, send(offices.root, COUNTY, stick))
        assert holding(other) == []
        assert other.store.audit() == ""


def test_it_takes_two_names_a_basis_and_an_archive(offices: Offices) -> None:
    county = offices.county
    for basis, archived, code in (("", "已移交", "basis"), ("第12项", "", "archived")):
        with pytest.raises(Refused) as refused:
            purging.propose(county, offices.person, basis, archived)
        assert refused.value.problems[0].code == code
    proposal = purging.propose(county, offices.person, "第12项", "已移交")
    for second in ("", county.user, f" {county.user} "):
        with pytest.raises(Refused, match="另一人确认"):
            purging.confirm(county, proposal.id, second)
    with pytest.raises(Refused, match="已经提出"):
        purging.propose(county, offices.person, "第12项", "已移交")
    purging.withdraw(county, proposal.id)
    assert purging.proposals(county) == []
    assert registers.get(county, Person, offices.person).name == NAME


def test_an_act_with_one_name_counts_nowhere(offices: Offices) -> None:
    county = offices.county
    keys = "\n".join(sorted(subjects.within(county, subjects.of(county, offices.person).own)))
    act = Purge(id=f"{COUNTY}/x", person=offices.person, basis="x", proposed=date(2029, 1, 1), proposed_by="赵甲一")
    forged = msgspec.structs.replace(act, confirmed=date(2029, 1, 1), confirmed_by="赵甲一", keys=keys)
    from_county = scalars(forged)
    county.store.commit([Change("purge", forged.id, from_county)], "赵甲一", county.clock.stamp_ms())
    assert purging.follow(county) is None
    packages.take(offices.root, send(county, REGION, offices.stick))
    assert registers.get(offices.root, Person, offices.person).name == NAME


def test_what_the_region_keeps_of_him_stays_until_its_own_two_names(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    with over(root, date(2029, 6, 5)):
        decision = Decision(id=f"{COUNTY}/d", matter="leave", subject=offices.person, reason="家中有事")
        root.store.commit([Change("decision", decision.id, scalars(decision))], "赵甲一", root.clock.stamp_ms())
    packages.take(county, send(root, COUNTY, stick))
    purge(county, offices.person)
    packages.take(root, send(county, REGION, stick))
    assert registers.get(root, Decision, decision.id).reason == "家中有事"
    assert [one.rest for one in due.listed(root)] == [True]
    purge(root, offices.person)
    assert registers.get(root, Decision, decision.id).reason == ""
    packages.take(county, send(root, COUNTY, stick))
    assert registers.get(county, Decision, decision.id).reason == ""
    assert due.listed(root) == []


def test_somebody_else_of_that_name_keeps_it(offices: Offices) -> None:
    county = offices.county
    other = enter(county, NAME)
    outcome = purge(county, offices.person)
    assert registers.get(county, Person, other.person).name == NAME
    assert "同名" in outcome.remarks[0]
    assert all(NAME not in one.text for one in county.store.rows(DailyLog))


def test_who_is_due_follows_the_rule_pack(offices: Offices) -> None:
    county = offices.county
    assert [(one.name, one.ended, one.due) for one in due.listed(county)] == [
        (NAME, date(2018, 12, 31), date(2028, 12, 31))
    ]
    later(county, 2028)
    assert due.listed(county) == []
    assert [one.due for one in due.listed(county, soon=True)] == [date(2028, 12, 31)]


def test_lines_of_format_1_are_not_called_forgotten(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    county = offices.county
    monkeypatch.setattr("tuopin_desktop.store.writing.apart", lambda _kind: frozenset())
    posting = enter(county, "巴特尔", until=date(2018, 12, 31))
    with pytest.raises(Refused, match="旧版本程序写入"):
        purging.propose(county, posting.person, "第12项", "已移交")


def test_what_is_written_after_the_act_stays(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    purge(county, offices.person)
    person = registers.get(county, Person, offices.person)
    registers.save(county, msgspec.structs.replace(person, note="又来任职"))
    packages.take(root, send(county, REGION, stick))
    for desk in (root, county):
        assert purging.follow(desk) is None
        assert registers.get(desk, Person, offices.person).note == "又来任职"
        assert ids.owner(person.id) == COUNTY
    shutil.rmtree(stick)


def test_values_left_out_on_the_way_are_missed_and_come_with_the_next_whole_package(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    with root.store.ledger.writing() as cursor:
        cursor.execute("INSERT INTO gate(n) VALUES (3)")
        rows = cursor.execute("SELECT n, seq, line FROM log WHERE key LIKE 'person:%'").fetchall()
        lines = [(chain_form(bytes(raw)), n, seq) for n, seq, raw in rows]
        cursor.executemany("UPDATE log SET line = ? WHERE n = ? AND seq = ?", lines)
        cursor.execute("DELETE FROM gate WHERE n = 3")
        root.store.ledger.fold(cursor, [f"person:{offices.person}"])
    assert registers.get(root, Person, offices.person).name == ""
    assert root.store.audit() == ""
    assert "没有送到" in soundness.verify(root).fault
    packages.take(root, packages.make(county, REGION, stick, everything=True)[0].path)
    assert registers.get(root, Person, offices.person).name == NAME
    assert soundness.verify(root).fault == ""
    purge(county, offices.person)
    packages.take(root, send(county, REGION, stick))
    assert soundness.verify(root).fault == ""
