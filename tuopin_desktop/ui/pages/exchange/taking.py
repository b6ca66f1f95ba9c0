"""What comes in by stick: rehearsed, taken in, stopped, undone; what stands afterwards is what is said."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.exchange import packages, updates
from tuopin_desktop.services.exchange.accounts import ImportAccount
from tuopin_desktop.services.exchange.packfiles import ProvedPack
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.rulings import packlines
from tuopin_desktop.ui.pages.exchange import questions
from tuopin_desktop.ui.pages.exchange.questions import JobOutcome
from tuopin_desktop.ui.pages.exchange.transfer import TransferView
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker, Ticket
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import Page

_FORK = (
    "同一台电脑的数据有两个版本（可能复制过整个数据文件夹），本机收过的是另一个。\n\n"
    "如果这是自治区工作队管理办公室重新制作的数据包，可以以它为准：本机原存的那个版本放下，"
    "在收包前的备份里仍可找到；写这些内容的电脑应重新制作数据包。"
)
_UNWRITTEN = "什么也没有写入。"


def _too_late(before: JobOutcome, after: JobOutcome) -> str:
    """Return what stands now and did not before, and how to be rid of it; "" for nothing."""
    newest = after.newest
    if newest is not None and (before.newest is None or newest.code != before.newest.code):
        text = f"{called(newest.office)}第{newest.number}号数据包已经导入，回执{newest.code}。"
        return f"{text}不要它的话，请点“撤销上次导入”。"
    if after.swap and after.swap != before.swap:
        return f"{after.swap}已备好，下次启动时换上；不要它的话点“换回”。"
    if after.updates != before.updates:
        return f"程序更新{after.updates}已经收下；不下发的话，制作数据包时不勾选“带程序更新”。"
    return ""


class TakingPage(Page):
    """The way in; the whole page builds on it."""

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._ticket: Ticket | None = None
        self._unwritten = _UNWRITTEN
        self.asked: QMessageBox | None = None
        self.transfer = TransferView(office)

    def _begin(self, doing: str = "", unwritten: str = _UNWRITTEN) -> None:
        """Show that a long job runs; `unwritten` is what to say of it when it was stopped."""
        self._unwritten = unwritten
        self.transfer.running.begin(doing)

    def try_(self, path: Path) -> None:
        """Rehearse an import."""
        self._begin()
        self._ticket = self.asker.ask_long(
            packages.rehearse, path, then=partial(self._tried, path), failed=partial(self._not_tried, path)
        )

    def _not_tried(self, path: Path, error: Refused | Trouble) -> None:
        self._stopped(error)
        if isinstance(error, Refused) and any(one.code == "fork" for one in error.problems):
            self.asked = confirm(self, _FORK, "以这个包为准", lambda: self.follow(path))

    def follow(self, path: Path) -> None:
        """Take the region's package in where another version of a PC's data is here: that one gives way."""
        self._begin()
        self._ticket = self.asker.ask_long(packages.follow, path, then=self._taken, failed=self._stopped)

    def _tried(self, path: Path, import_account: ImportAccount) -> None:
        self.transfer.running.hide()
        self.transfer.show_rehearsed(path, import_account)

    def take(self, path: Path) -> None:
        """Take a package in."""
        self._begin()
        self._ticket = self.asker.ask_long(packages.take, path, then=self._taken, failed=self._stopped)

    def take_scans(self, path: Path) -> None:
        """Take a package of scans in: it changes no record, so it is not rehearsed."""
        self._begin(unwritten="已经收好的扫描件保留；再收一次，只补没有收的。")
        self._ticket = self.asker.ask_long(questions.take_scans, path, then=self._scans_taken, failed=self._stopped)

    def look_at_rules(self, path: Path) -> None:
        """Say what a rule pack holds and what it would change here."""
        self._begin()
        show = partial(self._rules_shown, path)
        self._ticket = self.asker.ask_long(packlines.told_of_file, path, then=show, failed=self._stopped)

    def _rules_shown(self, path: Path, texts: list[str]) -> None:
        self.transfer.running.hide()
        if len(texts) == 1:
            self.message.say(texts[0])
        else:
            self.transfer.show_rules(path, texts)

    def keep_rules(self, path: Path) -> None:
        """Keep a rule pack beside the data; it counts for nothing yet."""
        self.asker.ask(packlines.installed, path, then=self._rules_kept, failed=self._stopped)

    def _rules_kept(self, proved_pack: ProvedPack) -> None:
        self.transfer.show_list()
        self.message.say(f"已收下{proved_pack.name}，还没有启用。请到“设置”的“规则包”看清会改变什么，再启用。")
        self.refresh()

    def look_at_update(self, path: Path) -> None:
        """Say what an update of the program is and what becomes of it."""
        self._begin("正在核对更新文件")
        shown = partial(self._update_shown, path)
        self._ticket = self.asker.ask_long(updates.account, path, then=shown, failed=self._stopped)

    def _update_shown(self, path: Path, texts: list[str]) -> None:
        self.transfer.running.hide()
        self.transfer.show_update(path, texts)

    def swap_in(self, path: Path) -> None:
        """Lay an update beside the version that runs; it starts when the program is opened next time."""
        self.message.say("正在备份数据、放好新版，请不要拔出U盘…", "warn")
        self._begin("正在放好新版", "没有换上，现在的程序没有变。")
        self._ticket = self.asker.ask_long(updates.take, path, then=self._swapped, failed=self._stopped)

    def _swapped(self, text: str) -> None:
        self.transfer.running.hide()
        self.transfer.show_list()
        self.message.say(f"{text}可以拔出。")
        self.refresh()

    def go_back(self) -> None:
        """Let the other version start next."""
        self.asker.ask(questions.back, then=self._gone_back, failed=self.complain)

    def _gone_back(self, text: str) -> None:
        self.message.say(text, "warn")
        self.refresh()

    def _scans_taken(self, text: str) -> None:
        self.transfer.running.hide()
        self.message.say(text)

    def _taken(self, import_account: ImportAccount) -> None:
        self.transfer.running.hide()
        self.transfer.show_taken(import_account)
        idle = sum(one.lines for one in import_account.outcome.idle)
        text = f"已收下{import_account.outcome.new - idle}条"
        sentence, tone = (f"{text}，另有{idle}条收下但不计入", "warn") if idle else (text, "ok")
        self.message.say(sentence, tone, undo=self._ask_undo)
        self.refresh()

    def _stopped(self, error: Refused | Trouble) -> None:
        self.transfer.running.hide()
        self.transfer.show_list()
        self.complain(error)
        self.refresh()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self.transfer.running.hide()
        self.message.say("正在取消…", "quiet")
        ended = partial(self._cancelled, self.transfer.job_outcome, self._unwritten)
        self.asker.ask(questions.job_outcome, then=ended, failed=self.complain)

    def _cancelled(self, before: JobOutcome, unwritten: str, after: JobOutcome) -> None:
        """Say what a cancelling came to: it may have been a moment too late, and then what was done stands."""
        if text := _too_late(before, after):
            self.transfer.show_list()
            self.message.say(f"取消得晚了：{text}", "warn")
        else:
            self.message.say(f"已取消，{unwritten}", "quiet")
        self.refresh()

    def _ask_undo(self) -> None:
        text = (
            f"撤销最近一次导入（{self.transfer.last_taken()}）：它带来的全部内容退出，之后录入的保留；"
            "这个数据包可以再次导入。"
        )
        self.asked = confirm(self, text, "撤销导入", self.take_back)

    def take_back(self) -> None:
        """Undo the newest import; its account and its receipt leave the panel, so that nobody reads them out."""
        self.asker.ask(questions.undo, then=self._taken_back, failed=self.complain)

    def _taken_back(self, text: str) -> None:
        self.transfer.show_list()
        self.message.say(text, "warn")
        self.refresh()
