"""Saving a person's sheet: every fault is shown at once, and the next one of a batch can be begun in the same step."""

from collections.abc import Callable, Sequence

from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.ui.pages.roster import questions
from tuopin_desktop.ui.pages.roster.person import PersonSheet
from tuopin_desktop.ui.pages.roster.questions import PersonOutcome, Whole
from tuopin_desktop.ui.plumbing.runner import question
from tuopin_desktop.ui.widgets.page import PageContext


class Saving:
    """Saves what stands on the sheet; then `show` shows it, or `begin` begins the next beside the posting saved."""

    def __init__(
        self,
        context: PageContext,
        sheet: Callable[[], PersonSheet],
        show: Callable[[Whole], object],
        begin: Callable[[Posting | None], object],
    ) -> None:
        self._context, self._sheet, self._show, self._begin = context, sheet, show, begin

    def save(self, *, further: bool = False) -> None:
        """Save the sheet that is shown; `further` begins the next new person afterwards."""
        sheet = self._sheet()
        whole = sheet.whole
        if whole is None:
            return
        goes_on = further and whole.new
        person, posting, unread, beside = sheet.as_read()

        def finish(outcome: PersonOutcome) -> None:
            if outcome.whole is None:
                self._tell(outcome.person_problems, outcome.posting_problems)
                return
            self._begin(posting) if goes_on else self._show(outcome.whole)
            self._context.message.say(f"已保存：{outcome.whole.person.name}")

        def tell(outcome: PersonOutcome) -> None:
            """What cannot be read and what is wrong besides are shown together."""
            self._tell(
                [*unread, *_besides(unread, outcome.person_problems)],
                [*beside, *_besides(beside, outcome.posting_problems)],
            )

        if unread or beside:
            self._context.ask(questions.check, person, posting, then=tell)
        else:
            self._context.ask(question(questions.keep, person, posting, new=whole.new), then=finish)

    def _tell(self, person: Sequence[Problem], posting: Sequence[Problem]) -> None:
        rest = self._sheet().show_problems(person, posting)
        text = "；".join(str(problem) for problem in rest)
        self._context.message.say(text or "没有保存：请先改正标红的栏目。", "warn")


def _besides(unread: Sequence[Problem], problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems of fields that could be read."""
    names = {name for problem in unread for name in problem.fields}
    return [problem for problem in problems if names.isdisjoint(problem.fields)]
