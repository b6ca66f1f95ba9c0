"""Asks for what opens an encrypted copy from another PC: the recovery code on paper, or a password of its day."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tuopin_desktop.domain.problems import Locked
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 520
_LONGEST = 200


class UnlockDialog(QDialog):
    """`then` gets what was typed, once there is something."""

    def __init__(self, error: Locked, then: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("打开加密的备份")
        self._then = then
        self.text = QLineEdit()
        self.text.setMaxLength(_LONGEST)
        self.text.setAccessibleName("恢复码或口令")
        self.text.setPlaceholderText("恢复码（6组）或备份当时的口令")
        self.agree = agree = button("打开", self.take, role="primary")
        agree.setEnabled(False)
        self.text.textChanged.connect(lambda text: agree.setEnabled(bool(text.strip())))
        self.text.returnPressed.connect(self.take)
        feet = row(None, button("取消", self.reject), self.agree)
        self.setLayout(column(label(error.sentence, wrap=True), self.text, feet, gap=10, margins=(16, 14, 16, 14)))
        self.setMinimumWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        self.text.setFocus()

    def take(self) -> None:
        """Try what was typed."""
        if text := self.text.text().strip():
            self.accept()
            self._then(text)
