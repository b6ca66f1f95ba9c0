"""Keying ballots heads down: digits in the order of the paper, Enter for the next one; twice, then what differs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QSpinBox, QWidget

from tuopin_desktop.domain.appraisal.ballots import FIRST, SECOND, SETTLED, SPOILT, UNTICKED
from tuopin_desktop.ui.pages.appraisal.questions import RoundRow
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, mark, row
from tuopin_desktop.ui.widgets.segments import Segments

_KEYINGS = {str(FIRST): "第一遍", str(SECOND): "第二遍", str(SETTLED): "核定不一致"}


class MarksLine(QLineEdit):
    """Takes digits, 0 and x only, with the input method off; Enter keeps."""

    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("各行所选，按票上顺序每行一个数字")
        self.setPlaceholderText("按票上顺序逐行输入数字，回车保存")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setProperty("role", "keying")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class KeyingPanel(QFrame):
    """Keys one round; `keyed(serial, keying, marks)` wants a ballot kept."""

    keyed = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._row: RoundRow | None = None
        self.keying = Segments(_KEYINGS, "第几遍")
        self.keying.chosen.connect(lambda _: self._next())
        self.serial = QSpinBox()
        self.serial.setAccessibleName("票号")
        self.serial.setPrefix("第 ")
        self.serial.setSuffix(" 号票")
        self.serial.valueChanged.connect(lambda _: self._fill())
        self.marks = MarksLine()
        self.marks.textChanged.connect(self._paint)
        self.marks.kept.connect(self.keep)
        self.save = button("保存，下一张", self.keep, icon="check", role="primary", tip="回车")
        self._said = label("", "quiet", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._words: list[QLabel] = []
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(self._grid, None, gap=0))
        rows = QScrollArea()
        rows.setWidgetResizable(True)
        rows.setWidget(inside)
        line = row(self.serial, self.marks, self.save)
        line.setStretch(1, 1)
        whole = column(self.keying, line, self._said, rows, gap=8, margins=(16, 12, 16, 12))
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self.setEnabled(False)

    @property
    def number(self) -> int:
        """Which keying is under way."""
        return int(self.keying.code() or FIRST)

    def show_round(self, round_row: RoundRow | None) -> None:
        """Show a round: the rows of its ballot, and the next serial to key."""
        another = self._row is None or round_row is None or self._row.ballot_round.id != round_row.ballot_round.id
        self._row = round_row
        self.setEnabled(round_row is not None)
        if round_row is None:
            return
        if another:
            self._lay_out(round_row)  # before the number moves: what moves is painted into these rows
        self.serial.setRange(1, round_row.ballot_round.issued or 1)
        if another:
            self.keying.choose(str(self._wanted(round_row)))
        else:
            self._next()

    @staticmethod
    def _wanted(round_row: RoundRow) -> int:
        """Return which keying a round waits for."""
        serials = range(1, (round_row.ballot_round.issued or 0) + 1)
        lacking = (
            one for one in (FIRST, SECOND) if any(f"{serial}-{one}" not in round_row.keyed for serial in serials)
        )
        return next(lacking, SETTLED if round_row.count.differing else FIRST)

    def _lay_out(self, round_row: RoundRow) -> None:
        clear(self._grid)
        self._words = []
        for place, (name, columns) in enumerate(zip(round_row.names, round_row.columns, strict=True)):
            legend = "　".join(f"{number}{word}" for number, word in enumerate(columns, start=1))
            taken = label("", "strong")
            self._grid.addWidget(label(f"{place + 1}　{name}"), place, 0)
            self._grid.addWidget(label(legend, "faint"), place, 1)
            self._grid.addWidget(taken, place, 2)
            self._words.append(taken)

    def _next(self) -> None:
        """Stand on the first ballot that this keying still lacks."""
        if self._row is None:
            return
        if self.number == SETTLED:
            waiting = sorted({one.serial for one in self._row.count.differing})
        else:
            serials = range(1, (self._row.ballot_round.issued or 0) + 1)
            waiting = [serial for serial in serials if f"{serial}-{self.number}" not in self._row.keyed]
        if waiting:
            self.serial.setValue(waiting[0])
        self._fill()
        self._say(waiting)
        self.marks.setFocus()

    def _say(self, waiting: list[int]) -> None:
        if self._row is None:
            return
        if self.number == SETTLED:
            text = f"有{len(waiting)}张票两遍不一致，请对照原票核定。" if waiting else "两遍录入一致，没有要核定的。"
            differing = [one for one in self._row.count.differing if one.serial == self.serial.value()]
            text += "".join(
                f"\n{self._row.names[one.place]}：第一遍{one.first}，第二遍{one.second}" for one in differing
            )
        else:
            text = f"这一遍还有{len(waiting)}张没有录。" if waiting else "这一遍已全部录完。"
        self._said.setText(f"{text}　0 未选，x 作废。")

    def _fill(self) -> None:
        """Show what this keying already has of the ballot; the other keying is never shown."""
        if self._row is not None:
            self.marks.setText(self._row.keyed.get(f"{self.serial.value()}-{self.number}", ""))
            self.marks.selectAll()

    def _paint(self, text: str) -> None:
        if self._row is None:
            return
        for place, (taken, columns) in enumerate(zip(self._words, self._row.columns, strict=True)):
            sign = text[place : place + 1].lower()
            sentence = _meaning(sign, columns)
            taken.setText(sentence or ("？" if sign else ""))
            mark(taken, "tone", "" if sentence or not sign else "bad")

    def keep(self) -> None:
        """Keep the ballot as it stands in the line."""
        if self._row is not None:
            self.keyed.emit(self.serial.value(), self.number, self.marks.text())


def _meaning(sign: str, columns: tuple[str, ...]) -> str:
    if sign == UNTICKED:
        return "未选"
    if sign == SPOILT:
        return "作废"
    return columns[int(sign) - 1] if sign.isascii() and sign.isdecimal() and 1 <= int(sign) <= len(columns) else ""
