"""Every door of the rail leads to a page, and what sends a clerk to another page names a door."""

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.services.duties import mending
from tuopin_desktop.services.home import behindabove
from tuopin_desktop.ui.doors import DOORS, Door
from tuopin_desktop.ui.pages.spotchecks import page as spotchecks
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
    assert {*mended, *behindabove._PAGE_OF.values(), *spotchecks._PAGE_OF.values()} <= {door.key for door in DOORS}
