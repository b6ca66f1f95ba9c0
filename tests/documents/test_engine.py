"""The door to reportlab stays shut until paper is needed, and its map from glyphs back to text is right."""

import subprocess
import sys

import pytest

from tests.documents.conftest import ROOT
from tuopin_desktop.documents.engine import BLOCK, engine, unicode_map

SCRIPT = """
import sys
import tuopin_desktop.documents.pdf, tuopin_desktop.documents.sheet
print([name for name in sys.modules if name.startswith(("reportlab", "PIL"))])
"""


def test_importing_the_room_does_not_load_the_library() -> None:
    found = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(("char", "entry"), [("王", "<01> <738B>"), ("𬱟", "<01> <D873DC5F>"), ("A", "<01> <0041>")])
def test_a_character_is_written_as_utf_16(char: str, entry: str) -> None:
    assert entry in unicode_map("AAAAAA+JXFang", [0, ord(char)]).splitlines()


def test_padding_is_not_mapped() -> None:
    lines = unicode_map("AAAAAA+JXFang", [0, 0x738B, *[32] * 31]).splitlines()
    assert [line for line in lines if line.startswith("<") and line != "<00> <FF>"] == ["<01> <738B>", "<20> <0020>"]


@pytest.mark.parametrize("count", [1, BLOCK, BLOCK + 1, 255])
def test_blocks_are_never_longer_than_allowed(count: int) -> None:
    lines = unicode_map("AAAAAA+JXFang", range(0x4E00, 0x4E00 + count)).splitlines()
    sizes = [int(line.split()[0]) for line in lines if line.endswith("beginbfchar")]
    assert sum(sizes) == count
    assert max(sizes) <= BLOCK
    assert lines.count("endbfchar") == len(sizes)


def test_the_map_is_in_force() -> None:
    assert engine().fonts.makeToUnicodeCMap is unicode_map
