"""The side panel of a kept slip: ink, filings, return, calls and changes step by step, and what happened so far."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Opinion
from tuopin_desktop.ui.pages.leave.authority import Authority
from tuopin_desktop.ui.pages.leave.stepform import StepForm
from tuopin_desktop.ui.pages.leave.steprows import BUTTONS_ONLY, StepRows, lay_head, lay_timeline, lay_todo
from tuopin_desktop.ui.pages.leave.steps import SlipState, Step
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.widgets.parts import clear, column


def short_problem(problem: Problem) -> Problem:
    """Return the problem as it is said in a narrow column; the message line has all of it."""
    if problem.code != "signer":
        return problem
    return msgspec.structs.replace(problem, sentence="不是在任者，也没有受权登记", article=0)


_DAYS = ("signed", "filed")


class HandlingPanel(QScrollArea):
    """Shows how a slip stands; `wanted(key, record)` asks for a step, `foreseen(record)` what a return would be.

    `delegated(authorisation, opinion)` asks to record an authorisation and the signature that waits for it. What is
    typed into a form and not taken stays with its slip and step until it is.
    """

    wanted = Signal(str, object)
    delegated = Signal(object, object)
    foreseen = Signal(object)
    scan_wanted = Signal(str, str)
    called = Signal()
    print_wanted = Signal()

    def __init__(self, office: OfficeView) -> None:
        super().__init__()
        self._office = office
        self._standing: SlipState | None = None
        self._typed: dict[tuple[str, str], dict[str, str]] = {}
        self._proposed: dict[tuple[str, str], Record] = {}
        self._open = ""
        self._pending: Opinion | None = None
        self._coming_back = False
        self._wish = ("", "")
        self.last_day: date | None = None
        self.form: StepForm | None = None
        self._by = Authority(office)
        self._by.delegated.connect(self.delegated)
        self._print: QPushButton | None = None
        self._laid = StepRows()
        self._laid.pressed.connect(self._press)
        self._build()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("办理")
        self._rows = column(gap=4, margins=(14, 12, 12, 12))
        inside = QWidget()
        inside.setObjectName("sheet")
        inside.setLayout(self._rows)
        self.setWidget(inside)

    @property
    def authority(self) -> StepForm | None:
        """The form of a written authorisation, while it is laid open."""
        return self._by.form

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """The buttons of the steps by their keys."""
        return self._laid.buttons

    @property
    def slip_id(self) -> str:
        """The id of the slip shown."""
        return self._standing.story.slip.id if self._standing else ""

    def show_standing(self, standing: SlipState) -> None:
        """Show how a slip stands, with the form of its next step laid open."""
        keyboard_here = self._coming_back or self.has_keyboard()
        self._coming_back = False
        same = self._standing is not None and self._standing.story.slip.id == standing.story.slip.id
        keep = self._open if same and self._open in {step.key for step in standing.steps} else ""
        self._keep_typed()
        self._standing = standing
        self._lay(standing)
        if not same:
            self.verticalScrollBar().setValue(0)
        key = keep or self._wished() or standing.next
        if any(step.key == key and step.record is not None for step in standing.steps):
            self._unfold(key)
        if keyboard_here:
            self.take_keyboard()

    def open_next(self, key: str, slip_id: str) -> None:
        """Lay the form of a step open, not the next one, when that slip is shown."""
        self._wish = (key, slip_id)
        self._coming_back = self._coming_back or bool(key)

    def call(self, key: str) -> None:
        """Lay the form of a step open and go to it."""
        self.called.emit()
        if key in self.buttons and self._open != key:
            self._press(self._step(key))

    def _wished(self) -> str:
        """Return the step that was asked for, once."""
        (key, slip_id), self._wish = self._wish, ("", "")
        return key if slip_id == self.slip_id else ""

    def forget_open(self) -> None:
        """Close the open form and drop its text: its step is stored. The keyboard comes back with the next state."""
        self._coming_back = self.has_keyboard()
        if self._standing is not None:
            self._typed.pop(self._place(self._open), None)
            self._proposed.pop(self._place(self._open), None)
        self._close()

    def take_keyboard(self) -> None:
        """Go to the button that takes the next step, or to the first there is."""
        first = next(iter(self.buttons.values()), None)
        next_one = self.buttons.get(self._standing.next if self._standing else "", first)
        goal = self.form.take if self.form is not None else self._print or next_one
        if goal is not None:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is in here."""
        widget = QApplication.focusWidget()
        return widget is not None and self.isAncestorOf(widget)

    def typed(self) -> dict[tuple[str, str], dict[str, str]]:
        """Return what is typed and not taken, by slip and step."""
        self._keep_typed()
        return {place: values for place, values in self._typed.items() if values}

    def retype(self, values_by_pair: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        """Put back what was typed before, to stand in its form when that is laid open."""
        self._typed.update({place: dict(values) for place, values in values_by_pair.items()})

    def refused(self, error: Refused) -> list[Problem]:
        """Show why a step was not taken; a signer without authority is offered to be authorised in place."""
        problems = [short_problem(problem) for problem in error.problems]
        rest = self.form.refused(problems) if self.form is not None else problems
        if any(problem.code == "signer" for problem in error.problems):
            self._offer_authority()
        return rest

    def foretell(self, text: str) -> None:
        """Say what the return as typed would be."""
        if self.form is not None and self._open == "back":
            self.form.say(text)
            self._see(self.form)

    def _lay(self, standing: SlipState) -> None:
        self.form, self._open = None, ""
        self._by.drop()
        clear(self._rows)
        lay_head(self._rows, standing)
        self._print = lay_todo(self._rows, standing, self.print_wanted.emit)
        self._laid.lay(self._rows, standing.steps)
        lay_timeline(self._rows, standing.events)
        self._rows.addStretch(1)

    # -- the open form

    def _press(self, step: Step) -> None:
        if step.key.startswith("scan:"):
            self.scan_wanted.emit(step.key.partition(":")[2], step.state)
        elif step.record is None:
            self.wanted.emit(step.key, None)
        elif self._open == step.key:
            self._fold()
        else:
            self._unfold(step.key)
            if self.form is not None:
                self.form.form.setFocus()
                next(iter(self.form.form.editors.values())).setFocus()

    def _unfold(self, key: str) -> None:
        self._keep_typed()
        self._close()
        step = self._step(key)
        assert step.record is not None
        record = self._proposed.setdefault(self._place(key), step.record) if key.startswith("call") else step.record
        step_form = StepForm(record, step.title, step.button, self._office, leave_out=step.leave_out)
        step_form.load(record, self._typed.get(self._place(key), {}))
        step_form.taken.connect(lambda record: self._take(key, record))
        step_form.closed.connect(self._fold)
        if key == "back":
            step_form.edited.connect(self.foreseen)
        self._laid.slots[key].addWidget(step_form)
        self.form, self._open = step_form, key
        self.buttons[key].setVisible(self._step(key).section == BUTTONS_ONLY)
        step_form.show()
        self._see(step_form)

    def _fold(self) -> None:
        key = self._open
        self._keep_typed()
        self._close()
        if key in self.buttons:
            self.buttons[key].setFocus()

    def _close(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.buttons[self._open].show()
        self._by.drop()
        self.form, self._open, self._pending = None, "", None

    def _take(self, key: str, values: Any) -> None:
        self.last_day = next((getattr(values, name) for name in _DAYS if hasattr(values, name)), self.last_day)
        self._pending = values if isinstance(values, Opinion) else None
        self.wanted.emit(key, values)

    # -- signing in somebody's place

    def _offer_authority(self) -> None:
        """Lay the form of a written authorisation beneath the signature that lacks it."""
        opinion = self._pending
        if opinion is not None and self._open in self._laid.slots and opinion.role != "office":
            self._see(self._by.offer(opinion, self._laid.slots[self._open]))

    # -- small things

    def _see(self, form: StepForm) -> None:
        """Scroll to a form once it has been laid out."""
        QTimer.singleShot(0, form, lambda: self.ensureWidgetVisible(form, 0, 8))

    def _step(self, key: str) -> Step:
        assert self._standing is not None
        return next(step for step in self._standing.steps if step.key == key)

    def _place(self, key: str) -> tuple[str, str]:
        return self.slip_id, key

    def _keep_typed(self) -> None:
        if self.form is not None and self._standing is not None:
            self._typed[self._place(self._open)] = self.form.form.typed()
