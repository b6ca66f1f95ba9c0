"""What a page of the first start is to the window around it."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.placesearch import Place
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office.founding import Ground, Site
from tuopin_desktop.services.office.foundingdraft import Draft
from tuopin_desktop.ui.plumbing.runner import AskerOf
from tuopin_desktop.ui.widgets.parts import label

REGION_OFFICE = "自治区管理办公室"


class FirstRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the first start is given: where the office is to stand, the places to choose from, what was answered before.

    `movable` tells whether the folder may be chosen; `stands` hears of the folder the office stands in at last.
    """

    ground: Ground
    counties: Sequence[Place]
    leagues: Sequence[Place]
    draft: Draft = Draft()
    movable: bool = False
    stands: Callable[..., object] = str


class Circle(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages share: who is asked in the worker, what was given, and where complaints are said."""

    asker: AskerOf[Ground]
    first: FirstRun
    complain: Callable[[Refused | Trouble], object]
    look: Callable[[], object]


class StepPage(QWidget):
    """One page: it takes answers, gives them back, and says what is missing."""

    title = ""
    below = ""

    def __init__(self, circle: Circle) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.circle = circle

    def heading(self, text: str, sentence: str) -> list[QWidget]:
        """Return the head of the page."""
        head = label(text)
        head.setObjectName("title")
        return [head, label(sentence, "quiet", wrap=True)]

    def take(self, draft: Draft) -> None:
        """Show what was answered."""

    def give(self, draft: Draft) -> Draft:
        """Return the answers with those of this page."""
        return draft

    def learn(self, site: Site) -> None:
        """Hear of the disks and the folder."""

    def check(self, go: Callable[[], object]) -> None:
        """Call `go` when nothing is missing, else say what is."""
        go()

    def take_keyboard(self) -> None:
        """Put the keyboard where one begins."""
