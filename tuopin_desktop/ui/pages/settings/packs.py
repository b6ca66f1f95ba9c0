"""The section of rule packs: which stand side by side, what of one is not certain, which wait to be taken into use."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QScrollArea, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.packchanges import basis_words
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.exchange import packfiles
from tuopin_desktop.services.exchange.packfiles import ProvedPack
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office import packs
from tuopin_desktop.services.rulings import packlines
from tuopin_desktop.services.rulings.packlines import PackLine
from tuopin_desktop.ui.plumbing.runner import Ticket
from tuopin_desktop.ui.widgets.ask import SCANS, ask_folder, ask_open, ask_save, confirm
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, hide_unless, label, row
from tuopin_desktop.ui.widgets.running import RunningLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_HINT = (
    "每条派驻登记和请假单都保留登记时所依的办法文件；换用办法文件只影响今后新登记的派驻。"
    "用U盘送来的办法文件，看清会改变什么以后再启用。"
)
_FILES = "办法文件 (*.zip)"
_RULES = "规则文件 (*.toml)"


class PackSection(QWidget):
    """A list of packs over the words of one; `questions_wanted` carries the pack whose switches are to be shown.

    `packs_known` tells which packs are in use, by id and title.
    """

    questions_wanted = Signal(str)
    packs_known = Signal(dict)

    def __init__(self, context: PageContext, renew: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._renew = context, renew
        self._rows: list[PackLine] = []
        self._tried = self._wanted = ""
        self._ticket: Ticket | None = None
        self.asked: QMessageBox | None = None
        self.dialog: QFileDialog | None = None
        self.table = RecordTable(_COLUMNS, lambda one: one.key, "办法文件")
        self.table.current_changed.connect(self._explain)
        self.table.setMaximumHeight(190)
        self._sentence = label("", wrap=True)
        self.running = RunningLine("正在试算", self._cancel, tip="取消后什么也没有写入")
        self.use = act_button(Act.SETTINGS, "新登记的派驻按此办法文件…", self.ask_use, role="primary")
        self.try_ = button("看会改变什么…", self.look_what_changes, role="primary")
        self.enable = act_button(Act.PACKS, "启用…", self.ask_enable, icon="check", role="primary")
        self.look = button("查看各项口径", self._look)
        self.paper = button("依据文件…", self._ask_paper, tip="把依据文件的扫描件另存出来看")
        self.take = act_button(
            Act.PACKS, "收下办法文件…", self._ask_take, icon="download", tip="自治区办公室签发的办法文件"
        )
        self.sign = act_button(
            Act.PACKS, "签发到U盘…", self._ask_sign, icon="upload", tip="选规则文件、依据文件和存放的文件夹"
        )
        self._build()
        context.asker.progressed.connect(self.running.tell)

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(self._sentence, None, margins=(2, 2, 8, 2)))
        area = QScrollArea()
        area.setAccessibleName("办法文件说明")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        hide_unless(self.sign, self._context.office.level is Level.REGION)
        tools = row(self.use, self.try_, self.enable, self.look, self.paper, None, self.take, self.sign)
        hint = label(_HINT, "quiet", wrap=True)
        whole = column(hint, self.table, self.running, area, tools, gap=8, margins=(14, 10, 14, 10))
        whole.setStretch(3, 1)
        self.setLayout(row(card(whole)))
        self._explain(None)  # until the packs are here: buttons that only one may have would make the window too wide

    @property
    def state(self) -> str:
        """The line under the page's title."""
        choice = next((one.policy.title for one in self._rows if one.is_default), "")
        waits = sum(one.waits for one in self._rows)
        more = f"，{waits}个待启用" if waits else ""
        return f"已安装{len(self._rows) - waits}个办法文件{more}，新登记的派驻按《{choice}》" if choice else ""

    def refresh(self) -> None:
        """Ask for the packs."""
        self._context.ask(packlines.lines, then=self._show, lane="packs")

    def _show(self, lines: list[PackLine]) -> None:
        self._rows = lines
        self.table.replace_rows(lines)
        if self._wanted in {one.key for one in lines}:
            self.table.select(self._wanted)
        elif lines and self.table.current() is None:
            self.table.select(lines[0].key)
        self._wanted = ""
        self.packs_known.emit({one.policy.id: one.policy.title for one in lines if not one.waits})
        self._explain(self.table.current())

    def _explain(self, one: PackLine | None) -> None:
        waits = one is not None and one.waits
        tried = waits and one is not None and self._tried == one.key
        self.use.setVisible(not waits)
        self.use.setEnabled(one is not None and not one.is_default)
        self.look.setVisible(not waits)
        self.try_.setVisible(waits and not tried)
        self.enable.setVisible(tried)
        self.paper.setEnabled(one is not None and bool(one.paper))
        if one is None or not tried:
            self._tried = ""
            self._sentence.setText("\n".join(_remarks(one)) if one else "")

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.enter()

    def _look(self) -> None:
        if (one := self.table.current()) is not None:
            self.questions_wanted.emit(one.policy.id)

    # -- choosing

    def ask_use(self) -> None:
        """Ask before new postings are put under another pack."""
        one = self.table.current()
        if one is None or one.is_default:
            return
        unsure = f"其中{len(one.unsure)}项口径待核，请先按本地文件核对。" if one.unsure else ""
        text = f"今后新登记的派驻按《{one.policy.title}》。{unsure}已登记的派驻和请假单不变。"
        self.asked = confirm(self, text, "换用", lambda: self._use(one.policy.id))

    def _use(self, pack: str) -> None:
        self._context.ask(packs.choose, pack, then=self._used)

    def _used(self, policy: Policy) -> None:
        self._context.message.say(f"今后新登记的派驻按《{policy.title}》")
        self._renew()

    # -- taking into use

    def look_what_changes(self) -> None:
        """Say what the pack in hand would change here; only then it may be taken into use."""
        if (one := self.table.current()) is None or not one.waits:
            return
        self.running.begin()
        self._ticket = self._context.asker.ask_long(
            packlines.trial_lines,
            one.policy.id,
            one.policy.version,
            then=partial(self._changes, one.key),
            failed=self._stopped,
        )

    def _changes(self, key: str, texts: list[str]) -> None:
        self.running.hide()
        if (one := self.table.current()) is not None and one.key == key:
            self._tried = key
            self._sentence.setText("\n".join(texts))
            self._explain(one)
            self.enable.setFocus()

    def _stopped(self, error: Refused | Trouble) -> None:
        self.running.hide()
        self._context.message.complain(error)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self.running.hide()

    def ask_enable(self) -> None:
        """Ask before the pack in hand begins to count."""
        one = self.table.current()
        if one is None or self._tried != one.key:
            return
        text = (
            f"启用《{one.name}》，自{one.policy.in_force}起按它判断。已签的请假单、已结账的月份不变。"
            "启用以后不能删除，只能由自治区办公室签发的新一版接替。"
        )
        enable = partial(self._context.ask, packfiles.enable, one.policy.id, one.policy.version, then=self._enabled)
        self.asked = confirm(self, text, "启用", enable)

    def _enabled(self, proved_pack: ProvedPack) -> None:
        self._context.message.say(f"已启用{proved_pack.name}，自{proved_pack.policy.in_force}起施行")
        self._wanted = proved_pack.policy.id
        self._renew()

    # -- files

    def _ask_take(self) -> None:
        self.dialog = ask_open(self, "选择自治区办公室签发的办法文件", _FILES, self.take_file)

    def take_file(self, path: Path) -> None:
        """Keep a signed file; it waits."""
        self._context.ask(packfiles.install, path, then=self._taken)

    def _taken(self, proved_pack: ProvedPack) -> None:
        self._context.message.say(f"已收下{proved_pack.name}，还没有启用：请先看会改变什么")
        self._wanted = f"{proved_pack.policy.id} {proved_pack.policy.version}"
        self._renew()

    def _ask_paper(self) -> None:
        if (one := self.table.current()) is not None:
            save = partial(self.save_paper, one.policy.id)
            name = f"{one.policy.basis.number}.{one.paper}"
            self.dialog = ask_save(self, "依据文件另存为", name, SCANS, save)

    def save_paper(self, pack: str, path: Path) -> None:
        """Write the paper of a pack to where the clerk wants it."""
        self._context.ask(packfiles.save_paper, pack, path, then=self._context.message.say_file)

    def _ask_sign(self) -> None:
        self.dialog = ask_open(self, "选择规则文件", _RULES, self._ask_proof)

    def _ask_proof(self, rules: Path) -> None:
        self.dialog = ask_open(self, "选择依据文件的扫描件", SCANS, partial(self._ask_folder, rules))

    def _ask_folder(self, rules: Path, proof: Path) -> None:
        self.dialog = ask_folder(self, "选择U盘或文件夹", "stick", partial(self.sign_to, rules, proof))

    def sign_to(self, rules: Path, proof: Path, folder: Path) -> None:
        """Sign a pack with its paper and write it to a stick."""
        self._context.ask(packfiles.export, rules, proof, folder, then=self._signed)

    def _signed(self, path: Path) -> None:
        self._context.message.say(f"办法文件已签名写好：{path}，可以拔出。本办自己也要收下、启用")


