"""A name is words, whatever it looks like: no page, tooltip or question takes it for markup and opens what it names."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import Qt as Guess
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMessageBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import everything
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Office, Person
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.pages.attendance.panel import Panel, day
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets import ask
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.plain import box, plain, set_tip
from tuopin_desktop.ui.widgets.table import Column, RecordTable

ODD = ("<img src=file:///etc/hostname>", "<b>王</b>&amp;", "&lt;img src=x&gt;", "甲<br>乙\n<a href=file:///x>丙</a>")

markup = Guess.mightBeRichText  # QtGui's part of the namespace


def read(words: str) -> str:
    """Return what a person reads where Qt looks for markup by itself."""
    return QTextDocumentFragment.fromHtml(words).toPlainText() if markup(words) else words


@pytest.mark.parametrize("name", ODD)
def test_words_read_as_they_are_where_qt_looks_for_markup(qtbot: QtBot, name: str) -> None:
    assert read(plain(name)) == name
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, name)
    assert read(widget.toolTip()) == name


@pytest.mark.parametrize("name", ODD)
def test_a_row_a_question_and_a_message_show_a_name_as_it_is(qtbot: QtBot, name: str) -> None:
    table = RecordTable([Column("姓名", str)], str, "名单")
    page = QWidget()
    message = Toasts(page)
    asked = box(QMessageBox.Icon.Question, "请确认", f"删除{name}？")
    for widget in (table, page, asked):
        qtbot.addWidget(widget)
    table.replace_rows([name])
    index = table.rows_model.index(0, 0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == name
    assert read(index.data(Qt.ItemDataRole.ToolTipRole)) == name
    message.complain(Trouble(name))
    assert (message.sentence, asked.text(), asked.textFormat()) == (name, f"删除{name}？", Qt.TextFormat.PlainText)
    assert {one.textFormat() for one in everything(message, QLabel)} == {Qt.TextFormat.PlainText}


def test_the_one_question_everybody_asks_is_plain(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = ask.confirm(parent, ODD[0], "好", lambda: None)
    assert (asked.text(), asked.textFormat()) == (ODD[0], Qt.TextFormat.PlainText)
    asked.done(0)


@pytest.mark.parametrize("name", ODD)
def test_the_page_of_a_day_shows_a_name_as_it_is(qtbot: QtBot, name: str) -> None:
    panel = Panel()
    qtbot.addWidget(panel)
    flat = name.replace("\n", " ")
    panel.show_lines(flat, [flat])
    assert panel.plain_text == f"{flat}\n{flat}"
    assert flat in QTextDocumentFragment.fromHtml(day(flat, "", [flat], flat)).toPlainText()


def guessed(shell: Shell) -> Iterator[tuple[str, str]]:
    """Yield where Qt would look for markup on the page that is open, and the words it would look in."""
    for widget in everything(shell.page, QWidget):
        yield f"tooltip of {type(widget).__name__}", widget.toolTip()
        yield f"help of {type(widget).__name__}", widget.whatsThis()
    for one in everything(shell.page, QLabel):
        if one.textFormat() is not Qt.TextFormat.PlainText:
            yield "label", one.text()
    for view in everything(shell.page, QAbstractItemView):
        yield from ((f"cell of {view.accessibleName()}", words) for words in cells(view.model()))


def cells(model: QAbstractItemModel | None) -> Iterator[str]:
    role = Qt.ItemDataRole.ToolTipRole
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        yield str(model.headerData(row, Qt.Orientation.Vertical, role) or "")
        yield from (str(model.index(row, at).data(role) or "") for at in range(columns))
    yield from (str(model.headerData(at, Qt.Orientation.Horizontal, role) or "") for at in range(columns))


def test_no_page_takes_a_name_for_markup(desk: Desk, qtbot: QtBot) -> None:
    name = ODD[0]
    for record in (*registers.rows(desk, "person"), desk.office):
        said: dict[str, Any] = {"clerk": name} if isinstance(record, Office) else {"name": name, "unit": name}
        assert isinstance(record, Office | Person)
        registers.save(desk, msgspec.structs.replace(record, **said))
    shell = Shell(ImmediateRunner(desk), office_of(desk), DOORS)
    qtbot.addWidget(shell)
    shell.show()
    seen, wrong = 0, []
    for door in DOORS:
        shell.open_page(door.key)
        for bar in (None, *everything(shell.page, QTabBar)):
            for at in range(bar.count() if bar else 1):
                if bar:
                    bar.setCurrentIndex(at)
                for where, words in guessed(shell):
                    seen += name in read(words)
                    if markup(words) and "<img" in words:
                        wrong.append((door.key, where, words))
    shell._may_close = True
    shell.hide()
    assert wrong == []
    assert seen > 20, "the name is in sight of somebody who points at it"
