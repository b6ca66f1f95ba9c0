"""The strip of the team: a column for each, with where they are today and what is next."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tuopin_desktop.services.home.countystate import Where
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.front.drawing import LEFT, MIDDLE, font_of, quiet_line, write
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip

_USUAL = 5
"""So many columns share the width; more are reached by scrolling sideways, fewer stay as wide as five would be."""
_LEAST = 160
_ROOMY = 1000
"""From this width on there is room for a note beside the numbers."""
_SIGN = 24
_STATE_INK = {"out": "warn", "late": "bad", "open": "warn", "vacant": "bad"}


class Person(QWidget):
    """One of the team: a sign by its shape and character, name and post, the state, the place, and a link."""

    opened = Signal(str, str)

    def __init__(self, where: Where, first: bool) -> None:
        super().__init__()
        self._where, self._first = where, first
        line = f"{where.post}{where.name}：{where.state}，{where.more}"
        self.setAccessibleName(line)
        set_tip(self, line)
        self.link = button(where.link, partial(self.opened.emit, where.page, where.subject), role="link")
        self.link.setAccessibleName(f"{where.name}：{where.link}")
        self.link.setAccessibleDescription(line)
        self.setLayout(column(None, row(self.link, None, margins=(11, 0, 6, 0)), gap=0))
        self.setMinimumSize(theme.scaled(self, _LEAST), theme.scaled(self, 84))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        side, left = theme.scaled(self, _SIGN), theme.scaled(self, 14)
        if not self._first:
            painter.setPen(theme.color("row"))
            painter.drawLine(0, 2, 0, self.height() - 2)
        room = (self.height() - self.link.height()) // 3
        self._sign(painter, QRect(left, max(0, (room - side) // 2), side, side))
        name = QRect(left + side + 8, 0, self.width() - left - side - 10, room)
        painter.setFont(font_of(self, 14, bold=True))
        width = write(painter, name, self._where.name)
        painter.setFont(font_of(self, 13))
        write(painter, name.adjusted(width + 8, 0, 0, 0), self._where.post, "text2")
        painter.setFont(font_of(self, 15, bold=True))
        inner = QRect(left, room, self.width() - left - 6, room)
        write(painter, inner, self._where.state, _STATE_INK.get(self._where.shape, "text"))
        painter.setFont(font_of(self, 13))
        write(painter, inner.translated(0, room), self._where.more, "text2", LEFT)

    def _sign(self, painter: QPainter, box: QRect) -> None:
        """Paint the sign: its shape differs as its colour does, so that it can be told apart in grey."""
        shape, tokens = self._where.shape, theme.TOKENS
        pen = painter.pen()
        pen.setWidthF(2)
        grounds = {"county": tokens["ok"], "late": tokens["bad"], "rest": tokens["row"], "out": tokens["warn_bg"]}
        rings = {"out": tokens["warn"], "open": tokens["text3"], "vacant": tokens["bad"]}
        pen.setColor(theme.color_of(rings[shape]) if shape in rings else Qt.GlobalColor.transparent)
        pen.setStyle(Qt.PenStyle.DashLine if shape in ("open", "vacant") else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(theme.color_of(grounds[shape]) if shape in grounds else Qt.GlobalColor.transparent)
        inner = box.adjusted(1, 1, -1, -1)
        if shape in ("late", "vacant"):
            painter.drawRoundedRect(inner, 4, 4)
        else:
            painter.drawEllipse(inner)
        painter.setFont(font_of(self, 13, bold=True))
        painter.setPen(theme.color({"county": "card", "late": "card", "out": "warn"}.get(shape, "text2")))
        painter.drawText(box, MIDDLE, self._where.sign)


class Strip(QFrame):
    """The card with all columns; `opened` carries page and subject of what is next, `rows_wanted` asks for the list."""

    opened = Signal(str, str)
    rows_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title, self._counts = label("今天都在哪里", "section"), button("", self.rows_wanted.emit, role="link")
        self._counts.hide()
        self._note = quiet_line("合并考勤和报备单；两边不同时两边都写", "faint")
        self._columns = row(gap=0)
        self._inner = QWidget()
        self._inner.setLayout(self._columns)
        self._scroll: QScrollArea | None = None
        self._body = column(self._inner)
        head = row(self._title, self._counts, None, self._note, margins=(6, 0, 0, 0), gap=10)
        whole = column(head, self._body, gap=2, margins=(10, 6, 10, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.people: list[Person] = []
        self._shown: tuple[Where, ...] = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note.setVisible(event.size().width() > theme.scaled(self, _ROOMY))

    def replace(self, people: Sequence[Where]) -> None:
        """Show another day; the keyboard stays on the same column."""
        if tuple(people) == self._shown:
            return
        focus = next((at for at, one in enumerate(self.people) if one.link.hasFocus()), -1)
        self._shown = tuple(people)
        clear(self._columns)
        self.people = [Person(one, at == 0) for at, one in enumerate(people)]
        for one in self.people:
            one.opened.connect(self.opened)
            self._columns.addWidget(one, 1)
        if len(people) < _USUAL:
            self._columns.addStretch(_USUAL - len(people))
        elif len(people) > _USUAL:
            self._scroll_sideways()
        self._tell(people)
        if 0 <= focus < len(self.people):
            self.people[focus].link.setFocus()

    def _scroll_sideways(self) -> None:
        if self._scroll is None:
            self._scroll = QScrollArea()
            self._scroll.setWidgetResizable(True)
            self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._scroll.setFrameShape(QFrame.Shape.NoFrame)
            self._body.addWidget(self._scroll)
            self._scroll.setWidget(self._inner)

    def _tell(self, people: Sequence[Where]) -> None:
        seated = [one for one in people if one.counts != "vacant"]
        counts = {name: sum(one.counts == name for one in seated) for name in ("county", "out", "else", "open")}
        late = sum(one.shape == "late" for one in people)
        parts = [f"在派{len(seated)}", f"在旗县{counts['county']}"]
        parts.append(f"外出{counts['out']}" + (f"（其中超假{late}）" if late else ""))
        parts += [f"登记不在旗县{counts['else']}"] if counts["else"] else []
        parts += [f"未登记{counts['open']}"] if counts["open"] else []
        parts += [f"空缺{len(people) - len(seated)}"] if len(people) > len(seated) else []
        self._counts.setText(" · ".join(parts))
        self._counts.setVisible(bool(parts))
