"""A spot check from the lot to its results: who is drawn, and the signed sheet keyed back a team at a time."""

from collections.abc import Mapping
from datetime import date

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QGridLayout, QLineEdit, QScrollArea, QWidget

from tuopin_desktop.domain import typeddays
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Check
from tuopin_desktop.domain.records.choices import CHECK_TYPE, CHECKED_HALF, DRAWN, FOUND, MATTER
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.spotchecks.expected import ExpectedPosition
from tuopin_desktop.services.spotchecks import spotchecks
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.spotchecks import questions
from tuopin_desktop.ui.pages.spotchecks.questions import DrawRow, TeamDay
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.dayline import DayLine
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, clear, column, label, row
from tuopin_desktop.ui.widgets.segments import Segments
from tuopin_desktop.ui.widgets.still import ChoiceBox

_WIDTH = 560


class DrawDialog(QDialog):
    """`drawn` carries the draw once it is kept."""

    drawn = Signal(object)

    def __init__(self, context: PageContext, counties: Mapping[str, str]) -> None:
        super().__init__(context.window)
        self._context = context
        self.setWindowTitle("抽签")
        self.message = Toasts(self)
        above = context.office.level is not Level.COUNTY
        self.of = Segments(DRAWN.labels if above else {"person": "派驻人员"}, "抽签对象")
        self.county = FilterBox("全部旗县", counties, "抽签范围")
        self.count = _line("抽取数", "1")
        self.seed = _line("抽取编号", "", "可填当众掷骰、摇号得出的数字；空着由程序随机产生")
        self.witness = _line("在场人", "")
        form = QFormLayout()
        form.addRow("对象", self.of)
        if above:
            form.addRow("范围", self.county)
        for text, line in (("抽取几个", self.count), ("抽取编号", self.seed), ("在场人", self.witness)):
            form.addRow(text, line)
        self.outcome = label("", "strong", wrap=True)
        note = label("距上次检查每过一天，抽中的机会大一分。每次抽签都记录在案，不能删改重抽。", "quiet", wrap=True)
        self.go = button("抽签", self.draw, role="primary")
        feet = row(None, button("关闭", self.reject), self.go)
        self.setLayout(column(note, form, self.outcome, feet, gap=12, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, context.window.width()), self.sizeHint().height())
        self.count.setFocus()
        self.count.selectAll()
        self.count.returnPressed.connect(self.draw)
        self.seed.returnPressed.connect(self.draw)

    def draw(self) -> None:
        """Draw as asked; once for each press, the button rests until the answer is there."""
        text = self.count.text().strip()
        if not text.isdecimal() or not 1 <= int(text) <= 999:
            self.message.say("抽取几个，请填1至999的数字。", "warn")
            self.count.setFocus()
            return
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        draw = question(
            questions.draw,
            self.of.code(),
            int(text),
            seed=self.seed.text().strip(),
            county=self.county.code(),
            witness=self.witness.text().strip(),
        )
        self._context.asker.ask(draw, then=self._show, failed=self._failed)

    def _show(self, draw_row: DrawRow) -> None:
        self.outcome.setText(f"抽取编号 {draw_row.draw.seed}，抽中：{'、'.join(draw_row.names)}")
        self.go.hide()  # one window, one draw: drawing again is asked for anew
        self.drawn.emit(draw_row)

    def _failed(self, error: Refused | Trouble) -> None:
        self.go.setEnabled(True)
        self.message.complain(error)


def _line(name: str, text: str, hint: str = "") -> QLineEdit:
    edit = QLineEdit(text)
    edit.setAccessibleName(name)
    edit.setPlaceholderText(hint)
    return edit


_HEADS = ("姓名", "应在何处", "在岗情况", "问题类别", "发现的问题")


class _Line:
    """One row: what was found of one person, or of the team as a whole."""

    def __init__(self, check: Check, name: str) -> None:
        self._check = check
        self.presence = _box(FOUND.labels, f"{name}：在岗情况", check.found)
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
            found=str(self.presence.currentData()),
            matter=str(self.matter.currentData()),
            finding=self.finding.text().strip(),
            **values,
        )

    @property
    def says_something(self) -> bool:
        """Tell whether the row is worth a record: somebody was looked at, or something found."""
        return self.presence.currentData() != "not_checked" or bool(
            self.finding.text().strip() or self.matter.currentData()
        )


