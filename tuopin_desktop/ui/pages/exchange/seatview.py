"""The computers that are authorised, by office; the region closes one that was lost, and reopens it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.stations import Seat
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.widgets.parts import act_button, column, hide_unless, label, row

_LEAST = 70
"""Px of a list that is still one: its heading and a row."""


class SeatView(QFrame):
    """`revoked(station, reason)` and `reopened(station)` say what is wanted."""

    act = Act.AUTHORISE
    """What it is to type here (`ui/limits.py`)."""

    revoked = Signal(str, str)
    reopened = Signal(str)

    def __init__(self, *, region: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.seats = lists.seats()
        self.seats.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # as high as there is room
        self.seats.setMinimumHeight(theme.scaled(self.seats, _LEAST))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("停用原因，如 电脑丢失")
        self.reason.setMinimumWidth(theme.scaled(self.reason, 150))
        self.reason.setAccessibleName("停用原因")
        close = act_button(Act.AUTHORISE, "停用", self._close, tip="丢失、更换的电脑")
        again = act_button(Act.AUTHORISE, "恢复", self._open)
        for one in (self.reason, close, again):
            hide_unless(one, region)
        self._count = label("", "quiet")
        head = row(label("已登记的单位", "section"), self._count, None, self.reason, close, again)
        foot = label("本单位自己的登记卡不在这里，不能登记自己。", "quiet", wrap=True)
        layout = column(head, self.seats, foot, gap=8, margins=(14, 10, 14, 10))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[Seat]) -> None:
        """Show the computers that are authorised."""
        self.seats.replace_rows(rows)
        self.show_state("")

    def show_state(self, text: str) -> None:
        """Say beside the heading how many offices they are of, and what goes on."""
        count = len({one.office for one in self.seats.rows_model.rows})
        self._count.setText("　".join(one for one in (f"{count}个" if count else "", text) if one))

    def called(self, station: str) -> str:
        """Return what a certified PC is called."""
        seats: tuple[Seat, ...] = self.seats.rows_model.rows
        return next((f"{one.whose}{one.name}的电脑" for one in seats if one.station == station), "这台电脑")

    def _close(self) -> None:
        seat: Seat | None = self.seats.current()
        if seat is not None:
            self.revoked.emit(seat.station, self.reason.text().strip())

    def _open(self) -> None:
        seat: Seat | None = self.seats.current()
        if seat is not None:
            self.reopened.emit(seat.station)
