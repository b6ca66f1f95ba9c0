"""A scanned page on the screen, and a kept scan or photo beside the window it belongs to."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from tuopin_desktop.services.leave import scans
from tuopin_desktop.services.registers import recordfiles
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row


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


class ScanViewer(QDialog):
    """The file beside its window, page by page."""

    def __init__(self, asker: Asker, attachment_id: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._asker = asker
        self._id = attachment_id
        self._pages: tuple[int, ...] = (1,)
        self._at = 0
        self.setWindowTitle(f"附件 · {name}")
        self.resize(min(620, parent.width()), min(680, parent.height()))
        self.view = PageView("扫描页")
        self.message = Toasts(self)
        self._where = label("", "quiet")
        feet = row(
            button("上一页", lambda: self._turn(-1), icon="chevron-left"),
            button("下一页", lambda: self._turn(1), icon="chevron-right"),
            self._where,
            None,
            button("关闭", self.accept, role="primary"),
        )
        layout = column(card(column(self.view, margins=(1, 1, 1, 1))), feet, margins=(12, 12, 12, 12))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        asker.ask(recordfiles.pages, attachment_id, then=self._show_pages, failed=self.message.complain)

    def _show_pages(self, pages: tuple[int, ...]) -> None:
        self._pages = pages
        self._turn(0)

    def _turn(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._pages) - 1))
        self._where.setText(f"第{self._at + 1}页，共{len(self._pages)}页")
        page = self._pages[self._at]
        self._asker.ask(
            scans.page_image, self._id, page, then=self.view.show_png, failed=self.message.complain, lane="scan"
        )
