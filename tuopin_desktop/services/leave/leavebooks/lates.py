"""补办率: how many slips of each team and year were made out afterwards; legal, but seen (Q18)."""

from collections import defaultdict

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, open_ledger
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

_COLUMNS = (
    Column("驻旗县", 60),
    Column("报备单（张）", 32, "center", Form.INTEGER),
    Column("补办（张）", 32, "center", Form.INTEGER),
    Column("补办率（%）", 32, "center", Form.INTEGER),
)


class LateRow(msgspec.Struct, frozen=True):
    """One team's year: slips filled in then, those made out afterwards, and their share in per cent."""

    county: str
    name: str
    slips: int
    late: int

    @property
    def rate(self) -> float:
        """Return the share in per cent, to one decimal."""
        return round(100 * self.late / self.slips, 1) if self.slips else 0.0


def lates(desk: Desk, year: int, *, county: str = "", ledger: Ledger | None = None) -> Book[LateRow]:
    """Return the late rate of every team in a year; withdrawn, voided and past ones do not count."""
    records = ledger or open_ledger(desk)
    teams: dict[str, list[Story]] = defaultdict(list)
    for story in records.within(county_called(desk, county)):
        if _made_in(story, year) and not story.slip.ended and not story.slip.history:
            teams[ids.owner(story.slip.id)].append(story)
    rows = [
        LateRow(code, records.county(f"{code}/"), len(stories), sum(one.late for one in stories))
        for code, stories in sorted(teams.items())
    ]
    rows.sort(key=lambda row: (-row.rate, row.county))
    whole = LateRow("", "合计", sum(row.slips for row in rows), sum(row.late for row in rows))
    sheet = Table(
        title=f"{year}年度请假补办情况",
        columns=_COLUMNS,
        rows=tuple(_cells(row) for row in rows),
        totals=(_cells(whole),) if len(rows) > 1 else (),
        office=desk.office.name,
        filled=records.today,
        notes=("注：补办率 = 补办张数 ÷ 当年填写的报备单张数；撤回、作废和历史补录的不计。",),
        landscape=False,
    )
    return book(rows, sheet)


def _made_in(story: Story, year: int) -> bool:
    filled = story.slip.filled
    return filled.year == year if filled else story.slip.number.startswith(f"{year}-")


def _cells(row: LateRow) -> tuple[str | float | int, ...]:
    return (row.name, row.slips, row.late, row.rate)
