"""The tab 查找: what is typed is answered, and what was found leads to its place."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.desks import write_logs
from tests.ui.hands import give_keyboard, window_of
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.page import ArchivesPage
from tuopin_desktop.ui.pages.archives.search import SearchView
from tuopin_desktop.ui.shell import Shell


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    write_logs(desk, desk.store.rows(Posting)[0], [date(2018, 6, 4)], "到查干村核对危房改造台账。")
    made = window_of(desk, qtbot)
    made.open_page("archives")
    assert isinstance(made.page, ArchivesPage)
    made.page.show_subject("search")
    return made


def test_a_question_is_typed_and_enter_on_its_answer_opens_the_slip(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    page = shell.page
    assert isinstance(page, ArchivesPage)
    view = page.views["search"]
    assert isinstance(view, SearchView)
    view.line.setText("谁在2018年6月去过呼和浩特")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    qtbot.keyClick(view.line, Qt.Key.Key_Down)
    hit = view.table.current()
    assert view.table.rowAt(view.table.height() - 1) == -1, "one row alone"
    assert (hit.kind, hit.excerpt) == ("请假报备单", "外出地点：呼和浩特市")
    assert "查到1条" in view.state
    give_keyboard(view.table, qtbot)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert shell.here == "leave"
    (slip,) = desk.store.rows(LeaveSlip)
    assert slip.number in hit.title
    shell.hide()


def test_nothing_found_says_what_to_try(shell: Shell, qtbot: QtBot) -> None:
    page = shell.page
    assert isinstance(page, ArchivesPage)
    view = page.views["search"]
    assert isinstance(view, SearchView)
    for text, sentence in (("没有这回事", "没有查到"), ("危房改造", ""), ("", "想查什么，写在上面")):
        view.line.setText(text)
        qtbot.keyClick(view.line, Qt.Key.Key_Return)
        if sentence:
            assert view.nothing is not None
            assert view.nothing.isVisible()
            assert view.nothing._sentence.text() == sentence
        else:
            assert view.table.isVisible()
    shell.hide()
