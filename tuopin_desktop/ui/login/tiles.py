"""The tiles of those who may sign in: a letter, the name, the roles, and when the program was used last."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from tuopin_desktop.services.office.users import UserRow
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.plain import set_tip

WIDTH, HEIGHT, GAP = 176, 92, 18
ACROSS = 4
_DISC, _LEFT, _TEXT = 44, 16, 72


def used_words(used: datetime | None, today: date) -> str:
    """Return when somebody signed in last, as one says it."""
    if used is None:
        return "还没有用过"
    if used.date() == today:
        return f"今天 {used:%H:%M}"
    if used.date() == today - timedelta(days=1):
        return f"昨天 {used:%H:%M}"
    day = f"{used.month}月{used.day}日"
    return day if used.year == today.year else f"{used.year}年{day}"


class Tile(QAbstractButton):
    """One person; checked is who is going to sign in."""

    def __init__(self, row: UserRow, today: date) -> None:
        super().__init__()
        self.row = row
        self._used = used_words(row.used, today)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_tip(self, f"{row.name}：{row.role_text}")
        self.setAccessibleName(f"{row.name}，{row.role_text}，{self._used}")
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, WIDTH), theme.scaled(self, HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._frame(painter)
            self._disc(painter)
            self._words(painter)

    def _frame(self, painter: QPainter) -> None:
        checked = self.isChecked()
        thick = 2 if checked or self.hasFocus() else 1
        painter.setPen(QPen(theme.color("accent" if checked or self.hasFocus() else "line"), thick))
        painter.setBrush(theme.color_of("#F6FAFE") if checked else theme.color("card"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)

    def _disc(self, painter: QPainter) -> None:
        size = theme.scaled(self, _DISC)
        place = QRect(theme.scaled(self, _LEFT), (self.height() - size) // 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent" if self.isChecked() else "tint"))
        painter.drawEllipse(place)
        painter.setPen(theme.color("card" if self.isChecked() else "accent"))
        painter.setFont(self._font(18, bold=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.row.name[:1])

    def _words(self, painter: QPainter) -> None:
        left = theme.scaled(self, _TEXT)
        wide = self.width() - left - theme.scaled(self, 8)
        lines = (
            (16, True, "text", self.row.name),
            (13, False, "text2", self.row.role_text),
            (12, False, "text2", self._used),
        )
        top = theme.scaled(self, 17)
        for size, bold, ink, text in lines:
            painter.setFont(self._font(size, bold=bold))
            painter.setPen(theme.color(ink))
            high = painter.fontMetrics().height()
            elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRect(left, top, wide, high), Qt.AlignmentFlag.AlignVCenter, elided)
            top += high

    def _font(self, px: int, *, bold: bool) -> QFont:
        font = self.font()
        font.setPixelSize(theme.scaled(self, px))
        font.setBold(bold)
        return font


class Tiles(QWidget):
    """All tiles, four in a line, the last to use the program first; `tile_changed` carries the row of the one meant."""

    tile_changed = Signal(object)

    def __init__(self, rows: Sequence[UserRow], today: date) -> None:
        super().__init__()
        self.tiles = [Tile(row, today) for row in rows]
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.scaled(self, GAP))
        for place, tile in enumerate(self.tiles):
            self._group.addButton(tile)
            grid.addWidget(tile, place // ACROSS, place % ACROSS)
            tile.toggled.connect(lambda on, row=tile.row: self.tile_changed.emit(row) if on else None)
        grid.setColumnStretch(ACROSS, 1)

    @property
    def current(self) -> UserRow | None:
        """Who is going to sign in."""
        return next((tile.row for tile in self.tiles if tile.isChecked()), None)

    def choose(self, user_id: str) -> None:
        """Mean somebody by id; the first where nobody has it."""
        if self.tiles:
            next((tile for tile in self.tiles if tile.row.id == user_id), self.tiles[0]).setChecked(True)

    def move_by(self, step: int) -> None:
        """Mean another tile further on, or back."""
        place = next((at for at, tile in enumerate(self.tiles) if tile.isChecked()), 0)
        if self.tiles:
            self.tiles[min(max(place + step, 0), len(self.tiles) - 1)].setChecked(True)
