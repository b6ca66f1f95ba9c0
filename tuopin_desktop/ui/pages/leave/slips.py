"""The list of leave slips."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.consequence import month_day
from tuopin_desktop.domain.leave.watch import OUT
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import LEAVE_TYPE
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.pages.leave.above import Above
from tuopin_desktop.ui.pages.leave.questions import UNSAVED, Listing, SlipRow
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.slips.travellers import tone_of
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.days import short_period
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.filtermemory import remember
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import act_button, column, hide_unless, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

WATCHED = (Watch.AWAY, Watch.DUE, Watch.OVERDUE, Watch.UNPRINTED, Watch.UNSIGNED, Watch.UNFILED, Watch.UNCALLED)
STROKES = (
    ("back", "销假…", "Q", "登记所选人员哪天返回（Q 或 Ctrl+R，可多选）"),
    ("print", "打印", "P", "打印所选报备单并计数（P 或 Ctrl+P，可多选）"),
    ("sheet", "收回签字件", "H", "登记所选报备单的签字件已收回（H，可多选）"),
    ("file", "报备案", "B", "登记所选报备单已报派出单位或联络考评组（B，可多选）"),
    ("open", "打开办理", "回车", "打开当前报备单，登记签字、备案、归队、续假"),
)
"""What can be done with the selected slips: stroke, words, key, explanation."""
_ABOVE = ("驻旗县", "应返回")
_WRITE = ("back", "sheet", "file")


class SlipList(Front):
    """`asked(text, list, narrowing)` wants other rows, `opened` carries the row to look at, `stroke` one of STROKES."""

    asked = Signal(str, str, object)
    opened = Signal(object)
    stroke = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.office = office
        self._stored_rows: tuple[SlipRow, ...] = ()
        self._drafts: tuple[SlipRow, ...] = ()
        self.search = SearchLine("姓名、拼音、编号、地点", "搜索报备单")
        self.search.searched.connect(lambda: self.ask())
        self.search.entered.connect(self._enter)
        above = office.level is not Level.COUNTY
        out = {OUT: "外出未归"} if above else {}
        values = {"": "全部", **out, **{item.name: item.value for item in WATCHED}}
        self.lists = Chips(values, "筛选", {item.name: tone_of(item.value) for item in WATCHED})
        self.lists.chosen.connect(lambda: self.ask())
        self.above = Above(office)
        hide_unless(self.above, above)
        self.above.chosen.connect(lambda: self.ask())
        self.table = RecordTable(
            _columns(office), lambda item: item.slip.id, "请假报备单列表", many=True, sheet="leave_slip"
        )
        self.table.opened.connect(self.opened)
        self.search.left_down.connect(self.table.enter)
        remember("leave", self.lists)
        self._nothing = EmptyState("search", "没有找到", hint="换一个词试试，或者清除筛选。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        tools = row(self.search, 4, self.lists, None, margins=(12, 10, 12, 4))
        layout = column(tools, self.above, self._stack, self._actions(), gap=4, margins=(5, 0, 5, 6))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.begin_at(self.table)
        self.table.selectionModel().selectionChanged.connect(self._count_chosen)

    def _actions(self) -> QHBoxLayout:
        """Return the buttons below the list; their keys work while the list has the keyboard."""
        self._chosen = label("", "quiet")
        buttons = []
        for name, text, key, tip in STROKES:
            tell = partial(self.stroke.emit, name)
            need = Act.ENTER if name in _WRITE else Act.READ
            act = act_button(need, f"{text}  {key}", tell, role="flat", tip=tip)
            act.setAccessibleName(text)
            act.setAutoDefault(True)
            buttons.append(act)
            if len(key) == 1:
                on_key(self.table, key, text, tell, inside=False, act=need)
        return row(self._chosen, *buttons, None, gap=4, margins=(12, 2, 12, 0))

    def _count_chosen(self) -> None:
        number = len(self.table.selectionModel().selectedRows())
        self._chosen.setText(f"选中 {number} 张：" if number else "选中后：")

    @property
    def rows(self) -> tuple[SlipRow, ...]:
        """All rows shown: what is not saved first."""
        names = {item.slip.id for item in self._drafts}
        return (*self._drafts, *(item for item in self._stored_rows if item.slip.id not in names))

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter is set."""
        return bool(self.search.text().strip() or self.lists.code() or self.above.narrowing().is_set)

    def ask(self) -> None:
        """Ask for the rows that fit."""
        self.asked.emit(self.search.text().strip(), self.lists.code(), self.above.narrowing())

    def seek(self) -> None:
        """Put the keyboard on the search line."""
        self.search.setFocus()
        self.search.selectAll()

    def narrow(self, code: str, county: str = "") -> None:
        """Show one of the lists whole, or a team's part of it: exactly what another page has counted."""
        self.search.clear()
        self.above.show_only(county)
        if self.lists.code() == code:
            self.ask()
        else:
            self.lists.choose(code)

    def _enter(self) -> None:
        self.ask()
        self.table.enter()

    def replace(self, listing: Listing, drafts: Mapping[str, LeaveSlip]) -> None:
        """Show other rows; slips that are not saved stand on top."""
        self._stored_rows = listing.rows
        self.lists.count(listing.counts)
        self._count_chosen()
        self._drafts = tuple(SlipRow(slip, UNSAVED) for slip in drafts.values())
        self.table.replace_rows(self.rows)
        self._stack.setCurrentIndex(0 if self.rows else 1)


def _columns(office: OfficeView) -> list[Column]:
    columns = [
        Column("编号", lambda item: item.slip.number, 96),
        Column("姓名", lambda item: item.slip.name, 92),
        Column("驻旗县", lambda item: item.slip.county, 160, shed=1),
        Column("外出地点", lambda item: item.slip.place, 130),
        Column("起止时间", _period, 204, sort=lambda item: item.slip.period),
        Column("应返回", lambda item: month_day(item.until) if item.until else "", 84, sort=_until),
        Column("天数", _days, 56, right=True, sort=_halves),
        Column("假别", lambda item: LEAVE_TYPE.word(item.slip.leave_type), 84, shed=3),
        Column("事由", lambda item: item.slip.reason, 130, shed=2, most=260),
        Column("状态", lambda item: item.state, 108, tone=lambda item: tone_of(item.state)),
        Column("待办", lambda item: item.brief, tip=lambda item: "\n".join(item.owed), most=160),
    ]
    return [item for item in columns if item.title not in _ABOVE or office.level is not Level.COUNTY]


def _until(item: SlipRow) -> str:
    return str(item.until or "9")  # whoever is not away stands behind


def _period(item: SlipRow) -> str:
    return short_period(parse_stored(item.slip.period)) or item.slip.period


def days_words(stored: str) -> str:
    """Return the natural days of a period, by halves: 4 or 2.5; nothing when it is not readable."""
    period = parse_stored(stored)
    return f"{period.days:g}" if period else ""


def _days(item: SlipRow) -> str:
    return days_words(item.slip.period)


def _halves(item: SlipRow) -> int:
    period = parse_stored(item.slip.period)
    return period.halves if period else 0
