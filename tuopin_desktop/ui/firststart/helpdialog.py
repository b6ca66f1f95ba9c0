"""The manual's chapter of the first start, beside its window: there is no page yet that could explain itself."""

from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from tuopin_desktop.services.manual import topics
from tuopin_desktop.ui.widgets.parts import button, column, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.plain import lay

CHAPTER = "firststart"


class FirstHelp(QDialog):
    """Shows the chapter until it is closed; the window behind it goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("第一次使用 · 说明")
        resize_fitting(self, 620, 560)
        self.text = QTextBrowser()
        self.text.setAccessibleName("说明")
        self.text.setOpenLinks(False)
        lay(self.text, "".join(f"<h2>{one.title}</h2>{one.body}" for one in topics.chapter(CHAPTER)))
        feet = row(None, button("关闭", self.close, role="primary"))
        layout = column(self.text, feet, gap=10, margins=(16, 14, 16, 12))
        layout.setStretch(0, 1)
        self.setLayout(layout)
