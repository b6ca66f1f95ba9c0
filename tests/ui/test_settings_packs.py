"""The rule packs in the settings: what is not certain is said, one is taken into use, its questions are shown."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desks import enter
from tests.ui.hands import words
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.office import offices, packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.pages.settings.page import SettingsPage
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

NOW = datetime(2021, 6, 7, 10)
VILLAGE = "2021-village"


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    offices.create(tmp_path / "region", level="region", county="", clock=FixedClock(NOW))
    with closing(offices.open_desk(tmp_path / "region", FixedClock(NOW))) as desk:
        enter(desk, "王海", "leader")
        yield desk


@pytest.fixture
def page(region: Desk, qtbot: QtBot) -> SettingsPage:
    asker = ImmediateRunner(region)
    page = SettingsPage(asker, office_of(region))
    qtbot.addWidget(page)
    page.refresh()
    asker.changed.connect(page.refresh)
    page.show_subject("packs")
    return page


def test_a_pack_says_how_many_are_under_it_and_what_of_it_is_not_certain(page: SettingsPage) -> None:
    first, second = page.packs.table.rows_model.rows
    assert (first.postings, first.is_default) == (1, True)
    assert {one.key.partition(".")[0] for one in first.unsure} == {"retention"}  # the measure sets no terms
    assert (second.postings, second.is_default) == (0, False)
    page.packs.table.select(VILLAGE)
    said = "\n".join(words(page.packs))
    assert "请假单：驻村第一书记和工作队员请假单（示例）" in said
    assert "请假审批：按天数分级，各地天数和审批单位不一（待核）" in said


def test_taking_a_pack_into_use_is_asked_first_and_changes_new_postings_only(region: Desk, page: SettingsPage) -> None:
    page.packs.table.select(VILLAGE)
    page.packs.ask_use()
    assert page.packs.asked is not None
    assert "已登记的派驻和请假单不变" in page.packs.asked.text()
    assert packs.for_new(region) == ""
    page.packs.asked.buttons()[0].click()
    blank = registers.blank(region, "posting")
    assert isinstance(blank, Posting)
    assert blank.pack == VILLAGE
    assert [one.pack for one in region.store.rows(Posting)] == [""]
    assert page._state.text() == "已安装2个办法文件，新登记的派驻按《2021年驻村第一书记和工作队（待核）》"
    assert not page.packs.use.isEnabled()


def test_the_questions_of_a_pack_are_tried_and_ruled_under_it(region: Desk, page: SettingsPage) -> None:
    page.packs.table.select(VILLAGE)
    page.packs.look.click()
    assert page.register.isVisibleTo(page)
    page.show_subject("leave.ladder_days")
    assert page.register.one.question is not None
    assert "待核" in "".join(words(page.register.one))
    page.register.one.typed.setText("5")
    page.register.one.try_()
    page.register.one.ask_record()
    dialog = page.register.one.dialog
    assert dialog is not None
    dialog.form.editors["paper"].retype("内组通〔2021〕6号")
    dialog.save()
    (ruling,) = registers.rows(region, "ruling")
    assert (getattr(ruling, "switch", ""), getattr(ruling, "pack", "")) == ("leave.ladder_days", VILLAGE)
    assert getattr(ruling, "ruled", None) == date(2021, 6, 7)
    assert "待核" not in "".join(words(page.register.one))
