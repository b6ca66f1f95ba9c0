"""Files and folders opened with the program the computer has for them."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_path(path: Path) -> bool:
    """Open a file or a folder; tell whether the computer has something to open it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
