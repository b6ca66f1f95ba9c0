"""Where and why practice people leave their county: one journey of a month, fit for the season and the person."""

import random
from datetime import date, timedelta

import msgspec

from tuopin_desktop.demo import elements
from tuopin_desktop.demo.team import rng_for
from tuopin_desktop.demo.term import FIRST
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.records import Posting

SPRING_FESTIVALS = (date(2019, 2, 1), date(2020, 1, 1))
AT_HOME = date(2020, 2, 1)
"""The month in which nobody travelled."""
_SEASONS = {
    (2018, 10): ("national", 1, 4),
    (2018, 12): ("newyear", 30, 31),
    (2019, 2): ("spring", 1, 6),
    (2019, 10): ("national", 1, 4),
    (2019, 12): ("newyear", 30, 31),
    (2020, 1): ("spring", 21, 24),
    (2020, 10): ("national", 1, 4),
}
"""Months with a festival most people go home for: its name, and the first and last day they set out."""
_ORDINARY = (4, 23)


class Journey(msgspec.Struct, frozen=True):
    """One absence before it is written on a slip."""

    period: Period
    place: str
    reason: str
    leave_type: str


def journey(rng: random.Random, month: date, posting: Posting) -> Journey:
    """Return a journey that begins in the month and ends before the next one may begin."""
    season, earliest, latest = _season(rng, month)
    who = ("any", "leader" if posting.position == "leader" else "member")
    values = rng.choice([row for row in elements.rows("reasons") if row["season"] == season and row["who"] in who])
    first = month + timedelta(days=rng.randint(earliest, latest) - 1)
    last = first + timedelta(days=rng.randint(int(values["least"]), int(values["most"])) - 1)
    begins_late = rng.random() < 0.15
    ends_early = first != last and rng.random() < 0.15
    period = Period(first, "pm" if begins_late else "am", last, "am" if ends_early else "pm")
    places = _places(posting)
    return Journey(period, places[values["place"]], values["reason"].format(**places), values["leave_type"])


def _season(rng: random.Random, month: date) -> tuple[str, int, int]:
    if month == FIRST:
        return "", 19, _ORDINARY[1]  # they arrived in the first half of the month
    name, earliest, latest = _SEASONS.get((month.year, month.month), ("", *_ORDINARY))
    if name == "national" and rng.random() < 0.3:
        return "", 9, _ORDINARY[1]
    return name, earliest, latest


def _places(posting: Posting) -> dict[str, str]:
    """Return where this person may travel to; nobody spends leave in the county of the team."""
    rng = rng_for(posting.id, "places")
    row = elements.counties()[posting.county]
    capital = elements.seat(elements.CAPITAL) if row["league"] == elements.CAPITAL else elements.CAPITAL
    seat = elements.seat(row["league"])
    if row["name"] in seat:
        seat = capital
    home = {"region": capital, "league": seat}.get(posting.source_level) or _neighbour(rng, posting.county)
    return {
        "home": home,
        "capital": capital,
        "league": row["league"],
        "seat": seat,
        "beijing": "北京市",
        "other": _neighbour(rng, posting.county),
    }


def _neighbour(rng: random.Random, county: str) -> str:
    """Return a township in another county, of the same league where there is one."""
    counties = elements.counties()
    near = [code for code, row in counties.items() if row["league"] == counties[county]["league"] and code != county]
    choice = rng.choice(near or [code for code in counties if code != county])
    above = "" if near else counties[choice]["league"]
    return f"{above}{counties[choice]['name']}{rng.choice(elements.townships(choice))}"
