"""What is said of everybody, put together from the shelves: what is said of all at once, in its order."""

from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.findings import Finding
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.shelf import duties as shelf_duties
from tuopin_desktop.domain.shelf import evidence as shelf_evidence
from tuopin_desktop.domain.shelf import stories as shelf_stories
from tuopin_desktop.domain.shelf.evidence import Entry
from tuopin_desktop.domain.shelf.findings import merge
from tuopin_desktop.domain.shelf.tally import Tally
from tuopin_desktop.services.judging.teamday import TeamDay
from tuopin_desktop.services.judging.teamfigures import TeamFigures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.shelves import drawers, shelves
from tuopin_desktop.services.shelves.topic import TODAY, Topic


def findings(desk: Desk) -> list[Finding]:
    """Return what `judging.findings` returns, `ok` included."""
    own = shelves.of(desk)
    return list(merge([*own.of(drawers.GRAVE).values(), *own.of(drawers.REST).values()]))


def to_do(desk: Desk) -> list[Finding]:
    """Return those of them that somebody has to do something about."""
    return shelves.of(desk).together(drawers.GRAVE, lambda parts: list(merge(parts)))


def absences(desk: Desk) -> list[Finding]:
    """Return what is said of absence without reason (Art. 16), `ok` included."""
    return shelves.of(desk).together(drawers.ABSENCES, lambda parts: list(merge(parts)))


def duties(desk: Desk) -> dict[int, list[Duty]]:
    """Return the duties of every year that is asked for, and the next, those of a year in the order of the radar."""
    return shelves.of(desk).together(drawers.DUTIES, shelf_duties.merge)


def evidence(desk: Desk) -> list[Entry]:
    """Return the contradictions of those posted under the measure itself, with what was explained of them."""
    return shelves.of(desk).together(drawers.EVIDENCE, shelf_evidence.merge)


def stories(desk: Desk) -> list[Story]:
    """Return every slip's story as it stands today, newest number first."""
    return shelves.of(desk).together(drawers.STORIES, shelf_stories.merge)


def tallies(desk: Desk) -> dict[str, Tally]:
    """Return what is counted of each owner; of what has no owner under "" nothing."""
    return shelves.of(desk).of(drawers.TALLY)


def months(desk: Desk, month: str) -> dict[str, TeamFigures]:
    """Return by county the figures of a month, the running one or the one before it, where anybody served."""
    pairs = shelves.of(desk).of(drawers.MONTHS).items()
    return {owner: of_owner[month] for owner, of_owner in pairs if month in of_owner}


def team_days(desk: Desk) -> dict[str, TeamDay]:
    """Return by county how its team stands today; of what has no owner under "" nothing."""
    return shelves.of(desk).of(drawers.TEAM_DAY)


def settle(desk: Desk, topic: Topic = TODAY) -> None:
    """Judge whatever is stale: what is put on paper or sent is never of yesterday."""
    (shelves.of(desk) if topic is TODAY else shelves.about(desk, topic)).ensure(desk.hear)
