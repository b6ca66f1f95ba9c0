"""What is left behind when the program itself is wrong: where it was, and nothing of what people entered."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tuopin_desktop.app import crash
from tuopin_desktop.machine.clock import FixedClock

NUMBER, NAME = "150426197503010011", "乌云其其格"


def test_a_crash_file_holds_places_and_kinds_and_no_values(tmp_path: Path) -> None:
    def inner(value: str) -> None:
        raise KeyError(value)

    def outer(value: str) -> None:
        try:
            inner(value)
        except KeyError as error:
            raise OSError(28, NAME) from error

    with pytest.raises(OSError, match=NAME) as caught:
        outer(NUMBER)
    path = crash.report(caught.value, tmp_path, FixedClock(datetime(2018, 6, 5, 10)))
    assert path is not None
    said = path.read_text(encoding="utf-8")
    assert NUMBER not in said
    assert NAME not in said
    assert "in inner" in said
    assert "builtins.KeyError" in said
    assert "builtins.OSError（ENOSPC）" in said
    assert path.stat().st_size < 10_000


def test_a_fault_of_a_command_says_so_in_one_chinese_line(tmp_path: Path) -> None:
    program = f"""
import sys
from tuopin_desktop.app import main
from tuopin_desktop.cli import parser
def broken(asked, out):
    raise KeyError("{NUMBER} {NAME}")
parser.VERBS = [verb._replace(run=broken) for verb in parser.VERBS]
sys.exit(main.main(["--office", sys.argv[1], "check"]))
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("程序出现故障，刚才的操作没有完成")
    assert len(done.stderr.splitlines()) == 1
    (file,) = (tmp_path / crash.FOLDER).iterdir()
    assert NUMBER not in done.stderr + file.read_text(encoding="utf-8")
    assert NAME not in done.stderr + file.read_text(encoding="utf-8")
