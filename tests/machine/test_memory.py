"""The program looks for garbage less often than the interpreter would by itself."""

import subprocess
import sys

import pytest

_SAID = """
import gc, sys
from tuopin_desktop.app import main, window
def opened(*said):
    return 0
window.open_window = opened
main._can_show = lambda: True
try:
    main.main(sys.argv[1:])
except SystemExit:
    pass
print(gc.get_threshold(), gc.get_freeze_count() > 1_000)
"""


@pytest.mark.parametrize("way", [["--help"], []], ids=["verb", "window"])
def test_every_way_into_the_program_settles_it(way: list[str]) -> None:
    words = [sys.executable, "-c", _SAID, *way]
    run = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "(50000, 20, 20) True"
