"""A small form in a dialog: asks for the fields of a record and stays open until they are accepted."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.problems import Problem, Refused, Trouble
from tuopin_desktop.domain.record import Record, editable
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, card, column, row


class AskingDialog(QDialog):
    """`answered` carries the record as filled in; whoever listens closes the dialog or shows why not."""

    answered = Signal(object)

    def __init__(
        self, record: Record, words: str, facts: DeskFacts, parent: QWidget, *, leave_out: Collection[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.setMinimumWidth(520)
        self.form = RecordForm(type(record), facts, leave_out=leave_out)
        self.form.load(record)
        self._wanted = [item for item in editable(type(record)) if item.required and item.name not in leave_out]
        self.message = MessageBar()
        accept = button("确定", self._answer, role="primary")
        accept.setDefault(True)
        feet = row(None, button("取消", self.reject), accept)
        inside = card(column(self.form, margins=(16, 12, 16, 12)))
        self.setLayout(column(self.message, inside, feet, gap=10, margins=(16, 14, 16, 12)))
        empty = [editor for editor in self.form.editors.values() if not editor.typed()]
        if empty:
            empty[0].setFocus()

    def complain(self, error: Refused | Trouble) -> None:
        """Show why it was not done, at the fields where they are known."""
        rest = self.form.show_problems(error.problems) if isinstance(error, Refused) else []
        if rest or isinstance(error, Trouble):
            self.message.complain(Refused(rest) if rest else error)

    def _answer(self) -> None:
        try:
            record = self.form.record()
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        missing = [item for item in self._wanted if getattr(record, item.name) in ("", None)]
        if missing:
            self.form.show_problems(
                [Problem(code="required", sentence=f"请填写“{item.label}”", fields=(item.name,)) for item in missing]
            )
            return
        self.answered.emit(record)
