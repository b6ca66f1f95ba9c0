"""The scoring schemes an office knows: the shipped example, and what stands in its own folder, by year."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tuopin_desktop.domain import tomltext
from tuopin_desktop.domain.appraisal.scheme import Scheme
from tuopin_desktop.domain.problems import Trouble, refuse
from tuopin_desktop.domain.records import Grade
from tuopin_desktop.machine import files
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.office.desk import Desk

FOLDER = "schemes"


def schemes(desk: Desk) -> list[Scheme]:
    """Return every scheme: the office's own before the shipped ones, later editions first; raises Trouble."""
    own, shipped = desk.folder / FOLDER, RESOURCES / FOLDER
    values_by_path = {path: _parsed(path) for folder in (own, shipped) for path in sorted(folder.glob("*.toml"))}
    bases = {str(data.get("id")): data for path, data in reversed(values_by_path.items())}
    pairs = [(path.parent != own, Scheme.read(_whole(data, bases, path))) for path, data in values_by_path.items()]
    return [scheme for _, scheme in sorted(pairs, key=lambda one: (one[0], -one[1].edition))]


def scheme_of(desk: Desk, year: int) -> Scheme:
    """Return the scheme of a year: the one its grades were decided by, else the first that covers it.

    Raises Refused when there is none, or when the one used then is not there any more.
    """
    all_schemes = schemes(desk)
    grades = desk.store.rows(Grade, {"year": year}, scope=desk.scope)
    used = Counter(grade.scheme for grade in grades if grade.decided and grade.scheme)
    if used:
        target = used.most_common(1)[0][0]
        match = next((scheme for scheme in all_schemes if scheme.id == target), None)
        missing = f"{year}年度的等次是按评分表“{target}”确定的，现在没有这份评分表。请放回"
    else:
        match = next((scheme for scheme in all_schemes if scheme.first_year <= year <= scheme.last_year), None)
        missing = f"{year}年没有考核评分表。请按示例的格式写一份，放在"
    if match is None:
        raise refuse("scheme", f"{missing}{desk.folder / FOLDER}", "year", article=15)
    return match


def _whole(data: Mapping[str, Any], bases: Mapping[str, Mapping[str, Any]], path: Path) -> dict[str, Any]:
    """Return a scheme's data with what it does not say itself taken from its `base`, which may have one in turn."""
    whole, named = dict(data), set[str]()
    while base := whole.pop("base", ""):
        if base not in bases or base in named:
            raise Trouble(f"考核评分表“{path.name}”所依据的评分表“{base}”没有找到，请更正 base 一行。")
        named.add(base)
        whole = {**bases[base], **whole}
    return whole


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomltext.read(files.read(path), number=Decimal)
    except tomltext.Unreadable as fault:
        raise Trouble(f"考核评分表“{path.name}”{fault}。") from fault
