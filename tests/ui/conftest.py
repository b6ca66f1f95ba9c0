"""An office to look at: one county team of five with a vacancy, opened by a runner that answers at once."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import msgspec
import pictures
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import let_go_of_keys, window_of
from tests.ui.kept import Gallery
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.machine import drives
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell

COUNTY = "150125"
NOW = datetime(2018, 6, 5, 10, 21)
TEAM = (
    ("白音", "leader", "region", "department", "1964-03", "旗县党委副书记"),
    ("乌云其木格", "deputy", "region", "division", "1972-11", "党委常委、政府副旗县长"),
    ("曾国强", "member", "region", "division", "1975-01", ""),
    ("龚彧", "member", "league", "division", "1978-08", ""),
)


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Dress the application once, with the bundled letters only."""
    theme.apply(qapp, bundled_only=True)


@pytest.fixture(autouse=True)
def hands_off(qapp: QApplication) -> None:
    """No key of the test before is held."""
    let_go_of_keys()


@pytest.fixture
def letters(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """How a test changes the size of letters; they are set back when its windows are gone.

    A change of style looks at every living widget anew: two seconds for a window all of whose pages were open.
    """
    yield partial(theme.set_size, qapp)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.set_size(qapp, 1.0)


def _changes(records: list[Record]) -> list[Change]:
    return [Change(record.kind.name, record.id, difference({}, scalars(record))) for record in records]


def _people() -> list[Record]:
    made: list[Record] = []
    for number, (name, position, source, rank, birth, local) in enumerate(TEAM):
        person = Person(
            id=f"{COUNTY}/p{number}",
            name=name,
            sex="1",
            ethnicity="02",
            birth=birth,
            rank=rank,
            unit="自治区教育厅",
            phone=f"1390000000{number}",
        )
        posting = Posting(
            id=f"{COUNTY}/q{number}",
            person=person.id,
            county=COUNTY,
            position=position,
            source_level=source,
            local_post=local,
            since=date(2018, 5, 31),
        )
        made += [person, posting]
    return made


@pytest.fixture(scope="session")
def kept_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county office with a team of four and one leave slip, made once."""
    folder = tmp_path_factory.mktemp("kept") / "office"
    clock = FixedClock(NOW)
    offices.create(folder, level="county", county=COUNTY, clerk="李秀英", clock=clock)
    desk = offices.open_desk(folder, clock)
    desk.commit(_changes(_people()))
    slip = leave.draft(desk, f"{COUNTY}/q2", date(2018, 6, 4))
    slip = msgspec.structs.replace(
        slip, place="呼和浩特市", period="2018-06-05am/2018-06-08pm", reason="赴自治区教育厅汇报工作。"
    )
    leave.save(desk, slip)
    desk.close()
    return folder


@pytest.fixture
def desk(kept_office: Path, tmp_path: Path) -> Iterator[Desk]:
    """The county office, opened."""
    folder = tmp_path / "office"
    shutil.copytree(kept_office, folder)
    opened = offices.open_desk(folder, FixedClock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A practice office of the region, without people."""
    folder = tmp_path / "empty"
    offices.create(folder, level="region", clerk="李秀英", practice=True, clock=FixedClock(NOW))
    opened = offices.open_desk(folder, FixedClock(NOW))
    yield opened
    opened.close()


LEVELS = {"county": COUNTY, "league": "1501", "region": ""}


@pytest.fixture(params=LEVELS)
def each_desk(request: pytest.FixtureRequest, kept_office: Path, tmp_path: Path) -> Iterator[Desk]:
    """An office of each level with the same team, opened."""
    folder = tmp_path / "each"
    if request.param == "county":
        shutil.copytree(kept_office, folder)
        opened = offices.open_desk(folder, FixedClock(NOW))
    else:
        place, clock = LEVELS[request.param], FixedClock(NOW)
        offices.create(folder, level=request.param, county=place, clerk="李秀英", practice=True, clock=clock)
        opened = offices.open_desk(folder, clock)
        opened.commit(_changes(_people()))
    yield opened
    opened.close()


@pytest.fixture
def each_shell(each_desk: Desk, qtbot: QtBot) -> Shell:
    """The window of an office of each level, shown as large as a small screen."""
    return window_of(each_desk, qtbot)


@pytest.fixture
def gallery(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Gallery]:
    """How a walk gets its gallery of kept pictures; nothing on them blinks, is pointed at, or is of this machine."""
    pictures.hold_still(qapp)
    monkeypatch.setattr(drives, "sticks", list)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    return lambda walk: Gallery(walk, tmp_path_factory.getbasetemp())


@pytest.fixture
def asker(desk: Desk) -> ImmediateRunner:
    """A runner that answers at once."""
    return ImmediateRunner(desk)


@pytest.fixture
def office(desk: Desk) -> OfficeView:
    """What screens know without asking."""
    return office_of(desk)


@pytest.fixture
def slip_id(desk: Desk) -> str:
    """The id of the one kept slip."""
    return registers.rows(desk, "leave_slip")[0].id
