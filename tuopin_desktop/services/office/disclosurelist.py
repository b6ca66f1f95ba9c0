"""What was noted of personal data shown or taken out, as a list for screen, paper and workbook."""

from datetime import date

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.record import Form
from tuopin_desktop.services.office import disclosures
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.disclosures import DisclosureLine

_COLUMNS = (
    Column("序号", 14, "center", Form.INTEGER),
    Column("时间", 42, "center"),
    Column("经办人", 30, "center"),
    Column("行为", 20, "center"),
    Column("内容", 140),
    Column("条数", 20, "center", Form.INTEGER),
)


def listed(desk: Desk, first: date | None = None, last: date | None = None) -> Book[DisclosureLine]:
    """Return the acts of some days, the newest first."""
    disclosure_lines = disclosures.lines(desk, first, last)
    rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.by, one.act, one.what, one.rows) for one in disclosure_lines]
    table = Table(
        title="个人信息查阅导出记录",
        columns=_COLUMNS,
        rows=tuple((place, *cells) for place, cells in enumerate(rows, 1)),
        office=desk.office.name,
        filled=desk.today(),
        signed=("核对人：", "日期：        年    月    日"),
    )
    return book(disclosure_lines, table)
