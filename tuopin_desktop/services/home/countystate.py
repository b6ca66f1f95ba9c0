"""What a county's first page shows, in words and numbers: nothing here counts or judges, so that it loads at once."""

from datetime import date

import msgspec

from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.leave.watchedslip import WatchedSlip

SOON = 2
"""Days before the end of a leave from which on it is followed up."""

BACK = "销假…"
"""The button of whoever should be back: it asks when they came."""
_PILLS = {
    "OVERDUE": ("超假", "bad", BACK),
    "DUE": ("到期", "warn", BACK),
    "AWAY": ("将到期", "warn", "打开"),
    "UNPRINTED": ("未打印", "warn", "打印"),
    "UNSIGNED": ("待签字", "warn", "登记签字"),
    "UNFILED": ("缺备案", "warn", "登记备案"),
    "UNCALLED": ("缺电话记录", "warn", "补记电话"),
}
"""By the name of a list its word, tone and what is to be done; in the order of their weight."""


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Where one of the team is today; `shape` of county, out, late, rest, open or vacant, `sign` the sign in it.

    `link` says what is next and opens `subject` on `page`.
    """

    name: str
    post: str
    shape: str
    sign: str
    state: str
    more: str
    link: str
    page: str
    subject: str
    counts: str
    """As what it is counted in the head: county, out, open, else or vacant."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One duty with everything owed of it: how many, of them late, who, since when, and where it is mended."""

    key: str
    icon: str
    name: str
    count: int
    late: int
    text: str
    since: str
    tone: str
    button: str
    page: str
    subject: str
    rows: tuple[tuple[str, str, str, str], ...] = ()
    """Each one in words: what, details, and the page and subject that mend it; as many as are counted."""


class Follow(msgspec.Struct, frozen=True, kw_only=True):
    """A slip to follow up, with one word for the gravest of what is owed and the rest in `tip`."""

    slip: LeaveSlip
    word: str
    tone: str
    text: str
    tip: str
    button: str
    is_out: bool


class MonthBar(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's running month in days: in the county, away, needed, in the calendar; and whether it can be reached."""

    posting: str
    name: str
    presence: float
    away: float
    needed: int
    sentence: str
    tone: str


class YearMonth(msgspec.Struct, frozen=True):
    """A month of the strip: `share` of what is needed in per cent, None where nobody was posted or it is to come."""

    month: str
    share: int | None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """How far the office above has our data; `report` is the monthly report's line."""

    word: str
    tone: str
    text: str
    last: str
    report: str
    report_tone: str


class CountyState(msgspec.Struct, frozen=True, kw_only=True):
    """The first page of a county but for its head counts."""

    people: tuple[Where, ...]
    tasks: tuple[Task, ...]
    follows: tuple[Follow, ...]
    month: str
    passed: int
    left: int
    bars: tuple[MonthBar, ...]
    year: tuple[YearMonth, ...]
    sending: Sent | None

    @property
    def badges(self) -> dict[str, int]:
        """Return what each page of the rail is owed: the sums of the tasks that it mends, and the slips."""
        badges: dict[str, int] = {}
        for task in self.tasks:
            badges[task.page] = badges.get(task.page, 0) + task.count
        return badges | ({"leave": len(self.follows)} if self.follows else {})


def follow_of(watched: WatchedSlip, today: date) -> Follow | None:
    """Return what is to be followed up of a slip; None of a journey that goes its way."""
    names = [one.name for one in watched.lists if one is not Watch.AWAY or _soon(watched, today)]
    order = [name for name in _PILLS if name in names]
    if not order:
        return None
    word, tone, button = _PILLS[order[0]]
    text = f"{_until(watched, today)}离岗至{_day(watched.until)}" if order[0] == "AWAY" else watched.text
    others = "、".join(_PILLS[name][0] for name in order[1:])
    return Follow(
        slip=watched.slip,
        word=word,
        tone=tone,
        text=text,
        tip=watched.full + (f"\n另有：{others}" if others else ""),
        button=button,
        is_out=watched.lists[0].out,
    )


def _soon(watched: WatchedSlip, today: date) -> bool:
    return watched.until is not None and (watched.until - today).days <= SOON


def _until(watched: WatchedSlip, today: date) -> str:
    left = (watched.until - today).days if watched.until else 0
    return {1: "明天到期，", 2: "后天到期，"}.get(left, "")


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""
