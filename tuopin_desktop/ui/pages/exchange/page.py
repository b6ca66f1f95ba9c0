"""The page of exchange: two clicks from plugging in the stick to 可以拔出, one button each way."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QMessageBox, QStackedWidget, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange.sticks import Stick
from tuopin_desktop.services.office import signed, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.registers import conflicts
from tuopin_desktop.services.registers.conflicts import Open
from tuopin_desktop.ui.pages.exchange import lists, questions
from tuopin_desktop.ui.pages.exchange.lists import ReceiptView
from tuopin_desktop.ui.pages.exchange.questions import Outgoing, State
from tuopin_desktop.ui.pages.exchange.stickbar import StickBar
from tuopin_desktop.ui.pages.exchange.taking import TakingPage
from tuopin_desktop.ui.pages.exchange.transfer import offices_words
from tuopin_desktop.ui.pages.exchange.trusting import TrustingView
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Args, Asker, question
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.landing import Landing
from tuopin_desktop.ui.widgets.parts import act_button, column, label, row, tabs

_TRANSFER, _CONFLICTS, _TRUST = 0, 1, 2

_NAMED = 3
_WHOLE = (
    "不看回执，把{units}该收的内容从第一条起全部重新制作。\n\n"
    "对方恢复过旧备份、丢失过数据，导入时提示缺包，或恢复到了授权以前、不能再导出数据包时使用；"
    "对方已有的内容导入时自动跳过，不会重复，也不会改掉它自己的新内容。\n\n"
    "对方恢复到授权以前的，请它先在“电脑”登记自治区办公室的核对号码，再收下这个包：授权随包带回。"
)
_NEW_KEY = (
    "{why}\n\n现在换用新密钥吗？原来的密钥文件留在数据文件夹里，已录入的数据都在；"
    "换好以后本机要重新申请授权，授权前不能导出数据包。"
)
_NO_WAIT = (
    "本机恢复旧备份后还缺一些曾经导出过的内容。自治区工作队管理办公室已经答复、确实也没有的，可以不再等待；"
    "以后找到那个数据包，仍然可以导入。"
)


def _head(unready: str) -> str:
    if "还没有" in unready:
        return "本机还没有自治区办公室的授权：请到“电脑”办理；授权前照常工作，数据一条不少"
    return f"{unready.partition('。')[0]}：请看“电脑”"


class ExchangePage(TakingPage):
    """Everything that leaves or enters this office by stick."""

    interests = frozenset({"station", "revocation", "rule_pack", "office"})

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.stick = StickBar(asker)
        self.trusting = TrustingView(office)
        self.key_question: QMessageBox | None = None
        self.receipts = ReceiptView()
        self.conflicts = lists.conflicts()
        look = Landing(
            "看这个文件夹", frozenset(), lambda paths: self.stick.choose(paths[0]), "列出里面的数据包", folders=True
        )
        self.takes = (Landing("试收数据包", frozenset({".zip"}), self._try_files), look)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs = tabs("收发、不一致、电脑或回执", "收发", "不一致", "电脑", "回执")
        views = QStackedWidget()
        for view in (self.transfer, self._quarrels(), self.trusting, self.receipts):
            views.addWidget(view)
        self.tabs.currentChanged.connect(views.setCurrentIndex)
        whole = column(self.stick, self.tabs, views, gap=8)
        whole.setStretch(2, 1)
        self.body.addLayout(whole)
        self.head("U盘交换", "")

    def _quarrels(self) -> QWidget:
        keep = act_button(Act.ENTER, "确认现在的值", partial(self._settle, lost=False))
        back = act_button(Act.ENTER, "改回被覆盖的值", partial(self._settle, lost=True))
        self._reveal = act_button(
            Act.REVEAL, "显示个人信息", self._show_veiled, icon="eye", tip="完整显示遮盖的值，留下记录"
        )
        frame = QFrame()
        frame.setProperty("role", "card")
        note = label("两处在互不知情时改了同一项：两个值都保留，逐处确认。不处理也不影响收发。", "quiet", wrap=True)
        head = row(note, self._reveal, keep, back)
        head.setStretch(0, 1)
        layout = column(head, self.conflicts, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(1, 1)
        frame.setLayout(layout)
        return frame

    def _connect(self) -> None:
        self.stick.changed.connect(self._look)
        self.transfer.sent.connect(self.send)
        self.transfer.whole.connect(self._ask_whole)
        self.transfer.tried.connect(self.try_)
        self.transfer.scanned.connect(self.take_scans)
        self.transfer.ruled.connect(self.look_at_rules)
        self.transfer.kept.connect(self.keep_rules)
        self.transfer.updated.connect(self.look_at_update)
        self.transfer.swapped.connect(self.swap_in)
        self.transfer.version.back.connect(self.go_back)
        self.transfer.taken.connect(self.take)
        self.transfer.undone.connect(self._ask_undo)
        self.transfer.code.connect(self._hear)
        self.transfer.cancelled.connect(self._cancel)
        self.transfer.forgotten.connect(self._ask_no_wait)
        self.trusting.carded.connect(self._card)
        self.trusting.founded.connect(lambda: self._ask(questions.first, message="本机已设为自治区办公室的第一台电脑"))
        self.trusting.enrolled.connect(self._enrol)
        self.trusting.pinned.connect(
            lambda fingerprint: self._ask(stations.pin, fingerprint, message="已登记自治区办公室的核对号码")
        )
        self.trusting.revoked.connect(self._revoke)
        self.trusting.reopened.connect(
            lambda one: self._ask(stations.reopen, one, message="已恢复，随下一个包通知各单位")
        )
        self.asker.progressed.connect(self.transfer.running.tell)

    # -- what is known

    def refresh(self) -> None:
        """Ask how this PC stands, and what lies on the stick."""
        self.asker.ask(questions.state, then=self._show, failed=self._not_known, lane="exchange")
        self._look(self.stick.folder)

    def _not_known(self, error: Refused | Trouble) -> None:
        """Complain; where the key does not open any more, offer once to go on with a new one."""
        self.complain(error)
        if isinstance(error, stations.KeyLost) and self.key_question is None:
            message = "已换用新密钥。请到“电脑”导出登记卡，交自治区办公室重新授权"
            self.key_question = confirm(
                self,
                _NEW_KEY.format(why=error.sentence),
                "换用新密钥",
                lambda: self._ask(stations.renew, message=message),
            )

    def _show(self, state: State) -> None:
        self.transfer.show_state(state)
        self.trusting.show_state(state)
        self.receipts.replace_entries(state.entries)
        self._show_conflicts(state.conflicts)
        self.tabs.setTabText(_CONFLICTS, f"不一致 {len(state.conflicts)}" if state.conflicts else "不一致")
        if state.authorised:
            text = self.transfer.newest(state.receipts)
        elif self.office.level is Level.REGION and not state.root:
            text = "本办还没有开始授权：请到“电脑”把本机设为自治区办公室的第一台电脑，再给各旗县授权"
        else:
            text = _head(state.board.unready)
        self.head("U盘交换", text)
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

    def _ask_whole(self, offices: list[str]) -> None:
        if not offices:
            self.message.say(offices_words(offices), "warn")
            return
        units = "、".join(called(office) for office in offices[:_NAMED])
        more = f"等{len(offices)}个单位" if len(offices) > _NAMED else ""
        send = partial(self.send, offices, everything=True)
        self.asked = confirm(self, _WHOLE.format(units=units + more), "从头重发", send)

    def send(self, offices: list[str], *, everything: bool = False) -> None:
        """Write the packages for some offices to the stick: what each has not confirmed, or everything."""
        folder = self.stick.folder
        if folder is None or not offices:
            self.message.say(offices_words(offices) or "请先插入U盘，或选择文件夹。", "warn")
            return
        self.message.say("正在写U盘，请不要拔出…", "warn")
        scans, update = self.transfer.scans.isChecked(), self.transfer.update_.isChecked()
        self.asker.ask(
            question(questions.make, offices, folder, scans=scans, everything=everything, update=update),
            then=self._tell_files,
            failed=self._not_made,
        )

    def _tell_files(self, outgoing: Outgoing) -> None:
        self.message.say(self.transfer.show_made(outgoing))
        self.refresh()

    def _not_made(self, error: Refused | Trouble) -> None:
        self.complain(error)
        self._look(self.stick.folder)

    def _hear(self, text: str) -> None:
        self._ask(questions.heard, text)
        self.transfer.heard.clear()

    def _ask_no_wait(self) -> None:
        self.asked = confirm(
            self, _NO_WAIT, "不再等待", lambda: self._ask(signed.write_off, message="已不再等待缺的内容")
        )

    # -- conflicts and stations

    def _show_veiled(self) -> None:
        """Show personal values in full: two that differ may look alike masked."""
        self.asker.ask(question(conflicts.listed, reveal=True), then=self._show_conflicts, failed=self.complain)

    def _show_conflicts(self, rows: Sequence[Open]) -> None:
        self.conflicts.replace_rows(rows)
        self._reveal.setVisible(any(one.veiled for one in rows))

    def _settle(self, *, lost: bool) -> None:
        conflict: Open | None = self.conflicts.current()
        if conflict is None:
            self.message.say("请先选中一处。", "warn")
            return
        wish = question(conflicts.keep, conflict.kind, conflict.id, conflict.field, lost=lost)
        self._ask(wish, message="已确认，随下一个数据包通知对方")

    def _card(self) -> None:
        folder = self.stick.folder
        if folder is None:
            self.message.say("请先插入U盘，或选择文件夹。", "warn")
            return
        self._ask(stations.write_card, folder, message="登记卡已写好，可以拔出。请在电话中念出本机核对号码")

    def _enrol(self, path: Path | None, text: str) -> None:
        if path is None:
            self.message.say("请先选中U盘上的登记卡。", "warn")
            return
        self._ask(questions.enrol, path, text, message="已登记。请给该单位制作数据包带回")
        self.trusting.fingerprint.clear()

    def _revoke(self, station: str, reason: str) -> None:
        if not reason:
            self.message.say("请填写停用原因。", "warn")
            return
        text = f"停用{self.trusting.called(station)}：已收到的数据仍有效，以后它签的数据包不再收。"
        message = "已停用，随下一个包通知各单位"
        confirm(self, text, "停用", lambda: self._ask(stations.revoke, station, reason, message=message))

    def _ask(self, function: Callable[[Desk, *Args], object], *args: *Args, message: str = "") -> None:
        def say(answer: object) -> None:
            self.message.say(message or str(answer))
            self.refresh()

        self.asker.ask(function, *args, then=say, failed=self.complain)

    def _look_into(self, paths: list[Path]) -> None:
        self.stick.choose(paths[0])

    def _try_files(self, paths: list[Path]) -> None:
        """Take the folder of a package in hand and rehearse it; of several the list is shown."""
        self.stick.choose(paths[0].parent)
        self.tabs.setCurrentIndex(0)
        if len(paths) == 1:
            self.try_(paths[0])

    def take_keyboard(self) -> None:
        """Stand where work begins: on the packages when there are some, else on the way out."""
        self.transfer.packages.setFocus()
