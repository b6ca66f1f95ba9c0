"""A small window for one record: its form, what is wrong at the fields, and the buttons to save or take it out."""

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row

R = TypeVar("R", bound=Record)
Answer = TypeVar("Answer")


class EntryDialog(QDialog, Generic[R, Answer]):
    """Saves with `save(desk, record)`, takes out with `remove(desk, record)` where one is given; `then` hears of it."""

    def __init__(
        self,
        context: PageContext,
        record: R,
        *,
        title: str,
        text: str,
        save: Callable[[Desk, R], Answer],
        then: Callable[[Answer], object],
        remove: Callable[[Desk, R], Answer] | None = None,
        leave_out: Collection[str] = (),
        locked: Collection[str] = (),
        may: bool = True,
    ) -> None:
        super().__init__(context.window)
        self._context, self._record, self._then = context, record, then
        self._save_it, self._remove_it = save, remove
        self.setWindowTitle(title)
        self.setMinimumWidth(620)
        self.finished.connect(self.deleteLater)
        self.message = Toasts(self)
        self.form = RecordForm(type(record), context.office, leave_out=leave_out, headings=False)
        self.form.load(record)
        for name in self.form.editors if not may else locked:
            self.form.editors[name].lock("")
        self.keep = act_button(Act.ENTER, "保存", self.save, icon="save", role="primary", tip="Ctrl+S")
        self.gone = act_button(Act.ENTER, "删去这一天", self.remove)
        self.keep.setVisible(may)
        self.gone.setVisible(may and remove is not None)
        feet = row(self.gone, None, button("取消" if may else "关闭", self.reject), self.keep)
        inside = card(column(label(text, "quiet", wrap=True), self.form, gap=8, margins=(16, 14, 16, 14)))
        self.setLayout(column(inside, feet, gap=10, margins=(16, 14, 16, 12)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_S and self.keep.isVisibleTo(self):
            self.save()
            return
        super().keyPressEvent(event)

    def save(self) -> None:
        """Save what stands in the form."""
        self._do(self._save_it)

    def remove(self) -> None:
        """Take the record out."""
        if self._remove_it is not None:
            self._do(self._remove_it)

    def _do(self, work: Callable[[Desk, R], Answer]) -> None:
        if self.form.unclear():
            return
        self.message.clear()
        self.setEnabled(False)  # a second press while the first is being answered would do it twice
        self._context.asker.ask(work, self.form.record(), then=self._finish, failed=self._refused)

    def _finish(self, result: Answer) -> None:
        self.accept()
        self._then(result)

    def _refused(self, error: Refused | Trouble) -> None:
        self.setEnabled(True)
        rest = self.form.show_problems(error.problems) if isinstance(error, Refused) else ()
        self.adjustSize()  # sentences under the fields take room of their own
        if rest:
            self.message.say("；".join(str(problem) for problem in rest), "warn")
        elif not isinstance(error, Refused):
            self.message.complain(error)
