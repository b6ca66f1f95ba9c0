"""Random small offices as the records they keep, the same records under other ids, and everything an office tells."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from tests.services.desks import over
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.codes import CodeTable
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.record import Record, scalars
from tuopin_desktop.domain.records import (
    Acknowledgement,
    Advancement,
    Attendance,
    Call,
    DailyLog,
    Decision,
    Filing,
    FollowUp,
    HalfYearReport,
    Incident,
    Insurance,
    LeaveSlip,
    LedgerItem,
    Meeting,
    MeetingProblem,
    Opinion,
    OwnCheck,
    Person,
    Posting,
    Rectification,
    RoundTrip,
    SpotCheck,
    TeamReport,
    Training,
    TrainingAttendance,
    WeeklyNote,
)
from tuopin_desktop.domain.records import choices as tables
from tuopin_desktop.domain.records import dutychoices as duties
from tuopin_desktop.services.office.desk import Desk

COUNTIES = ("150125", "150222", "150426")
FIRST, LAST = date(2018, 6, 1), date(2018, 11, 30)
NAMES = ("王海", "赵五", "李四", "孙六", "白音", "乌兰", "巴特尔", "张伟", "张伟", "刘洋")
"""张伟 stands twice: there are namesakes."""

_SEATS = (
    ("leader", "region"),
    ("deputy", "region"),
    ("member", "region"),
    ("member", "league"),
    ("member", "county"),
    ("member", "county"),
)
_DAYS = ("vw/vw", "vw/vw", "vw/vw", "cw/cw", "vw/cw", "hw/vw", "cr/cr", "ol/ol", "ot/ot", "ou/ou", "/vw", "")
_PLACE = ("village",) * 12 + ("household", "county", "out", "")
_ID = re.compile(r"[0-9a-f]{20,64}")


class Region:
    """A random office: `records` are what it keeps, teams and people with leave, days, duties and checks."""

    def __init__(self, seed: int, counties: Sequence[str] = COUNTIES, first: date = FIRST, last: date = LAST) -> None:
        self.rng, self.first, self.last = random.Random(seed), first, last
        self.counties = counties
        self.records = list(self._everything())

    def any_day(self, first: date | None = None, last: date | None = None) -> date:
        """Return a day between two, both included."""
        low, high = first or self.first, last or self.last
        return low + timedelta(days=self.rng.randint(0, max(0, (high - low).days)))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def word(self, table: CodeTable) -> str:
        return self.rng.choice(list(table.labels))

    def id(self, owner: str) -> str:
        return f"{owner}/{self.rng.getrandbits(128):032x}"

    def _everything(self) -> Iterator[Record]:
        classes = [*self._classes()]
        yield from classes
        for county in self.counties:
            yield from self._team(county)
            for posting in [*self._posted(county)]:
                if isinstance(posting, Posting):
                    yield from self._about(posting, classes)
                yield posting

    def _classes(self) -> Iterator[Training]:
        for number in range(3):
            day = self.any_day(self.first + timedelta(days=10))
            yield Training(
                id=self.id("15"), name=f"第{number}期培训班", type=self.word(duties.TRAINING), period=_span(day, 2),
                organiser=self.word(duties.ORGANISER), place="呼和浩特市",
            )  # fmt: skip

    def _posted(self, county: str) -> Iterator[Record]:
        """Yield the people of a team, some of whom change position, go before the end or follow somebody."""
        for position, source in _SEATS:
            if self.chance(0.1):
                continue
            name = self.rng.choice(NAMES)
            who = Person(
                id=self.id(county), name=name, birth=self.rng.choice(("1975-03", "1970-05", "1958-01")),
                rank=self.word(tables.RANK), political=self.rng.choice(("01", "13")),
                unit=f"派出单位{self.rng.randint(1, 3)}",
            )  # fmt: skip
            yield who
            since = self.rng.choice((self.first, self.first, self.any_day()))
            said: dict[str, Any] = {"person": who.id, "county": county, "source_level": source}
            if self.chance(0.25) and since < self.last - timedelta(days=30):
                change = self.any_day(since + timedelta(days=5), self.last - timedelta(days=10))
                end: dict[str, Any] = {"until": change - timedelta(days=1), "end_reason": self.word(tables.END_REASON)}
                yield Posting(id=self.id(county), position="member", since=since, **end, **said)
                since = change
            until = self.any_day(since) if self.chance(0.2) else None
            moved = self.any_day(since) if self.chance(0.5) else None
            yield Posting(id=self.id(county), position=position, since=since, until=until, party_moved=moved, **said)

    def _team(self, county: str) -> Iterator[Record]:
        for kind in ("analysis", "joint", "joint"):
            for month in _months(self.first, self.last):
                if self.chance(0.7):
                    yield from self._meeting(county, kind, self.any_day(month, month + timedelta(days=20)))
        for month in _months(self.first, self.last):
            if self.chance(0.6):
                yield TeamReport(
                    id=self.id(county), type="monthly", county=county, month=f"{month:%Y-%m}",
                    name=f"{month:%m}月工作报告", sent=self.rng.choice((None, self.any_day(month))), text="情况",
                    receiver="办公室",
                )  # fmt: skip
        yield from self._weeks_and_checks(county)

    def _weeks_and_checks(self, county: str) -> Iterator[Record]:
        for week in range(24, 40):
            if self.chance(0.5):
                code = f"2018-W{week}"
                yield WeeklyNote(
                    id=f"{county}/{code}", county=county, week=code, text="本周情况", signed=self.any_day()
                )
        for _ in range(4):
            item = SpotCheck if self.chance(0.5) else OwnCheck
            day = self.any_day()
            yield item(
                id=self.id(county), checked=day, manner=self.word(tables.CHECK_TYPE), checker="考评组", county=county,
                found="on_post", matter=self.rng.choice(("", self.word(tables.MATTER))), due=day + timedelta(days=20),
            )  # fmt: skip

    def _meeting(self, county: str, kind: str, day: date) -> Iterator[Record]:
        held = Meeting(
            id=self.id(county), type=kind, county=county, held=day, topics=f"议题{self.rng.randint(1, 4)}",
            minutes=self.rng.choice(("", "纪要")),
        )  # fmt: skip
        yield held
        for number in range(self.rng.randint(0, 2)):
            yield MeetingProblem(
                id=self.id(county), meeting=held.id, name=f"问题{number}", due=day + timedelta(days=15),
                closed=self.rng.choice((None, self.any_day(day))), proof=self.rng.choice(("", "销号单")),
            )  # fmt: skip

    def _about(self, posting: Posting, classes: Sequence[Training]) -> Iterator[Record]:
        yield from self._months_of(posting)
        yield from self._slips(posting)
        yield from self._duties(posting)
        yield from self._register(posting, classes)

    def _months_of(self, posting: Posting) -> Iterator[Record]:
        for month in _months(posting.since or self.first, min(posting.until or self.last, self.last)):
            if self.chance(0.15):
                continue
            code = f"{month:%Y-%m}"
            usual = self.rng.choices(_DAYS, k=3)
            served = [day for day in _days(month) if _serves(posting, day) and day <= self.last]
            days: dict[str, Any] = {f"d{day.day:02d}": self._day(day, usual) for day in served}
            yield Attendance(id=f"{posting.id}/{code}", posting=posting.id, month=code, **days)
            for day in served:
                if self.chance(0.6):
                    yield DailyLog(
                        id=f"{posting.id}/{day}", posting=posting.id, date=day, place_kind=self.rng.choice(_PLACE),
                        text=f"走访农牧户，了解生产生活情况第{day.day % 3}次",
                    )  # fmt: skip

    def _day(self, day: date, usual: Sequence[str]) -> str:
        if day.weekday() >= 5 and self.chance(0.7):
            return self.rng.choice(("cr/cr", "cr/cr", "", "vw/vw"))
        return self.rng.choice(usual) if self.chance(0.3) else "vw/vw"

    def _slips(self, posting: Posting) -> Iterator[Record]:
        owner = posting.id.partition("/")[0]
        for _ in range(self.rng.randint(0, 3)):
            day = self.any_day(posting.since, min(posting.until or self.last, self.last))
            length = self.rng.randint(1, 8)
            back = day + timedelta(days=length + self.rng.randint(-1, 2))
            made = LeaveSlip(
                id=self.id(owner), number=f"2018-{self.rng.randint(1, 9999):04d}", posting=posting.id, name="某",
                form="leader" if posting.position == "leader" else "member", place="北京", reason="探亲",
                period=_span(day, length), leave_type=self.word(tables.LEAVE_TYPE), filled=day - timedelta(days=1),
                printed=self.rng.choice((1, 1, None)),
                returned=self._return(max(back, day)),
            )  # fmt: skip
            yield made
            yield from self._papers(made, day)

    def _return(self, day: date) -> str:
        return f"{day}{self.rng.choice(('am', 'pm'))}" if self.chance(0.7) and day <= self.last else ""

    def _papers(self, slip: LeaveSlip, day: date) -> Iterator[Record]:
        for role in form_of(slip).signers:
            if self.chance(0.85):
                yield Opinion(
                    id=f"{slip.id}/{role}", slip=slip.id, role=role, signer="领导", signed=day - timedelta(days=1),
                    verdict="approved" if self.chance(0.9) else "refused",
                )  # fmt: skip
        for body in form_of(slip).bodies:
            if self.chance(0.7):
                yield Filing(id=f"{slip.id}/{body}", slip=slip.id, body=body, filed=self.any_day(day))
        if form_of(slip).calls and slip.returned and self.chance(0.7):
            yield Call(id=f"{slip.id}/call-county", slip=slip.id, side="county", day=self.last, word="ABCD")
        if slip.form == "leader" and self.chance(0.5):
            owner = slip.id.partition("/")[0]
            result = self.rng.choice(("approved", "approved", "refused"))
            for number in range(self.rng.randint(1, 2)):
                yield Decision(
                    id=self.id(owner), matter="leave", subject=slip.id, result=result, decided=day, paper=f"{number}号"
                )

    def _duties(self, posting: Posting) -> Iterator[Record]:
        owner = posting.id.partition("/")[0]
        since = posting.since or self.first
        if self.chance(0.5):
            yield FollowUp(
                id=self.id(owner),
                posting=posting.id,
                type=self.word(duties.FOLLOW_UP),
                date=self.any_day(since),
                by="处长",
            )
        if self.chance(0.5):
            yield Acknowledgement(id=f"{owner}/{posting.id[7:]}", posting=posting.id, signed=self.any_day(since))
        if self.chance(0.5):
            sent = self.rng.choice((None, self.last))
            yield HalfYearReport(
                id=f"{owner}/{posting.id[7:]}-2018-first", posting=posting.id, year=2018, half="first",
                to_unit=self.any_day(since), to_office=sent,
            )  # fmt: skip
        for _ in range(self.rng.randint(0, 2)):
            begun = self.any_day(since)
            yield Insurance(
                id=self.id(owner), posting=posting.id, insurer="人保", number=f"{self.rng.randint(1, 99)}", since=begun,
                until=begun + timedelta(days=60),
            )  # fmt: skip

    def _register(self, posting: Posting, classes: Sequence[Training]) -> Iterator[Record]:
        owner = posting.id.partition("/")[0]
        since = posting.since or self.first
        for item in classes:
            if self.chance(0.3):
                name = f"{owner}/{item.id[3:]}-{posting.id[7:]}"
                yield TrainingAttendance(id=name, training=item.id, posting=posting.id, absent=self.chance(0.2))
        for _ in range(self.rng.randint(0, 2)):
            day = self.any_day(since)
            paid = self.rng.choice((None, day))
            yield RoundTrip(id=self.id(owner), posting=posting.id, period=_span(day, 2), route="往返", reimbursed=paid)
        if self.chance(0.2):
            yield Incident(
                id=self.id(owner),
                posting=posting.id,
                date=self.any_day(since),
                clause=self.word(duties.CLAUSE),
                text="情况",
            )
        if self.chance(0.3):
            due = self.any_day(since)
            yield Advancement(id=self.id(owner), posting=posting.id, type=self.word(duties.ADVANCEMENT), due=due)
        yield from self._checked(posting, since)

    def _checked(self, posting: Posting, since: date) -> Iterator[Record]:
        owner = posting.id.partition("/")[0]
        if self.chance(0.6):
            cls, day = (SpotCheck if self.chance(0.5) else OwnCheck), self.any_day(since)
            check = cls(
                id=self.id(owner), checked=day, manner=self.word(tables.CHECK_TYPE), checker="考评组", county=owner,
                posting=posting.id, found=self.word(tables.FOUND),
                matter=self.rng.choice(("", self.word(tables.MATTER))),
            )  # fmt: skip
            yield check
            if self.chance(0.3):
                done = self.any_day(day)
                yield Rectification(id=self.id(owner), check=check.id, done=done, words="已整改", by="队长")
        if self.chance(0.3):
            opened = self.any_day(since)
            state = self.rng.choice(("open", "done"))
            yield LedgerItem(
                id=self.id(owner), week="2018-W30", task=f"任务{self.rng.randint(1, 3)}", posting=posting.id,
                opened=opened,
                due=opened + timedelta(days=9), state=state, finished=self.any_day(opened) if state == "done" else None,
            )  # fmt: skip


def _serves(posting: Posting, day: date) -> bool:
    return (posting.since or date.max) <= day <= (posting.until or date.max)


def _span(first: date, days: int) -> str:
    return f"{first}am/{first + timedelta(days=days - 1)}pm"


def _months(first: date, last: date) -> Iterator[date]:
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _days(month: date) -> Iterator[date]:
    day = month
    while day.month == month.month:
        yield day
        day += timedelta(days=1)


def under_other_ids(records: Iterable[Record], seed: int) -> list[Record]:
    """Return the same records as another PC would have numbered them."""
    rng = random.Random(seed)
    names: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"{rng.getrandbits(128):032x}")

    def written(value: object) -> object:
        return _ID.sub(other, value) if isinstance(value, str) else value

    return [
        msgspec.structs.replace(one, **{name: written(getattr(one, name)) for name in one.__struct_fields__})
        for one in records
    ]


_LATER = ("opinion", "filing", "call", "decision", "rectification")
"""Ink comes after what it stands on: a slip is not made out under its own signature."""


def shuffled(records: Iterable[Record], seed: int) -> list[list[Record]]:
    """Return records in some other order and grouping, register by register or mixed."""
    rng = random.Random(seed)
    first = [one for one in records if one.kind.name not in _LATER]
    after = [one for one in records if one.kind.name in _LATER]
    found: list[list[Record]] = []
    for some in (first, after):
        rng.shuffle(some)
        if rng.random() < 0.5:
            kinds = sorted({one.kind.name for one in some}, key=lambda _: rng.random())
            some.sort(key=lambda one: kinds.index(one.kind.name))
        while some:
            size = rng.randint(1, 400)
            found.append(some[:size])
            some = some[size:]
    return found


def fill(desk: Desk, groups: Iterable[Iterable[Record]], day: date = date(2019, 12, 31)) -> None:
    """Write records as they are, a commit for each group."""
    with over(desk, day):
        for group in groups:
            desk.commit([Change(one.kind.name, one.id, scalars(one)) for one in group])


def told(value: object) -> list[str]:
    """Return what anything says, a line for each part, without the ids it is kept under."""
    parts = value if isinstance(value, list | tuple) else [value]
    return [_ID.sub("#", repr(part)) for part in parts]
