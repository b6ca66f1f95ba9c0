"""The sample county of a practice office: five people of nobody, two slips, a red day, and a region to send to."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import msgspec

from tuopin_desktop.demo import team
from tuopin_desktop.demo.roster import changed
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Attendance, Person, Posting, Team
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.domain.roles import Signed
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.home import guide
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import offices, stations, vaults
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

AUTHOR = "练习样例"
SECRETARY = "钱乙一"
_SEATS = {
    "leader": (guide.LEADER, "1"),
    "deputy": (guide.DEPUTY, "2"),
    "member_region": (guide.RED, "1"),
    "member_league": (guide.ASKER, "1"),
    "member_county": (guide.AWAY, "2"),
}
_PRESENT = (guide.DEPUTY, guide.RED)
"""Whose attendance is kept until yesterday."""
_DAYS, _WEEK = 12, 5
_REGION = "练习-自治区"


def fill(desk: Desk) -> None:
    """Fill a practice county that was just founded; an office above the counties stays empty. Raises Trouble."""
    if not desk.practice:
        raise Trouble("练习用的样例不能放进正式数据。")
    if desk.level is not Level.COUNTY:
        return
    today = desk.today()
    with _at(desk, today - timedelta(days=_DAYS + 1)):
        _seat(desk)
    _leave(desk, guide.RED, today - timedelta(days=8), 3, back=today - timedelta(days=5))
    _leave(desk, guide.AWAY, today - timedelta(days=3), 3)
    _attend(desk, today)
    _meet_region(desk)


class _Day(Clock):
    """Another business day; stamps of the log stay those of the clock it stands for."""

    def __init__(self, clock: Clock, day: date) -> None:
        self._clock, self._day = clock, day

    def now(self) -> datetime:
        return datetime.combine(self._day, time(9))

    def wall_ms(self) -> int:
        return self._clock.wall_ms()

    def stamp_ms(self) -> int:
        return self._clock.stamp_ms()


@contextmanager
def _at(desk: Desk, day: date) -> Iterator[None]:
    """Enter what happened on a day, as the sample's own author."""
    clock, who = desk.clock, desk.who
    desk.clock, desk.who = _Day(clock, day), Signed("", AUTHOR)
    try:
        yield
    finally:
        desk.clock, desk.who = clock, who


def _seat(desk: Desk) -> None:
    """Seat the five from today's business day on."""
    county, day = desk.scope, desk.today()
    office = msgspec.structs.replace(desk.office, secretary=SECRETARY)
    registers.save(desk, office)
    registers.save(desk, Team(id=f"{county}/team", county=county, name=offices.default_name(county), arrived=day))
    for slot in desk.policy.slots:
        name, sex = _SEATS[slot.key]
        rng = team.rng_for(county, "sample", slot.key)
        source = slot.source or "region"
        person = team.person_for(rng, county, slot, source)
        person = msgspec.structs.replace(person, id=guide.sample_id(county, f"person {name}"), name=name, sex=sex)
        if name == guide.DEPUTY:
            person = msgspec.structs.replace(person, phone="")
        registers.save(desk, team.born(person, _birthday(person), rng.randrange(400)))
        registers.save(desk, _posting(county, name, slot.position, source, day))


def _birthday(person: Person) -> date:
    return date.fromisoformat(f"{person.birth}-01"[:10])


def _posting(county: str, name: str, position: str, source: str, day: date) -> Posting:
    return Posting(
        id=guide.sample_id(county, f"posting {name}"),
        person=guide.sample_id(county, f"person {name}"),
        county=county,
        position=position,
        source_level=source,
        local_post=team.local_post(county, position),
        since=day,
        paper=team.paper("选派", 1, day.year),
    )


def _leave(desk: Desk, name: str, first: date, days: int, *, back: date | None = None) -> None:
    """Make out a slip, print it and have it signed the day before; register the return where there is one."""
    last, county = first + timedelta(days=days - 1), desk.scope
    filled = first - timedelta(days=1)
    with _at(desk, filled):
        slip = leave.draft(desk, guide.sample_id(county, f"posting {name}"))
        slip = msgspec.structs.replace(
            slip,
            id=guide.sample_id(county, f"slip {name}"),
            place="呼和浩特市",
            period=f"{first}am/{last}pm",
            reason="到派出单位办理工作交接。",
            leave_type="personal",
        )
        leave.save(desk, slip)
        leavedesk.printed(desk, [slip.id])
        for role, signer in (("secretary", SECRETARY), ("leader", guide.LEADER)):
            leavedesk.sign(desk, slip.id, role, signer, filled)
        leavedesk.sheet_back(desk, slip.id)
    if back is not None:
        with _at(desk, back):
            leavedesk.back(desk, slip.id, back, "am")


def _attend(desk: Desk, today: date) -> None:
    """Keep attendance of two until yesterday; of one a day is marked on which he was away."""
    red = guide.red_day(desk)
    away = {today - timedelta(days=8), today - timedelta(days=6)}
    past = [today - timedelta(days=back) for back in range(_DAYS, 0, -1)]
    for name in _PRESENT:
        days = [day for day in past if day.weekday() < _WEEK and not (name == guide.RED and day in away)]
        days += [red] if name == guide.RED and red is not None and red not in days else []
        marks: dict[str, dict[str, str]] = {}
        for day in days:
            marks.setdefault(f"{day:%Y-%m}", {})[DAYS[day.day - 1]] = guide.CLASH
        posting = guide.sample_id(desk.scope, f"posting {name}")
        with _at(desk, today):
            for month, of_month in marks.items():
                blank = Attendance(id=month_id(posting, month), posting=posting, month=month)
                registers.save(desk, changed(blank, **of_month))


def _meet_region(desk: Desk) -> None:
    """Have this PC authorised by a practice region that is made for it and let go: packages can be made for it."""
    folder = desk.folder / _REGION
    offices.create(folder, level="region", clerk=AUTHOR, practice=True, clock=desk.clock)
    try:
        region = offices.open_desk(folder, desk.clock)
        try:
            _introduce(region, desk)
        finally:
            region.close()
    finally:
        vaults.forget_office(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _introduce(region: Desk, county: Desk) -> None:
    for one in (region, county):
        card = stations.card(one)
        stations.enrol(region, card, fingerprint(card.sign))
    stations.pin(county, fingerprint(stations.card(region).sign))
    package = packages.make(region, county.scope, region.folder)[0]
    packages.take(county, package.path)
