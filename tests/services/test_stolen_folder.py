"""A stolen folder tells nobody anything: fifty planted words in no byte of any file the office leaves behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import MORNING, enter, open_office
from tuopin_desktop.app import crash
from tuopin_desktop.domain.change import Change
from tuopin_desktop.machine import paths
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import tray
from tuopin_desktop.services.office import attachments, backups, safe, unsaved
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import merge
from tuopin_desktop.store.store import DATABASE

WORDS = [f"密语{chr(0x4E10 + 37 * number)}{chr(0x5E10 + 53 * number)}{number:02}" for number in range(30)]
NUMBERS = [f"139{48215000 + 7919 * number:08}" for number in range(20)]
PLANTED = [*WORDS, *NUMBERS]


def enter_everything(desk: Desk) -> None:
    """Bring every planted word into the office by one of its doors."""
    for number, phone in enumerate(NUMBERS):
        enter(desk, WORDS[number], phone=phone)
    for number, words in enumerate(WORDS[20:24]):
        day = date(2018, 6, 1 + number).isoformat()
        desk.commit([Change("daily_log", f"150426/w{number}", {"date": day, "content": words})])
    unsaved.keep(desk, [unsaved.Unsaved(page="leave", key="k", label=WORDS[24], content={"reason": WORDS[25]})])
    tray.lay(desk, f"%PDF-1.4 {WORDS[26]}".encode(), f"{WORDS[27]}.pdf", 1, {1: "没有编号"})
    place = desk.folder / attachments.FOLDER / "ab" / f"{'ab' * 32}.pdf"
    place.parent.mkdir(parents=True)
    safe.write(desk, place, f"%PDF-1.4 {WORDS[28]}".encode() * 9000)
    merge.findings(desk)  # fills the memo


def contents(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        yield from ((path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())


def traces(*folders: Path) -> list[tuple[str, str]]:
    """Return in which files which planted words can be read, in any of the codings a byte hunter tries."""
    codings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    return [
        (path.name, words)
        for path, raw in contents(*folders)
        for words in PLANTED
        if any(words.encode(coding) in raw for coding in codings)
    ]


def test_the_hunt_finds_what_is_plain(tmp_path: Path) -> None:
    for coding in ("utf-8", "utf-16-le", "gb18030"):
        (tmp_path / coding).write_bytes(b"\0" * 77 + WORDS[0].encode(coding))
    assert len(traces(tmp_path)) == 3


def test_no_planted_word_is_in_any_byte_of_folder_copies_stick_or_what_lies_beside(tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    desk = open_office(tmp_path / "office", clerk=WORDS[29])
    with closing(desk):
        enter_everything(desk)
        backups.make(desk)
        backups.choose_place(desk, stick)
        backups.save_to(desk, stick / "存.db")
        assert crash.report(ValueError(WORDS[0], NUMBERS[0]), desk.folder, FixedClock(MORNING)) is not None
        assert {path.suffix for path, _ in contents(desk.folder)} >= {".db", ".memo", ".pdf", ".json", ".txt", ".keys"}
        assert (desk.folder / f"{DATABASE}-wal").exists()
        assert traces(desk.folder, stick, paths.config_folder()) == []
    assert traces(tmp_path, paths.config_folder()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from tuopin_desktop.services.office import backups, offices
from tuopin_desktop.store import backup
desk = offices.open_desk(Path(sys.argv[1]))
backup.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
backups.make(desk)
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is killed by a signal")
def test_what_a_killed_program_leaves_half_written_says_nothing_either(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "office", clerk=WORDS[29])) as desk:
        enter_everything(desk)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "office")], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.rglob("*.part")]
    assert traces(tmp_path) == []
