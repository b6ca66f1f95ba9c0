"""Enrolment has no dead end: a wrong number is mended until the authorisation is here, and half of it is never done."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.exchangers import COUNTY, found, region
from tests.ui.exchangepages import page_of
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.roles import Act, Role, Signed
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.exchange import questions
from tuopin_desktop.ui.widgets.parts import Button

WRONG = "0" * 32
ADMIN = Signed("u", "管", frozenset({Role.ADMIN}))


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(region(tmp_path / "15")) as desk:
        yield desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with closing(found(tmp_path / "county", COUNTY)) as desk:
        yield desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (folder := tmp_path / "U盘").mkdir()
    return folder


def number(desk: Desk) -> str:
    return fingerprint(stations.card(desk).sign)


def test_a_mistyped_number_is_mended_at_the_step_that_refused(
    root: Desk, county: Desk, stick: Path, qtbot: QtBot
) -> None:
    stations.pin(county, WRONG)
    card = stations.write_card(county, stick)
    questions.authorise(root, card, number(county), stick)
    page = page_of(county, stick, qtbot)
    page.trusting.welcome.click()
    assert not stations.authorised(county)
    page.trusting.back.click()
    assert page.trusting.step == 2
    page.trusting.theirs.paste(number(root))
    page.trusting.go.click()
    assert stations.root(county) == WRONG, "first it is asked"
    assert page.founding.question is not None
    page.founding.question.buttons()[0].click()
    assert stations.root(county) == number(root)
    page.trusting.welcome.click()
    assert stations.authorised(county)


def test_once_the_region_was_taken_in_its_number_stands(root: Desk, county: Desk, stick: Path) -> None:
    stations.pin(county, WRONG)
    with pytest.raises(Refused, match="--replace"):
        stations.pin(county, number(root))
    card = stations.read_card(stations.write_card(root, stick))
    stations.enrol(county, card, number(root), replace=True)
    questions.authorise(root, stations.write_card(county, stick), number(county), stick)
    packages.take(county, next(stick.glob("*发*.zip")))
    with pytest.raises(Refused, match="没有改动。请打电话核实。"):
        stations.pin(county, WRONG, replace=True)
    with pytest.raises(Refused):
        stations.pin(root, WRONG, replace=True)


def test_who_may_not_make_the_package_authorises_nothing(root: Desk, county: Desk, stick: Path) -> None:
    card = stations.write_card(county, stick)
    root.who = ADMIN
    with pytest.raises(Refused, match="经办人"):
        questions.authorise(root, card, number(county), stick)
    assert len(stations.listed(root)) == 1


def test_the_authorisation_is_taken_in_by_whoever_takes_packages_in(
    county: Desk, root: Desk, stick: Path, qtbot: QtBot
) -> None:
    stations.pin(county, number(root))
    questions.authorise(root, stations.write_card(county, stick), number(county), stick)
    trusting = page_of(county, stick, qtbot).trusting
    assert isinstance(trusting.welcome, Button)
    assert trusting.welcome.act is Act.RECEIVE
    assert trusting.welcome.isVisibleTo(trusting)
    assert not trusting.go.isVisibleTo(trusting), "one button, of whoever takes packages in"
