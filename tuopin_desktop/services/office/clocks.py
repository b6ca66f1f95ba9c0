"""Both times: what this computer shows, and when the newest believed entry was written; the clerk's word on it."""

from collections.abc import Mapping, Sequence
from datetime import date

from tuopin_desktop import RELEASED
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.clocks import DAY, LAST_BELIEVABLE, Clocks, ClockState, day_ms, standing
from tuopin_desktop.domain.exchange.arrival import Outcome
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.records import DailyLog
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import stamps
from tuopin_desktop.store.days import at_work

UNTIMED = "时间不可信"
"""What stands beside a time that a wrong clock wrote."""
_KEPT = f"这时录入的内容照常保存，标为“{UNTIMED}”，不用来判断迟早。"


def read(desk: Desk, newest: int = 0) -> Clocks:
    """Return both times and how they stand to each other; `newest` (ms) is what an import would bring, where later."""
    with desk.store.ledger.reading() as cursor:
        newest = max(newest, stamps.newest(cursor) >> 16)
    return Clocks(desk.clock.wall_ms(), newest, standing(desk.clock.stamp_ms(), newest))


def doubtful_from(desk: Desk) -> date | None:
    """Return the last day a stamp may bear and be a time, where a line bears a later one; None where none does."""
    with desk.store.ledger.reading() as cursor:
        farthest = stamps.farthest(cursor) >> 16
    horizon = read(desk).horizon
    return beijing(horizon).date() if farthest > horizon else None


def moment(desk: Desk) -> int:
    """Return the moment to go by, in milliseconds: the computer's, or the newest entry's where it is not believed."""
    return read(desk).moment


def warning(desk: Desk, newest: int = 0) -> str:
    """Return one sentence with both times where this computer's clock is not believed, else "" (see `read`)."""
    clocks = read(desk, newest)
    if clocks.standing is ClockState.RIGHT:
        return ""
    count, text = clocks.newest, f"已有记录写于{moment_text(clocks.newest)}"
    if count < day_ms(RELEASED) and (clocks.standing is ClockState.AHEAD or not desk.clock.stamp_ms()):
        count, text = day_ms(RELEASED), f"本程序制成于{RELEASED.year}年{RELEASED.month}月"
    way = "早" if clocks.standing is ClockState.BEHIND else "晚"
    apart = f"{way}了{abs(clocks.wall - count) // DAY}天"
    return f"电脑时钟可能不对：系统时间显示{moment_text(clocks.wall)}，而{text}，{apart}。{_KEPT}请核对系统时间。"


def believable(desk: Desk) -> bool:
    """Tell whether the clerk's word can make this computer's clock right: no year 2099 by a slip of the hand."""
    return bool(desk.clock.stamp_ms()) and desk.clock.wall_ms() < LAST_BELIEVABLE


def trust(desk: Desk) -> None:
    """Note that the clerk confirmed this computer's date; raises Refused for a date that is not plausible."""
    desk.require(Act.CHECK)
    if not believable(desk):
        raise refuse(
            "clock", f"系统时间{moment_text(desk.clock.wall_ms())}不可能是对的，请先在系统设置中改正日期和时间"
        )
    with desk.store.ledger.writing() as cursor:
        stamps.trust(cursor, desk.clock.wall_ms())


def moment_text(ms: int) -> str:
    """Return a moment as the office reads it."""
    return f"{beijing(ms):%Y-%m-%d %H:%M}"


def of_import(desk: Desk, outcome: Outcome) -> tuple[str, ...]:
    """Return what an import or its rehearsal says of clocks: of lines whose times nobody can believe, and of ours."""
    lines = []
    if outcome.untimed:
        lines.append(
            f"其中{outcome.untimed}条录入时电脑时钟不对{_beyond(desk, outcome)}：内容照收，{UNTIMED}，不用来判断迟早。"
            "请双方核对电脑的系统时间。"
        )
    if outcome.ahead:
        lines.append(
            f"其中{outcome.ahead}处写的是还没有到的日子（最晚{outcome.ahead_day}）：内容照收，请与对方核对日期和电脑的系统时间。"
        )
    if own := warning(desk, outcome.clock >> 16):
        lines.append(own)
    return tuple(lines)


def _beyond(desk: Desk, outcome: Outcome) -> str:
    """Return both times where a line bears a time that is not here yet; a doubted one bears none at all."""
    at, wall = outcome.untimed_at >> 16, desk.clock.wall_ms()
    return f"（最晚的标为{moment_text(at)}，本机系统时间是{moment_text(wall)}）" if at > wall + DAY else ""


def claimed_time(desk: Desk, ms: int) -> str:
    """Return when something was made elsewhere, with a word where no clock can have shown that."""
    return moment_text(ms) + (f"，{UNTIMED}" if ms > read(desk).horizon else "")


def beginnings(desk: Desk) -> Mapping[str, date]:
    """Return by owner the day from which work about it was done with this program."""
    return at_work(desk.store.ledger, read(desk).horizon)


def history(desk: Desk, changes: Sequence[Change]) -> list[str]:
    """Return one line for all logs of days before anybody worked with this program for their office: none is late."""
    logs = [change for change in changes if change.kind == DailyLog.kind.name and change.set.get("date")]
    began = at_work(desk.store.ledger, read(desk).horizon) if logs else {}
    old = [log for log in logs if str(log.set["date"]) < str(began.get(ids.owner(log.id), ""))]
    if not old:
        return []
    since = began[ids.owner(old[0].id)]
    return [f"{len(old)}条日志的日期在本单位启用程序（{since}）之前，作为历史补录，不算迟报。"]