class ResultDialog(QDialog):
    """Asks for the team when the county or the day changes; `kept` carries the sentence that says what was recorded."""

    kept = Signal(str)

    def __init__(self, context: PageContext, counties: Mapping[str, str], county: str, draw_id: str) -> None:
        super().__init__(context.window)
        self._context, self._draw = context, draw_id
        self._lines: list[_Line] = []
        self._asked_day: date | None = None
        self.setWindowTitle("登记检查结果")
        self._build(counties, county)
        self.resize(min(980, context.window.width()), min(540, context.window.height()))
        self.county.chosen.connect(lambda _: self.ask())
        self.day.editingFinished.connect(self._day_typed)
        self.ask()

    def _build(self, counties: Mapping[str, str], county: str) -> None:
        self.message = Toasts(self)
        self.county = FilterBox("选择旗县", counties, "被查旗县")
        self.county.setCurrentIndex(max(0, self.county.findData(county)))
        self.day = self._day_line()
        self.half = FilterBox("全天", CHECKED_HALF.labels, "时段")
        self.manner = _box(CHECK_TYPE.labels, "检查方式", "open")
        self.checker = _edit("检查人", self._context.office.user, 150)
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
            self.county,
            label("检查日期", "label"),
            self.day,
            self.half,
            self.manner,
            label("检查人", "label"),
            self.checker,
            None,
        )
        self.go = act_button(Act.ENTER, "登记", self.take, role="primary", tip="Ctrl+S")
        self.go.setShortcut("Ctrl+S")
        note = label("预填的是按考勤和报备单应有的情况，与检查表核对后改正。没有查看的人不登记。", "quiet")
        feet = row(note, None, button("取消", self.reject), self.go)
        self.setLayout(column(head, area, feet, gap=10, margins=(16, 14, 16, 14)))

    def _day_line(self) -> DayLine:
        today = self._context.office.today
        line = DayLine(today)
        line.setText(today.isoformat())
        line.setAccessibleName("检查日期")
        line.setFixedWidth(theme.scaled(line, 128))
        return line

    def _day_typed(self) -> None:
        day = self.day.day()
        if day is None:
            why = typeddays.fault(self.day.text(), self._context.office.today) or "没有填"
            self.message.say(f"检查日期：{why}", "warn")
            return
        self.day.setText(day.isoformat())
        if day != self._asked_day:
            self.ask()

    def ask(self) -> None:
        """Ask for the team as it should be on the day."""
        day = self.day.day()
        if self.county.code() and day is not None:
            self._asked_day = day
            self._context.asker.ask(
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
            parts: tuple[QWidget, ...] = (label(name), where, line.presence, line.matter, line.finding)
            for at, part in enumerate(parts):
                self.grid.addWidget(part, number, at, Qt.AlignmentFlag.AlignVCenter)
            self._lines.append(line)
        if self._lines:
            self._lines[0].presence.setFocus()

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
        self.go.setEnabled(False)
        self._context.asker.ask(spotchecks.record, results, then=self._finish, failed=self._failed)

    def _finish(self, checks: list[Check]) -> None:
        count = sum(bool(item.due) for item in checks)
        problems = f"，其中{count}条有问题，已定整改期限" if count else "，没有发现问题"
        self.kept.emit(f"已登记检查结果{len(checks)}条{problems}")
        self.accept()

    def _failed(self, error: Refused | Trouble) -> None:
        self.go.setEnabled(True)
        self.message.complain(error)


def _expected(there: ExpectedPosition | None) -> str:
    if there is None:
        return "日志、周记、台账"
    return f"{there.text}（{there.papers}）" if there.papers else there.text


def _box(values: Mapping[str, str], name: str, code: str) -> QComboBox:
    box = ChoiceBox()
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
