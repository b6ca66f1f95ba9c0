"""The main window: keys, pages that ask again, the foot line, the practice marks, closing."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, words
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.services.office import unsaved
from tuopin_desktop.services.office.desk import Desk, Standing
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.doors import DOORS, key_of
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.rail import Rail

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shell(asker: ImmediateRunner, office: OfficeView, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(asker, office, DOORS)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.hide()


def test_the_window_fits_a_small_screen_at_125_percent(shell: Shell) -> None:
    for key in ("home", "roster", "leave", "attendance"):
        shell.open_page(key)
        if key == "roster":
            shell.page.show_subject("person:150125/p2")
        if key == "leave":
            shell.page._draft("150125/q3")  # type: ignore[attr-defined]  # the page that was opened
        hint = shell.minimumSizeHint()
        assert hint.width() <= 1093, key
        assert hint.height() <= 614, key
    shell._may_close = True


def test_a_window_that_was_built_anew_hears_no_more_of_the_judging(desk: Desk, qtbot: QtBot) -> None:
    asker = ImmediateRunner(desk)
    first = Shell(asker, office_of(desk), DOORS)
    second = Shell(asker, office_of(desk), DOORS, large=True)
    qtbot.addWidget(second)
    first.leave()
    first.deleteLater()
    del first
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as errors:
        asker.standing.emit(Standing(3, 59, older=True))
        asker.standing.emit(Standing(59, 59, older=False, kinds=frozenset({"person"})))
        asker.progressed.emit(1, 2)
    assert errors == []
    second.leave()


def test_twelve_pages_find_room_in_the_rail_of_a_small_screen(qtbot: QtBot) -> None:
    names = [(f"page{place}", "抽查核对", "house", key_of(place)) for place in range(12)]
    rail = Rail(names, "派驻翁牛特旗脱贫攻坚工作总队", large=False)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 614 - 60)  # without the title, the practice line and the footer
    rail.show()
    buttons = [rail._buttons[name] for name, *_ in names]
    assert rail._help.geometry().bottom() < rail.height()
    assert all(below.y() > above.geometry().bottom() for above, below in pairwise(buttons))


def test_a_wide_page_does_not_widen_the_window_for_the_others(shell: Shell) -> None:
    shell.open_page("attendance")
    shell.open_page("home")  # laid out with what was answered
    before = shell.minimumSizeHint().width()
    shell.open_page("attendance")
    wide = QWidget()
    wide.setMinimumWidth(3000)
    shell.page.body.addWidget(wide)
    shell.open_page("home")
    assert shell.minimumSizeHint().width() == before
    shell._may_close = True


def test_every_door_has_a_key_and_it_opens_that_page(shell: Shell) -> None:
    for place, door in enumerate(DOORS):
        QTest.keySequence(shell, QKeySequence(key_of(place)))
        assert shell.here == door.key
    shell._may_close = True


def test_number_keys_switch_pages(shell: Shell, qtbot: QtBot) -> None:
    seen = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1):
        qtbot.keyClick(shell, key, CTRL)
        seen.append(type(shell.page).__name__)
    assert seen == ["RosterPage", "LeavePage", "HomePage"]


def test_ctrl_f_puts_the_keyboard_into_the_search_line(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(shell, Qt.Key.Key_F, CTRL)
    focused = shell.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.accessibleName() == "搜索人员"


def test_a_deep_folder_does_not_make_the_window_wider_than_the_screen(desk: Desk, qtbot: QtBot) -> None:
    deep = Path("D:/", *["脱贫攻坚工作总队资料"] * 9)
    shell = Shell(ImmediateRunner(desk), msgspec.structs.replace(office_of(desk), folder=deep), DOORS)
    qtbot.addWidget(shell)
    assert shell.minimumSizeHint().width() < 910
    assert f"数据在 {deep}" in words(shell)


def test_escape_goes_back_from_a_person_to_the_list(shell: Shell, qtbot: QtBot) -> None:
    shell.open_page("roster")
    shell.page.show_subject("person:150125/p2")
    assert "曾国强" in words(shell.page)
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert "队伍与人员" in words(shell.page)


def test_a_change_is_told_at_the_foot_and_pages_ask_again(shell: Shell, desk: Desk) -> None:
    def add(desk: Desk) -> None:
        registers.save(desk, Person(id="150125/p9", name="新来"))

    shell._asker.ask(add)
    assert shell._footer.saved.text() == "已保存 10:21"
    assert "数字截至 10:21" in " ".join(words(shell.page))
    shell.open_page("roster")
    assert "共 5 人 · 在派 4 人 · 今日在岗 3 人" in words(shell.page)


def test_the_foot_says_where_the_data_is_and_who_keeps_it(shell: Shell, desk: Desk) -> None:
    assert f"数据在 {desk.folder}" in words(shell)
    assert "经办人：李秀英" in words(shell)


def test_a_trouble_nobody_took_is_shown_on_the_page(shell: Shell) -> None:
    def fail(_desk: Desk) -> None:
        raise Trouble("磁盘已满，请清理后重试。")

    shell._asker.ask(fail)
    assert shell.page.message.sentence == "磁盘已满，请清理后重试。"


def test_closing_with_unsaved_words_asks_first(shell: Shell, qtbot: QtBot) -> None:
    shell.open_page("roster")
    shell.page.show_subject("person:150125/p2")
    editor = shell.page.sheet.person.editors["school"]  # type: ignore[attr-defined]  # the page that was opened
    editor.retype("内蒙古")
    assert not shell.close()
    box = shell.findChild(QMessageBox)
    assert box is not None
    assert "1人的登记表" in box.text()
    assert [one.text() for one in box.buttons() if one is box.defaultButton()] == ["留着草稿，关闭"]
    button(box, "丢掉草稿…").click()
    assert shell.isVisible()
    button(shell, "丢掉，关闭").click()
    assert not shell.isVisible()


def test_closing_keeps_what_is_half_written(shell: Shell, desk: Desk) -> None:
    shell.open_page("roster")
    shell.page.show_subject("person:150125/p2")
    shell.page.sheet.person.editors["school"].retype("内蒙古")  # type: ignore[attr-defined]  # the page that was opened
    assert not shell.close()
    button(shell, "留着草稿，关闭").click()
    assert not shell.isVisible()
    assert [one.label for one in unsaved.waiting(desk)] == ["人员登记表"]


def test_a_window_without_unsaved_words_closes_at_once(shell: Shell) -> None:
    assert shell.close()


def test_practice_is_marked_in_title_and_banner(empty_desk: Desk, qtbot: QtBot) -> None:
    made = Shell(ImmediateRunner(empty_desk), office_of(empty_desk), DOORS)
    qtbot.addWidget(made)
    assert made.windowTitle().startswith("【练习】")
    assert any("虚构" in said for said in words(made))


def test_a_real_office_bears_no_practice_mark(shell: Shell) -> None:
    assert "练习" not in shell.windowTitle()
    banner = shell.findChild(QWidget, "practice")
    assert banner is not None
    assert not banner.isVisible()
