"""Scans of signed sheets: taken in from a folder or dropped here, the rest put on their slips by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.leave import scans
from tuopin_desktop.services.leave.scans import ScanReport
from tuopin_desktop.services.leave.tray import TrayItem
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.ui.paper.viewer import PageView
from tuopin_desktop.ui.plumbing.runner import Asker, Progress, Ticket
from tuopin_desktop.ui.widgets.ask import SCANS, ask_files, ask_folder, confirm
from tuopin_desktop.ui.widgets.combo import PickBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.parts import act_button, card, clear, column, label, row
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_UNREAD_SHOWN = 4
_SIZE = (940, 600)


_SHEETS = {"meeting": "会议签到表", "training": "培训签到表", "team": "“十不准”签字表"}
"""What else bears a code and may have to be put in its place by hand."""


class Tray(msgspec.Struct, frozen=True):
    """What waits, and the slips and sheets it may be put on: log key -> words."""

    items: tuple[TrayItem, ...]
    slips: dict[str, str]


def tray_of(desk: Desk) -> Tray:
    """Return what waits in the tray; runs in the worker thread."""
    names = registers.titles(desk, "leave_slip")
    newest = sorted(names.items(), key=lambda pair: pair[1], reverse=True)
    values = {ids.key("leave_slip", one): text for one, text in newest}
    for kind, called in _SHEETS.items():
        values |= {
            ids.key(kind, one): f"{called}：{sentence}" for one, sentence in registers.titles(desk, kind).items()
        }
    return Tray(tuple(scans.items(desk)), values)


def take_until(desk: Desk, paths: Sequence[Path], wish: Ticket, progress: Progress) -> ScanReport:
    """Take scans in until the clerk wants no more; runs in the worker thread.

    The wish is not the ticket of the request: an answer is wanted all the same, to say what was taken.
    """
    return scans.take_in(desk, paths, progress, lambda: wish.cancelled)


class ScansDialog(QDialog):
    """Takes scans in and shows the tray; `opened` carries the slip a page was put on."""

    opened = Signal(str)

    def __init__(self, asker: Asker, parent: QWidget) -> None:
        super().__init__(parent)
        self._asker = asker
        self._slips: Mapping[str, str] = {}
        self._wish: Ticket | None = None
        self._preferred = ""
        asker.progressed.connect(self._progressed)
        self.setWindowTitle("扫描件")
        self.setAcceptDrops(True)
        self.resize(min(_SIZE[0], parent.width()), min(_SIZE[1], parent.height()))
        self._build()
        self.refresh()

    def _build(self) -> None:
        self.message = Toasts(self)
        self.running = RunningLine("正在收扫描件", self.cancel, tip="已经收好的保留")
        self._unread = column(gap=0)
        head = row(
            label(
                "把扫描件或文件夹拖到这里，程序按页脚二维码归入报备单、签到表；认不出的留在下面。", "quiet", wrap=True
            ),
            act_button(Act.ENTER, "选择文件…", self._ask_files),
            act_button(Act.ENTER, "选择文件夹…", self._ask_folder, icon="inbox", role="primary"),
        )
        head.setStretch(0, 1)
        columns = (
            Column("文件", lambda item: item.name),
            Column("页", lambda item: str(item.page or "全部"), 52),
            Column("没有归入的原因", lambda item: item.reason, 200),
        )
        self.table = RecordTable(columns, lambda item: item.id, "收件筐")
        self.table.current_changed.connect(self._look)
        self._nothing = EmptyState("inbox", "收件筐是空的", hint="扫描件都已归到原处。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        left = column(row(label("收件筐", "section"), None, margins=(12, 8, 12, 0)), self._stack, *self._assigning())
        left.setStretch(1, 1)
        left.setContentsMargins(4, 0, 4, 10)
        self.view = PageView("所选扫描页")
        both = row(card(left), card(column(self.view, margins=(1, 1, 1, 1))), gap=12)
        both.setStretch(0, 5)
        both.setStretch(1, 4)
        layout = column(head, self.running, self._unread, both, gap=10, margins=(16, 14, 16, 14))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _assigning(self) -> tuple[QWidget]:
        self.slip = PickBox({}, hint="编号、姓名、会议或班次")
        self.slip.setAccessibleName("归到哪里")
        line = self.slip.lineEdit()
        if line is not None:
            line.setAccessibleName("归到哪里")
            line.returnPressed.connect(self._assign)
        self._do = act_button(Act.ENTER, "归入", self._assign)
        self._drop = act_button(Act.ENTER, "丢弃", self._ask_discard, role="flat", tip="从收件筐拿掉，您自己的文件不动")
        whole = QWidget()
        line_up = row(label("归入", "label"), self.slip, self._do, self._drop, margins=(8, 0, 8, 0))
        line_up.setStretch(1, 1)
        whole.setLayout(line_up)
        return (whole,)

    def prefer(self, key: str) -> None:
        """Offer a record for whatever is not put where it belongs by its code."""
        self._preferred = key
        self._offer()

    def _offer(self) -> None:
        if self._preferred in self._slips and not self.slip.code():
            self.slip.setCurrentIndex(self.slip.findData(self._preferred))

    # -- tray

    def refresh(self) -> None:
        """Ask what waits."""
        self._asker.ask(tray_of, then=self._show, failed=self.message.complain, lane="tray")

    def _show(self, tray: Tray) -> None:
        if tray.slips != self._slips:
            self._slips = tray.slips
            self.slip.set_words(tray.slips)
            self._offer()
        self.table.replace_rows(tray.items)
        self._stack.setCurrentIndex(0 if tray.items else 1)
        for part in (self.slip, self._do, self._drop):
            part.setEnabled(bool(tray.items))
        if tray.items:
            self.table.enter()
        else:
            self.view.say("")

    def _look(self, item: TrayItem | None) -> None:
        if item is not None:
            self._asker.ask(scans.tray_image, item.id, then=self.view.show_png, failed=self._no_picture, lane="page")

    def _no_picture(self, error: Refused | Trouble) -> None:
        self.view.say(error.sentence)

    def _assign(self) -> None:
        item, key = self.table.current(), self.slip.code()
        if item is None or not key:
            self.message.say("请选中一页，再输入报备单的编号或姓名，或会议、培训班的名称。", "warn")
            return
        kind, record_id = ids.split(key)

        def assigned(_: object) -> None:
            self.message.say(f"已归入：{self._slips.get(key, '')}")
            self.slip.setCurrentIndex(-1)
            self.refresh()

        self._asker.ask(scans.assign, item.id, record_id, kind, then=assigned, failed=self.message.complain)

    def _ask_discard(self) -> None:
        item = self.table.current()
        if item is not None:
            text = f"把“{item.name}”从收件筐拿掉？您自己的文件不动。"
            confirm(self, text, "丢弃", lambda: self.discard(item.id))

    def discard(self, item_id: str) -> None:
        """Throw a waiting page away."""
        self._asker.ask(scans.discard, item_id, then=lambda _: self.refresh(), failed=self.message.complain)

    # -- taking in

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take files and folders in, one batch after another."""
        if self._wish is not None:
            self.message.say("正在收扫描件，请等收完再拖入，或先取消。", "warn")
            return
        self._wish = wish = Ticket()
        self.running.begin()
        self._asker.ask_long(take_until, list(paths), wish, then=self._taken, failed=self._failed)

    def cancel(self) -> None:
        """Want no more: the file in hand is left, what was taken before stays."""
        if self._wish is not None:
            self._wish.cancel()
            self.running.stopping()

    def _progressed(self, count: int, total: int) -> None:
        if self._wish is not None and not self._wish.cancelled:
            self.running.tell(count, total)

    def _end(self) -> None:
        self._wish = None
        self.running.hide()

    def _taken(self, report: ScanReport) -> None:
        self._end()
        clear(self._unread)
        for one in report.unread[:_UNREAD_SHOWN]:
            self._unread.addWidget(label(f"· {one.file}：{one.reason}", "problem", wrap=True))
        if len(report.unread) > _UNREAD_SHOWN:
            self._unread.addWidget(label(f"· 另有{len(report.unread) - _UNREAD_SHOWN}个文件未收", "problem"))
        unfinished = report.tray or report.unread or report.left
        self.message.say(report.sentence, "warn" if unfinished else "ok")
        self.refresh()

    def _failed(self, error: Refused | Trouble) -> None:
        self._end()
        self.message.complain(error)
        self.refresh()

    def _ask_folder(self) -> None:
        ask_folder(self, "选择存放扫描件的文件夹", "scans", lambda path: self.take_in([path]), files=True)

    def _ask_files(self) -> None:
        ask_files(self, "选择扫描件", SCANS, self.take_in)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_in(paths)
