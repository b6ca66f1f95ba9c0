"""Build the packages for Linux: one tree, as a .deb for Debian 12 and as a plain tar archive."""

import hashlib
import re
import shutil
import sys
import tempfile
from pathlib import Path

import relock
import system_packages
from bundle import archive, tree, versions
from bundle.archive import Entry
from bundle.tree import Fault, Kit, Tree

from linux import qt

HERE = Path(__file__).resolve().parent
ROOT = tree.ROOT
NAME = "tuopin-desktop"
PYTHON = "3.11"
"""The Python of Debian 12; the compiled parts and the bytecode are made for it."""
TARGET: relock.Target = (relock.SYSTEMS[0], PYTHON)
STARTERS = ("tuopin-desktop", "say", "start.py")
LAUNCHERS = ("tuopin-desktop", "say", "launch.py")
"""What stands above the versions in the tar archive and stays when one follows another."""


def build(kit: Kit, kind: str, out: Path) -> list[Path]:
    """Build one package (`deb` or `tar`) into a folder and return it."""
    if sys.version_info[:2] != tuple(map(int, PYTHON.split("."))):
        raise Fault(f"The package is compiled for Python {PYTHON}: type python{PYTHON} packaging/dev.py build {kind}")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{NAME}-") as scratch:
        laid = make_tree(kit, Path(scratch))
        path = out / (deb_name(laid.version) if kind == "deb" else f"{tar_top(laid.version)}.tar.xz")
        part = path.with_name(f"{path.name}.part")
        if kind == "deb":
            entries = deb_entries(laid)
            archive.write_deb(part, control_files(laid, entries), entries, laid.epoch)
        else:
            archive.write_tar_xz(part, tar_entries(laid), laid.epoch)
        part.replace(path)
    return [path]


# ---------------------------------------------------------------- the tree


def make_tree(kit: Kit, scratch: Path) -> Tree:
    """Lay out app/, lib/ and what starts them: our wheel, the locked wheels for Linux, compiled."""
    laid = tree.lay(kit, scratch, TARGET, qt.LAYOUT)
    glibc = qt.newest_glibc(laid.folder)
    if glibc > qt.GLIBC:
        raise Fault(f"A part needs glibc 2.{glibc}; 2.{qt.GLIBC} is the most that may be asked for.")
    add_starters(laid.folder)
    tree.compile_bytecode(kit.python, laid.folder)
    return laid


def add_starters(folder: Path) -> None:
    """Put beside the packages what starts the program."""
    for name in STARTERS:
        shutil.copyfile(HERE / name, folder / name)
    shutil.copyfile(ROOT / "packaging" / "system_packages.py", folder / "system_packages.py")
    for name in STARTERS[:2]:
        (folder / name).chmod(0o755)


# ---------------------------------------------------------------- the .deb


def debian_version(version: str) -> str:
    """Return a version as dpkg orders it: a pre-release before its release."""
    return re.sub(r"\.?(a|b|rc|dev)(?=\d)", r"~\1", version)


def deb_name(version: str) -> str:
    """Return the file name of the .deb."""
    return f"{NAME}_{debian_version(version)}_amd64.deb"


def depends() -> list[str]:
    """Return what the .deb needs: the Python it is made for, the C libraries, and what Qt loads."""
    libraries = system_packages.CORE | system_packages.WINDOW
    return [f"libc6 (>= 2.{qt.GLIBC})", "libstdc++6", f"python{PYTHON}", *libraries.values()]


def deb_entries(laid: Tree) -> list[Entry]:
    """Return the files of the .deb: the tree below /usr/lib, and its doors in the menu and on the command line."""
    program = f"usr/lib/{NAME}"
    doc = f"usr/share/doc/{NAME}"
    return [
        *archive.below(laid.folder, program),
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


def control_files(laid: Tree, entries: list[Entry]) -> dict[str, bytes]:
    """Return the control archive: the description and the checksums; no script, so nothing outside is ever touched."""
    contents = {e.name: e.content.read_bytes() if isinstance(e.content, Path) else e.content for e in entries}
    files = sorted(entry.name for entry in entries if not entry.link)
    size = sum(-(-len(contents[name]) // 1024) for name in files)
    # dpkg wants MD5 here: it finds a file gone bad on the disk, it does not guard against anybody.
    sums = [f"{hashlib.md5(contents[name], usedforsecurity=False).hexdigest()}  {name}\n" for name in files]
    return {"control": control_text(laid.version, size).encode(), "md5sums": "".join(sums).encode()}


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


def tar_entries(laid: Tree) -> list[Entry]:
    """Return the files of the tar archive: a launcher, the tree as its first version, a leaf to read, the licences."""
    top, inside = tar_top(laid.version), versions.place(laid.version)
    return [
        *archive.below(laid.folder, f"{top}/{inside}"),
        *(Entry(f"{top}/{name}", HERE / name, 0o644 if name.endswith(".py") else 0o755) for name in LAUNCHERS),
        Entry(f"{top}/versions/state", versions.first_state(laid.version)),
        Entry(f"{top}/说明.txt", HERE / "说明.txt"),
        Entry(f"{top}/LICENSE", ROOT / "LICENSE"),
        Entry(f"{top}/licences.txt", laid.folder / "app/tuopin_desktop/resources/licences.txt"),
    ]
