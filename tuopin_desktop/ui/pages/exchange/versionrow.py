"""One line about the program itself: which version runs, which is swapped in next, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import upgrades
from tuopin_desktop.services.office.upgrades import Standing
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.parts import act_button, label, row


class VersionRow(QWidget):
    """Seen only where another version lies beside the one that runs; `back` when it is wanted."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: QMessageBox | None = None
        self._standing = Standing(running="")
        self._words = label("", "quiet", wrap=True)
        self.button = act_button(Act.UPDATE, "换回…", self._ask, role="flat", tip="下次打开时用哪一个版本，点开先看清")
        layout = row(self._words, self.button)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Show how the versions stand."""
        self._standing = standing
        self._words.setText(f"程序：{upgrades.sentence(standing)}。")
        self.button.setText(f"换回{standing.target}…")
        self.button.setVisible(bool(standing.target))
        self.setVisible(bool(standing.next or standing.earlier))

    def _ask(self) -> None:
        self.asked = confirm(self, self._standing.back, f"换回{self._standing.target}", self.back.emit)
