"""A card of lines to work off: each with its name, how many, what is owed, and a button to where it is mended."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from tuopin_desktop.ui import icons, theme
from tuopin_desktop.ui.front.drawing import LEFT, MIDDLE, RIGHT, font_of, ink, pill, quiet_line, write
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip

MOST, LEAST = 6, 4
"""So many lines stand in a card, on a low screen as few; what is beyond them is sentence in one line more."""
_LOW, _HIGH = 25, 36
_AROUND = 58
"""Px of a card beside its lines."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: `count` of a duty stands in a pill beside its name, `word` is the state of a slip in its tone."""

    key: str
    name: str
    text: str
    button: str
    icon: str = ""
    count: int | None = None
    word: str = ""
    tone: str = ""
    since: str = ""
    tip: str = ""


class LineRow(QWidget):
    """Paints a line and has its button; `rows_wanted` asks for the rows of its number."""

    pressed = Signal(str)
    rows_wanted = Signal(str)

    def __init__(self, line: Line, name_width: int) -> None:
        super().__init__()
        self.line = line
        self._name_width = name_width
        self._count_place = QRect()
        self.setMouseTracking(True)
        sentence = "，".join(
            one for one in (f"{line.count}项" if line.count else line.word, line.text, line.since) if one
        )
        set_tip(self, line.tip or f"{line.name}：{sentence}")
        self.setAccessibleName(f"{line.name}：{sentence}")
        self.go = button(line.button, lambda: self.pressed.emit(line.key), role="line")
        self.go.setAccessibleName(f"{line.name}：{line.button}")
        self.go.setAccessibleDescription(sentence)
        self.go.setMinimumWidth(theme.scaled(self, 82))
        self.go.installEventFilter(self)
        self.setLayout(row(None, self.go, margins=(0, 1, 0, 1)))
        self.setMinimumHeight(theme.scaled(self, _LOW))
        self.setMaximumHeight(theme.scaled(self, _HIGH))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let the right arrow on the button open the rows of the number."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Right:
            self._count()
            return True
        return False

    def _count(self) -> None:
        if self.line.count:
            self.rows_wanted.emit(self.line.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._count_place.contains(event.position().toPoint()):
            self._count()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._count_place.contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.line.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self.line.name)
        menu.addAction(f"{self.line.button}\tEnter", self.go.click)
        if self.line.count:
            menu.addAction(f"看这{self.line.count}项\t→", self._count)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        line, right, high = self.line, self.go.x() - 10, self.height()
        painter.setPen(theme.color("row"))
        painter.drawLine(0, 0, self.width(), 0)
        left = 0
        if line.icon:
            side = theme.scaled(self, 16)
            icons.icon(line.icon).paint(painter, QRect(0, (high - side) // 2, side, side))
            left = side + 8
        painter.setFont(font_of(self, 14, bold=True))
        write(painter, QRect(left, 0, self._name_width, high), line.name)
        left += self._name_width + 8
        left += self._mark(painter, left)
        painter.setFont(font_of(self, 13))
        if line.since:
            width = painter.fontMetrics().horizontalAdvance(line.since) + 2
            write(painter, QRect(right - width, 0, width, high), line.since, ink(line.tone), RIGHT)
            right -= width + 10
        painter.setFont(font_of(self, 14))
        write(painter, QRect(left, 0, max(0, right - left), high), line.text, "text", LEFT)

    def _mark(self, painter: QPainter, left: int) -> int:
        """Paint the number, or the word of a state, and return how much room it took."""
        painter.setFont(font_of(self, 12))
        if self.line.count is None:
            return pill(painter, QRect(left, 0, 200, self.height()), self.line.word, self.line.tone) + 8
        width, tall = theme.scaled(self, 30), theme.scaled(self, 19)
        self._count_place = QRect(left, (self.height() - tall) // 2, width, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("row"))
        painter.drawRoundedRect(self._count_place, tall / 2, tall / 2)
        painter.setPen(theme.color("text"))
        painter.drawText(self._count_place, MIDDLE, str(self.line.count))
        return width + 8


class LinesCard(QFrame):
    """Up to six lines; `pressed` carries the key of a line, `rows_wanted` that of a number, "" all of them.

    Up and Down go along the buttons.
    """

    pressed = Signal(str)
    rows_wanted = Signal(str)
    followed = Signal()

    def __init__(self, title: str, link: str, unit: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._unit = unit
        self._head = quiet_line()
        self.all = button(link, self.followed.emit, role="link")
        self._lines = column(gap=0)
        self._more = button("", lambda: self.rows_wanted.emit(""), role="link")
        self._more.hide()
        self._nothing = label("", "quiet")
        self._nothing.hide()
        head = row(label(title, "section"), self._head, None, self.all, gap=10)
        foot = row(self._more, None)
        layout = column(head, self._nothing, self._lines, foot, None, gap=1, margins=(16, 6, 16, 4))
        layout.setStretch(2, 100)
        layout.setStretch(4, 1)
        self.setLayout(layout)
        self.rows: list[LineRow] = []
        self._shown: tuple[Line, ...] | None = None
        self._count = 0
        on_key(self, "Up", "上一行", lambda: self._step(-1))
        on_key(self, "Down", "下一行", lambda: self._step(1))

    def replace(self, lines: Sequence[Line], head: str, nothing: str) -> None:
        """Show other lines; the keyboard stays on the same one, or where it was."""
        self._head.setText(head)
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        focus, waits = self.focused(), not self.rows and self.all.hasFocus()
        place = self.rows.index(focus) if focus else -1
        clear(self._lines)
        some, self._count = lines[:MOST], len(lines)
        metrics = self.fontMetrics()
        width = max((metrics.horizontalAdvance(one.name) for one in some), default=0) * 15 // 14
        self.rows = [LineRow(one, min(width, theme.scaled(self, 112))) for one in some]
        for one in self.rows:
            one.pressed.connect(self.pressed)
            one.rows_wanted.connect(self.rows_wanted)
            self._lines.addWidget(one, 1)
        self._fit()
        self._nothing.setText(nothing)
        self._nothing.setVisible(not lines)
        if focus and self.rows:
            same = next((one for one in self.rows if one.line.key == focus.line.key), None)
            (same or self.rows[min(place, len(self.rows) - 1)]).go.setFocus()
        elif waits and self.rows:
            self.enter()

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of few lines: more are shown where there is room."""
        return QSize(super().minimumSizeHint().width(), theme.scaled(self, _AROUND + LEAST * _LOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many lines as there is room for."""
        room = (self.height() - theme.scaled(self, _AROUND)) // theme.scaled(self, _LOW)
        fitting = min(MOST, max(LEAST, room))
        for at, one in enumerate(self.rows):
            one.setVisible(at < fitting)
        self._more.setText(f"还有{self._count - fitting}{self._unit}")
        self._more.setVisible(self._count > fitting)

    def focused(self) -> LineRow | None:
        """Return the line the keyboard is on."""
        return next((one for one in self.rows if one.go.hasFocus()), None)

    def enter(self) -> None:
        """Take the keyboard, on the first line."""
        (self.rows[0].go if self.rows else self.all).setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, by: int) -> None:
        focus = self.focused()
        if focus is not None:
            place = self.rows.index(focus) + by
            if 0 <= place < len(self.rows) and not self.rows[place].isHidden():
                self.rows[place].go.setFocus(Qt.FocusReason.TabFocusReason)
