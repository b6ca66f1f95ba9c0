"""Packages out and in, side by side: the board of offices, and the in-tray of the folder in hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from tuopin_desktop.services.exchange.accounts import PackageFile
from tuopin_desktop.services.exchange.packageboard import Receipt
from tuopin_desktop.services.exchange.scanpackages import ScanPackageFile
from tuopin_desktop.services.exchange.sticks import Stick
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.ui.pages.exchange.board import BoardView
from tuopin_desktop.ui.pages.exchange.questions import JobOutcome, Outgoing, State
from tuopin_desktop.ui.pages.exchange.tray import TrayView
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.split import Split

_NAMED = 3


class TransferView(Split):
    """`out` is the board, `tray` what comes in."""

    def __init__(self, office: OfficeView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._state: State | None = None
        self._stick = False
        self.out, self.tray = BoardView(office), TrayView()
        self.addWidget(self.out)
        self.addWidget(self.tray)
        self.setChildrenCollapsible(False)
        self.setSizes([600, 530])

    def show_state(self, state: State) -> None:
        """Show how this PC stands."""
        self._state = state
        self.out.show_state(state)
        self.tray.version.show_standing(state.standing)
        self.tray.undo.setEnabled(bool(state.batch))
        self._enable()

    def show_stick(self, stick: Stick | None) -> None:
        """Show what lies on the stick in hand."""
        self._stick = stick is not None
        self.tray.show_stick(stick)
        self._enable()

    def _enable(self) -> None:
        self.out.enable(ready=self._stick and self._state is not None and self._state.authorised)

    def made_words(self, outgoing: Outgoing) -> str:
        """Return the sentence after packages were written, read back and proved."""
        items = outgoing.items
        data = [one for one in items if isinstance(one, PackageFile)]
        scans = sum(one.scans for one in items if isinstance(one, ScanPackageFile))
        size = sum(one.size for one in items) / 1024
        beside = f"、扫描件{scans}份" if scans else "，没有新的扫描件" if self.out.scans.isChecked() else ""
        changes = sum(one.changes for one in data)
        beside += f"、程序更新{len(outgoing.updates)}份" if outgoing.updates else ""
        return f"已写好并读回核对{len(data)}个数据包（{changes}条{beside}，{size:.0f} KB），可以拔出。"

    @property
    def job_outcome(self) -> JobOutcome:
        """What stands as far as this page knows."""
        state = self._state
        if state is None:
            return JobOutcome(None, "", "")
        return JobOutcome(next(iter(state.receipts), None), state.standing.next, state.updates)

    def last_batch(self) -> str:
        """Return which packages would be undone: whose, and their numbers."""
        batch = self._state.batch if self._state is not None else ()
        if not batch:
            return "没有可以撤销的收包"
        names = "、".join(f"{called(one.office)}第{one.number}包" for one in batch[:_NAMED])
        return f"{names}等{len(batch)}个包" if len(batch) > _NAMED else names

    @staticmethod
    def newest(receipts: Sequence[Receipt]) -> str:
        """Return the newest receipt in words, for a clerk who is asked for it later."""
        return f"最近一次回执：{receipts[0].code}" if receipts else ""


def offices_words(offices: Sequence[str]) -> str:
    """Return why nothing was sent."""
    return "" if offices else "请先在左边选中要下发的单位（按住 Ctrl 或 Shift 可多选）。"
