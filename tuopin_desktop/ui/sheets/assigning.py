"""A column of a sheet that was taken for another, or for none: which item it fills."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from tuopin_desktop.domain.columns import all_columns
from tuopin_desktop.domain.intake import Header
from tuopin_desktop.domain.intake.questions import SKIP
from tuopin_desktop.services.sheets.sheetparts import COLUMN
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import label, row

_LETTERS = 12


class AssignLine(QWidget):
    """Choose a column, then the item it fills; `assigned` carries the column's words and the item's key or `skip`."""

    assigned = Signal(str, str)

    def __init__(self, header: Header) -> None:
        super().__init__()
        self._header = header
        self._items = {item.key: item for item in all_columns(header.kind)}
        headings = {str(place): text for place, text in header.headings.items() if text}
        self.place = FilterBox("选择表格中的一列", headings, "表格中的列")
        self.item = FilterBox("不导入", {key: item.heading for key, item in self._items.items()}, "对应项目")
        self.item.setEnabled(False)
        self.place.chosen.connect(self._show)
        self.item.chosen.connect(self._assign)
        for box in (self.place, self.item):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_LETTERS)
        whole = row(label("列认错了？", "quiet"), self.place, label("对应项目", "quiet"), self.item, None)
        whole.setContentsMargins(12, 0, 16, 4)
        self.setLayout(whole)

    def _show(self, place: str) -> None:
        column = self._header.columns.get(int(place)) if place else None
        self.item.setCurrentIndex(self.item.findData(column.key) if column else 0)
        self.item.setEnabled(bool(place))

    def _assign(self, key: str) -> None:
        place = int(self.place.code())
        if self._header.assign(place, self._items.get(key)) != self._header:
            self.assigned.emit(COLUMN + self._header.headings[place], key or SKIP.word)
