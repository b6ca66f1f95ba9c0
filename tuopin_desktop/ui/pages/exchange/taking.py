"""What comes in by stick: rehearsed, taken in, stopped, undone; what stands afterwards is what is said."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import intray, packages, updates
from tuopin_desktop.services.exchange.accounts import ImportAccount
from tuopin_desktop.services.exchange.intray import Batch, Rehearsal
from tuopin_desktop.services.exchange.packfiles import ProvedPack
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.rulings import packlines
from tuopin_desktop.ui.pages.exchange import questions
from tuopin_desktop.ui.pages.exchange.papers import Papers, account_of
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
HALF = "收好的几个是完整的，其余没有写入。"


def _too_late(before: JobOutcome, after: JobOutcome) -> str:
    """Return what stands now and did not before, and how to be rid of it; "" for nothing."""
    newest = after.newest
    if newest is not None and (before.newest is None or newest.code != before.newest.code):
        names = "、".join(f"{called(one.office)}第{one.number}包" for one in reversed(after.batch or (newest,)))
        return f"{names}已经收下，是完整的，其余没有收。不要的话，请点“撤销上次收包”。"
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
        self._job = 0  # which job the running line shows
        self._rehearses = False
        self.asked: QMessageBox | None = None
        self.transfer = TransferView(office)
        self.papers = Papers(self.context)
        self._batch: Batch | None = None

    def _question(self, text: str, yes: str, then: Callable[[], object]) -> None:
        self.asked = confirm(self, text, yes, then)

    def _begin(self, doing: str = "", unwritten: str = _UNWRITTEN) -> None:
        """Show that a long job runs; `unwritten` is what to say of it when it was stopped."""
        self._unwritten = unwritten
        self._job += 1
        self._rehearses = False
        self.transfer.tray.running.begin(doing)

    def try_(self, path: Path) -> None:
        """Rehearse an import."""
        self._begin()
        self._ticket = self.asker.ask_long(
            packages.rehearse, path, then=partial(self._tried, path), failed=partial(self._not_tried, path)
        )

    def rehearse_all(self, paths: list[Path]) -> None:
        """Rehearse every package of the folder, the oldest first; whoever may take none in only sees the list."""
        if not paths or not self.office.who.may(Act.RECEIVE):
            self.transfer.tray.show_rehearsals([])
            return
        beside = not self._rehearses and not self.transfer.tray.running.isHidden()
        if not beside:  # what is taken in keeps its line and its 取消
            self._begin()
            self._rehearses = True
        job = 0 if beside else self._job
        then, failed = partial(self._rehearsed, job), partial(self._not_rehearsed, job)
        ticket = self.asker.ask_long(intray.rehearse_all, paths, then=then, failed=failed, lane="tray")
        self._ticket = self._ticket if beside else ticket

    def _rehearsed(self, job: int, rehearsals: list[Rehearsal]) -> None:
        self._end(job)
        self.transfer.tray.show_rehearsals(rehearsals)

    def _not_rehearsed(self, job: int, error: Refused | Trouble) -> None:
        self._end(job)
        self.complain(error)

    def _end(self, job: int) -> None:
        if job == self._job:
            self.transfer.tray.running.hide()

    def take_all(self, paths: list[Path]) -> None:
        """Take what was chosen in, one after another."""
        self._begin("正在收下", HALF)
        self._ticket = self.asker.ask_long(intray.take_all, paths, then=self._all_taken, failed=self._stopped)

    def _all_taken(self, batch: Batch) -> None:
        self.transfer.tray.running.hide()
        self._batch = batch
        self.transfer.tray.show_batch(batch)
        tone = "warn" if any(one.why for one in batch.shares) or "不计入" in batch.sentence else "ok"
        self.message.say(batch.sentence, tone, undo=self._ask_undo if batch.accounts else None)
        self.refresh()

    def print_account(self) -> None:
        """Print what became of the last batch."""
        if self._batch is not None:
            self.papers.print_("收包记录", account_of(self._batch.lines, self._batch.sentence))

    def _not_tried(self, path: Path, error: Refused | Trouble) -> None:
        self._stopped(error)
        if isinstance(error, Refused) and any(one.code == "fork" for one in error.problems):
            self._question(_FORK, "以这个包为准", lambda: self.follow(path))

    def follow(self, path: Path) -> None:
        """Take the region's package in where another version of a PC's data is here: that one gives way."""
        self._begin()
        self._ticket = self.asker.ask_long(packages.follow, path, then=self._taken, failed=self._stopped)

    def _tried(self, path: Path, import_account: ImportAccount) -> None:
        self.transfer.tray.running.hide()
        self.transfer.tray.show_rehearsed(path, import_account)

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
        self.transfer.tray.running.hide()
        if len(texts) == 1:
            self.message.say(texts[0])
        else:
            self.transfer.tray.show_rules(path, texts)

    def keep_rules(self, path: Path) -> None:
        """Keep a rule pack beside the data; it counts for nothing yet."""
        self.asker.ask(packlines.installed, path, then=self._rules_kept, failed=self._stopped)

    def _rules_kept(self, proved_pack: ProvedPack) -> None:
        self.transfer.tray.show_list()
        self.message.say(f"已收下{proved_pack.name}，还没有启用。请到“设置”的“办法文件”看清会改变什么，再启用。")
        self.refresh()

    def look_at_update(self, path: Path) -> None:
        """Say what an update of the program is and what becomes of it."""
        self._begin("正在核对更新文件")
        shown = partial(self._update_shown, path)
        self._ticket = self.asker.ask_long(updates.account, path, then=shown, failed=self._stopped)

    def _update_shown(self, path: Path, texts: list[str]) -> None:
        self.transfer.tray.running.hide()
        self.transfer.tray.show_update(path, texts)

    def swap_in(self, path: Path) -> None:
        """Lay an update beside the version that runs; it starts when the program is opened next time."""
        self.message.say("正在备份数据、放好新版，请不要拔出U盘…", "warn")
        self._begin("正在放好新版", "没有换上，现在的程序没有变。")
        self._ticket = self.asker.ask_long(updates.take, path, then=self._swapped, failed=self._stopped)

    def _swapped(self, text: str) -> None:
        self.transfer.tray.running.hide()
        self.transfer.tray.show_list()
        self.message.say(f"{text}可以拔出。")
        self.refresh()

    def go_back(self) -> None:
        """Let the other version start next."""
        self.asker.ask(questions.back, then=self._gone_back, failed=self.complain)

    def _gone_back(self, text: str) -> None:
        self.message.say(text, "warn")
        self.refresh()

    def _scans_taken(self, text: str) -> None:
        self.transfer.tray.running.hide()
        self.message.say(text)

    def _taken(self, import_account: ImportAccount) -> None:
        self.transfer.tray.running.hide()
        self.transfer.tray.show_taken(import_account)
        idle = sum(one.lines for one in import_account.outcome.idle)
        text = f"已收下{import_account.outcome.new - idle}条"
        sentence, tone = (f"{text}，另有{idle}条收下但不计入", "warn") if idle else (text, "ok")
        self.message.say(sentence, tone, undo=self._ask_undo)
        self.refresh()

    def _stopped(self, error: Refused | Trouble) -> None:
        self.transfer.tray.running.hide()
        self.transfer.tray.show_list()
        self.complain(error)
        self.refresh()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self.transfer.tray.running.hide()
        self.message.say("正在停下…", "quiet")
        ended = partial(self._cancelled, self.transfer.job_outcome, self._unwritten)
        self.asker.ask(questions.job_outcome, then=ended, failed=self.complain)

    def _cancelled(self, before: JobOutcome, unwritten: str, after: JobOutcome) -> None:
        """Say what a cancelling came to: it may have been a moment too late, and then what was done stands."""
        if text := _too_late(before, after):
            self.transfer.tray.show_list()
            self.message.say(f"{'已停下' if unwritten == HALF else '取消得晚了'}：{text}", "warn")
        else:
            self.message.say(f"已取消，{unwritten}", "quiet")
        self.refresh()

    def _ask_undo(self) -> None:
        text = f"撤销上次收包（{self.transfer.last_batch()}）：带来的全部内容退出，之后录入的保留；这些包可以再收。"
        self._question(text, "撤销收包", self.take_back)

    def take_back(self) -> None:
        """Undo the last batch; its account and its receipt leave the panel, so that nobody reads them out."""
        self.asker.ask(questions.undo, then=self._taken_back, failed=self.complain)

    def _taken_back(self, text: str) -> None:
        self._batch = None
        self.transfer.tray.show_list()
        self.message.say(text, "warn")
        self.refresh()
