"""The line at the foot of the window: what is saved, where the data lie, what papers wait for, who works, the lock."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tuopin_desktop.domain.roles import role_words
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.settlingline import SettlingLine
from tuopin_desktop.ui.widgets.oneline import OneLine
from tuopin_desktop.ui.widgets.parts import button, label, row


class Footer(QFrame):
    """`lock_wanted` asks for the window to be locked; without users nobody is kept out, and no lock is shown.

    `messages_wanted` asks for what was said lately.
    """

    lock_wanted = Signal()
    messages_wanted = Signal()

    def __init__(self, folder: Path, settling: SettlingLine) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.saved = button("已打开，尚无改动", self.messages_wanted.emit, role="flat", tip="消息记录：最近100条")
        self.who = label()
        # A deep folder must not make the window wider than the screen: what has no room is cut, and told by the tip.
        where = OneLine(f"数据在 {folder}")
        self.lock = button("锁定 Ctrl+L", self.lock_wanted.emit, icon="lock", role="flat")
        self.setLayout(row(self.saved, label("·"), where, None, settling, self.who, self.lock, margins=(12, 0, 12, 0)))

    def name(self, office: OfficeView) -> None:
        """Say who works here."""
        who = office.who
        self.who.setText(f"{who.name} · {role_words(who.roles)}" if who.user else f"经办人：{office.user}")
        self.lock.setVisible(bool(who.user))
