"""The tab of ballots: a round is opened, its ballot printed, and what comes back keyed twice."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import BallotRound
from tuopin_desktop.ui.pages.appraisal import questions
from tuopin_desktop.ui.pages.appraisal.questions import RoundRow
from tuopin_desktop.ui.pages.appraisal.rounds import RoundsView
from tuopin_desktop.ui.pages.appraisal.tab import Tab, stacked
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox, PickBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.formdialog import FormDialog
from tuopin_desktop.ui.widgets.message import MessageBar
from tuopin_desktop.ui.widgets.parts import button, column, label

_SHOWN = ("source", "held", "issued")


class Balloting(Tab):
    """Rounds with their tally, and keying beside them."""

    def __init__(
        self, asker: Asker, office: OfficeView, message: MessageBar, window: QWidget, years: FilterBox
    ) -> None:
        super().__init__(asker, office, message, window, years)
        self.dialog: FormDialog | None = None
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
        fresh = button("开一场测评", self.new, icon="plus", role="primary", tip="Ctrl+N")
        self.buttons = [years, blank, fresh]
        counties = {
            code: name for code, name in office.vocabulary["旗县"].labels.items() if code.startswith(office.scope)
        }
        self._counties = counties

    def refresh(self) -> None:
        self.asker.ask(questions.rounds, self.year, then=self._show, failed=self._none, lane="rounds")

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
        blank = BallotRound(year=self.year, held=self.office.today)
        dialog = FormDialog(blank, _SHOWN, title, "开一场测评", self.office, self._open, self.window)
        dialog.setWindowTitle("开一场测评")
        self.county = PickBox(self._counties)
        self.county.setAccessibleName("旗县")
        if self.office.level is Level.COUNTY:
            self.county.setEditText(self._counties.get(self.office.scope, self.office.scope))
        else:
            dialog.above.addLayout(column(label("旗县 *", "label"), self.county, gap=3))
        self.dialog = dialog
        dialog.open()

    def _open(self, record: Record) -> None:
        dialog, county = self.dialog, self.county.code()
        assert dialog is not None
        assert isinstance(record, BallotRound)
        if not county:
            dialog.message.say("请选择旗县", "warn")
            return

        def done(round_row: RoundRow) -> None:
            dialog.accept()
            self.rounds.table.select(round_row.ballot_round.id)
            self.message.say(f"已开{round_row.county_name}的测评，共{len(round_row.names)}个对象。请打印空白票。")

        self.asker.ask(
            questions.open_round,
            county,
            self.year,
            record.source,
            record.held,
            record.issued,
            then=done,
            failed=dialog.refused,
        )

    def _key(self, round_id: str, serial: int, keying: int, marks: str) -> None:
        def done(_: RoundRow) -> None:
            self.message.hide()

        self.asker.ask(questions.key, round_id, serial, keying, marks, then=done, failed=self.message.complain)

    def print_(self) -> None:
        """Save the empty ballot of the round in hand."""
        round_row = self.rounds.current()
        if round_row is None:
            self.message.say("请先选中一场测评。", "warn")
            return
        name = f"{round_row.county_name}测评票 {round_row.ballot_round.held}.pdf"
        ask_save(self.window, "保存空白票", name, PDFS, partial(self.write_ballot, round_row.ballot_round.id))

    def write_ballot(self, round_id: str, path: Path) -> None:
        """Write the empty ballot of a round."""

        def done(file: Path) -> None:
            self.message.say(f"已保存到 {file}")

        self.asker.ask(questions.write_ballot, round_id, path, then=done, failed=self.message.complain)
