"""Which slips an office above the county looks at: of a league, a team, leaders, or by the day of return."""

from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.policy import pack_of

LEADERS, OTHERS = "leaders", "others"
POSTS = {LEADERS: "只看队长", OTHERS: "副队长、队员"}
LATE = "late"
EXPECTED = {LATE: "应返已过", "0": "今天应返", "3": "3天内应返", "7": "7天内应返"}
"""By the day of expected return of whoever is not back: passed, or within so many days from today."""


class Narrowing(msgspec.Struct, frozen=True):
    """What is chosen beside the list; "" is everything. `league` is the code of a league's counties, four digits."""

    county: str = ""
    league: str = ""
    posts: str = ""
    expected: str = ""

    @property
    def is_set(self) -> bool:
        """Tell whether anything is left out."""
        return any((self.county, self.league, self.posts, self.expected))


def fits(story: Story, narrowing: Narrowing, pack: str, today: date) -> bool:
    """Tell whether a slip is among those looked at; a team's are those posted under `pack`, the measure itself."""
    owner = ids.owner(story.slip.id)
    if narrowing.county and (owner, pack_of(story.slip)) != (narrowing.county, pack):
        return False
    if not owner.startswith(narrowing.league):
        return False
    is_leader = form_of(story.slip).calls
    if narrowing.posts and is_leader != (narrowing.posts == LEADERS):
        return False
    return not narrowing.expected or _expected(story, narrowing.expected, today)


def _expected(story: Story, within: str, today: date) -> bool:
    until = story.journey.until
    if until is None or not story.journey.trip.out:
        return False
    if within == LATE:
        return until[0] < today
    return today <= until[0] <= today + timedelta(days=int(within))
