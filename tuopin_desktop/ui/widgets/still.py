"""Fields that the mouse wheel leaves alone: it scrolls what they stand on, and must not change what nobody looks at."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QTabBar, QWidget

from tuopin_desktop.domain.spelling import initials

_PAUSE_MS = 1200
"""How long the letters typed before still count."""


class ChoiceBox(QComboBox):
    """A combo box that hands the wheel on; letters typed on it choose by initials or pinyin, Chinese by the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = ""
        self._pause: QTimer | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isEditable() or not self._typed(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isEditable() or not self._typed(event.commitString()):
            super().inputMethodEvent(event)

    def showPopup(self) -> None:
        super().showPopup()
        if not self.isEditable():
            self.view().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._typed(event.text()):
            return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> bool:
        """Take typed text; tell whether it was any. In the open list the entry is marked, else it is chosen."""
        if not text.strip() or not text.isprintable():
            return False
        letters = self._letters + text.lower()
        at = self._entry(letters)
        if at < 0:
            letters, at = text.lower(), self._entry(text.lower())
        self._letters = letters
        self._begin_pause()
        if at >= 0 and self.view().isVisible():
            self.view().setCurrentIndex(self.model().index(at, self.modelColumn(), self.rootModelIndex()))
        elif at >= 0 and at != self.currentIndex():
            self.setCurrentIndex(at)
            self.activated.emit(at)
        return True

    def _begin_pause(self) -> None:
        if self._pause is None:
            self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
            self._pause.timeout.connect(self._forget_letters)
        self._pause.start()

    def _forget_letters(self) -> None:
        self._letters = ""

    def _entry(self, text: str) -> int:
        """Return the first entry that begins with a text, by its words, initials or pinyin; else one that holds it."""
        entries = [(at, self.itemText(at).lower()) for at in range(self.count())]
        for at, one in entries:
            if one.startswith(text) or any(form.startswith(text) for form in initials(one)):
                return at
        return next((at for at, one in entries if text in one), -1)


class NumberBox(QSpinBox):
    """A spin box that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tabs(QTabBar):
    """A bar of tabs that hands the wheel on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
