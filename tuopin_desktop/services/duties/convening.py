"""Before a meeting's day is fixed (Art. 12): who of those who must come is away on it, and which days suit better."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.duties.teams import analysis_due, last_day
from tuopin_desktop.domain.facts import Facts, team_order
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Meeting, Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.under import under
from tuopin_desktop.domain.whereabouts import Absence, absent
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk

_NEAR = timedelta(days=14)
_OFFERED = 3
_NAMED = 8
_SATURDAY = 5
_TEAMLESS = ("leaders", "study")


class AbsentMember(msgspec.Struct, frozen=True):
    """One of those who must come and is away: name, county (of a meeting of several teams), position, and why."""

    name: str
    county: str
    position: str
    absence: Absence

    @property
    def text(self) -> str:
        """Return who and why: 王海（翁牛特旗队长）已报备外出（2019-0027），6月2日至6月6日."""
        span = self.absence.span
        when = "" if span is None else _month_day(span.first)
        if span is not None and span.last != span.first:
            when += f"至{_month_day(span.last)}"
        return f"{self.name}（{self.county}{self.position}）{self.absence.text}" + (f"，{when}" if when else "")


class Day(msgspec.Struct, frozen=True):
    """A day for a meeting: how many must come, who of them is away, and whether it is a day of rest."""

    day: date
    expected: int
    missing: tuple[AbsentMember, ...]
    rest: bool


class Convening(msgspec.Struct, frozen=True):
    """A day proposed for a meeting; `due` is the last the measure allows, `others` have fewer people away."""

    day: Day
    others: tuple[Day, ...]
    due: date | None = None

    @property
    def text(self) -> str:
        """Return the proposal in Chinese sentences: the day, how many must come, who is away, and better days."""
        day, missing = self.day, self.day.missing
        when = f"{_month_day(day.day)}（星期{'一二三四五六日'[day.day.weekday()]}{'，休息日' if day.rest else ''}）"
        text = f"{when}：应到{day.expected}人，"
        if missing:
            rest = f"等{len(missing)}人" if len(missing) > _NAMED else ""
            text += f"外出{len(missing)}人：{'；'.join(one.text for one in missing[:_NAMED])}{rest}。"
        else:
            text += "没有登记外出的。"
        if self.due is not None and day.day > self.due:
            text += f"已过每月例会的期限{_month_day(self.due)}（管理办法第十二条）。"
        return text + (f"可改在：{'；'.join(map(_other, self.others))}。" if self.others else "")


def of_meeting(desk: Desk, meeting: Meeting, facts: Facts | None = None) -> Convening | None:
    """Return what is to be known of the day of a meeting, saved or only typed; None of one without a day, or over."""
    if meeting.held is None or meeting.held < desk.today():
        return None
    facts = under(facts or judging.facts(desk), desk.policy.id)
    policy = judging.policy_on(desk, facts.today)
    county = meeting.county or (desk.scope if desk.level is Level.COUNTY else "")
    return convening(facts, policy, meeting.type, county, meeting.held)


def convening(facts: Facts, policy: Policy, kind: str, county: str, date_: date) -> Convening | None:
    """Return who is away on a day and which days suit better; None of a meeting nobody has to come to."""
    meeting_day = on(facts, policy, kind, county, date_)
    if not meeting_day.expected:
        return None
    due = analysis_due(date_.replace(day=1), facts, policy, county) if kind == "analysis" else None
    near = sorted(_candidates(facts, kind, county, date_, due), key=lambda day: (abs(day - date_), day))
    days = [on(facts, policy, kind, county, day) for day in near]
    late = due is not None and date_ > due
    better = [day for day in days if meeting_day.rest or late or len(day.missing) < len(meeting_day.missing)]
    better.sort(key=lambda day: len(day.missing))  # of as many the nearest
    return Convening(meeting_day, tuple(sorted(better[:_OFFERED], key=lambda day: day.day)), due)


def days(facts: Facts, policy: Policy, kind: str, county: str, month: date) -> list[Day]:
    """Return the workdays of a month that are still to come and leave a meeting in time, with who is away on each."""
    due = analysis_due(month, facts, policy, county) if kind == "analysis" else last_day(month)
    span = _between(max(month, facts.today), due)
    return [on(facts, policy, kind, county, day) for day in span if not _rest(facts, county, day)]


def day_words(day: Day) -> str:
    """Return a day for a draft: 6月4日（外出：谢海）."""
    names = "、".join(one.name for one in day.missing)
    return _month_day(day.day) + (f"（外出：{names}）" if names else "（全部在岗）")


def invited(facts: Facts, kind: str, county: str, day: date) -> list[Posting]:
    """Return who of the teams has to come to a meeting: a team's its own people, the leaders' the leaders of all.

    To a meeting of the Office itself nobody of the teams has to come. `county` is "" or an office above counties.
    """
    office = len(county) != 6
    if kind == "study" and office:
        return []
    codes = sorted(code for code in facts.postings_by_county if code.startswith(county)) if office else [county]
    people = [one for code in codes for one in facts.active(code, day)]
    if kind in _TEAMLESS and office:
        people = [one for one in people if one.position == "leader"]
    return sorted(people, key=team_order)


def on(facts: Facts, policy: Policy, kind: str, county: str, day: date) -> Day:
    """Return a day of a meeting: how many have to come, and who of them is away."""
    people = invited(facts, kind, county, day)
    missing = tuple(_missing(facts, policy, people, day, wide=len(county) != 6))
    return Day(day, len(people), missing, _rest(facts, county, day))


def _missing(
    facts: Facts, policy: Policy, people: Iterable[Posting], day: date, *, wide: bool
) -> Iterator[AbsentMember]:
    for posting in people:
        absence = absent(facts, policy, posting, day)
        if absence is not None:
            county = facts.county_name(posting.county) if wide else ""
            yield AbsentMember(facts.name_of(posting.person), county, POSITION.word(posting.position), absence)


def _candidates(facts: Facts, kind: str, county: str, date_: date, due: date | None) -> Iterator[date]:
    """Yield the workdays a meeting could be moved to without missing its month, none of them past."""
    first, last = date_ - _NEAR, date_ + _NEAR
    if kind in ("analysis", "joint"):
        first, last = date_.replace(day=1), due or last_day(date_)
    for day in _between(max(first, facts.today), last):
        if day != date_ and not _rest(facts, county, day):
            yield day


def _between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _rest(facts: Facts, county: str, day: date) -> bool:
    worked = facts.calendar.of(county).is_workday(day)
    return day.weekday() >= _SATURDAY if worked is None else not worked


def _other(day: Day) -> str:
    return _month_day(day.day) + (f"外出{len(day.missing)}人" if day.missing else "全部在岗")


def _month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"
