"""The little form of one step, laid open beneath its row: filled in as proposed, taken with one key."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel

from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, editable
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.parts import button, column, label, row


class StepForm(QFrame):
    """`taken(record)` carries the form once it can be read; `closed` puts it away, what was typed is kept outside.

    `edited(record)` carries it as it stands after a change, when it can be read.
    """

    taken = Signal(object)
    closed = Signal()
    edited = Signal(object)

    def __init__(
        self, record: Record, title: str, text: str, office: OfficeView, *, leave_out: Collection[str] = ()
    ) -> None:
        super().__init__()
        self.setProperty("role", "stepform")
        cls = type(record)
        self.form = RecordForm(cls, office, columns=2, leave_out=leave_out, headings=False)
        self._wanted = [item for item in editable(cls) if item.required and item.name not in leave_out]
        self.take = button(text, self._take, role="primary", tip="回车登记")
        self.take.setAccessibleName(f"{title}：{text}")
        self.put_away = button("收起", self.closed.emit, role="flat")
        self.put_away.setAutoDefault(True)
        self.note: QLabel = label("", "quiet", wrap=True)
        self.note.hide()
        feet = row(self.take, self.put_away, None)
        self.setLayout(column(self.form, self.note, feet, gap=6, margins=(10, 8, 10, 10)))
        self.form.edited.connect(self._edited)

    def load(self, record: Record, values: dict[str, str]) -> None:
        """Show the proposal, and over it what had been typed before."""
        self.form.load(record, values)

    def say(self, text: str) -> None:
        """Show a quiet word under the fields, or none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def refused(self, problems: Collection[Problem]) -> list[Problem]:
        """Show problems at their fields; return those that have no field here."""
        return self.form.show_problems(list(problems))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the step from whatever field the keyboard is in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        record = self._read()
        if record is not None:
            self.taken.emit(record)

    def _read(self) -> Any:
        try:
            record = self.form.record()
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return None
        missing = [item for item in self._wanted if getattr(record, item.name) in ("", None)]
        if missing:
            problems = [
                Problem(code="required", sentence=f"请填写“{item.label}”", fields=(item.name,)) for item in missing
            ]
            self.form.show_problems(problems)
            return None
        return record

    def _edited(self) -> None:
        try:
            self.edited.emit(self.form.record())
        except Refused:
            self.say("")
