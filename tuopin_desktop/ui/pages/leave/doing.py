"""Strokes on slips, one or many: asked about, handed to the services, and what came of them said."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QDialog

from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records import Authorisation, Filing, LeaveSlip, Opinion
from tuopin_desktop.domain.records.choices import BODY
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave import taking
from tuopin_desktop.ui.pages.leave.handling import HandlingPanel
from tuopin_desktop.ui.pages.leave.questions import UNSAVED, SlipRow
from tuopin_desktop.ui.pages.leave.slips import SlipList
from tuopin_desktop.ui.pages.leave.stepform import StepForm
from tuopin_desktop.ui.pages.leave.steps import Return
from tuopin_desktop.ui.pages.leave.taking import StepOutcome
from tuopin_desktop.ui.plumbing.runner import Args, question
from tuopin_desktop.ui.slips.returning import anchor_in, ask_return
from tuopin_desktop.ui.slips.travellers import named
from tuopin_desktop.ui.widgets.ask import confirm
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import PageContext
from tuopin_desktop.ui.widgets.parts import column, label

_WIDTH = 560


class FilingDialog(QDialog):
    """Files the slips it was opened for, all or none; `filed` carries the sentence that says so."""

    filed = Signal(str)

    def __init__(self, context: PageContext, slips: Sequence[LeaveSlip]) -> None:
        super().__init__(context.window)
        self._context = context
        self._ids = [slip.id for slip in slips]
        self.setWindowTitle("登记备案")
        self.message = Toasts(self)
        text = f"{named(slips)}共{len(slips)}张报备单，同一天报同一单位。有一张不能登记的，全部不登记。"
        self.form = StepForm(Filing(), "备案", "登记备案", context.office, leave_out=("slip",))
        self.form.load(Filing(body="unit", filed=context.office.today), {})
        self.form.put_away.setText("取消")
        self.form.taken.connect(self._take)
        self.form.closed.connect(self.reject)
        self.setLayout(column(label(text, wrap=True), self.form, gap=10, margins=(16, 14, 16, 14)))
        self.resize(min(_WIDTH, context.window.width()), self.sizeHint().height())
        self.form.form.editors["body"].setFocus()

    def _take(self, filing: Filing) -> None:
        ask = question(
            leavedesk.file_many, self._ids, filing.body, filing.filed, channel=filing.channel, receiver=filing.receiver
        )
        self._context.asker.ask(ask, then=self._filed, failed=self._refused)

    def _filed(self, filings: Sequence[Filing]) -> None:
        first = filings[0]
        day = day_words(first.filed) if first.filed else ""
        self.filed.emit(f"已登记：{day}报{BODY.word(first.body)}备案，共{len(filings)}张")
        self.accept()

    def _refused(self, error: Refused | Trouble) -> None:
        if isinstance(error, Refused):
            self.form.refused(error.problems)
        self.message.complain(error)


Settle = Callable[[Callable[[LeaveSlip], None]], None]

_QUESTIONS = {"unreturn": ("撤销这张报备单的销假登记？返回时间和销假日期将清空。", "撤销销假")}
"""What is asked before a step that has no form: the question, and the word that agrees."""


class Doing:
    """Strokes on behalf of the page.

    `settle` saves what was typed and hands over the kept slip; `show` gets the id of the slip to show next.
    """

    def __init__(self, context: PageContext, settle: Settle, show: Callable[[str], None]) -> None:
        self._context = context
        self._settle = settle
        self._show = show
        self._panel: HandlingPanel | None = None
        self._wish = ("", "")
        self._busy = False
        self.filing: FilingDialog | None = None

    def serve(self, panel: HandlingPanel) -> None:
        """Take the steps the panel asks for."""
        self._panel = panel
        panel.wanted.connect(self._take)
        panel.delegated.connect(self._delegate)
        panel.foreseen.connect(self._foresee)
        self._hand_on_wish()

    def _take(self, key: str, record: Record | None) -> None:
        def go() -> None:
            self._settle(lambda slip: self._ask(taking.take, slip.id, key, record))

        if key in _QUESTIONS:
            confirm(self._context.message.window(), *_QUESTIONS[key], go)
        else:
            go()

    def _delegate(self, by: Authorisation, opinion: Opinion) -> None:
        self._settle(lambda slip: self._ask(taking.authorise_and_sign, slip.id, by, opinion))

    def _ask(self, function: Callable[[Desk, *Args], StepOutcome], *args: *Args) -> None:
        if self._busy:
            return  # a second press while the first is being answered would do it twice
        self._busy = True
        self._context.asker.ask(function, *args, then=self._taken, failed=self._refused)

    def _taken(self, step_outcome: StepOutcome) -> None:
        self._busy = False
        if self._panel is not None:
            self._panel.forget_open()
        self._show(step_outcome.slip_id)
        key, slip_id = step_outcome.undo, step_outcome.slip_id
        undo = partial(self._ask, taking.take, slip_id, key, None) if key else None
        self._context.message.say(step_outcome.sentence, step_outcome.tone, undo=undo)

    def _refused(self, error: Refused | Trouble) -> None:
        """Show a refusal at its fields, and in the message line with its article."""
        self._busy = False
        if isinstance(error, Refused) and self._panel is not None:
            self._panel.refused(error)
        self._context.message.complain(error)

    def _foresee(self, record: Return) -> None:
        panel = self._panel
        if panel is not None:
            slip_id = panel.slip_id
            self._context.asker.ask(taking.foresee, slip_id, record, then=panel.foretell, lane="foresee")

    def one_back(self, slip: LeaveSlip, anchor: QRect) -> None:
        """Ask when one traveller came back; a return that is recorded already is not written over."""
        if slip.returned:
            self._context.message.say("已经销假；返回时间有误的，请在“归队销假”中更正。", "warn")
        else:
            self.ask_return([slip], anchor)

    # -- many at once

    def ask_return(self, slips: Sequence[LeaveSlip], anchor: QRect) -> None:
        """Ask under a rectangle on the screen when these travellers came back."""
        ask_return(self._context, [slip.id for slip in slips], anchor, self.extend)

    def step(self, key: str) -> None:
        """Lay the form of a step of the slip on the desk open."""
        if self._panel is not None:
            self._panel.call(key)

    def extend(self, slip_id: str) -> None:
        """Show a slip with the form of its extension laid open."""
        self._wish = ("extend", slip_id)
        self._hand_on_wish()
        self._show(slip_id)

    def _hand_on_wish(self) -> None:
        if self._panel is not None:
            self._panel.open_next(*self._wish)
            self._wish = ("", "")

    def file_many(self, slips: Sequence[LeaveSlip]) -> None:
        """Ask with whom these slips were filed and when, and record it, all or none."""
        self.filing = dialog = FilingDialog(self._context, slips)
        dialog.filed.connect(self._context.message.say)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def sheets_back(self, slips: Sequence[LeaveSlip]) -> None:
        """Note that these signed sheets are back."""
        names = [slip.id for slip in slips]
        text = f"已收回签字件：{len(names)}张"
        self._context.ask(
            taking.sheets_back,
            names,
            then=lambda _: self._context.message.say(text),
        )


class Many:
    """Strokes on the selection; `print_` and `open_` are the page's own."""

    def __init__(
        self,
        slips: SlipList,
        doing: Doing,
        context: PageContext,
        *,
        print_: Callable[[], None],
        open_: Callable[[str], None],
    ) -> None:
        self._slips = slips
        self._doing = doing
        self._context = context
        self._open = open_
        self._strokes = {
            "back": self.ask_return,
            "print": print_,
            "sheet": self._sheets_back,
            "file": self._file,
            "open": self._open_current,
        }
        slips.stroke.connect(self.stroke)

    def stroke(self, name: str) -> None:
        """Carry out one of the strokes of the list."""
        self._strokes[name]()

    def chosen(self) -> list[LeaveSlip]:
        """Return the selected slips that are kept; says so when there is none."""
        return [item.slip for item in self._items()]

    def _items(self) -> list[SlipRow]:
        items: list[SlipRow] = [item for item in self._slips.table.chosen() if item.state != UNSAVED]
        if not items:
            self._context.message.say("请先在列表中选中报备单（按住 Ctrl 或 Shift 可多选）。", "warn")
        return items

    def ask_return(self) -> None:
        """Ask when the travellers came back; who is back already is left out."""
        items = self._items()
        if away := [item.slip for item in items if any(watch.out for watch in item.lists)]:
            self._doing.ask_return(away, anchor_in(self._slips.table))
        elif items:
            self._context.message.say("所选人员没有外出，或已经销假。", "warn")

    def _sheets_back(self) -> None:
        if slips := self.chosen():
            self._doing.sheets_back(slips)

    def _file(self) -> None:
        if slips := self.chosen():
            self._doing.file_many(slips)

    def _open_current(self) -> None:
        item = self._slips.table.current()
        if item is not None:
            self._open(item.slip.id)
