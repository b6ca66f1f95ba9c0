"""The two small windows of appraisal: a new round of ballots, and the grade decided by a paper."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem, Refused, Trouble
from tuopin_desktop.domain.record import Record, editable
from tuopin_desktop.domain.records import BallotRound, Grade
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.widgets.combo import PickBox
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, column, label, row

_WIDTH = 560


class _FormDialog(QDialog):
    """A form of some fields of a record; `taken(record)` carries it once it can be read and nothing is missing."""

    taken = Signal(object)

    def __init__(self, record: Record, keep: Collection[str], facts: DeskFacts, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.message = MessageBar()
        cls = type(record)
        self._wanted = [item for item in editable(cls) if item.name in keep]
        left_out = [item.name for item in editable(cls) if item.name not in keep]
        self.form = RecordForm(cls, facts, leave_out=left_out, headings=False)
        self.form.load(record)
        self.take = button(title, self._take, role="primary")
        self.take.setDefault(True)
        cancel = button("取消", self.reject, role="flat")
        self.above = column(gap=6)
        feet = row(None, cancel, self.take)
        self.setLayout(column(self.above, self.message, self.form, feet, gap=10, margins=(16, 14, 16, 14)))
        self.resize(_WIDTH, self.sizeHint().height())

    def refused(self, error: Refused | Trouble) -> None:
        """Say why it was not done, at the fields where they are known."""
        rest = self.form.show_problems(error.problems) if isinstance(error, Refused) else []
        if rest or isinstance(error, Trouble):
            self.message.complain(error)

    def _take(self) -> None:
        try:
            record: Any = self.form.record()
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        missing = [
            Problem(code="required", sentence=f"请填写“{item.label}”", fields=(item.name,))
            for item in self._wanted
            if getattr(record, item.name) in ("", None)
        ]
        if missing:
            self.form.show_problems(missing)
            return
        self.taken.emit(record)


class RoundDialog(_FormDialog):
    """Opens a round; a region or league office says of which county."""

    def __init__(self, year: int, facts: DeskFacts, parent: QWidget) -> None:
        keep = ("year", "source", "held", "issued")
        super().__init__(BallotRound(year=year, held=facts.today), keep, facts, "开一场测评", parent)
        counties = {code: name for code, name in facts.vocabulary["旗县"].words.items() if code.startswith(facts.scope)}
        self.county = PickBox(counties)
        self.county.setAccessibleName("旗县")
        if facts.level is Level.COUNTY:
            self.county.setEditText(counties.get(facts.scope, facts.scope))
            self.county.setEnabled(False)
        words = "对象为该旗县工作总队和测评当日在派的全部成员；开场后票上的顺序不再变。"
        self.above.addWidget(label(words, "quiet", wrap=True))
        self.above.addLayout(row(label("旗县 *", "label"), self.county))


class DecideDialog(_FormDialog):
    """Records a decided grade for some subjects."""

    def __init__(self, names: str, facts: DeskFacts, parent: QWidget) -> None:
        keep = ("decided", "decided_on", "paper")
        super().__init__(Grade(decided_on=facts.today), keep, facts, "登记确定的等次", parent)
        self.above.addWidget(label(names, wrap=True))
