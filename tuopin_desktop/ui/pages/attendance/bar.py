"""Above the grid: which month and which team, sheets, and the menu of what can be done to the selection."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from tuopin_desktop.domain.attendance.codes import MARKS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import act_button, button, hide_unless
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.still import ChoiceBox

FIRST_MONTH = "2018-05"
MENU = (
    ("展开依据，写原因", "回车", "unfold"),
    ("打开报备单", "O", "slip"),
    ("清除", "Del", "clear"),
    ("", "", ""),
    ("整月：平日√、休息日休", "W", "month"),
    ("照抄前一天", "Ctrl+Shift+D", "day_before"),
    ("照抄上一周", "Ctrl+Shift+W", "week_before"),
    ("向下填充", "Ctrl+D", "down"),
    ("向右填充", "Ctrl+R", "right"),
    ("按报备单填写", "B", "papers"),
    ("下一个符号不按报备单", "T", "against"),
    ("", "", ""),
    ("复制", "Ctrl+C", "copy"),
    ("复制，连同姓名和日期", "Ctrl+Shift+C", "copy_heads"),
    ("粘贴", "Ctrl+V", "paste"),
    ("撤销", "Ctrl+Z", "undo"),
    ("重做", "Ctrl+Y", "redo"),
    ("", "", ""),
    ("打印这张表…", "Ctrl+Shift+P", "print"),
    ("存为 Excel…", "Ctrl+Shift+E", "sheet"),
    ("", "", ""),
    ("下一个空格", "N", "next"),
    ("全年情况", "Y", "year"),
)
_ONLY_LOOKS = "只看，不能改"
LOOKING = frozenset({"unfold", "slip", "copy", "copy_heads", "print", "sheet", "next", "year", ""})
"""What of it writes nothing."""


class Bar(QWidget):
    """Makes the controls once; `chosen` asks for (month, county), `commanded` carries a command's name.

    `marked` carries a mark chosen in the menu and which half it sets, "" for the half that is set just now.
    """

    chosen = Signal(str, str)
    commanded = Signal(str)
    marked = Signal(object, str)

    def __init__(self, today: date, counties: Mapping[str, str]) -> None:
        super().__init__()
        self.hide()
        self.month = ChoiceBox()
        self.month.setAccessibleName("月份")
        set_tip(self.month, "Ctrl+PgUp 上月，Ctrl+PgDn 下月，Ctrl+G 选月份")
        self.month.setMaxVisibleItems(18)
        for code in _months(today):
            self.month.addItem(month_title(code), code)
        self.month.activated.connect(self._tell)
        self.county = FilterBox("全部总队", counties, "总队")
        self.county.chosen.connect(lambda _: self._tell())
        hide_unless(self.county, len(counties) > 1)
        self._back = button("", lambda: self.turn(-1), icon="chevron-left", role="flat", tip="上月（Ctrl+PgUp）")
        self._on = button("", lambda: self.turn(1), icon="chevron-right", role="flat", tip="下月（Ctrl+PgDn）")
        self._undo = act_button(
            Act.ENTER, "撤销", lambda: self.commanded.emit("undo"), icon="undo", tip="撤销刚才的一步（Ctrl+Z）"
        )
        self._close = button("结账和打印", lambda: None, icon="printer", tip="结账、重新打开、更正、考勤簿、照纸补录")
        self._excel = button("Excel", lambda: None, icon="file-spreadsheet", tip="模板、导入、导出")

    def sheets(self, entries: Mapping[str, Callable[[], object]]) -> None:
        """Give the Excel button its entries."""
        menu = QMenu(self._excel)
        for name, slot in entries.items():
            menu.addAction(name, slot)
        self._excel.setMenu(menu)

    def closing(self, menu: QMenu) -> None:
        """Give the button of closing and of books its menu."""
        self._close.setMenu(menu)

    def widgets(self, *, writes: bool) -> list[QWidget]:
        """Return what stands beside the title; there is nothing to take back where nothing is written."""
        undo = [self._undo] if writes else []
        return [*undo, self._excel, self._close, self._back, self.month, self._on]

    def turn(self, step: int) -> None:
        """Go to the month before or after."""
        month = str(self.month.currentData())
        at = int(month[:4]) * 12 + int(month[5:]) - 1 + step
        self.set_month(_month(at))
        self._tell()

    def set_month(self, month: str) -> None:
        """Show which month stands open, adding it when the list does not go so far."""
        place = self.month.findData(month)
        if place < 0:
            self.month.addItem(month_title(month), month)
            place = self.month.count() - 1
        self.month.setCurrentIndex(place)

    def set_county(self, county: str) -> None:
        """Show which team stands open."""
        self.county.setCurrentIndex(max(0, self.county.findData(county)))

    def _tell(self) -> None:
        self.chosen.emit(str(self.month.currentData()), self.county.code())

    def offer_menu(self, grid: QTableView, writes: Callable[[], bool]) -> None:
        """Show the menu of a cell on a right click; one that is not chosen is chosen first."""

        def show(place: QPoint) -> None:
            index = grid.indexAt(place)
            if index.isValid() and not grid.selectionModel().isSelected(index):
                grid.setCurrentIndex(index)
            menu = self.menu(grid, writes=writes())
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(grid.viewport().mapToGlobal(place))

        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(show)

    def menu(self, parent: QWidget, *, writes: bool) -> QMenu:
        """Return the menu of a cell: marks, halves, and all that can be done by keys, with those keys."""
        menu = QMenu(parent)
        marks = menu.addMenu("填写")
        for one in MARKS:
            text = f"{one.sign} {one.label}\t{one.keys[0]}"
            marks.addAction(text, partial(self.marked.emit, one, "")).setEnabled(writes)
        for part, half in (("am", "上午"), ("pm", "下午")):
            halves = menu.addMenu(f"只填{half}")
            for one in MARKS:
                slot = partial(self.marked.emit, one, part)
                halves.addAction(f"{one.sign} {one.label}", slot).setEnabled(writes)
        for name, keys, command in MENU:
            if not name:
                menu.addSeparator()
                continue
            can = writes or command in LOOKING
            beside = keys if can else _ONLY_LOOKS
            menu.addAction(f"{name}\t{beside}", partial(self.commanded.emit, command)).setEnabled(can)
        return menu


def month_title(month: str) -> str:
    """Return a month as 2019年6月."""
    return f"{month[:4]}年{int(month[5:])}月"


def _months(today: date) -> list[str]:
    """Return the months that can be keyed, the newest first: from the first posting to the month after this one."""
    last = today.year * 12 + today.month
    first = int(FIRST_MONTH[:4]) * 12 + int(FIRST_MONTH[5:]) - 1
    return [_month(at) for at in range(max(last, first + 1), first - 1, -1)]


def _month(at: int) -> str:
    """Return the month that is so many months after year 0."""
    return f"{at // 12:04d}-{at % 12 + 1:02d}"
