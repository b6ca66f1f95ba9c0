"""The cards above: a number with what it is made of, a bar of its parts, and links that open the rows of each."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tuopin_desktop.services.home.abovestate import AboveState, Queued
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.front.drawing import hatching
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, mark, row


class Part(msgspec.Struct, frozen=True):
    """A stretch of a bar: its share, and its tone; what nobody knows is hatched, never white."""

    share: int
    tone: str


class Bar(QWidget):
    """Parts of a whole side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.setFixedHeight(theme.scaled(self, 9))

    def replace(self, *parts: Part) -> None:
        """Show other parts."""
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self, 160), theme.scaled(self, 9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            whole = sum(one.share for one in self._parts)
            theme.fill(painter, self.rect(), theme.color("row"))
            left = 0.0
            for part in self._parts if whole else ():
                width = self.width() * part.share / whole
                place = QRect(round(left), 0, round(left + width) - round(left), self.height())
                if part.tone in ("bad", "quiet"):
                    painter.setBrush(hatching(part.tone, self.devicePixelRatioF()))
                    painter.drawRect(place)
                else:
                    theme.fill(painter, place, theme.color(part.tone))
                left += width
        finally:
            painter.end()


class NumberCard(QFrame):
    """A title, a number with what it is made of, a bar, and links; `rows_wanted` carries the figure to be opened.

    `figure` is that of the number itself, `beside` of links next to it, `below` of those under the bar.
    """

    rows_wanted = Signal(str)

    def __init__(self, title: str, figure: str, beside: Sequence[str], below: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.note = label(title, "quiet"), label("", "quiet")
        self.number = button("–", partial(self.rows_wanted.emit, figure), role="number")
        self.beside = label("", "quiet")
        self.beside.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.bar = Bar()
        self.links = {one: button("", partial(self.rows_wanted.emit, one), role="link") for one in (*beside, *below)}
        self.links[figure] = self.number
        layout = column(
            row(self.title, None, self.note),
            row(self.number, self.beside, *(self.links[one] for one in beside), None, gap=4),
            self.bar,
            row(*(self.links[one] for one in below), None, gap=8),
            None,
            gap=2,
            margins=(14, 6, 14, 6),
        )
        self.setLayout(layout)

    def link(self, figure: str, name: str, number: int, text: str = "") -> None:
        """Show a number under its name, or in other name; of nothing there are no rows to open."""
        one = self.links[figure]
        one.setText(text or f"{name} {number}")
        one.setAccessibleName(f"{self.title.text()}：{name}{number}")
        one.setEnabled(bool(number))


class Cards(QWidget):
    """Reports, who is at post, who has reached the days, and what waits here; `rows_wanted` carries a figure."""

    rows_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.reports = NumberCard("月报报送", "reported", (), ("on_time", "late_reports", "unsent"))
        self.present = NumberCard("今日在岗", "present", ("serving", "out", "late"), ("registered", "presumed"))
        self.reached = NumberCard("达标", "reached", (), ("short", "unknown"))
        self.queue = QueueCard()
        cards = (self.reports, self.present, self.reached, self.queue)
        for one in cards:
            one.rows_wanted.connect(self.rows_wanted)
        layout = row(*cards, gap=12)
        for at in range(len(cards)):
            layout.setStretch(at, (26, 28, 26, 26)[at])
        self.setLayout(layout)

    def replace(self, state: AboveState, heads: Heads) -> None:
        """Show other counts."""
        sums = state.sums()
        month = f"{int(state.month[5:])}月" if state.month else ""
        card = self.reports
        card.title.setText(f"{month}月报报送")
        card.note.setText(f"应{state.due.month}月{state.due.day}日前" if state.due else "")
        card.link("reported", "已报", sums.reported, str(sums.reported))
        card.beside.setText(f"/ {sums.owing} 已报")
        card.bar.replace(Part(sums.on_time, "ok"), Part(sums.late_reports, "warn"), Part(sums.unsent, "bad"))
        card.link("on_time", "按时", sums.on_time)
        card.link("late_reports", "迟报", sums.late_reports)
        card.link("unsent", "未报", sums.unsent)
        self._present(state, heads)
        card = self.reached
        sure = sums.reached + sums.short
        whole = sure + sums.unknown
        card.title.setText(f"{month}达标（满20天）")
        card.note.setText(f"覆盖{100 * sure // whole}%" if whole else "")
        card.link("reached", "达标", sums.reached, str(sums.reached))
        card.beside.setText(f"/ {sure} 已登记的人")
        card.bar.replace(Part(sums.reached, "ok"), Part(sums.short, "warn"), Part(sums.unknown, "quiet"))
        card.link("short", "不足", sums.short)
        card.link("unknown", "没有登记全", sums.unknown)
        self.queue.replace(state.queue)

    def _present(self, state: AboveState, heads: Heads) -> None:
        card, sums = self.present, state.sums()
        card.note.setText("在派 − 外出")
        card.link("present", "在岗", heads.present, str(heads.present))
        card.link("serving", "在派", heads.posted, f"= {heads.posted}")
        card.link("out", "外出", heads.out, f"− {heads.out}")
        card.link("late", "超假", sums.late)
        presumed = sums.serving - sums.registered
        card.bar.replace(Part(sums.registered, "accent"), Part(presumed, "quiet"))
        card.link("registered", "今天已登记", sums.registered)
        card.link("presumed", "今天未登记", presumed)


class QueueCard(QFrame):
    """What waits for this office, a line each with its number; `rows_wanted` carries its figure."""

    rows_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._count = label("", "quiet")
        self._lines = column(gap=0)
        self._shown: tuple[Queued, ...] | None = None
        head = row(label("等本办办理", "quiet"), None, self._count)
        self.setLayout(column(head, self._lines, None, gap=2, margins=(14, 6, 14, 6)))

    def replace(self, queue: Sequence[Queued]) -> None:
        """Show other counts."""
        if tuple(queue) == self._shown:
            return
        self._shown = tuple(queue)
        clear(self._lines)
        self._count.setText(f"{sum(one.count for one in queue)}件")
        for one in queue:
            number = button(str(one.count), partial(self.rows_wanted.emit, one.key), role="link")
            number.setAccessibleName(f"{one.name}{one.count}")
            number.setEnabled(bool(one.count))
            name = label(one.name)
            mark(name, "role", "" if one.count else "quiet")
            self._lines.addLayout(row(name, None, number))
