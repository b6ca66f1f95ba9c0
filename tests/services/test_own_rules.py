"""What a kind has of its own is declared by kind, asked at every door, and handed records of that kind alone."""

from collections.abc import Iterator
from inspect import isfunction
from itertools import chain
from pathlib import Path

import pytest

from tests.services.desks import open_office
from tuopin_desktop.domain.journals.entries import natural_id
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.attendance.monthrows import MonthRows
from tuopin_desktop.services.office import belonging, calendars, closedmonths, journalkeeping, ownrules, packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.ownrules import OWN
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.registers.refrows import RefRows
from tuopin_desktop.services.sheets.journalrows import JournalRows
from tuopin_desktop.services.sheets.matching import Matcher


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
    own = (closedmonths.problems, calendars.day_problems, calendars.year_problems, calendars.natural_id)
    journals = (journalkeeping.log_problems, journalkeeping.note_problems, journalkeeping.item_problems, natural_id)
    rows = [vars(one).values() for one in (Matcher, JournalRows, MonthRows, RefRows)]
    functions = [one for one in (*asked, *own, *journals, *chain.from_iterable(rows)) if isfunction(one)]
    assert len(functions) > 50
    assert [one.__qualname__ for one in functions if "isinstance" in one.__code__.co_names] == []
