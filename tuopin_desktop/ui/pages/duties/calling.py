"""Calling a signed sheet over: the names are asked for, ticked in a dialog, and kept."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from tuopin_desktop.services.duties import rollcalls
from tuopin_desktop.services.duties.rollcalls import Roll
from tuopin_desktop.ui.pages.duties.rolldialog import RollDialog
from tuopin_desktop.ui.widgets.page import Page


class Calling(QObject):
    """`called(kind, id)` tells that who signed the sheet of a record was kept."""

    called = Signal(str, str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: RollDialog | None = None

    def roll_of(self, kind: str, record_id: str) -> None:
        """Show the names on a sheet, ticks laid ready."""
        then, failed = self._show, self._page.complain
        self._page.asker.ask(rollcalls.roll, kind, record_id, then=then, failed=failed, lane="roll")

    def _show(self, roll: Roll) -> None:
        self.dialog = dialog = RollDialog(roll, self._page)

        def done(text: str) -> None:
            dialog.accept()
            self.called.emit(roll.kind, roll.record)
            self._page.message.say(text)

        def take(signed: list[str], day: date | None) -> None:
            row = roll.kind, roll.record, signed, day
            self._page.asker.ask(rollcalls.call, *row, then=done, failed=dialog.refused)

        dialog.taken.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
