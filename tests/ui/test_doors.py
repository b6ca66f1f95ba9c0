"""Every door of the rail leads to a page, and what sends a clerk to another page names a door."""

import pytest

from tuopin_desktop.ui.doors import DOORS, Door
from tuopin_desktop.ui.pages import home
from tuopin_desktop.ui.pages.spotchecks import page as spotchecks
from tuopin_desktop.ui.widgets.page import Page


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.key)
def test_a_door_leads_to_its_page(door: Door) -> None:
    assert issubclass(door.load(), Page)


def test_where_a_record_is_followed_to_there_is_a_door() -> None:
    assert {*home._PAGE_OF.values(), *spotchecks._PAGE_OF.values()} <= {door.key for door in DOORS}
