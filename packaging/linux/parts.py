"""The locked wheels unpacked and cut down to what the program uses."""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

GLIBC = 28
"""Of glibc 2.x, the newest a part may need: 2.28 is UOS 20 and Debian 10."""

QT_PLUGINS = (
    "platforms/libqxcb",
    "platforms/libqoffscreen",
    "xcbglintegrations/",
    "platforminputcontexts/libibus",
    "platforminputcontexts/libcompose",
    "platformthemes/libqxdgdesktopportal",
    "printsupport/",
    "iconengines/",
    "imageformats/libqgif",
    "imageformats/libqico",
    "imageformats/libqjpeg",
    "imageformats/libqsvg",
    "imageformats/libqtiff",
    "imageformats/libqwebp",
)
"""Beginnings of the plug-ins that ship: screens, input methods, printers, pictures. Wayland has XWayland."""
QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")
SPARE_ENDINGS = (".pyi", ".h", ".sfd", ".c", ".pyx", ".pxd")
SPARE_FILES = ("RECORD", "INSTALLER", "REQUESTED", "entry_points.txt", "top_level.txt", "direct_url.json", "py.typed")
_QT_LIBRARY = re.compile(rb"lib(?:Qt6|icu)\w+\.so\.\d+")
_QT_IMPORT = re.compile(r"(?:from|import) PySide6\.(Qt\w+)")
_GLIBC_SYMBOL = re.compile(rb"GLIBC_2\.(\d+)")


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


def trim_qt(packages: Path, modules: Iterable[str]) -> None:
    """Leave of PySide6 these modules, the plug-ins above and the libraries that all of them name."""
    qt = packages / "PySide6"
    bindings = {f"{module}.abi3.so" for module in modules}
    _keep_only(
        qt,
        lambda name: (
            name in bindings
            or name.startswith(("libpyside6.", "support/", "Qt/lib/"))
            or (name.endswith(".py") and "/" not in name)
            or name.removeprefix("Qt/translations/") in QT_TRANSLATIONS
            or name.removeprefix("Qt/plugins/").startswith(QT_PLUGINS)
        ),
    )
    need = libraries_of(qt)
    _keep_only(qt, lambda name: not name.startswith("Qt/lib/") or name.rpartition("/")[2] in need)


def libraries_of(qt: Path) -> set[str]:
    """Return the Qt libraries that modules and plug-ins name, and those that these name in turn.

    Their bytes are searched for the names; a name that is only mentioned keeps a library too many, never one too few.
    """
    queue = [path for path in qt.rglob("*.so*") if path.parent != qt / "Qt" / "lib"]
    need: set[str] = set()
    while queue:
        names = {name.decode() for name in _QT_LIBRARY.findall(queue.pop().read_bytes())} - need
        present = {name for name in names if (qt / "Qt" / "lib" / name).exists()}
        need |= present
        queue.extend(qt / "Qt" / "lib" / name for name in present)
    return need


def _keep_only(folder: Path, fits: Callable[[str], bool]) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if not fits(path.relative_to(folder).as_posix()):
            path.unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            shutil.rmtree(path)


def newest_glibc(folder: Path) -> int:
    """Return x of the newest glibc 2.x that a library below the folder asks for."""
    libraries = (path.read_bytes() for path in folder.rglob("*.so*"))
    return max((int(number) for content in libraries for number in _GLIBC_SYMBOL.findall(content)), default=0)
