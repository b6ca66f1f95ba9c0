"""The page of leave: slips in a list, one of them on the desk, printed one by one or many at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave.narrowing import Narrowing
from tuopin_desktop.services.shelves.groups import DAY
from tuopin_desktop.ui.pages.leave import questions
from tuopin_desktop.ui.pages.leave.bar import Bar
from tuopin_desktop.ui.pages.leave.books import Books
from tuopin_desktop.ui.pages.leave.doing import Doing, Many
from tuopin_desktop.ui.pages.leave.output import Output
from tuopin_desktop.ui.pages.leave.paper import SlipDesk, holds, take_over
from tuopin_desktop.ui.pages.leave.picker import PersonPicker
from tuopin_desktop.ui.pages.leave.questions import UNSAVED, Listing, SlipPreview
from tuopin_desktop.ui.pages.leave.slips import SlipList
from tuopin_desktop.ui.pages.leave.waiting import Waiting
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.plumbing.drafting import Draft
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.once import Once
from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.slips.travellers import EXTEND
from tuopin_desktop.ui.widgets.empty import EmptyState
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import Page, Pane
from tuopin_desktop.ui.widgets.parts import card, row


def _no_slips(new: Callable[[], object], blank: Callable[[], object]) -> EmptyState:
    return EmptyState(
        "file-text",
        "还没有请假报备单",
        hint="离开派驻旗县都要报备（第十条）。选一个人，程序按职务选好附件1或附件2，并填好已知的内容。",
        first=("新建报备单", new),
        second=("保存空白表", blank),
    )


_LIST, _EMPTY, _DESK = 0, 1, 2
_INTERESTS = frozenset(
    "leave_slip posting person opinion filing call authorisation decision attachment amendment ruling calendar_day"
    " calendar_year".split()
)
_KEYS = (
    ("Ctrl+E", "存为 PDF", "pdf"),
    ("Ctrl+R", "销假", "ask_return"),
    ("Ctrl+T", "套印到原表", "overprint"),
)
_NARROWED = "list:"
"""What other pages ask for before the name of one of the lists (`Watch`)."""


class LeavePage(Page):
    """Lists slips; Ctrl+N picks a person and lays a drafted form on the desk, Esc keeps it as not saved."""

    from_shelves = frozenset({DAY})
    interests = _INTERESTS | judging.SHELF_KINDS

    def __init__(self, asker: Asker, office: OfficeView) -> None:
        super().__init__(asker, office)
        self._waiting, self._listing = Waiting(), Listing((), {})
        self._drafts = self._waiting.slips
        self._saved: LeaveSlip | None = None
        self._once = Once(self.asker, self.complain)
        self.desk: SlipDesk | None = None
        self.output = Output(self.context)
        self.takes = (self.output.landing(self._in_hand),)
        self.doing = Doing(self.context, self._settle, self._show_slip)
        self._build()
        for key, text, name in _KEYS:
            on_key(self, key, text, getattr(self, name))

    def _build(self) -> None:
        self.books = Books(self.context, self._in_hand)
        self._bar = Bar(self, self.doing.step, self.books.menu)
        self.slips = SlipList(self.office)
        self.slips.asked.connect(self._ask)
        self.slips.opened.connect(lambda item: self._show_slip(item.slip.id))
        self.many = Many(self.slips, self.doing, self.context, print_=self.print_, open_=self._show_slip)
        self._empty = _no_slips(self.new, lambda: self.output.blank(2))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.slips)
        self._stack.addWidget(card(row(self._empty)))
        self.body.addWidget(self._stack)

    # -- list

    def refresh(self) -> None:
        self.slips.ask()
        if self._on_desk() and self._saved is not None:
            self._renew(self._saved.id)

    def _ask(self, text: str, state: str, only: Narrowing) -> None:
        self.asker.ask(questions.listed, text, state, only, then=self._show_list, failed=self.complain, lane="slips")

    def _show_list(self, listing: Listing) -> None:
        self._listing = listing
        self.slips.replace(listing, self._drafts)
        if not self._on_desk():
            self._open_list()

    def _open_list(self) -> None:
        some = bool(self.slips.rows or self.slips.narrowed)
        self._stack.setCurrentIndex(_LIST if some else _EMPTY)
        state = _counted(self._listing, len(self._drafts)) if some else "还没有报备单"
        self.head("请销假", state, self._bar.of_list() if some else [])

    # -- the desk

    def _on_desk(self) -> bool:
        return self._stack.currentIndex() == _DESK

    def _lay(self, composed: SlipPreview) -> None:
        self.output.with_fonts(lambda fonts: self._lay_with(fonts, composed))

    def _lay_with(self, fonts: PaperFonts, composed: SlipPreview) -> None:
        if self.desk is None:
            self.desk = SlipDesk(fonts, self.office)
            self.desk.edited.connect(self._edited)
            self.doing.serve(self.desk.handling)
            self.desk.handling.scan_wanted.connect(self.output.show_scan)
            self.desk.handling.print_wanted.connect(self.print_)
            self.desk.strip.chosen.connect(lambda one: self.show_subject(f"leave_slip:{one}"))
            self._stack.addWidget(self.desk)
        self._waiting.hand_over(self.desk.handling)
        self._saved = composed.stored_slip
        self.message.clear()
        self._stack.setCurrentIndex(_DESK)
        self.desk.open(composed)
        self.desk.begin()
        self._name_desk()

    def _renew(self, slip_id: str) -> None:
        day = self.desk.handling.last_day if self.desk else None
        self.asker.ask(questions.opened, slip_id, day, then=self._renewed, failed=self.complain, lane="renew")

    def _renewed(self, composed: SlipPreview) -> None:
        """The slip on the desk was changed by a step or by another page: show it as it is now."""
        if self.desk is not None and self._saved is not None and self._saved.id == composed.slip.id:
            self._saved = composed.stored_slip
            self.desk.renew(composed)
            self._edited(self.desk.slip())

    def _edited(self, slip: LeaveSlip) -> None:
        self._name_desk()
        self.asker.ask(questions.compose, slip, then=self._recomposed, failed=self.complain, lane="compose")

    def _recomposed(self, composed: SlipPreview) -> None:
        if self.desk is not None and self._on_desk():
            self.desk.show_composed(composed)

    def _name_desk(self) -> None:
        if self.desk is not None:
            slip = self.desk.slip()
            buttons = self._bar.of_desk(self.desk.ways, stored=self._saved is not None, void=bool(slip.ended))
            self.head(*self.desk.named(slip, is_kept=slip == self._saved), buttons, self._bar.lead())

    # -- keys and buttons

    def show_subject(self, subject: str) -> None:
        if subject == "new":
            self.new()
        elif subject.startswith(_NARROWED):
            self.back()
            self.slips.narrow(*subject.removeprefix(_NARROWED).split("/"))
        elif subject.startswith(EXTEND):
            self._keep_draft()
            self.doing.extend(subject.removeprefix(EXTEND))
        elif subject:
            self._keep_draft()
            self._show_slip(ids.split(subject)[1])
        else:
            self.back()

    def new(self) -> None:
        self._keep_draft()
        picker = PersonPicker(self.asker, self)
        picker.picked.connect(self._draft)
        picker.finished.connect(picker.deleteLater)
        picker.open()

    def _draft(self, posting_id: str) -> None:
        self.asker.ask(questions.drafted, posting_id, then=self._lay, failed=self.complain, lane="slip")

    def take_keyboard(self) -> None:
        if not self._on_desk():
            (self._empty if self._stack.currentIndex() == _EMPTY else self.slips).setFocus()

    def search(self) -> None:
        if not self._on_desk():
            self.slips.seek()

    def save(self) -> None:
        if self.desk is not None and self._on_desk() and self.desk.fixed and not self._touched():
            self.message.say("没有要存的：纸上已定的内容不改，表外也没有改动。", "quiet")
            return
        self._save_then(lambda slip: self.message.say(f"已保存：{slip.name}的请假报备单，编号 {slip.number}"))

    def _save_then(self, then: Callable[[LeaveSlip], None]) -> None:
        if self.desk is None or not self._on_desk() or self._once.waits:
            return  # a second save before the first is answered would take a second number
        self.desk.paper.flush()
        copy = self.desk.slip()
        show = partial(self._show_saved, copy, then)
        self._once.ask(questions.saved_slip, copy, then=show, failed=partial(self._refused, copy))

    def _show_saved(self, copy: LeaveSlip, then: Callable[[LeaveSlip], None], composed: SlipPreview) -> None:
        """Show what was saved where it is still on the desk, under what was typed since; left, it is no draft more."""
        self._waiting.forget(copy)
        if self.desk is not None and self._on_desk() and holds(self.desk, copy):
            self._saved = composed.stored_slip
            take_over(self.desk, copy, composed)
            self._name_desk()
        else:
            self._show_list(self._listing)
        then(composed.slip)

    def _refused(self, copy: LeaveSlip, error: Refused | Trouble) -> None:
        self.complain(error)
        if self.desk is not None and isinstance(error, Refused) and self._on_desk() and holds(self.desk, copy):
            self.desk.refused(error.problems)

    def back(self) -> None:
        if self._on_desk():
            self._keep_draft()
            self.slips.replace(self._listing, self._drafts)
            self._open_list()
            self.refresh()
            self.slips.table.setFocus()

    def unsaved(self) -> str:
        waiting = len(self._drafts) + self._touched()
        forms = len(self.desk.handling.typed()) if self.desk else 0
        return "、".join([f"{waiting}张请假报备单"] * bool(waiting) + [f"{forms}项办理内容"] * bool(forms))

    def drafts(self) -> dict[str, Draft]:
        on_desk = [self.desk.slip(mark=False)] if self.desk is not None and self._touched() else []
        return self._waiting.drafts(on_desk, self.desk.handling if self.desk else None)

    def resume(self, key: str, content: Mapping[str, str], *, show: bool) -> None:
        slip_id = self._waiting.take_up(key, content)
        if show and slip_id:
            self._show_slip(slip_id)

    def _touched(self) -> bool:
        return self.desk is not None and self._on_desk() and self.desk.slip(mark=False) != self._saved

    def _keep_draft(self) -> None:
        if self.desk is not None and self._touched():
            self._drafts |= {(slip := self.desk.slip()).id: slip}

    # -- strokes of the leave desk

    def ask_return(self) -> None:
        if self.desk is not None and self._on_desk():
            self._settle(partial(self.doing.one_back, anchor=self.desk.anchor))
        else:
            self.many.ask_return()

    def panes(self) -> list[Pane]:
        return self.desk.panes() if self.desk is not None and self._on_desk() else super().panes()

    def _settle(self, then: Callable[[LeaveSlip], None]) -> None:
        """Save what was typed, then go on with the kept slip."""
        if self._touched():
            self._save_then(then)
        elif self._saved is not None:
            then(self._saved)

    def _show_slip(self, slip_id: str) -> None:
        if self._on_desk() and self._saved is not None and self._saved.id == slip_id:
            self._renew(slip_id)
        elif slip_id in self._drafts:
            self.context.ask(questions.resumed, self._drafts.pop(slip_id), then=self._lay, lane="slip")
        else:
            self.context.ask(questions.opened, slip_id, then=self._lay, lane="slip")

    def _in_hand(self) -> LeaveSlip | None:
        """Return the kept slip on the desk, or the current one of the list."""
        if self._on_desk():
            return self._saved
        item = self.slips.table.current()
        return item.slip if item is not None and item.state != UNSAVED else None

    # -- paper and files

    def print_(self) -> None:
        self._with_slips(self.output.print_slips)

    def pdf(self) -> None:
        self._with_slips(self.output.pdf)

    def overprint(self) -> None:
        if self._on_desk():
            self._settle(self.output.overprint)

    def _with_slips(self, then: Callable[[Sequence[LeaveSlip]], None]) -> None:
        """Save what lies on the desk first; from the list, take the rows that are selected."""
        if self._on_desk():
            self._save_then(lambda slip: then([slip]))
        elif slips := self.many.chosen():
            then(slips)


def _counted(listing: Listing, drafts: int) -> str:
    """Return the line of state above the list."""
    parts = [
        f"共 {listing.counts.get('', 0)} 张",
        *(f"{item.value} {listing.counts.get(item.name, 0)}" for item in Watch),
    ]
    return " · ".join([*parts, f"未保存 {drafts} 张"] if drafts else parts)
