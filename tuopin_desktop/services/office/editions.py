"""Earlier closings of a month: each is read from the log again as it stood, so that its book can still be printed."""

from collections.abc import Iterator

from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Scalar, build
from tuopin_desktop.domain.records import MonthClose
from tuopin_desktop.services.office.desk import Desk


def of(desk: Desk, county: str, month: str, number: int) -> MonthClose:
    """Return a month's closing by its number, as it was made; raises Refused when there was none of that number."""
    made = {close.edition: close for close in every(desk, county, month)}
    if number not in made:
        listed = "、".join(f"第{one}次" for one in sorted(one for one in made if one)) or "无"
        raise refuse("edition", f"{month}没有第{number}次结账（已有：{listed}）", "edition")
    return made[number]


def every(desk: Desk, county: str, month: str) -> Iterator[MonthClose]:
    """Yield every closing of a month as it was made, oldest first."""
    record_id, held = f"{county}/{month}", dict[str, Scalar]()
    for _, _, said, _ in desk.store.history("month_close", record_id):
        held |= said
        if said.get("state") == "closed" or ("edition" in said and held.get("state") == "closed"):
            yield build(MonthClose, record_id, held)
