"""Offices as releases made them that knew no encryption."""

from pathlib import Path

from tuopin_desktop.domain.change import Change
from tuopin_desktop.services.office import library
from tuopin_desktop.store.store import DATABASE, First, Store


def make_plain(folder: Path) -> None:
    """Make an office as an earlier release did, with one person."""
    folder.mkdir(parents=True)
    office = Change("office", "150426/office", {"name": "派驻翁牛特旗脱贫攻坚工作总队", "level": "county"})
    person = Change("person", "150426/p1", {"name": "先来的人"})
    first = First([office, person], "王", 1528074000000)
    shipped = library.shipped_records()
    Store.create(folder / DATABASE, office="150426", practice=False, shipped=shipped, first=first).close()
