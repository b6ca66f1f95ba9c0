"""What stands otherwise on both sides: both values side by side, settled one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.registers.conflicts import Open
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.widgets.parts import act_button, column, label, row

_NOTE = "两处在互不知情时改了同一项：两个值都保留，逐处确认。不处理也不影响收发。"


class QuarrelView(QFrame):
    """`settled(one, lost)` when one is decided, `lost` for the value that was written over; `reveal` asks for all."""

    settled = Signal(object, bool)
    reveal = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.table = lists.conflicts()
        keep = act_button(Act.ENTER, "确认现在的值", lambda: self.settle(lost=False))
        back = act_button(Act.ENTER, "改回被覆盖的值", lambda: self.settle(lost=True))
        self._reveal = act_button(
            Act.REVEAL, "显示个人信息", self.reveal.emit, icon="eye", tip="完整显示遮盖的值，留下记录"
        )
        head = row(label(_NOTE, "quiet", wrap=True), self._reveal, keep, back)
        head.setStretch(0, 1)
        layout = column(head, self.table, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[Open], personal: str = "") -> None:
        """Show what is not settled; `personal` names what of it is shown in full."""
        self.table.personal = personal
        self.table.replace_rows(rows)
        self._reveal.setVisible(any(one.veiled for one in rows))

    def settle(self, *, lost: bool) -> None:
        """Decide the current one, None where none is chosen."""
        self.settled.emit(self.table.current(), lost)
