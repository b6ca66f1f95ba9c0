"""Set up, run, test and check the program from a checkout: `python3 packaging/dev.py help`."""

import sys

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
if VERSION not in ("3.11", "3.12", "3.13"):  # first of all; and this file stays readable for Python 3.6, to say so
    sys.exit(f"Tuopin Desktop needs Python 3.11, 3.12 or 3.13; this is {VERSION} ({sys.executable}).")

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pip_call
import relock
import system_packages
import wheelhouse
from bundle.tree import Fault, Kit
from gate import alone
from linux import build as linux_build
from prove import main as proving
from windows import build as windows_build

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
GATE = ROOT / ".venv-gate"
STAMP = VENV / "set-up-from"
LOCKS = [ROOT / "packaging" / "requirements.lock", ROOT / "packaging" / "requirements-dev.lock"]
UNFINISHED = "unfinished"


class Stop(Exception):
    """The computer lacks something only its owner can give; the sentence says what to type."""


# ---------------------------------------------------------------- set-up


def fingerprint() -> str:
    """Return what the environment is made from: this Python and the lock files."""
    digest = hashlib.sha256(f"{sys.version}\n{sys.base_prefix}\n".encode())
    for lock in LOCKS:
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def stamp() -> str | None:
    """Return what the last set-up left behind: a fingerprint, `UNFINISHED`, or None for no set-up of ours."""
    try:
        return STAMP.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def is_set_up() -> bool:
    """Tell whether `.venv` holds what the lock files name."""
    return stamp() == fingerprint() and PYTHON.exists()


def ensure_environment(source: Path | None = None) -> None:
    """Make `.venv` hold exactly what the lock files name, from a wheelhouse or an index; do nothing when it does."""
    if is_set_up():
        return
    with alone(GATE):
        if not is_set_up():  # whoever was before us may have done it
            mend_environment(source)


def mend_environment(source: Path | None = None) -> None:
    """Install the locked packages, into a new environment when the old one is not to be trusted."""
    print(f"Setting up {VENV} (about 600 MB; the first time takes some minutes) ...", flush=True)
    # A set-up that was cut off may have left half a package that pip takes for a whole one: then start afresh.
    if stamp() == UNFINISHED or not answers() or not install(source):
        create_environment()
        if not install(source):
            raise Stop("The packages could not be installed; pip says why above.")
    STAMP.write_text(fingerprint(), encoding="ascii")


def answers() -> bool:
    """Tell whether the environment's Python starts, is this version and has pip."""
    question = "import sys, pip; print(*sys.version_info[:2], sep='.')"
    try:
        answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == VERSION


def create_environment() -> None:
    """Make an empty `.venv`, fetching Debian's split-off venv package when it is missing."""
    ensure_venv_module()
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    # A child, not venv.create(): apt may just have put ensurepip there, and this interpreter was started without it.
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode != 0:
        raise Stop(f"{VENV} could not be made; the lines above say why.")


def ensure_venv_module() -> None:
    """Make sure this Python can build environments that have pip."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{VERSION}-venv"
    if not system_packages.has_apt():
        raise Stop(f"{sys.executable} lacks the modules venv and ensurepip; install them with this system's packages.")
    fetch([package])


def install(source: Path | None = None) -> bool:
    """Install the locked packages; True when pip was content."""
    STAMP.write_text(UNFINISHED, encoding="ascii")
    requirements = [part for lock in LOCKS for part in ("-r", str(lock))]
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-warn-script-location"]
    options += wheelhouse.options(source)
    return pip_call.pip(PYTHON, ["install", *options, *requirements], sources=source is None).returncode == 0


def ensure_system() -> None:
    """Make sure Linux has the libraries Qt loads, with the window's own ones when there is a display."""
    if not on_linux():
        return
    if not system_packages.missing(window=has_display()):
        return
    if not system_packages.has_apt():
        names = ", ".join(system_packages.missing(window=has_display()))
        raise Stop(f"Qt needs libraries this system does not have: {names}. Install them with its package manager.")
    # One visit is enough: with the few needed now come the small ones a window or a printer will want.
    fetch(system_packages.packages(system_packages.missing(window=True, printer=True)))
    left = ", ".join(system_packages.missing(window=has_display()))
    if left:
        raise Stop(f"Qt still lacks {left}.")


def fetch(packages: Sequence[str]) -> None:
    """Install Debian packages, or stop with the one command to type."""
    if not system_packages.apt_install(packages):
        raise Stop(f"System packages are missing. Type this, then try again:\n  {system_packages.command(packages)}")


