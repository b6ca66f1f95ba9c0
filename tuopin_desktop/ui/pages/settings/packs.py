"""The section of rule packs: which stand side by side, what of one is not certain, which new postings are under."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QScrollArea, QWidget

from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.services import leave, packs
from tuopin_desktop.services.packs import PackRow
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import button, card, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_HINT = "每条派驻登记和请假单都保留登记时所依的规则包；换用规则包只影响今后新登记的派驻。"


class PackSection(QWidget):
    """A list of packs over the words of one; `questions_wanted` carries the pack whose switches are to be shown."""

    questions_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._rows: list[PackRow] = []
        self.asked: QMessageBox | None = None
        columns = (
            Column("规则包", lambda one: one.policy.title),
            Column("施行", lambda one: f"{one.policy.in_force}", 110),
            Column("派驻人次", lambda one: str(one.postings), 90, right=True, sort=lambda one: one.postings),
            Column("在派", lambda one: str(one.serving), 70, right=True, sort=lambda one: one.serving),
            Column("待核", _unsure, 90, tone=lambda one: "warn" if one.unsure else "", shed=1),
            Column("新登记", lambda one: "按此" if one.chosen else "", 80, tone=lambda one: "ok" if one.chosen else ""),
        )
        self.table = RecordTable(columns, lambda one: one.policy.id, "规则包")
        self.table.current_changed.connect(self._explain)
        self.table.setMaximumHeight(170)
        self._words = label("", wrap=True)
        self.use = button("新登记的派驻按此规则包…", self.ask_use, role="primary")
        self.look = button("查看各项口径", self._look)
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(column(self._words, None, margins=(2, 2, 8, 2)))
        area = QScrollArea()
        area.setAccessibleName("规则包说明")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        tools = row(self.use, self.look, None)
        whole = column(label(_HINT, "quiet", wrap=True), self.table, area, tools, gap=8, margins=(14, 10, 14, 10))
        whole.setStretch(2, 1)
        self.setLayout(row(card(whole)))

    @property
    def state(self) -> str:
        """The line under the page's title."""
        chosen = next((one.policy.title for one in self._rows if one.chosen), "")
        return f"已安装{len(self._rows)}个规则包，新登记的派驻按《{chosen}》" if chosen else ""

    def refresh(self) -> None:
        """Ask for the packs."""
        self._page.asker.ask(packs.listed, then=self._show, failed=self._page.complain, lane="packs")

    def _show(self, found: list[PackRow]) -> None:
        self._rows = found
        self.table.replace_rows(found)
        if found and self.table.current() is None:
            self.table.select(found[0].policy.id)
        self._explain(self.table.current())

    def _explain(self, one: PackRow | None) -> None:
        self.use.setEnabled(one is not None and not one.chosen)
        self._words.setText("\n".join(_told(one)) if one else "")

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
        if one is None or one.chosen:
            return
        unsure = f"其中{len(one.unsure)}项口径待核，请先按本地文件核对。" if one.unsure else ""
        words = f"今后新登记的派驻按《{one.policy.title}》。{unsure}已登记的派驻和请假单不变。"
        self.asked = confirm(self, words, "换用", lambda: self._use(one.policy.id))

    def _use(self, pack: str) -> None:
        self._page.asker.ask(packs.choose, pack, then=self._used, failed=self._page.complain)

    def _used(self, policy: Policy) -> None:
        self._page.message.say(f"今后新登记的派驻按《{policy.title}》")
        self._page.refresh()


def _unsure(one: PackRow) -> str:
    return f"{len(one.unsure)}项" if one.unsure else ""


def _told(one: PackRow) -> list[str]:
    basis = one.policy.basis
    told = [f"依据：《{basis.title}》（{basis.issuer}，{basis.issued}）", *leave.titles(one.policy)]
    if one.open:
        told += ["", "没有依据可查、须按本地文件核对的：", *(f"· {words}" for words in one.open)]
    return told
