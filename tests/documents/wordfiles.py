"""An editable document as a reader opens it: its paragraphs, and what LibreOffice makes of it."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The command that only Writer brings: an office may have LibreOffice for its sheets alone.
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("lowriter")), reason="LibreOffice Writer is not installed"
)


def part(data: bytes, name: str) -> ElementTree.Element:
    """One part of the file; a file that is not well-formed fails here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


def paragraphs(data: bytes) -> list[str]:
    """The text of every paragraph of the body, those in tables too."""
    return [text_of(item) for item in part(data, "word/document.xml").iter(f"{W}p")]


def text_of(element: ElementTree.Element) -> str:
    return "".join(item.text or "" for item in element.iter(f"{W}t"))


def tables(data: bytes) -> list[list[list[str]]]:
    """The words of every table, row by row."""
    found = part(data, "word/document.xml").iter(f"{W}tbl")
    return [[[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")] for table in found]


def converted(data: bytes, folder: Path, kind: str, name: str = "document.docx") -> Path:
    """The file as LibreOffice saves it again, in another kind."""
    source = folder / name
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    return source.with_suffix("." + kind.partition(":")[0])


def children(data: bytes, parent: str) -> Iterator[list[str]]:
    """The names of what stands in each element of a name, in order."""
    for element in part(data, "word/document.xml").iter(f"{W}{parent}"):
        yield [child.tag.removeprefix(W) for child in element]
