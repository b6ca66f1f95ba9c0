"""Older and newer programs side by side: what one does not know it keeps, hands on, and shows after its upgrade."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import changed, enter
from tests.services.exchangers import COUNTY, LEAGUE, REGION, all_closed, found, join, region, reopened, send
from tuopin_desktop.domain import record
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS, Incident, Person
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store import migrations, tables
from tuopin_desktop.store.migrations import Step, add_field, add_kind

NEWER = ("incident:", "person:150426/")


@contextmanager
def restored(table: dict[Any, Any]) -> Iterator[None]:
    """Put a table back as it was, in its order."""
    kept = dict(table)
    try:
        yield
    finally:
        table.clear()
        table.update(kept)


@contextmanager
def older_program() -> Iterator[None]:
    """Be a program that has never heard of incidents, nor of a person's note."""
    declared = tuple(item for item in fields(Person) if item.name != "note")
    columns = migrations._declared
    with restored(KINDS), restored(tables.TABLES), restored(record._DECLARED), pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_declared", lambda: (one for one in columns() if one != ("person", "note")))
        record._DECLARED[Person] = declared
        del KINDS["incident"]
        tables.TABLES.pop("incident", None)
        tables.TABLES["person"] = tables._table(Person)
        record._by_name.cache_clear()
        try:
            yield
        finally:
            record._by_name.cache_clear()


@pytest.fixture
def newer_steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes the next office that is opened be brought from the older program's schema to this one's."""

    def declare() -> None:
        last = migrations.newest()
        added = (
            Step(last + 1, "incidents are kept", add_kind("incident")),
            Step(last + 2, "persons have a note", add_field("person", "note")),
        )
        monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, *added))

    return declare


def newer_lines(desk: Desk) -> list[bytes]:
    """Return the lines that carry what the older program does not know, byte for byte."""
    with desk.store.ledger.reading() as cursor:
        rows = cursor.execute("SELECT key, line FROM log ORDER BY key, line").fetchall()
    return [bytes(line) for key, line in rows if key.startswith(NEWER)]


def _written(desk: Desk) -> tuple[str, str]:
    posting = enter(desk, "张三", note="会蒙古语")
    incident = Incident(
        id=registers.new_id(desk), posting=posting.id, date=date(2018, 6, 3), clause="gambling", text="擅自离岗"
    )
    return posting.person, registers.save(desk, incident).id


def test_what_a_newer_program_sends_is_kept_handed_on_verbatim_and_appears_after_the_upgrade(
    tmp_path: Path, newer_steps: Callable[[], None]
) -> None:
    county = found(tmp_path / "county", COUNTY)
    with older_program():
        root, league = region(tmp_path / "15"), found(tmp_path / "league", LEAGUE)
        join(root, league, tmp_path)
    join(root, county, tmp_path)
    with older_program():
        packages.take(league, send(root, LEAGUE, tmp_path))  # the county's certificate
    packages.take(county, send(root, COUNTY, tmp_path))  # and the league's
    person, incident = _written(county)
    package = send(county, LEAGUE, tmp_path)
    with older_program():
        said = packages.account(packages.take(league, package))
        assert any("本版程序不认识的内容：新记录1个" in line for line in said)
        packages.take(root, send(league, REGION, tmp_path))
        assert newer_lines(root) == newer_lines(league) == newer_lines(county) != []
        held = root.store.get(Person, person)
        assert held is not None
        assert (held.name, held.note) == ("张三", "")
        registers.save(root, changed(held, native_place="通辽"))
        assert root.store.audit() == ""
    packages.take(county, send(root, COUNTY, tmp_path))  # what was edited there meanwhile does not touch the note
    assert _person(county, person) == ("会蒙古语", "通辽")
    all_closed(county)
    with older_program():
        all_closed(league)
    root.close()
    newer_steps()
    upgraded = reopened(root)
    assert _person(upgraded, person) == ("会蒙古语", "通辽")
    assert [one.id for one in upgraded.store.rows(Incident)] == [incident]
    all_closed(upgraded)


def _person(desk: Desk, person: str) -> tuple[str, str]:
    held = desk.store.get(Person, person)
    assert held is not None
    return held.note, held.native_place


def test_an_older_programs_package_fills_what_it_does_not_know_with_nothing(tmp_path: Path) -> None:
    root = region(tmp_path / "15")
    with older_program():
        county = found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    with older_program():
        posting = enter(county, "张三")
        package = send(county, REGION, tmp_path)
    packages.take(root, package)
    assert _person(root, posting.person)[0] == ""
    held = root.store.get(Person, posting.person)
    assert held is not None
    registers.save(root, changed(held, note="会蒙古语"))
    down = send(root, COUNTY, tmp_path)
    with older_program():
        packages.take(county, down)
        all_closed(county)
    all_closed(root)
