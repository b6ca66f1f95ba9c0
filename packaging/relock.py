"""Write the lock files: exact versions and hashes of every package, for every system and Python the program runs on."""

import itertools
import json
import re
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pip_call

PYTHONS = ("3.11", "3.12", "3.13")


class System(NamedTuple):
    """An operating system on a kind of machine, as pip and environment markers name it."""

    os_name: str
    sys_platform: str
    platform_system: str
    platform_machine: str
    tags: tuple[str, ...]


def manylinux(machine: str, newest: int) -> tuple[str, ...]:
    """Return the wheel tags for Linux with a glibc 2.`newest`; pip does not derive the older from the newer."""
    old = ("manylinux2014", "manylinux2010", "manylinux1")
    return tuple(f"{tag}_{machine}" for tag in (*(f"manylinux_2_{n}" for n in range(newest, 4, -1)), *old, "linux"))


SYSTEMS = (
    # glibc 2.28 is UOS 20: a wheel that needs a newer one must not slip into the lock.
    System("posix", "linux", "Linux", "x86_64", manylinux("x86_64", 28)),
    System("posix", "linux", "Linux", "aarch64", manylinux("aarch64", 39)),  # Qt 6.8.3 for ARM was built on 2.39
    System("nt", "win32", "Windows", "AMD64", ("win_amd64",)),
)
Target = tuple[System, str]
TARGETS: tuple[Target, ...] = tuple(itertools.product(SYSTEMS, PYTHONS))


class Locked(NamedTuple):
    """One package: its version, the hashes of its files and the targets that want it."""

    version: str
    hashes: set[str]
    targets: set[Target]


# Even with --platform and --python-version, pip judges markers ("; os_name == 'nt'") and the Python a package asks for
# by the machine it runs on; this lends it the target's.
AS_TARGET = """
import json, runpy, sys
from pip._internal.resolution.resolvelib import factory
from pip._vendor.packaging import markers
here, there = markers.default_environment, json.loads(sys.argv.pop(1))
markers.default_environment = lambda: {**here(), **there}
version, candidate = tuple(map(int, there["python_full_version"].split("."))), factory.RequiresPythonCandidate
factory.RequiresPythonCandidate = lambda info: candidate(info or version)
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""


def canonical(name: str) -> str:
    """Return a package name the way indexes compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(text: str) -> dict[str, str]:
    """Return name -> version of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


def environment(target: Target) -> dict[str, str]:
    """Return the marker variables of a target."""
    system, python = target
    names = ("os_name", "sys_platform", "platform_system", "platform_machine")
    return {name: getattr(system, name) for name in names} | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_version": f"{python}.0",
    }


def resolve(
    python: Path, target: Target, requirements: Sequence[str], pins: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Ask pip what it would install on a target: (name, version, sha256) of each file."""
    system, version = target
    with tempfile.TemporaryDirectory() as folder:
        report, constraints = Path(folder, "report.json"), Path(folder, "constraints.txt")
        constraints.write_text("".join(f"{name}=={pin}\n" for name, pin in pins.items()), encoding="utf-8")
        platforms = [part for tag in system.tags for part in ("--platform", tag)]
        options = ["--dry-run", "--ignore-installed", "--only-binary=:all:", "--quiet", "--target", folder]
        options += ["--implementation", "cp", "--python-version", version, *platforms]
        options += ["--report", str(report), "--constraint", str(constraints)]
        prelude = ("-c", AS_TARGET, json.dumps(environment(target)))
        done = pip_call.pip(python, ["install", *options, *requirements], prelude=prelude)
        if done.returncode != 0:
            raise SystemExit(
                f"No set of packages fits {system.sys_platform} {system.platform_machine}, Python {version}."
            )
        return [
            (
                canonical(item["metadata"]["name"]),
                item["metadata"]["version"],
                item["download_info"]["archive_info"]["hashes"]["sha256"],
            )
            for item in json.loads(report.read_text(encoding="utf-8"))["install"]
        ]


def collect(python: Path, requirements: Sequence[str], pins: dict[str, str]) -> dict[str, Locked]:
    """Resolve for every target; `pins` grows, so that all targets and later calls agree on versions."""
    locked: dict[str, Locked] = {}
    for target in TARGETS:
        print(f"  {target[0].sys_platform} {target[0].platform_machine}, Python {target[1]}", flush=True)
        for name, version, sha256 in resolve(python, target, requirements, pins):
            package = locked.setdefault(name, Locked(version, set(), set()))
            if package.version != version:
                raise SystemExit(f"{name} would be {package.version} here and {version} there.")
            package.hashes.add(sha256)
            package.targets.add(target)
            pins[name] = version
    return locked


def marker(targets: set[Target]) -> str:
    """Return the environment marker that is true on exactly these targets; empty for all."""
    systems = {system for system, _ in targets}
    pythons = {python for _, python in targets}
    if targets != set(itertools.product(systems, pythons)):
        raise SystemExit("A package is wanted in a pattern one marker cannot say.")
    parts = []
    if systems != set(SYSTEMS):
        parts.append(" or ".join(dict.fromkeys(_marker_of(system, systems) for system in SYSTEMS if system in systems)))
    if pythons != set(PYTHONS):
        parts.append(" or ".join(f'python_version == "{python}"' for python in PYTHONS if python in pythons))
    return " and ".join(f"({part})" if " or " in part and len(parts) > 1 else part for part in parts)


def _marker_of(system: System, among: set[System]) -> str:
    named = f'sys_platform == "{system.sys_platform}"'
    if {other for other in SYSTEMS if other.sys_platform == system.sys_platform} <= among:
        return named
    return f'{named} and platform_machine == "{system.platform_machine}"'


def render(locked: Mapping[str, Locked]) -> str:
    """Return the text of a lock file: names, versions and hashes, no addresses."""
    lines = ["# Made by `python3 packaging/dev.py lock` from pyproject.toml; do not edit by hand."]
    for name, package in sorted(locked.items()):
        condition = marker(package.targets)
        head = f"{name}=={package.version}" + (f" ; {condition}" if condition else "")
        lines.append(" \\\n    ".join([head, *(f"--hash=sha256:{digest}" for digest in sorted(package.hashes))]))
    return "\n".join(lines) + "\n"


def write(python: Path, project: Path, locks: Sequence[Path], *, upgrade: bool) -> None:
    """Write the lock of the program and, beside it, the lock of what only development needs on top."""
    declared = tomllib.loads(project.read_text(encoding="utf-8"))
    runtime: Iterable[str] = declared["project"]["dependencies"]
    development: Iterable[str] = declared["dependency-groups"]["dev"]
    pins: dict[str, str] = {}
    if not upgrade:
        wanted = {canonical(re.split(r"[=!<>~;\[ ]", requirement)[0]) for requirement in (*runtime, *development)}
        for lock in filter(Path.exists, locks):
            pins |= read_lock(lock.read_text(encoding="utf-8"))
        pins = {name: version for name, version in pins.items() if name not in wanted}
    print("The program:")
    program = collect(python, [*runtime], pins)
    print("Development:")
    everything = collect(python, [*runtime, *development], pins)
    locks[0].write_text(render(program), encoding="utf-8", newline="\n")
    extra = {name: package for name, package in everything.items() if name not in program}
    locks[1].write_text(render(extra), encoding="utf-8", newline="\n")
