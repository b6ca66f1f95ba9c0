"""The first page: numbers, what to do, who is away, and what to do first when nothing is there."""

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, labels, words
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.ui.pages.home import HomePage
from tuopin_desktop.ui.plumbing.facts import DeskFacts, facts_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture
def page(asker: ImmediateRunner, facts: DeskFacts, qtbot: QtBot) -> HomePage:
    made = HomePage(asker, facts)
    qtbot.addWidget(made)
    made.refresh()
    return made


def _numbers(page: HomePage) -> list[str]:
    return [word.text() for word in labels(page) if word.property("role") == "number"]


def test_the_numbers_are_of_today(page: HomePage) -> None:
    assert _numbers(page) == ["4", "4", "1", "1"]


def test_what_to_do_is_listed_gravest_first_with_its_reason(page: HomePage, qtmodeltester: ModelTester) -> None:
    verdicts = [finding.verdict for finding in page.todo.rows_model.rows]
    assert verdicts
    assert set(verdicts) <= {Verdict.RED, Verdict.SUSPECTED, Verdict.AMBER}
    assert verdicts == sorted(verdicts, key=[Verdict.RED, Verdict.SUSPECTED, Verdict.AMBER].index)
    page.todo.enter()
    assert any("管理办法第" in said for said in words(page))
    qtmodeltester.check(page.todo.rows_model)


def test_opening_a_thing_to_do_leads_to_its_page(page: HomePage, qtbot: QtBot) -> None:
    page.todo.enter()
    finding = page.todo.current()
    with qtbot.waitSignal(page.wanted) as told:
        page.todo.opened.emit(finding)
    assert told.args is not None
    assert told.args[1] == finding.subject


def test_who_is_away_is_named_with_the_day_of_return(page: HomePage) -> None:
    (slip,) = page.away.rows_model.rows
    assert slip.name == "曾国强"
    assert page.away.model().index(0, 2).data() == "06-08"


def test_an_empty_office_is_told_what_to_do_first(empty_desk: Desk, qtbot: QtBot) -> None:
    page = HomePage(ImmediateRunner(empty_desk), facts_of(empty_desk))
    qtbot.addWidget(page)
    page.refresh()
    with qtbot.waitSignal(page.wanted) as told:
        button(page, "导入花名册").click()
    assert told.args == ["roster", "import"]
