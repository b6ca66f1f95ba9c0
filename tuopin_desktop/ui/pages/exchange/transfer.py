"""Packages out and in: one big button each way; an import is rehearsed in words before anything is written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QSplitter, QStackedWidget, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.exchange.accounts import ImportAccount, PackageFile
from tuopin_desktop.services.exchange.packageboard import Receipt
from tuopin_desktop.services.exchange.packages import account
from tuopin_desktop.services.exchange.scanpackages import ScanPackageFile as ScansMade
from tuopin_desktop.services.exchange.sticks import OnStick, Stick
from tuopin_desktop.services.office.offices import called
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.pages.exchange.questions import SCANS_OF, JobOutcome, Outgoing, State, up
from tuopin_desktop.ui.pages.exchange.versionrow import VersionRow
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.parts import act_button, button, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.running import RunningLine

_LIST, _ACCOUNT = 0, 1


class TransferView(QSplitter):
    """`sent(offices)`, `whole(offices)`, `tried(path)`, `scanned(path)`, `ruled(path)`, `kept(path)` (a rule pack is
    looked at, or taken in), `updated(path)`, `swapped(path)` (an update likewise), `taken(path)`, `undone`,
    `code(words)`, `cancelled` and `forgotten` (what an old copy lacks is waited for no longer) say what is wanted."""

    sent = Signal(list)
    whole = Signal(list)
    tried = Signal(object)
    scanned = Signal(object)
    ruled = Signal(object)
    kept = Signal(object)
    updated = Signal(object)
    swapped = Signal(object)
    taken = Signal(object)
    undone = Signal()
    code = Signal(str)
    cancelled = Signal()
    forgotten = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._office = office
        self._state: State | None = None
        self._path: Path | None = None
        self._confirmed = self.taken
        self._stick = False
        self.addWidget(self._out())
        self.addWidget(self._in())
        self.setChildrenCollapsible(False)
        self.setSizes([560, 560])

    def _out(self) -> QFrame:
        up_words = "制作下发包" if self._office.level is Level.REGION else "制作上报包"
        self._unsent = label("", "number", wrap=True)
        self.make = act_button(
            Act.SEND, up_words, self._send, icon="upload", role="primary", tip="写到U盘，读回核对后提示可以拔出"
        )
        why = "对方恢复过旧备份、丢失过数据或提示缺包时用：不看回执，全部重发"
        self.all = act_button(Act.SEND, "从头重发…", self._send_whole, role="flat", tip=why)
        self.scans = QCheckBox(f"带扫描件（最近{SCANS_OF}天存的）")
        set_tip(self.scans, "附件的文件平时不随数据走；勾选后另写扫描件包")
        self.update_ = QCheckBox("带程序更新")
        self.update_.hide()
        self.board = lists.board()
        self._sentence = label("", wrap=True)
        self.no_wait = act_button(
            Act.RECEIVE, "不再等待缺的内容…", self.forgotten.emit, tip="自治区办公室答复后仍没有的，以后找到还可以导入"
        )
        self.heard = QLineEdit()
        self.heard.setPlaceholderText("对方在电话中念的回执码，如 0017-K7QM-3RXP")
        self.heard.setAccessibleName("听到的回执码")
        self.heard.returnPressed.connect(self._hear)
        note = act_button(Act.RECEIVE, "登记回执", self._hear)
        left = QFrame()
        left.setProperty("role", "card")
        layout = column(
            row(self._unsent, None, self.make),
            row(self.all, None, self.update_, self.scans),
            self._sentence,
            row(self.no_wait, None),
            self.board,
            row(self.heard, note),
            gap=8,
            margins=(16, 12, 16, 12),
        )
        layout.setStretch(4, 1)
        left.setLayout(layout)
        return left

    def _in(self) -> QFrame:
        self.packages = lists.packages()
        self.packages.opened.connect(lambda item: self._try(item))
        self.try_ = act_button(
            Act.RECEIVE, "导入", lambda: self._try(self.packages.current()), icon="download", role="primary"
        )
        set_tip(self.try_, "先试收，看清会改什么，再确认")
        self.undo = act_button(Act.RECEIVE, "撤销上次导入", self.undone.emit, tip="整个数据包退出，之后可以再收下")
        self.running = RunningLine("正在核对数据包", self.cancelled.emit, tip="停在当前一步，停下后写明写入了没有")
        self._account = QPlainTextEdit()
        self._account.setReadOnly(True)
        self._account.setAccessibleName("试收的结果")
        self._became = label("", "strong", wrap=True)
        self._code = label("", "number")
        self.confirm = act_button(Act.RECEIVE, "确认导入", self._take, icon="check", role="primary")
        self.back = button("不导入", self.show_list, role="flat")
        report = column(self._became, self._code, self._account, row(self.confirm, self.back, None), gap=8)
        report.setStretch(2, 1)
        widget = QWidget()
        widget.setLayout(report)
        self._inside = QStackedWidget()
        self._inside.addWidget(self.packages)
        self._inside.addWidget(widget)
        right = QFrame()
        right.setProperty("role", "card")
        head = row(label("U盘上的数据包", "strong"), None, self.undo, self.try_)
        self.version = VersionRow()
        layout = column(head, self.running, self._inside, self.version, gap=8, margins=(16, 12, 16, 12))
        layout.setStretch(2, 1)
        right.setLayout(layout)
        return right

    # -- what is known

    def show_state(self, state: State) -> None:
        """Show how this PC stands."""
        self._state = state
        self.board.replace_rows(sorted(state.board.rows, key=lambda item: (not item.stations, item.office)))
        waiting = sum(item.unsent for item in state.board.rows if item.stations)
        oldest = max((item.oldest for item in state.board.rows if item.unsent and item.stations), default=0)
        certified = any(item.stations for item in state.board.rows)
        nothing = "对方已全部确认" if certified else "还没有已授权的单位"
        self._unsent.setText(f"对方未确认 {waiting} 条，最早 {oldest} 天前" if waiting else nothing)
        messages = [
            f"{item.name}没有收下第{one.number}号包：{one.why}" for item in state.board.rows for one in item.told
        ]
        messages += [f"{item.name}的包没有收下：{item.gap}" for item in state.board.rows if item.gap]
        messages += [f"本机数据是恢复的旧备份，{text}，请收下对方的下一个数据包补齐。" for text in state.board.lacking]
        self._sentence.setText("\n".join(messages))
        self._sentence.setVisible(bool(messages))
        self.no_wait.setVisible(bool(state.board.missing))
        self.version.show_standing(state.standing)
        self.update_.setVisible(bool(state.updates))
        set_tip(self.update_, f"把收下的程序更新一起写到U盘：{state.updates}")
        self.undo.setEnabled(bool(state.receipts))
        self._enable()

    def show_stick(self, stick: Stick | None) -> None:
        """Show what lies on the stick in hand."""
        self._stick = stick is not None
        self.packages.replace_rows(stick.packages if stick else ())
        rows = self.packages.rows_model.rows
        fresh = next((item for item in rows if item.state == "new"), None)
        if self.packages.current() is None and fresh is not None:
            self.packages.select(str(fresh.path))
        self._enable()

    def _enable(self) -> None:
        ready = self._stick and self._state is not None and self._state.authorised
        self.make.setEnabled(ready)
        self.all.setEnabled(ready)
        self.try_.setEnabled(self._stick and bool(self.packages.rows_model.rows))

    # -- out

    def _send(self) -> None:
        self.sent.emit(self._chosen())

    def _send_whole(self) -> None:
        self.whole.emit(self._chosen())

    def _chosen(self) -> list[str]:
        names: Sequence[str] = [item.office for item in self.board.chosen() if item.stations]
        if not names and self._state is not None:
            alone = up(self._office.scope, self._state.board)
            names = [alone] if alone else []
        return list(names)

    def show_made(self, outgoing: Outgoing) -> str:
        """Return the sentence after packages were written, read back and proved."""
        items = outgoing.items
        data = [one for one in items if isinstance(one, PackageFile)]
        scans = sum(one.scans for one in items if isinstance(one, ScansMade))
        size = sum(one.size for one in items) / 1024
        beside = f"、扫描件{scans}份" if scans else "，没有新的扫描件" if self.scans.isChecked() else ""
        changes = sum(one.changes for one in data)
        beside += f"、程序更新{len(outgoing.updates)}份" if outgoing.updates else ""
        return f"已写好并读回核对{len(data)}个数据包（{changes}条{beside}，{size:.0f} KB），可以拔出。"

    def _hear(self) -> None:
        if text := self.heard.text().strip():
            self.code.emit(text)

    # -- in

    def _try(self, item: OnStick | None) -> None:
        if item is not None:
            marks = ((item.update, self.updated), (item.rules, self.ruled), (item.scans, self.scanned))
            next((signal for mark, signal in marks if mark), self.tried).emit(item.path)

    def show_rehearsed(self, path: Path, import_account: ImportAccount) -> None:
        """Show what an import would do."""
        self._offer(path, "试收：以下尚未写入", account(import_account), ("确认导入", "不导入"), self.taken)

    def show_rules(self, path: Path, texts: Sequence[str]) -> None:
        """Show what a rule pack holds and would change."""
        title = "规则包：收下以后还要到“设置”的“规则包”启用才起作用"
        self._offer(path, title, texts, ("收下", "不收"), self.kept)

    def show_update(self, path: Path, texts: Sequence[str]) -> None:
        """Show what an update is and what becomes of it."""
        kept = any(item.path == path and item.why for item in self.packages.rows_model.rows)
        self._offer(path, "程序更新：以下尚未进行", texts, ("收下", "不收") if kept else ("换上", "不换"), self.swapped)

    def _offer(
        self, path: Path, became: str, texts: Sequence[str], buttons: tuple[str, str], confirmed: SignalInstance
    ) -> None:
        self._path, self._confirmed = path, confirmed
        self._say(became)
        self._account.setPlainText("\n".join(texts))
        self.confirm.setVisible(True)
        self.confirm.setText(f" {buttons[0]}")
        self.back.setText(f" {buttons[1]}")
        self._inside.setCurrentIndex(_ACCOUNT)
        self.confirm.setFocus()

    def _take(self) -> None:
        if self._path is not None:
            self._confirmed.emit(self._path)

    def show_taken(self, import_account: ImportAccount) -> None:
        """Show what an import did, and the receipt to read over the phone."""
        self._say(f"{import_account.result}。请在电话中念出回执：", import_account.receipt)
        self._account.setPlainText("\n".join(account(import_account)))
        self.confirm.setVisible(False)
        self.back.setText(" 返回列表")
        self._inside.setCurrentIndex(_ACCOUNT)

    def _say(self, became: str, code: str = "") -> None:
        """Show what became of a package, and the receipt to read out, large and whole."""
        self._became.setText(became)
        self._code.setText(code)
        self._code.setVisible(bool(code))

    def show_list(self) -> None:
        """Go back to the list of packages."""
        self._path = None
        self._say("")
        self._account.clear()
        self._inside.setCurrentIndex(_LIST)

    @property
    def job_outcome(self) -> JobOutcome:
        """What stands as far as this page knows."""
        state = self._state
        if state is None:
            return JobOutcome(None, "", "")
        return JobOutcome(next(iter(state.receipts), None), state.standing.next, state.updates)

    def last_taken(self) -> str:
        """Return which import would be undone: whose package, its number, and when it was taken in."""
        newest = self._state.receipts[0] if self._state and self._state.receipts else None
        if newest is None:
            return "没有可以撤销的导入"
        return f"{called(newest.office)}第{newest.number}号数据包，{beijing(newest.at):%Y-%m-%d %H:%M}收下"

    @staticmethod
    def newest(receipts: Sequence[Receipt]) -> str:
        """Return the newest receipt in words, for a clerk who is asked for it later."""
        return f"最近一次回执：{receipts[0].code}" if receipts else ""


def offices_words(offices: Sequence[str]) -> str:
    """Return why nothing was sent."""
    return "" if offices else "请先在左边选中要下发的单位（按住 Ctrl 或 Shift 可多选）。"
