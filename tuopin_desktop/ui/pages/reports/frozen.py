"""Beside the paper of a year: the years that were settled, and what has changed since."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tuopin_desktop.services.reporting.differences import Difference, by_reason
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.reports.questions import FrozenRow
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WIDE = 352
_COLUMNS = (
    Column("年度", lambda one: str(one.year), 52, sort=lambda one: one.year),
    Column("定稿", lambda one: f"第{one.number}次", 56, sort=lambda one: one.number),
    Column("日期", lambda one: one.taken, 96),
    Column("定稿人", lambda one: one.by, 66, shed=1),
    Column("核对码", lambda one: one.check, 0, tip=lambda one: f"核对码 {one.check}，与报告附件1的注相同"),
)


class FrozenView(QWidget):
    """A list of snapshots; `chosen` when another is current, `compare` when the clerk asks what differs today."""

    chosen = Signal()
    compare = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.scaled(self, _WIDE))
        self.table = RecordTable(
            _COLUMNS, lambda one: one.id, "已定稿的年度数字", nothing="还没有定稿过，定稿后列在这里。"
        )
        self.table.current_changed.connect(lambda _: self.chosen.emit())
        self.table.opened.connect(lambda _: self.compare.emit())
        self._compare = button("比较（D）", self.compare.emit, tip="D 或回车：哪些数字不同、为什么")
        on_key(self, "D", "比较定稿的和现在的数字", self.compare.emit)
        self.differences = QPlainTextEdit()
        self.differences.setReadOnly(True)
        self.differences.setTabChangesFocus(True)
        self.differences.setAccessibleName("与现有数据的不同")
        self.differences.setPlaceholderText("选中一次定稿，按“比较”：哪些数字与现在不同、为什么。")
        self._title = label("与现有数据的不同", "section")
        frame = card(column(self.table, margins=(5, 6, 5, 6)))
        whole = column(frame, row(self._title, None, self._compare), self.differences, gap=8)
        whole.setStretch(0, 2)
        whole.setStretch(2, 3)
        self.setLayout(whole)

    def replace(self, rows: Sequence[FrozenRow]) -> None:
        """Show other snapshots; the newest is current when none was."""
        before = self.current()
        self.table.replace_rows(rows)
        if before is None and rows:
            self.table.select(rows[0].id)

    def current(self) -> FrozenRow | None:
        """Return the snapshot in hand."""
        current = self.table.current()
        return current if isinstance(current, FrozenRow) else None

    def wait(self) -> None:
        """Say that the year is being counted."""
        self.differences.setPlainText("正在按现有数据重算…")

    def tell(self, frozen_row: FrozenRow, differences: Sequence[Difference]) -> None:
        """Say what differs, by its reasons, each with both values."""
        head = f"{frozen_row.year}年第{frozen_row.number}次定稿，核对码 {frozen_row.check}"
        if not differences:
            self.differences.setPlainText(f"{head}\n\n与现有数据相比，各项数字都相同。")
            return
        lines = [
            "\n".join([*why, *(f"　　{one.text}：{one.was} → {one.now}" for one in same)])
            for why, same in by_reason(differences)
        ]
        self.differences.setPlainText(f"{head}\n\n{len(differences)}项不同：\n\n" + "\n\n".join(lines))
