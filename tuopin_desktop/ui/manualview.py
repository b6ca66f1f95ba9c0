"""Shows the markup of the manual: pictures as wide as the pane, large on a click, steps with the numbers they bear."""

import re

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QPixmap, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from tuopin_desktop.machine import files
from tuopin_desktop.services.manual.markup import disc
from tuopin_desktop.services.manual.topics import PICTURES
from tuopin_desktop.ui.paper.viewer import PageView
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.plain import lay

_PICTURE = "picture"
"""How the link of a picture begins."""
_IMAGE = re.compile(r'<img src="pictures/([\w-]+)\.png"[^>]*>')
_STEPS = re.compile(r"<ol[^>]*>(.*?)</ol>", re.DOTALL)
_STEP = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_EDGE = 10
# Sizes by name: lengths would be added to what Qt gives headings of its own.
_STYLE = (
    "h1 { font-size: large; } h2 { font-size: medium; } p, li { line-height: 140%; } td { padding: 2px 8px 2px 0; }"
    " .step { color: #B3261E; font-weight: bold; }"
)


class ManualView(QTextBrowser):
    """A browser of topics; it opens no file but the pictures of the manual.

    `picture_wanted` carries the name of a picture that was clicked, `followed` any other link.
    """

    picture_wanted = Signal(str)
    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.anchorClicked.connect(lambda url: self._click(url.toString()))
        self._markup = ""
        self.setAccessibleName("帮助正文")
        self.document().setDefaultStyleSheet(_STYLE)
        self.setTabChangesFocus(True)
        # A bar that comes and goes while topics are laid would have them laid again, inside of it even, without end.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._resized = QTimer(self, singleShot=True, interval=0)
        self._resized.timeout.connect(self._refit)

    def _click(self, link: str) -> None:
        what, _, name = link.partition(":")
        if what == _PICTURE:
            self.picture_wanted.emit(name)
        else:
            self.followed.emit(link)

    def show_markup(self, markup: str) -> None:
        """Show topics from their beginning."""
        self._markup = _STEPS.sub(lambda hit: _numbered(hit[1]), markup)
        self._fit()

    def _fit(self) -> None:
        lay(self, _IMAGE.sub(self._linked, self._markup))

    def _linked(self, hit: re.Match[str]) -> str:
        link = f'<a href="{_PICTURE}:{hit[1]}">'
        # No paragraph: a line of 140 % would be that of the picture.
        return f'<div>{link}<img src="pictures/{hit[1]}.png" width="{self._wide}"></a></div><div>{link}看大图</a></div>'

    @property
    def _wide(self) -> int:
        return max(120, self.viewport().width() - 2 * _EDGE)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        hit = re.fullmatch(r"pictures/([\w-]+)\.png", QUrl(name).toString())
        if kind != QTextDocument.ResourceType.ImageResource or not hit:
            return None
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap(str(PICTURES / f"{hit[1]}.png")).scaledToWidth(round(self._wide * ratio), smooth)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and "<img" in self._markup:
            self._resized.start()

    def _refit(self) -> None:
        place = self.verticalScrollBar().value()
        self._fit()
        self.verticalScrollBar().setValue(place)


def _numbered(items: str) -> str:
    """Return the steps of a list, each beside the number it bears on the picture."""
    steps = enumerate(_STEP.findall(items), 1)
    lines = (f'<tr><td class="step">{disc(number)}</td><td>{step}</td></tr>' for number, step in steps)
    return f"<table>{''.join(lines)}</table>"


class LargePicture(QDialog):
    """A picture of the manual in its full size."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("看大图")
        view = PageView("手册里的图")
        view.show_png(files.read(PICTURES / f"{name}.png"))
        leave = button("关闭", self.accept)
        self.setLayout(column(view, row(label("Esc 关闭", "hint"), None, leave), margins=(12, 12, 12, 12)))
        resize_fitting(self, 980, 600)
        self.finished.connect(self.deleteLater)
        leave.setFocus()
