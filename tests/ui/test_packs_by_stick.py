"""A rule pack by stick in the window: seen on the stick, kept, told what it changes, and only then taken into use."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.exchangers import COUNTY, found, join, region
from tests.services.packsticks import LOCAL, at, paper, rules, signed, toml
from tests.ui.exchangepages import page_of
from tests.ui.hands import words
from tuopin_desktop.services.exchange import packfiles
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Desk]:
    with closing(at(region(tmp_path / "15"))) as desk:
        yield desk


@pytest.fixture
def county(root: Desk, tmp_path: Path, stick: Path) -> Iterator[Desk]:
    with closing(at(found(tmp_path / COUNTY, COUNTY))) as desk:
        join(root, desk, stick)
        yield desk


def settings_of(desk: Desk, qtbot: QtBot) -> SettingsPage:
    asker = ImmediateRunner(desk)
    page = SettingsPage(asker, office_of(desk))
    qtbot.addWidget(page)
    page.refresh()
    asker.changed.connect(page.refresh)
    page.show_subject("packs")
    return page


def test_from_the_stick_to_being_in_use_nothing_counts_before_what_it_changes_was_shown(
    root: Desk, county: Desk, stick: Path, qtbot: QtBot
) -> None:
    signed(root, stick, rules(leave__ladder_days="5"))
    exchange = page_of(county, stick, qtbot)
    (item,) = [one for one in exchange.transfer.tray.packages.rows_model.rows if one.rules]
    assert (item.state, item.name.startswith("办法文件《")) == ("new", True)
    exchange.transfer.tray.packages.select(str(item.path))
    exchange.transfer.tray.try_.click()
    assert "3天（待核） → 5天（待核）" in exchange.transfer.tray._account.toPlainText()
    assert packfiles.waiting(county) == []
    exchange.transfer.tray.confirm.click()
    assert [one.policy.id for one in packfiles.waiting(county)] == [LOCAL]
    assert LOCAL not in county.packs

    page = settings_of(county, qtbot)
    assert "1个待启用" in page._state.text()
    page.packs.table.select(f"{LOCAL} 1")
    assert not page.packs.use.isVisibleTo(page)
    assert not page.packs.enable.isVisibleTo(page)
    page.packs.ask_enable()
    assert page.packs.asked is None, "not before it was looked at"
    page.packs.try_.click()
    assert "3天（待核） → 5天（待核）" in "\n".join(words(page.packs))
    page.packs.enable.click()
    assert page.packs.asked is not None
    assert LOCAL not in county.packs
    page.packs.asked.buttons()[0].click()
    assert LOCAL in county.packs
    assert page.packs.table.current().policy.id == LOCAL
    assert page.register.pack.findData(LOCAL) >= 0
    exchange.refresh()
    assert [one.state for one in exchange.transfer.tray.packages.rows_model.rows if one.rules] == ["taken"]


def test_looking_at_another_pack_takes_the_trial_back(root: Desk, county: Desk, stick: Path, qtbot: QtBot) -> None:
    packfiles.install(county, signed(root, stick))
    page = settings_of(county, qtbot)
    page.packs.table.select(f"{LOCAL} 1")
    page.packs.try_.click()
    assert page.packs.enable.isVisibleTo(page)
    page.packs.table.select("2021-village")
    assert not page.packs.enable.isVisibleTo(page)
    page.packs.table.select(f"{LOCAL} 1")
    assert not page.packs.enable.isVisibleTo(page)


def test_a_spoilt_pack_is_said_on_the_stick_and_at_the_door(
    root: Desk, county: Desk, stick: Path, qtbot: QtBot
) -> None:
    path = signed(root, stick)
    path.write_bytes(path.read_bytes()[:-1])
    exchange = page_of(county, stick, qtbot)
    (item,) = [one for one in exchange.transfer.tray.packages.rows_model.rows if one.rules]
    assert (item.state, "文件末尾已损坏" in item.why or "不完整" in item.why) == ("bad", True)
    page = settings_of(county, qtbot)
    page.packs.take_file(path)
    assert "没有收下" in page.message.sentence
    assert packfiles.waiting(county) == []


def test_the_region_signs_in_the_window_and_a_county_has_no_such_button(
    root: Desk, county: Desk, stick: Path, qtbot: QtBot
) -> None:
    page = settings_of(root, qtbot)
    assert page.packs.sign.isVisibleTo(page)
    assert not settings_of(county, qtbot).packs.sign.isVisibleTo(page)
    page.packs.sign_to(toml(stick, rules("../evil")), paper(stick), stick)
    assert "编号只能用" in page.message.sentence
    page.packs.sign_to(toml(stick, rules()), paper(stick), stick)
    assert "可以拔出" in page.message.sentence
    page.packs.take_file(stick / f"tuopin-pack-{LOCAL}-v1.zip")
    page.packs.save_paper(LOCAL, stick / "saved.jpg")
    assert (stick / "saved.jpg").read_bytes() == paper(stick).read_bytes()


def test_pages_opened_before_offer_the_pack_once_it_is_in_use(root: Desk, stick: Path, qtbot: QtBot) -> None:
    packfiles.install(root, signed(root, stick))
    asker = ImmediateRunner(root)
    office = office_of(root)
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    shell.open_page("roster")
    before = shell.page
    shell.open_page("settings")
    here = shell.page
    asker.ask(packfiles.enable, LOCAL)
    assert shell.page is here
    assert LOCAL in office.vocabulary["办法文件"].labels
    shell.open_page("roster")
    assert shell.page is not before
    shell._may_close = True
