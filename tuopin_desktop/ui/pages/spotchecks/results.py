"""The results of a check keyed back from its sheet: a team at a time, each row filled in as expected."""

from collections.abc import Mapping
from datetime import date

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QScrollArea, QWidget

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.reading import read_date
from tuopin_desktop.domain.records import Check
from tuopin_desktop.domain.records.choices import CHECK_TYPE, CHECKED_HALF, FOUND, MATTER
from tuopin_desktop.domain.spotchecks.expected import ExpectedPosition
from tuopin_desktop.services.spotchecks import spotchecks
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.spotchecks import questions
from tuopin_desktop.ui.pages.spotchecks.questions import TeamDay
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row

_HEADS = ("姓名", "应在何处", "在岗情况", "问题类别", "发现的问题")


class _Line:
    """One row: what was found of one person, or of the team as a whole."""

    def __init__(self, check: Check, name: str) -> None:
        self._check = check
        self.found = _box(FOUND.labels, f"{name}：在岗情况", check.found)
        self.matter = _box({"": "没有问题", **MATTER.labels}, f"{name}：问题类别", check.matter)
        self.matter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.matter.setMinimumContentsLength(6)  # the words of the finding need the room more
        self.matter.view().setMinimumWidth(theme.scaled(self.matter, 190))
        self.finding = QLineEdit(check.finding)
        self.finding.setAccessibleName(f"{name}：发现的问题")

    def check(self, **values: object) -> Check:
        """Return the check as keyed."""
        return msgspec.structs.replace(
            self._check,
            found=str(self.found.currentData()),
            matter=str(self.matter.currentData()),
            finding=self.finding.text().strip(),
            **values,
        )

    @property
    def says_something(self) -> bool:
        """Tell whether the row is worth a record: somebody was looked at, or something found."""
        return self.found.currentData() != "not_checked" or bool(
            self.finding.text().strip() or self.matter.currentData()
        )


class ResultDialog(QDialog):
    """Asks for the team when the county or the day changes; `kept` carries the sentence that says what was recorded."""

    kept = Signal(str)

    def __init__(
        self, asker: Asker, office: OfficeView, counties: Mapping[str, str], county: str, draw_id: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._asker, self._office, self._draw = asker, office, draw_id
        self._lines: list[_Line] = []
        self._asked_day: date | None = None
        self.setWindowTitle("登记检查结果")
        self._build(counties, county)
        self.resize(min(980, parent.width()), min(540, parent.height()))
        self.county.chosen.connect(lambda _: self.ask())
        self.day.editingFinished.connect(self._day_typed)
        self.ask()

    def _build(self, counties: Mapping[str, str], county: str) -> None:
        self.message = MessageBar()
        self.county = FilterBox("选择旗县", counties, "被查旗县")
        self.county.setCurrentIndex(max(0, self.county.findData(county)))
        self.day = _edit("检查日期", self._office.today.isoformat(), 104)
        self.half = FilterBox("全天", CHECKED_HALF.labels, "时段")
        self.manner = _box(CHECK_TYPE.labels, "检查方式", "open")
        self.checker = _edit("检查人", self._office.user, 150)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setColumnStretch(4, 1)
        inner = QWidget()
        inner.setLayout(column(self.grid, None))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName("检查结果")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        head = row(
            *(self.county, label("检查日期", "label"), self.day, self.half, self.manner),
            *(label("检查人", "label"), self.checker, None),
        )
        self.done_ = button("登记", self.take, role="primary", tip="Ctrl+S")
        self.done_.setShortcut("Ctrl+S")
        note = label("预填的是按考勤和报备单应有的情况，与检查表核对后改正。没有查看的人不登记。", "quiet")
        feet = row(note, None, button("取消", self.reject), self.done_)
        self.setLayout(column(head, self.message, area, feet, gap=10, margins=(16, 14, 16, 14)))

    def _day_typed(self) -> None:
        day = read_date(self.day.text(), self._office.today)
        if day is None:
            self.message.say("检查日期看不懂，请写成 0531 或 2019-05-31。", "warn")
            return
        self.day.setText(day.isoformat())
        if day != self._asked_day:
            self.ask()

    def ask(self) -> None:
        """Ask for the team as it should be on the day."""
        day = read_date(self.day.text(), self._office.today)
        if self.county.code() and day is not None:
            self._asked_day = day
            self._asker.ask(
                questions.team_day,
                self.county.code(),
                day,
                self._draw,
                then=self._show,
                failed=self.message.complain,
                lane="team_day",
            )

    def _show(self, there: TeamDay) -> None:
        clear(self.grid)
        self._lines = []
        if len(there.drafts) == 1:
            self.message.say("这一天这个总队没有在派人员，请核对旗县和日期。", "warn")
        for at, text in enumerate(_HEADS):
            self.grid.addWidget(label(text, "label"), 0, at)
        for number, (check, name, expected) in enumerate(
            zip(there.drafts, there.names, there.expected, strict=True), start=1
        ):
            line = _Line(check, name)
            where = label(_expected(expected), "quiet", wrap=True)
            where.setFixedWidth(theme.scaled(self, 210))
            parts: tuple[QWidget, ...] = (label(name), where, line.found, line.matter, line.finding)
            for at, part in enumerate(parts):
                self.grid.addWidget(part, number, at, Qt.AlignmentFlag.AlignVCenter)
            self._lines.append(line)
        if self._lines:
            self._lines[0].found.setFocus()

    def take(self) -> None:
        """Record what was keyed, all or nothing."""
        values = {
            "half": self.half.code(),
            "manner": str(self.manner.currentData()),
            "checker": self.checker.text().strip(),
        }
        results = [line.check(**values) for line in self._lines if line.says_something]
        if not results:
            self.message.say("没有可登记的：先选旗县，再填每人的在岗情况。", "warn")
            return
        self.done_.setEnabled(False)
        self._asker.ask(spotchecks.record, results, then=self._kept, failed=self._failed)

    def _kept(self, checks: list[Check]) -> None:
        count = sum(bool(item.due) for item in checks)
        problems = f"，其中{count}条有问题，已定整改期限" if count else "，没有发现问题"
        self.kept.emit(f"已登记检查结果{len(checks)}条{problems}")
        self.accept()

    def _failed(self, error: Refused | Trouble) -> None:
        self.done_.setEnabled(True)
        self.message.complain(error)


def _expected(there: ExpectedPosition | None) -> str:
    if there is None:
        return "日志、周记、台账"
    return f"{there.text}（{there.papers}）" if there.papers else there.text


def _box(values: Mapping[str, str], name: str, code: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for key, word in values.items():
        box.addItem(word, key)
    box.setCurrentIndex(max(0, box.findData(code)))
    return box


def _edit(name: str, text: str, width: int) -> QLineEdit:
    edit = QLineEdit(text)
    edit.setAccessibleName(name)
    edit.setFixedWidth(theme.scaled(edit, width))
    return edit
