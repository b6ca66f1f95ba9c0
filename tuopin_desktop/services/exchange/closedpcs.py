"""PCs that the region closed: what they send is kept and does not count, and whoever takes it in is told so."""

from tuopin_desktop.domain.exchange.arrival import Outcome
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers.wording import pc

IDLE = "收下但不计入"


def sentences(desk: Desk, sender: str, outcome: Outcome) -> tuple[str, ...]:
    """Return what to say of lines that do not count, and of a sender that is closed though it brought none."""
    lines = [
        f"{pc(desk, one.station)}已停用：停用以后送来的{one.lines}条{IDLE}，名册、考勤和报表都不变。"
        for one in outcome.idle
    ]
    if not lines and stations.is_closed(desk, sender):
        lines.append(f"送包的{pc(desk, sender)}已停用：停用以后送来的内容{IDLE}。")
    if lines:
        lines.append("要让它们有效，请自治区工作队管理办公室先恢复这台电脑；否则请在现用的电脑上重新录入。")
    return tuple(lines)
