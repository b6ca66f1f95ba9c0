"""The set-up command: what it locks, what it finds missing, what it says."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import dev
import pip_call
import pytest
import relock
import system_packages

LOCKS = [path.read_text(encoding="utf-8") for path in dev.LOCKS]
PROJECT = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = {
    relock.canonical(name): version
    for name, version in (
        re.split("==|,", requirement)[:2]
        for requirement in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"])
    )
}


# ---------------------------------------------------------------- lock


def test_lock_holds_names_versions_hashes_and_no_address() -> None:
    line = re.compile(r'#.*|[a-z0-9-]+==[\w.]+( ; [\w ="().]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?')
    assert [text for lock in LOCKS for text in lock.splitlines() if not line.fullmatch(text)] == []
    assert not any("://" in lock or "@" in lock for lock in LOCKS)


def test_every_declared_dependency_is_locked_to_its_version() -> None:
    locked = relock.read_lock(LOCKS[0]) | relock.read_lock(LOCKS[1])
    assert {name: locked.get(name) for name in DECLARED} == DECLARED


def test_development_tools_stay_out_of_the_programs_lock() -> None:
    program = relock.read_lock(LOCKS[0])
    runtime = {relock.canonical(requirement.split("==")[0]) for requirement in PROJECT["project"]["dependencies"]}
    assert runtime <= set(program)
    assert not set(program) & set(relock.read_lock(LOCKS[1]))
    assert "pytest" not in program


def test_qt_is_locked_for_each_system() -> None:
    block = LOCKS[0].split("pyside6-essentials==")[1].split("\n", 1)[1]
    hashes = [line for line in block.split("\n\n")[0].splitlines() if line.startswith("    ")]
    assert len(hashes) >= len(relock.SYSTEMS)


LINUX, ARM, WINDOWS = relock.SYSTEMS


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (set(relock.TARGETS), ""),
        ({(WINDOWS, python) for python in relock.PYTHONS}, 'sys_platform == "win32"'),
        ({(s, p) for s in (LINUX, ARM) for p in relock.PYTHONS}, 'sys_platform == "linux"'),
        ({(s, "3.11") for s in relock.SYSTEMS}, 'python_version == "3.11"'),
        (
            {(LINUX, p) for p in ("3.12", "3.13")},
            'sys_platform == "linux" and platform_machine == "x86_64"'
            ' and (python_version == "3.12" or python_version == "3.13")',
        ),
    ],
)
def test_marker_names_exactly_the_targets_that_want_a_package(targets: set[relock.Target], expected: str) -> None:
    assert relock.marker(targets) == expected


def test_marker_refuses_a_pattern_it_cannot_say() -> None:
    with pytest.raises(SystemExit):
        relock.marker({(LINUX, "3.11"), (WINDOWS, "3.12")})


def test_written_lock_reads_back() -> None:
    locked = {
        "a-b": relock.Locked("1.0", {"f" * 64}, set(relock.TARGETS)),
        "c": relock.Locked("2", {"0" * 64}, set(relock.TARGETS)),
    }
    assert relock.read_lock(relock.render(locked)) == {"a-b": "1.0", "c": "2"}


# ---------------------------------------------------------------- pip


def test_pip_hears_of_mirrors_but_not_of_other_settings() -> None:
    listing = "\n".join(
        [
            ":env:.timeout='9'",
            "global.constraint='c.txt'",
            "global.index-url='https://global.example/simple'",
            "global.timeout='5'",
            "install.index-url='https://mirror.example/simple'",
            "global.find-links='wheels'",
            "install.user='true'",
        ]
    )
    assert pip_call.settings(listing, names=pip_call.TRANSPORT) == {
        "PIP_INDEX_URL": "https://mirror.example/simple",
        "PIP_TIMEOUT": "9",
    }


def test_pip_starts_without_what_bends_it() -> None:
    kept = pip_call.bare({"PATH": "p", "PIP_USER": "1", "PYTHONPATH": "x", "https_proxy": "h"})
    assert set(kept) == {"PATH", "https_proxy", "PIP_CONFIG_FILE"}


# ---------------------------------------------------------------- system


def test_nothing_is_missing_when_the_loader_finds_all() -> None:
    assert system_packages.missing(window=True, printer=True, present=lambda _: True) == []


def test_window_libraries_matter_only_with_a_display() -> None:
    def without_window(library: str) -> bool:
        return "xcb" not in library

    assert system_packages.missing(window=False, present=without_window) == []
    missing = system_packages.missing(window=True, present=without_window)
    assert system_packages.packages(missing) == ["libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"]


def test_a_bare_system_gets_all_in_one_command() -> None:
    packages = system_packages.packages(system_packages.missing(window=True, printer=True, present=lambda _: False))
    assert {"libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfontconfig1", "libdbus-1-3"} <= set(packages)
    assert system_packages.command(packages).endswith(" ".join(packages))


def test_without_root_the_command_to_type_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages, "as_root", lambda: None)
    monkeypatch.setattr(system_packages, "has_apt", lambda: True)
    monkeypatch.setattr(system_packages, "missing", lambda **_: ["libGL.so.1"])
    monkeypatch.setattr(dev, "ensure_environment", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    assert dev.main(["setup"]) == 1
    assert "sudo apt-get install -y --no-install-recommends libgl1" in capsys.readouterr().err


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize("argument", ["help", "--help", None])
def test_help_names_every_command(argument: str | None) -> None:
    command = [sys.executable, str(dev.ROOT / "packaging" / "dev.py"), *([argument] if argument else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(f"\n  {name} " in done.stdout for name in dev.COMMANDS)


@pytest.mark.parametrize("argv", [["nonsense"], ["check", "--quick"], ["setup", "now"]])
def test_unknown_words_are_refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(argv) == 2
    assert "Usage" in capsys.readouterr().err


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Return what would have been started: arguments and variables."""
    calls: list[tuple[list[str], dict[str, str]]] = []

    def note(args: Sequence[str], variables: dict[str, str] | None = None, *, cwd: Path | None = None) -> int:
        calls.append(([*args], dict(variables or {})))
        return 0

    monkeypatch.setattr(dev, "python", note)
    monkeypatch.setattr(dev, "ensure_environment", lambda: None)
    monkeypatch.setattr(dev, "ensure_system", lambda: None)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return calls


