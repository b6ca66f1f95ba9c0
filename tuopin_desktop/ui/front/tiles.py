"""The picture of all counties: a tile for each in the row of its league, tinted, hatched and framed by its state."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tuopin_desktop.services.home.abovestate import BAD, GOOD, MEASURES, MIDDLE, AboveState, CountyLine
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.front.drawing import LEFT, font_of, hatching, write
from tuopin_desktop.ui.front.drawing import MIDDLE as CENTER
from tuopin_desktop.ui.widgets.plain import show_tip

_LABEL = 92
_TILE, _LEAST, _GAP = 43, 37, 2
_HIGH = 30
_RING = "#7FA3D1"


class Tiles(QWidget):
    """Arrow keys and a click go to a county, which `county_wanted` tells; Enter or a double click opens it."""

    county_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state: AboveState | None = None
        self.measure = "report"
        self.current = ""

    def replace(self, state: AboveState) -> None:
        """Show other counts."""
        self._state = state
        self._name()
        self.update()

    def set_measure(self, measure: str) -> None:
        """Show the states by another measure."""
        self.measure = measure
        self._name()
        self.update()

    def select(self, county: str) -> None:
        """Mark a county, as the table stands on it."""
        if county != self.current:
            self.current = county
            self._name()
            self.update()

    def sentence(self, line: CountyLine) -> str:
        """Return a tile in words: its county, and its state by the measure."""
        title, names = MEASURES[self.measure]
        if not line.ready:
            return f"{line.team.name}：正在核对"
        if self.measure == "report" and line.sent_on is not None:
            return f"{line.team.name}：{line.report}，{line.sent_on.month}月{line.sent_on.day}日报出"
        if self.measure == "report":
            return f"{line.team.name}：{line.report}"
        return f"{line.team.name}：{title}，{names[(GOOD, MIDDLE, BAD).index(line.state(self.measure))]}"

    def _name(self) -> None:
        lines = self._state.lines if self._state else ()
        line = next((one for one in lines if one.team.county == self.current), None)
        self.setAccessibleName(self.sentence(line) if line else "各旗县")

    def rows(self) -> list[tuple[str, tuple[CountyLine, ...]]]:
        """Return the leagues' names with their counties."""
        if self._state is None:
            return []
        return [(name, self._state.of(code)) for code, name in self._state.leagues]

    # -- where things are

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(self, _LABEL + 10 * _LEAST), theme.scaled(self, 19) * 11)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, _LABEL + 10 * (_TILE + _GAP)), theme.scaled(self, _HIGH) * 11)

    def _row_high(self) -> int:
        return max(16, min(theme.scaled(self, _HIGH), self.height() // max(1, len(self.rows()))))

    def places(self) -> Iterator[tuple[QRect, CountyLine]]:
        """Yield every tile with its place; a league that is longer than a row is has narrower tiles."""
        high, left = self._row_high(), theme.scaled(self, _LABEL)
        longest = max((len(lines) for _, lines in self.rows()), default=1)
        wide = min(theme.scaled(self, _TILE + 8), (self.width() - left) // max(1, longest))
        for at, (_, lines) in enumerate(self.rows()):
            for number, line in enumerate(lines):
                yield QRect(left + number * wide, at * high + 2, wide - _GAP, high - 5), line

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            high = self._row_high()
            for at, (name, lines) in enumerate(self.rows()):
                self._label(painter, QRect(0, at * high, theme.scaled(self, _LABEL) - 4, high), name, lines)
            for place, line in self.places():
                self._tile(painter, place, line)
        finally:
            painter.end()

    def _label(self, painter: QPainter, place: QRect, name: str, lines: Sequence[CountyLine]) -> None:
        painter.setFont(font_of(self, 13))
        short = name.removesuffix("市").removesuffix("盟")
        width = write(painter, place, short, "text", LEFT)
        good = sum(one.state(self.measure) != BAD for one in lines if one.ready)
        bad = good < sum(one.ready for one in lines)
        painter.setFont(font_of(self, 12, bold=bad))
        rest = place.adjusted(width + 6, 0, 0, 0)
        write(painter, rest, f"{good}/{len(lines)}", "bad" if bad else "text2")

    def _tile(self, painter: QPainter, place: QRect, line: CountyLine) -> None:
        state = line.state(self.measure) if line.ready else ""
        paint_state(painter, place, state, self.devicePixelRatioF())
        painter.setFont(font_of(self, 12, bold=state == BAD))
        tokens = {GOOD: "ok", MIDDLE: "warn", BAD: "bad"}
        write(painter, place.adjusted(1, 0, -1, 0), line.short, tokens.get(state, "text3"), CENTER)
        if line.team.county == self.current:
            pen = painter.pen()
            pen.setColor(theme.color_of(_RING) if self.hasFocus() else theme.color("accent"))
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.setBrush(Qt.GlobalColor.transparent)
            painter.drawRoundedRect(QRectF(place).adjusted(-1, -1, 1, 1), 5, 5)

    # -- hands

    def _at(self, event: QMouseEvent) -> str:
        point = event.position().toPoint()
        return next((line.team.county for place, line in self.places() if place.contains(point)), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if county := self._at(event):
            self._go(county)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if county := self._at(event):
            self.opened.emit(county)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: (-1, 0), keys.Key_Right: (1, 0), keys.Key_Up: (0, -1), keys.Key_Down: (0, 1)}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self._step(*step)
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and self.current:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int) -> None:
        rows = [lines for _, lines in self.rows() if lines]
        if not rows:
            return
        at, number = next(
            ((at, number) for at, lines in enumerate(rows) for number, one in enumerate(lines)
             if one.team.county == self.current), (0, -1 if across > 0 else 0),
        )  # fmt: skip
        at = min(max(at + down, 0), len(rows) - 1)
        self._go(rows[at][min(max(number + across, 0), len(rows[at]) - 1)].team.county)

    def _go(self, county: str) -> None:
        self.select(county)
        self.county_wanted.emit(county)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            line = next((line for place, line in self.places() if place.contains(event.pos())), None)
            show_tip(event.globalPos(), self.sentence(line) if line else "", self)
            return True
        return super().event(event)


def paint_state(painter: QPainter, place: QRect, state: str, ratio: float) -> None:
    """Paint a state: plain, framed, or hatched and framed, so that it is told in grey as in colour."""
    pen = painter.pen()
    pen.setWidthF(1.2)
    pen.setColor({MIDDLE: theme.color("warn"), BAD: theme.color("bad")}.get(state, Qt.GlobalColor.transparent))
    painter.setPen(pen)
    if state == BAD:
        painter.setBrush(hatching("bad", ratio, faint=True))
    else:
        grounds = {GOOD: theme.color_of("#D5E6DC"), MIDDLE: theme.color_of(theme.TONES["warn"][1])}
        painter.setBrush(grounds.get(state, theme.color("row")))
    painter.drawRoundedRect(QRectF(place), 4, 4)


class Legend(QWidget):
    """The three states by the measure shown."""

    def __init__(self) -> None:
        super().__init__()
        self._measure = "report"

    def set_measure(self, measure: str) -> None:
        """Tell the states of another measure."""
        self._measure = measure
        self.setAccessibleName("、".join(MEASURES[measure][1]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 300), theme.scaled(self, 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font_of(self, 13))
            left, high = 1, self.height()
            for state, name in zip((GOOD, MIDDLE, BAD), MEASURES[self._measure][1], strict=True):
                box = QRect(left, (high - 12) // 2, 20, 12)
                paint_state(painter, box, state, self.devicePixelRatioF())
                place = QRect(box.right() + 6, 0, self.width() - box.right() - 6, high)
                left = place.left() + write(painter, place, name, "text2") + 16
        finally:
            painter.end()
