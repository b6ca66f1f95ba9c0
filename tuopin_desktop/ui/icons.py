"""Line icons, drawn from SVG at whatever size and scale is asked for, so that they are crisp everywhere."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tuopin_desktop.ui import resources, theme


class _LineIcon(QIconEngine):
    """Draws one SVG in grey, in the accent when checked, and faint when disabled."""

    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = self._ink
        if mode is QIcon.Mode.Disabled:
            ink = theme.TOKENS["text3"]
        elif state is QIcon.State.On:
            ink = theme.TOKENS["accent"]
        _renderer(self._name, ink).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, self._ink)


@lru_cache(maxsize=256)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    text = (resources.ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", ink).encode()))


def icon(name: str, ink: str = "") -> QIcon:
    """Return the icon of that file name; `ink` is a colour like `#FFFFFF`, grey when left out."""
    return QIcon(_LineIcon(name, ink or theme.TOKENS["text2"]))


def picture(name: str, px: int, ink: str = "", *, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture for a label."""
    side = round(px * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        _renderer(name, QColor(ink or theme.TOKENS["text3"]).name()).render(painter, QRectF(0, 0, side, side))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
