"""The page of exchange: two clicks from plugging in the stick to 可以拔出, one button each way."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QMessageBox, QStackedWidget, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services import conflicts, packages, signed, stations
from tuopin_desktop.services.conflicts import Open
from tuopin_desktop.services.packages import Made, Taken
from tuopin_desktop.services.scanpackages import Made as ScansMade
from tuopin_desktop.services.sticks import Stick
from tuopin_desktop.ui.pages.exchange import lists, questions
from tuopin_desktop.ui.pages.exchange.questions import State
from tuopin_desktop.ui.pages.exchange.stickbar import StickBar
from tuopin_desktop.ui.pages.exchange.transfer import TransferView, offices_words
from tuopin_desktop.ui.pages.exchange.trusting import TrustingView
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.plumbing.runner import Asker, Ticket
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button, column, label, row, tabs

_TRANSFER, _CONFLICTS, _TRUST = 0, 1, 2

_FORK = (
    "同一台电脑的数据有两个版本（可能复制过整个数据文件夹），本机收过的是另一个。\n\n"
    "如果这是自治区工作队管理办公室重新导出的数据包，可以以它为准：本机原存的那个版本放下，"
    "在导入前的备份里仍可找到；写这些内容的电脑应重新导出数据包。"
)
_NO_WAIT = (
    "本机恢复旧备份后还缺一些曾经导出过的内容。自治区工作队管理办公室已经答复、确实也没有的，可以不再等待；"
    "以后找到那个数据包，仍然可以导入。"
)


class ExchangePage(Page):
    """Everything that leaves or enters this office by stick."""

    interests = frozenset({"station", "revocation"})

    def __init__(self, asker: Asker, facts: DeskFacts) -> None:
        super().__init__(asker, facts)
        self._ticket: Ticket | None = None
        self.asked: QMessageBox | None = None
        self.stick = StickBar(asker)
        self.transfer = TransferView(facts)
        self.trusting = TrustingView(facts)
        self.conflicts = lists.conflicts()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs = tabs("收发、不一致或工作站", "收发", "不一致", "工作站")
        views = QStackedWidget()
        for view in (self.transfer, self._quarrels(), self.trusting):
            views.addWidget(view)
        self.tabs.currentChanged.connect(views.setCurrentIndex)
        whole = column(self.stick, self.tabs, views, gap=8)
        whole.setStretch(2, 1)
        self.body.addLayout(whole)
        self.head("U盘交换", "")

    def _quarrels(self) -> QWidget:
        keep = button("确认现在的值", partial(self._settle, lost=False))
        back = button("改回被覆盖的值", partial(self._settle, lost=True))
        self._reveal = button("显示个人信息", self._show_veiled, icon="eye", tip="完整显示遮盖的值，留下记录")
        made = QFrame()
        made.setProperty("role", "card")
        words = label("两处在互不知情时改了同一项：两个值都保留，逐处确认。不处理也不影响收发。", "quiet", wrap=True)
        head = row(words, self._reveal, keep, back)
        head.setStretch(0, 1)
        layout = column(head, self.conflicts, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        made.setLayout(layout)
        return made

    def _connect(self) -> None:
        self.stick.changed.connect(self._look)
        self.transfer.sent.connect(self.send)
        self.transfer.tried.connect(self.try_)
        self.transfer.scanned.connect(self.take_scans)
        self.transfer.taken.connect(self.take)
        self.transfer.undone.connect(self._ask_undo)
        self.transfer.code.connect(self._hear)
        self.transfer.cancelled.connect(self._cancel)
        self.transfer.forgotten.connect(self._ask_no_wait)
        self.trusting.carded.connect(self._card)
        self.trusting.founded.connect(lambda: self._ask(questions.first, done="本机已设为信任的起点"))
        self.trusting.enrolled.connect(self._enrol)
        self.trusting.pinned.connect(lambda words: self._ask(stations.pin, words, done="已登记自治区办公室的指纹"))
        self.trusting.revoked.connect(self._revoke)
        self.trusting.reopened.connect(lambda one: self._ask(stations.reopen, one, done="已恢复，随下一个包通知各单位"))
        self.asker.progressed.connect(self.transfer.running.tell)

    # -- what is known

    def refresh(self) -> None:
        """Ask how this PC stands, and what lies on the stick."""
        self.asker.ask(questions.state, then=self._show, failed=self.complain, lane="exchange")
        self._look(self.stick.folder)

    def _show(self, state: State) -> None:
        self.transfer.show_state(state)
        self.trusting.show_state(state)
        self._show_conflicts(state.conflicts)
        self.tabs.setTabText(_CONFLICTS, f"不一致 {len(state.conflicts)}" if state.conflicts else "不一致")
        if state.authorised:
            words = self.transfer.newest(state.receipts)
        elif self.facts.level is Level.REGION and not state.root:
            words = "本办还没有开始授权：请到“工作站”把本机设为信任的起点，再给各旗县授权"
        else:
            words = "本机还没有自治区办公室的授权：请到“工作站”办理；授权前照常工作，数据一条不少"
        self.head("U盘交换", words)
        if state.warning:
            self.message.say(state.warning, "warn")

    def _look(self, folder: Path | None) -> None:
        if folder is None:
            self._show_stick(None)
        else:
            self.asker.ask(questions.look, folder, then=self._show_stick, failed=self._gone, lane="stick")

    def _show_stick(self, stick: Stick | None) -> None:
        self.transfer.show_stick(stick)
        self.trusting.show_stick(stick)

    def _gone(self, error: Refused | Trouble) -> None:
        self._show_stick(None)
        self.complain(error)

    # -- out

    def send(self, offices: list[str]) -> None:
        """Write the packages for some offices to the stick."""
        folder = self.stick.folder
        if folder is None or not offices:
            self.message.say(offices_words(offices) or "请先插入U盘，或选择文件夹。", "warn")
            return
        self.message.say("正在写U盘，请不要拔出…", "warn")
        scans = self.transfer.scans.isChecked()
        self.asker.ask(questions.make, offices, folder, scans=scans, then=self._made, failed=self._not_made)

    def _made(self, made: list[Made | ScansMade]) -> None:
        self.message.say(self.transfer.show_made(made))
        self.refresh()

    def _not_made(self, error: Refused | Trouble) -> None:
        self.complain(error)
        self._look(self.stick.folder)

    def _hear(self, words: str) -> None:
        self._ask(questions.heard, words)
        self.transfer.heard.clear()

    # -- in

    def try_(self, path: Path) -> None:
        """Rehearse an import."""
        self.transfer.running.begin()
        self._ticket = self.asker.ask(
            packages.rehearse, path, then=partial(self._tried, path), failed=partial(self._not_tried, path), long=True
        )

    def _not_tried(self, path: Path, error: Refused | Trouble) -> None:
        self._stopped(error)
        if isinstance(error, Refused) and any(one.code == "fork" for one in error.problems):
            self.asked = confirm(self, _FORK, "以这个包为准", lambda: self.follow(path))

    def follow(self, path: Path) -> None:
        """Take the region's package in where another version of a PC's data is here: that one gives way."""
        self.transfer.running.begin()
        self._ticket = self.asker.ask(packages.follow, path, then=self._taken, failed=self._stopped, long=True)

    def _tried(self, path: Path, taken: Taken) -> None:
        self.transfer.running.hide()
        self.transfer.show_rehearsed(path, taken)

    def take(self, path: Path) -> None:
        """Take a package in."""
        self.transfer.running.begin()
        self._ticket = self.asker.ask(packages.take, path, then=self._taken, failed=self._stopped, long=True)

    def take_scans(self, path: Path) -> None:
        """Take a package of scans in: it changes no record, so it is not rehearsed."""
        self.transfer.running.begin()
        self._ticket = self.asker.ask(
            questions.take_scans, path, then=self._scans_taken, failed=self._stopped, long=True
        )

    def _scans_taken(self, words: str) -> None:
        self.transfer.running.hide()
        self.message.say(words)

    def _taken(self, taken: Taken) -> None:
        self.transfer.running.hide()
        self.transfer.show_taken(taken)
        self.message.say(f"已导入{taken.outcome.new}条")
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
        self.message.say("已取消，什么也没有写入。", "quiet")

    def _ask_no_wait(self) -> None:
        self.asked = confirm(self, _NO_WAIT, "不再等待", lambda: self._ask(signed.write_off, done="已不再等待缺的内容"))

    def _ask_undo(self) -> None:
        words = (
            f"撤销最近一次导入（{self.transfer.last_taken()}）：它带来的全部内容退出，之后录入的保留；"
            "这个数据包可以再次导入。"
        )
        self.asked = confirm(self, words, "撤销导入", self.take_back)

    def take_back(self) -> None:
        """Undo the newest import; its account and its receipt leave the panel, so that nobody reads them out."""
        self.asker.ask(questions.undo, then=self._taken_back, failed=self.complain)

    def _taken_back(self, words: str) -> None:
        self.transfer.show_list()
        self.message.say(words, "warn")
        self.refresh()

    # -- conflicts and stations

    def _show_veiled(self) -> None:
        """Show personal values in full: two that differ may look alike masked."""
        self.asker.ask(conflicts.listed, reveal=True, then=self._show_conflicts, failed=self.complain)

    def _show_conflicts(self, found: Sequence[Open]) -> None:
        self.conflicts.replace_rows(found)
        self._reveal.setVisible(any(one.veiled for one in found))

    def _settle(self, *, lost: bool) -> None:
        found: Open | None = self.conflicts.current()
        if found is None:
            self.message.say("请先选中一处。", "warn")
            return
        self._ask(conflicts.keep, found.kind, found.id, found.field, lost=lost, done="已确认，随下一个数据包通知对方")

    def _card(self) -> None:
        folder = self.stick.folder
        if folder is None:
            self.message.say("请先插入U盘，或选择文件夹。", "warn")
            return
        self._ask(stations.write_card, folder, done="申请卡已写好，可以拔出。请在电话中念出本机指纹")

    def _enrol(self, path: Path | None, words: str) -> None:
        if path is None:
            self.message.say("请先选中U盘上的申请卡。", "warn")
            return
        self._ask(questions.enrol, path, words, done="已登记。请给该单位制作数据包带回")
        self.trusting.words.clear()

    def _revoke(self, station: str, reason: str) -> None:
        if not reason:
            self.message.say("请填写停用原因。", "warn")
            return
        words = f"停用{self.trusting.called(station)}：已收到的数据仍有效，以后它签的数据包不再收。"
        done = "已停用，随下一个包通知各单位"
        confirm(self, words, "停用", lambda: self._ask(stations.revoke, station, reason, done=done))

    def _ask(self, function: object, *args: object, done: str = "", **kwargs: object) -> None:
        def said(answer: object) -> None:
            self.message.say(done or str(answer))
            self.refresh()

        self.asker.ask(function, *args, then=said, failed=self.complain, **kwargs)  # type: ignore[arg-type]  # a service

    def take_keyboard(self) -> None:
        """Stand where work begins: on the packages when there are some, else on the way out."""
        self.transfer.packages.setFocus()
