"""What a leader sees first: where everybody is today, how far the month has come, which duties press; nothing to do."""

from datetime import date, datetime

import msgspec

from tuopin_desktop.domain.duties.duty import Duty, count_duties
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import watches
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.services.attendance import near, outlooks
from tuopin_desktop.services.duties import radar
from tuopin_desktop.services.judging import judging, terms
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.people.heads import Heads
from tuopin_desktop.services.shelves import merge


class Where(msgspec.Struct, frozen=True):
    """Somebody today: at post, away with where and until when, or a seat without a person; `tone` of a status."""

    name: str
    post: str
    state: str
    tone: str
    more: str
    month: str


class Pressing(msgspec.Struct, frozen=True):
    """A duty that presses, in words."""

    what: str
    period: str
    who: str
    state: str
    late: bool


class LeaderView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole page with the day it holds for, counted `at` one time."""

    day: date
    at: datetime
    heads: Heads
    vacant: int
    people: tuple[Where, ...]
    duties: tuple[Pressing, ...]
    count: int
    """How many duties press, periods counted singly."""


def look(desk: Desk) -> LeaderView:
    """Return what the page shows; in an office above the counties people are those who are away or missing."""
    stories = merge.stories(desk)
    teams = roster.matrix(desk)
    months = _months(desk) if desk.level is Level.COUNTY else {}
    away = {story.slip.posting: story for story in stories if any(one.out for one in watches(story))}
    people = [_where(slot, away, months) for team in teams for slot in (*team.slots, *team.extra)]
    if desk.policy.id in terms.ended(desk):
        people = []  # nobody of a term that is over is away today, or lacking
    elif desk.level is not Level.COUNTY:
        people = [one for one in people if one.tone != "ok"]
    due = radar.pressing_today(desk)
    return LeaderView(
        day=desk.today(),
        at=desk.clock.now(),
        heads=roster.heads(desk, stories),
        vacant=sum(slot.vacant_days is not None for team in teams for slot in team.slots),
        people=tuple(people),
        duties=tuple(map(_pressing, due)),
        count=count_duties(due),
    )


def _pressing(duty: Duty) -> Pressing:
    late = duty.days > 0 and not duty.mild
    return Pressing(duty.what, duty.period, duty.who, radar.state_words(duty), late)


def _months(desk: Desk) -> dict[str, str]:
    facts = near.facts_of(desk, f"{desk.today():%Y-%m}", desk.scope)
    rows = outlooks.rows(facts, judging.policy_on(desk, desk.today()), desk.scope)
    return {row.posting: row.outlook.sentence for row in rows}


def _where(slot: roster.SlotRow, away: dict[str, Story], months: dict[str, str]) -> Where:
    if slot.person is None or slot.posting is None:
        return Where("空缺", slot.title, "空缺", "bad", f"已空{slot.vacant_days or 0}天", "")
    name, post = slot.person.name, POSITION.word(slot.posting.position)
    month = months.get(slot.posting.id, "")
    story = away.get(slot.posting.id)
    if story is None:
        return Where(name, post, "在旗县", "ok", "", month)
    until = story.journey.until
    late = Watch.OVERDUE in watches(story)
    more = story.slip.place + (f"，应{day_words(until[0])}返回" if until else "")
    return Where(name, post, "超假未归" if late else "外出", "bad" if late else "warn", more, month)
