"""Stations: this PC's card and fingerprint, the cards on the stick, and who is certified."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange.sticks import CardOnStick, Stick
from tuopin_desktop.services.office.stations import Seat
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.pages.exchange.questions import State
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.parts import act_button, button, column, hide_unless, label, row

_STEPS = {
    Level.REGION: (
        "旗县把登记卡送来后：插入U盘，选中登记卡，打电话核对核对号码（8组、每组4位），填入后点“授权”；"
        "再给该旗县制作下发包带回。"
    ),
    Level.COUNTY: (
        "第一步：点“导出登记卡”，把U盘送到自治区办公室，并在电话中念出本机核对号码。"
        "第二步：把自治区办公室的核对号码填在下面，点“登记核对号码”。第三步：导入带回的数据包。"
    ),
}

_FOUND_FIRST = (
    "本办还没有开始授权：先在第一台电脑上点“把本机设为自治区办公室的第一台电脑”，只办一次；然后才能给各旗县授权。"
)


class TrustingView(QSplitter):
    """`enrolled(path, words)`, `pinned(words)`, `revoked(station, reason)`, `reopened(station)` say what is wanted."""

    carded = Signal()
    founded = Signal()
    enrolled = Signal(object, str)
    pinned = Signal(str)
    revoked = Signal(str, str)
    reopened = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._region = office.level is Level.REGION
        self.addWidget(self._enrolling())
        self.addWidget(self._certified())
        self.setChildrenCollapsible(False)

    def _enrolling(self) -> QFrame:
        self._own = label("", "number", wrap=True)
        self._state = label("", wrap=True)
        self._state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fingerprint = QLineEdit()
        self.fingerprint.setPlaceholderText("电话中核对的核对号码：8组、每组4位")
        self.fingerprint.setAccessibleName("电话中核对的核对号码")
        self.cards = lists.cards()
        card = act_button(
            Act.AUTHORISE, "导出登记卡", self.carded.emit, icon="file-down", tip="写到U盘上，交自治区办公室"
        )
        self.begin = act_button(Act.AUTHORISE, "把本机设为自治区办公室的第一台电脑", self.founded.emit, role="primary")
        self.begin.setVisible(False)
        enrol = button("授权" if self._region else "登记核对号码", self._enrol, role="primary")
        frame = QFrame()
        frame.setProperty("role", "card")
        steps = label(_STEPS[Level.REGION if self._region else Level.COUNTY], "quiet", wrap=True)
        head, entry = row(self._own, self.begin, card), row(self.fingerprint, enrol)
        head.setStretch(0, 1)  # on two lines beside the buttons where the window is narrow
        layout = column(head, self._state, steps, entry, self.cards, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(4, 1)
        frame.setLayout(layout)
        return frame

    def _certified(self) -> QFrame:
        self.seats = lists.seats()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("停用原因，如 电脑丢失")
        self.reason.setMinimumWidth(theme.scaled(self.reason, 200))
        self.reason.setAccessibleName("停用原因")
        close = act_button(Act.AUTHORISE, "停用", self._close_seat, tip="丢失、更换的电脑")
        again = act_button(Act.AUTHORISE, "恢复", self._open_seat)
        for one in (self.reason, close, again):
            hide_unless(one, self._region)
        frame = QFrame()
        frame.setProperty("role", "card")
        head = row(label("已授权的电脑", "strong"), None, self.reason, close, again)
        layout = column(head, self.seats, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        frame.setLayout(layout)
        return frame

    def show_state(self, state: State) -> None:
        """Show this PC's fingerprint and who is certified."""
        self._own.setText(f"本机核对号码　{state.fingerprint}")
        self.begin.setVisible(self._region and not state.root)
        text = f"自治区办公室的核对号码：{state.root}" if state.root else "还没有核对过自治区办公室的核对号码。"
        mine = f"{state.board.unready}。" if state.board.unready else "本机已授权，可以收发数据包。"
        self._state.setText(_FOUND_FIRST if self._region and not state.root else f"{mine}{text}")
        self.seats.replace_rows(state.seats)

    def show_stick(self, stick: Stick | None) -> None:
        """Show the cards on the stick in hand."""
        self.cards.replace_rows(stick.cards if stick else ())
        fresh = next((item for item in self.cards.rows_model.rows if item.card and not item.is_trusted), None)
        if self.cards.current() is None and fresh is not None:
            self.cards.select(str(fresh.path))

    def _enrol(self) -> None:
        card_on_stick: CardOnStick | None = self.cards.current()
        text = self.fingerprint.text().strip()
        if self._region or card_on_stick is not None:
            self.enrolled.emit(card_on_stick.path if card_on_stick else None, text)
        else:
            self.pinned.emit(text)

    def called(self, station: str) -> str:
        """Return what a certified PC is called."""
        seats: tuple[Seat, ...] = self.seats.rows_model.rows
        return next((f"{one.whose}{one.name}的电脑" for one in seats if one.station == station), "这台电脑")

    def _close_seat(self) -> None:
        seat: Seat | None = self.seats.current()
        if seat is not None:
            self.revoked.emit(seat.station, self.reason.text().strip())

    def _open_seat(self) -> None:
        seat: Seat | None = self.seats.current()
        if seat is not None:
            self.reopened.emit(seat.station)
