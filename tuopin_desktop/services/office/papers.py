"""Official documents of an office: ready for printing as PDF, for editing as .docx, and which fonts that needs."""

from pathlib import Path

from tuopin_desktop.documents import installed, official
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.services.office import files
from tuopin_desktop.services.office.desk import Desk


def sheets(desk: Desk, letter: Letter) -> tuple[Sheet, ...]:
    """Return the pages, for the window."""
    return official.sheets(letter, desk.fonts())


def pdf(desk: Desk, letter: Letter) -> bytes:
    """Return the document ready for printing; practice data carry their mark on every page."""
    title = letter.title.replace("\n", "")
    return pdfs.render(sheets(desk, letter), desk.fonts(), title=title, mark=desk.mark)


def docx(desk: Desk, letter: Letter) -> bytes:
    """Return the document for editing in Word or WPS; the same content gives the same bytes."""
    return official.docx(letter, desk.fonts(), mark=desk.mark)


def write(desk: Desk, path: Path, letter: Letter) -> Path:
    """Write a document as what the file's name says: .docx for editing, else a PDF; raises Trouble."""
    return files.write(desk, path, docx(desk, letter) if path.suffix.lower() == ".docx" else pdf(desk, letter))


def fonts_told(desk: Desk) -> list[str]:
    """Return, in Chinese, which fonts named in a .docx this computer has not got, and what shows in their place."""
    del desk  # asked of the computer, not of the office
    return installed.lacking(installed.folders())
