"""The way out: how every office stands with us, in chips that sum to all; packages are made from here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.exchange.standing import Standing
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange.packageboard import BoardRow, time_words
from tuopin_desktop.ui.pages.exchange import lists
from tuopin_desktop.ui.pages.exchange.hearing import HearDialog
from tuopin_desktop.ui.pages.exchange.questions import SCANS_OF, State
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import act_button, button, column, label, row
from tuopin_desktop.ui.widgets.plain import set_tip
from tuopin_desktop.ui.widgets.running import RunningLine

_ALL = "all"
_CHIPS = {_ALL: "全部", **{state.name: state.value for state in Standing}}
_WANTING = (Standing.GAP, Standing.DUE)
_COUNTY_DIGITS = 6
_FEW = 3
"""So many offices need no chips to find one."""


class BoardView(QFrame):
    """`sent(offices)`, `whole(offices)` and, each on a stick of its own, `apart(offices)` want packages made,
    `code(words)` a receipt entered, `history(office)` all receipts of an office shown; `forgotten` ends the waiting for
    what an old copy lacks, `cancelled` stops a job.
    """

    sent = Signal(list)
    whole = Signal(list)
    apart = Signal(list)
    code = Signal(str)
    history = Signal(str)
    forgotten = Signal()
    cancelled = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._office = office
        self._state: State | None = None
        self._region = office.level is Level.REGION
        self.board = lists.board("旗县" if self._region else "单位")
        self.board.setMinimumHeight(120)
        self.board.selectionModel().selectionChanged.connect(lambda *_: self._tell_choice())
        on_key(self.board, "M", "制作数据包", self._send)
        on_key(self.board, "A", "从头重发…", lambda: self.whole.emit(self._chosen()))
        on_key(self.board, "W", "全部往来", self._history)
        self.chips = Chips(_CHIPS, "状态", {"GAP": "bad", "DUE": "warn"})
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.hearing = HearDialog(self.code.emit, self)
        self._title = label("", "strong")
        hear = act_button(Act.RECEIVE, "登记电话回执…", self.hearing.ask, tip="对方在电话里念的回执码")
        self.make = act_button(Act.SEND, self._make_words, self._send, icon="upload", role="primary")
        set_tip(self.make, "写到U盘，读回核对后提示可以拔出")
        self._menu()
        self.running = RunningLine("正在写数据包", self.cancelled.emit, tip="写好的几个是完整的，保留", place=False)
        self._note = label("", wrap=True)
        self._detail = label("", "quiet", wrap=True)
        self._detail.setMinimumHeight(2 * self._detail.fontMetrics().lineSpacing())
        self.all_receipts = button("全部往来", self._history, role="flat", tip="这个单位的全部回执，随时可念")
        foot = row(self._detail, self.running, self.all_receipts)
        foot.setStretch(0, 1)
        foot.setStretch(1, 1)
        layout = column(
            row(self._title, None, hear, self.more, self.make),
            self.chips,
            self._note,
            self.board,
            foot,
            gap=8,
            margins=(14, 12, 14, 10),
        )
        layout.setStretch(3, 1)
        self.setLayout(layout)

    @property
    def heard(self) -> QLineEdit:
        """Where a receipt that was heard is typed."""
        return self.hearing.field

    @property
    def _make_words(self) -> str:
        return "制作下发包" if self._region else "制作上报包"

    def _menu(self) -> None:
        self.more = act_button(Act.SEND, "更多", lambda: None, tip="从头重发、带扫描件、带程序更新")
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        self.all = QAction("从头重发…", menu)
        set_tip(self.all, "对方恢复过旧备份、丢失过数据或提示缺包时用：不看回执，全部重发")
        self.all.triggered.connect(lambda: self.whole.emit(self._chosen()))
        self.each = QAction("每个单位一个U盘…", menu)
        set_tip(self.each, "写好一个，换一个U盘再写下一个")
        self.each.triggered.connect(lambda: self.apart.emit(self._chosen()))
        self.each.setVisible(self._region)
        self.scans = QAction(f"带扫描件（最近{SCANS_OF}天存的）", menu)
        set_tip(self.scans, "附件的文件平时不随数据走；选中后另写扫描件包")
        self.scans.setCheckable(True)
        self.update_ = QAction("带程序更新", menu)
        self.update_.setCheckable(True)
        self.update_.setVisible(False)
        self.no_wait = QAction("不再等待缺的内容…", menu)
        set_tip(self.no_wait, "自治区办公室答复后仍没有的，以后找到还可以收下")
        self.no_wait.triggered.connect(lambda: self.forgotten.emit())
        self.no_wait.setVisible(False)
        menu.addActions([self.all, self.each, self.scans, self.update_, self.no_wait])
        self.more.setMenu(menu)

    # -- what is known

    def show_state(self, state: State) -> None:
        """Show how the offices stand."""
        self._state = state
        rows = state.board.rows
        counties = sum(len(one.office) == _COUNTY_DIGITS for one in rows)
        others = len(rows) - counties
        beside = f"、{others}个其他单位" if others and counties else ""
        self._title.setText(f"{counties}个旗县{beside}" if self._region else "往来单位")
        counts = {state.name: count for state, count in state.board.counts.items()}
        self.chips.count({_ALL: len(rows), **counts})
        self.chips.setVisible(len(rows) > _FEW)
        self.chips.updateGeometry()  # other counts may want another line
        lacking = [f"本机数据是恢复的旧备份，{text}，请收下对方的下一个数据包补齐。" for text in state.board.lacking]
        self._note.setText("\n".join(lacking))
        self._note.setVisible(bool(lacking))
        self.no_wait.setVisible(bool(state.board.missing))
        self.update_.setVisible(bool(state.updates))
        set_tip(self.update_, f"把收下的程序更新一起写到U盘：{state.updates}")
        self._show_rows()

    def _show_rows(self) -> None:
        if self._state is None:
            return
        code = self.chips.code()
        order = list(Standing)
        rows = [one for one in self._state.board.rows if code in (_ALL, one.state.name)]
        self.board.replace_rows(sorted(rows, key=lambda one: (order.index(one.state), one.office)))
        self._tell_choice()

    def enable(self, *, ready: bool) -> None:
        """Let packages be made, or not: without a stick or an authorisation none can."""
        self.make.setEnabled(ready)
        self.all.setEnabled(ready)
        self.each.setEnabled(ready)

    def _tell_choice(self) -> None:
        offices = self._chosen()
        self.make.setText(f" {self._make_words} {len(offices)}" if self._region else f" {self._make_words}")
        one: BoardRow | None = self.board.current()
        self.all_receipts.setEnabled(one is not None)
        self._detail.setText(_detail(one) if one is not None else "每个单位的回执都留着，电话打来随时可念。")

    def _history(self) -> None:
        one: BoardRow | None = self.board.current()
        if one is not None:
            self.history.emit(one.office)

    def begin(self) -> None:
        """Show that packages are being written, where the detail of an office stood."""
        self._detail.hide()
        self.running.begin()

    def end(self) -> None:
        """Show the detail again."""
        self.running.hide()
        self._detail.show()

    # -- out

    def _send(self) -> None:
        self.sent.emit(self._chosen())

    def _chosen(self) -> list[str]:
        """Return the offices a package is made for: those selected, else all that have something to be sent."""
        rows: Sequence[BoardRow] = [one for one in self.board.chosen() if one.stations]
        if not rows and self._state is not None:
            rows = [one for one in self._state.board.rows if one.stations and one.state in _WANTING]
            if not self._region:
                above = [one for one in self._state.board.rows if one.stations]
                rows = [one for one in above if one.office == ids.REGION] or (above if len(above) == 1 else [])
        return [one.office for one in rows]


def _detail(one: BoardRow) -> str:
    parts = [f"{one.name}　"]
    number, at = one.out
    parts.append(f"最近发出第{number}包，{time_words(at)}" if number else "还没有给它发过包")
    for receipt in one.receipts:
        if receipt.given and receipt.code:
            parts.append(f"；它的第{receipt.number}包收下后，念给它的回执 {receipt.code}")
        elif not receipt.given:
            parts.append(
                f"；它的回执：{receipt.code or '随包'}，{time_words(receipt.at) if receipt.at else '时间未记'}"
            )
    return "".join(parts)
