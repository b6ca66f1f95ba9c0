"""What stands on the pages is what an official says: no ids, hashes, English names or words of those who built it."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTabBar, QTableView

from tests.ui.hands import everything, places
from tuopin_desktop.ui.shell import Shell

BUILDERS = re.compile(
    r"\b(?=\d*[a-f])[0-9a-f]{8,}\b|\b[a-z_]+:[0-9]|\bQ\d+\b|\bNone\b|sha256|种子|题号|口径登记|申请卡|信任的起点|看不懂|规则包|表号|指纹|\bA\d\d-\d|20\d\d-\d\d-\d\d"
)


def _words(shell: Shell) -> Iterator[str]:
    page = shell.page
    shown: list[QLabel | QAbstractButton | QLineEdit] = [
        *everything(page, QLabel),
        *everything(page, QAbstractButton),
        *everything(page, QLineEdit),
    ]
    for one in shown:
        if one.isVisible():
            yield one.text()
            yield one.toolTip()
            yield one.accessibleName()
    for bar in everything(page, QTabBar):
        yield from (bar.tabText(at) for at in range(bar.count()) if bar.isVisible())
    for table in everything(page, QTableView):
        yield from _cells(table) if table.isVisible() else ()


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal))
        for row in range(min(model.rowCount(), 80)):
            yield str(model.index(row, column).data() or "")


def test_no_word_of_the_builders_stands_on_any_page_of_any_office(each_shell: Shell) -> None:
    folder = str(each_shell._office.folder)
    told = {
        f"{place}: {text}"
        for place in places(each_shell)
        for text in _words(each_shell)
        if folder not in text and BUILDERS.search(text)
    }
    assert told == set()
