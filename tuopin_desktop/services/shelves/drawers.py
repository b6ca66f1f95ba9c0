"""The drawers of a shelf: each is a pure function of an owner's part, declared once, and kept by its name."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.rules.absence import without_reason
from tuopin_desktop.domain.shelf import duties, evidence, findings, stories, tally
from tuopin_desktop.domain.shelf.findings import Entry
from tuopin_desktop.domain.shelf.part import OFFICE, Part
from tuopin_desktop.domain.shelf.tally import Tally
from tuopin_desktop.domain.steps import Steps
from tuopin_desktop.domain.under import under
from tuopin_desktop.services.judging import teamday, teamfigures, teammonth
from tuopin_desktop.services.judging.teamday import TeamDay
from tuopin_desktop.services.judging.teamfigures import TeamFigures

T = TypeVar("T")

TO_DO = frozenset({Verdict.RED, Verdict.SUSPECTED, Verdict.UNKNOWN, Verdict.AMBER})
"""The verdicts that somebody has to do something about."""

_encode = msgspec.msgpack.Encoder().encode


@cache
def _shape(kind: Any) -> bytes:
    """Return a digest, always of one length, of everything a type is made of."""
    return hashlib.sha256(msgspec.json.encode(msgspec.json.schema(kind), order="deterministic")).digest()


class Drawer(msgspec.Struct, Generic[T], frozen=True):
    """What is kept under a name, and its type."""

    name: str
    type: Any

    def pack(self, value: T) -> bytes:
        """Return the content of the drawer as it is kept."""
        return _shape(self.type) + _encode(value)

    def unpack(self, raw: bytes) -> T:
        """Return what was kept; raises msgspec.MsgspecError for anything else, also for another version's shape."""
        before = _shape(self.type)
        if not raw.startswith(before):
            raise msgspec.ValidationError("another shape")  # a figure it lacks would be read as its default
        content: T = msgspec.msgpack.decode(memoryview(raw)[len(before) :], type=self.type)
        return content


GRAVE: Drawer[list[Entry]] = Drawer("grave", list[Entry])
REST: Drawer[list[Entry]] = Drawer("rest", list[Entry])
ABSENCES: Drawer[list[Entry]] = Drawer("absences", list[Entry])
DUTIES: Drawer[dict[int, list[duties.Entry]]] = Drawer("duties", dict[int, list[duties.Entry]])
EVIDENCE: Drawer[list[evidence.Entry]] = Drawer("evidence", list[evidence.Entry])
TALLY: Drawer[Tally] = Drawer("tally", Tally)
STORIES: Drawer[list[Story]] = Drawer("stories", list[Story])
MONTHS: Drawer[dict[str, TeamFigures]] = Drawer("months", dict[str, TeamFigures])
TEAM_DAY: Drawer[TeamDay] = Drawer("team day", TeamDay)

_FILLS: tuple[tuple[Drawer[Any], Callable[[Part], object]], ...] = (
    (DUTIES, duties.of_part),
    (EVIDENCE, evidence.of_part),
    (TALLY, tally.of_part),
    (STORIES, stories.of_part),
    (MONTHS, lambda part: _months(part)),
    (TEAM_DAY, teamday.of_part),
)


def fill(part: Part) -> Steps[dict[str, bytes]]:
    """Fill in steps every drawer of an owner's shelf: their contents by name, made in one pass."""
    every = yield from findings.of_part(part)
    yield
    contents = {
        GRAVE.name: GRAVE.pack([one for one in every if one.finding.verdict in TO_DO]),
        REST.name: REST.pack([one for one in every if one.finding.verdict not in TO_DO]),
        ABSENCES.name: ABSENCES.pack([one for one in every if one.finding.rule == without_reason.key]),
    }
    for drawer, make in _FILLS:
        yield
        contents[drawer.name] = drawer.pack(make(part))
    return contents


def _months(part: Part) -> dict[str, TeamFigures]:
    """Return the team's last month that is over and the running one, where anybody served in them."""
    facts, today = under(part.facts, part.policy.id), part.facts.today
    months = [f"{today.replace(day=1) - timedelta(days=1):%Y-%m}", f"{today:%Y-%m}"]
    if part.owner == OFFICE or part.owner not in facts.county_by_code:
        return {}
    teams = {month: teammonth.in_facts(facts, part.policy, month, part.owner) for month in months}
    return {month: teamfigures.figures(team, facts) for month, team in teams.items() if team.members}
