"""The menu under the right button: what the keys of a list do, under the same names, for who has none by heart."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.widgets.keys import act_of, needs_rows, why_shut, words_of

NO_ROW = "先选一行"


class Entry(msgspec.Struct, frozen=True):
    """One thing that can be done: its words, the key that does the same, what it does, and why it cannot be now."""

    text: str
    keys: str
    slot: Callable[[], object]
    why: str = ""


def strokes(table: QTableView) -> Iterator[QShortcut]:
    """Yield the keys that are bound to a list, the first of those that do the same."""
    names: set[str] = set()
    for one in table.children():
        if isinstance(one, QShortcut) and (text := words_of(one)) and text not in names:
            names.add(text)
            yield one


def stroke_entries(table: QTableView, may: Callable[[Act], bool]) -> list[Entry]:
    """Return what the page's own keys do with the rows that are chosen; what a role lacks is left out."""
    none = "" if table.selectionModel().hasSelection() else NO_ROW
    return [_entry(one, none if needs_rows(one) else "") for one in strokes(table) if may(act_of(one))]


def _entry(stroke: QShortcut, why: str) -> Entry:
    return Entry(words_of(stroke), stroke.key().toString(), stroke.activated.emit, why_shut(stroke) or why)


def menu_of(name: str, groups: Sequence[Sequence[Entry]], parent: QWidget) -> QMenu:
    """Return a menu of groups with a line between them; what cannot be done stays, with the reason for its key."""
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    for group in groups:
        if group and menu.actions():
            menu.addSeparator()
        for one in group:
            _add(menu, one)
    return menu


def _add(menu: QMenu, entry: Entry) -> QAction:
    text = entry.text.replace("&", "&&")
    action = menu.addAction(f"{text}\t{entry.why}" if entry.why else text)
    action.setEnabled(not entry.why)
    if not entry.why:
        action.setShortcut(QKeySequence(entry.keys))
    action.triggered.connect(lambda: entry.slot())
    return action
