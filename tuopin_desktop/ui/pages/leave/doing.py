"""Carries out the strokes of the leave desk: asks what is needed, hands it to the service, says what came of it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services import leavedesk
from tuopin_desktop.ui.pages.leave.strokes import Stroke
from tuopin_desktop.ui.plumbing.facts import DeskFacts
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.asking import AskingDialog
from tuopin_desktop.ui.widgets.message import MessageBar

_NAMED = 6


class Doing:
    """Strokes on behalf of a window."""

    def __init__(self, asker: Asker, facts: DeskFacts, message: MessageBar, window: QWidget) -> None:
        self._asker = asker
        self._facts = facts
        self._message = message
        self._window = window
        self.dialog: AskingDialog | None = None

    def carry_out(self, stroke: Stroke, slip: LeaveSlip, then: Callable[[str], None]) -> None:
        """Carry out a stroke on a kept slip; `then` gets the id of the slip to show next."""
        if stroke.ask is None:
            self._asker.ask(stroke.done, slip.id, None, then=then, failed=self._message.complain)
            return
        words = f"{stroke.words.rstrip('…')} · {slip.name}"
        record = stroke.ask(self._facts.today)
        self.dialog = dialog = AskingDialog(record, words, self._facts, self._window, leave_out=stroke.leave_out)
        dialog.finished.connect(dialog.deleteLater)

        def hand_over(said: Record) -> None:
            self._asker.ask(stroke.done, slip.id, said, then=done, failed=dialog.complain)

        def done(slip_id: str) -> None:
            dialog.accept()
            then(slip_id)

        dialog.answered.connect(hand_over)
        dialog.open()

    def ask_back(self, slips: Sequence[LeaveSlip]) -> None:
        """Ask whether these people are reported back now."""
        names = "、".join(slip.name for slip in slips[:_NAMED]) + (f"等{len(slips)}人" if len(slips) > _NAMED else "")
        confirm(self._window, f"{names}现在归队销假？", "销假", lambda: self.report_back(slips))

    def report_back(self, slips: Sequence[LeaveSlip]) -> None:
        """Report these people back in one stroke, all or none."""
        wanted = [slip.id for slip in slips]
        self._asker.ask(leavedesk.back_now, wanted, then=self._say_back, failed=self._message.complain)

    def _say_back(self, told: Sequence[Any]) -> None:
        self._message.say(f"已销假：{len(told)}人")
