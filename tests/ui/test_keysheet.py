"""The sheet of keys is read off the shortcuts of the window: none can be bound without saying what it does."""

from collections import Counter
from pathlib import Path

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import button
from tuopin_desktop.domain.attendance.codes import MARKS
from tuopin_desktop.ui.doors import DOORS
from tuopin_desktop.ui.helppane import HelpPane
from tuopin_desktop.ui.keysheet import EVERYWHERE
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.widgets.keys import words_of


def test_every_key_of_every_page_stands_on_the_sheet_with_its_words(
    asker: ImmediateRunner, office: OfficeView, qtbot: QtBot, tmp_path: Path
) -> None:
    shell = Shell(asker, office, DOORS)
    qtbot.addWidget(shell)
    rows = shell.manual.key_sheet.rows()
    assert {row.where for row in rows} <= {EVERYWHERE, *(door.label for door in DOORS)}
    bound: list[QShortcut] = list(shell.findChildren(QShortcut))
    silent = [one.key().toString() for one in bound if not words_of(one)]
    assert silent == []
    said = {(row.where, row.keys): row.text for row in rows}
    assert said[EVERYWHERE, "Ctrl+S"] == "保存"
    assert said[EVERYWHERE, "Ctrl+1"] == "打开“首页”"
    assert said["请销假", "Q"] == "销假…"
    assert said["考勤", "Ctrl+上翻页"] == "上一月"
    for mark in MARKS:
        assert said["考勤", "、".join(mark.keys)] == f"{mark.sign} {mark.label}"
    assert max(Counter((row.where, row.keys) for row in rows).values()) == 1, rows
    shell.manual.key_sheet.write(tmp_path / "按键表.pdf")
    assert (tmp_path / "按键表.pdf").read_bytes()[:4] == b"%PDF"


def test_help_offers_the_sheet(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = HelpPane(window)
    menu = button(dialog, "手册").menu()
    with qtbot.waitSignal(dialog.keys_wanted):
        next(one for one in menu.actions() if one.text() == "打印按键表…").trigger()
