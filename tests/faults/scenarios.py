"""What is done while a disk fails: each work of an office with its state before and after."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec

from tests.services.exchangers import COUNTY, MORNING, REGION, found, join, names, people, region, send
from tests.services.plainoffices import make_plain
from tuopin_desktop.domain.records import Person
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import backups, offices, rescue
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.sheets import intake

Begin = Callable[[], None]


class Scenario(msgspec.Struct, frozen=True):
    """One work: how its folder is made, what is done in it, who is on the roster before and after."""

    name: str
    make: Callable[[Path], None]
    act: Callable[[Path, Begin], None]
    """Does it; calls its second argument when the faults may begin: opening an office is a scenario of its own."""
    before: tuple[str, ...]
    after: tuple[str, ...]


OFFICE = "office"


def opened(folder: Path) -> Desk:
    """Open the office of a scenario."""
    return offices.open_desk(folder / OFFICE, FixedClock(MORNING))


def _office(folder: Path) -> None:
    with closing(found(folder / OFFICE, COUNTY)) as desk:
        people(desk, "甲")


def _open(folder: Path, begin: Begin) -> None:
    begin()
    opened(folder).close()


def _with_journal(folder: Path) -> None:
    """Leave an office as a PC does whose plug was pulled: the last entry stands in the journal alone."""
    _office(folder)
    twin = folder.with_name(folder.name + "-pulled")
    with closing(opened(folder)) as desk:
        desk.store._database.execute_sql("PRAGMA wal_autocheckpoint=0")
        people(desk, "乙")
        shutil.copytree(folder, twin)
    shutil.rmtree(folder)
    twin.rename(folder)


def _commit(folder: Path, begin: Begin) -> None:
    with closing(opened(folder)) as desk:
        begin()
        registers.save(desk, Person(id=registers.new_id(desk, COUNTY), name="乙", birth="1975-03"))


def _with_sheet(folder: Path) -> None:
    _office(folder)
    rows = "\n".join(f"{name},男,1975-03,汉族" for name in "乙丙丁")
    (folder / "people.csv").write_text(f"姓名,性别,出生年月,民族\n{rows}\n", encoding="utf-8-sig")


def _sheet(folder: Path, begin: Begin) -> None:
    with closing(opened(folder)) as desk:
        begin()
        intake.confirm(desk, intake.preview(desk, "person", folder / "people.csv"))


def _with_package(folder: Path) -> None:
    other = folder.with_name(folder.name + "-county")
    root, county = region(folder / OFFICE), found(other, COUNTY)
    with closing(root), closing(county):
        join(root, county, folder)
        people(county, *"甲乙丙")
        send(county, REGION, folder / "stick")
    shutil.rmtree(other)


def _package(folder: Path, begin: Begin) -> None:
    with closing(opened(folder)) as desk:
        begin()
        packages.take(desk, next((folder / "stick").glob("*.zip")))


def _outgoing(folder: Path, begin: Begin) -> None:
    with closing(opened(folder)) as desk:
        begin()
        packages.make(desk, COUNTY, folder / "out")


def _backup(folder: Path, begin: Begin) -> None:
    with closing(opened(folder)) as desk:
        begin()
        backups.make(desk)


def _with_copy(folder: Path) -> None:
    with closing(found(folder / OFFICE, COUNTY)) as desk:
        people(desk, "甲")
        backups.make(desk)
        people(desk, "乙")


def _restore(folder: Path, begin: Begin) -> None:
    begin()
    copy = next((folder / OFFICE / backups.FOLDER).glob("手工-*.db"))
    backups.restore(folder / OFFICE, copy, FixedClock(MORNING))


def _with_damage(folder: Path) -> None:
    _with_copy(folder)
    path = folder / OFFICE / "office.db"
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])


def _salvage(folder: Path, begin: Begin) -> None:
    begin()
    bench = rescue.Bench(folder / OFFICE, FixedClock(MORNING))
    rescue.adopt(bench, rescue.attempt(bench))


def _plain(folder: Path) -> None:
    """Leave an office of an earlier release, with a copy of its own."""
    make_plain(folder / OFFICE)
    copies = folder / OFFICE / backups.FOLDER
    copies.mkdir()
    shutil.copy(folder / OFFICE / "office.db", copies / "每日-20180603-第1号.db")


def roster(folder: Path) -> tuple[str, ...]:
    """Return who is on the roster, every chain and row of the office proved; ("?",) for one that is damaged still."""
    with closing(opened(folder)) as desk:
        assert (fault := desk.store.audit()) == "", fault
        return tuple(names(desk))


SCENARIOS = {
    one.name: one
    for one in (
        Scenario("open", _with_journal, _open, ("乙", "甲"), ("乙", "甲")),
        Scenario("commit", _office, _commit, ("甲",), ("乙", "甲")),
        Scenario("sheet", _with_sheet, _sheet, ("甲",), ("丁", "丙", "乙", "甲")),
        Scenario("package", _with_package, _package, (), ("丙", "乙", "甲")),
        Scenario("outgoing", _with_package, _outgoing, (), ()),
        Scenario("backup", _with_copy, _backup, ("乙", "甲"), ("乙", "甲")),
        Scenario("restore", _with_copy, _restore, ("乙", "甲"), ("甲",)),
        Scenario("replace", _with_damage, _restore, ("damaged",), ("甲",)),
        Scenario("encrypt", _plain, _open, ("先来的人",), ("先来的人",)),
        Scenario("salvage", _with_damage, _salvage, ("damaged",), ("乙", "甲")),
    )
}
