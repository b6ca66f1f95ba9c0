"""The sheet of keys that the window really binds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.attendance.codes import MARKS
from tuopin_desktop.services.duties import keysheet
from tuopin_desktop.services.duties.keysheet import KeyRow
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.keys import words_of
from tuopin_desktop.ui.widgets.listacts import KEYS as LIST_KEYS
from tuopin_desktop.ui.widgets.page import Page

EVERYWHERE = "通用"
_CHINESE = {"Return": "回车", "Enter": "回车", "PgUp": "上翻页", "PgDown": "下翻页", "Left": "←", "Right": "→"}
_CHINESE |= {"Up": "↑", "Down": "↓", "Space": "空格"}
_LISTS = (("回车或双击", "打开所选一行"), *LIST_KEYS)
"""What every list does by itself, not by a shortcut."""


def write(desk: Desk, rows: Sequence[KeyRow], path: Path) -> Path:
    """Write the sheet of keys; runs in the worker thread."""
    return books.write(desk, path, keysheet.sheet(desk, rows))


class KeySheet:
    """Saves the sheet of keys of the window and of every page; `pages` returns them by their titles."""

    def __init__(self, shell: QWidget, asker: Asker, pages: Callable[[], Sequence[tuple[str, Page]]]) -> None:
        self._shell, self._asker, self._pages = shell, asker, pages

    def ask(self, window: QWidget) -> None:
        """Ask where to save it."""
        ask_save(window, "保存按键表", "按键表.pdf", PDFS, self.write)

    def rows(self) -> list[KeyRow]:
        """Return the keys; pages not opened yet are made for it."""
        return keys_of(self._shell, self._pages())

    def write(self, path: Path) -> None:
        """Write it; what came of it is said on the first page."""
        page = self._pages()[0][1]
        self._asker.ask(write, self.rows(), path, then=page.message.say_file, failed=page.complain)


def keys_of(shell: QWidget, pages: Iterable[tuple[str, QWidget]]) -> list[KeyRow]:
    """Return the keys of the window and of its pages (title, page), in the order of the rail; none twice on a page."""
    pages = list(pages)
    inside = {id(one) for _, page in pages for one in _shortcuts(page)}
    rows = [_row(EVERYWHERE, one) for one in _shortcuts(shell) if id(one) not in inside]
    rows += [KeyRow(EVERYWHERE, keys, f"列表中{text}") for keys, text in _LISTS]
    for title, page in pages:
        rows += [_row(title, one) for one in _shortcuts(page)]
        rows += _chips(title, page)
        rows += [KeyRow(title, keys, words) for keys, words in getattr(page, "key_words", lambda: ())()]
    return list(dict.fromkeys(rows))


def marks() -> Iterator[tuple[str, str]]:
    """Yield the keys that set a mark of attendance: V、1 √ 驻村工作."""
    for mark in MARKS:
        if mark.keys:
            yield "、".join(mark.keys), f"{mark.sign} {mark.label}"


def _shortcuts(inside: QWidget) -> list[QShortcut]:
    return list(inside.findChildren(QShortcut))


def _row(where: str, shortcut: QShortcut) -> KeyRow:
    return KeyRow(where, pressed(shortcut.key()), words_of(shortcut))


def pressed(keys: QKeySequence) -> str:
    """Return a key as it stands on the keyboard: Ctrl+上翻页."""
    return "+".join(_CHINESE.get(part, part) for part in keys.toString().split("+")) or "Ctrl++"


def _chips(title: str, page: QWidget) -> Iterator[KeyRow]:
    chips: list[Chips] = list(page.findChildren(Chips))
    most = max((len(one.buttons) for one in chips), default=0)
    if most:
        yield KeyRow(title, f"Alt+1 至 Alt+{most}", "按上方筛选的次序换列表")
