"""The rows of a slip's steps beside its paper: how each stands, and the button that takes it."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from tuopin_desktop.domain.leave.events import Event
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.pages.leave.steps import SlipState, Step
from tuopin_desktop.ui.pages.leave.todo import PRINT
from tuopin_desktop.ui.slips.travellers import tone_of
from tuopin_desktop.ui.widgets.parts import act_button, column, label, pill, row, rule

BUTTONS_ONLY = "变更"
"""The section whose steps stand side by side."""
_ROLES = {"bad": "problem", "warn": "due", "ok": "done"}


def lay_head(rows: QVBoxLayout, standing: SlipState) -> None:
    """Say the state, whom to ring, what an overstay comes to, and what is owed."""
    text = standing.story.state_words
    rows.addLayout(row(pill(text, tone_of(text)), None))
    if standing.reach:
        rows.addWidget(label(f"联系电话 {standing.reach}", "strong"))
    if standing.overdue:
        rows.addWidget(label(standing.overdue, "problem", wrap=True))
    for owed in standing.story.owed:
        if not owed.startswith(_NUMBERED):
            rows.addWidget(label(f"· {owed}", "quiet", wrap=True))
    if not standing.story.owed and not standing.todo:
        rows.addWidget(label("没有未办事项。", "quiet"))


_NUMBERED = ("缺", "未销假（")
"""What is owed and stands among the numbered steps already."""


def lay_todo(rows: QVBoxLayout, standing: SlipState, print_: Callable[[], object]) -> QPushButton | None:
    """Number what is to be done, the first in bold; return its button where it is to be printed."""
    if not standing.todo:
        return None
    waits = standing.story.unsigned_version
    rows.addSpacing(4)
    rows.addLayout(row(label("下一步", "section"), None, label("还没有生效" if waits else "", "due")))
    for number, one in enumerate(standing.todo, 1):
        sign = pill(str(number), "now" if number == 1 else "quiet")
        line = row(sign, label(one.text, "strong" if number == 1 else "quiet", wrap=True), gap=8)
        line.setStretch(1, 1)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(line)
    if standing.todo[0].key != PRINT:
        return None
    act = act_button(Act.PRINT, "打印  Ctrl+P", print_, icon="printer", role="primary", tip=standing.todo[0].text)
    act.setAutoDefault(True)
    rows.addLayout(row(act, None))
    return act


def step_state(step: Step) -> QLabel:
    """Return how a step stands, in its tone."""
    return label(step.state, _ROLES.get(step.tone, "quiet"), wrap=True)


def others_step(rows: QVBoxLayout, step: Step) -> None:
    """Say how a step stands that is somebody else's to record: there is nothing to press."""
    rows.addLayout(column(label(step.title, wrap=True), step_state(step), gap=0))
    rows.addWidget(rule())


def lay_timeline(rows: QVBoxLayout, events: Sequence[Event]) -> None:
    """Say what happened, a line each."""
    rows.addSpacing(4)
    rows.addWidget(label("经过", "section"))
    for event in events:
        day = label(f"{event.day:%y-%m-%d}", "faint")
        day.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = row(day, label(event.words, "quiet", wrap=True), gap=8)
        line.setStretch(1, 1)
        rows.addLayout(line)


class StepRows(QObject):
    """Lays the steps of a slip; `pressed` carries the one whose button was, `slots` are where their forms go."""

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self.slots: dict[str, QVBoxLayout] = {}

    def lay(self, rows: QVBoxLayout, steps: Sequence[Step]) -> None:
        """Lay them anew, section by section."""
        self.buttons, self.slots = {}, {}
        for section, some in groupby(steps, key=lambda step: step.section):
            rows.addSpacing(4)
            rows.addWidget(label(section, "section"))
            if section == BUTTONS_ONLY:
                self._lay_side_by_side(rows, list(some))
            else:
                for step in some:
                    self._lay_step(rows, step) if step.button else others_step(rows, step)

    def _lay_step(self, rows: QVBoxLayout, step: Step) -> None:
        act = self._button(step, "" if step.owed else "flat")
        act.setAccessibleName(f"{step.title}：{step.button}（{step.state}）")
        line = row(column(label(step.title, wrap=True), step_state(step), gap=0), act, gap=6)
        line.setStretch(0, 1)
        rows.addLayout(line)
        self._slot(rows, [step])

    def _lay_side_by_side(self, rows: QVBoxLayout, steps: list[Step]) -> None:
        rows.addLayout(row(*(self._button(step, "flat") for step in steps), None, gap=2))
        self._slot(rows, steps)

    def _slot(self, rows: QVBoxLayout, steps: list[Step]) -> None:
        slot = column(gap=0)
        rows.addLayout(slot)
        rows.addWidget(rule())
        self.slots.update(dict.fromkeys((step.key for step in steps), slot))

    def _button(self, step: Step, role: str) -> QPushButton:
        self.buttons[step.key] = act = act_button(Act.ENTER, step.button, partial(self.pressed.emit, step), role=role)
        act.setAutoDefault(True)
        return act
