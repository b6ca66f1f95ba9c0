"""The guided tour of a practice county: ten things a clerk does himself, each over when the records show it.

Nothing here is pressed away: a step is done because a person has a telephone now, a slip was printed, a package made.
What leaves no record (help that was opened) is noted by the part that did it. Steps can be skipped and taken up again.
"""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.daywords import with_dates
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import Attendance, DailyLog, Explanation, LeaveSlip, Person
from tuopin_desktop.domain.records.attendance import DAYS
from tuopin_desktop.services.office import settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import parcels

LEADER, DEPUTY, RED, ASKER, AWAY = "白音", "乌云其其格", "巴特尔", "李明", "萨仁"
"""The five of the sample: who keeps no attendance yet, has no telephone, has a red day, wants leave, is due back."""
CLASH = "vw/vw"
"""What stands in the attendance of the red day, on which the slip says that he was away."""
HELP = "help"
"""What is noted when the help was opened."""
_SKIPPED, _SEEN, _FOLDED = "-", "+", "folded"


def sample_id(county: str, what: str) -> str:
    """Return the id of a record of the sample: it looks like any other and is the same in every practice office."""
    return f"{county}/{hashlib.sha256(f'tuopin tour {what}'.encode()).hexdigest()[:32]}"


class Trail:
    """What a clerk has left behind in the sample's records."""

    def __init__(self, desk: Desk, looks: frozenset[str]) -> None:
        self._desk, self._looks = desk, looks

    def saw(self, what: str) -> bool:
        """Tell whether something was looked at that leaves no record."""
        return what in self._looks

    def id(self, what: str) -> str:
        """Return the id of a record of the sample."""
        return sample_id(self._desk.scope, what)

    def has_phone(self) -> bool:
        """Tell whether the deputy's telephone was filled in."""
        person = self._desk.store.get(Person, self.id(f"person {DEPUTY}"))
        return person is not None and bool(person.phone)

    def slips(self) -> list[LeaveSlip]:
        """Return the slips the clerk made himself."""
        shipped = {self.id(f"slip {name}") for name in (RED, AWAY)}
        return [one for one in self._desk.store.rows(LeaveSlip) if one.id not in shipped and one.period]

    def is_back(self) -> bool:
        """Tell whether the return of whoever was due is registered."""
        slip = self._desk.store.get(LeaveSlip, self.id(f"slip {AWAY}"))
        return slip is not None and bool(slip.returned)

    def keeps_attendance(self) -> bool:
        """Tell whether a day of the leader's attendance is entered."""
        posting = self.id(f"posting {LEADER}")
        rows = (one for one in self._desk.store.rows(Attendance) if one.posting == posting)
        return any(getattr(one, day) for one in rows for day in DAYS)

    def is_clear(self) -> bool:
        """Tell whether the red day was put right, or is explained."""
        day, posting = red_day(self._desk), self.id(f"posting {RED}")
        if day is None:
            return False
        month = self._desk.store.get(Attendance, month_id(posting, f"{day:%Y-%m}"))
        if month is not None and getattr(month, DAYS[day.day - 1]) != CLASH:
            return True
        return any(one.posting == posting for one in self._desk.store.rows(Explanation))

    def has_log(self) -> bool:
        """Tell whether somebody's day is written down."""
        return any(one.text for one in self._desk.store.rows(DailyLog))

    def has_package(self) -> bool:
        """Tell whether a package was made."""
        return bool(parcels.listed(self._desk.store.ledger, "made"))


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step: what it is called, how it is done, the page where, and whether the records show it done."""

    key: str
    title: str
    how: str
    page: str
    is_over: Callable[[Trail], bool]


STEPS = (
    Step(
        key="find",
        title="找人，补一个手机号",
        how=f"Ctrl+2，打 wyqqg 找到{DEPUTY}，回车，补手机（10000开头），Ctrl+S",
        page="roster",
        is_over=Trail.has_phone,
    ),
    Step(
        key="slip",
        title="填一张报备单",
        how=f"Ctrl+3，Ctrl+N，打 lm 选{ASKER}，写地点、起止、事由，Ctrl+S",
        page="leave",
        is_over=lambda trail: bool(trail.slips()),
    ),
    Step(
        key="print",
        title="打印这张单",
        how="选中刚填的单，Ctrl+P；没有打印机就 Ctrl+E 存成PDF",
        page="leave",
        is_over=lambda trail: any(one.printed for one in trail.slips()),
    ),
    Step(
        key="back",
        title="收回签字件",
        how="纸签好拿回来了：选这张单，按 H 收回签字件",
        page="leave",
        is_over=lambda trail: any(one.sheet_back for one in trail.slips()),
    ),
    Step(
        key="return",
        title="登记销假",
        how=f"{AWAY}的假昨天到期，人回来了：选这一行，按 Q，填哪天上午或下午",
        page="leave",
        is_over=Trail.is_back,
    ),
    Step(
        key="attendance",
        title="登一天考勤",
        how=f"Ctrl+4，选{LEADER}的一格，按 V（驻村）",
        page="attendance",
        is_over=Trail.keeps_attendance,
    ),
    Step(
        key="red",
        title="看一格为什么红，改对它",
        how=f"{RED}{{day}}那格有红角：点它看下面的说明，按 Delete 清掉或写明原因",
        page="attendance",
        is_over=Trail.is_clear,
    ),
    Step(
        key="log",
        title="写一条日志",
        how="Ctrl+5，选一个人的一天，写一句做了什么，Ctrl+S",
        page="journals",
        is_over=Trail.has_log,
    ),
    Step(
        key="package",
        title="做一个数据包",
        how="Ctrl+0，给自治区办公室制作上报包，存到任何一个文件夹",
        page="exchange",
        is_over=Trail.has_package,
    ),
    Step(
        key="help",
        title="查一次说明",
        how="按 F1，右边就是本页说明；打几个字母可以搜",
        page="",
        is_over=lambda trail: trail.saw(HELP),
    ),
)
"""The ten steps, in the order of a clerk's first days."""


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step as it stands: `state` is done, skipped or open."""

    key: str
    title: str
    how: str
    page: str
    state: str


class Tour(msgspec.Struct, frozen=True, kw_only=True):
    """The tour as it stands: `here` is the step to be done next, "" when none is left; `folded` when out of sight."""

    rows: tuple[StepRow, ...]
    here: str
    folded: bool

    @property
    def count(self) -> int:
        """How many steps are done."""
        return sum(row.state == "done" for row in self.rows)

    def row(self, key: str) -> StepRow:
        """Return a step."""
        return next(row for row in self.rows if row.key == key)


def tour(desk: Desk) -> Tour | None:
    """Return the tour of a practice county, None for any other office."""
    if not (desk.practice and desk.level is Level.COUNTY):
        return None
    if desk.store.get(Person, sample_id(desk.scope, f"person {DEPUTY}")) is None:
        return None
    notes = _notes(desk)
    trail = Trail(desk, frozenset(one[1:] for one in notes if one.startswith(_SEEN)))
    rows = tuple(_row(desk, step, trail, notes) for step in STEPS)
    here = next((row.key for row in rows if row.state == "open"), "")
    return Tour(rows=rows, here=here, folded=_FOLDED in notes)


def _row(desk: Desk, step: Step, trail: Trail, notes: frozenset[str]) -> StepRow:
    state = "done" if step.is_over(trail) else "skipped" if _SKIPPED + step.key in notes else "open"
    day = red_day(desk)
    how = with_dates(step.how.replace("{day}", f"{day.month}月{day.day}日" if day else ""))
    return StepRow(key=step.key, title=step.title, how=how, page=step.page, state=state)


def red_day(desk: Desk) -> date | None:
    """Return the day of the sample that the attendance and the slip tell differently."""
    slip = desk.store.get(LeaveSlip, sample_id(desk.scope, f"slip {RED}"))
    if slip is None or not slip.period:
        return None
    return date.fromisoformat(slip.period[:10]) + timedelta(days=1)


# -- what is kept


def skip(desk: Desk, key: str) -> None:
    """Skip a step; raises Refused for an unknown one."""
    _keep(desk, _SKIPPED + _known(key), on=True)


def take_up(desk: Desk, key: str) -> None:
    """Take a step up that was skipped; raises Refused for an unknown one."""
    _keep(desk, _SKIPPED + _known(key), on=False)


def _known(key: str) -> str:
    if key not in {step.key for step in STEPS}:
        raise refuse("step", "没有这一步", "key")
    return key


def fold(desk: Desk) -> None:
    """Put the tour out of sight."""
    _keep(desk, _FOLDED, on=True)


def unfold(desk: Desk) -> None:
    """Show the tour again where it was left."""
    _keep(desk, _FOLDED, on=False)


def note(desk: Desk, what: str) -> None:
    """Note something a clerk did that leaves no record; in an office without a tour nothing is kept."""
    if desk.practice and _SEEN + what not in _notes(desk):
        _keep(desk, _SEEN + what, on=True)


def _notes(desk: Desk) -> frozenset[str]:
    return frozenset(str(settings.values(desk)[settings.TOUR.key]).split())


def _keep(desk: Desk, word: str, *, on: bool) -> None:
    notes = _notes(desk)
    after = notes | {word} if on else notes - {word}
    if after != notes:
        settings.choose(desk, settings.TOUR.key, " ".join(sorted(after)))
