"""What the files on a stick are called: whose they are and for whom, in the names that people use.

A name proves nothing: what a file is stands inside it, signed, and a renamed one is taken in all the same.
"""

from pathlib import Path

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.filenames import portable
from tuopin_desktop.services.office.offices import called

_REGION = "自治区"


def package(folder: Path, office: str, to: str, number: int) -> Path:
    """Return where a data package goes, under a name that nothing has yet: 翁牛特旗报自治区第9包.zip."""
    return _untaken(folder, f"{_route(office, to)}第{number}包.zip")


def scans(folder: Path, office: str, to: str, moment: str, number: int) -> Path:
    """Return where a package of scans goes: 翁牛特旗报自治区扫描件20180604-1.zip."""
    return _untaken(folder, f"{_route(office, to)}扫描件{moment}-{number}.zip")


def card(folder: Path, office: str, name: str) -> Path:
    """Return where a card goes; one of the same name of the same office is written anew.

    tuopin-card-翁牛特旗登记卡 李秀英.json: what the name began with in every release, scripts look for.
    """
    return folder / portable(f"tuopin-card-{_short(office)}登记卡 {name}.json")


def place_words(folder: Path) -> str:
    """Return what a drive or folder is called in a sentence: E盘, or its own name."""
    drive = folder.drive.rstrip(":")
    return f"{drive}盘" if len(drive) == 1 else f"“{folder.name or folder}”"


def _route(office: str, to: str) -> str:
    if office == to:
        return f"{_short(office)}另一台电脑"
    return f"{_short(office)}{'报' if office.startswith(to) else '发'}{_short(to)}"


def _short(office: str) -> str:
    return _REGION if office == ids.REGION else called(office)


def _untaken(folder: Path, name: str) -> Path:
    path, number = folder / portable(name), 1
    stem, ending = path.stem, path.suffix
    while path.exists():
        number += 1
        path = path.with_name(f"{stem}({number}){ending}")
    return path
