"""The page of exchange: two clicks from plugging in the stick to 可以拔出, one button each way."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QStackedWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.exchange import exchangepapers, intray
from tuopin_desktop.services.exchange.intray import Batch
from tuopin_desktop.services.exchange.sticks import Stick
from tuopin_desktop.services.office import signed, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.services.registers import conflicts
from tuopin_desktop.services.registers.conflicts import Open
from tuopin_desktop.ui.pages.exchange import questions, stepwords
from tuopin_desktop.ui.pages.exchange.founding import Founding
from tuopin_desktop.ui.pages.exchange.lists import ReceiptView
from tuopin_desktop.ui.pages.exchange.making import MakingPage
from tuopin_desktop.ui.pages.exchange.quarrels import QuarrelView
from tuopin_desktop.ui.pages.exchange.questions import State
from tuopin_desktop.ui.pages.exchange.transfer import offices_words
from tuopin_desktop.ui.pages.exchange.trusting import TrustingView
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Args, Asker, question
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.landing import Landing
from tuopin_desktop.ui.widgets.parts import column, tabs

_TRANSFER, _CONFLICTS, _TRUST, _HISTORY = 0, 1, 2, 3

_NAMED = 3
_WHOLE = (
    "不看回执，把{units}该收的内容从第一条起全部重新制作。\n\n"
    "对方恢复过旧备份、丢失过数据，收包时提示缺包，或恢复到了授权以前、发不了数据包时使用；"
    "对方已有的内容收下时自动跳过，不会重复，也不会改掉它自己的新内容。\n\n"
    "对方恢复到授权以前的，请它先在“单位登记”登记自治区办公室的核对号码，再收下这个包：授权随包带回。"
)
_NEW_KEY = (
    "{why}\n\n现在换用新密钥吗？原来的密钥文件留在数据文件夹里，已录入的数据都在；"
    "换好以后本机要重新带登记卡去授权，授权前不能发数据包。"
)
_NO_WAIT = (
    "本机恢复旧备份后还缺一些曾经发出过的内容。自治区工作队管理办公室已经答复、确实也没有的，可以不再等待；"
    "以后找到那个数据包，仍然可以收下。"
)
_ANEW = (
    "{name}缺前面的内容，没有收。\n\n请打电话请对方在“U盘交换”的“收发”选中本单位，点“更多”里的“从头重发…”，"
    "重发的包收下就补齐。\n\n也可以现在写一个包给对方带去：对方收下后就知道缺哪些，它的下一个包会补齐。"
)


class ExchangePage(MakingPage):
    """Everything that leaves or enters this office by stick."""

    interests = frozenset({"station", "revocation", "rule_pack", "office"})

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self.trusting = TrustingView(office)
        self.founding = Founding(self, self.trusting.card_done)
        self.key_question: QMessageBox | None = None
        self._authorised: bool | None = None
        self.receipts = ReceiptView()
        self.quarrels = QuarrelView()
        look = Landing(
            "看这个文件夹", frozenset(), lambda paths: self.stick.choose(paths[0]), "列出里面的数据包", folders=True
        )
        self.takes = (Landing("试收数据包", frozenset({".zip"}), self._try_files), look)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs = tabs("收发、两边不一致或单位登记", "收发", "两边不一致", "单位登记")
        self.views = QStackedWidget()
        for view in (self.transfer, self.quarrels, self.trusting, self.receipts):
            self.views.addWidget(view)
        self.tabs.currentChanged.connect(self.views.setCurrentIndex)
        whole = column(self.stick, self.tabs, self.views, gap=8)
        whole.setStretch(2, 1)
        self.body.addLayout(whole)
        self.head("U盘交换", "")

    def _connect(self) -> None:
        self.stick.changed.connect(self._look)
        out, tray = self.transfer.out, self.transfer.tray
        out.sent.connect(self.send)
        out.whole.connect(self._ask_whole)
        out.apart.connect(self.send_apart)
        out.code.connect(self._hear)
        out.history.connect(self._show_history)
        out.forgotten.connect(self._ask_no_wait)
        out.cancelled.connect(self._stop_making)
        tray.batch.connect(self.take_all)
        tray.tried.connect(self.try_)
        tray.scanned.connect(self.take_scans)
        tray.ruled.connect(self.look_at_rules)
        tray.kept.connect(self.keep_rules)
        tray.updated.connect(self.look_at_update)
        tray.swapped.connect(self.swap_in)
        tray.anew.connect(self._ask_anew)
        tray.taken.connect(self.take)
        tray.undone.connect(self._ask_undo)
        tray.cancelled.connect(self._cancel)
        tray.printed.connect(self.print_account)
        tray.version.back.connect(self.go_back)
        self.quarrels.settled.connect(self._settle)
        self.quarrels.reveal.connect(self._show_veiled)
        self.receipts.left.connect(lambda: self.views.setCurrentIndex(_TRANSFER))
        self.trusting.carded.connect(self._card)
        self.trusting.founded.connect(lambda: self._ask(questions.first, message="本机已设为自治区办公室的第一台电脑"))
        self.trusting.enrolled.connect(self._enrol)
        self.trusting.welcomed.connect(self._welcome)
        self.trusting.printed.connect(lambda: self.papers.print_(exchangepapers.SLIP, exchangepapers.slip))
        self.trusting.seats.revoked.connect(self._revoke)
        self.trusting.seats.reopened.connect(
            lambda one: self._ask(stations.reopen, one, message="已恢复，随下一个包通知各单位")
        )
        self.asker.progressed.connect(self._tell_progress)

    def _tell_progress(self, count: int, total: int) -> None:
        for line in (self.transfer.out.running, self.transfer.tray.running):
            if not line.isHidden():
                line.tell(count, total)

    # -- what is known

    def refresh(self) -> None:
        """Ask how this PC stands, and what lies on the stick."""
        self.asker.ask(questions.state, then=self._show, failed=self._not_known, lane="exchange")
        self._look(self.stick.folder)

    def _not_known(self, error: Refused | Trouble) -> None:
        """Complain; where the key does not open any more, offer once to go on with a new one."""
        self.complain(error)
        if isinstance(error, stations.KeyLost) and self.key_question is None:
            message = "已换用新密钥。请到“单位登记”带登记卡，交自治区办公室重新授权"
            self.key_question = confirm(
                self,
                _NEW_KEY.format(why=error.sentence),
                "换用新密钥",
                lambda: self._ask(stations.renew, message=message),
            )

    def _show(self, state: State) -> None:
        first, waited = self._authorised is None, self._authorised is False
        self._authorised = state.authorised
        self.transfer.show_state(state)
        self.trusting.show_state(state)
        self.receipts.replace_entries(state.entries)
        self.quarrels.show_rows(state.conflicts)
        self.tabs.setTabText(_CONFLICTS, f"两边不一致 {len(state.conflicts)}" if state.conflicts else "两边不一致")
        self.head("U盘交换", state.board.sentence if state.authorised else stepwords.head(self.trusting.standing))
        if first and not state.authorised:
            self.tabs.setCurrentIndex(_TRUST)  # nothing else can be done yet
        elif waited and state.authorised and self.office.level is not Level.REGION:
            self.tabs.setCurrentIndex(_TRANSFER)  # the first package is the next step
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
        fresh = [one for one in stick.cards if one.card is not None and not one.is_trusted] if stick is not None else []
        self.stick.tell_content(_content_words(stick, len(fresh)) if stick is not None else "")
        self.tabs.setTabText(_TRUST, f"单位登记 {len(fresh)}" if fresh else "单位登记")
        self.rehearse_all(stick.arriving if stick is not None else [])

    def _gone(self, error: Refused | Trouble) -> None:
        self._show_stick(None)
        self.complain(error)

    def _show_history(self, office: str) -> None:
        self.receipts.choose(office)
        self.views.setCurrentIndex(_HISTORY)

    # -- out

    def _ask_whole(self, offices: list[str]) -> None:
        if not offices:
            self.message.say(offices_words(offices), "warn")
            return
        units = "、".join(called(office) for office in offices[:_NAMED])
        more = f"等{len(offices)}个单位" if len(offices) > _NAMED else ""
        send = partial(self.send, offices, everything=True)
        self._question(_WHOLE.format(units=units + more), "从头重发", send)

    def _hear(self, text: str) -> None:
        self._ask(questions.heard, text)
        self.transfer.out.heard.clear()

    def _ask_anew(self, path: Path) -> None:
        rehearsal = self.transfer.tray.packages.rehearsal(path)
        name = f"{called(rehearsal.office)}第{rehearsal.number}包" if rehearsal is not None else path.name
        self._question(_ANEW.format(name=name), "写补发请求", partial(self._write_request, path))

    def _write_request(self, path: Path) -> None:
        self.asker.ask(questions.anew, path, then=lambda office: self.send([office]), failed=self.complain)

    def _ask_no_wait(self) -> None:
        self._question(_NO_WAIT, "不再等待", lambda: self._ask(signed.write_off, message="已不再等待缺的内容"))

    # -- conflicts and stations

    def _show_veiled(self) -> None:
        """Show personal values in full: two that differ may look alike masked."""
        then = partial(self.quarrels.show_rows, personal="个人信息")
        self.asker.ask(question(conflicts.listed, reveal=True), then=then, failed=self.complain)

    def _settle(self, conflict: Open | None, lost: bool) -> None:
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
        self._ask(stations.write_card, folder, message="登记卡已写好，可以拔出。下一步：电话核对号码")

    def _enrol(self, path: Path | None, text: str) -> None:
        folder = self.stick.folder
        if self.office.level is not Level.REGION:
            self.founding.register(path, text)
        elif path is None or folder is None:
            self.message.say("请先插入带登记卡的U盘。", "warn")
        else:
            self.trusting.go.setEnabled(False)  # a second press would make a second package
            self._ask(questions.authorise, path, text, folder, then=self.trusting.card_done)

    def _welcome(self, paths: list[Path]) -> None:
        """Take the authorisation in; what is wrong with it is said at its step, beside the way back."""
        self._begin("正在收下授权")
        self._ticket = self.asker.ask_long(intray.take_all, paths, then=self._welcomed, failed=self._stopped)

    def _welcomed(self, batch: Batch) -> None:
        self.transfer.tray.running.hide()
        if bad := [one.why for one in batch.shares if one.why]:
            self.trusting.show_refusal(bad[0])
        self.message.say(batch.sentence, "warn" if bad else "ok")
        self.refresh()

    def _revoke(self, station: str, reason: str) -> None:
        if not reason:
            self.message.say("请填写停用原因。", "warn")
            return
        text = f"停用{self.trusting.seats.called(station)}：已收到的数据仍有效，以后它签的数据包不再收。"
        message = "已停用，随下一个包通知各单位"
        confirm(self, text, "停用", lambda: self._ask(stations.revoke, station, reason, message=message))

    def _ask(
        self,
        function: Callable[[Desk, *Args], object],
        *args: *Args,
        message: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        def say(answer: object) -> None:
            self.message.say(message or str(answer))
            self.refresh()
            if then is not None:
                then()

        self.asker.ask(function, *args, then=say, failed=self._not_done)

    def _not_done(self, error: Refused | Trouble) -> None:
        self.complain(error)
        self.refresh()

    def _try_files(self, paths: list[Path]) -> None:
        """Take the folder of packages in hand, which rehearses them; a file that is not listed is tried by itself."""
        self.stick.choose(paths[0].parent)
        self.tabs.setCurrentIndex(_TRANSFER)
        if len(paths) == 1 and not self.transfer.tray.packages.select(str(paths[0])):
            self.try_(paths[0])

    def take_keyboard(self) -> None:
        """Stand where work begins: at the step of the enrolment, else on the packages."""
        if self.tabs.currentIndex() == _TRUST:
            self.trusting.take_keyboard()
        else:
            self.transfer.tray.packages.setFocus()


def _content_words(stick: Stick, cards: int) -> str:
    arriving = [one for one in stick.packages if one.is_arriving]
    lines = sum(one.changes for one in arriving if not one.scans)
    parts = [f"{len(arriving)}个数据包，共{lines}条"] if arriving else []
    parts += [f"登记卡{cards}张"] if cards else []
    return "，".join(parts) or "没有要收的"
