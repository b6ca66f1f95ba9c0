"""The menu of a month on the attendance page: close, reopen, correct, books in print, keying back from paper."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance.keyback import KeyedLine
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance import monthquestions as questions
from tuopin_desktop.ui.pages.attendance.bookview import BookDialog
from tuopin_desktop.ui.pages.attendance.keyback import KeybackDialog
from tuopin_desktop.ui.pages.attendance.monthdialogs import CloseDialog, CorrectDialog, ReopenDialog
from tuopin_desktop.ui.pages.attendance.monthquestions import MonthState, Pages
from tuopin_desktop.ui.plumbing.office import OfficeView
from tuopin_desktop.ui.plumbing.runner import Args, Asker, all_but_last, question
from tuopin_desktop.ui.widgets.message import MessageBar

Where = Callable[[], tuple[str, str]]
"""Returns the month and the county that stand open."""

Chosen = Callable[[], tuple[str, int]]
"""Returns the posting and the day of the month the keyboard is on."""


class MonthMenu:
    """Fills the menu and carries out what is chosen; `keep` writes what is still being keyed on the page."""

    def __init__(
        self,
        asker: Asker,
        office: OfficeView,
        message: MessageBar,
        window: QWidget,
        where: Where,
        chosen: Chosen,
        keep: Callable[[], object],
    ) -> None:
        self._asker, self._office, self._message, self._window = asker, office, message, window
        self._where, self._chosen, self._keep = where, chosen, keep
        self.dialog: CloseDialog | ReopenDialog | CorrectDialog | KeybackDialog | BookDialog | None = None
        self.menu = QMenu(window)
        self.close = self.menu.addAction("结账…", partial(self._look, self._ask_close))
        self.reopen = self.menu.addAction("重新打开…", partial(self._look, self._ask_reopen))
        self.correct = self.menu.addAction("更正一天（考勤更正单）…", partial(self._look, self._ask_correct))
        self.menu.addSeparator()
        self.book = self.menu.addAction("考勤簿…", partial(self._show_book, blank=False))
        self.blank = self.menu.addAction("空白考勤簿（手工登记用）…", partial(self._show_book, blank=True))
        self.keyback = self.menu.addAction("照纸补录…", partial(self._look, self._ask_keyback))
        self.outlook = self.menu.addAction("本月还需天数…", self._show_outlook)
        self.menu.addSeparator()
        self.changes = self.menu.addAction("结账后变化…", self._show_changes)
        self.earlier = self.menu.addAction("前次结账的考勤簿…", partial(self._look, self._show_earlier))

    def _place(self) -> tuple[str, str] | None:
        """Return month and county; says so when no team is chosen."""
        self._keep()
        month, county = self._where()
        if not county and self._office.level is not Level.COUNTY:
            self._message.say("结账和考勤簿按总队办理，请先在右上角选一个总队。", "warn")
            return None
        return month, county

    def _look(self, then: Callable[[MonthState], None]) -> None:
        place = self._place()
        if place is not None:
            self._asker.ask(questions.standing, *place, then=then, failed=self._message.complain)

    def _ask_close(self, state: MonthState) -> None:
        dialog = CloseDialog(state, self._window)
        month, county = state.preview.team.month, state.preview.team.county
        dialog.taken.connect(
            lambda gaps, note: self._do(dialog, questions.close, month, county, gaps if gaps >= 0 else None, note)
        )
        self._open(dialog)

    def _ask_reopen(self, state: MonthState) -> None:
        team = state.preview.team
        if not team.is_closed:
            self._message.say(f"{team.month_text}考勤没有结账，无须重新打开。", "warn")
            return
        dialog = ReopenDialog(state, self._window)
        dialog.taken.connect(lambda reason: self._do(dialog, questions.reopen, team.month, team.county, reason))
        self._open(dialog)

    def _ask_correct(self, state: MonthState) -> None:
        team = state.preview.team
        if not team.is_closed:
            self._message.say(f"{team.month_text}考勤还没有结账，请直接在表中修改。", "warn")
            return
        posting, day = self._chosen()
        dialog = CorrectDialog(team, self._window, posting, max(1, day))

        def take(whom: str, number: int, after: str, reason: str, paper: str) -> None:
            on = date(team.first.year, team.first.month, number)
            self._asker.ask(questions.correct, whom, on, after, reason, paper, then=done, failed=dialog.refused)

        def done(pages: Pages) -> None:
            dialog.accept()
            self._message.say(f"已保存{pages.title}")
            number = pages.title.rpartition(" ")[2]
            self._show(
                pages, partial(self._write, all_but_last(questions.write_slip, number, team.county)), excel=False
            )

        dialog.taken.connect(take)
        self._open(dialog)

    def _ask_keyback(self, state: MonthState) -> None:
        team = state.preview.team
        if team.is_closed or not team.members:
            text = "已结账，不能补录；请先重新打开" if team.is_closed else "没有派驻人员"
            self._message.say(f"{team.month_text}{text}。", "warn")
            return
        dialog = KeybackDialog(team, self._window)

        def keep(line: KeyedLine) -> None:
            self._asker.ask(questions.key_line, team.month, team.county, line, then=dialog.took, failed=dialog.refused)

        dialog.keyed.connect(keep)
        self._open(dialog)

    def _show_book(self, *, blank: bool) -> None:
        place = self._place()
        if place is None:
            return
        write = partial(questions.write_book, blank=blank)
        save = partial(self._write, lambda desk, path: write(desk, *place, path))
        self._asker.ask(
            question(questions.book, *place, blank=blank),
            then=lambda pages: self._show(pages, save, excel=True),
            failed=self._message.complain,
        )

    def _show_outlook(self) -> None:
        """Show the running month, whichever is open: of the team, or above a county of every team."""
        self._keep()
        county = self._where()[1]
        save = partial(self._write, all_but_last(questions.write_outlook, county))
        self._asker.ask(
            questions.outlook,
            county,
            then=lambda pages: self._show(pages, save, excel=True),
            failed=self._message.complain,
        )

    def _show_changes(self) -> None:
        place = self._place()
        if place is not None:
            save = partial(self._write, all_but_last(questions.write_changes, *place))
            self._asker.ask(
                questions.changes,
                *place,
                then=lambda pages: self._show(pages, save, excel=True),
                failed=self._message.complain,
            )

    def _show_earlier(self, state: MonthState) -> None:
        team, number = state.preview.team, state.earlier
        if not number:
            self._message.say(f"{team.month_text}考勤没有更早的结账。", "warn")
            return
        write = partial(questions.write_book, blank=False, edition=number)
        save = partial(self._write, lambda desk, path: write(desk, team.month, team.county, path))
        self._asker.ask(
            question(questions.book, team.month, team.county, blank=False, edition=number),
            then=lambda pages: self._show(pages, save, excel=True),
            failed=self._message.complain,
        )

    def _show(self, pages: Pages, save: Callable[[Path], object], *, excel: bool) -> None:
        self._open(BookDialog(pages, save, self._window, excel=excel))

    def _write(self, write: Callable[[Desk, Path], Path], path: Path) -> None:
        """Write a file; what came of it is said in the dialog it was asked for from."""
        message = self.dialog.message if self.dialog is not None else self._message
        self._asker.ask(write, path, then=lambda at: message.say(f"已保存到 {at}"), failed=message.complain)

    def _do(self, dialog: CloseDialog | ReopenDialog, function: Callable[[Desk, *Args], str], *items: *Args) -> None:
        def done(text: str) -> None:
            dialog.accept()
            self._message.say(text)

        def failed(error: Refused | Trouble) -> None:
            dialog.refused(error)

        self._asker.ask(function, *items, then=done, failed=failed)

    def _open(self, dialog: CloseDialog | ReopenDialog | CorrectDialog | KeybackDialog | BookDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None
