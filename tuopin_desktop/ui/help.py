"""F1: the manual's chapter for the page that stands open."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from tuopin_desktop.ui import resources
from tuopin_desktop.ui.widgets.parts import button, column, row
from tuopin_desktop.ui.widgets.placing import resize_fitting

START = "index"


class HelpDialog(QDialog):
    """Shows one chapter; links lead to the others. `keys_wanted` asks for the sheet of keys on paper."""

    keys_wanted = Signal()

    def __init__(self, chapter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        resize_fitting(self, 720, 560)
        self._text = QTextBrowser()
        self._text.setAccessibleName("帮助正文")
        self._text.setSearchPaths([str(resources.MANUAL)])
        self._text.document().setDefaultStyleSheet(_STYLE)
        close = button("关闭", self.reject)
        keys = button("打印按键表…", self.keys_wanted.emit, icon="printer", tip="各页的按键印成一页，放在键盘旁边")
        contents = button("目录", lambda: self.show_chapter(START))
        self.setLayout(column(self._text, row(contents, keys, None, close), gap=12, margins=(16, 16, 16, 12)))
        self.show_chapter(chapter)

    def show_chapter(self, chapter: str) -> None:
        """Open a chapter by the key of its page; an unknown one opens the contents."""
        name = chapter if (resources.MANUAL / f"{chapter}.html").exists() else START
        self._text.setSource(QUrl.fromLocalFile(str(resources.MANUAL / f"{name}.html")))

    @property
    def words(self) -> str:
        """The text shown."""
        return self._text.toPlainText()


# Sizes by name: lengths would be added to what Qt gives headings of its own.
_STYLE = (
    "h1 { font-size: x-large; } h2 { font-size: large; } p, li { line-height: 140%; } td { padding: 2px 12px 2px 0; }"
)
