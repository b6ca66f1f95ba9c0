"""The segment 证据核对: contradictions with both sides, explained in one line, sent back by the region office."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout

from tuopin_desktop.domain.contradictions.kinds import KINDS, Side
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.evidence import evidence
from tuopin_desktop.services.evidence.evidence import ContradictionRow
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.chips import Chips
from tuopin_desktop.ui.widgets.combo import FilterBox
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.filtermemory import remember
from tuopin_desktop.ui.widgets.parts import act_button, button, clear, column, hide_unless, label, row
from tuopin_desktop.ui.widgets.table import Column, RecordTable

_STATES = {"pending": "待核", "explained": "已说明", "": "全部"}
_TONES = {"open": "warn", "returned": "bad", "explained": "ok"}


class ContradictionList(QFrame):
    """`explained(id, words, by)` closes one, `reopened(id, words)` sends it back, `followed(key)` shows a record."""

    explained = Signal(str, str, str)
    reopened = Signal(str, str)
    followed = Signal(str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._office = office
        self._rows: Sequence[ContradictionRow] = ()
        self._typed: dict[str, str] = {}
        self._current: ContradictionRow | None = None
        self.states = Chips(_STATES, "证据核对", {"pending": "warn"})
        self.county = FilterBox("全部旗县", {}, "按旗县筛选")
        hide_unless(self.county, office.level is not Level.COUNTY)
        self.county.setMaximumWidth(150)
        self.person = FilterBox("全部人员", {}, "按人员筛选")
        self.kind = FilterBox("全部类别", KINDS, "按类别筛选")
        self.kind.setMaximumWidth(210)
        self.month = FilterBox("全部月份", {}, "按月份筛选")
        self.states.chosen.connect(lambda _: self._show())
        self._boxes = (self.county, self.person, self.kind, self.month)
        for box in self._boxes:
            box.chosen.connect(lambda _: self._show())
        remember("checks", self.states)
        self.table = RecordTable(_columns(above=office.level is not Level.COUNTY), lambda item: item.id, "证据疑点")
        self.table.current_changed.connect(self._tell)
        self.table.opened.connect(lambda _: self.explanation.setFocus())
        self._nothing = EmptyState("circle-check", "没有待核的证据疑点", hint=_HINT)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        tools = row(self.states, None, *self._boxes, margins=(12, 10, 12, 4))
        whole = column(tools, self._stack, self._detail(), gap=2, margins=(5, 0, 5, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _detail(self) -> QFrame:
        self._sentence = label("", "strong", wrap=True)
        self._sides: QVBoxLayout = column(gap=0)
        self._answer = label("", "quiet", wrap=True)
        self.explanation = QLineEdit()
        self.explanation.setAccessibleName("说明")
        self.explanation.setPlaceholderText("写明两处记录为什么不一致，回车关闭这条疑点")
        self.explanation.setMaxLength(500)
        self.explanation.returnPressed.connect(self._act)
        self.explanation.textEdited.connect(self._keep)
        self.by = QLineEdit(self._office.user)
        self.by.setAccessibleName("说明人")
        self.by.setMaximumWidth(110)
        self.by.returnPressed.connect(self._act)
        self.act = act_button(Act.ENTER, "说明并关闭", self._act, role="primary")
        self._by_words = label("说明人", "label")
        self.detail = QFrame()
        line = row(self.explanation, self._by_words, self.by, self.act)
        line.setStretch(0, 1)
        self.detail.setLayout(column(self._sentence, self._sides, self._answer, line, gap=4, margins=(12, 6, 12, 4)))
        self.detail.hide()
        return self.detail

    # -- rows

    def replace(self, rows: Sequence[ContradictionRow]) -> None:
        """Show other contradictions."""
        self._rows = rows
        _fill(self.county, "全部旗县", {row.item.county: row.county_name for row in rows})
        _fill(self.person, "全部人员", {row.item.who: row.item.who for row in rows})
        _fill(self.month, "全部月份", {name: name for row in rows for name in row.months})
        self._show()

    def select(self, contradiction_id: str) -> None:
        """Go to one, whatever the filters are."""
        for box in self._boxes:
            box.setCurrentIndex(0)
        self.states.choose("")
        self.table.select(contradiction_id)

    def narrow(self, county: str) -> None:
        """Show the open ones of a county, all of them: exactly what another page has counted."""
        for box in self._boxes:
            box.setCurrentIndex(0)
        self.county.setCurrentIndex(max(0, self.county.findData(county)))
        self.states.choose("pending")
        self._show()

    def _show(self) -> None:
        names = ("county", "person", "what", "month")
        values = {name: box.code() for name, box in zip(names, self._boxes, strict=True)}
        narrowed = evidence.select(list(self._rows), **values)
        self.states.count({state: len(evidence.select(narrowed, state=state)) for state in _STATES})
        contradiction_rows = evidence.select(narrowed, state=self.states.code())
        self.table.replace_rows(contradiction_rows)
        self._stack.setCurrentWidget(self.table if contradiction_rows else self._nothing)
        self._nothing.say("没有待核的证据疑点" if self.states.code() == "pending" else "没有", _HINT)
        self._tell(self.table.current())

    # -- the current one

    def _tell(self, item: ContradictionRow | None) -> None:
        self._current = item
        self.detail.setVisible(item is not None)
        if item is None:
            return
        clear(self._sides)
        self._sentence.setText(f"{item.item.who}：{item.item.sentence}")
        for side in item.item.sides[:_SIDES]:
            self._sides.addLayout(row(label(f"{side.label}：{side.words}"), self._link(side), None, gap=6))
        if len(item.item.sides) > _SIDES:
            self._sides.addWidget(label(f"还有{len(item.item.sides) - _SIDES}处记录", "quiet"))
        self._answer.setText(_answer_words(item))
        self._answer.setVisible(item.explanation is not None)
        closed = item.state == "explained"
        may_send_back = self._office.level is Level.REGION
        for part in (self.explanation, self.act):
            part.setVisible(not closed or may_send_back)
        self.by.setVisible(not closed)
        self._by_words.setVisible(not closed)
        self.act.setText("退回说明" if closed else "说明并关闭")
        hint = "写明退回的原因，回车退回" if closed else "写明两处记录为什么不一致，回车关闭这条疑点"
        self.explanation.setPlaceholderText(hint)
        self.explanation.setText(self._typed.get(item.id, ""))

    def _link(self, side: Side) -> QFrame:
        holder = QFrame()
        link = button("查看", self._follow(side.key), role="flat")
        link.setAccessibleName(f"查看{side.label}")
        holder.setLayout(row(link))
        return holder

    def _follow(self, key: str) -> Callable[[], object]:
        return lambda: self.followed.emit(key)

    def _keep(self, text: str) -> None:
        if self._current is not None:
            self._typed[self._current.id] = text

    def typed(self) -> dict[str, str]:
        """Return the explanations that are typed and not given yet, by contradiction."""
        return {key: text for key, text in self._typed.items() if text.strip()}

    def retype(self, contradiction_id: str, text: str) -> None:
        """Put back what was typed before; it stands there when the contradiction is chosen."""
        self._typed[contradiction_id] = text
        if self._current is not None and self._current.id == contradiction_id:
            self.explanation.setText(text)

    def unsaved(self) -> int:
        """Return how many explanations are typed and not given yet."""
        return len(self.typed())

    def taken(self, contradiction_id: str) -> None:
        """Forget what was typed: it is kept."""
        self._typed.pop(contradiction_id, None)

    def _act(self) -> None:
        item = self._current
        if item is None or not self.explanation.text().strip():
            self.explanation.setFocus()
            return
        if item.state == "explained":
            self.reopened.emit(item.id, self.explanation.text().strip())
        else:
            self.explained.emit(item.id, self.explanation.text().strip(), self.by.text().strip())


_SIDES = 4
"""Sides shown one by one."""

_HINT = "考勤、报备单、日志、抽查、往返交通、培训、周记、台账互相核对，不一致的列在这里。"


def _answer_words(item: ContradictionRow) -> str:
    explanation = item.explanation
    if explanation is None:
        return ""
    message = f"{explanation.said}{explanation.by}说明：{explanation.words}"
    if explanation.reopened and not explanation.stands:
        message += f"　{explanation.reopened_on}退回：{explanation.reopened_words}"
    return message


def _fill(box: FilterBox, everything: str, values: Mapping[str, str]) -> None:
    value = box.code()
    box.clear()
    box.addItem(everything, "")
    for code in sorted(values):
        box.addItem(values[code], code)
    box.setCurrentIndex(max(0, box.findData(value)))


def _columns(*, above: bool) -> list[Column]:
    columns = [
        Column("姓名", lambda item: item.item.who, 84, most=160),
        Column("旗县", lambda item: item.county_name, 110, shed=2),
        Column("日期", lambda item: item.item.period.first.isoformat(), 100),
        Column("类别", lambda item: item.title, 200, shed=1),
        Column("疑点", lambda item: item.item.sentence),
        Column("状态", lambda item: evidence.STATES[item.state], 92, tone=lambda item: _TONES[item.state]),
    ]
    return [item for item in columns if above or item.title != "旗县"]
