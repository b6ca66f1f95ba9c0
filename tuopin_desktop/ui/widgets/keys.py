"""Keys that work in one widget only, so that two pages may use the same key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_key(owner: QWidget, keys: str, words: str, slot: Callable[[], object], *, inside: bool = True) -> QShortcut:
    """Call `slot` on a key while `owner` (with `inside`: or anything in it) has the keyboard.

    `words` say what it does: the printed sheet of keys is made of them (`ui/keylist.py`).
    """
    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setWhatsThis(words)
    contexts = Qt.ShortcutContext
    shortcut.setContext(contexts.WidgetWithChildrenShortcut if inside else contexts.WidgetShortcut)
    shortcut.activated.connect(lambda: slot())
    return shortcut
