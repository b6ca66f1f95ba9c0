"""Build the packages for Linux: one tree, as a .deb for Debian 12 and as a plain tar archive."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import relock
import system_packages
import wheelhouse

from linux import archive, parts
from linux.archive import Entry

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
NAME = "tuopin-desktop"
PYTHON = "3.11"
"""The Python of Debian 12; the compiled parts and the bytecode are made for it."""
TARGET: relock.Target = (relock.SYSTEMS[0], PYTHON)
KINDS = ("deb", "tar")
STARTERS = ("tuopin-desktop", "say", "start.py")
LAUNCHERS = ("tuopin-desktop", "say", "launch.py")
"""What stands above the versions in the tar archive and stays when one follows another."""
PLAIN = re.compile(r"[0-9]+(\.[0-9]+){1,3}")
"""A version that can be ordered by the launcher."""


class Fault(Exception):
    """The package cannot be built; the sentence says why."""


class Tree(NamedTuple):
    """The program, ready to be packed."""

    folder: Path
    version: str
    epoch: int
    """Seconds since 1970, the time of every file."""


def build(python: Path, kind: str, out: Path, *, source: Path | None = None) -> Path:
    """Build one package (`deb` or `tar`) into a folder and return it; `source` is a wheelhouse to take parts from."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{NAME}-") as scratch:
        tree = make_tree(python, Path(scratch), source)
        path = out / (deb_name(tree.version) if kind == "deb" else f"{tar_top(tree.version)}.tar.xz")
        part = path.with_name(f"{path.name}.part")
        if kind == "deb":
            entries = deb_entries(tree)
            archive.write_deb(part, control_files(tree, entries), entries, tree.epoch)
        else:
            archive.write_tar_xz(part, tar_entries(tree), tree.epoch)
        part.replace(path)
    return path


# ---------------------------------------------------------------- the tree


def make_tree(python: Path, scratch: Path, source: Path | None) -> Tree:
    """Lay out app/, lib/ and what starts them: our wheel, the locked wheels for Linux, compiled."""
    wheels, own, folder = scratch / "wheels", scratch / "own", scratch / "tree"
    epoch = source_date()
    command: list[str | Path] = [python, "-m", "hatchling", "build", "-t", "wheel", "-d", own]
    if subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        raise Fault("The program's own wheel could not be built; the lines above say why.")
    if not wheelhouse.fill(python, [LOCK], wheels, target=TARGET, source=source):
        raise Fault("The locked packages could not be had; pip says why above.")
    parts.unpack(own.glob("*.whl"), folder / "app")
    parts.unpack(wheels.glob("*.whl"), folder / "lib")
    parts.trim_qt(folder / "lib", parts.qt_modules(folder / "app"))
    glibc = parts.newest_glibc(folder)
    if glibc > parts.GLIBC:
        raise Fault(f"A part needs glibc 2.{glibc}; 2.{parts.GLIBC} is the most that may be asked for.")
    add_starters(folder)
    compile_bytecode(python, folder)
    (metadata,) = (folder / "app").glob("*.dist-info/METADATA")
    return Tree(folder, version_of(metadata.read_text(encoding="utf-8")), epoch)


def add_starters(folder: Path) -> None:
    """Put beside the packages what starts the program."""
    for name in STARTERS:
        shutil.copyfile(HERE / name, folder / name)
    shutil.copyfile(ROOT / "packaging" / "system_packages.py", folder / "system_packages.py")
    for name in STARTERS[:2]:
        (folder / name).chmod(0o755)


def compile_bytecode(python: Path, folder: Path) -> None:
    """Compile all modules; the bytecode holds no time and no path of this computer, so that it comes out the same."""
    options = ["-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONHASHSEED": "0"}
    command: list[str | Path] = [python, "-I", "-m", "compileall", *options, folder / "app", folder / "lib"]
    if subprocess.run(command, env=variables, check=False).returncode != 0:
        raise Fault("A module could not be compiled; the lines above say which.")


def version_of(metadata: str) -> str:
    """Return the version a wheel's METADATA names."""
    match = re.search(r"^Version: (\S+)$", metadata, flags=re.MULTILINE)
    if not match:
        raise Fault("The wheel names no version.")
    return match[1]


