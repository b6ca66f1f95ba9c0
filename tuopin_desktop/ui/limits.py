"""What whoever looks lacks a role for is not in the window: buttons are absent, forms are read-only.

That nothing is written is seen to where it would be written (`services/office/access.py`); here nothing is offered.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from tuopin_desktop.domain.roles import Act, Signed
from tuopin_desktop.ui.widgets.editors import SecretEditor
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import Button
from tuopin_desktop.ui.widgets.search import SearchLine

KEYS_WRITE = "keys write"
"""The property of a table whose keys are entries."""
_ENTRIES = (QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.Drop, QEvent.Type.ContextMenu)
_CHANGING = (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y)
_GONE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Limits(QObject):
    """Watches a window from now on, and each widget whenever it is shown: pages are made when they are first opened."""

    def __init__(self, app: QApplication, window: QWidget, who: Signed) -> None:
        super().__init__(window)
        self._who = who
        app.installEventFilter(self)
        widgets: list[QWidget] = list(window.findChildren(QWidget))
        for widget in widgets:
            self._limit(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget):
            self._limit(watched)
        elif kind in _ENTRIES and isinstance(watched, QLineEdit | QPlainTextEdit | QTableView):
            # A page makes its fields writable again when it loads a record: what is typed is stopped as well.
            return self._lacks(watched) and (not isinstance(event, QKeyEvent) or _enters(event))
        return False

    def _lacks(self, widget: QWidget) -> bool:
        """Tell whether something would be entered in a widget by somebody who may not."""
        if isinstance(widget, QTableView):
            return bool(widget.property(KEYS_WRITE)) and not self._who.may(Act.ENTER)
        return _is_entry(widget) and not self._who.may(_act_of(widget))

    def _limit(self, widget: QWidget) -> None:
        if isinstance(widget, Button) and widget.act is not None and not self._who.may(widget.act):
            widget.leave_out()
        elif isinstance(widget, SecretEditor) and not self._who.may(Act.REVEAL):
            widget.keep_hidden()
        elif not isinstance(widget, QTableView) and self._lacks(widget):
            _shut(widget)


def _enters(event: QKeyEvent) -> bool:
    """Tell whether a key would be an entry, and not a move or a shortcut."""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return event.key() in _CHANGING
    return event.key() in _GONE or (bool(event.text()) and event.text().isprintable())


def _is_entry(widget: QWidget) -> bool:
    """Tell whether something is typed or chosen in it that a page would keep."""
    if isinstance(widget, SearchLine):
        return False
    if isinstance(widget, QComboBox | QCheckBox):
        return _within(widget, RecordForm)
    is_text = isinstance(widget, QLineEdit | QPlainTextEdit)
    return is_text and not isinstance(widget.parentWidget(), QComboBox) and _within(widget, Page)


def _within(widget: QWidget, cls: type[QWidget]) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QDialog):
        if isinstance(parent, cls):
            return True
        parent = parent.parentWidget()
    return False


def _act_of(widget: QWidget) -> Act:
    """Return what it is to enter something: what the kind of the form's record says, else to enter."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, RecordForm):
            return parent.act
        if isinstance(act := getattr(parent, "act", None), Act):
            return act
        parent = parent.parentWidget()
    return Act.ENTER


def _shut(widget: QWidget) -> None:
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        widget.setReadOnly(True)
    elif isinstance(widget, QComboBox | QAbstractButton):
        widget.setEnabled(False)
