"""How the office stands today: counted and judged for the first page."""

from tuopin_desktop.domain.findings import gravest_first
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.policy import pack_of
from tuopin_desktop.services.home import firstpage
from tuopin_desktop.services.home.abovehome import above_state
from tuopin_desktop.services.home.closinghome import closing_state
from tuopin_desktop.services.home.countyhome import county_state
from tuopin_desktop.services.home.firstpage import HomeState
from tuopin_desktop.services.leave.watching import slips_to_watch
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.shelves import merge, shelves


def standing(desk: Desk) -> HomeState:
    """Count and judge; what is of now and whole is kept for the next start, what is still of yesterday never is."""
    key = firstpage.key(desk)
    teams = roster.matrix(desk)
    vacant = sum(slot.vacant_days is not None for team in teams for slot in team.slots)
    stories = merge.stories(desk)
    out = [pack_of(story.slip) == desk.policy.id for story in stories if story.journey.trip.out]
    heads = roster.heads(desk, stories)
    findings = gravest_first(merge.to_do(desk)) if heads.total else []
    county = above = None
    closing = closing_state(desk)
    running = heads.total and closing is None  # no alarm of a term outlives it
    if desk.level is not Level.COUNTY and running:
        above = above_state(desk, stories, findings)
    elif running:
        county = county_state(desk, teams, stories, slips_to_watch(desk, stories), findings)
    state = HomeState(
        at=desk.clock.now(),
        heads=heads,
        teams=len(teams),
        vacant=vacant,
        slips=sum(out),
        slips_others=len(out) - sum(out),
        county=county,
        above=above,
        closing=closing,
    )
    if not shelves.of(desk).stale():
        firstpage.keep(desk, key, state)
    return state
