"""The quiet parts of a slip's side panel: how it stands at the head, the state of a step, what happened so far."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from tuopin_desktop.domain.leave.events import Event
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.ui.pages.leave.steps import SlipState, Step
from tuopin_desktop.ui.slips.tones import tone_of
from tuopin_desktop.ui.widgets.parts import column, label, pill, row, rule

_ROLES = {"bad": "problem", "warn": "due", "ok": "done"}


def head(rows: QVBoxLayout, standing: SlipState) -> None:
    """Say the state, whom to ring, what an overstay comes to, and what is owed."""
    text = standing.story.words
    rows.addLayout(row(pill(text, tone_of(text)), None))
    if standing.reach:
        rows.addWidget(label(f"联系电话 {standing.reach}", "strong"))
    if standing.overdue:
        rows.addWidget(label(standing.overdue, "problem", wrap=True))
    for owed in standing.story.owed:
        rows.addWidget(label(f"· {owed}", "quiet", wrap=True))
    if not standing.story.owed:
        rows.addWidget(label("没有未办事项。", "quiet"))


def state(step: Step) -> QLabel:
    """Return how a step stands, in its tone."""
    return label(step.state, _ROLES.get(step.tone, "quiet"), wrap=True)


def told(rows: QVBoxLayout, step: Step) -> None:
    """Say how a step stands that is somebody else's to record: there is nothing to press."""
    rows.addLayout(column(label(step.title, wrap=True), state(step), gap=0))
    rows.addWidget(rule())


def timeline(rows: QVBoxLayout, events: Sequence[Event]) -> None:
    """Say what happened, a line each."""
    rows.addSpacing(4)
    rows.addWidget(label("经过", "section"))
    for event in events:
        day = label(f"{event.day:%y-%m-%d}", "faint")
        day.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = row(day, label(event.words, "quiet", wrap=True), gap=8)
        line.setStretch(1, 1)
        rows.addLayout(line)


def short(problem: Problem) -> Problem:
    """Return the problem as it is said in a narrow column; the message line has all of it."""
    if problem.code != "signer":
        return problem
    return msgspec.structs.replace(problem, sentence="不是在任者，也没有受权登记", article=0)
