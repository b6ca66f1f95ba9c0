"""One record of any register in its form; what is typed is kept until it is saved or given up."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tuopin_desktop.domain.belonging import COUNTY
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.ui.pages.duties.filestrip import FileStrip
from tuopin_desktop.ui.pages.duties.questions import DutyRecord
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.parts import card, column, label


class RecordSheet(QWidget):
    """`edited` tells that something was typed."""

    edited = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self.opened: DutyRecord | None = None
        self.form: RecordForm | None = None
        self._whose = label("", "quiet", wrap=True)
        self.days = label("", "due", wrap=True)
        self.days.hide()
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        body = QWidget()
        body.setObjectName("sheet")
        self.strip = FileStrip()
        body.setLayout(column(self._whose, self.days, self._inside, self.strip, None, margins=(16, 12, 16, 12)))
        area.setWidget(body)
        area.setAccessibleName("登记表")
        self.setLayout(column(card(column(area, margins=(1, 1, 1, 1))), gap=0))

    def show_record(
        self, record: DutyRecord, values: Mapping[str, str] | None = None, waiting: Iterable[Path] = ()
    ) -> None:
        """Show a record, and over it what had been typed before and the files that waited."""
        if self.form is not None:
            self._inside.removeWidget(self.form)
            self.form.deleteLater()
        self.opened = record
        cls = type(record.record)
        at_home = cls.kind.about == COUNTY and self._office.level is Level.COUNTY
        hidden = (COUNTY,) if at_home else ()
        self.form = RecordForm(cls, self._office, leave_out=hidden, titles=record.titles)
        self.form.edited.connect(self.edited)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # its files follow at once
        self._inside.addWidget(self.form)
        self.form.load(record.record, values)
        self.strip.replace(record.files, waiting)
        messages = [f"用于办结：{record.whose}"] if record.whose else []
        messages += [record.note] if record.note else []
        self._whose.setText("\n".join(messages))
        self._whose.setVisible(bool(messages))
        self.tell_days("")

    def tell_days(self, text: str) -> None:
        """Say above the form who is away on the day that is being chosen."""
        self.days.setText(text)
        self.days.setVisible(bool(text))

    def take_keyboard(self) -> None:
        """Go to the first field that is still empty, else to the first."""
        if self.form is None:
            return
        editors = self.form.editors
        first = next((name for name, editor in editors.items() if not editor.typed()), next(iter(editors)))
        editors[first].setFocus()

    def typed(self) -> dict[str, str]:
        """Return what was typed and is not saved."""
        return self.form.typed() if self.form is not None else {}

    def record(self) -> Record:
        """Return the record as it stands; raises Refused when something cannot be read."""
        assert self.form is not None, "asked only while a record is shown"
        self.form.unclear()
        record: Record = self.form.record()
        return record

    def show_problems(self, problems: tuple[Problem, ...]) -> list[Problem]:
        """Show problems at their fields; return those that have none."""
        return self.form.show_problems(problems) if self.form is not None else list(problems)
