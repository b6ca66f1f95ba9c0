"""Drawing by lot: what, how many, with which seed; the result stands in the same window."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records.choices import DRAWN
from tuopin_desktop.ui.pages.spotchecks import questions
from tuopin_desktop.ui.pages.spotchecks.questions import DrawRow
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker, question
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.segments import Segments

_WIDTH = 560


class DrawDialog(QDialog):
    """`drawn` carries the draw once it is kept."""

    drawn = Signal(object)

    def __init__(self, asker: Asker, office: OfficeView, counties: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._asker = asker
        self.setWindowTitle("抽签")
        self.message = MessageBar()
        above = office.level is not Level.COUNTY
        self.of = Segments(DRAWN.labels if above else {"person": "派驻人员"}, "抽签对象")
        self.county = FilterBox("全部旗县", counties, "抽签范围")
        self.count = _line("抽取数", "1")
        self.seed = _line("种子", "", "可填当众掷骰、摇号得出的数字；空着由程序随机产生")
        self.witness = _line("在场人", "")
        form = QFormLayout()
        form.addRow("对象", self.of)
        if above:
            form.addRow("范围", self.county)
        for text, line in (("抽取几个", self.count), ("种子", self.seed), ("在场人", self.witness)):
            form.addRow(text, line)
        self.outcome = label("", "strong", wrap=True)
        note = label("距上次检查每过一天，抽中的机会大一分。每次抽签都记录在案，不能删改重抽。", "quiet", wrap=True)
        self.go = button("抽签", self.draw, role="primary")
        feet = row(None, button("关闭", self.reject), self.go)
        self.setLayout(column(note, self.message, form, self.outcome, feet, gap=12, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, parent.width()), self.sizeHint().height())
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
        self._asker.ask(draw, then=self._show, failed=self._failed)

    def _show(self, draw_row: DrawRow) -> None:
        self.outcome.setText(f"种子 {draw_row.draw.seed}，抽中：{'、'.join(draw_row.names)}")
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
