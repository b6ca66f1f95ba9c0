"""The menu under the right button: what the keys of a list do, under the same names, for who has none by heart."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from tuopin_desktop.ui.widgets.keys import words_of

Entry = tuple[str, str, Callable[[], object]]
"""Words, the key that does the same, and what it does."""


def strokes(table: QTableView) -> Iterator[QShortcut]:
    """Yield the keys that are bound to a list, the first of those that do the same."""
    names: set[str] = set()
    for one in table.children():
        if isinstance(one, QShortcut) and one.isEnabled() and (text := words_of(one)) and text not in names:
            names.add(text)
            yield one


def menu_of(table: QTableView, entries: Sequence[Entry], parent: QWidget) -> QMenu:
    """Return the menu of a list: opening, the strokes of its page, copying."""
    menu = QMenu(parent)
    menu.setAccessibleName(table.accessibleName())
    some = table.selectionModel().hasSelection()
    for text, keys, slot in entries[:1]:
        _add(menu, text, keys, slot).setEnabled(some)
    if bound := list(strokes(table)):
        menu.addSeparator()
    for one in bound:
        _add(menu, words_of(one), one.key().toString(), one.activated.emit).setEnabled(some)
    menu.addSeparator()
    for text, keys, slot in entries[1:]:
        _add(menu, text, keys, slot)
    return menu


def _add(menu: QMenu, text: str, keys: str, slot: Callable[[], object]) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: slot())
    return action
