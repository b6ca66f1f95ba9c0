"""What the side panel says while a slip is typed: the leave so far, the twenty days, the class a reason sounds like."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tuopin_desktop.domain.leave.proposing import NOT_LEAVE
from tuopin_desktop.domain.leave.reach import Reach
from tuopin_desktop.domain.leave.sofar import SoFar
from tuopin_desktop.domain.records.choices import LEAVE_TYPE, OFFICIAL
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row


class SoFarLines(QWidget):
    """The leave of the year beside this one, and of each month of it whether its days can still be reached."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=6)
        self.setLayout(self._lines)

    def show_so_far(self, so_far: SoFar | None) -> None:
        """Show what is reckoned; nothing as long as the days are not there."""
        clear(self._lines)
        self.setVisible(so_far is not None)
        if so_far is None:
            return
        self._add("今年", f"{so_far.year}（不含本次）", "quiet")
        for month in so_far.months:
            self._add(f"{month.month.month}月", month_words(month), _role(month))

    def _add(self, name: str, text: str, role: str) -> None:
        line = row(label(name, "label"), label(text, role, wrap=True), gap=10)
        line.setStretch(1, 1)
        self._lines.addLayout(line)


def month_words(month: Reach) -> str:
    """Return in a line whether a month of the leave can still come to its days."""
    if month.left is None or month.target is None:
        return "节假日还没有登记，够不够不作推算"
    text = f"请假共{month.leave:g}天，最多可在旗县{month.left:g}天，要求{month.target:g}天"
    return f"{text}：够不到，差{month.short:g}天" if month.short else f"{text}，够得到"


def _role(month: Reach) -> str:
    return "problem" if month.short else "quiet"


class ProposalLine(QFrame):
    """Hidden while nothing is proposed, and once a class is chosen; `taken` carries the code that was agreed to."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.take = button("", lambda: self.taken.emit(self._code), icon="check", tip="采用建议的假别")
        self.take.setAccessibleName("采用建议的假别")
        self._why = label("", "hint", wrap=True)
        self.setLayout(column(self.take, self._why, gap=2, margins=(0, 0, 0, 0)))
        self.hide()

    def show_code(self, code: str) -> None:
        """Offer a class of leave, "" for none."""
        self._code = code
        text = f"按事由，假别填“{LEAVE_TYPE.word(code)}”" if code else ""
        self.take.setText(f" {text}")
        self.take.setAccessibleName(text or "采用建议的假别")
        self._why.setText(NOT_LEAVE if code == OFFICIAL else "")
        self._why.setVisible(code == OFFICIAL)
        self.setVisible(bool(code))
