"""Keys, each bound with words for what it does: the printed sheet of keys is made of them (`ui/keysheet.py`)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.roles import Act

_WORDS = "words"
_WHY, _ACT, _ROWLESS = "why shut", "act", "rowless"
NOT_NOW = "现在不能办"


def on_key(
    owner: QWidget,
    keys: str,
    text: str,
    slot: Callable[[], object],
    *,
    inside: bool = True,
    act: Act = Act.READ,
    rows: bool = True,
) -> QShortcut:
    """Call `slot` on a key while `owner` (with `inside`: or anything in it) has the keyboard.

    Two pages may so use the same key. The menu of a list says what it is to press it (`act`), and whether it is about
    `rows` that are chosen.
    """
    shortcut = on_window_key(owner, keys, text, slot)
    shortcut.setProperty(_ACT, act.value)
    shortcut.setProperty(_ROWLESS, not rows)
    contexts = Qt.ShortcutContext
    shortcut.setContext(contexts.WidgetWithChildrenShortcut if inside else contexts.WidgetShortcut)
    return shortcut


def on_window_key(owner: QWidget, keys: str, text: str, slot: Callable[[], object]) -> QShortcut:
    """Call `slot` on a key wherever in the window of `owner` the keyboard is."""
    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setProperty(_WORDS, text)
    shortcut.activated.connect(lambda: slot())
    return shortcut


def words_of(shortcut: QShortcut) -> str:
    """Return what a key does, "" where it was bound without saying so."""
    return str(shortcut.property(_WORDS) or "")


def act_of(shortcut: QShortcut) -> Act:
    """Return what it is to press a key."""
    return Act(shortcut.property(_ACT) or Act.READ.value)


def needs_rows(shortcut: QShortcut) -> bool:
    """Tell whether a key does something with the rows that are chosen."""
    return not shortcut.property(_ROWLESS)


def shut(shortcut: QShortcut, why: str) -> None:
    """Let a key do nothing for a reason, which the menu of its list says; "" opens it again."""
    shortcut.setProperty(_WHY, why)
    shortcut.setEnabled(not why)


def why_shut(shortcut: QShortcut) -> str:
    """Return why a key does nothing now, "" where it does."""
    return "" if shortcut.isEnabled() else str(shortcut.property(_WHY) or NOT_NOW)
