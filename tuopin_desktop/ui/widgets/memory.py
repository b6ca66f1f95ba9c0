"""What a window keeps in mind of how somebody likes it: folders by purpose, columns and order of lists, its place."""

from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget


class Memory(QObject):
    """Keeps words by name, in a file of settings or, without one, as long as the window lives."""

    def __init__(self, owner: QWidget, settings: QSettings | None = None) -> None:
        super().__init__(owner)
        self._settings = settings
        self._words: dict[str, str] = {}

    def get(self, name: str) -> str:
        """Return what was kept under a name, "" for nothing."""
        if self._settings is not None:
            return str(self._settings.value(name, "", str))
        return self._words.get(name, "")

    def keep(self, name: str, text: str) -> None:
        """Keep words under a name."""
        if self._settings is not None:
            self._settings.setValue(name, text)
        self._words[name] = text


def memory_of(widget: QWidget) -> Memory:
    """Return the memory of the window a widget stands in, or of the one that opened it; a passing one elsewhere."""
    place: QWidget | None = widget
    while place is not None:
        for one in place.children():
            if isinstance(one, Memory):
                return one
        place = place.parentWidget()
    return Memory(widget.window())


_PAGE = "window/page"


def keep_page(window: QWidget, key: str) -> None:
    """Keep which page stands open; before the window is shown it has no memory yet."""
    if window.isVisible():
        memory_of(window).keep(_PAGE, key)


def last_page(window: QWidget) -> str:
    """Return which page stood open when the program ended."""
    return memory_of(window).get(_PAGE)


def folder_for(widget: QWidget, purpose: str) -> Path:
    """Return the folder used last for a purpose, or the person's own while there is none or it is gone."""
    text = memory_of(widget).get(f"folders/{purpose}")
    return Path(text) if text and Path(text).is_dir() else Path.home()


def keep_folder(widget: QWidget, purpose: str, folder: Path) -> None:
    """Keep the folder used for a purpose."""
    memory_of(widget).keep(f"folders/{purpose}", str(folder))
