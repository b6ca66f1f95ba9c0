"""The lists of the segment 抽查: checks, how far teams are covered, draws; and the strokes below them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records.choices import CHECK_TYPE, CHECKED_HALF, DRAWN, FOUND, MATTER
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.domain.spotchecks.course import Stage
from tuopin_desktop.services.spotchecks.spotchecks import Coverage, SpotCheckRow
from tuopin_desktop.ui.pages.spotchecks.questions import DrawRow, Whole
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.days import short_day
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.filtermemory import remember
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.parts import act_button, column, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

LISTS = {"all": "检查记录", "open": "待整改", "mended": "待销号", "teams": "各总队", "draws": "抽签记录"}
STAGES = {"all": tuple(Stage), "open": (Stage.OPEN, Stage.OVERDUE), "mended": (Stage.MENDED,)}
_TONES = {
    Stage.CLEAR: "quiet",
    Stage.OPEN: "warn",
    Stage.OVERDUE: "bad",
    Stage.MENDED: "warn",
    Stage.CLOSED: "ok",
}
_DRAWN_HERE = "抽签由程序当场抽取并留底，不能从别处粘贴"
_WRITE = ("edit", "rectify", "close", "reopen", "record")
STROKES = {
    "checks": (
        ("edit", "修改", "E"),
        ("rectify", "登记整改", "Z"),
        ("close", "销号", "X"),
        ("reopen", "撤销销号", "U"),
    ),
    "teams": (("record", "登记检查结果", "R"), ("sheet", "检查表 PDF", "B"), ("print", "打印检查表", "P")),
    "draws": (
        ("prove", "核验", "H"),
        ("protocol", "抽签记录 PDF", "J"),
        ("sheet", "检查表 PDF", "B"),
        ("print", "打印检查表", "P"),
    ),
}
"""What can be done with the current row of each list: stroke, words, key."""


class CheckLists(QFrame):
    """`stroke` names what is wanted with the current row of the list shown."""

    stroke = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._whole = Whole((), (), (), ())
        self.lists = Chips(LISTS, "抽查", {"open": "bad", "mended": "warn"})
        self.lists.chosen.connect(lambda _: self._show())
        remember("checks", self.lists)
        above = office.level is not Level.COUNTY
        self.checks = RecordTable(
            _checks(above=above), lambda item: item.id, "检查记录", sheet="spot_check" if above else "own_check"
        )
        self.teams = RecordTable(_teams(), lambda item: item.county, "各总队检查情况")
        self.draws = RecordTable(_draws(), lambda item: item.draw.id, "抽签记录", no_paste=_DRAWN_HERE)
        self.tables = {"checks": self.checks, "teams": self.teams, "draws": self.draws}
        self._detail = label("", "quiet", wrap=True)
        self._detail.setMinimumHeight(40)
        self._nothing = EmptyState("clipboard-check", "没有记录")
        self._stack = QStackedWidget()
        self._feet = QStackedWidget()
        for name, table in self.tables.items():
            table.current_changed.connect(self._tell)
            table.opened.connect(self._open)
            self._stack.addWidget(table)
            self._feet.addWidget(self._strokes(name, table))
        self._stack.addWidget(self._nothing)
        self._feet.setFixedHeight(self._feet.sizeHint().height())
        tools = row(self.lists, None, margins=(12, 10, 12, 4))
        detail = row(self._detail, margins=(16, 2, 16, 2))
        whole = column(tools, self._stack, detail, self._feet, gap=2, margins=(5, 0, 5, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _strokes(self, name: str, table: RecordTable) -> QFrame:
        buttons = []
        for stroke, text, key in STROKES[name]:
            need = Act.ENTER if stroke in _WRITE else Act.READ
            act = act_button(need, f"{text}  {key}", lambda stroke=stroke: self.stroke.emit(stroke), role="flat")  # type: ignore[misc]  # a lambda's default is not inferred
            act.setAccessibleName(text)
            buttons.append(act)
            on_key(table, key, text, lambda stroke=stroke: self.stroke.emit(stroke), inside=False, act=need)  # type: ignore[misc]  # a lambda's default is not inferred
        feet = QFrame()
        layout: QHBoxLayout = row(label("选中后：", "quiet"), *buttons, None, gap=4, margins=(12, 0, 12, 0))
        feet.setLayout(layout)
        return feet

    @property
    def code(self) -> str:
        """The list shown: checks, teams or draws."""
        return self.lists.code() if self.lists.code() in ("teams", "draws") else "checks"

    @property
    def table(self) -> RecordTable:
        """The table of the list shown."""
        return self.tables[self.code]

    def replace(self, whole: Whole) -> None:
        """Show other records."""
        self._whole = whole
        counts = {name: sum(item.course.stage in stages for item in whole.checks) for name, stages in STAGES.items()}
        self.lists.count({**counts, "teams": len(whole.teams), "draws": len(whole.draws)})
        self._show()

    def _show(self) -> None:
        items: Sequence[object] = {"teams": self._whole.teams, "draws": self._whole.draws}.get(self.lists.code(), ())
        if self.code == "checks":
            stages = STAGES[self.lists.code()]
            items = [item for item in self._whole.checks if item.course.stage in stages]
        self.table.replace_rows(items)
        self._feet.setCurrentIndex(list(self.tables).index(self.code))
        self._nothing.say(f"{LISTS[self.lists.code()]}：没有", _HINTS.get(self.lists.code(), ""))
        self._stack.setCurrentWidget(self.table if items else self._nothing)
        self._tell(self.table.current())

    def _tell(self, item: object) -> None:
        if item is not None and item is not self.table.current():
            return
        self._detail.setText(_finding_words(item) if item is not None else "")

    def _open(self, item: object) -> None:
        self.stroke.emit({"checks": "rectify", "teams": "record", "draws": "prove"}[self.code])


_HINTS = {
    "all": "先抽签（Ctrl+D），打印检查表，检查后登记结果（Ctrl+N）。",
    "draws": "抽签（Ctrl+D）：距上次检查越久，抽中的机会越大；抽取编号记录在案，日后可以核验。",
}


def _finding_words(item: object) -> str:
    """Return in words what the current row has no column for."""
    if isinstance(item, SpotCheckRow):
        check = item.course.check
        messages = [
            f"问题：{check.finding}" if check.finding else "",
            f"凭据：{check.evidence}" if check.evidence else "",
        ]
        messages += [
            f"{short_day(one.done)}整改：{one.words}{f'（{one.by}）' if one.by else ''}" for one in item.course.answers
        ]
        if check.closed:
            messages.append(
                f"{check.closed}{check.closed_by}销号{f'：{check.closed_words}' if check.closed_words else ''}"
            )
        return "　".join(part for part in messages if part) or "没有发现问题。"
    if isinstance(item, Coverage):
        return f"从未查到：{'、'.join(item.unseen)}" if item.unseen else "在派人员都查到过。"
    if isinstance(item, DrawRow):
        return f"抽中：{'、'.join(item.names)}"
    return ""


def _checks(*, above: bool) -> list[Column]:
    columns = [
        Column("日期", _when, 122),
        Column("旗县", lambda item: item.county, 110, shed=3),
        Column("对象", lambda item: item.whom, 84, person=True),
        Column("方式", lambda item: CHECK_TYPE.word(item.course.check.manner), 108, shed=2),
        Column("在岗情况", lambda item: FOUND.word(item.course.check.found), 84),
        Column("问题", _finding),
        Column("检查", lambda item: item.office, 68, shed=4),
        Column("整改期限", lambda item: short_day(item.course.check.due), 98, shed=1),
        Column("状态", _stage, 122, tone=lambda item: _TONES[item.course.stage]),
    ]
    return [item for item in columns if above or item.title != "旗县"]


def _when(item: SpotCheckRow) -> str:
    check = item.course.check
    return short_day(check.checked) + CHECKED_HALF.word(check.half)


def _finding(item: SpotCheckRow) -> str:
    check = item.course.check
    return check.finding or MATTER.word(check.matter)


def _stage(item: SpotCheckRow) -> str:
    again = f" 第{item.course.nth}次" if item.course.repeated else ""
    return item.course.stage.value + again


def _teams() -> list[Column]:
    return [
        Column("总队", lambda item: item.name, 0),
        Column(
            "上次检查",
            lambda item: short_day(item.last) or "从未检查",
            104,
            tone=lambda item: "" if item.last else "warn",
        ),
        Column(
            "已过天数",
            lambda item: "" if item.days is None else str(item.days),
            84,
            right=True,
            sort=lambda item: item.days or 99999,
        ),
        Column("近一年次数", lambda item: str(item.count), 96, right=True, sort=lambda item: item.count),
        Column("在派人数", lambda item: str(item.people), 84, right=True, sort=lambda item: item.people, shed=2),
        Column("从未查到", lambda item: f"{len(item.unseen)}人" if item.unseen else "", 84, right=True, shed=1),
        Column("未销号", lambda item: str(item.pending or ""), 74, right=True, sort=lambda item: item.pending),
        Column("超期", lambda item: str(item.overdue or ""), 60, tone=lambda item: "bad" if item.overdue else ""),
        Column("重复问题", lambda item: str(item.repeated or ""), 84, right=True, sort=lambda item: item.repeated),
    ]


def _draws() -> list[Column]:
    return [
        Column("日期", lambda item: short_day(item.draw.drawn), 100),
        Column("对象", lambda item: DRAWN.word(item.draw.of), 90),
        Column("抽取", lambda item: f"{len(item.names)}/{item.candidates}", 80, right=True),
        Column("抽取编号", lambda item: item.draw.seed, 150),
        Column("抽中", lambda item: "、".join(item.names)),
        Column("在场人", lambda item: item.draw.witness, 110, shed=1),
    ]
