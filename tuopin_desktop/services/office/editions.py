"""Earlier closings of a month: each is read from the log again as it stood, so that its book can still be printed."""

from collections.abc import Iterator

from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Scalar, build
from tuopin_desktop.domain.records import MonthClose
from tuopin_desktop.services.office.desk import Desk


def of(desk: Desk, county: str, month: str, number: int) -> MonthClose:
    """Return a month's closing by its number, as it was made; raises Refused when there was none of that number."""
    month_close_by_count = {close.edition: close for close in every(desk, county, month)}
    if number not in month_close_by_count:
        text = "、".join(f"第{one}次" for one in sorted(one for one in month_close_by_count if one)) or "无"
        raise refuse("edition", f"{month}没有第{number}次结账（已有：{text}）", "edition")
    return month_close_by_count[number]


def every(desk: Desk, county: str, month: str) -> Iterator[MonthClose]:
    """Yield every closing of a month as it was made, oldest first."""
    record_id, table = f"{county}/{month}", dict[str, Scalar]()
    for _, _, mapping, _ in desk.store.history("month_close", record_id):
        table |= mapping
        if mapping.get("state") == "closed" or ("edition" in mapping and table.get("state") == "closed"):
            yield build(MonthClose, record_id, table)
