"""The clerk's word on a column of a sheet: which item it fills, or none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from tuopin_desktop.domain.columns import all_columns
from tuopin_desktop.domain.intake import Header
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.parts import label, row

_LETTERS = 12


class AssignLine(QWidget):
    """Choose a column, then the item it fills; `assigned` carries the heading as it is understood then."""

    assigned = Signal(object)

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
        changed = self._header.assign(int(self.place.code()), self._items.get(key))
        if changed != self._header:
            self.assigned.emit(changed)
