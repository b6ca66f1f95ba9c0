"""The first page of an office above the counties: who has reported, who is at post, what waits, and every team."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.home.abovestate import MEASURES, AboveState
from tuopin_desktop.services.home.firstpage import HomeState
from tuopin_desktop.services.home.rowsbehind import Behind
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.front.leaguetable import LeagueTable, TotalRow
from tuopin_desktop.ui.front.numbercards import Cards
from tuopin_desktop.ui.front.openrows import OpenRows
from tuopin_desktop.ui.front.orclosing import OrClosing
from tuopin_desktop.ui.front.questions import standing
from tuopin_desktop.ui.front.tiles import Legend, Tiles
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import PDFS, SHEETS, ask_save
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.days import long_day
from tuopin_desktop.ui.widgets.empty import EmptyState, OrEmpty
from tuopin_desktop.ui.widgets.memory import memory_of
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.parts import act_button, button, card, column, label, row
from tuopin_desktop.ui.widgets.search import SearchLine

_NARROW = 1060
"""Below this width the tiles and the table share the room by halves, and the table has a button for all of it."""


def rows_behind(desk: Desk, figure: str, place: str, state: AboveState) -> Behind:
    """Return the rows behind a number."""
    from tuopin_desktop.services.home import behindabove  # noqa: PLC0415 start-up: most starts open none

    return behindabove.behind(desk, figure, place, state)


def write_page(desk: Desk, path: Path) -> Path:
    """Write the one page for the director as what the file's name says."""
    from tuopin_desktop.services.home import onepage  # noqa: PLC0415 start-up: most starts print nothing
    from tuopin_desktop.services.office import books  # noqa: PLC0415 start-up: as above

    return books.write(desk, path, onepage.one_page(desk))


def write_teams(desk: Desk, path: Path) -> Path:
    """Write how every team stands as what the file's name says."""
    from tuopin_desktop.services.office import books  # noqa: PLC0415 start-up: most starts print no list
    from tuopin_desktop.services.reporting import overview  # noqa: PLC0415 start-up: as above

    return books.write(desk, path, overview.printed(desk))


