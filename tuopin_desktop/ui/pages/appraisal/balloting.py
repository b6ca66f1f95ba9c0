"""The tab of ballots: a round is opened, its ballot printed, what comes back keyed twice, heads down, and tallied."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from tuopin_desktop.domain.appraisal.ballots import FIRST, SECOND, SETTLED, SPOILT, UNTICKED, subjects_of
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import BallotRound
from tuopin_desktop.domain.records.choices import BALLOT
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.pages.appraisal import questions
from tuopin_desktop.ui.pages.appraisal.questions import RoundRow
from tuopin_desktop.ui.pages.appraisal.tab import Tab, stacked
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox, PickBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, clear, column, label, mark, row
from tuopin_desktop.ui.widgets.segments import Segments
from tuopin_desktop.ui.widgets.split import Split
from tuopin_desktop.ui.widgets.still import NumberBox
from tuopin_desktop.ui.widgets.table import Column, RecordTable

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
        self.serial = NumberBox()
        self.serial.setAccessibleName("票号")
        self.serial.setPrefix("第 ")
        self.serial.setSuffix(" 号票")
        self.serial.valueChanged.connect(lambda _: self._fill())
        self.marks = MarksLine()
        self.marks.textChanged.connect(self._paint)
        self.marks.kept.connect(self.keep)
        self.save = act_button(Act.ENTER, "保存，下一张", self.keep, icon="check", role="primary", tip="回车")
        self._sentence = label("", "quiet", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._captions: list[QLabel] = []
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(self._grid, None, gap=0))
        rows = QScrollArea()
        rows.setWidgetResizable(True)
        rows.setWidget(inside)
        line = row(self.serial, self.marks, self.save)
        line.setStretch(1, 1)
        whole = column(self.keying, line, self._sentence, rows, gap=8, margins=(16, 12, 16, 12))
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
        self._captions = []
        for place, (name, columns) in enumerate(zip(round_row.names, round_row.columns, strict=True)):
            legend = "　".join(f"{number}{word}" for number, word in enumerate(columns, start=1))
            taken = label("", "strong")
            self._grid.addWidget(label(f"{place + 1}　{name}"), place, 0)
            self._grid.addWidget(label(legend, "faint"), place, 1)
            self._grid.addWidget(taken, place, 2)
            self._captions.append(taken)

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
        self._sentence.setText(f"{text}　0 未选，x 作废。")

    def _fill(self) -> None:
        """Show what this keying already has of the ballot; the other keying is never shown."""
        if self._row is not None:
            self.marks.setText(self._row.keyed.get(f"{self.serial.value()}-{self.number}", ""))
            self.marks.selectAll()

    def _paint(self, text: str) -> None:
        if self._row is None:
            return
        for place, (taken, columns) in enumerate(zip(self._captions, self._row.columns, strict=True)):
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


_TONES = {"已计票": "ok", "有不一致": "bad", "录入中": "warn", "待录入": "quiet"}


class RoundsView(Split):
    """`keyed(round id, serial, keying, marks)` wants a ballot kept."""

    keyed = Signal(str, int, int, str)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.table = RecordTable(
            [
                Column("旗县", lambda item: item.county_name),
                Column("种类", lambda item: BALLOT.word(item.ballot_round.source), 84),
                Column("日期", lambda item: str(item.ballot_round.held or ""), 100, shed=1),
                Column("票数", lambda item: str(item.ballot_round.issued or 0), 56, right=True, shed=2),
                Column("状态", lambda item: item.state, 90, tone=lambda item: _TONES[item.state]),
            ],
            lambda item: item.ballot_round.id,
            "测评场次",
        )
        self.tally = RecordTable(
            [
                Column("对象", lambda item: item[0]),
                Column("各栏票数", lambda item: item[1], 130),
                Column("平均", lambda item: item[2], 64, right=True),
            ],
            lambda item: item[0],
            "计票结果",
        )
        self.panel = KeyingPanel()
        self.table.current_changed.connect(self._show)
        self.panel.keyed.connect(self._key)
        left = QFrame()
        left.setProperty("role", "card")
        caption = label("计票（两遍一致的票）", "label")
        caption.setContentsMargins(12, 4, 0, 0)
        whole = column(self.table, caption, self.tally, gap=4, margins=(5, 8, 5, 6))
        whole.setStretch(0, 3)
        whole.setStretch(2, 4)
        left.setLayout(whole)
        self.addWidget(left)
        self.addWidget(self.panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)

    def current(self) -> RoundRow | None:
        """Return the round in hand."""
        row: RoundRow | None = self.table.current()
        return row

    def replace(self, rows: Sequence[RoundRow]) -> None:
        """Show other rounds and stay on the one in hand."""
        self.table.replace_rows(rows)
        if self.table.current() is None and rows:
            self.table.select(rows[0].ballot_round.id)
        self._show(self.table.current())

    def _show(self, round_row: RoundRow | None) -> None:
        self.panel.show_round(round_row)
        self.tally.replace_rows(_tallies(round_row) if round_row else [])

    def _key(self, serial: int, keying: int, marks: str) -> None:
        if (round_row := self.current()) is not None:
            self.keyed.emit(round_row.ballot_round.id, serial, keying, marks)


def _tallies(round_row: RoundRow) -> list[tuple[str, str, str]]:
    rows = []
    for name, subject in zip(round_row.names, subjects_of(round_row.ballot_round), strict=True):
        tally = round_row.count.tallies[subject]
        lost = f"　未选{tally.empty}" if tally.empty else ""
        lost += f"　作废{tally.spoilt}" if tally.spoilt else ""
        mean = "" if tally.mean is None else f"{tally.mean:.2f}"
        rows.append((name, " ".join(map(str, tally.ticks)) + lost, mean))
    return rows


_SHOWN = ("source", "held", "issued")


class Balloting(Tab):
    """Rounds with their tally, and keying beside them."""

    def __init__(self, context: PageContext, years: FilterBox) -> None:
        super().__init__(context, years)
        self.dialog: FormDialog[BallotRound] | None = None
        self.rounds = RoundsView()
        self.rounds.keyed.connect(self._key)
        nothing = EmptyState(
            "award",
            "这一年还没有测评",
            hint="开一场测评后打印空白票；收回的票录两遍，不一致的对照原票核定。",
            first=("开一场测评", self.new),
        )
        self._stack = stacked(self.rounds, nothing)
        self.view = self._stack
        self.state = "收回的票由两人各录一遍，不一致的对照原票核定；两遍一致的才计票"
        blank = button("空白票", self.print_, icon="printer", tip="Ctrl+P，保存为 PDF，按发出票数复印")
        fresh = act_button(Act.ENTER, "开一场测评", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self.buttons = [years, blank, fresh]
        counties = {
            code: name
            for code, name in context.office.vocabulary["旗县"].labels.items()
            if code.startswith(context.office.scope)
        }
        self._counties = counties

    def refresh(self) -> None:
        self.context.asker.ask(questions.rounds, self.year, then=self._show, failed=self._none, lane="rounds")

    def _show(self, rows: list[RoundRow]) -> None:
        self.rounds.replace(rows)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _none(self, _: Refused | Trouble) -> None:
        self._stack.setCurrentIndex(1)  # the first tab says why

    def take_keyboard(self) -> None:
        self.rounds.panel.marks.setFocus()

    def new(self) -> None:
        """Open a round of ballots over the team and all in post on the day; above the county, of which one."""
        title = "开一场测评：对象为该旗县工作总队和测评当日在派的全部成员"
        blank = BallotRound(year=self.year, held=self.context.office.today)
        dialog = FormDialog(blank, _SHOWN, title, "开一场测评", self.context.office, self._open, self.context.window)
        dialog.setWindowTitle("开一场测评")
        self.county = PickBox(self._counties)
        self.county.setAccessibleName("旗县")
        if self.context.office.level is Level.COUNTY:
            self.county.setEditText(self._counties.get(self.context.office.scope, self.context.office.scope))
        else:
            dialog.above.addLayout(column(label("旗县 *", "label"), self.county, gap=3))
        self.dialog = dialog
        dialog.open()

    def _open(self, record: BallotRound) -> None:
        dialog, county = self.dialog, self.county.code()
        assert dialog is not None
        if not county:
            dialog.message.say("请选择旗县", "warn")
            return

        def finish(round_row: RoundRow) -> None:
            dialog.accept()
            self.rounds.table.select(round_row.ballot_round.id)
            self.context.message.say(
                f"已开{round_row.county_name}的测评，共{len(round_row.names)}个对象。请打印空白票。"
            )

        self.context.asker.ask(
            questions.open_round,
            county,
            self.year,
            record.source,
            record.held,
            record.issued,
            then=finish,
            failed=dialog.refused,
        )

    def _key(self, round_id: str, serial: int, keying: int, marks: str) -> None:
        def finish(_: RoundRow) -> None:
            self.context.message.clear()

        self.context.ask(questions.key, round_id, serial, keying, marks, then=finish)

    def print_(self) -> None:
        """Save the empty ballot of the round in hand."""
        round_row = self.rounds.current()
        if round_row is None:
            self.context.message.say("请先选中一场测评。", "warn")
            return
        name = f"{round_row.county_name}测评票 {round_row.ballot_round.held}.pdf"
        ask_save(self.context.window, "保存空白票", name, PDFS, partial(self.write_ballot, round_row.ballot_round.id))

    def write_ballot(self, round_id: str, path: Path) -> None:
        """Write the empty ballot of a round."""

        def finish(file: Path) -> None:
            self.context.message.say_file(file)

        self.context.ask(questions.write_ballot, round_id, path, then=finish)
