"""The rows behind a number: what is counted stands in a chip with a cross, how many and what they are at the foot."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from tuopin_desktop.services.home.rowsbehind import Behind, BehindRow
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.listways import ways_of
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable


class BehindView(Front):
    """`opened` carries page and subject of a row, `left` that the first page is wanted again."""

    opened = Signal(str, str)
    left = Signal()

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.behind = behind
        self.paper = button("打印这张表", partial(self._take_out, "print_"), icon="printer", role="line")
        self.sheet = button("Excel", partial(self._take_out, "save_sheet"), icon="file-spreadsheet", role="line")
        self._back = button("首页", self.left.emit, icon="arrow-left", role="flat", tip="回到首页同一行（Esc）")
        self.chip = button(behind.chip, self.left.emit, icon="x", role="chip", tip="去掉这个条件，回到首页（Esc）")
        self.search = SearchLine(f"在这{len(behind.rows)}行里找", "在这些行里找")
        self.search.searched.connect(lambda _: self._narrow())
        columns = tuple(_column(behind, at) for at in range(len(behind.headings)))
        self.table = RecordTable(columns, lambda one: one.key, behind.title)
        self.table.opened.connect(lambda one: self.opened.emit(one.page, one.subject))
        self.search.left_down.connect(self.table.enter)
        self.foot = label(f"共{len(behind.rows)}{behind.unit}", "strong")
        self.definition = label(behind.definition, "quiet")
        head = row(self._back, self.chip, None, self.paper, self.sheet, self.search, margins=(12, 10, 12, 4))
        foot = row(self.foot, self.definition, None, label("回车打开这一行，Esc 回到首页", "hint"),
                   margins=(16, 4, 16, 10), gap=14)  # fmt: skip
        layout = column(head, self.table, foot, gap=4, margins=(5, 0, 5, 0))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.table.replace_rows(behind.rows)
        self.begin_at(self.table)

    def renew(self, behind: Behind) -> None:
        """Show the rows as they are counted now; what is looked for and where one stands stay."""
        self.behind = behind
        self.chip.setText(behind.chip)
        self.chip.setAccessibleName(behind.chip)
        self.definition.setText(behind.definition)
        self._narrow()

    def _take_out(self, way: str) -> None:
        """Print the rows or write them as a workbook, as the keys of the list do."""
        if (ways := ways_of(self.table)) is not None:
            getattr(ways, way)(self.table)

    def _narrow(self) -> None:
        target = self.search.text().strip()
        some = [one for one in self.behind.rows if not target or any(target in cell for cell in one.cells)]
        self.table.replace_rows(some)
        few = f"找到{len(some)}{self.behind.unit}，" if target else ""
        self.foot.setText(f"{few}共{len(self.behind.rows)}{self.behind.unit}")


def _column(behind: Behind, at: int) -> Column:
    def cell(one: BehindRow) -> str:
        return one.cells[at]

    tone: Callable[[BehindRow], str] | None = (lambda one: one.tone) if at == behind.toned else None
    return Column(behind.headings[at], cell, behind.widths[at], tone=tone)
