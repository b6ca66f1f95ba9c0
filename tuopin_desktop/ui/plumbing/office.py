"""What screens may know of the desk without asking again: plain values, of which only the day changes."""

from datetime import date
from pathlib import Path

import msgspec

from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.ids import Level, level_of
from tuopin_desktop.domain.roles import CLERK, Signed
from tuopin_desktop.services.office.desk import Desk


class OfficeView(msgspec.Struct, kw_only=True):
    """The office, its code tables and today's date; all pages hold the same one, and the window turns its day."""

    name: str
    scope: str
    practice: bool
    folder: Path
    vocabulary: Vocabulary
    today: date
    user: str
    who: Signed = CLERK
    notice: str = ""
    """What is to be told once about the files the data lie in."""

    @property
    def level(self) -> Level:
        """The level of the office."""
        return level_of(self.scope)


def office_of(desk: Desk) -> OfficeView:
    """Copy the facts of an open desk; runs in the worker thread."""
    return OfficeView(
        name=desk.office.name,
        scope=desk.scope,
        practice=desk.practice,
        folder=desk.folder,
        vocabulary=desk.vocabulary,
        today=desk.today(),
        user=desk.user,
        who=desk.who,
        notice=desk.store.notice,
    )
