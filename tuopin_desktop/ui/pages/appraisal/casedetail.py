"""One case beside its list: facts with their arithmetic, the member's words first, the ladder of measures, the end."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.records.dutychoices import MEASURE, OUTCOME, TRIGGER
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.services.recall.recall import CaseRow, Suspicion
from tuopin_desktop.ui.pages.appraisal.tab import Detail
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.parts import act_button, label, pill, row
from tuopin_desktop.ui.widgets.plain import set_tip

_ARTICLE = "依据管理办法第十六条。处理结论由自治区工作队管理办公室作出，在此之前一律为“疑似”。"


class CaseDetail(Detail):
    """`wanted(stroke, argument)`: open, hear, take, letter or close; the argument names the measure."""

    wanted = Signal(str, str)

    def __init__(self, office: OfficeView) -> None:
        super().__init__("处理事项详情", "选中一件，在此查看事实、本人说明和处理措施。", 340)
        self._region = office.level is Level.REGION

    def show_suspicion(self, suspicion: Suspicion) -> None:
        """Show a finding that no case is opened for."""
        self.begin()
        self._head(f"{suspicion.county_name}　{suspicion.name}", "疑似，未登记", "bad")
        self._facts("\n".join((suspicion.finding.sentence, *suspicion.finding.steps)))
        stroke = self._button("登记处理事项", "open", region=True, primary=True)
        self.put(stroke, None)
        self._close()

    def show_case(self, case_row: CaseRow) -> None:
        """Show a case."""
        self.begin()
        case = case_row.course.case
        self._head(
            f"{case_row.county_name}　{case_row.position}　{case_row.name}",
            case_row.state,
            "ok" if case.closed else "warn",
        )
        self.say(f"情形：{TRIGGER.word(case.trigger)}　派出单位：{case_row.unit}", "quiet")
        self._facts(case.facts)
        self._statement(case_row)
        self._ladder(case_row)
        self.part()
        if case.closed:
            text = f"{case.closed} 办结：{OUTCOME.word(case.outcome)}。{case.closing}"
            self.say(text)
        else:
            self.put(self._button("办结", "close", region=True), None)
        self._close()

    def _head(self, text: str, state: str, tone: str) -> None:
        self.say(text, "section")
        self.put(pill(state, tone), None)

    def _facts(self, text: str) -> None:
        self.part()
        self.say("事实和算式", "strong")
        self.say(text, "quiet")

    def _statement(self, case_row: CaseRow) -> None:
        self.part()
        self.say("本人说明（先于任何措施）", "strong")
        statement = case_row.course.statement
        if statement is not None:
            how = "逾期未作说明。" if statement.declined else ""
            self.say(f"{statement.said}　{how}{statement.words}", "quiet")
        if not case_row.course.case.closed:
            text = "修改说明" if statement else "登记本人说明"
            self.put(self._button(text, "hear", primary=statement is None), None)

    def _ladder(self, case_row: CaseRow) -> None:
        self.part()
        self.say("处理措施", "strong")
        measure_by_key = {one.measure: one for one in case_row.course.measures}
        for code, word in MEASURE.labels.items():
            if code == "reselect" and case_row.course.case.trigger != "absence":
                continue
            one = measure_by_key.get(code)
            note = f"{one.taken}　{one.paper}" if one else ""
            line = row(label(word), label(note, "quiet"), None)
            if case_row.course.heard and not case_row.course.case.closed:
                line.addWidget(self._button("修改" if one else "登记", "take", code, region=True))
            if case_row.course.heard:
                line.addWidget(self._button("公文", "letter", code))
            self._lines.addLayout(line)
            if one and one.replied:
                self.say(f"　派出单位{one.replied}回复：{one.reply}", "quiet")

    def _button(
        self, text: str, stroke: str, argument: str = "", *, region: bool = False, primary: bool = False
    ) -> QPushButton:
        slot: Callable[[], object] = partial(self.wanted.emit, stroke, argument)
        act = Act.PRINT if stroke == "letter" else Act.ENTER
        widget = act_button(act, text, slot, role="primary" if primary else "")
        if argument:
            widget.setAccessibleName(f"{MEASURE.word(argument)}：{text}")
        if region and not self._region:
            widget.setEnabled(False)
            set_tip(widget, "由自治区工作队管理办公室登记")
        return widget

    def _close(self) -> None:
        self.part()
        self.say(_ARTICLE, "faint")
        self.end()
