"""The scoring schemes an office knows: the shipped example, and what stands in its own folder, by year."""

import tomllib
from decimal import Decimal
from pathlib import Path

from tuopin_desktop.domain.appraisal.scheme import Scheme
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.machine import files
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.desk import Desk

FOLDER = "schemes"


def schemes(desk: Desk) -> list[Scheme]:
    """Return every scheme, the office's own before the shipped ones; raises Trouble for one that cannot be read."""
    own, shipped = desk.folder / FOLDER, RESOURCES / FOLDER
    return [_read(path) for folder in (own, shipped) for path in sorted(folder.glob("*.toml"))]


def scheme_of(desk: Desk, year: int) -> Scheme:
    """Return the scheme of a year: the office's own where it has one; raises Refused when no scheme covers the year."""
    found = next((scheme for scheme in schemes(desk) if scheme.first_year <= year <= scheme.last_year), None)
    if found is None:
        folder = desk.folder / FOLDER
        raise refuse("scheme", f"{year}年没有考核评分表。请按示例的格式写一份，放在{folder}", "year", article=15)
    return found


def _read(path: Path) -> Scheme:
    try:
        return Scheme.read(tomllib.loads(files.read(path).decode("utf-8-sig"), parse_float=Decimal))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"考核评分表“{path.name}”读不懂（{error}），请按示例的格式更正。") from error
