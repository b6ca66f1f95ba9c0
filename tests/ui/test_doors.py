"""Every door of the rail leads to a page, and what sends a clerk to another page names a door."""

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.services.duties import mending
from tuopin_desktop.services.registers import places, registerlists
from tuopin_desktop.ui.doors import DOORS, Door
from tuopin_desktop.ui.pages.archives.tabs import TABS
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.widgets.page import Page


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.key)
def test_a_door_leads_to_its_page(door: Door, asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> None:
    page = door(asker, office)
    qtbot.addWidget(page)
    assert isinstance(page, Page)


def test_where_a_record_is_followed_to_there_is_a_door() -> None:
    mended = {page for page, *_ in mending._WAYS.values()}
    shown = {places.page_of(kind) for kind in (*KINDS, *places._SHOWN)}
    assert mended | shown <= {door.key for door in DOORS}
    assert {tab for kind in KINDS if (tab := places.tab_of(kind))} <= {tab.key for tab in TABS}


def test_of_every_kind_it_is_said_where_the_window_keeps_it() -> None:
    assert set(KINDS) == {*places.PLACES, *registerlists.kept_here(), "attachment"}