def has_display() -> bool:
    """Tell whether a window could be shown."""
    return not on_linux() or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def on_linux() -> bool:
    """Tell whether the system is Linux, where Qt takes libraries from the distribution."""
    return sys.platform.startswith("linux")


# ---------------------------------------------------------------- commands


def python(args: Sequence[str], variables: Mapping[str, str] | None = None, *, cwd: Path | None = ROOT) -> int:
    """Run the environment's Python with some variables added and return its exit code."""
    inherited = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}}
    environment = inherited | dict(variables or {})
    return subprocess.run([PYTHON, *args], cwd=cwd, env=environment, check=False).returncode


def program(args: Sequence[str], variables: Mapping[str, str] | None = None) -> int:
    """Run the program where the caller stands, so that relative paths mean what was typed."""
    return python(["-m", "tuopin_desktop", *args], {"PYTHONPATH": str(ROOT), **(variables or {})}, cwd=None)


def offscreen() -> dict[str, str]:
    """Return the setting that lets Qt work without a display, unless the caller chose a platform."""
    return {} if "QT_QPA_PLATFORM" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}


def source_of(args: Sequence[str]) -> Path | None:
    """Return the folder behind --wheelhouse, where the packages come from instead of an index."""
    if "--wheelhouse" not in args:
        return None
    folder = Path(args[args.index("--wheelhouse") + 1])
    if not any(folder.glob("*.whl")):
        raise Stop(f"{folder} holds no packages; `dev.py wheelhouse {folder}` on a computer with an index fills it.")
    return folder


def set_up(args: Sequence[str]) -> int:
    """Bring everything the other commands need, from an index or from a wheelhouse."""
    ensure_environment(source_of(args))
    ensure_system()
    print("Ready: python3 packaging/dev.py run")
    return 0


def run(args: Sequence[str]) -> int:
    """Start the program with what stands behind `--` or at once; without a display, show the guided demo instead."""
    ensure_environment()
    ensure_system()
    words = args[1:] if args[:1] == ["--"] else args
    if words or has_display() or "QT_QPA_PLATFORM" in os.environ:
        return program(words)
    print("There is no display here, so the guided demo runs instead and writes to ./out.", flush=True)
    return program(["demo", "out"], offscreen())


def demo(args: Sequence[str]) -> int:
    """Play two offices and a stick without a window, and leave the papers in a folder."""
    ensure_environment()
    ensure_system()
    return program(["demo", *(args or ["out"])], offscreen())


ALL_CORES = ("-n", "auto", "--dist", "loadfile")
"""A file's tests stay together: many share one office that is made once."""


def undisplayed(args: Sequence[str], variables: Mapping[str, str] | None = None) -> int:
    """Run the environment's Python in the checkout, ready and without a display."""
    ensure_environment()
    ensure_system()
    return python(args, {**offscreen(), **(variables or {})})


def test(args: Sequence[str]) -> int:
    """Run the tests, in random order and without a display; all of them on all cores, chosen ones in one process."""
    return undisplayed(["-m", "pytest", *(args or ALL_CORES)])


def bench(args: Sequence[str]) -> int:
    """Measure what must stay fast, as ratios to something on the same machine."""
    return undisplayed(["-m", "tests.benchmarks", *args])


def mutate(args: Sequence[str]) -> int:
    """Plant faults in the modules that matter most and tell how many the tests notice; some hours for all."""
    return undisplayed(["packaging/mutate.py", *args])


def pictures(args: Sequence[str]) -> int:
    """Draw the window of a practice office: the README's and the manual's pictures, or with OUT --page any other."""
    place = {"PYTHONPATH": str(ROOT)}
    readme = undisplayed(["packaging/pictures.py", *(args or ["docs/pictures"])], place)
    return readme or (0 if args else undisplayed(["packaging/manualpictures.py"], place))


CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}


def check(_args: Sequence[str]) -> int:
    """Lint, format check, types and import contracts; every one runs even when another fails."""
    ensure_environment()
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        if python(command) != 0:
            failed.append(name)
    print(f"== failed: {', '.join(failed)}" if failed else "== all checks passed", flush=True)
    return 1 if failed else 0


def lock(args: Sequence[str]) -> int:
    """Write the lock files from pyproject.toml; --upgrade also moves what is not pinned there."""
    if not answers():
        create_environment()
    relock.write(PYTHON, ROOT / "pyproject.toml", LOCKS, upgrade="--upgrade" in args)
    return 0


