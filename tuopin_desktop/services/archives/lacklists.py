"""What is missing on paper as a list to chase: printed, or as a workbook."""

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.archives import forming, items
from tuopin_desktop.services.archives.items import Lack
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("年度", 16, "center"),
    Column("期限", 16, "center"),
    Column("件号", 16, "center"),
    Column("题名", 100, "left", Form.LONG),
    Column("责任者", 40, "left", Form.LONG),
    Column("缺什么", 48, "left", Form.LONG),
    Column("追补情况", 22),
)


def rows(desk: Desk, year: int | None = None) -> list[Lack]:
    """Return what is missing of the items of a year, or of every year, numbered or not."""
    years = [one.year for one in forming.years(desk).years] if year is None else [year]
    return [lack for one in years for lack in items.plan_lacks(desk, forming.plan(desk, one).items)]


def listed(desk: Desk, year: int | None = None) -> Book[Lack]:
    """Return the list; raises Refused when nothing is missing."""
    lacks = rows(desk, year)
    if not lacks:
        raise refuse("empty", "没有纸质缺漏")
    sheet = Table(
        title=f"{f'{year}年度' if year else ''}归档文件纸质缺漏清单",
        columns=_COLUMNS,
        rows=tuple(
            (
                place,
                f"{one.item.year}",
                PERIODS.word(one.item.period),
                f"{one.item.number:04d}",
                one.item.name,
                one.item.author,
                one.sentence,
                "",
            )
            for place, one in enumerate(lacks, 1)
        ),
        office=desk.office.name,
        filled=desk.today(),
    )
    return book(lacks, sheet)
