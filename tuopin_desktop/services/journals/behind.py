"""Every team's logs and weekly notes of the last weeks in one picture: who is behind, the worst first."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.logs import in_month
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import County, Posting, WeeklyNote
from tuopin_desktop.services.journals.notes import state_of
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import journalkeeping
from tuopin_desktop.services.office.desk import Desk

NOBODY = "none"
"""The tone of a week before anybody was in post."""
WEEKS = 8
"""So many weeks are looked at, this one too."""


class NoteWeek(msgspec.Struct, frozen=True):
    """One week of a team: how its note stands, in words and tone, and whether it is missing past its day."""

    text: str
    tone: str
    missing: bool


class TeamJournals(msgspec.Struct, frozen=True):
    """A team: how many are in post, the person-days with a log in these weeks, the last of them, and its notes."""

    county: str
    name: str
    league: str
    people: int
    logs: int
    last: date | None
    weeks: tuple[NoteWeek, ...]

    @property
    def missing(self) -> int:
        """Return how many notes are missing."""
        return sum(one.missing for one in self.weeks)

    @property
    def is_behind(self) -> bool:
        """Tell whether something is missing of a team that has people in post."""
        return bool(self.people) and (self.missing > 0 or not self.logs)


def teams(desk: Desk) -> list[TeamJournals]:
    """Return every team of this office and below, those behind first: by notes missing, then by the last log."""
    today = desk.today()
    policy = judging.policy_on(desk, today)
    names = weeks.between(today - timedelta(weeks=WEEKS - 1), today)
    days, last = _logged(desk, names)
    postings = desk.store.rows(Posting, scope=desk.scope)
    people = Counter(one.county for one in postings if serves(one, today))
    since: dict[str, date] = {}
    for one in postings:
        if one.since is not None:
            since[one.county] = min(one.since, since.get(one.county, one.since))
    notes: dict[str, dict[str, WeeklyNote]] = defaultdict(dict)
    for note in desk.store.rows(WeeklyNote, scope=desk.scope):
        if note.week in names:
            notes[note.county][note.week] = note
    looked = _Looked(names, today, policy, people, since, days, last, notes)
    lines = [_team(one, looked) for one in desk.store.rows(County) if one.code.startswith(desk.scope)]
    return sorted(lines, key=lambda line: (not line.is_behind, -line.missing, line.last or date.min, line.county))


class _Looked(msgspec.Struct, frozen=True):
    """What was read of all teams at once."""

    weeks: list[str]
    today: date
    policy: Policy
    people: Mapping[str, int]
    since: Mapping[str, date]
    days: Mapping[tuple[str, str], int]
    last: Mapping[str, date]
    notes: Mapping[str, Mapping[str, WeeklyNote]]


def _logged(desk: Desk, names: list[str]) -> tuple[Counter[tuple[str, str]], dict[str, date]]:
    """Return the person-days with a log by team and week, and each team's last one."""
    counts: Counter[tuple[str, str]] = Counter()
    last: dict[str, date] = {}
    for key, bits in journalkeeping.logged(desk, journalkeeping.under(desk.scope)).items():
        county = ids.owner(key)
        for day in in_month(bits, key[-7:]):
            last[county] = max(day, last.get(county, day))
            if (week := weeks.week_of(day)) in names:
                counts[county, week] += 1
    return counts, last


def _team(county: County, looked: _Looked) -> TeamJournals:
    code = county.code
    states = tuple(_week(code, week, looked) for week in looked.weeks)
    logs = sum(looked.days.get((code, week), 0) for week in looked.weeks)
    people, last = looked.people.get(code, 0), looked.last.get(code)
    return TeamJournals(code, county.name, county.league, people, logs, last, states)


def _week(code: str, week: str, looked: _Looked) -> NoteWeek:
    """Return how a week stands; of one before anybody was there nothing is missing."""
    if looked.since.get(code, looked.today) > weeks.days(week)[-1]:
        return NoteWeek("还没有人进驻", NOBODY, missing=False)
    note, due = looked.notes.get(code, {}).get(week), weeks.due(week, looked.policy)
    text, tone = state_of(note, looked.days.get((code, week), 0), due, looked.today)
    return NoteWeek(text, tone, missing=note is None and looked.today > due)
