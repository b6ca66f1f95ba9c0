"""The county whose month is registered and closed by keys and by hands."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at, made, team
from tests.ui.hands import let_go_of_keys
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

NOON = datetime(2018, 7, 2, 12)


@pytest.fixture(autouse=True)
def hands_off(qapp: QApplication) -> None:
    """No key of the test before is held."""
    let_go_of_keys()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Five people, two of them on leave in June; it is 2 July."""
    with closing(open_office(tmp_path / "office", practice=True)) as desk:
        people = team(desk)
        enter(desk, "周七", unit="翁牛特旗水利局")
        made(desk, people["李四"], "2018-06-12am/2018-06-14pm")
        made(desk, people["赵五"], "2018-06-21pm/2018-06-22pm")
        at(desk, NOON.date(), NOON.hour)
        for slip in registers.rows(desk, "leave_slip"):
            returned = "2018-06-15am" if "06-12" in slip.period else "2018-06-23am"  # type: ignore[attr-defined]  # rows of slips are slips
            registers.save(desk, changed(slip, returned=returned, reported=date(2018, 6, 25)))
        yield desk
