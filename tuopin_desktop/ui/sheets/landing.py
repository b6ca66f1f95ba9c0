"""A sheet dropped where a register is kept is rehearsed as if it had been chosen in the menu."""

from collections.abc import Callable

from tuopin_desktop.domain.columns import ROSTER, label_of
from tuopin_desktop.ui.sheets.transfer import Exchange
from tuopin_desktop.ui.widgets.landing import SHEET_FILES, Landing

_FORMS = frozenset({".lrmx", ".lrm"})


def sheet_landing(exchange: Exchange, why: Callable[[], str] = str) -> Landing:
    """Return what becomes of files dropped where `exchange` imports from; `why` says why nothing is taken just now."""
    roster = exchange.kind == ROSTER
    endings = SHEET_FILES | (_FORMS if roster else frozenset())
    return Landing(f"试导入{label_of(exchange.kind)}", endings, exchange.rehearse_all, folders=roster, why=why)
