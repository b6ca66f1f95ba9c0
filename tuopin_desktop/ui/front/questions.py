"""What the first pages ask, in the worker."""

from tuopin_desktop.services.home import firstpage
from tuopin_desktop.services.home.firstpage import HomeState
from tuopin_desktop.services.office.desk import Desk


def standing(desk: Desk) -> HomeState:
    """Return how the office stands: as it was kept, where that is of these records and this day, else anew."""
    before = firstpage.last(desk)
    if before is not None:
        return before
    from tuopin_desktop.services.home import standing  # noqa: PLC0415 start-up: mostly nothing has changed

    return standing.standing(desk)
