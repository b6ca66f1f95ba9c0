"""Asks why something that was fixed is corrected: the refusal in full, one line for the reason, nothing without it."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 520
_LONGEST = 300


class ReasonDialog(QDialog):
    """`then` gets the reason; `without` is called when the clerk does not give one."""

    def __init__(
        self, error: Refused, then: Callable[[str], object], without: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("更正")
        self._then = then
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setAccessibleName("更正原因")
        self.reason.setPlaceholderText("更正原因，如 录入笔误，与原件核对")
        self.agree = agree = button("更正", self.take, role="primary")
        agree.setEnabled(False)
        self.reason.textChanged.connect(lambda text: agree.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self.take)
        said = label(error.sentence, wrap=True)
        kept = label("原来的内容、原因和更正人都会留下，可以查看。", "quiet", wrap=True)
        feet = row(None, button("不改了", self.reject), self.agree)
        self.setLayout(column(said, self.reason, kept, feet, gap=10, margins=(16, 14, 16, 14)))
        self.setMinimumWidth(_WIDTH)
        self.rejected.connect(without)
        self.finished.connect(self.deleteLater)
        self.reason.setFocus()

    def take(self) -> None:
        """Correct with the reason typed, once there is one."""
        if text := self.reason.text().strip():
            self.accept()
            self._then(text)


def ask_reason(parent: QWidget) -> Callable[[Refused, Callable[[str], object], Callable[[], object]], ReasonDialog]:
    """Return what asks for reasons in a window; it returns the open dialog."""

    def ask(error: Refused, then: Callable[[str], object], without: Callable[[], object]) -> ReasonDialog:
        dialog = ReasonDialog(error, then, without, parent)
        dialog.open()
        return dialog

    return ask
