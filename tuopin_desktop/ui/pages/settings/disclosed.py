"""The section of what was shown, printed or taken out of personal data on this PC."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from tuopin_desktop.services.office import books, disclosurelist
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.disclosures import DisclosureLine
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_DAYS = {"1": "今天", "30": "最近30天", "183": "最近半年"}
_HINT = "登录、看完整号码、导出打印个人信息、收发包、备份、清除都记在这里，不能修改；上级只收到各做了几次。"
_NAME_WIDTH = 160


class DisclosedSection(QWidget):
    """Lists the lines of the days chosen, the newest first."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._count = 0
        columns = (
            Column("时间", lambda line: f"{line.at:%Y-%m-%d %H:%M}", 150),
            Column("经办人", lambda line: line.by, 120),
            Column("行为", lambda line: line.act, 80),
            Column("内容", lambda line: line.what),
            Column("条数", lambda line: str(line.rows), 76, right=True, sort=lambda line: line.rows),
        )
        self.table = RecordTable(columns, lambda line: str(line.n), "查阅导出记录")
        self.days = FilterBox("全部时间", _DAYS, "时间")
        self.days.chosen.connect(lambda _: self.refresh())
        self.name = QLineEdit()
        self.name.setPlaceholderText("姓名：谁看过谁")
        self.name.setAccessibleName("按姓名查找")
        self.name.setClearButtonEnabled(True)
        self.name.setMaximumWidth(_NAME_WIDTH)
        self.name.textChanged.connect(lambda _: self.refresh())
        self.save_button = button("存为清单", self.save_list, icon="file-down", tip="PDF 或 Excel")
        self._nothing = EmptyState("eye", "没有查阅导出记录", hint=_HINT)
        self.counts_button = button("各单位次数", self.save_counts, tip="下级单位各月各做了几次，随数据包报来")
        tools = row(self.days, self.name, label(_HINT, "quiet", wrap=True), self.counts_button, self.save_button)
        tools.setStretch(2, 1)
        inside = column(tools, self.table, self._nothing, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(1, 1)
        self.setLayout(row(card(inside)))

    @property
    def state(self) -> str:
        """The line under the page's title."""
        return f"个人信息查阅导出记录{self._count}条" if self._count else "没有查阅导出记录"

    def refresh(self) -> None:
        """Ask for the lines."""
        self._context.ask(_lines, self.days.code(), self.name.text().strip(), then=self._show, lane="disclosed")

    def _show(self, lines: list[DisclosureLine]) -> None:
        self._count = len(lines)
        self.table.replace_rows(lines)
        self.table.setVisible(bool(lines))
        self._nothing.setVisible(not lines)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.enter()

    def save_list(self) -> None:
        """Ask where to save the lines shown."""
        types = f"{PDFS};;{SHEETS}"
        ask_save(self._context.window, "保存查阅导出记录", "个人信息查阅导出记录.pdf", types, self.write_list)

    def write_list(self, path: Path) -> None:
        """Write the lines shown."""
        self._context.ask(_write, self.days.code(), self.name.text().strip(), path, then=self._written)

    def save_counts(self) -> None:
        """Ask where to save how often what was done in the offices below."""
        ask_save(self._context.window, "保存各单位次数", "各单位操作次数.pdf", f"{PDFS};;{SHEETS}", self.write_counts)

    def write_counts(self, path: Path) -> None:
        """Write the counts."""
        self._context.ask(_write_counts, path, then=self._written)

    def _written(self, path: Path) -> None:
        self._context.message.say_file(path)


def _lines(desk: Desk, days: str, name: str) -> list[DisclosureLine]:
    return list(disclosurelist.listed(desk, _first(desk, days), name=name).rows)


def _write(desk: Desk, days: str, name: str, path: Path) -> Path:
    return books.write(desk, path, disclosurelist.listed(desk, _first(desk, days), name=name))


def _write_counts(desk: Desk, path: Path) -> Path:
    return books.write(desk, path, disclosurelist.tally_list(desk))


def _first(desk: Desk, days: str) -> date | None:
    return desk.today() - timedelta(days=int(days) - 1) if days else None
