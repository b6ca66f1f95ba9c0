"""Several slips filed with one body on one day: the small window that asks with whom, when and how."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Filing, LeaveSlip
from tuopin_desktop.domain.records.choices import BODY
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.ui.pages.leave.stepform import StepForm
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker, question
from tuopin_desktop.ui.slips.words import named
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import column, label

_WIDTH = 560


class FilingDialog(QDialog):
    """Files the slips it was opened for, all or none; `filed` carries the sentence that says so."""

    filed = Signal(str)

    def __init__(self, asker: Asker, slips: Sequence[LeaveSlip], office: OfficeView, parent: QWidget) -> None:
        super().__init__(parent)
        self._asker = asker
        self._ids = [slip.id for slip in slips]
        self.setWindowTitle("登记备案")
        self.message = MessageBar()
        text = f"{named(slips)}共{len(slips)}张报备单，同一天报同一单位。有一张不能登记的，全部不登记。"
        self.form = StepForm(Filing(), "备案", "登记备案", office, leave_out=("slip",))
        self.form.load(Filing(body="unit", filed=office.today), {})
        self.form.put_away.setText("取消")
        self.form.taken.connect(self._take)
        self.form.closed.connect(self.reject)
        self.setLayout(column(label(text, wrap=True), self.message, self.form, gap=10, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, parent.width()), self.sizeHint().height())
        self.form.form.editors["body"].setFocus()

    def _take(self, filing: Filing) -> None:
        row = self._ids, filing.body, filing.filed
        ask = question(leavedesk.file_many, *row, channel=filing.channel, receiver=filing.receiver)
        self._asker.ask(ask, then=self._filed, failed=self._refused)

    def _filed(self, filings: Sequence[Filing]) -> None:
        first = filings[0]
        day = day_words(first.filed) if first.filed else ""
        self.filed.emit(f"已登记：{day}报{BODY.word(first.body)}备案，共{len(filings)}张")
        self.accept()

    def _refused(self, error: Refused | Trouble) -> None:
        if isinstance(error, Refused):
            self.form.refused(error.problems)
        self.message.complain(error)
