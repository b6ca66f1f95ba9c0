"""A workbook or document written on Windows is the same bytes as one written here."""

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest

from tuopin_desktop.documents.official import wordml
from tuopin_desktop.documents.sheetlook import MANY_ROWS, Paper


class _WindowsSystem:
    """What the archive module sees of `sys` on Windows."""

    platform = "win32"

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)


def _book(rows: int) -> bytes:
    paper = Paper("名册", created=datetime(2018, 6, 5, 10), rows=rows)
    paper.sheet.write(0, 0, "姓名")
    return paper.bytes()


@pytest.mark.parametrize(
    "make",
    [
        lambda: _book(1),
        lambda: _book(MANY_ROWS + 1),
        lambda: wordml.packed({"word/document.xml": "<a/>"}, "题", date(2018, 6, 5), 0),
    ],
    ids=["small book", "large book", "document"],
)
def test_the_entries_say_the_same_system_everywhere(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    here = make()
    monkeypatch.setattr(zipfile, "sys", _WindowsSystem())
    assert zipfile.ZipInfo("a").create_system == 0
    there = make()
    assert _systems(here) == _systems(there) == {3}
    assert here == there


def _systems(raw: bytes) -> set[int]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {one.create_system for one in archive.infolist()}
