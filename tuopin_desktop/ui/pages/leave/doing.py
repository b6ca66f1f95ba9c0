"""Carries out the strokes of the leave desk for the page: hands them to the services, says what came of them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Authorisation, LeaveSlip, Opinion
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave import taking
from tuopin_desktop.ui.pages.leave.filing import FilingDialog
from tuopin_desktop.ui.pages.leave.handling import HandlingPanel
from tuopin_desktop.ui.pages.leave.strokes import Return
from tuopin_desktop.ui.pages.leave.taking import StepOutcome
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Args, Asker
from tuopin_desktop.ui.slips.words import returned_words
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.message import MessageBar

Settle = Callable[[Callable[[LeaveSlip], None]], None]

_QUESTIONS = {"unreturn": ("撤销这张报备单的销假登记？返回时间和销假日期将清空。", "撤销销假")}
"""What is asked before a step that has no form: the question, and the word that agrees."""


class Doing:
    """Strokes on behalf of the page.

    `settle` saves what was typed and hands over the kept slip; `show` gets the id of the slip to show next.
    """

    def __init__(self, asker: Asker, message: MessageBar, settle: Settle, show: Callable[[str], None]) -> None:
        self._asker = asker
        self._message = message
        self._settle = settle
        self._show = show
        self._panel: HandlingPanel | None = None
        self._busy = False
        self.filing: FilingDialog | None = None

    def serve(self, panel: HandlingPanel) -> None:
        """Take the steps the panel asks for."""
        self._panel = panel
        panel.wanted.connect(self._take)
        panel.delegated.connect(self._delegate)
        panel.foreseen.connect(self._foresee)

    def _take(self, key: str, record: Record | None) -> None:
        def go() -> None:
            self._settle(lambda slip: self._ask(taking.take, slip.id, key, record))

        if key in _QUESTIONS:
            confirm(self._message.window(), *_QUESTIONS[key], go)
        else:
            go()

    def _delegate(self, by: Authorisation, opinion: Opinion) -> None:
        self._settle(lambda slip: self._ask(taking.authorise_and_sign, slip.id, by, opinion))

    def _ask(self, function: Callable[[Desk, *Args], StepOutcome], *args: *Args) -> None:
        if self._busy:
            return  # a second press while the first is being answered would do it twice
        self._busy = True
        self._asker.ask(function, *args, then=self._taken, failed=self._refused)

    def _taken(self, step_outcome: StepOutcome) -> None:
        self._busy = False
        if self._panel is not None:
            self._panel.forget_open()
        self._show(step_outcome.slip_id)
        self._message.say(step_outcome.sentence, step_outcome.tone)

    def _refused(self, error: Refused | Trouble) -> None:
        """Show a refusal at its fields, and in the message line with its article."""
        self._busy = False
        if isinstance(error, Refused) and self._panel is not None:
            self._panel.refused(error)
        self._message.complain(error)

    def _foresee(self, record: Return) -> None:
        panel = self._panel
        if panel is not None:
            slip_id = panel.slip_id
            self._asker.ask(taking.foresee, slip_id, record, then=panel.foretell, lane="foresee")

    def one_back(self, slip: LeaveSlip) -> None:
        """Report one traveller back this half-day; a return that is recorded already is not written over."""
        if slip.returned:
            self._message.say("已经销假；返回时间有误的，请在“归队销假”中更正。", "warn")
        else:
            self.back_now([slip])

    # -- many at once

    def back_now(self, slips: Sequence[LeaveSlip]) -> None:
        """Report these travellers back this half-day, all or none."""
        names = [slip.id for slip in slips]
        self._asker.ask(leavedesk.back_now, names, then=self._say_back, failed=self._message.complain)

    def _say_back(self, stories: Sequence[Story]) -> None:
        sentence, tone = returned_words(stories)
        self._message.say(sentence, tone)

    def file_many(self, slips: Sequence[LeaveSlip], office: OfficeView, window: QWidget) -> None:
        """Ask with whom these slips were filed and when, and record it, all or none."""
        self.filing = dialog = FilingDialog(self._asker, slips, office, window)
        dialog.filed.connect(self._message.say)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def sheets_back(self, slips: Sequence[LeaveSlip]) -> None:
        """Note that these signed sheets are back."""
        names = [slip.id for slip in slips]
        text = f"已收回签字件：{len(names)}张"
        self._asker.ask(
            taking.sheets_back, names, then=lambda _: self._message.say(text), failed=self._message.complain
        )
