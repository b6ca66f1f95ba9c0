"""What shelves are asked about: what a page says of every owner, or a year or a month that somebody looks at."""

from collections.abc import Callable
from datetime import date

import msgspec

from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.shelf.part import Part
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.services.shelves import drawers
from tuopin_desktop.services.shelves.groups import DAY


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """How the shelves of a topic are filled from an owner's part; `name` tells them from those of others.

    `day` is the day it is judged by, made of today's. `kinds` are read beside the facts, which are
    `traced` where contradictions are looked for. `also` is a digest of whatever else decides what is put in: no record,
    no file that ships.
    """

    group: str
    name: str
    fill: Callable[[Part], Steps[dict[str, bytes]]]
    day: Callable[[date], date] = lambda today: today
    kinds: tuple[type[Record], ...] = ()
    traced: bool = False
    also: str = ""

    def place(self, owner: str) -> str:
        """Return under which name an owner's shelf is kept."""
        return f"{self.name}:{owner}" if self.name else owner

    def owner(self, place: str) -> str | None:
        """Return whose shelf is kept under a name; None for one of another topic."""
        name, mark, owner = place.rpartition(":")
        return owner if name == self.name and bool(mark) is bool(name) else None


TODAY = Topic(group=DAY, name="", fill=lambda part: drawers.fill(part), traced=True)
"""What everybody asks about: findings, duties, slips as they stand today."""
