"""Saving a person's sheet: every fault is shown at once, and the next one of a batch can be begun in the same step."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.ui.pages.roster import questions
from tuopin_desktop.ui.pages.roster.drafts import Drafts, key_of
from tuopin_desktop.ui.pages.roster.person import Draft, PersonSheet, later
from tuopin_desktop.ui.pages.roster.questions import PersonOutcome, Whole
from tuopin_desktop.ui.plumbing.once import Once
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.page import PageContext


class Copy(msgspec.Struct, frozen=True):
    """A sheet as it was when it was saved: whose, every word on it, and the posting."""

    whole: Whole
    texts: Draft
    posting: Posting | None

    def stored_posting(self, whole: Whole) -> Posting | None:
        """Return the posting as it is stored now: a new person's went to its county."""
        local = "" if self.posting is None else ids.own_part(self.posting.id)
        return next((one for one in whole.postings if ids.own_part(one.id) == local), None)


class Sheets(Protocol):
    """What saving wants of the page: its sheet while that is in front, its drafts, what lays a person on the sheet, and
    what begins the next new person beside a posting.
    """

    @property
    def sheet(self) -> PersonSheet: ...
    @property
    def waiting(self) -> Drafts: ...
    def on_sheet(self) -> bool: ...
    def lay(self, whole: Whole, draft: Draft | None) -> None: ...
    def begin(self, beside: Posting | None) -> None: ...
    def name(self) -> None: ...


class Saving:
    """Saves what stands on the sheet, once, and shows what became of it."""

    def __init__(self, context: PageContext, page: Sheets) -> None:
        self._context, self._page = context, page
        self._once = Once(context.asker, context.message.complain)

    def save(self, *, further: bool = False) -> None:
        """Save the sheet that is shown; `further` begins the next new person afterwards."""
        sheet = self._page.sheet
        whole = sheet.whole
        if whole is None:
            return
        goes_on = further and whole.new
        person, posting, unread, beside = sheet.as_read()
        copy = Copy(whole, sheet.texts(), posting)

        def finish(outcome: PersonOutcome) -> None:
            if outcome.whole is None:
                self._tell(whole, outcome.person_problems, outcome.posting_problems)
                return
            self._show(copy, outcome.whole)
            if goes_on:
                self._page.begin(posting)
            self._context.message.say(f"已保存：{outcome.whole.person.name}")

        def tell(outcome: PersonOutcome) -> None:
            """What cannot be read and what is wrong besides are shown together."""
            self._tell(
                whole,
                [*unread, *_besides(unread, outcome.person_problems)],
                [*beside, *_besides(beside, outcome.posting_problems)],
            )

        if unread or beside:
            self._context.ask(questions.check, person, posting, then=tell)
        else:
            self._once.ask(question(questions.keep, person, posting, new=whole.new), then=finish)

    def _show(self, copy: Copy, whole: Whole) -> None:
        """Show what was saved where its sheet is still in front; what was typed since then, and only that, is a draft.

        Where it was left meanwhile, another sheet or the list stays in front.
        """
        page, posting = self._page, copy.stored_posting(whole)
        now = page.sheet.whole if page.on_sheet() else None
        if now is not None and now.person.id == copy.whole.person.id:
            place, rest = page.sheet.place(), later(copy.texts, page.sheet.texts(), posting)
            page.lay(whole, rest)
            if rest is not None:
                page.sheet.stand_at(*place)
        elif (draft := page.waiting.take(key_of(copy.whole))) is not None:
            if (rest := later(copy.texts, draft, posting)) is not None:
                page.waiting.keep(key_of(whole), rest, whole.person.name)
            page.name()

    def _tell(self, whole: Whole, person: Sequence[Problem], posting: Sequence[Problem]) -> None:
        """Show what is wrong at the fields, or say it where another sheet is open by now."""
        now, rest = self._page.sheet.whole, [*person, *posting]
        if now is not None and now.person.id == whole.person.id:
            rest = self._page.sheet.show_problems(person, posting)
        text = "；".join(str(problem) for problem in rest)
        self._context.message.say(text or "没有保存：请先改正标红的栏目。", "warn")


def _besides(unread: Sequence[Problem], problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems of fields that could be read."""
    names = {name for problem in unread for name in problem.fields}
    return [problem for problem in problems if names.isdisjoint(problem.fields)]
