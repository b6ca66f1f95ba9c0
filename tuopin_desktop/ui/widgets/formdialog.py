"""A small window around the form of a record: filled in as proposed, taken with Enter."""

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.problems import Problem, Refused, Trouble
from tuopin_desktop.domain.record import Record, editable
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.form import RecordForm, Titles
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import button, column, label, row

R = TypeVar("R", bound=Record)

_WIDTH = 560


class FormDialog(QDialog, Generic[R]):
    """Shows the `shown` fields of a record; `take` is handed it as typed and asks the desk.

    `wanted` are fields that must be filled here though the record may do without them; `above` takes more pieces.
    """

    def __init__(
        self,
        record: R,
        fields: Collection[str],
        title: str,
        text: str,
        office: OfficeView,
        take: Callable[[R], object],
        parent: QWidget,
        *,
        wanted: Collection[str] = (),
        titles: Titles | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        cls: type[R] = type(record)
        left_out = [item.name for item in editable(cls) if item.name not in fields]
        self._take = take
        self._wanted = [
            item for item in editable(cls) if item.name in fields and (item.required or item.name in wanted)
        ]
        self.message = Toasts(self)
        self.form = RecordForm(cls, office, leave_out=left_out, titles=titles, headings=False)
        self.form.load(record)
        self.agree = button(text, self.take, role="primary", tip="Ctrl+回车")
        feet = row(None, button("取消", self.reject), self.agree)
        heading = label(title, "strong", wrap=True)
        self.above = column(gap=6)
        self.setLayout(column(heading, self.above, self.form, feet, gap=10, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, parent.width()), self.sizeHint().height())
        next(iter(self.form.editors.values())).setFocus()

    def take(self) -> None:
        """Hand over what was typed once it can be read; a second press before the answer would do it twice."""
        if not self.agree.isEnabled():
            return
        record, problems = self.form.as_read()
        unread = {name for problem in problems for name in problem.fields}
        missing = [item for item in self._wanted if getattr(record, item.name) in ("", None)]
        problems += [
            Problem(code="required", sentence=f"请填写“{item.label}”", fields=(item.name,))
            for item in missing
            if item.name not in unread
        ]
        self.form.show_problems(problems)
        if not problems:
            self.agree.setEnabled(False)
            self._take(record)

    def refused(self, error: Refused | Trouble) -> None:
        """Show why the desk said no."""
        self.agree.setEnabled(True)
        rest = self.form.show_problems(error.problems) if isinstance(error, Refused) else []
        if rest or not isinstance(error, Refused):
            self.message.complain(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier):
            self.take()
        elif not enter:
            super().keyPressEvent(event)
