"""The section of copies: which there are, one made at once or saved elsewhere, a second place, one put back."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from tuopin_desktop.domain.problems import Locked, Refused, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.office import backups, secondplace, soundness
from tuopin_desktop.services.office.backups import BackupFile, BackupInspection
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.recovery import NEEDED, is_lacking
from tuopin_desktop.services.office.soundness import Soundness
from tuopin_desktop.ui.pages.settings import recovery
from tuopin_desktop.ui.widgets.ask import ask_folder, ask_open, ask_save, confirm
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable
from tuopin_desktop.ui.widgets.unlocking import UnlockDialog

DATABASES = "备份文件 (*.db)"
_HINT = (
    "每天第一次打开和每次关闭程序时自动备份（留7天、4周、12个月各一份），收下数据包前也自动备份，每份都检查过。"
    "数据、扫描件和备份都加密，带到别的电脑凭恢复码或口令打开；导出和打印的文件不加密。扫描件不在备份里，换机时请复制整个数据文件夹。"
)


class Copies(msgspec.Struct, frozen=True):
    """What the section shows."""

    copies: tuple[BackupFile, ...]
    place: str
    unseen: int
    needs_code: bool


def copies(desk: Desk) -> Copies:
    """Return the copies and the second place."""
    place = secondplace.second_place(desk)
    return Copies(tuple(backups.listed(desk)), str(place or ""), secondplace.unseen(desk), is_lacking(desk))


def unlock(desk: Desk, path: Path, text: str) -> None:
    """Open an encrypted copy from elsewhere."""
    backups.unlock(path, desk.folder, text)


class BackupSection(QWidget):
    """`restore_wanted` carries the copy to be put back once the office is closed."""

    restore_wanted = Signal(object)

    def __init__(self, context: PageContext, renew: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._renew = context, renew
        self._copies: Copies | None = None
        self.asked: QMessageBox | None = None
        self.code: recovery.RecoveryDialog | None = None
        self.prompt: QMessageBox | None = None
        self.unlocking: UnlockDialog | None = None
        columns = (
            Column("备份时间", lambda one: f"{one.made:%Y-%m-%d %H:%M}", 170),
            Column("种类", lambda one: one.kind, 90),
            Column("大小", lambda one: f"{one.size / 1024 / 1024:.1f} MB", 90, right=True, sort=lambda one: one.size),
            Column("文件", lambda one: one.path.name),
        )
        self.table = RecordTable(columns, lambda one: one.path.name, "备份")
        self._place = label("", wrap=True)
        tools = row(
            act_button(Act.COPY, "立即备份", self.make, role="primary"),
            act_button(Act.COPY, "另存备份…", self._ask_save, tip="存一份到U盘或其他文件夹"),
            act_button(Act.RESTORE, "恢复所选备份…", self.ask_restore),
            act_button(Act.CHECK, "全面检查", self.verify, tip="数据文件每一页、每条改动、每条登记逐一核对"),
            act_button(Act.RESTORE, "恢复其他文件…", self._ask_open, tip="从U盘或其他文件夹选择备份"),
            None,
            act_button(
                Act.USERS, "打印恢复码…", self.ask_code, tip="换一个新的：忘记口令、电脑损坏时凭它打开数据和备份"
            ),
        )
        self._none = act_button(Act.SETTINGS, "不另存", lambda: self.choose(None))
        second = row(self._place, act_button(Act.SETTINGS, "另存位置…", self._ask_place), self._none)
        second.setStretch(0, 1)
        inside = column(label(_HINT, "quiet", wrap=True), self.table, second, tools, gap=8, margins=(14, 10, 14, 10))
        inside.setStretch(1, 1)
        self.setLayout(row(card(inside)))

    @property
    def state(self) -> str:
        """The line under the page's title."""
        if self._copies is not None and self._copies.needs_code:
            return NEEDED
        if self._copies is None or not self._copies.copies:
            return "还没有备份"
        last = self._copies.copies[0]
        late = f"；另存位置已{self._copies.unseen}天没有出现，请插好U盘或另选" if self._copies.unseen else ""
        return f"最近备份{last.made:%Y-%m-%d %H:%M}（{last.kind}）{late}"

    def refresh(self) -> None:
        """Ask for the copies."""
        self._context.ask(copies, then=self._show, lane="backups")

    def _show(self, backup_copies: Copies) -> None:
        self._copies = backup_copies
        self.table.replace_rows(backup_copies.copies)
        if backup_copies.copies and self.table.current() is None:
            self.table.select(backup_copies.copies[0].path.name)
        none = "没有另存位置：硬盘损坏时备份会一起丢失，建议选另一块磁盘或U盘。"
        self._none.setVisible(bool(backup_copies.place or backup_copies.unseen))
        self._place.setText(f"每日备份同时存到：{backup_copies.place}" if backup_copies.place else none)

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.enter()

    # -- the recovery code

    def ask_code(self) -> None:
        """Ask whether a new code is wanted: the one on paper goes with it."""
        question = "制发一个新的恢复码？\n\n以前印发的恢复码不再能打开现在的数据（仍能打开当时的备份）。"
        self.prompt = confirm(self, question, "制发", self.issue_code)

    def issue_code(self) -> None:
        """Make a new code and show it."""
        self._context.ask(recovery.issue, then=self._show_code)

    def _show_code(self, fresh: recovery.FreshCode) -> None:
        self.code = recovery.RecoveryDialog(self._context, fresh)
        self.code.finished.connect(lambda: self._renew())
        self.code.open()

    # -- making

    def make(self) -> None:
        """Make a copy at once."""
        self._context.ask(backups.make, then=self._tell_copy)

    def verify(self) -> None:
        """Check everything now."""
        self._context.message.say("正在全面检查，请稍候…", "quiet")
        self._context.ask(soundness.verify, then=self._verified, lane="verify")

    def _verified(self, soundness_report: Soundness) -> None:
        self._context.message.say(soundness_report.sentence, "bad" if soundness_report.fault else "ok")

    def _tell_copy(self, backup_file: BackupFile) -> None:
        self._context.message.say(f"已备份并检查：{backup_file.path.name}")
        self._renew()

    def _ask_save(self) -> None:
        ask_save(self, "另存备份", f"{self._context.office.scope}-备份.db", DATABASES, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save a copy elsewhere."""
        message_bar = self._context.message
        self._context.ask(
            backups.save_to,
            path,
            then=lambda at: message_bar.say_folder(at.parent, f"已备份并检查：{at.name}，在“{{}}”"),
        )

    def _ask_place(self) -> None:
        ask_folder(self, "备份另存位置", "copies", self.choose, files=True)

    def choose(self, folder: Path | None) -> None:
        """Choose the second place, or none."""
        self._context.ask(backups.choose_place, folder, then=lambda _: self._renew())

    # -- putting back

    def ask_restore(self) -> None:
        """Ask about the copy chosen in the list."""
        if (one := self.table.current()) is not None:
            self.ask_about(one.path)

    def _ask_open(self) -> None:
        ask_open(self, "选择备份", DATABASES, self.ask_about)

    def ask_about(self, path: Path) -> None:
        """Look at a copy and ask before it takes the place of what is here."""

        def complain(error: Refused | Trouble) -> None:
            if isinstance(error, Locked):
                self.unlocking = UnlockDialog(error, lambda text: self.unlock(path, text), self)
                self.unlocking.open()
            else:
                self._context.message.complain(error)

        self._context.asker.ask(backups.fitting, path, then=self._sure, failed=complain, lane="look")

    def unlock(self, path: Path, text: str) -> None:
        """Open an encrypted copy from elsewhere by what was typed, and look at it again."""
        self._context.ask(unlock, path, text, then=lambda _: self.ask_about(path))

    def _sure(self, inspection: BackupInspection) -> None:
        text = (
            f"用“{inspection.path.name}”替换现有数据？\n\n这份备份有{inspection.sight.lines}条改动，"
            f"最后改动{backups.newest_words(inspection)}；此后录入的内容将不在其中。"
            "现有数据先另存为“恢复前”备份，可以再恢复回来。恢复后窗口重新打开。"
        )
        self.asked = confirm(self, text, "恢复", lambda: self.restore_wanted.emit(inspection.path))