def wheel(args: Sequence[str]) -> int:
    """Build the wheel into a folder (dist)."""
    ensure_environment()
    return python(["-m", "hatchling", "build", "-t", "wheel", "-d", str(Path(*(args or ["dist"])).resolve())])


def fill_wheelhouse(args: Sequence[str]) -> int:
    """Put all locked packages for this system and Python into a folder, for set-up without an index."""
    if not answers():
        create_environment()
    if not wheelhouse.fill(PYTHON, LOCKS, Path(args[0])):
        raise Stop("The locked packages could not be had; pip says why above.")
    print(f"Ready: python3 packaging/dev.py setup --wheelhouse {args[0]}")
    return 0


PACKAGES: dict[str, Callable[[Kit, Path], list[Path]]] = {
    "deb": lambda kit, out: linux_build.build(kit, "deb", out),
    "tar": lambda kit, out: linux_build.build(kit, "tar", out),
    "windows": windows_build.build,
}


def build(args: Sequence[str]) -> int:
    """Build a .deb or plain tar for Linux, or installer and archive for Windows; the same bytes each time."""
    source = source_of(args)
    ensure_environment(source)
    try:
        paths = PACKAGES[args[0]](Kit(PYTHON, source), Path(args[1]).resolve())
    except Fault as fault:
        raise Stop(str(fault)) from fault
    for path in paths:
        content = path.read_bytes()
        print(f"{path}: {len(content) / 1e6:.1f} MB, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


def sign_update(args: Sequence[str]) -> int:
    """Sign a built version (TREE has app/ and lib/ in it) as an update by stick; --new-key makes the key that signs."""
    ensure_environment()
    words = [one if one.startswith("--") else os.path.abspath(one) for one in args]  # noqa: PTH100 - stays a word
    return python(["packaging/updates.py", *words], {"PYTHONPATH": str(ROOT)})


def licences(_args: Sequence[str]) -> int:
    """Write the one file of third-party licences that ships, from the installed packages and the fonts."""
    ensure_environment()
    return python(["packaging/licences.py"])


class Command(NamedTuple):
    """A word on the command line."""

    do: Callable[[Sequence[str]], int]
    takes: str = ""
    forms: tuple[str, ...] | None = None
    """What may follow, as patterns of all of it, a word a line; None hands everything on."""

    def fits(self, rest: Sequence[str]) -> bool:
        """Tell whether these words may follow."""
        return self.forms is None or any(re.fullmatch(form, "\n".join(rest)) for form in self.forms)


FOLDER = "[^-\n][^\n]*"
FROM_WHEELHOUSE = f"(--wheelhouse\n{FOLDER})"
COMMANDS = {
    "setup": Command(set_up, "[--wheelhouse DIR]", (f"{FROM_WHEELHOUSE}?",)),
    "run": Command(run, "[ARGS...]"),
    "demo": Command(demo, "[DIR]"),
    "test": Command(test, "[PYTEST ARGS...]"),
    "check": Command(check, forms=("",)),
    "bench": Command(bench, "[ARGS...]"),
    "mutate": Command(mutate, "[MODULE...]"),
    "pictures": Command(pictures, "[OUT] [OPTIONS...]"),
    "wheel": Command(wheel, "[DIR]"),
    "wheelhouse": Command(fill_wheelhouse, "DIR", (FOLDER,)),
    "build": Command(
        build, "KIND OUT [--wheelhouse DIR]", (f"({'|'.join(PACKAGES)})\n{FOLDER}(\n{FROM_WHEELHOUSE})?",)
    ),
    "prove": Command(proving.prove, "OUT [OPTIONS...]"),
    "sign-update": Command(
        sign_update, "TREE KEY OUT | --new-key KEY", (f"{FOLDER}\n{FOLDER}\n{FOLDER}", f"--new-key\n{FOLDER}")
    ),
    "licences": Command(licences, forms=("",)),
    "lock": Command(lock, "[--upgrade]", ("(--upgrade)?",)),
}


def usage() -> str:
    """Return the list of commands."""
    lines = ["Usage: python3 packaging/dev.py COMMAND [ARGS...]", ""]
    lines += [f"  {f'{name} {c.takes}':<33}{c.do.__doc__}" for name, c in COMMANDS.items()]
    return "\n".join([*lines, "", "Each command first sets up what is missing; that is quick when nothing is."])


def main(argv: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    name, rest = (argv[0], argv[1:]) if argv else ("help", [])
    if name in {"help", "-h", "--help"}:
        print(usage())
        return 0
    command = COMMANDS.get(name)
    if command is None or not command.fits(rest):
        print(usage(), file=sys.stderr)
        return 2
    try:
        return command.do(rest)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
