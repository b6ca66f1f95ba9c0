"""The tools of other people that the build for Windows needs, and the one sentence when some are missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import system_packages
from bundle.tree import Fault

PACKAGES = {
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
}
"""Tool -> Debian package."""
BYTECODE = {"3.13": 3571}
"""The number of the bytecode of a Python; a pre-release of the same name has another."""
APT_HELPER = Path("/usr/lib/apt/apt-helper")
LINK = ("-s", "-Wl,--no-insert-timestamp", "-Wl,--nxcompat", "-Wl,--dynamicbase", "-Wl,--high-entropy-va")
WARNINGS = ("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror")


def check() -> None:
    """Raise Fault with one sentence that names everything missing and how to get it."""
    packages = [package for tool, package in PACKAGES.items() if not shutil.which(tool)]
    gaps = [f"type this, then try again: {system_packages.command(packages)}"] if packages else []
    if "osslsigncode" not in packages and not reads_signing_times():
        gaps.append("osslsigncode is too old to judge a signature by its time (Debian 12 has a newer in its backports)")
    try:
        python_of("3.13")
    except Fault as fault:
        gaps.append(str(fault))
    if gaps:
        raise Fault(f"The build for Windows lacks tools: {'; '.join(gaps)}")


def reads_signing_times() -> bool:
    """Tell whether osslsigncode has the options that the check of signatures uses."""
    return "-ignore-crl" in run("osslsigncode", "verify", "--help").stdout


def python_of(version: str) -> Path:
    """Return a Python that makes the bytecode of a version: this one, pyenv's or one on the path; Fault without."""
    name = f"python{version}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    candidates = [Path(sys.executable), *sorted(pyenv.glob(f"{version}.*/bin/{name}"), reverse=True)]
    for candidate in [*candidates, Path(shutil.which(name) or name)]:
        if bytecode_of(candidate) == BYTECODE[version]:
            return candidate
    raise Fault(f"a Python {version} to make bytecode with is missing: on Debian 13 apt-get install {name}, else pyenv")


def bytecode_of(python: Path) -> int:
    """Return the number of a Python's bytecode, 0 when it does not answer."""
    question = "import importlib.util as u; print(int.from_bytes(u.MAGIC_NUMBER[:2], 'little'))"
    try:
        done = subprocess.run([python, "-I", "-S", "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    return int(done.stdout) if done.returncode == 0 else 0


def run(tool: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool and return what it printed, both streams together; nothing of a user's language in it."""
    return subprocess.run(
        [tool, *words],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def must(what: str, tool: str, *words: str | Path) -> None:
    """Run a tool that must succeed; Fault with what it printed when it does not."""
    done = run(tool, *words)
    if done.returncode != 0:
        raise Fault(f"{what} could not be made:\n{done.stdout}")


def compile_c(*words: str | Path) -> None:
    """Compile for Windows, with every warning an error."""
    must("A part in C", "x86_64-w64-mingw32-gcc", *WARNINGS, *words)


def apt_mirror() -> str:
    """Return the mirror this machine's apt takes Debian's main archive from, with a slash at its end."""
    words = ("indextargets", "--format", "$(REPO_URI) $(LABEL)", "Created-By: Packages")
    for line in run("apt-get", *words).stdout.splitlines():
        place, _, label = line.partition(" ")
        if label == "Debian":
            return place
    raise Fault("This machine's apt has no Debian mirror; lay the source of Python into a --wheelhouse folder.")


def system_roots() -> Path:
    """Return the file of the root certificates this system trusts."""
    path = Path("/etc/ssl/certs/ca-certificates.crt")
    if not path.exists():
        raise Fault("The system's root certificates are missing: apt-get install ca-certificates")
    return path
