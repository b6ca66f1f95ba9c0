"""What a page does for all its lists; what it is done with loads when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.widgets.listways import ListWays
from tuopin_desktop.ui.widgets.message import Toasts
from tuopin_desktop.ui.widgets.page import Page
from tuopin_desktop.ui.widgets.rowsview import RowsView

if TYPE_CHECKING:  # loads when a list is printed, or something is pasted into it
    from tuopin_desktop.ui.lists.papers import ListPapers
    from tuopin_desktop.ui.sheets.transfer import Exchange

_MAY_NOT = "您的身份不能登记"


class PageWays(ListWays):
    """Serves the lists of one page and of the dialogs opened from it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._exchange: Exchange | None = None

    def print_(self, table: RowsView) -> None:
        self.papers(table).print_()

    def save_sheet(self, table: RowsView) -> None:
        self.papers(table).save_sheet()

    def papers(self, table: RowsView) -> "ListPapers":
        """Return what puts a list onto paper."""
        from tuopin_desktop.ui.lists.papers import ListPapers  # noqa: PLC0415 start-up: see above

        return ListPapers(self._page.asker, self._page.office, message_near(table, self._page.message), table)

    def paste(self, table: RowsView) -> None:
        from tuopin_desktop.services.sheets.sources import Clip  # noqa: PLC0415 start-up: see above

        mime = QGuiApplication.clipboard().mimeData()
        headings = tuple(table.rows_model.columns[place].title for place in table.places())
        self.exchange(table.sheet).rehearse(Clip(mime.html(), mime.text(), headings))

    def exchange(self, kind: str) -> "Exchange":
        """Return Excel for a kind of sheet; kept, because its dialog lives on."""
        from tuopin_desktop.ui.sheets.transfer import Exchange  # noqa: PLC0415 start-up: see above

        self._exchange = Exchange(self._page.context, kind)
        return self._exchange

    def why_no_paste(self, table: RowsView) -> str:
        if not table.sheet:
            return table.no_paste
        return "" if self.may(Act.ENTER) else _MAY_NOT

    def may(self, act: Act) -> bool:
        return self._page.office.who.may(act)

    def say(self, sentence: str) -> None:
        self._page.message.say(sentence, "quiet")


def message_near(widget: QWidget, otherwise: Toasts) -> Toasts:
    """Return where a message about a widget is said: in its dialog, or on its page."""
    place: QWidget | None = widget
    while place is not None:
        for one in place.children():
            if isinstance(one, Toasts):
                return one
        place = place.parentWidget()
    return otherwise
