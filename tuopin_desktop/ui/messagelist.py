"""The window of messages: what was said lately, the newest first."""

from PySide6.QtWidgets import QDialog, QWidget

from tuopin_desktop.ui.widgets.messagelog import LogLine, MessageLog
from tuopin_desktop.ui.widgets.parts import button, column, label, row
from tuopin_desktop.ui.widgets.placing import resize_fitting
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_WORDS = {"ok": "已完成", "warn": "提醒", "bad": "没有做成", "quiet": "提示"}


class MessageList(QDialog):
    """Lists a log as it is now; what is said while it stands open is added."""

    def __init__(self, log: MessageLog, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("消息记录")
        self._log = log
        self.table = RecordTable(
            [
                Column("时间", _when, 120),
                Column("结果", lambda line: _WORDS[line.tone], 96, tone=lambda line: line.tone),
                Column("消息", lambda line: line.sentence, tip=lambda line: line.sentence),
            ],
            lambda line: str(id(line)),
            "消息记录",
            nothing="打开窗口以来还没有消息。",
        )
        hint = label("这个窗口打开以来的最近100条，关闭程序后不保留。", "quiet")
        self.setLayout(
            column(self.table, row(hint, None, button("关闭", self.reject)), gap=10, margins=(16, 14, 16, 14))
        )
        resize_fitting(self, 760, 460)
        self._show()
        log.another.connect(self._show)
        self.finished.connect(self.deleteLater)
        self.table.setFocus()

    def _show(self) -> None:
        self.table.replace_rows(self._log.lines[::-1])


def _when(line: LogLine) -> str:
    return "刚才" if line.at is None else f"{line.at.month}月{line.at.day}日 {line.at:%H:%M}"
