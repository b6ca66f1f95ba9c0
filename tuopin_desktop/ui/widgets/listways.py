"""What a list has done for it by the page it stands on: paper, workbooks, rows taken from Excel."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tuopin_desktop.domain.roles import Act
from tuopin_desktop.ui.widgets.rowsview import RowsView


class ListWays(QObject):
    """Stands as a child of a page or window; every list in it, and in its dialogs, uses the same one."""

    def print_(self, table: RowsView) -> None:
        """Print the rows that are shown."""
        raise NotImplementedError

    def save_sheet(self, table: RowsView) -> None:
        """Save the rows that are shown as a workbook."""
        raise NotImplementedError

    def paste(self, table: RowsView) -> None:
        """Rehearse what Excel or WPS put on the clipboard as rows of the list."""
        raise NotImplementedError

    def why_no_paste(self, table: RowsView) -> str:
        """Return why nothing can be pasted into a list, "" where it can."""
        raise NotImplementedError

    def may(self, act: Act) -> bool:
        """Tell whether whoever looks may do something."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Tell the clerk why a key did nothing."""
        raise NotImplementedError


def ways_of(widget: QWidget) -> ListWays | None:
    """Return what serves the lists around a widget: of its page, or of the page its window was opened from."""
    place: QWidget | None = widget
    while place is not None:
        for one in place.children():
            if isinstance(one, ListWays):
                return one
        place = place.parentWidget()
    return None
