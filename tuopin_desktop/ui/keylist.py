"""The keys that the window really binds, with what they do: read off the shortcuts themselves, page by page."""

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.attendance.codes import MARKS
from tuopin_desktop.services.keysheet import KeyRow
from tuopin_desktop.ui.widgets.chips import Chips

EVERYWHERE = "通用"
_CHINESE = {"Return": "回车", "Enter": "回车", "PgUp": "上翻页", "PgDown": "下翻页", "Left": "←", "Right": "→"}
_LISTS = (("回车或双击", "打开所选一行"), ("Ctrl+C", "复制所选行，可粘贴到 Excel"))
"""What every list does by itself, not by a shortcut."""


def keys_of(shell: QWidget, pages: Iterable[tuple[str, QWidget]]) -> list[KeyRow]:
    """Return the keys of the window and of its pages (title, page), in the order of the rail; none twice on a page."""
    pages = list(pages)
    inside = {id(one) for _, page in pages for one in _shortcuts(page)}
    rows = [_row(EVERYWHERE, one) for one in _shortcuts(shell) if id(one) not in inside]
    rows += [KeyRow(EVERYWHERE, keys, f"列表中{words}") for keys, words in _LISTS]
    for title, page in pages:
        rows += [_row(title, one) for one in _shortcuts(page)]
        rows += _chips(title, page)
        rows += [KeyRow(title, keys, words) for keys, words in getattr(page, "key_words", lambda: ())()]
    return list(dict.fromkeys(rows))


def marks() -> Iterator[tuple[str, str]]:
    """Yield the keys that set a mark of attendance: V、1 √ 驻村工作."""
    for mark in MARKS:
        if mark.keys:
            yield "、".join(mark.keys), f"{mark.sign} {mark.words}"


def _shortcuts(inside: QWidget) -> list[QShortcut]:
    return list(inside.findChildren(QShortcut))


def _row(where: str, shortcut: QShortcut) -> KeyRow:
    return KeyRow(where, words_of(shortcut.key()), shortcut.whatsThis())


def words_of(keys: QKeySequence) -> str:
    """Return a key as it stands on the keyboard: Ctrl+上翻页."""
    return "+".join(_CHINESE.get(part, part) for part in keys.toString().split("+")) or "Ctrl++"


def _chips(title: str, page: QWidget) -> Iterator[KeyRow]:
    chips: list[Chips] = list(page.findChildren(Chips))
    most = max((len(one.buttons) for one in chips), default=0)
    if most:
        yield KeyRow(title, f"Alt+1 至 Alt+{most}", "按上方筛选的次序换列表")
