"""The way in: every package of a folder is rehearsed at once, in words, and what is chosen is taken in one go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStackedWidget, QWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import intray
from tuopin_desktop.services.exchange.accounts import ImportAccount
from tuopin_desktop.services.exchange.intray import Batch, Rehearsal
from tuopin_desktop.services.exchange.packages import account
from tuopin_desktop.services.exchange.sticks import OnStick, Stick
from tuopin_desktop.ui.pages.exchange.traylist import TrayList
from tuopin_desktop.ui.pages.exchange.versionrow import VersionRow
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import act_button, button, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.split import Split

_LIST, _ACCOUNT = 0, 1
_LEAST = 60
_TITLE, _NOTHING = "试收：还没有写入", "收件"


class TrayView(QFrame):
    """`batch(paths)` wants packages taken in, `tried(path)` one rehearsed by itself, `scanned`, `ruled`, `kept`,
    `updated`, `swapped` (a path each) likewise for what is no data; `anew(path)` wants a sender asked for everything,
    `taken(path)` one package taken in, `undone` the last batch undone, `cancelled` a job stopped, `printed` its paper.
    """

    batch = Signal(list)
    tried = Signal(object)
    scanned = Signal(object)
    ruled = Signal(object)
    kept = Signal(object)
    updated = Signal(object)
    swapped = Signal(object)
    anew = Signal(object)
    taken = Signal(object)
    undone = Signal()
    cancelled = Signal()
    printed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._path: Path | None = None
        self._confirmed = self.taken
        self._order: list[Path] = []
        self._title, self._count = label(_NOTHING, "strong"), label("", "quiet")
        self.running = RunningLine(
            "正在试收", self.cancelled.emit, tip="停在当前一步，停下后写明写入了没有", place=False
        )
        self._inside = QStackedWidget()
        self._inside.addWidget(self._listing())
        self._inside.addWidget(self._telling())
        self.version = VersionRow()
        self.undo = act_button(Act.RECEIVE, "撤销上次收包", self.undone.emit, tip="整批退出，之后可以再收")
        self.take = act_button(Act.RECEIVE, "收下选中的", self.take_chosen, icon="download", role="primary")
        head = row(self._title, self.running, None, self._count)
        self._title.setMinimumHeight(self.running.sizeHint().height())  # the line of a job moves nothing
        layout = column(
            head,
            self._inside,
            row(self.try_, self.confirm, self.back, self.print_, None, self.undo, self.take),
            self.version,
            gap=8,
            margins=(14, 12, 14, 10),
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_list()
        self.enable(ready=False)

    def _listing(self) -> QWidget:
        self.packages = TrayList()
        self.packages.opened.connect(self.look_at)
        on_key(self.packages, "R", "收下选中的", self.take_chosen)
        self.packages.ticked.connect(self._tell_choice)
        self.packages.current_changed.connect(lambda _: self._show_current())
        self.try_ = act_button(Act.RECEIVE, "单独看", lambda: self.look_at(self.packages.current()))
        set_tip(self.try_, "只看这一个：会改什么，还没有写入")
        self._words = QPlainTextEdit()
        self._words.setReadOnly(True)
        self._words.setAccessibleName("这个包会改动什么")
        self._words.setMinimumHeight(_LEAST)
        both = Split(Qt.Orientation.Vertical)
        both.setAccessibleName("收件夹")
        both.addWidget(self.packages)
        both.addWidget(self._words)
        both.setChildrenCollapsible(False)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        return both

    def _telling(self) -> QWidget:
        self._account = QPlainTextEdit()
        self._account.setReadOnly(True)
        self._account.setAccessibleName("试收的结果")
        self._became, self._code = label("", "strong", wrap=True), label("", "number")
        self.confirm = act_button(Act.RECEIVE, "收下", self._take, icon="check", role="primary")
        self.back = button("不收", self.show_list, role="flat")
        self.print_ = button("打印收包记录…", self.printed.emit, icon="printer")
        report = column(self._became, self._code, self._account, gap=8)
        report.setStretch(2, 1)
        widget = QWidget()
        widget.setLayout(report)
        return widget

    # -- what lies there

    def show_stick(self, stick: Stick | None) -> None:
        """Show what lies on the stick in hand."""
        self._order = stick.arriving if stick else []
        place = {path: number for number, path in enumerate(self._order)}
        items = sorted(stick.packages, key=lambda one: place.get(one.path, len(place))) if stick else []
        self.packages.show_files(items)
        rows = self.packages.rows_model.rows
        fresh = next((item for item in rows if item.state == "new"), None)
        if self.packages.current() is None and fresh is not None:
            self.packages.select(str(fresh.path))
        self.enable(ready=stick is not None)
        self._tell_choice()

    def show_rehearsals(self, rehearsals: Sequence[Rehearsal]) -> None:
        """Show what the packages would do; those that can be taken in are chosen."""
        self.packages.show_rehearsals(rehearsals)
        self._show_current()

    def enable(self, *, ready: bool) -> None:
        """Let files be looked at while there are some."""
        self.try_.setEnabled(ready and bool(self.packages.rows_model.rows))

    def _tell_choice(self) -> None:
        choice = self.packages.choice()
        self.take.setText(f" 收下选中的{len(choice)}个" if choice else " 收下选中的")
        self.take.setEnabled(bool(choice))
        set_tip(self.take, "全部收下，一个不成不影响其他的" if choice else "先选中可收的数据包")
        lines = sum(item.changes for item in choice if not item.scans)
        self._count.setText(f"选中{len(choice)}个，{lines}条" if choice else "")
        arriving = any(item.is_arriving for item in self.packages.rows_model.rows)
        self._title.setText(_TITLE if arriving else _NOTHING)

    def _show_current(self) -> None:
        item: OnStick | None = self.packages.current()
        rehearsal = self.packages.rehearsal(item.path) if item is not None else None
        gap = rehearsal is not None and rehearsal.state == intray.GAP
        self.try_.setText("请对方从头重发…" if gap else "看内容…")
        if rehearsal is not None:
            lines = rehearsal.sentences
        else:
            lines = [item.why or self.packages.verdict(item)] if item is not None else []
        self._words.setPlainText("\n".join(lines))

    # -- taking in

    def take_chosen(self) -> None:
        """Want what is chosen taken in."""
        choice = self.packages.choice()
        data = {item.path for item in choice if not item.scans}
        order = [one for one in self._order if one in data]
        paths = [*order, *(item.path for item in choice if item.scans)]
        if paths:
            self.batch.emit(paths)

    def look_at(self, item: OnStick | None) -> None:
        """Show one file by itself; where it lacks what came before, offer to ask its sender."""
        if item is None:
            return
        rehearsal = self.packages.rehearsal(item.path)
        gap = rehearsal is not None and rehearsal.state == intray.GAP
        marks = ((item.update, self.updated), (item.rules, self.ruled), (item.scans, self.scanned), (gap, self.anew))
        next((signal for mark, signal in marks if mark), self.tried).emit(item.path)

    def show_rehearsed(self, path: Path, import_account: ImportAccount) -> None:
        """Show what an import would do."""
        self._offer(path, "试收：以下尚未写入", account(import_account), ("收下", "不收"), self.taken)

    def show_rules(self, path: Path, texts: Sequence[str]) -> None:
        """Show what a rule pack holds and would change."""
        title = "办法文件：收下以后还要到“设置”的“办法文件”启用才起作用"
        self._offer(path, title, texts, ("收下", "不收"), self.kept)

    def show_update(self, path: Path, texts: Sequence[str]) -> None:
        """Show what an update is and what becomes of it."""
        kept = any(item.path == path and item.why for item in self.packages.rows_model.rows)
        self._offer(path, "程序更新：以下尚未进行", texts, ("收下", "不收") if kept else ("换上", "不换"), self.swapped)

    def _offer(
        self, path: Path, became: str, texts: Sequence[str], buttons: tuple[str, str], confirmed: SignalInstance
    ) -> None:
        self._path, self._confirmed = path, confirmed
        self._say(became, texts)
        self.confirm.setVisible(True)
        self.confirm.setText(f" {buttons[0]}")
        self.back.setText(f" {buttons[1]}")
        self.confirm.setFocus()

    def _take(self) -> None:
        if self._path is not None:
            self._confirmed.emit(self._path)

    def show_taken(self, import_account: ImportAccount) -> None:
        """Show what an import did, and the receipt to read over the phone."""
        self._done(f"{import_account.result}。请在电话中念出回执：", account(import_account), import_account.receipt)

    def show_batch(self, batch: Batch) -> None:
        """Show what became of a batch, package by package, each with its receipt."""
        self._done(batch.sentence, batch.lines)
        self.print_.setVisible(True)

    def _done(self, became: str, texts: Sequence[str], code: str = "") -> None:
        self._path = None
        self._say(became, texts, code)
        self.confirm.setVisible(False)
        self.back.setText(" 返回列表")
        self.back.setFocus()

    def _say(self, became: str, texts: Sequence[str], code: str = "") -> None:
        """Show what became of a package, and the receipt to read out, large and whole."""
        self._became.setText(became)
        self._account.setPlainText("\n".join(texts))
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self.print_.setVisible(False)
        for one in (self.try_, self.take):
            one.setVisible(False)
        self.back.setVisible(True)
        self._inside.setCurrentIndex(_ACCOUNT)

    def show_list(self) -> None:
        """Go back to the list of packages; what was told of one, its receipt too, is gone."""
        had = self._inside.currentIndex() == _ACCOUNT
        self._path = None
        self._became.clear()
        self._code.clear()
        self._account.clear()
        self._inside.setCurrentIndex(_LIST)
        for one in (self.try_, self.take):
            one.setVisible(True)
        for one in (self.confirm, self.back, self.print_):
            one.setVisible(False)
        if had:
            self.packages.setFocus()
