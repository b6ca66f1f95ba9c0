"""The class of leave a reason sounds like, offered beside the paper while one types; one stroke takes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.leave.proposing import NOT_LEAVE, OFFICIAL
from tuopin_desktop.domain.records.choices import LEAVE_TYPE
from tuopin_desktop.ui.widgets.parts import button, column, label


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
