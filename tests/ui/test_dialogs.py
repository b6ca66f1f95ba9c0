"""Every dialog that a button with dots opens can be read, has names for the keyboard, and looks as it did."""

import ast
from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.test_house import parsed
from tests.ui.contrast import faint
from tests.ui.hands import everything, places, unnamed, window_of
from tests.ui.kept import Gallery
from tuopin_desktop.domain.problems import Locked, Problem, Refused
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store.unsaved import Unsaved
from tuopin_desktop.ui.pages.exchange.hearing import HearDialog
from tuopin_desktop.ui.pages.settings.userdialogs import UserDialog
from tuopin_desktop.ui.shell import Shell
from tuopin_desktop.ui.unfinished import TakeUpDialog, WordsDialog
from tuopin_desktop.ui.widgets.ask import ReasonDialog, confirm
from tuopin_desktop.ui.widgets.unlocking import UnlockDialog

Galleries = Callable[[str], Gallery]
_CHANCE = frozenset({"打印恢复码…", "生成新的恢复码…"})
"""Buttons whose dialogs hold what chance or the machine says: a code."""


def test_every_dialog_a_button_opens_looks_as_it_did(desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    shell, shown = window_of(desk, qtbot), gallery("dialogs")
    weak: dict[str, object] = {}
    for place in places(shell):
        for words in _openers(shell.page) if shell.here != "home" else ():  # its buttons lead to other pages
            for dialog in _opened(shell.page, words):
                if not isinstance(dialog, QFileDialog) and not shown.has(f"{place} {words} 100%"):
                    weak |= _looked_at(dialog, f"{place} {words}", shown)
                dialog.reject()
    shown.close()
    shell.hide()
    assert len(shown.names) > 9
    assert weak == {}
    assert shown.faults == {}


def _months(name: str) -> Callable[[Shell], object]:
    """Return what chooses a line of the menu of the month."""
    return lambda shell: getattr(shell.page.months, name).trigger()  # type: ignore[attr-defined]  # the page of attendance


WAITS = Unsaved(page="roster", key="person", label="人员 李明", content={"姓名": "李明", "手机": "13900000001"})
OTHERS: dict[str, tuple[str, Callable[[Shell], object]]] = {
    "choose who takes leave": ("leave", lambda shell: shell.page.new()),
    "close the month": ("attendance", _months("close")),
    "book": ("attendance", _months("book")),
    "key back from paper": ("attendance", _months("keyback")),
    "draw": ("checks", lambda shell: shell.page.draw()),  # type: ignore[attr-defined]  # the page of checks
    "result": ("checks", lambda shell: shell.page.new()),
    "messages": ("roster", lambda shell: shell.log.open()),
    "take up": ("roster", lambda shell: TakeUpDialog([WAITS], shell).open()),
    "words": ("roster", lambda shell: WordsDialog(WAITS, shell).open()),
    "unlock": ("roster", lambda shell: UnlockDialog(Locked("这份备份是另一台电脑的。"), print, shell).open()),
    "reason": (
        "roster",
        lambda shell: ReasonDialog(
            Refused([Problem(code="signed", sentence="已经签字，改动要写原因。")]), print, print, shell
        ).open(),
    ),
    "sure": ("roster", lambda shell: confirm(shell, "停用于伟东？停用后不能再登录。", "停用", print)),
    "heard": ("exchange", lambda shell: HearDialog(print, shell).open()),
    "user": (
        "settings",
        lambda shell: UserDialog("添加使用人", "添加", print, shell).with_name("").with_password().ask(),
    ),
}
"""Dialogs that a key, a menu or the program opens: by name the page they stand over and what opens them."""
_YET = "driven by tests, not drawn yet"
NOT_DRAWN = {
    "PrinterDialog": "the system's own",
    "_Dialog": "what the dialogs of a month are made from",
    "CalibrationDialog": "its printers are the machine's",
    "OverprintDialog": "its printers are the machine's",
    "StampDialog": "its printers are the machine's",
    "RecoveryDialog": "holds a code made by chance",
    "ReadingDialog": "goes when the file is read",
    "FormDialog": "drawn where a button opens it",
    **dict.fromkeys(("EntryDialog", "PreviewDialog", "ResumeDialog", "ScanViewer", "ScansDialog", "PasteDialog"), _YET),
    **dict.fromkeys(("ReopenDialog", "CorrectDialog", "RollDialog", "SecondDialog", "FilingDialog"), _YET),
    **dict.fromkeys(("FirstHelp", "LargePicture", "HeadsDialog", "MovesDialog"), _YET),
}
"""Classes of dialogs that are on no picture, and why."""


def test_every_other_dialog_looks_as_it_did(desk: Desk, qtbot: QtBot, gallery: Galleries) -> None:
    shell, shown = window_of(desk, qtbot), gallery("other dialogs")
    weak: dict[str, object] = {}
    kinds = set[str]()
    for name, (door, opens) in OTHERS.items():
        shell.open_page(door)
        opens(shell)
        for dialog in _standing():
            kinds.add(type(dialog).__name__)
            weak |= _looked_at(dialog, name, shown)
            dialog.reject()
    shown.close()
    shell.hide()
    assert weak == {}
    assert shown.faults == {}
    assert _kinds() - kinds - set(NOT_DRAWN) == set(), "draw it in OTHERS, or say in NOT_DRAWN why not"


def _kinds() -> set[str]:
    """Return the name of every class of dialogs of the program."""
    heirs = {"QDialog", "QPrintDialog", "_Dialog"}
    classes = [node for _, node in parsed("tuopin_desktop") if isinstance(node, ast.ClassDef)]
    return {
        one.name for one in classes for base in one.bases if (base.id if isinstance(base, ast.Name) else "") in heirs
    }


def _looked_at(dialog: QDialog, name: str, shown: Gallery) -> dict[str, object]:
    picture = shown.look(dialog, f"{name} 100%")
    for scale in (1.25, 1.5):
        shown.look(dialog, f"{name} {scale:.0%}", scale)
    found = {**faint(dialog, picture), **dict.fromkeys(unnamed(dialog), "without a name")}
    return {name: found} if found else {}


def _opened(page: QWidget, words: str) -> list[QDialog]:
    """Press a button and return the dialogs that then stand open."""
    for one in everything(page, QPushButton):
        if _asks(one) and one.text().strip() == words:
            one.click()
            break
    return _standing()


def _standing() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _openers(page: QWidget) -> list[str]:
    """Return the words of the buttons that ask first: they end in dots."""
    return list(dict.fromkeys(one.text().strip() for one in everything(page, QPushButton) if _asks(one)))


def _asks(one: QAbstractButton) -> bool:
    words = one.text().strip()
    return one.isVisible() and one.isEnabled() and words.endswith("…") and words not in _CHANCE
