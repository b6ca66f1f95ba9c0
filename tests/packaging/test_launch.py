"""Which version starts: the table both launchers follow, row by row, and the launcher of the tar archive itself."""

import itertools
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from linux import launch

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "packaging" / "launch_table.tsv"
POSIX = pytest.mark.skipif(os.name == "nt", reason="the launcher is a shell script and ships on Linux only")
EMPTY = dict.fromkeys(launch.FIELDS, "")
State = dict[str, str]


def _rows() -> list[list[str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def _state(text: str) -> State:
    return dict(zip(launch.FIELDS, text.replace("-", "").split(","), strict=True))


@pytest.mark.parametrize(("whole", "before", "start", "after", "why"), _rows())
def test_the_table(whole: str, before: str, start: str, after: str, why: str) -> None:
    assert why
    assert launch.decide(_state(before), set(whole.replace("-", "").split())) == (
        start.replace("-", ""),
        _state(after),
    )


def _every_state() -> list[tuple[State, set[str]]]:
    names = ("", "1.0", "1.1", "1.2")
    states = [dict(zip(launch.FIELDS, values, strict=True)) for values in itertools.product(names, repeat=5)]
    wholes = [set(some) for size in range(4) for some in itertools.combinations(names[1:], size)]
    return [(state, whole) for state in states for whole in wholes]


def test_whatever_stands_in_the_state_something_whole_starts_as_long_as_there_is_anything() -> None:
    for state, whole in _every_state():
        start, after = launch.decide(state, whole)
        assert start in whole or not whole
        assert launch.standing(state, whole) in whole or not whole
        assert after["current"] == start or not whole


def test_a_version_that_never_comes_up_is_started_once_and_then_the_one_before_for_good() -> None:
    for state, whole in _every_state():
        if state["trial"] or not state["next"]:
            continue
        start, after = launch.decide(state, whole)
        if after["trial"]:
            again, then = launch.decide(after, whole)
            assert (again, then["failed"], then["trial"]) == (after["previous"], start, "")
            assert launch.decide(then, whole)[0] == again


def _installation(folder: Path, *versions: str) -> Path:
    for name in ("tuopin-desktop", "say", "launch.py"):
        folder.mkdir(exist_ok=True)
        shutil.copy(ROOT / "packaging" / "linux" / name, folder / name)
    for version in versions:
        entry = folder / "versions" / version / launch.ENTRY
        entry.parent.mkdir(parents=True)
        entry.write_text(f'#!/bin/sh\necho {version} "$@" ${{TUOPIN_TRIAL:+trial}} $TUOPIN_TRIAL\n', encoding="ascii")
        entry.chmod(0o755)
    return folder


def _start(folder: Path, *texts: str) -> str:
    command = [str(folder / "tuopin-desktop"), *texts]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout.strip() or done.stderr.strip()


@POSIX
def test_an_update_that_never_says_it_is_up_gives_way_to_the_version_before(tmp_path: Path) -> None:
    folder = _installation(tmp_path / "程 序", "1.0", "1.1")
    state = folder / "versions" / "state"
    launch.write(state, EMPTY | {"current": "1.0", "next": "1.1"})
    assert _start(folder, "list", "person") == "1.0 list person"  # a command changes nothing
    assert _start(folder) == "1.1 trial 1.1"
    assert launch.read(state)["trial"] == "1.1"
    assert _start(folder) == "1.0"
    assert launch.read(state) == EMPTY | {"current": "1.0", "failed": "1.1"}


@POSIX
def test_while_the_program_is_open_a_second_start_changes_nothing_and_is_no_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUOPIN_TRIAL", "1.1")  # as of a trial that has started this one
    folder = _installation(tmp_path / "x", "1.0", "1.1")
    state = folder / "versions" / "state"
    before = EMPTY | {"current": "1.1", "previous": "1.0", "trial": "1.1"}
    launch.write(state, before)
    lock = launch.grab(folder / "versions" / "launch.lock")
    assert lock is not None
    try:
        assert _start(folder) == "1.1"
        assert launch.read(state) == before
    finally:
        os.close(lock)


@POSIX
def test_what_another_start_wrote_before_it_gave_the_lock_back_is_what_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = _installation(tmp_path / "x", "1.0", "1.1") / "versions"
    launch.write(versions / "state", EMPTY | {"current": "1.0", "next": "1.1"})
    real = launch.grab

    def late(path: Path) -> int | None:
        launch.write(versions / "state", EMPTY | {"current": "1.1", "previous": "1.0"})
        return real(path)

    monkeypatch.setattr(launch, "grab", late)
    start, lock, trial = launch.choose(versions, plain=True)
    assert lock is not None
    os.close(lock)
    assert (start, trial) == ("1.1", "")
    assert launch.read(versions / "state") == EMPTY | {"current": "1.1", "previous": "1.0"}


@POSIX
def test_a_state_that_cannot_be_read_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = _installation(tmp_path / "x", "1.0", "1.1") / "versions"
    before = EMPTY | {"current": "1.0", "previous": "1.1"}
    launch.write(versions / "state", before)

    def unreadable(_path: Path, encoding: str) -> str:
        raise PermissionError(encoding)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", unreadable)
        start, lock, trial = launch.choose(versions, plain=True)
    assert lock is not None
    os.close(lock)
    assert (start, trial) == ("1.1", "")
    assert launch.read(versions / "state") == before


@POSIX
@pytest.mark.parametrize("content", [b"", b"\0" * 64, b"current=../../evil\n", b"\xff\xfe", b"current=9.9\n"])
def test_a_state_that_is_not_one_starts_the_highest_version(tmp_path: Path, content: bytes) -> None:
    folder = _installation(tmp_path / "x", "1.9", "1.10")
    (folder / "versions" / "1.11.part").mkdir()
    (folder / "versions" / "1.11.part" / launch.ENTRY).write_text("")
    (folder / "versions" / "state").write_bytes(content)
    assert _start(folder) == "1.10"


@POSIX
def test_without_any_version_it_says_so_in_chinese(tmp_path: Path) -> None:
    folder = _installation(tmp_path / "x")
    (folder / "versions").mkdir()
    assert "没有找到可以打开的程序文件" in _start(folder)


@POSIX
def test_a_swap_that_cannot_be_noted_is_not_done_and_going_back_waits_for_no_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = _installation(tmp_path / "x", "1.0", "1.1") / "versions"
    launch.write(versions / "state", EMPTY | {"current": "1.0", "next": "1.1"})

    def full(_path: Path, _state: State) -> None:
        raise OSError

    monkeypatch.setattr(launch, "write", full)
    start, lock, trial = launch.choose(versions, plain=True)
    assert (start, trial) == ("1.0", "")
    assert lock is not None
    os.close(lock)
    monkeypatch.undo()
    launch.write(versions / "state", EMPTY | {"current": "1.1", "previous": "1.0", "trial": "1.1"})
    monkeypatch.setattr(launch, "write", full)
    start, lock, trial = launch.choose(versions, plain=True)
    assert (start, trial) == ("1.0", "")
    assert lock is not None
    os.close(lock)
