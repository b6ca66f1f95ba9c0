"""The full check of an office's data: every page, every chain of the log, every row against the log, said in words."""

from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import Damaged, Trouble
from tuopin_desktop.domain.record import title
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.services.office import backups, exitsigns, offices, settings
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import forgetting
from tuopin_desktop.store.audit import Break

_EVERY_DAYS = 7
_NEXT = "请不要继续登记：先到“设置·备份”恢复最近的完好备份，或退出后用“救出数据”，并告知技术人员。"


class Soundness(msgspec.Struct, frozen=True):
    """What the check found: how many lines of the log, and a sentence about the first fault, or ""."""

    lines: int
    fault: str = ""

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        return self.fault or f"全面检查通过：{self.lines}条改动逐条核对，与登记簿一致。"


def verify(desk: Desk) -> Soundness:
    """Check everything; what is wrong is an answer, only a disk that does not answer is Trouble. Raises Refused."""
    desk.require(Act.CHECK)
    return _checked(desk)


def _checked(desk: Desk) -> Soundness:
    try:
        place = desk.store.first_break()
    except Damaged:
        return Soundness(0, f"数据文件有损坏的页面。{_NEXT}")
    lines = sum(desk.store.position().values())
    if place is not None and place.what == "row" and _mended(desk):
        where = _record(desk, place.key)
        return Soundness(lines, f"{where}与登记日志不一致，已按日志改正；其余逐条核对，一致。")
    if place is not None:
        return Soundness(lines, f"{_said(desk, place)}。{_NEXT}")
    if why := exitsigns.fault(desk) or _left_out(desk):
        return Soundness(lines, why)
    settings.choose(desk, settings.VERIFIED.key, _today(desk).isoformat())
    return Soundness(lines)


def _left_out(desk: Desk) -> str:
    """Return what to say of lines whose values somebody on the way left out; "" where none lack without an act."""
    with desk.store.ledger.reading() as cursor:
        keys = forgetting.lacking(cursor)
    if not keys:
        return ""
    text = f"有{len(keys)}条登记（如{_record(desk, keys[0])}）的内容没有送到，也没有清除登记"
    return f"{text}。请让登记的单位“从头重发”一个数据包再收下，并告知自治区办公室。"


def weekly(desk: Desk) -> Soundness | None:
    """Check everything when it was not done for a week, else None."""
    last = str(settings.values(desk)[settings.VERIFIED.key])
    try:
        fresh = bool(last) and 0 <= (_today(desk) - date.fromisoformat(last)).days < _EVERY_DAYS
    except ValueError:
        fresh = False
    return None if fresh else _checked(desk)


def _mended(desk: Desk) -> bool:
    """Rebuild the rows, which are but a cache of the log; tell whether all agrees then."""
    desk.store.refold()
    desk.judge_anew()
    desk.touch(KINDS)
    return desk.store.first_break() is None


def _today(desk: Desk) -> date:
    return beijing(desk.clock.wall_ms()).date()


def _said(desk: Desk, fault: Break) -> str:
    whose = f"{offices.called(fault.office)}的登记" if fault.office else "登记"
    if fault.what == "gap":
        return f"{whose}从第{fault.line}条起缺失"
    if fault.what == "hash":
        return _altered(desk, fault, whose)
    if fault.what == "key":
        return f"{whose}第{fault.line}条（{_record(desk, fault.key)}）与原来登记的不是同一件"
    if fault.what == "row":
        return f"{_record(desk, fault.key)}与登记日志不一致"
    return {"source": f"{whose}与它的来源不符", "stray": "有登记找不到来源", "gate": "写入保护没有关上"}[fault.what]


def _altered(desk: Desk, fault: Break, whose: str) -> str:
    """Say which line was altered: the copies know the first one, else it lies between two places."""
    for copy in backups.listed(desk):
        if copy.kind == backups.SET_ASIDE:
            continue
        try:
            differs = desk.store.differs(copy.path, fault.feed)
        except Trouble:
            continue
        if differs is not None:
            seq, key, at = differs
            when = beijing(at >> 16)
            return f"{whose}第{seq}条（{_record(desk, key)}，{when:%Y-%m-%d %H:%M}登记）被改动过，与备份不同"
    if fault.since >= fault.line:
        return f"{whose}第{fault.line}条被改动过"
    return f"{whose}第{fault.since}条到第{fault.line}条之间有内容被改动过"


def _record(desk: Desk, key: str) -> str:
    """Name a record as lists do."""
    kind, _, record_id = key.partition(":")
    cls = KINDS.get(kind)
    if cls is None:
        return "一条登记"
    record = None if cls.kind.restricted else desk.store.get(cls, record_id)
    name = title(record) if record is not None else ""
    if not name or ids.owner(record_id) in name:
        return f"{cls.kind.label}中的一条"
    return f"{cls.kind.label}“{name}”"
