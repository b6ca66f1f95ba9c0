"""The figures beside the charts of a year: what each is, by which article, and the list it leads to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tuopin_desktop.services.reporting.dashboard import Point
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.widgets.parts import card, column, label
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WIDE = 440
_COLUMNS = (
    Column("类别", lambda point: point.group, 78),
    Column("指标", lambda point: point.text, 150),
    Column("数值", lambda point: point.value, tip=lambda point: point.value),
    Column("依据", lambda point: point.article, 70, shed=1),
)


class FiguresView(QWidget):
    """A list of figures; `opened` carries page and subject of the one opened."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.scaled(self, _WIDE))
        self.table = RecordTable(_COLUMNS, lambda point: point.key, "图中各项数字")
        self.table.opened.connect(lambda point: self.opened.emit(point.page, point.subject))
        whole = column(self.table, label("回车或双击：打开这个数字的名单。", "quiet", wrap=True), gap=6)
        whole.setContentsMargins(5, 6, 5, 8)
        whole.setStretch(0, 1)
        self.setLayout(column(card(whole)))

    def replace(self, points: Sequence[Point]) -> None:
        """Show other figures."""
        self.table.replace_rows(points)