def source_date() -> int:
    """Return SOURCE_DATE_EPOCH, else the time of the last commit, else the first day archives know."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return int(epoch)
    log = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(log.stdout) if log.returncode == 0 and log.stdout.strip() else 315532800


# ---------------------------------------------------------------- the .deb


def debian_version(version: str) -> str:
    """Return a version as dpkg orders it: a pre-release before its release."""
    return re.sub(r"\.?(a|b|rc|dev)(?=\d)", r"~\1", version)


def deb_name(version: str) -> str:
    """Return the file name of the .deb."""
    return f"{NAME}_{debian_version(version)}_amd64.deb"


def depends() -> list[str]:
    """Return what the .deb needs: the Python it is made for, the C libraries, and what Qt loads."""
    qt = system_packages.CORE | system_packages.WINDOW
    return [f"libc6 (>= 2.{parts.GLIBC})", "libstdc++6", f"python{PYTHON}", *qt.values()]


def deb_entries(tree: Tree) -> list[Entry]:
    """Return the files of the .deb: the tree below /usr/lib, and its doors in the menu and on the command line."""
    program = f"usr/lib/{NAME}"
    doc = f"usr/share/doc/{NAME}"
    return [
        *archive.below(tree.folder, program),
        Entry(f"usr/bin/{NAME}", b"", link=f"../lib/{NAME}/{NAME}"),
        Entry(f"usr/share/applications/{NAME}.desktop", HERE / f"{NAME}.desktop"),
        Entry(f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg", ROOT / "resources" / "icons" / "app.svg"),
        Entry(f"{doc}/copyright", copyright_text().encode()),
        Entry(f"{doc}/licences.txt", b"", link=f"../../../lib/{NAME}/app/tuopin_desktop/resources/licences.txt"),
    ]


def copyright_text() -> str:
    """Return the copyright file: our licence, and where those of the works inside stand."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    rest = f"The package also holds works of others; their licences are in /usr/share/doc/{NAME}/licences.txt."
    return f"{own}\n\n{rest}\n"


def control_files(tree: Tree, entries: list[Entry]) -> dict[str, bytes]:
    """Return the control archive: the description and the checksums; no script, so nothing outside is ever touched."""
    contents = {e.name: e.content.read_bytes() if isinstance(e.content, Path) else e.content for e in entries}
    files = sorted(entry.name for entry in entries if not entry.link)
    size = sum(-(-len(contents[name]) // 1024) for name in files)
    # dpkg wants MD5 here: it finds a file gone bad on the disk, it does not guard against anybody.
    sums = [f"{hashlib.md5(contents[name], usedforsecurity=False).hexdigest()}  {name}\n" for name in files]
    return {"control": control_text(tree.version, size).encode(), "md5sums": "".join(sums).encode()}


def control_text(version: str, size: int) -> str:
    """Return the description of the package; `size` in KiB."""
    fields = {
        "Package": NAME,
        "Version": debian_version(version),
        "Architecture": "amd64",
        "Maintainer": "The Tuopin Desktop authors",
        "Installed-Size": str(size),
        "Depends": ", ".join(depends()),
        "Recommends": ", ".join(system_packages.PRINTER.values()),
        "Section": "misc",
        "Priority": "optional",
        "Description": "脱贫攻坚工作总队管理 (desk program of a county work team)\n"
        " 派驻、请销假、考勤、日志台账、考核与报告，不联网。\n"
        " .\n"
        " 数据在各用户的 ~/.local/share/TuopinDesktop；升级和卸载都不动数据。",
    }
    return "".join(f"{field}: {value}\n" for field, value in fields.items())


# ---------------------------------------------------------------- the tar archive


def tar_top(version: str) -> str:
    """Return the one folder of the tar archive."""
    return f"{NAME}-{version}-linux-x86_64"


def tar_entries(tree: Tree) -> list[Entry]:
    """Return the files of the tar archive: a launcher, the tree as its first version, a leaf to read, the licences."""
    if not PLAIN.fullmatch(tree.version):
        raise Fault(f"Versions lie side by side by their numbers; {tree.version} is none: build the .deb of it.")
    top, inside = tar_top(tree.version), f"versions/{tree.version}"
    state = f"current={tree.version}\nprevious=\nnext=\ntrial=\nfailed=\n"
    return [
        *archive.below(tree.folder, f"{top}/{inside}"),
        *(Entry(f"{top}/{name}", HERE / name, 0o644 if name.endswith(".py") else 0o755) for name in LAUNCHERS),
        Entry(f"{top}/versions/state", state.encode()),
        Entry(f"{top}/说明.txt", HERE / "说明.txt"),
        Entry(f"{top}/LICENSE", ROOT / "LICENSE"),
        Entry(f"{top}/licences.txt", tree.folder / "app/tuopin_desktop/resources/licences.txt"),
    ]
