"""A practice year's duties: meetings, reports, classes, talks, insurance and trips, with a few cases to be found."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tuopin_desktop.demo import elements
from tuopin_desktop.demo.roster import Entry, Roster
from tuopin_desktop.demo.team import rng_for
from tuopin_desktop.demo.term import FIRST, Term
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.belonging import assign_id
from tuopin_desktop.domain.duties.teams import RECEIVER, last_day, month_words, months
from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.halves import Period, parse_stored
from tuopin_desktop.domain.records import (
    Acknowledgement,
    FollowUp,
    HalfYearReport,
    Insurance,
    LeaveSlip,
    Matter,
    Meeting,
    MeetingProblem,
    Posting,
    RoundTrip,
    SubsidyRate,
    TeamReport,
    Training,
    TrainingAttendance,
)

CASES = "150426"
"""The county in which something was left undone."""

_NO_JOINT, _LATE, _HALF_DONE = date(2019, 5, 1), date(2019, 4, 1), date(2018, 12, 31)
_LEADERS_MET = tuple(
    date.fromisoformat(day)
    for day in (
        "2018-06-28 2018-08-27 2018-10-25 2018-12-25 2019-02-22 2019-04-19 2019-06-21 2019-08-23 2019-10-25 2019-12-20"
        " 2020-02-28 2020-04-24 2020-06-19 2020-08-21 2020-10-23"
    ).split()
)
"""Every second month, as Article 12 has it."""
_STUDIED_TOGETHER = tuple(
    date.fromisoformat(day) for day in "2018-06-15 2018-12-10 2019-06-14 2019-12-10 2020-06-12".split()
)
_DEMONSTRATED = (date(2018, 9, 14), date(2019, 9, 13), date(2020, 9, 11))
"""The last days of the yearly classes."""
_PROBLEMS = ("饮水工程进度滞后", "产业项目资金拨付慢", "危房改造台账不全", "扶贫车间用工不足", "医疗报销政策宣传不够")
_SAID = {"analysis": "分析上月问题，安排本月工作", "study": "研究工作队管理、考核和保障中的重大问题"}
_STUDIED = {2019: "产业扶贫带贫机制", 2020: "脱贫成果巩固机制"}
_MOST_TRIPS = 12
_TALK_EVERY = timedelta(days=150)


def entries(roster: Roster, slips: Iterable[Entry]) -> Iterator[Entry]:
    """Yield what was held, sent, taught and insured for every team of the roster, on the days it was entered."""
    slips_by_key: dict[str, list[LeaveSlip]] = {}
    for _, record in slips:
        if isinstance(record, LeaveSlip):
            slips_by_key.setdefault(record.posting, []).append(record)
    for county in roster.counties:
        yield from _team(roster, county)
        yield from _classes(roster, county)
    for posting in roster.postings.values():
        if posting.since is not None:
            yield from _member(posting, posting.since, slips_by_key.get(posting.id, []), roster.term.morning)
    if roster.decides:
        yield from _office(roster.term)


def _team(roster: Roster, county: str) -> Iterator[Entry]:
    chance, name, morning = rng_for(county, "duties"), elements.counties()[county]["name"], roster.term.morning
    arrived = min(one.since for one in roster.postings.values() if one.county == county and one.since)
    for month in months(arrived, morning):
        leader = roster.leader_on(county, month if month > arrived else last_day(month))
        analysis = month.replace(day=6 if (county, month) == (CASES, _LATE) else chance.randrange(2, 6))
        if month < arrived <= month.replace(day=5):
            # Who comes before the fifth owes the meeting of that month.
            analysis = max(analysis, arrived)
        if arrived <= analysis < morning:
            yield analysis, _meeting(county, "analysis", analysis, leader)
            about = month - timedelta(days=1)
            yield analysis, _report(county, about, analysis, name, leader)
        joint = month.replace(day=chance.randrange(14, 27))
        if arrived <= joint < morning and (county, month) != (CASES, _NO_JOINT):
            meeting = _meeting(county, "joint", joint, leader)
            yield joint, meeting
            yield from _problem(county, meeting, joint, chance.choice(_PROBLEMS), morning)
    for year in roster.term.years[1:]:
        yield _research(county, name, date(year, 3, 20), roster.leader_on(county, date(year, 3, 20)))


def _research(county: str, name: str, day: date, author: str) -> Entry:
    return day, Matter(
        id=f"{county}/research-{day.year}",
        type="research",
        county=county,
        name=f"{name}{_STUDIED[day.year]}调研报告",
        raised=day,
        author=author,
        level="region",
        receiver="自治区工作队管理办公室",
    )


def _meeting(county: str, kind: str, day: date, chair: str) -> Meeting:
    what = _SAID.get(kind, "与盟市、旗县通报情况，交办问题")
    return Meeting(
        id=f"{county}/{kind}-{day}",
        type=kind,
        county=county if len(county) == 6 else "",
        held=day,
        form="site",
        place="总队驻地会议室",
        chair=chair,
        minutes=f"{what}，形成纪要。",
        paper=f"纪要〔{day.year}〕{day.month}号",
    )


def _report(county: str, about: date, day: date, name: str, author: str) -> TeamReport:
    return TeamReport(
        id=f"{county}/monthly-{about:%Y-%m}",
        type="monthly",
        county=county,
        month=f"{about:%Y-%m}",
        name=f"{name}工作总队{month_words(about)}工作报告",
        author=author,
        text="本月工作情况、存在问题和下月安排见纸质报告。",
        sent=day,
        receiver=RECEIVER,
        paper=f"总队报〔{day.year}〕{day.month}号",
    )


def _problem(county: str, meeting: Meeting, day: date, what: str, morning: date) -> Iterator[Entry]:
    late = county == CASES and day.month == 4 and day.year == 2019
    date_ = day + timedelta(days=20)
    is_done = date_ < morning and not late
    yield (
        (date_ if is_done else day),
        MeetingProblem(
            id=f"{county}/problem-{day}",
            meeting=meeting.id,
            name=what,
            unit="旗县行业主管部门",
            due=day + timedelta(days=25),
            measures="明确责任人，限期整改。",
            closed=date_ if is_done else None,
            proof="整改情况报告" if is_done else "",
        ),
    )


def _classes(roster: Roster, county: str) -> Iterator[Entry]:
    """Everybody was trained in the two days before taking up the post: one class for each day of arrival."""
    own = [one for one in roster.postings.values() if one.county == county and one.since]
    for day in sorted({one.since for one in own if one.since}):
        span = Period(day - timedelta(days=3), "am", day - timedelta(days=2), "pm")
        training = Training(
            id=f"{county}/class-{day}",
            name=f"{day.year}年{day.month}月派驻人员岗前培训班",
            type="pre_post",
            organiser="office",
            period=span.stored(),
            place="呼和浩特市",
            hours=16,
        )
        yield day, training
        for one in own:
            if one.since == day:
                yield day, assign_id(TrainingAttendance(training=training.id, posting=one.id, result="合格"), "")


def _member(posting: Posting, since: date, slips: list[LeaveSlip], morning: date) -> Iterator[Entry]:
    until = min(posting.until or morning, morning)
    signed = min(since + timedelta(days=6), until)
    yield signed, assign_id(Acknowledgement(posting=posting.id, joined=True, signed=signed), "")
    yield from _insured(posting, since, until)
    talk = since + _TALK_EVERY
    while talk < until:
        kind = "briefing" if talk.month % 2 else "talk"
        yield talk, FollowUp(id=f"{posting.id}-{talk}", posting=posting.id, type=kind, date=talk, text="工作生活情况")
        talk += _TALK_EVERY
    years = range(FIRST.year, morning.year + 1)
    for due in (date(year, *end) for year in years for end in ((6, 30), (12, 31))):
        if serves(posting, due) and due < morning:
            yield from _half_year(posting, due.year, "first" if due.month < 7 else "second", due)
    for year in years:
        first, last = max(since, date(year, 1, 1)), min(posting.until or morning, date(year, 12, 31))
        most = max(0, _MOST_TRIPS * ((last - first).days + 1) // 365)
        paid = [entry for slip in slips if slip.period[:4] == str(year) for entry in _trip(posting, slip, until)]
        yield from paid[:most]


def _insured(posting: Posting, since: date, until: date) -> Iterator[Entry]:
    start = since - timedelta(days=20)
    gap = timedelta(days=8 if posting.county == CASES and posting.source_level == "region" else 1)
    while start <= until:
        end = start.replace(year=start.year + 1) - timedelta(days=1)
        yield (
            max(since, start),
            Insurance(
                id=f"{posting.id}-{start}",
                posting=posting.id,
                insurer="某财产保险公司",
                number=f"PA{start:%Y%m}{ids.owner(posting.id)}",
                since=start,
                until=end,
                premium=12000,
            ),
        )
        start = end + (gap if posting.position == "member" else timedelta(days=1))


def _half_year(posting: Posting, year: int, half: str, due: date) -> Iterator[Entry]:
    day = due - timedelta(days=6)
    half_done = posting.county == CASES and due == _HALF_DONE and posting.position == "deputy"
    report = HalfYearReport(
        posting=posting.id,
        year=year,
        half=half,
        written=day,
        to_unit=day,
        to_office=None if half_done else day,
        text="思想、工作、学习情况见纸质报告。",
    )
    yield day, assign_id(report, "")


def _trip(posting: Posting, slip: LeaveSlip, until: date) -> Iterator[Entry]:
    """A private journey that was approved and came to its end was also paid for, a fortnight later."""
    span = parse_stored(slip.period)
    if span is None or slip.ended or slip.leave_type == "official" or not slip.return_note:
        return
    paid = span.last + timedelta(days=14)
    if paid < until:
        chance = rng_for(slip.id, "fare")
        yield (
            paid,
            RoundTrip(
                id=f"{posting.id}-{span.first}",
                posting=posting.id,
                period=slip.period,
                route=f"驻地—{slip.place}—驻地",
                by=chance.choice(("长途客车", "火车")),
                amount=chance.randrange(90, 620) * 100,
                reimbursed=paid,
            ),
        )


def _office(term: Term) -> Iterator[Entry]:
    for kind, days in (("leaders", _LEADERS_MET), ("study", _STUDIED_TOGETHER)):
        for day in days:
            if day < term.morning:
                yield day, _meeting(ids.REGION, kind, day, "")
    for last in (day for day in _DEMONSTRATED if day < term.morning):
        yield (
            last,
            Training(
                id=f"15/demonstration-{last.year}",
                name=f"{last.year}年工作总队示范培训班",
                type="demonstration",
                organiser="office",
                period=Period(last - timedelta(days=4), "am", last, "pm").stored(),
                place="呼和浩特市",
                hours=40,
            ),
        )
    rate = SubsidyRate(type="living", since=date(2018, 6, 1), amount=10000, paper="差旅费管理办法（演示标准）")
    yield date(2018, 6, 1), assign_id(rate, ids.REGION)
