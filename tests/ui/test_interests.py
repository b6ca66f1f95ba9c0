"""A page that is asked again hears of every kind its answer was read from: its interests cover what it reads."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.store import Store
from tuopin_desktop.ui.doors import DOORS, Door
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner

READS = ("rows", "look", "count", "owners", "crossing")


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The kinds of records that were read so far, whoever asked."""
    noted: set[str] = set()

    def noting(read: Callable[..., Any]) -> Callable[..., Any]:
        def asked(store: Store, cls: type[Any], *rest: Any, **named: Any) -> Any:
            noted.add(cls.kind.name)
            return read(store, cls, *rest, **named)

        return asked

    for name in READS:
        monkeypatch.setattr(Store, name, noting(getattr(Store, name)))
    return noted


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.key)
def test_the_interests_of_a_page_cover_what_it_reads(
    door: Door, asker: ImmediateRunner, desk: Desk, office: OfficeView, qtbot: QtBot, kinds: set[str]
) -> None:
    page = door(asker, office)
    qtbot.addWidget(page)
    desk.judge_anew()
    desk._lasting.clear()
    kinds.clear()
    page.refresh()
    assert kinds - page.interests == set()


def test_what_facts_are_read_from_is_declared_whole(desk: Desk, kinds: set[str]) -> None:
    desk.judge_anew()
    desk._lasting.clear()
    judging.facts(desk)
    assert kinds <= judging.FACT_KINDS
