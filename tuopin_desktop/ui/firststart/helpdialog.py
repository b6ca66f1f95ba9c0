"""The manual's chapter of the first start, beside its window: there is no page yet that could explain itself."""

from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.services.manual import topics
from tuopin_desktop.ui.manualview import LargePicture, ManualView
from tuopin_desktop.ui.widgets.parts import button, column, row
from tuopin_desktop.ui.widgets.placing import resize_fitting

CHAPTER = "firststart"


class FirstHelp(QDialog):
    """Shows the chapter until it is closed; the window behind it goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("第一次使用 · 说明")
        resize_fitting(self, 620, 560)
        self.text = ManualView()
        self.text.setAccessibleName("说明")
        self.text.show_markup("".join(f"<h2>{one.title}</h2>{one.body}" for one in topics.chapter(CHAPTER)))
        self.text.picture_wanted.connect(lambda name: LargePicture(name, self).open())
        feet = row(None, button("关闭", self.close, role="primary"))
        layout = column(self.text, feet, gap=10, margins=(16, 14, 16, 12))
        layout.setStretch(0, 1)
        self.setLayout(layout)
