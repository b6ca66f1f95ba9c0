"""What was noted of personal data shown or taken out, as a list for screen, paper and workbook."""

from datetime import date

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.office import disclosures, offices
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.disclosures import DisclosureLine
from tuopin_desktop.store import tallies
from tuopin_desktop.store.tallies import Tally

_COLUMNS = (
    Column("序号", 14, "center", Form.INTEGER),
    Column("时间", 42, "center"),
    Column("经办人", 30, "center"),
    Column("行为", 20, "center"),
    Column("内容", 140),
    Column("条数", 20, "center", Form.INTEGER),
)

_TALLIES = (
    Column("序号", 14, "center", Form.INTEGER),
    Column("月份", 26, "center"),
    Column("单位", 90),
    Column("电脑", 34, "center"),
    Column("行为", 26, "center"),
    Column("次数", 20, "center", Form.INTEGER),
)
_SIGNS = 8
"""Of a PC's number in a list."""


def listed(desk: Desk, first: date | None = None, last: date | None = None, name: str = "") -> Book[DisclosureLine]:
    """Return the acts of some days, the newest first; with a `name` those by whom or of whom it is said."""
    disclosure_lines = [one for one in disclosures.lines(desk, first, last) if name in one.by or name in one.what]
    rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.by, one.act, one.what, one.rows) for one in disclosure_lines]
    table = Table(
        title="个人信息查阅导出记录",
        columns=_COLUMNS,
        rows=tuple((place, *cells) for place, cells in enumerate(rows, 1)),
        office=desk.office.name,
        filled=desk.today(),
        signed=("核对人：", "日期：        年    月    日"),
    )
    return book(disclosure_lines, totalled(table, "次", "条数"))


def tally_list(desk: Desk) -> Book[Tally]:
    """Return how often each act was noted in the offices below, as their packages tell: counts, nothing of whom."""
    every = list(tallies.listed(desk.store.ledger))
    table = Table(
        title="各单位操作次数",
        columns=_TALLIES,
        rows=tuple(
            (
                place,
                one.month,
                offices.called(one.office),
                one.station[:_SIGNS],
                disclosures.ACTS.get(one.act, one.act),
                one.count,
            )
            for place, one in enumerate(every, 1)
        ),
        office=desk.office.name,
        filled=desk.today(),
    )
    return book(every, totalled(table, "行", "次数"))