Started = list[tuple[list[str], dict[str, str]]]


def test_run_without_display_shows_the_demo(started: Started, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["run"]) == 0
    [(args, variables)] = started
    assert args == ["-m", "tuopin_desktop", "demo", "out"]
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    assert "no display" in capsys.readouterr().out


def test_run_with_a_display_opens_the_window(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    dev.main(["run"])
    [(args, variables)] = started
    assert args == ["-m", "tuopin_desktop"]
    assert "QT_QPA_PLATFORM" not in variables


@pytest.mark.parametrize("mark", [[], ["--"]])
def test_run_hands_its_arguments_on(started: Started, mark: list[str]) -> None:
    """README writes them behind two dashes."""
    dev.main(["run", *mark, "slip", "--help"])
    assert started[0][0] == ["-m", "tuopin_desktop", "slip", "--help"]


def test_tests_keep_a_platform_the_caller_chose(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    dev.main(["test", "-k", "slip"])
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    dev.main(["test"])
    chosen, whole = ["-m", "pytest", "-k", "slip"], ["-m", "pytest", *dev.ALL_CORES]
    assert started == [(chosen, {"QT_QPA_PLATFORM": "offscreen"}), (whole, {})]


def test_check_runs_every_tool_and_names_the_ones_that_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "ensure_environment", lambda: None)
    monkeypatch.setattr(dev, "python", lambda args: int("mypy" in args))
    assert dev.main(["check"]) == 1
    shown = capsys.readouterr().out
    assert all(f"== {name}\n" in shown for name in dev.CHECKS)
    assert shown.endswith("== failed: mypy\n")


# ---------------------------------------------------------------- a set-up that was cut off


class _Desk:
    """A folder with locks and a pretended Python, and a note of what was done to it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.pip_works = [True]
        self.answers = True
        venv = folder / ".venv"
        lock = folder / "requirements.lock"
        lock.write_text("a==1\n", encoding="utf-8")
        self.stamp, self.lock, self.python = venv / "stamp", lock, venv / "python"
        names = {"GATE": folder / "gate", "VENV": venv, "PYTHON": self.python, "STAMP": self.stamp, "LOCKS": [lock]}
        for name, value in names.items():
            monkeypatch.setattr(dev, name, value)
        monkeypatch.setattr(dev, "answers", lambda: self.answers and self.python.exists())
        monkeypatch.setattr(dev, "create_environment", self.create)
        monkeypatch.setattr(pip_call, "pip", self.pip)

    def create(self) -> None:
        self.done.append("create")
        self.python.parent.mkdir(exist_ok=True)
        self.python.touch()

    def pip(self, *_args: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
        self.done.append("pip")
        works = self.pip_works.pop(0) if len(self.pip_works) > 1 else self.pip_works[0]
        return subprocess.CompletedProcess([], 0 if works else 1)

    def next_run(self) -> list[str]:
        self.done.clear()
        dev.ensure_environment()
        return self.done.copy()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Desk:
    """Return an empty checkout."""
    return _Desk(tmp_path, monkeypatch)


def test_second_run_does_nothing(desk: _Desk) -> None:
    assert desk.next_run() == ["create", "pip"]
    assert desk.next_run() == []


def test_new_lock_updates_the_environment_in_place(desk: _Desk) -> None:
    desk.next_run()
    desk.lock.write_text("a==2\n", encoding="utf-8")
    assert desk.next_run() == ["pip"]


def test_interrupted_set_up_starts_afresh(desk: _Desk) -> None:
    desk.next_run()
    desk.stamp.write_text(dev.UNFINISHED, encoding="ascii")
    assert desk.next_run() == ["create", "pip"]
    assert desk.next_run() == []


def test_lost_python_is_made_again(desk: _Desk) -> None:
    desk.next_run()
    desk.python.unlink()
    assert desk.next_run() == ["create", "pip"]


def test_hand_made_environment_is_kept(desk: _Desk) -> None:
    desk.create()
    assert desk.next_run() == ["pip"]


def test_environment_pip_cannot_mend_is_replaced(desk: _Desk) -> None:
    desk.create()
    desk.pip_works = [False, True]
    assert desk.next_run() == ["pip", "create", "pip"]


def test_failed_installation_is_said_and_not_taken_for_done(desk: _Desk) -> None:
    desk.pip_works = [False]
    with pytest.raises(dev.Stop):
        dev.ensure_environment()
    assert dev.stamp() == dev.UNFINISHED
