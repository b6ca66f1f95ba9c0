"""The line in which a red cell of an import is corrected: which item, the right words, and the way back."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tuopin_desktop.domain.columns import columns as columns_of
from tuopin_desktop.domain.intake import Status
from tuopin_desktop.services.sheets import mends
from tuopin_desktop.services.sheets.plans import Plan, Preview
from tuopin_desktop.ui.widgets.parts import button, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.still import ChoiceBox

_LETTERS = 8
_RED = "● "
_HINT = "选中一行，在这里把格改对，按回车"


class MendText(QLineEdit):
    """Ctrl+Z takes back what is being typed; with nothing typed it is left to the dialog, for the last correction."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._leaves(event):
            event.ignore()
            return False
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()


class MendLine(QWidget):
    """`mended` carries the code of a correction and the words, `unmended` wants the last one taken back."""

    mended = Signal(str, str)
    unmended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._part: Preview | None = None
        self._plan: Plan | None = None
        self.item = ChoiceBox()
        self.item.setAccessibleName("要改正的项目")
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.item.setMinimumContentsLength(_LETTERS)
        self.item.activated.connect(lambda: self._show_word())
        self.text = MendText()
        self.text.setAccessibleName("改正为")
        self.text.setPlaceholderText(_HINT)
        self.text.returnPressed.connect(self._mend)
        self.done = button("改正", self._mend)
        set_tip(self.done, "马上重新检查这一行（回车）。只改这次导入的内容，原文件不动")
        self.undo = button("撤销改正", self.unmended.emit, role="flat", icon="undo")
        set_tip(self.undo, "退回最后一次改正（Ctrl+Z）")
        self.count = label("", "quiet")
        line = row(label("改正", "quiet"), self.item, self.text, self.done, self.undo, self.count)
        line.setContentsMargins(12, 2, 16, 2)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.tell(0)
        self.show_plan(None, None)

    def tell(self, number: int) -> None:
        """Say how many cells are corrected."""
        self.count.setText(f"已改正{number}格" if number else "")
        self.undo.setVisible(number > 0)

    def show_plan(self, part: Preview | None, plan: Plan | None) -> None:
        """Offer the items of a row, its red ones first; none without a row, and of a file that could not be read."""
        readable = plan is not None and (bool(plan.row.values) or part is None or not part.files)
        self._part, self._plan = (part, plan) if readable else (None, None)
        self.item.clear()
        for key, text in self._items().items():
            self.item.addItem(text, key)
        for one in (self.item, self.text, self.done):
            one.setEnabled(self._plan is not None)
        self._show_word()

    def choose(self, key: str) -> None:
        """Take the item of a column of the table."""
        at = self.item.findData(key)
        if at >= 0:
            self.item.setCurrentIndex(at)
            self._show_word()

    def enter(self) -> None:
        """Take the keyboard, the words there selected: whoever types writes over them."""
        if self.text.isEnabled():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.text.selectAll()

    def _items(self) -> dict[str, str]:
        if self._part is None or self._plan is None:
            return {}
        red = {cell.column.key: cell.column.heading for cell in self._plan.row.cells if cell.status is Status.ERROR}
        whole = {one.key: one.heading for one in self._part.intake.header.columns.values()}
        whole |= {one.key: one.heading for one in columns_of(self._part.kind) if one.field.required}
        return {
            **{key: _RED + text for key, text in red.items()},
            **{key: text for key, text in whole.items() if key not in red},
        }

    def _show_word(self) -> None:
        key = str(self.item.currentData() or "")
        if self._part is None or self._plan is None or not key:
            self.text.clear()
            return
        self.text.setText(mends.word(self._part, self._plan.row, key))
        self.text.selectAll()

    def _mend(self) -> None:
        key = str(self.item.currentData() or "")
        if self._part is not None and self._plan is not None and key:
            self.mended.emit(mends.code(self._part, self._plan.row, key), self.text.text().strip())
