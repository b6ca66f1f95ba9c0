"""The list of people: search, two filters, and the rows."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from tuopin_desktop.domain.columns import ROSTER
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.masking import veil_number
from tuopin_desktop.domain.records.choices import POSITION, RANK
from tuopin_desktop.services.people.roster import STANDINGS, PersonRow
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.days import short_day
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.front import Front
from tuopin_desktop.ui.widgets.parts import column, hide_unless, label, row
from tuopin_desktop.ui.widgets.search import SearchLine
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_TONES = {"在岗": "ok", "驻村": "ok", "外出": "warn", "待到岗": "warn", "未派驻": "warn", "已离任": "quiet"}
_POSITIONS = list(POSITION.labels)


class PeopleList(Front):
    """`asked(text, where)` wants other rows; `opened` carries the row to look at."""

    asked = Signal(str, dict)
    opened = Signal(object)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.search = SearchLine("姓名或拼音首字母（如 zjg）", "搜索人员")
        self.search.setMinimumWidth(300)
        self.search.setMaximumWidth(360)
        self.search.searched.connect(lambda: self.ask())
        self.search.entered.connect(self._enter)
        counties = office.vocabulary["旗县"].labels
        self.county = FilterBox("全部旗县", _below(counties, office.scope), "按旗县筛选")
        hide_unless(self.county, office.level is not Level.COUNTY)
        self.state = FilterBox("全部状态", {state: state for state in STANDINGS}, "按状态筛选")
        for box in (self.county, self.state):
            box.chosen.connect(lambda: self.ask())
        self.table = RecordTable(_columns(office), lambda item: item.person.id, "人员列表", many=True, sheet=ROSTER)
        self.table.opened.connect(self.opened)
        self.search.left_down.connect(self.table.enter)
        self._count = label("", "quiet")
        self._nobody = EmptyState("search", "没有找到", hint="换一个词试试，或者清除筛选。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        tools = row(self.search, self.county, self.state, None, self._count, margins=(12, 10, 16, 4))
        layout = column(tools, self._stack, gap=2, margins=(5, 0, 5, 6))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.begin_at(self.table)

    def where(self) -> dict[str, str]:
        """Return the filters that are set."""
        values = {"county": self.county.code(), "state": self.state.code()}
        return {name: value for name, value in values.items() if value}

    def narrow(self, state: str) -> None:
        """Show everybody of a state, of whatever county and name."""
        self.search.clear()
        self.county.setCurrentIndex(0)
        self.state.setCurrentIndex(max(0, self.state.findData(state)))
        self.ask()

    def ask(self) -> None:
        """Ask for the rows that fit the search and the filters."""
        self.asked.emit(self.search.text().strip(), self.where())

    def _enter(self) -> None:
        self.ask()
        self.table.enter()

    def replace(self, rows: Sequence[PersonRow]) -> None:
        """Show other rows."""
        self.table.replace_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._count.setText(f"显示 {len(rows)} 人")


def _below(counties: Mapping[str, str], scope: str) -> dict[str, str]:
    return {code: name for code, name in counties.items() if code.startswith(scope)}


def _columns(office: OfficeView) -> list[Column]:
    sexes, peoples = office.vocabulary["性别"], office.vocabulary["民族"]
    columns = [
        Column("姓名", lambda item: item.person.name, 100, most=200),
        Column("性别", lambda item: sexes.word(item.person.sex), 60, shed=3),
        Column("民族", lambda item: peoples.word(item.person.ethnicity), 84, shed=4),
        Column("队内职务", _position, 84, sort=_order),
        Column("派驻旗县", lambda item: item.county_name, 140),
        Column("派出单位", lambda item: item.person.unit),
        Column("职级", lambda item: RANK.word(item.person.rank), 64, shed=1),
        Column("派驻起", lambda item: short_day(item.posting.since) if item.posting else "", 100, shed=2),
        Column("手机", lambda item: item.person.phone and veil_number(item.person.phone), 116),
        Column("状态", lambda item: item.state, 84, tone=lambda item: _TONES.get(item.state, "quiet")),
    ]
    return [item for item in columns if item.title != "派驻旗县" or office.level is not Level.COUNTY]


def _position(item: PersonRow) -> str:
    return POSITION.word(item.posting.position) if item.posting else ""


def _order(item: PersonRow) -> int:
    position = item.posting.position if item.posting else ""
    return _POSITIONS.index(position) if position in _POSITIONS else len(_POSITIONS)
