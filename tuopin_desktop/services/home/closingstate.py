"""What the first page shows once the term is over: the way to its end, what is held by year, and what is due."""

from datetime import date

import msgspec

from tuopin_desktop.services.home.countystate import Task


class HeldYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year of the archive: its slips, months of attendance, logs, papers and items, and when it is due where."""

    year: int
    slips: int
    months: int
    logs: int
    papers: int
    items: int
    due: int
    is_due: bool
    received: bool = False


class ClosingState(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a term. `open` items wait, `explained` stay as they are, `groups` are the open ones by their name.

    `tasks` are what goes on: copies, and people posted under another programme, of whom there are `others`.
    """

    pack: str
    title: str
    span: str
    open: int
    explained: int
    groups: tuple[tuple[str, int], ...]
    sealed_on: date | None
    sealed_by: str
    years: tuple[HeldYear, ...]
    expired: int
    people: int
    files: int
    others: int
    tasks: tuple[Task, ...] = ()

    @property
    def badges(self) -> dict[str, int]:
        """Return what each page of the rail is owed: the list of the closing until it is sealed, and what goes on."""
        badges = {"archives": self.open} if self.open and self.sealed_on is None else {}
        for task in self.tasks:
            badges[task.page] = badges.get(task.page, 0) + task.count
        return badges
