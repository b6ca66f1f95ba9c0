"""The page of the archives: a year numbered by a key, a period changed with what it moves, an old list compared."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from tests.services.archives.randomoffices import whole
from tests.services.desks import over
from tests.ui.hands import button, everything, window_of
from tuopin_desktop.domain.records import ArchiveItem, Dispatch, LeaveSlip
from tuopin_desktop.services.archives import items, oldlists, tables
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.compare import CompareView, HeadsDialog
from tuopin_desktop.ui.pages.archives.items import ItemsView
from tuopin_desktop.ui.pages.archives.moving import MovesDialog
from tuopin_desktop.ui.pages.archives.page import ArchivesPage
from tuopin_desktop.ui.pages.archives.setup import SetupView
from tuopin_desktop.ui.widgets.formdialog import FormDialog

COUNTY = "150125"


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ArchivesPage:
    papers = (
        Dispatch(id=f"{COUNTY}/d1", number="武驻队〔2018〕1号", name="关于报送计划的函", dated=date(2018, 7, 2)),
        LeaveSlip(id=f"{COUNTY}/s8", number="2018-0008", name="王五", filled=date(2018, 6, 16)),
    )
    desk.store.commit([whole(one) for one in papers], "甲", desk.clock.stamp_ms())
    with over(desk, date(2021, 3, 1)):
        shell = window_of(desk, qtbot)
        shell.open_page("archives")
        made = shell.page
        assert isinstance(made, ArchivesPage)
        made.show_subject("items/2018")
    return made


def test_a_year_that_is_over_gets_its_numbers_by_one_key_and_an_item_is_put_right(
    page: ArchivesPage, desk: Desk
) -> None:
    view = page.views["items"]
    assert isinstance(view, ItemsView)
    with over(desk, date(2021, 3, 1)):
        page.new()
    numbered = items.items(desk, 2018)
    assert {one.paper for one in numbered} >= {"dispatch", "slip"}
    assert f"已给{len(numbered)}件编件号" in page.message.sentence
    view.table.select(next(one.id for one in numbered if one.paper == "dispatch"))
    view.table.open_current()
    dialog = view.dialog
    assert isinstance(dialog, FormDialog)
    dialog.form.editors["name"].retype("原件上的题名")
    dialog.take()
    assert "原件上的题名" in {one.name for one in items.items(desk, 2018)}


def test_what_a_changed_period_moves_is_shown_before_it_is_changed(page: ArchivesPage, desk: Desk) -> None:
    page.show_subject("setup")
    view = page.view
    assert isinstance(view, SetupView)
    view.table.select("slip")
    view.table.open_current()
    assert isinstance(view.dialog, FormDialog)
    view.dialog.form.editors["period"].retype("10年")
    view.dialog.take()
    (listed,) = everything(page.window(), MovesDialog)
    assert "王五请假报备单（2018年6月16日）" in {one.name for one in listed.table.rows_shown()}
    assert tables.own_rules(desk) == []
    button(listed, "确认改动").click()
    assert [one.period for one in tables.own_rules(desk)] == ["D10"]


def test_an_old_catalogue_nobody_knows_the_heads_of_is_asked_about_once(
    page: ArchivesPage, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "旧目录.xlsx"
    book = openpyxl.Workbook()
    for row in (["甲", "乙", "丙"], ["关于报送计划的函", "20180702", 1], ["贫困户名册", "20181001", 2]):
        book.active.append(row)
    book.save(path)
    page.show_subject("compare")
    view = page.view
    assert isinstance(view, CompareView)
    view.compare(path)
    assert isinstance(view.dialog, HeadsDialog)
    for key, head in (("name", "甲"), ("dated", "乙")):
        box = view.dialog.boxes[key]
        box.setCurrentIndex(box.findData(head))
    view.dialog.take()
    assert view.state.startswith("两边都有1件，只在旧目录1件")
    assert len(oldlists.compare(desk, path).both) == 1
    assert all(isinstance(one.item, ArchiveItem) for one in oldlists.compare(desk, path).here)
    view.write(tmp_path / "比对.xlsx")
    assert (tmp_path / "比对.xlsx").exists()
