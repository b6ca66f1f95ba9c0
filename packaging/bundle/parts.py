"""The locked wheels unpacked and cut down to what the program uses."""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

SPARE_ENDINGS = (".pyi", ".h", ".sfd", ".c", ".pyx", ".pxd", ".lib")
SPARE_FILES = ("RECORD", "INSTALLER", "REQUESTED", "entry_points.txt", "top_level.txt", "direct_url.json", "py.typed")
QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")
_COMPILED = re.compile(r"\.(?:so|dll|pyd)\b")
_QT_IMPORT = re.compile(r"(?:from|import) PySide6\.(Qt\w+)")


class QtLayout(NamedTuple):
    """Where the wheels of Qt for one system keep their files, and which plug-ins ship there."""

    binding: str
    """Ending of a module's compiled binding."""
    always: tuple[str, ...]
    """Beginnings of what every program needs, below PySide6/."""
    libraries: str
    """The folder of the Qt libraries, below PySide6/; empty for PySide6/ itself."""
    library: re.Pattern[bytes]
    """The names of libraries as they stand in the bytes of what loads them."""
    data: str
    """The folder of plugins/ and translations/, below PySide6/."""
    plugins: tuple[str, ...]
    """Beginnings of the plug-ins that ship, below plugins/."""


def qt_modules(program: Path) -> set[str]:
    """Return the modules of Qt the program's source imports."""
    texts = (path.read_text(encoding="utf-8") for path in program.rglob("*.py"))
    return {module for text in texts for module in _QT_IMPORT.findall(text)}


def unpack(wheels: Iterable[Path], folder: Path) -> None:
    """Unpack wheels into one folder, without what only a development environment wants."""
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                place = place_of(name)
                if place:
                    target = folder / place
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(name))


def place_of(name: str) -> str | None:
    """Return where a file of a wheel goes, None for one that stays out."""
    parts = PurePosixPath(name).parts
    if name.endswith("/") or ".." in parts or PurePosixPath(name).is_absolute() or "__pycache__" in parts:
        return None
    if parts[0].endswith(".data"):
        if parts[1] not in {"purelib", "platlib"}:
            return None  # scripts, headers
        parts = parts[2:]
    if parts[-1].endswith(SPARE_ENDINGS) or parts[-1] in SPARE_FILES:
        return None
    return "/".join(parts)


def trim_qt(packages: Path, modules: Iterable[str], layout: QtLayout) -> None:
    """Leave of PySide6 these modules, the plug-ins of the layout and the libraries that all of them name."""
    qt = packages / "PySide6"
    bindings = {f"{module}{layout.binding}" for module in modules}
    translations = {f"{layout.data}translations/{name}" for name in QT_TRANSLATIONS}
    plugins = tuple(f"{layout.data}plugins/{name}" for name in layout.plugins)

    def is_library(name: str) -> bool:
        file = name.removeprefix(layout.libraries)
        return name.startswith(layout.libraries) and bool(layout.library.fullmatch(file.encode()))

    keep_only(
        qt,
        lambda name: (
            name in bindings
            or name in translations
            or name.startswith((*layout.always, *plugins))
            or (name.endswith(".py") and "/" not in name)
            or is_library(name)
        ),
    )
    need = libraries_of(qt, layout)
    keep_only(qt, lambda name: not is_library(name) or name.rpartition("/")[2].lower() in need)


def libraries_of(qt: Path, layout: QtLayout) -> set[str]:
    """Return the Qt libraries, in small letters, that modules and plug-ins name, and those that these name in turn.

    Their bytes are searched for the names; a name that is only mentioned keeps a library too many, never one too few.
    """
    folder = qt / layout.libraries
    libraries = {path.name.lower(): path for path in folder.iterdir() if layout.library.fullmatch(path.name.encode())}
    compiled = (path for path in qt.rglob("*") if path.is_file() and _COMPILED.search(path.name))
    queue = [path for path in compiled if path not in libraries.values()]
    need: set[str] = set()
    while queue:
        names = {name.decode().lower() for name in layout.library.findall(queue.pop().read_bytes())}
        further = names & set(libraries) - need
        need |= further
        queue.extend(libraries[name] for name in further)
    return need


def keep_only(folder: Path, fits: Callable[[str], bool]) -> None:
    """Remove every file whose path from the folder does not fit, and the folders that are empty then."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if not fits(path.relative_to(folder).as_posix()):
            path.unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            shutil.rmtree(path)
