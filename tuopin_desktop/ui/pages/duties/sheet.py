"""One record of any register in its form, with its files; what is typed is kept until it is saved or given up."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tuopin_desktop.domain.belonging import COUNTY
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Attachment
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.pages.duties.questions import DutyRecord
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.ask import SCANS, ask_files
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.landing import SCAN_FILES, Landing
from tuopin_desktop.ui.widgets.parts import act_button, button, card, clear, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip

_NAME_PX = 560
_HINT = "纪要、签到表、照片、凭证的扫描件，可以拖到这里"


class FileStrip(QWidget):
    """`added(paths)`, `opened(id, name)`, `saved(id, name)` and `taken_off(id)` tell what is wanted.

    Files of a record that is not saved yet wait here and are kept with it.
    """

    added = Signal(list)
    opened = Signal(str, str)
    saved = Signal(str, str)
    taken_off = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.waiting: tuple[Path, ...] = ()
        self.files: tuple[Attachment, ...] = ()
        self._lines = column(gap=2)
        add = act_button(Act.AMEND, "添加附件…", self._ask, icon="plus", tip="PDF、JPG、PNG、TIFF，每个不超过30 MB")
        head = row(label("附件", "section"), label(_HINT, "quiet"), None, add)
        self.setLayout(column(head, self._lines, gap=6, margins=(0, 8, 0, 0)))

    def replace(self, files: Iterable[Attachment], waiting: Iterable[Path] = ()) -> None:
        """Show the files a record has, and those that wait for it to be saved."""
        self.files, self.waiting = tuple(files), tuple(waiting)
        clear(self._lines)
        for one in self.files:
            look = partial(self.opened.emit, one.id, one.name)
            save, off = partial(self.saved.emit, one.id, one.name), partial(self.taken_off.emit, one.id)
            self._line(one.name, _size(one.size or 0), (("查看", look), ("另存…", save), ("取下", off)))
        for path in self.waiting:
            self._line(path.name, "保存时归入", (("不要", partial(self._drop, path)),))

    def wait(self, paths: Sequence[Path]) -> None:
        """Let files wait until the record is saved."""
        self.replace(self.files, dict.fromkeys((*self.waiting, *paths)))

    def _drop(self, path: Path) -> None:
        self.replace(self.files, (one for one in self.waiting if one != path))

    def _line(self, name: str, about: str, strokes: Iterable[tuple[str, partial[None]]]) -> None:
        buttons = [button(text, stroke, role="flat", tip=name) for text, stroke in strokes]
        name_label = label(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX))
        set_tip(name_label, name)
        whole = QWidget()
        whole.setLayout(row(name_label, label(about, "quiet"), *buttons, None))
        self._lines.addWidget(whole)

    def _ask(self) -> None:
        ask_files(self, "选择附件", SCANS, self.added.emit)

    @property
    def takes(self) -> tuple[Landing, ...]:
        """What becomes of files dropped here; they are kept together with the record."""
        return (Landing("附到这条登记", SCAN_FILES, self.added.emit, "保存登记时一起存"),)


def _size(count: int) -> str:
    return f"{count / 1048576:.1f} MB" if count >= 1048576 else f"{max(1, round(count / 1024))} KB"


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
