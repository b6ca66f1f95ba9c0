"""Build the program for Windows: one tree, as an installer and as an archive to run where it is unpacked."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from bundle import archive, parts, tree, versions
from bundle.archive import Entry
from bundle.tree import Kit, Tree

from windows import program, qt, runtime, tools

HERE = Path(__file__).resolve().parent
ROOT = tree.ROOT
TEXTS = {
    "说明.txt": HERE / "说明.txt",
    "LICENSE.txt": ROOT / "LICENSE",
    "licences.txt": ROOT / "resources" / "licences.txt",
    "licences-windows.txt": HERE / "licences-windows.txt",
}
"""What lies on top for people to read."""
SPARE = ("PIL/_avif.", "PIL/_imagingtk.")
"""Beginnings of what of the packages stays out: 8 MB for a kind of picture no scanner writes; what asks for Tcl/Tk."""


def build(kit: Kit, out: Path) -> list[Path]:
    """Build installer and archive into a folder and return both."""
    tools.check()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tuopin-windows-") as scratch:
        work = Path(scratch)
        made = make_tree(kit, work)
        top = make_top(kit, work, made.version)
        stem = f"{program.FOLDER}-{made.version}-windows-x86_64"
        outputs = [out / f"{stem}-setup.exe", out / f"{stem}.zip"]
        pieces = [path.with_name(f"{path.name}.part") for path in outputs]
        write_installer(made, top, work, pieces[0])
        archive.write_zip(pieces[1], entries(made, top), made.epoch)
        for piece, path in zip(pieces, outputs, strict=True):
            piece.replace(path)
    return outputs


# ---------------------------------------------------------------- the tree


def make_tree(kit: Kit, scratch: Path) -> Tree:
    """Lay out python/, lib/ and app/: one version of the program, complete."""
    made = tree.lay(kit, scratch, runtime.TARGET, qt.LAYOUT)
    versions.place(made.version)
    parts.keep_only(made.folder / "lib", lambda name: not name.startswith(SPARE))
    runtime.lay(kit, scratch, made.folder)
    tree.compile_bytecode(tools.python_of(runtime.TARGET[1]), made.folder)
    return made


def make_top(kit: Kit, scratch: Path, version: str) -> Path:
    """Make the folder above the versions: the launchers and what people read."""
    top, work = scratch / "top", scratch / "launcher"
    shutil.copytree(HERE / "launcher", work)
    top.mkdir()
    drawing = ROOT / "resources" / "icons" / "app.svg"
    tools.must("The icon", str(kit.python), HERE / "icon.py", drawing, work / "program.ico", work / "side.bmp")
    (work / "program.h").write_text(program.header(), encoding="utf-8", newline="\n")
    launcher(work, version, top / program.WINDOW, ["-mwindows"])
    launcher(work, version, top / program.CONSOLE, ["-DCONSOLE"])
    for name, source in TEXTS.items():
        text = source.read_text(encoding="utf-8")
        (top / name).write_text(text, encoding="utf-8-sig", newline="\r\n")  # so that Notepad reads it
    return top


def launcher(work: Path, version: str, target: Path, options: list[str]) -> None:
    """Compile one launcher with its icon, manifest and version."""
    script, resource, result = work / "program.rc", work / "program.o", work / "launcher.exe"
    script.write_text(program.resources(version, target.name), encoding="utf-8", newline="\n")
    windres = "x86_64-w64-mingw32-windres"
    tools.must("The resources of the launcher", windres, "-I", work, "-c", "65001", script, resource)
    tools.compile_c("-municode", *options, *tools.LINK, "-o", result, work / "launcher.c", resource)
    shutil.move(result, target)


# ---------------------------------------------------------------- what ships


def entries(made: Tree, top: Path) -> list[Entry]:
    """Return the files of the archive: as they lie after an installation, below one folder."""
    folder = program.FOLDER
    return [
        *archive.below(top, folder),
        *archive.below(made.folder, f"{folder}/{versions.place(made.version)}"),
        Entry(f"{folder}/versions/state", versions.first_state(made.version)),
    ]


def write_installer(made: Tree, top: Path, scratch: Path, out: Path) -> None:
    """Compile the installer; its files bear the one time of the tree, since it keeps them."""
    work = scratch / "launcher"
    for folder in (made.folder, top, work):  # the installer's own pictures come from `work`
        for path in folder.rglob("*"):
            os.utime(path, (made.epoch, made.epoch))
    size = sum(path.stat().st_size for path in made.folder.rglob("*") if path.is_file()) // 1024
    scripts = {
        "program.nsh": program.definitions(made.version, size),
        "files.nsh": commands(made.folder, "${PART}") + commands(top, "$INSTDIR"),
        "removed.nsh": "".join(f'Delete "$INSTDIR\\{name}"\n' for name in sorted(path.name for path in top.iterdir())),
    }
    for name, text in scripts.items():
        (work / name).write_text(text, encoding="utf-8-sig", newline="\n")
    options = ("-V2", "-WX", "-INPUTCHARSET", "UTF8", f"-DWORK={work}", f"-DOUT={out}")
    tools.must("The installer", "makensis", *options, HERE / "installer.nsi")


def commands(folder: Path, place: str) -> str:
    """Return the installer's commands that lay every file of a folder below a place, in order of names."""
    lines: list[str] = []
    for parent, names in by_folder(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()):
        windows = "".join(f"\\{part}" for part in parent.parts)
        lines.append(f'SetOutPath "{place}{windows}"\n')
        lines.extend(f'File "{folder / parent / name}"\n' for name in names)
    return "".join(lines)


def by_folder(paths: Iterable[Path]) -> list[tuple[PurePosixPath, list[str]]]:
    """Return (folder, names of its files), both in order."""
    folders: dict[PurePosixPath, list[str]] = {}
    for path in paths:
        place = PurePosixPath(path.as_posix())
        folders.setdefault(place.parent, []).append(place.name)
    return [(folder, sorted(folders[folder])) for folder in sorted(folders)]
