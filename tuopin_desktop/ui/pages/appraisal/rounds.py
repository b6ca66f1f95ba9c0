"""Rounds of paper ballots: the list, the tally of the one in hand, and keying beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter

from tuopin_desktop.domain.appraisal.ballots import subjects_of
from tuopin_desktop.domain.records.choices import BALLOT
from tuopin_desktop.ui.pages.appraisal.keying import KeyingPanel
from tuopin_desktop.ui.pages.appraisal.questions import RoundRow
from tuopin_desktop.ui.widgets.parts import column, label
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TONES = {"已计票": "ok", "有不一致": "bad", "录入中": "warn", "待录入": "quiet"}


class RoundsView(QSplitter):
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
        words = label("计票（两遍一致的票）", "label")
        words.setContentsMargins(12, 4, 0, 0)
        whole = column(self.table, words, self.tally, gap=4, margins=(5, 8, 5, 6))
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
