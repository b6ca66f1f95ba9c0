"""Words on one line however little room there is: what does not fit is shown by … and told whole by the tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStylePainter, QWidget

from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.ui.widgets.plain import set_tip


class OneLine(QLabel):
    """Asks for the room of its words and makes do with any; `text()` is always the whole."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def setText(self, text: str) -> None:
        super().setText(with_dates(text))
        self._tell_whole()

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tell_whole(self) -> None:
        set_tip(self, "" if self._shown() == self.text() else self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        flags, ink = int(self.alignment().value), self.foregroundRole()
        painter.drawItemText(self.contentsRect(), flags, self.palette(), self.isEnabled(), self._shown(), ink)
