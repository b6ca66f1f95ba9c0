"""The receipts with their time: which package who has, how we know; of one office or of all."""

from PySide6.QtWidgets import QComboBox, QFrame

from tuopin_desktop.services.exchange.receiptlist import ReceiptEntry
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.widgets.parts import column, label, row

_ALL = "全部单位"


class ReceiptView(QFrame):
    """The list, with the office it is of."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._entries: tuple[ReceiptEntry, ...] = ()
        self.office = QComboBox()
        self.office.setAccessibleName("回执的单位")
        self.office.addItem(_ALL, "")
        self.office.setMinimumWidth(220)
        self.office.currentIndexChanged.connect(lambda _: self._show())
        self.table = lists.receipts()
        words = label("每个包什么时候收下、回执码是什么，都留在这里；撤销了的导入，回执作废。", "quiet", wrap=True)
        head = row(words, label("单位", "label"), self.office)
        head.setStretch(0, 1)
        layout = column(head, self.table, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def replace_entries(self, entries: tuple[ReceiptEntry, ...]) -> None:
        """Show other receipts; the chosen office stays."""
        self._entries = entries
        offices = sorted({one.office for one in entries})
        if [self.office.itemData(at) for at in range(1, self.office.count())] != offices:
            chosen = self.office.currentData()
            self.office.blockSignals(True)
            self.office.clear()
            self.office.addItem(_ALL, "")
            for one in offices:
                self.office.addItem(called(one), one)
            self.office.setCurrentIndex(max(0, self.office.findData(chosen)))
            self.office.blockSignals(False)
        self._show()

    def _show(self) -> None:
        office = self.office.currentData()
        self.table.replace_rows([one for one in self._entries if office in ("", one.office)])
