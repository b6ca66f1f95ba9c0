"""What a kind has of its own is declared by kind, asked at every door, and handed records of that kind alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.office import belonging, calendars, closedmonths, journalkeeping, ownrules, packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.ownrules import OWN
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office", practice=True)
    yield desk
    desk.close()


@pytest.mark.parametrize("cls", OWN)
def test_own_rules_are_those_of_a_register(cls: type[Record]) -> None:
    assert KINDS[cls.kind.name] is cls


@pytest.mark.parametrize("cls", OWN)
def test_the_rules_of_a_kind_are_asked(cls: type[Record], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Record] = []

    def problems(_: Desk, record: Record) -> list[Problem]:
        asked.append(record)
        return []

    monkeypatch.setattr(ownrules, "OWN", {**OWN, cls: OWN[cls]._replace(problems=problems)})
    record = registers.blank(desk, cls.kind.name)
    registers.check(desk, record)
    assert asked == [record]


def test_no_check_of_one_kind_looks_for_it_among_others() -> None:
    asked = (registers.check, registers.settled, registers.preset, belonging.problems, packs.problems)
    own = (closedmonths.problems, calendars.day_problems, calendars.year_problems, journalkeeping.problems)
    assert [one.__qualname__ for one in (*asked, *own) if "isinstance" in one.__code__.co_names] == []
