"""What practice data is put together from: parts of names, sending units, townships and reasons, shipped as tables."""

from collections.abc import Mapping
from functools import cache

from tuopin_desktop.services.office import library

Row = Mapping[str, str]

CAPITAL = "呼和浩特市"
"""Where the organs of the autonomous region are."""


def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of one of the demo tables."""
    return library.table(f"demo/{name}.csv")


@cache
def counties() -> dict[str, Row]:
    """Return the 57 counties by code, with `name` and `league`."""
    return {row["code"]: row for row in library.table("counties.csv")}


@cache
def townships(county: str, kind: str = "") -> tuple[str, ...]:
    """Return the townships of a county, all or those of one kind (镇, 乡, 苏木, 街道)."""
    groups = (row for row in rows("townships") if row["county"] == county)
    return tuple(row["name"] for row in groups if kind in ("", row["kind"]))


@cache
def units(source: str) -> tuple[str, ...]:
    """Return the sending units of a class: region, league, county, college or company; names of May 2018."""
    return tuple(row["unit"] for row in rows("sending_units") if row["class"] == source)


@cache
def parts(group: str, part: str, sex: str = "") -> tuple[str, ...]:
    """Return name parts of a group; with a sex (m, f) those for it and those for either."""
    groups = (row for row in rows("name_elements") if row["group"] == group and row["part"] == part)
    return tuple(dict.fromkeys(row["text"] for row in groups if not sex or row["sex"] in (sex, "n")))


def seat(league: str) -> str:
    """Return the place where a league's offices are."""
    return {row["league"]: row["seat"] for row in rows("league_seats")}[league]


def suffix(county: str) -> str:
    """Return 旗, 县, 市 or 区: how the offices of a county call themselves."""
    return counties()[county]["name"][-1]
