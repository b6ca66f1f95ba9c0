"""The way to the help of a window, which loads when somebody asks for it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tuopin_desktop.ui.plumbing.runner import Asker
from tuopin_desktop.ui.widgets.page import Page

if TYPE_CHECKING:
    from tuopin_desktop.ui.help import KeySheet


class Manual:
    """Opens the manual at a chapter; `pages` returns every page of the window by its title, for the sheet of keys."""

    def __init__(self, shell: QWidget, asker: Asker, pages: Callable[[], Sequence[tuple[str, Page]]]) -> None:
        self._shell, self._asker, self._pages = shell, asker, pages

    @cached_property
    def key_sheet(self) -> "KeySheet":
        """Return what saves the sheet of the keys of the window."""
        from tuopin_desktop.ui.help import KeySheet  # noqa: PLC0415 start-up: most starts ask for no help

        return KeySheet(self._shell, self._asker, self._pages)

    def open(self, chapter: str) -> None:
        """Show the chapter of a page."""
        from tuopin_desktop.ui.help import HelpDialog  # noqa: PLC0415 start-up: as above

        dialog = HelpDialog(chapter, self._shell)
        dialog.keys_wanted.connect(lambda: self.key_sheet.ask(dialog))
        dialog.open()
