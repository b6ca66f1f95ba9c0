"""Above the grid: which month and which team, what can be done to the selection, sheets, and the legend of the keys."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QWidget

from tuopin_desktop.domain.attendance.codes import MARKS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import act_button, button, hide_unless, label
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.still import ChoiceBox

FIRST_MONTH = "2018-05"
MENU = (
    ("撤销", "Ctrl+Z", "undo"),
    ("重做", "Ctrl+Y", "redo"),
    ("", "", ""),
    ("向下填充", "Ctrl+D", "down"),
    ("向右填充", "Ctrl+R", "right"),
    ("照抄前一天", "Ctrl+Shift+D", "day_before"),
    ("照抄上一周", "Ctrl+Shift+W", "week_before"),
    ("按报备单填写", "B", "papers"),
    ("清除", "Del", "clear"),
    ("", "", ""),
    ("复制", "Ctrl+C", "copy"),
    ("粘贴", "Ctrl+V", "paste"),
    ("", "", ""),
    ("下一个空格", "N", "next"),
    ("全年情况", "Y", "year"),
    ("展开依据", "回车", "unfold"),
)


class Bar(QWidget):
    """Makes the controls once; `chosen` asks for (month, county), `commanded` carries the name of a command."""

    chosen = Signal(str, str)
    commanded = Signal(str)

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
        self._one = len(counties) <= 1
        self.skip = QCheckBox("跳过休息日")
        self.skip.setChecked(True)
        set_tip(self.skip, "选中多格按一个键填写时不动休息日；按住 Shift 再按字母，只填休息日")
        self._back = button("", lambda: self.turn(-1), icon="chevron-left", role="flat", tip="上月（Ctrl+PgUp）")
        self._on = button("", lambda: self.turn(1), icon="chevron-right", role="flat", tip="下月（Ctrl+PgDn）")
        self._edit = act_button(Act.ENTER, "编辑", lambda: None, tip="填充、照抄、复制、撤销")
        self._close = button("结账和打印", lambda: None, icon="printer", tip="结账、重新打开、更正、考勤簿、照纸补录")
        self._excel = button("Excel", lambda: None, icon="file-spreadsheet", tip="模板、导入、导出")
        self.editing = self._edit_menu()
        self._edit.setMenu(self.editing)

    def sheets(self, entries: Mapping[str, Callable[[], object]]) -> None:
        """Give the Excel button its entries."""
        menu = QMenu(self._excel)
        for name, slot in entries.items():
            menu.addAction(name, slot)
        self._excel.setMenu(menu)

    def closing(self, menu: QMenu) -> None:
        """Give the button of closing and of books its menu."""
        self._close.setMenu(menu)

    def widgets(self) -> list[QWidget]:
        """Return what stands above the grid."""
        county = [] if self._one else [self.county]
        return [self.skip, self._edit, self._close, self._excel, *county, self._back, self.month, self._on]

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

    def _edit_menu(self) -> QMenu:
        menu = QMenu(self._edit)
        for name, keys, command in MENU:
            if not name:
                menu.addSeparator()
                continue
            menu.addAction(f"{name}\t{keys}", lambda name=command: self.commanded.emit(name))
        return menu


def legend() -> QLabel:
    """Return the keys and what they set, in one line."""
    keys = "　".join(f"{mark.keys[0]} {mark.sign}" for mark in MARKS)
    legend = label(f"{keys}　，上午　。下午　Del 清除", "quiet")
    message = "\n".join(f"{mark.keys[0]} 或小键盘 {mark.keys[1]}：{mark.sign} {mark.label}" for mark in MARKS)
    set_tip(
        legend,
        f"{message}\n空格：√ 驻村工作\n先按逗号（或小键盘 -）：下一个键只填上午；先按句号（或小键盘 +）：只填下午",
    )
    legend.setAccessibleName(f"按键：{message}")
    return legend


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
