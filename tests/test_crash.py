"""What is left behind when the program itself is wrong: where it was, and nothing of what people entered."""

import faulthandler
import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

import pytest

from tuopin_desktop.app import crash, main
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


def test_a_fault_before_any_window_ends_the_program_once_it_is_read(tmp_path: Path) -> None:
    """Else the process would hold the data without a window, and no start could go back from a version on trial."""
    program = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tuopin_desktop.app.window import open_window
from tuopin_desktop.ui.start import Opening
def broken():
    QTimer.singleShot(0, lambda: [window.close() for window in QApplication.topLevelWidgets()])
    raise KeyError
Opening.ask_first = lambda opening, first: QTimer.singleShot(0, broken)
sys.exit(open_window(Path(sys.argv[1])))
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run(command, check=False, env=environment, timeout=60).returncode == 1
    assert list((tmp_path / crash.FOLDER).glob("故障-*.txt"))


def _close_at_once(file: IO[str]) -> None:
    file.close()


def test_a_hard_crash_nobody_has_read_outlives_the_next_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulthandler, "enable", _close_at_once)
    folder = tmp_path / crash.FOLDER
    folder.mkdir()
    (folder / "上次崩溃.txt").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    for _ in range(3):
        crash.watch_hard_crashes(tmp_path)
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert texts == {"崩溃-": "Fatal Python error: Segmentation fault", "上次崩": ""}


def test_a_hard_crash_that_cannot_be_renamed_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / crash.FOLDER / "上次崩溃.txt"
    path.parent.mkdir()
    path.write_text("Fatal Python error", encoding="utf-8")
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(PermissionError(13, "open elsewhere")))
    monkeypatch.setattr(faulthandler, "enable", _close_at_once)
    crash.watch_hard_crashes(tmp_path)
    assert path.read_text(encoding="utf-8") == "Fatal Python error"


@pytest.mark.parametrize("error", [BrokenPipeError(32, "x"), OSError(22, "Invalid argument")])
def test_a_reader_that_has_seen_enough_is_no_fault(
    error: OSError, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`… | more`, closed early: Windows says an invalid argument."""

    class Closed(io.StringIO):
        def flush(self) -> None:
            raise error

        def fileno(self) -> int:
            return os.open(os.devnull, os.O_WRONLY)

    monkeypatch.setattr(crash, "install", lambda *_: None)
    monkeypatch.setattr(main, "speak_utf8", lambda: None)
    monkeypatch.setattr("tuopin_desktop.cli.main.run", lambda *_: 0)
    monkeypatch.setattr(sys, "stdout", Closed())
    assert main.main(["list", "person"]) == 1
    assert capfd.readouterr().err == ""


def test_an_invalid_argument_of_a_file_is_still_a_fault() -> None:
    assert not main._is_closed_pipe(OSError(22, "Invalid argument", "a.db"))
    assert main._is_closed_pipe(OSError(22, "Invalid argument"))
