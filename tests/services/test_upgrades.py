"""Data a later version has changed, opened by an earlier one: nothing is lost, nothing is refused in silence."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.services import updatesticks
from tests.services.exchangers import COUNTY, MORNING, found, names, people
from tests.services.laterdata import opened_later
from tests.services.updatesticks import lay
from tuopin_desktop import __version__
from tuopin_desktop.domain.problems import Newer
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.versions import Installation
from tuopin_desktop.services.office import backups, offices, rescue, upgrades
from tuopin_desktop.services.office.rescue import Bench

CLOCK = FixedClock(MORNING)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    return updatesticks.installation(tmp_path / "program", monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(found(tmp_path / "office", COUNTY)) as desk:
        people(desk, "甲")
    return tmp_path / "office"


def test_a_version_that_changed_the_tables_and_never_came_up_leaves_no_trace_of_itself(
    place: Installation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_later(folder, CLOCK, monkeypatch)
    updatesticks.standing(place, failed="9.1.0")
    with closing(upgrades.open_desk(folder, CLOCK)) as desk:
        assert names(desk) == ["甲"]
        assert "一条不少" in desk.store.notice
        people(desk, "乙")
    with closing(upgrades.open_desk(folder, CLOCK)) as desk:
        assert names(desk) == ["乙", "甲"]
        assert desk.store.notice == ""
    (aside,) = [one for one in backups.listed_in(folder) if one.kind == backups.LATER]
    with pytest.raises(Newer):
        backups.look(aside.path)


def test_the_later_version_opens_again_what_was_given_back(
    place: Installation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_later(folder, CLOCK, monkeypatch)
    with closing(upgrades.open_desk(folder, CLOCK)) as desk:
        people(desk, "乙")
    opened_later(folder, CLOCK, monkeypatch, lambda desk: people(desk, "丙"))
    with pytest.raises(Newer):
        upgrades.open_desk(folder, CLOCK)


def test_what_was_entered_with_the_later_version_is_never_put_away_unasked(
    place: Installation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_later(folder, CLOCK, monkeypatch, lambda desk: people(desk, "乙"))
    before = (folder / "office.db").read_bytes()
    with pytest.raises(Newer, match="更新版本的程序"):
        upgrades.open_desk(folder, CLOCK)
    assert (folder / "office.db").read_bytes() == before
    survey = rescue.survey(Bench(folder, CLOCK))
    assert survey.best is not None
    assert "会少此后的登记约" in rescue.copy_words(survey)
    aside = rescue.restore(Bench(folder, CLOCK), survey.best.path)
    assert aside is not None
    assert aside.name.startswith(f"{backups.LATER}-")
    assert aside.read_bytes() == before
    with closing(offices.open_desk(folder, CLOCK)) as desk:
        assert names(desk) == ["甲"]


def test_where_versions_do_not_lie_side_by_side_nothing_is_put_back_unasked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_later(folder, CLOCK, monkeypatch)
    with pytest.raises(Newer):
        upgrades.open_desk(folder, CLOCK)


def test_the_later_version_that_lies_there_can_be_used_again(place: Installation) -> None:
    lay(place, "9.1.0")
    updatesticks.standing(place, failed="9.1.0")
    assert "数据不变" in upgrades.back()
    assert versions.read(place).next == "9.1.0"
    updatesticks.standing(place, previous="9.1.0")
    assert upgrades.standing().earlier == "9.1.0"
    assert __version__ in upgrades.sentence(upgrades.standing())
