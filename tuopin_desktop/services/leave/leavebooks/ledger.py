"""Everything the books of leave are written from, read once: stories, people, postings, the policy and the calendar."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.halves import parse_half, parse_stored
from tuopin_desktop.domain.leave.account import Account, account
from tuopin_desktop.domain.leave.count import Count, days
from tuopin_desktop.domain.leave.story import LeaveRecords, Story
from tuopin_desktop.domain.policy import Policy, pack_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Authorisation, LeaveSlip, Person, Posting
from tuopin_desktop.domain.records.choices import ENDED, LEAVE_TYPE, RELATION
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.leave import leavedesk
from tuopin_desktop.services.office import calendars, offices, ordering
from tuopin_desktop.services.office.desk import Desk

UNIT_UNKNOWN = "（派出单位未登记）"
_HALF = {"am": "上午", "pm": "下午"}


class Ledger(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All slips of the office with their state today; `stories` are in the order of counties and numbers."""

    stories: tuple[Story, ...]
    papers: LeaveRecords
    persons: dict[str, Person]
    postings: dict[str, Posting]
    authorisations: tuple[Authorisation, ...]
    counties: Mapping[str, str]
    policy: Policy
    calendar: Calendar
    today: date

    @cached_property
    def by_slip(self) -> dict[str, Story]:
        """Return stories by slip."""
        return {story.slip.id: story for story in self.stories}

    @cached_property
    def by_person(self) -> dict[str, tuple[Story, ...]]:
        """Return stories by person."""
        stories_by_key: dict[str, list[Story]] = defaultdict(list)
        for story in self.stories:
            stories_by_key[self.person_id(story.slip)].append(story)
        return {person: tuple(stories) for person, stories in stories_by_key.items()}

    def person_id(self, slip: LeaveSlip) -> str:
        """Return the id of the person a slip is of, or ""."""
        posting = self.postings.get(slip.posting)
        return posting.person if posting else ""

    def person(self, slip: LeaveSlip) -> Person:
        """Return the person a slip is of; an empty one when the roster does not know."""
        return self.persons.get(self.person_id(slip)) or Person(name=slip.name)

    def unit(self, slip: LeaveSlip) -> str:
        """Return the sending unit of a slip's person."""
        return self.person(slip).unit or UNIT_UNKNOWN

    def county(self, record_id: str) -> str:
        """Return the name of the county a record belongs to."""
        code = ids.owner(record_id)
        return self.counties.get(code, code)

    def account(self, person_id: str, year: int) -> Account:
        """Return a person's account of a year."""
        calendar = self.calendar.of(ids.owner(person_id))
        return account(self.by_person.get(person_id, ()), self.by_slip, year, self.policy, calendar)

    def days_of(self, slip: LeaveSlip, year: int | None = None) -> Count:
        """Return what a slip counts by the calendar of its county, of a year its share."""
        policy = self.policy.under(pack_of(slip))
        return days(parse_stored(slip.period), slip.leave_type, policy, self.calendar.of(ids.owner(slip.id)), year)

    def within(self, county: str) -> list[Story]:
        """Return the stories of a county (all for "")."""
        return [story for story in self.stories if ids.owner(story.slip.id).startswith(county)]


def open_ledger(desk: Desk) -> Ledger:
    """Return the ledger of this office and those below it."""
    papers = leavedesk.papers(desk)
    stories = leavedesk.stories(desk, papers)
    return Ledger(
        stories=tuple(sorted(stories, key=lambda one: (ids.owner(one.slip.id), one.slip.number))),
        papers=papers,
        persons={person.id: person for person in ordering.rows(desk, Person, scope=desk.scope)},
        postings={posting.id: posting for posting in ordering.rows(desk, Posting, scope=desk.scope)},
        authorisations=tuple(ordering.rows(desk, Authorisation, scope=desk.scope)),
        counties=desk.vocabulary["旗县"].labels,
        policy=judging.policy_on(desk, desk.today()),
        calendar=calendars.calendar(desk),
        today=desk.today(),
    )


def person_called(desk: Desk, name: str) -> str:
    """Return the id of the person of a name, `150426/张三` or `翁牛特旗/张三` where several bear it; raises Refused."""
    owner, _, plain = name.rpartition("/")
    if desk.store.get(Person, name) is not None:
        return name
    everybody = desk.store.rows(Person, {"name": plain}, scope=desk.scope)
    persons = [one for one in everybody if not owner or offices.is_called(ids.owner(one.id), owner)]
    if not persons:
        raise refuse("person", f"花名册中没有“{name[:50]}”", "person")
    if len(persons) > 1:
        several = "、".join(sorted({f"{offices.called(ids.owner(person.id))}/{plain}" for person in persons})[:5])
        raise refuse("person", f"“{plain[:50]}”有{len(persons)}人，请写明旗县（同旗县的写记录号）：{several}", "person")
    return persons[0].id


def type_words(slip: LeaveSlip) -> str:
    """Return the leave type in words."""
    return LEAVE_TYPE.word(slip.leave_type) or "未登记"


def day_in(day: date | None, year: int) -> str:
    """Return a day as a list of a year prints it: 07-27, and 2019-01-02 where the year is another."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == year else day.isoformat()


def half_words(stored: str, year: int) -> str:
    """Return a stored half-day as a list of a year prints it: 07-27上午."""
    half = parse_half(stored)
    return f"{day_in(half[0], year)}{_HALF[half[1]]}" if half else stored


def marks_of(story: Story, stories: Mapping[str, Story]) -> list[str]:
    """Return the state of a slip and every mark it bears: late, extends, reroutes, followed by, ended and why."""
    slip = story.slip
    names = [story.state_words]
    if story.late:
        names.append(slip.late_reason if "补办" in slip.late_reason else f"补办：{slip.late_reason}")
    if slip.relation:
        before = stories.get(slip.follows)
        names.append(f"{RELATION.word(slip.relation)}，原单{before.slip.number if before else '已删除'}")
    names += [f"{_FOLLOWED[item.relation]}{item.number}" for item in story.followers if item.relation in _FOLLOWED]
    if slip.ended:
        names.append(f"{ENDED.word(slip.ended)}：{slip.ended_reason}")
    return names


_FOLLOWED = {"extension": "有续假", "reroute": "行程变更为", "correction": "更正为"}
