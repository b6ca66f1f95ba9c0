"""Writing what a use case made to where the clerk wants it."""

from pathlib import Path

from tuopin_desktop.machine import files
from tuopin_desktop.services.office.desk import Desk


def write(desk: Desk | None, path: Path, content: bytes) -> Path:
    """Write a finished file atomically and return its path; raises Trouble. Makes the folder when it is missing."""
    del desk  # every use case takes the desk first; writing needs nothing of it
    files.make_folder(path.parent)
    files.write(path, content)
    return path
