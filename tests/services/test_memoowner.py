"""A memo goes with its office: what was judged of one is never shown in another set up where that one was."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tuopin_desktop.demo import office as demo
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices, rescue
from tuopin_desktop.services.office.rescue import Bench
from tuopin_desktop.services.shelves import merge
from tuopin_desktop.store.memo import MEMO

CLOCK = FixedClock(datetime(2018, 6, 5, 9))


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    """A folder whose database is gone and whose memo is not."""
    folder = tmp_path / "office"
    with closing(open_office(folder, level="region")) as desk:
        enter(desk, "张三丢失")
        merge.findings(desk)
    for path in folder.glob("office.db*"):
        path.unlink()
    assert (folder / MEMO).exists()
    return folder


def names(folder: Path) -> list[str]:
    with closing(offices.open_desk(folder, CLOCK)) as desk:
        desk.patient = True
        return [one.subject_words for one in merge.findings(desk) if "张三丢失" in one.subject_words + one.sentence]


def test_an_office_set_up_where_another_was_lost_shows_nobody_of_it(lost: Path) -> None:
    offices.create(lost, level="region", practice=True, clock=CLOCK)
    assert not (lost / MEMO).exists()
    assert names(lost) == []


def test_a_memo_that_came_with_another_office_is_let_go(lost: Path, tmp_path: Path) -> None:
    shutil.copy(lost / MEMO, tmp_path / "memo")
    offices.create(lost, level="region", clock=CLOCK)
    shutil.copy(tmp_path / "memo", lost / MEMO)
    assert names(lost) == []


def test_an_office_keeps_its_own_memo(lost: Path) -> None:
    offices.create(lost, level="region", clock=CLOCK)
    with closing(offices.open_desk(lost, CLOCK)) as desk:
        merge.settle(desk)
    with closing(offices.open_desk(lost, CLOCK)) as desk:
        assert desk.memo.shelves()


def test_clearing_the_place_takes_the_memo_also_where_the_database_is_gone(lost: Path) -> None:
    assert rescue.clear(Bench(lost, CLOCK)) is None
    assert not (lost / MEMO).exists()


def test_a_demonstration_begins_without_a_memo(lost: Path) -> None:
    demo.clear(lost)
    assert not (lost / MEMO).exists()
