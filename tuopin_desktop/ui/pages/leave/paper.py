"""The slip on the desk: the official form to type on, and beside it what the form has no box for."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from tuopin_desktop.domain.display import FieldBox
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.consequence import month_day
from tuopin_desktop.domain.periods import understand
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.reading import read_date
from tuopin_desktop.domain.record import Owner, editable, fields
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.domain.records.choices import SLIP_FORM
from tuopin_desktop.ui import theme
from tuopin_desktop.ui.pages.leave.aside import (
    ProposalLine,
    SoFarLines,
    is_under_way,
    name_of,
    problem_lines,
    state_words,
)
from tuopin_desktop.ui.pages.leave.handling import HandlingPanel
from tuopin_desktop.ui.pages.leave.questions import SlipPreview
from tuopin_desktop.ui.pages.leave.steps import SlipState
from tuopin_desktop.ui.pages.leave.versions import Compared, VersionStrip
from tuopin_desktop.ui.paper.facsimile import FacsimileForm
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.days import period_words
from tuopin_desktop.ui.widgets.findings import FindingList
from tuopin_desktop.ui.widgets.form import RecordForm
from tuopin_desktop.ui.widgets.page import Pane
from tuopin_desktop.ui.widgets.parts import button, card, clear, column, label, mark, row, rule, tabs

_BESIDE = ("leave_type", "phone", "late_reason", "note")
_DATE_PARTS = ("year", "month", "day")
_OFFICE_ONLY = "由自治区工作队管理办公室承办人填写"
_HEADING_MM = 34
_TYPED = "Tab 跳格 · 浅蓝格可填 · 斜线格手写"
_INKED = "纸上已经签字，印好的格子只读，可以选中、复制。"
_VOID = "已经作废或撤回，整张只读，不再打印。"
_WEEK = "一二三四五六日"


class SlipDesk(QWidget):
    """Paper and side panel for one slip; `edited(slip)` carries it as it stands after something was typed."""

    edited = Signal(object)

    def __init__(self, fonts: PaperFonts, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self._slip, self._form = LeaveSlip(), ""
        self.fixed: dict[str, str] = {}
        self._standing: SlipState | None = None
        self.paper = FacsimileForm(fonts)
        self.paper.typed.connect(lambda: self._tell())
        leave_out = [item.name for item in editable(LeaveSlip) if item.name not in _BESIDE]
        self.beside = RecordForm(LeaveSlip, office, columns=1, leave_out=leave_out)
        self.beside.edited.connect(self._tell)
        self.proposal = ProposalLine()
        self.proposal.taken.connect(lambda code: self.beside.put("leave_type", code))
        self.findings = FindingList(nothing="按目前所填，没有需要注意的事项。")
        self._build()

    def _build(self) -> None:
        self._area = QScrollArea()
        self._area.setObjectName("canvas")
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setWidget(self.paper)
        self._area.setAccessibleName("报备单纸面")
        self.paper.entered.connect(lambda cell: self._area.ensureWidgetVisible(cell, 0, 60))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint = label(_TYPED, "quiet")
        self.strip = VersionStrip()
        tools = row(
            self._hint,
            self.strip.chips,
            None,
            button("", lambda: self._zoom(1 / 1.12), icon="zoom-out", role="flat", tip="缩小"),
            button("适合宽度", self.fit, role="flat"),
            button("整页", self.fit_page, role="flat"),
            button("", lambda: self._zoom(1.12), icon="zoom-in", role="flat", tip="放大"),
            gap=2,
            margins=(12, 4, 8, 4),
        )
        left = column(tools, self.strip, self._area, gap=0, margins=(1, 1, 1, 1))
        left.setStretch(2, 1)
        layout = row(card(left), self._side(), gap=12)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _side(self) -> QFrame:
        self._facts_words = {name: label("", wrap=True) for name in ("form", "number", "days")}
        self.ahead = SoFarLines()
        lines = [
            row(label(text, "label"), self._facts_words[name], None, gap=10)
            for name, text in (("form", "用表"), ("number", "编号"), ("days", "天数"))
        ]
        self._problems = column(gap=2)
        self._problems_title = label("保存前请改正", "section")
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(
            column(
                *lines,
                self.ahead,
                rule(),
                self.proposal,
                self.beside,
                rule(),
                self._problems_title,
                self._problems,
                label("办法要求", "section"),
                self.findings,
                None,
                gap=8,
                margins=(16, 12, 16, 12),
            )
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setAccessibleName("表外内容")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame = card(column(self._tabs(area), self._pages, gap=0, margins=(1, 1, 1, 1)))
        frame.setFixedWidth(theme.scaled(self, 330))
        return frame

    def _tabs(self, filling: QWidget) -> QHBoxLayout:
        self._tab = tabs("填写或办理", "填写", "办理")
        self._tab.setTabToolTip(1, "F6 在表与办理之间切换")
        self.handling = HandlingPanel(self._office)
        self.handling.called.connect(lambda: self._tab.setCurrentIndex(1))
        self._pages = QStackedWidget()
        self._pages.addWidget(filling)
        self._pages.addWidget(self.handling)
        self._tab.currentChanged.connect(self._pages.setCurrentIndex)
        return row(self._tab, None, label("F6 切换", "hint"), margins=(14, 4, 14, 0))

    # -- content

    def open(self, composed: SlipPreview) -> None:
        """Put another slip on the desk."""
        self._slip = composed.slip
        self._form = ""
        self.beside.load(composed.slip)
        self.show_standing(composed.standing)
        self.show_composed(composed)
        self.paper.fill(_cell_texts(composed.slip))

    def renew(self, composed: SlipPreview) -> None:
        """Take over what changed in the kept slip meanwhile; what is being typed stays."""
        before, values, after = _cell_texts(self._slip), self.paper.values(), _cell_texts(composed.slip)
        self._slip = composed.slip
        self.paper.fill({name: after[name] if text == before[name] else text for name, text in values.items()})
        self.show_standing(composed.standing)

    def show_composed(self, composed: SlipPreview) -> None:
        """Show the slip as it would be printed, and what is said of it."""
        if composed.form != self._form:
            self._form = composed.form
            values = self.paper.values()
            self.paper.set_form(merged_date(composed.boxes), self._locked())
            self._fix(self._standing)
            self.paper.fill({**_cell_texts(composed.slip), **values})
            self.fit()
        self.paper.show_sheet(composed.sheet)
        self.paper.fill(_cell_texts(self.slip()))
        self._say_problems(composed)
        self.findings.replace(composed.findings)
        self.ahead.show_so_far(composed.so_far)
        self.findings.hush(composed.so_far is not None and composed.so_far.short)
        self.proposal.show_code(composed.proposed if self.beside.isEnabled() else "")
        self._facts_words["form"].setText(SLIP_FORM.word(composed.form))
        self._facts_words["number"].setText(composed.slip.number or "保存时编号")
        days, wrong = _counted(composed.slip.period)
        self._facts_words["days"].setText(days)
        mark(self._facts_words["days"], "role", "problem" if wrong else "strong")

    def slip(self, *, mark: bool = True) -> LeaveSlip:
        """Return the slip as it stands on paper and beside it; without `mark` what cannot be read is passed over."""
        values = self.paper.values()
        day = read_date(values.pop("filled", ""), self._office.today) or self._slip.filled
        period = understand(values.get("period", ""), day or self._office.today).period
        if period is not None:
            values["period"] = period.stored()
        values = {name: text for name, text in values.items() if name not in self.fixed}
        day = self._slip.filled if "filled" in self.fixed else day
        beside: LeaveSlip = self._slip
        try:
            beside = self.beside.record()
        except Refused as refused:
            if mark:
                self.beside.show_problems(refused.problems)
        return msgspec.structs.replace(
            self._slip, **values, filled=day, **{name: getattr(beside, name) for name in _BESIDE}
        )

    def refused(self, problems: Sequence[Problem]) -> None:
        """Go to the first field that keeps the slip from being saved."""
        names = [name for problem in problems for name in problem.fields]
        on_paper = next((name for name in names if name in self.paper.cells), None)
        if on_paper:
            self.paper.go_to(on_paper)
        else:
            self.beside.show_problems(problems)

    def named(self, slip: LeaveSlip, *, is_kept: bool) -> tuple[str, str]:
        """Return what the head of the page says of a slip: its name, and how it stands."""
        return name_of(slip), state_words(slip, self._standing, is_kept=is_kept)

    @property
    def ways(self) -> frozenset[str]:
        """The steps that can be taken of a slip with ink; none of one that is still written."""
        standing = self._standing
        return frozenset(step.key for step in standing.steps) if standing is not None and self.fixed else frozenset()

    @property
    def anchor(self) -> QRect:
        """Where a question about the slip stands: the heads of the side panel, on the screen."""
        return QRect(self._tab.mapToGlobal(self._tab.rect().topLeft()), self._tab.size())

    def fit(self) -> None:
        """Show the paper as wide as there is room, from its heading on."""
        room = self._area.viewport().width() - 24
        self.paper.set_zoom(min(room / 210, 4.4))
        self._area.verticalScrollBar().setValue(round(_HEADING_MM * self.paper.zoom))

    def fit_page(self) -> None:
        """Show the whole paper."""
        self.paper.set_zoom((self._area.viewport().height() - 16) / 297)

    def _zoom(self, factor: float) -> None:
        self.paper.set_zoom(self.paper.zoom * factor)

    def _tell(self) -> None:
        self.edited.emit(self.slip())

    def _locked(self) -> Mapping[str, str]:
        if self._office.level is Level.REGION:
            return {}
        return {item.name: _OFFICE_ONLY for item in fields(LeaveSlip) if item.owner is Owner.REGION}

    def show_standing(self, standing: SlipState | None) -> None:
        """Show how a kept slip stands; a slip that is not kept yet has nothing to handle."""
        self._standing = standing
        self._fix(standing)
        self._tab.setTabEnabled(1, standing is not None)
        if standing is not None:
            self.handling.show_standing(standing)

    def _fix(self, standing: SlipState | None) -> None:
        """Make read-only what stands as it was signed, and say why; what is void is read as a whole."""
        fixed = self.fixed = dict(standing.fixed) if standing is not None else {}
        self.paper.set_fixed(fixed, standing.ink if standing is not None else {})
        why = next((fixed[name] for name in self.paper.cells if name in fixed), "")
        versions, links = (standing.versions, standing.links) if standing is not None else ((), ())
        differs = standing.compared if standing is not None else Compared()
        line = (_VOID if standing is not None and standing.story.slip.ended else _INKED) if why else ""
        self.strip.show_versions(versions, f"{line}{differs.sentence}", links)
        self.strip.explain(why)
        self._hint.setVisible(not why and not versions and not links)
        self.paper.mark_cells(differs.cells)
        self.beside.setEnabled(not any(name in fixed for name in _BESIDE))

    def begin(self) -> None:
        """Put the keyboard where the work is: on the next step of a slip that is under way, else on the paper."""
        under_way = is_under_way(self._standing)
        self._tab.setCurrentIndex(1 if under_way else 0)
        if under_way:
            self.handling.take_keyboard()
        else:
            self.paper.first_empty()

    def panes(self) -> list[Pane]:
        """Return the paper and, once there are steps, these."""
        whole = [Pane(self.paper, self.paper.first_empty), Pane(self.handling, self._enter_steps)]
        return whole if self._standing is not None else whole[:1]

    def _enter_steps(self) -> None:
        self._tab.setCurrentIndex(1)
        self.handling.take_keyboard()

    def _say_problems(self, composed: SlipPreview) -> None:
        clear(self._problems)
        lines = problem_lines(composed)
        for line in lines:
            self._problems.addWidget(label(line, "problem", wrap=True))
        self._problems_title.setVisible(bool(lines))
        at_cells = {name: str(problem) for problem in composed.problems for name in problem.fields}
        filled = {name for name, text in self.paper.values().items() if text.strip()}
        self.paper.show_problems({name: sentence for name, sentence in at_cells.items() if name in filled})


def holds(desk: SlipDesk, slip: LeaveSlip) -> bool:
    """Tell whether it is this slip that lies on a desk."""
    return desk.slip(mark=False).id == slip.id


def take_over(desk: SlipDesk, copy: LeaveSlip, composed: SlipPreview) -> None:
    """Show a slip as it is stored; what was typed since its `copy` was sent to be stored stays."""
    if desk.slip(mark=False) == copy:
        desk.open(composed)
    else:
        desk.renew(composed)
        desk.edited.emit(desk.slip())


def merged_date(boxes: Sequence[FieldBox]) -> list[FieldBox]:
    """Return the boxes with year, month and day as one field: a date is typed in one go."""
    parts = {box.name: box for box in boxes if box.name in _DATE_PARTS}
    if len(parts) != len(_DATE_PARTS):
        return list(boxes)
    year, day = parts["year"], parts["day"]
    whole = msgspec.structs.replace(
        year, name="filled", label="填表日期", width=day.x + day.width - year.x, align="center"
    )
    field_boxes = [whole if box.name == "year" else box for box in boxes]
    return [box for box in field_boxes if box.name not in _DATE_PARTS]


def _cell_texts(slip: LeaveSlip) -> dict[str, str]:
    values = {item.name: str(getattr(slip, item.name) or "") for item in fields(LeaveSlip)}
    values["period"] = period_words(slip.period)
    values["filled"] = slip.filled.isoformat() if slip.filled else ""
    return values


def _counted(stored: str) -> tuple[str, bool]:
    """Return the days of a period in words, and whether its ends are the wrong way round: said while it is typed."""
    period = parse_stored(stored)
    if period is None:
        return "填写起止时间后计算", False
    if period.halves <= 0:
        return f"止日{month_day(period.last)}早于起日{month_day(period.first)}，请改", True
    return f"{period.days:g} 天（{_weekday(period.first)}至{_weekday(period.last)}）", False


def _weekday(day: date) -> str:
    return f"周{_WEEK[day.weekday()]}"
