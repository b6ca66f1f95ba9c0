"""A chart on the screen: the ink of the paper at the width there is, its marks opened by pointer or keys."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tuopin_desktop.services.reporting.chartviews import ChartView, Spot
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.paper.painter import PaperFonts, paint_ops
from tuopin_desktop.ui.widgets.plain import show_tip

_MOST = 5.2  # px a millimetre: larger letters do not read better
_RING = "#7FA3D1"
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ChartCanvas(QWidget):
    """One chart; `opened` carries the mark that was clicked, or on which Enter was pressed.

    Arrow keys go from mark to mark and say what each holds, Ctrl+C takes the table behind the chart with its heads.
    """

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.view: ChartView | None = None
        self.at = -1
        self._fonts: PaperFonts | None = None
        self._mm = 1.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_view(self, view: ChartView, fonts: PaperFonts) -> None:
        """Show another chart; the mark in hand stays where the new one has it too."""
        self.view, self._fonts = view, fonts
        self.at = min(self.at, len(view.spots) - 1)
        self.setAccessibleName(view.title)
        self._tell()
        self._fit()

    @property
    def spot(self) -> Spot | None:
        """The mark in hand."""
        return self.view.spots[self.at] if self.view is not None and 0 <= self.at < len(self.view.spots) else None

    def rect_of(self, spot: Spot) -> QRectF:
        """Return where a mark stands on the screen, in px of the widget."""
        return QRectF(QPointF(spot.x0, spot.y0) * self._mm, QPointF(spot.x1, spot.y1) * self._mm)

    def sizeHint(self) -> QSize:
        view = self.view
        return QSize(300, round(view.tall * self._mm) if view is not None else 0)

    def copy(self) -> None:
        """Take the table behind the chart, heads first, cells parted by tabs."""
        if self.view is not None:
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in self.view.table))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key is Qt.Key.Key_C:
            self.copy()
        elif key in _KEYS:
            self._step(*_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.spot is not None and not event.isAutoRepeat():
            self.opened.emit(self.spot)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        spot = self.view.spots[at] if self.view is not None and at >= 0 else None
        show_tip(event.globalPosition().toPoint(), spot.text if spot else "", self)
        self.setCursor(Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton and (at := self._under(event.position())) >= 0:
            self._go(at)
            self.opened.emit(self.spot)

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.at < 0 and self.view is not None and self.view.spots:
            self._go(0)
        super().focusInEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.view is None or self._fonts is None:
            return
        with QPainter(self) as painter:
            paint_ops(painter, self.view.ops, self._fonts, mm=self._mm, ink=theme.color("text"))
            if self.spot is not None and self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.color_of(_RING), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.rect_of(self.spot).adjusted(-2, -2, 2, 2), 3, 3)

    def _fit(self) -> None:
        if self.view is not None:
            self._mm = max(1.0, min(_MOST, self.width() / self.view.wide))
            self.setFixedHeight(round(self.view.tall * self._mm) + 4)
        self.update()

    def _under(self, place: QPointF) -> int:
        spots = self.view.spots if self.view is not None else ()
        return next((at for at, spot in enumerate(spots) if self.rect_of(spot).contains(place)), -1)

    def _step(self, across: int, down: int) -> None:
        """Go to the nearest mark in a direction."""
        here, spots = self.spot, self.view.spots if self.view is not None else ()
        if here is None:
            self._go(0 if spots else -1)
            return

        def ahead(spot: Spot) -> float:
            along, aside = (spot.x0 - here.x0) * across + (spot.y0 - here.y0) * down, (spot.x0 - here.x0) * down
            return along + 4 * abs(aside + (spot.y0 - here.y0) * across) if along > 0.01 else float("inf")

        nearest = min(range(len(spots)), key=lambda at: ahead(spots[at]))
        if ahead(spots[nearest]) < float("inf"):
            self._go(nearest)
        elif not across:  # marks in one row: up and down go on to the next as well
            self._go(max(0, min(len(spots) - 1, self.at + down)))

    def _go(self, at: int) -> None:
        self.at = at
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.spot.text if self.spot is not None else "")
