"""The menu of a month on the attendance page: close, reopen, correct, books in print, keying back from paper."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.attendance.keyback import KeyedLine
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.attendance import monthdialogs
from tuopin_desktop.ui.pages.attendance.keyback import KeybackDialog
from tuopin_desktop.ui.pages.attendance.monthdialogs import (
    BookDialog,
    CloseDialog,
    CorrectDialog,
    MonthState,
    Pages,
    ReopenDialog,
)
from tuopin_desktop.ui.plumbing.runner import Args, all_but_last, question
from tuopin_desktop.ui.widgets.keys import on_key
from tuopin_desktop.ui.widgets.page import PageContext

Where = Callable[[], tuple[str, str]]
"""Returns the month and the county that stand open."""

Chosen = Callable[[], tuple[str, int]]
"""Returns the posting and the day of the month the keyboard is on."""


class MonthMenu:
    """Fills the menu and carries out what is chosen; `keep` writes what is still being keyed on the page.

    `shut` says why nothing of the month can be written here, or "".
    """

    def __init__(
        self,
        context: PageContext,
        where: Where,
        chosen: Chosen,
        keep: Callable[[], object],
        shut: Callable[[], str] = str,
    ) -> None:
        self._context = context
        self._where, self._chosen, self._keep, self._shut = where, chosen, keep, shut
        self.dialog: CloseDialog | ReopenDialog | CorrectDialog | KeybackDialog | BookDialog | None = None
        self.menu = QMenu(context.window)
        self.close = self.menu.addAction("结账…\tCtrl+J", partial(self._change, self._ask_close))
        self.reopen = self.menu.addAction("重新打开…", partial(self._change, self._ask_reopen))
        self.correct = self.menu.addAction("更正一天（考勤更正单）…", partial(self._change, self._ask_correct))
        on_key(context.window, "Ctrl+J", "结账", self.close.trigger)
        self.menu.addSeparator()
        self.book = self.menu.addAction("考勤簿…", partial(self._show_book, blank=False))
        self.blank = self.menu.addAction("空白考勤簿（手工登记用）…", partial(self._show_book, blank=True))
        self.keyback = self.menu.addAction("照纸补录…", partial(self._change, self._ask_keyback))
        self.outlook = self.menu.addAction("本月还需天数…", self._show_outlook)
        self.menu.addSeparator()
        self.changes = self.menu.addAction("结账后变化…", self._show_changes)
        self.earlier = self.menu.addAction("前次结账的考勤簿…", partial(self._look, self._show_earlier))

    def _place(self) -> tuple[str, str] | None:
        """Return month and county; says so when no team is chosen."""
        self._keep()
        month, county = self._where()
        if not county and self._context.office.level is not Level.COUNTY:
            self._context.message.say("结账和考勤簿按总队办理，请先在右上角选一个总队。", "warn")
            return None
        return month, county

    def _change(self, then: Callable[[MonthState], None]) -> None:
        if why := self._shut():
            self._context.message.say(why, "warn")
        else:
            self._look(then)

    def _look(self, then: Callable[[MonthState], None]) -> None:
        place = self._place()
        if place is not None:
            month, county = place
            self._context.ask(monthdialogs.standing, month, county, then=then)

    def _ask_close(self, state: MonthState) -> None:
        dialog = CloseDialog(state, self._context.window)
        month, county = state.preview.team.month, state.preview.team.county
        dialog.taken.connect(
            lambda gaps, note: self._do(dialog, monthdialogs.close, month, county, gaps if gaps >= 0 else None, note)
        )
        self._open(dialog)

    def _ask_reopen(self, state: MonthState) -> None:
        team = state.preview.team
        if not team.is_closed:
            self._context.message.say(f"{team.month_text}考勤没有结账，无须重新打开。", "warn")
            return
        dialog = ReopenDialog(state, self._context.window)
        dialog.taken.connect(lambda reason: self._do(dialog, monthdialogs.reopen, team.month, team.county, reason))
        self._open(dialog)

    def _ask_correct(self, state: MonthState) -> None:
        team = state.preview.team
        if not team.is_closed:
            self._context.message.say(f"{team.month_text}考勤还没有结账，请直接在表中修改。", "warn")
            return
        posting, day = self._chosen()
        dialog = CorrectDialog(team, self._context.window, posting, max(1, day))

        def take(whom: str, number: int, after: str, reason: str, paper: str) -> None:
            on = date(team.first.year, team.first.month, number)
            self._context.asker.ask(
                monthdialogs.correct, whom, on, after, reason, paper, then=finish, failed=dialog.refused
            )

        def finish(pages: Pages) -> None:
            dialog.accept()
            self._context.message.say(f"已保存{pages.title}")
            number = pages.title.rpartition(" ")[2]
            self._show(
                pages, partial(self._write, all_but_last(monthdialogs.write_slip, number, team.county)), excel=False
            )

        dialog.taken.connect(take)
        self._open(dialog)

    def _ask_keyback(self, state: MonthState) -> None:
        team = state.preview.team
        if team.is_closed or not team.members:
            text = "已结账，不能补录；请先重新打开" if team.is_closed else "没有派驻人员"
            self._context.message.say(f"{team.month_text}{text}。", "warn")
            return
        dialog = KeybackDialog(team, self._context.window)

        def keep(line: KeyedLine) -> None:
            self._context.asker.ask(
                monthdialogs.key_line, team.month, team.county, line, then=dialog.took, failed=dialog.refused
            )

        dialog.keyed.connect(keep)
        self._open(dialog)

    def _show_book(self, *, blank: bool) -> None:
        place = self._place()
        if place is None:
            return
        month, county = place
        write = partial(monthdialogs.write_book, blank=blank)
        save = partial(self._write, lambda desk, path: write(desk, month, county, path))
        book = question(monthdialogs.book, month, county, blank=blank)
        self._context.ask(book, then=lambda pages: self._show(pages, save, excel=True))

    def _show_outlook(self) -> None:
        """Show the running month, whichever is open: of the team, or above a county of every team."""
        self._keep()
        county = self._where()[1]
        save = partial(self._write, all_but_last(monthdialogs.write_outlook, county))
        self._context.ask(monthdialogs.outlook, county, then=lambda pages: self._show(pages, save, excel=True))

    def _show_changes(self) -> None:
        place = self._place()
        if place is not None:
            month, county = place
            save = partial(self._write, all_but_last(monthdialogs.write_changes, month, county))
            self._context.ask(
                monthdialogs.changes, month, county, then=lambda pages: self._show(pages, save, excel=True)
            )

    def _show_earlier(self, state: MonthState) -> None:
        team, number = state.preview.team, state.earlier
        if not number:
            self._context.message.say(f"{team.month_text}考勤没有更早的结账。", "warn")
            return
        write = partial(monthdialogs.write_book, blank=False, edition=number)
        save = partial(self._write, lambda desk, path: write(desk, team.month, team.county, path))
        self._context.ask(
            question(monthdialogs.book, team.month, team.county, blank=False, edition=number),
            then=lambda pages: self._show(pages, save, excel=True),
        )

    def _show(self, pages: Pages, save: Callable[[Path], object], *, excel: bool) -> None:
        self._open(BookDialog(pages, save, self._context.window, excel=excel))

    def _write(self, write: Callable[[Desk, Path], Path], path: Path) -> None:
        """Write a file; what came of it is said in the dialog it was asked for from."""
        message = self.dialog.message if self.dialog is not None else self._context.message
        self._context.asker.ask(write, path, then=lambda at: message.say_file(at), failed=message.complain)

    def _do(self, dialog: CloseDialog | ReopenDialog, function: Callable[[Desk, *Args], str], *items: *Args) -> None:
        def finish(text: str) -> None:
            dialog.accept()
            self._context.message.say(text)

        def failed(error: Refused | Trouble) -> None:
            dialog.refused(error)

        self._context.asker.ask(function, *items, then=finish, failed=failed)

    def _open(self, dialog: CloseDialog | ReopenDialog | CorrectDialog | KeybackDialog | BookDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None
