"""A scanned page on the screen: as wide as there is room, scrolled when it is longer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea

from tuopin_desktop.ui.widgets.parts import label


class PageView(QScrollArea):
    """Shows a PNG, or a sentence where there is none; arrow and page keys scroll."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = label()
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture = QPixmap()
        self.setWidgetResizable(True)
        self.setWidget(self._page)

    def show_png(self, png: bytes) -> None:
        """Show a page."""
        self._picture = QPixmap()
        self._picture.loadFromData(png)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def say(self, text: str) -> None:
        """Show a sentence instead of a page."""
        self._picture = QPixmap()
        self._page.setPixmap(QPixmap())
        self._page.setText(text)

    @property
    def shows_page(self) -> bool:
        """Whether a page is shown."""
        return not self._picture.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.shows_page:
            ratio = self.devicePixelRatioF()
            width = round(max(120, self.viewport().width() - 8) * ratio)
            scaled = self._picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            self._page.setPixmap(scaled)
