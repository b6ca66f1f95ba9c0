"""利用登记: what of the archives is out, with whom, and for how long it should have been back."""

from datetime import date

import msgspec

from tuopin_desktop.domain.records import Lending
from tuopin_desktop.services.office import ordering
from tuopin_desktop.services.office.dayorder import OUT
from tuopin_desktop.services.office.desk import Desk


class LendingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A use of archives, its state in words, and by how many days it is overdue (0: it is not)."""

    record: Lending
    state: str
    overdue: int


def lendings(desk: Desk, *, overdue: bool = False) -> list[LendingRow]:
    """Return the uses of archives, the latest first; only what should have been back by now if asked."""
    rows = [_row(one, desk.today()) for one in ordering.rows(desk, Lending, scope=desk.scope)]
    rows.sort(key=lambda row: row.record.lent or date.min, reverse=True)
    return [row for row in rows if row.overdue or not overdue]


def _row(record: Lending, today: date) -> LendingRow:
    if record.way != OUT:
        return LendingRow(record=record, state="已利用", overdue=0)
    if record.returned:
        return LendingRow(record=record, state="已归还", overdue=0)
    late = (today - record.due).days if record.due else 0
    if late > 0:
        return LendingRow(record=record, state=f"逾期{late}天", overdue=late)
    return LendingRow(record=record, state="借出", overdue=0)