class AbovePage(Page):
    """Everything is of one answer with one time; each number opens exactly its rows, and Esc comes back."""

    from_shelves = frozenset({DAY})
    interests = frozenset(KINDS)  # a duty is done by a record of almost any kind

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._above: AboveState | None = None
        self._figure = ("", "")
        self._words = ""
        self._remembered = False
        self._build()

    def _build(self) -> None:
        whole = QWidget()
        self._stack = OrEmpty(whole, self._welcome)
        self.open_rows = OpenRows(self._stack)
        self.open_rows.opened.connect(self.wanted)
        self.open_rows.left.connect(self.back)
        self.open_rows.titled.connect(lambda title: self.head(title, self._words))
        self.ended = OrClosing(self.open_rows)
        self.ended.opened.connect(self.wanted)
        self.body.addWidget(self.ended)
        self.receive = act_button(
            Act.RECEIVE, "收数据包", lambda: self.wanted.emit("exchange", ""), icon="inbox", role="primary"
        )
        self.print_button = button("打印一览表", self.print_, icon="printer", tip="一页：各盟市合计和未报的旗县")
        self.cards = Cards()
        self.cards.rows_wanted.connect(lambda figure: self.show_rows(figure, ""))
        self._lower = row(self._picture(), self._list(), gap=12)
        layout = column(self.cards, self._lower, gap=10)
        layout.setStretch(1, 1)
        whole.setLayout(layout)

    def _picture(self) -> QFrame:
        self.tiles, self.legend = Tiles(), Legend()
        self.measures = Chips({key: pair[0] for key, pair in MEASURES.items()}, "按什么看")
        self.measures.chosen.connect(self._measure)
        self.tiles.county_wanted.connect(lambda county: self.table.go_to(county))
        self.tiles.opened.connect(self._open_county)
        head = row(label("各旗县", "section"), None, self.measures)
        foot = row(self.legend, None, label("点一格：右表定到该旗县；双击打开", "faint"))
        layout = column(head, self.tiles, foot, gap=4, margins=(14, 8, 14, 8))
        layout.setStretch(1, 1)
        self._tiles_card = card(layout)
        return self._tiles_card

    def _list(self) -> QFrame:
        self.table = LeagueTable()
        self.total = TotalRow(self.table)
        self.table.rows_wanted.connect(self.show_rows)
        self.total.rows_wanted.connect(lambda figure: self.show_rows(figure, ""))
        self.table.county.connect(self._open_county)
        self.table.stood.connect(self.tiles.select)
        self.table.refolded.connect(self._keep_folds)
        self.line = SearchLine("旗县", "按旗县查找")
        self.line.setMaximumWidth(150)
        # It asks for no room: hidden in a narrow window it would go on claiming its own until the next change of size.
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.line.searched.connect(self._narrow)
        self.line.left_down.connect(self.table.enter)
        self.table.search_stop.connect(self._end_search)
        self.groups = Chips({"league": "按盟市", "": "不分组"}, "分组")
        self.groups.chosen.connect(self._group)
        self.worst = button(
            "最差在前", self.table.worst_first, role="line", tip="按所选的一列，最差的在前，相同的按名称"
        )
        self.widen = button("表格全屏", self._widen, role="line")
        teams = button("", self.print_teams, icon="printer", role="line", tip="各总队表：每队一行，存为 PDF 或 Excel")
        tools = row(self.line, None, self.groups, self.worst, self.widen, teams, margins=(10, 8, 10, 0))
        tools.setStretch(0, 9)
        layout = column(tools, self.table, self.total, gap=2, margins=(4, 0, 4, 6))
        layout.setStretch(1, 1)
        return card(layout)

    def _welcome(self) -> QFrame:
        empty = EmptyState(
            "inbox",
            "还没有收到过旗县的数据包",
            hint="先给各旗县的电脑授权，再收他们带来或寄来的数据包；收下以后这里显示各总队的情况。",
            first=("收数据包", lambda: self.wanted.emit("exchange", "")),
            second=("录入人员", lambda: self.wanted.emit("roster", "new")),
        )
        return card(row(empty))

    # -- answers

    def refresh(self) -> None:
        self.asker.ask(standing, then=self._show, failed=self.complain, lane="home")

    def _show(self, state: HomeState) -> None:
        self._words = f"{long_day(self.office.today)} · 数字截至 {state.at:%H:%M} 收到的数据包"
        if self.ended.show_state(state.closing) and state.closing is not None:
            self._above = None
            self.open_rows.leave()
            self.head("首页", self._words)
            self.owed.emit(state.closing.badges)
            return
        self._stack.show_whole(state.above is not None)
        self._above = above = state.above
        self._recall()
        if self.open_rows.view is None:
            self._name()
        if above is None:
            self.owed.emit({})
            return
        if self.open_rows.view is not None:
            self.context.ask(rows_behind, *self._figure, above, then=self.open_rows.renew, lane="behind")
        self.cards.replace(above, state.heads)
        self.tiles.replace(above)
        self.table.replace(above)
        self.total.replace(above)
        queue = {one.key: one.count for one in above.queue}
        badges = {"leave": queue.get("approvals", 0), "exchange": queue["conflicts"], "checks": queue["doubts"]}
        self.owed.emit({key: count for key, count in badges.items() if count})

    def _name(self) -> None:
        full = self._above is not None
        self.head("首页", self._words, [*([self.print_button] if full else []), self.receive])

    # -- how it is looked at

    def _recall(self) -> None:
        """Take up measure and grouping as they were left."""
        if not self._remembered:
            self._remembered = True
            memory = memory_of(self)
            if (measure := memory.get("first page/measure")) in MEASURES:
                self.measures.choose(measure)
            self.table.folded = set(filter(None, memory.get("first page/folded").split()))
            self.groups.choose("" if memory.get("first page/groups") == "none" else "league")

    def _measure(self, measure: str) -> None:
        memory_of(self).keep("first page/measure", measure)
        self.tiles.set_measure(measure)
        self.legend.set_measure(measure)

    def _group(self, code: str) -> None:
        memory_of(self).keep("first page/groups", code or "none")
        self.table.is_grouped = bool(code)
        self.table.arrange()

    def _keep_folds(self) -> None:
        memory_of(self).keep("first page/folded", " ".join(sorted(self.table.folded)))

    def _narrow(self, text: str) -> None:
        self.table.text = text.strip()
        self.table.arrange()

    def _end_search(self) -> None:
        self.line.clear()
        self._narrow("")

    def _widen(self) -> None:
        self._tiles_card.setVisible(self._tiles_card.isHidden())
        self.widen.setText("表格全屏" if not self._tiles_card.isHidden() else "显示格子图")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = event.size().width() < theme.scaled(self, _NARROW)
        self._lower.setStretch(0, 62 if low else 47)
        self._lower.setStretch(1, 38 if low else 53)
        self.line.setVisible(not low)

    def _open_county(self, county: str) -> None:
        self.wanted.emit("roster", f"team:{county}/team")

    # -- the rows behind a number

    def show_rows(self, figure: str, place: str) -> None:
        """Ask for the rows of a figure, of a league or county or of all, and show them."""
        if self._above is not None:
            self._figure = (figure, place)
            show = partial(self.open_rows.show_rows, came_from=self.focusWidget())
            self.context.ask(rows_behind, figure, place, self._above, then=show, lane="behind")

    def back(self) -> None:
        """Go back from rows to the number they were asked from."""
        if self.open_rows.view is not None:
            self.open_rows.leave()
            self._name()
            self.open_rows.give_back(self.table)

    # -- paper and keys

    def print_(self) -> None:
        if self._above is not None:
            name = f"各盟市工作总队情况一览表{self.office.today:%Y%m%d}.pdf"
            ask_save(self, "保存一览表", name, f"{PDFS};;{SHEETS}", self.write_page)

    def write_page(self, path: Path) -> None:
        """Write the one page for the director."""
        self._write(write_page, path)

    def print_teams(self) -> None:
        """Ask for a file of the list of all teams."""
        name = f"各工作总队情况一览表{self.office.today:%Y%m%d}.pdf"
        ask_save(self, "保存各总队表", name, f"{PDFS};;{SHEETS}", self.write_teams)

    def write_teams(self, path: Path) -> None:
        """Write the list of teams."""
        self._write(write_teams, path)

    def _write(self, work: Callable[[Desk, Path], Path], path: Path) -> None:
        message = self.message
        self.asker.ask(work, path, then=lambda at: message.say_file(at), failed=self.complain)

    def take_keyboard(self) -> None:
        if self.ended.front is not None and self.ended.front.isVisible():
            self.ended.front.setFocus()
            return
        view = self.open_rows.view
        (view.table if view is not None else self.table).enter()

    def new(self) -> None:
        if self.office.level is Level.REGION:
            self.wanted.emit("leave", "new")

    def search(self) -> None:
        self.line.setFocus()