def _unsure(one: PackLine) -> str:
    return f"{len(one.unsure)}项" if one.unsure else ""


def _count(one: PackLine, number: int) -> str:
    return "" if one.waits else str(number)


def _state(one: PackLine) -> str:
    return "待启用" if one.waits else "新登记按此" if one.is_default else "可选用"


_COLUMNS = (
    Column("办法文件", lambda one: one.name),
    Column("施行", lambda one: f"{one.policy.in_force}", 110),
    Column("派驻人次", lambda one: _count(one, one.postings), 90, right=True, sort=lambda one: one.postings),
    Column("在派", lambda one: _count(one, one.serving), 70, right=True, sort=lambda one: one.serving),
    Column("待核", _unsure, 90, tone=lambda one: "warn" if one.unsure else "", shed=1),
    Column("状态", _state, 104, tone=lambda one: "warn" if one.waits else "ok" if one.is_default else "quiet"),
)


def _remarks(one: PackLine) -> list[str]:
    messages = [f"依据：{basis_words(one.policy)}", *leave.titles(one.policy)]
    if one.waits:
        messages += ["", "已收下，还没有启用，现在不起作用。点“看会改变什么”，看清以后再启用。"]
        messages += [] if one.paper else ["依据文件还没有收到：请自治区办公室用U盘送来办法文件，或带扫描件再发一次。"]
    if one.open:
        messages += ["", "没有依据可查、须按本地文件核对的：", *(f"· {text}" for text in one.open)]
    return messages
