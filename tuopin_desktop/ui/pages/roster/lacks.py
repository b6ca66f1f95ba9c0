"""What sheets still lack: a line above one person's, whose words lead to the fields, and the list of everybody."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from tuopin_desktop.domain.columns import ROSTER
from tuopin_desktop.domain.essentials import Lack
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.people.essentials import IncompleteFile
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import button, clear, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable


class LackLine(QFrame):
    """Hidden while nothing is missing; `chosen` carries the lack whose field is wanted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._parts = row(gap=0)
        self.setLayout(row(label("待补", "section"), self._parts, None, margins=(16, 2, 8, 2), gap=8))
        self.hide()

    def replace(self, lacks: Sequence[Lack]) -> None:
        """Show other lacks."""
        clear(self._parts)
        for lack in lacks:
            field_button = button(
                lack.field.label, partial(self.chosen.emit, lack), role="flat", tip=f"依据：{lack.basis}"
            )
            field_button.setAccessibleName(f"补填{lack.field.label}")
            self._parts.addWidget(field_button)
        self.setVisible(bool(lacks))


class LackList(Front):
    """Everybody whose sheet lacks something; `opened` carries the row."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        columns = (
            Column("姓名", lambda item: item.person.name, 100, most=200),
            Column("派驻旗县", lambda item: item.county_name or "未派驻", 140),
            Column("队内职务", _position, 84),
            Column("缺几项", lambda item: str(len(item.lacks)), 70, sort=lambda item: len(item.lacks)),
            Column("待补的栏目", lambda item: item.text),
        )
        self.table = RecordTable(columns, lambda item: item.person.id, "信息待补的人员", sheet=ROSTER)
        self.table.opened.connect(self.opened)
        self._count = label("", "quiet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState("circle-check", "没有待补的", hint="办法要用的栏目都已填写。"))
        tools = row(label("回车或双击打开登记表，从第一个待补的栏目填起。", "quiet"), None, self._count)
        tools.setContentsMargins(12, 10, 16, 4)
        layout = column(tools, self._stack, gap=2, margins=(5, 0, 5, 6))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.begin_at(self.table)

    def replace(self, rows: Sequence[IncompleteFile]) -> None:
        """Show other rows."""
        self.table.replace_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._count.setText(f"{len(rows)}人，{sum(len(item.lacks) for item in rows)}项")


def _position(item: IncompleteFile) -> str:
    return POSITION.word(item.posting.position) if item.posting else ""
