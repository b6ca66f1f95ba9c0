"""Who belongs to a team in some days, and whose county an office is asked about."""

from collections.abc import Sequence
from datetime import date

import msgspec

from tuopin_desktop.domain.facts import team_order
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Person, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.desk import Desk


class Member(msgspec.Struct, frozen=True):
    """A posting with the name of its person."""

    posting: Posting
    name: str

    @property
    def position(self) -> str:
        """Return the position in words."""
        return POSITION.word(self.posting.position)


def county_of(desk: Desk, county: str = "") -> str:
    """Return the code of the county meant by code or name; a county office means its own. Raises Refused."""
    if not county and desk.level is Level.COUNTY:
        return desk.scope
    code = county if county.isdecimal() else desk.vocabulary["旗县"].code(county) or ""
    if len(code) != 6 or not code.startswith(desk.scope):
        raise refuse("county", f"请写明本单位范围内的旗县，现为“{county[:30]}”", "county")
    return code


def members(desk: Desk, county: str, days: Sequence[date]) -> list[Member]:
    """Return those posted in a county on some of the days, in the order of the team."""
    if not days:
        return []
    postings = [item for item in ordering.rows(desk, Posting, {"county": county}) if _serves(item, days[0], days[-1])]
    names = {item.id: item.name for item in desk.store.rows(Person, among=sorted({post.person for post in postings}))}
    postings.sort(key=team_order)
    return [Member(item, names.get(item.person, item.person)) for item in postings]


def named(desk: Desk, postings: Sequence[str]) -> dict[str, str]:
    """Return the names of the people of postings."""
    rows = desk.store.rows(Posting, among=sorted(set(postings) - {""}))
    names = {item.id: item.name for item in desk.store.rows(Person, among=sorted({row.person for row in rows}))}
    return {row.id: names.get(row.person, row.person) for row in rows}


def _serves(posting: Posting, first: date, last: date) -> bool:
    return posting.since is not None and posting.since <= last and (posting.until or last) >= first
