"""A receipt that is read out over the phone, entered while the other side speaks."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 460


class HearDialog(QDialog):
    """`then` gets the words as they were typed; the window closes, what came of it is said on the page."""

    def __init__(self, then: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("登记电话回执")
        self._then = then
        self.field = QLineEdit()
        self.field.setPlaceholderText("如 0017-K7QM-3RXP")
        self.field.setAccessibleName("听到的回执码")
        self.field.returnPressed.connect(self.take)
        note = label("对方收下本单位的数据包以后，会在电话里念一个回执码。填在这里，以后不再重复发送。", wrap=True)
        feet = row(None, button("取消", self.reject), button("登记回执", self.take, role="primary"))
        self.setLayout(column(note, self.field, feet, gap=10, margins=(16, 14, 16, 14)))
        self.setMinimumWidth(_WIDTH)

    def ask(self) -> None:
        """Open with an empty line."""
        self.field.clear()
        self.open()
        self.field.setFocus()

    def take(self) -> None:
        """Hand over what was typed."""
        if text := self.field.text().strip():
            self.accept()
            self._then(text)
