"""The routine marks of a year side by side (A15-2): every month of every member and team, their mean and the points."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.appraisal.points import rounded
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import RoutineMark
from tuopin_desktop.services.appraisal.papers import notes
from tuopin_desktop.services.appraisal.year import AppraisalRow, Year
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk

_MONTHS = tuple(range(1, 13))
_COLUMNS = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("驻旗县", 34),
    Column("姓名", 28, "center"),
    Column("职务", 18, "center"),
    *(Column(f"{month}月", 11.5, "center", Form.INTEGER) for month in _MONTHS),
    Column("平均", 20, "center", Form.INTEGER),
    Column("计入得分", 23, "center", Form.INTEGER),
)


def routine_sheet(desk: Desk, appraised: Year) -> Book[AppraisalRow]:
    """Return 平时考核汇总表: a row for each member, then each team; a month without a mark stays empty."""
    marks: dict[str, dict[int, int]] = defaultdict(dict)
    for mark in desk.store.rows(RoutineMark, scope=desk.scope):
        if mark.month.startswith(f"{appraised.year}-") and mark.points is not None:
            marks[mark.subject][int(mark.month[5:])] = mark.points
    sheet = Table(
        title=f"{appraised.year}年平时考核汇总表",
        columns=_COLUMNS,
        rows=tuple(_line(number, row, marks[row.subject]) for number, row in enumerate(appraised.rows, start=1)),
        office=desk.office.name,
        filled=desk.today(),
        notes=("注：平均为已登记月份的平均分；计入得分为平均分按评分表中“平时考核”的分值折算。", *notes(appraised)),
        frozen=3,
    )
    return book(appraised.rows, sheet)


def _line(number: int, row: AppraisalRow, marks: Mapping[int, int]) -> tuple[str | float | int | None, ...]:
    mean = float(rounded(Decimal(sum(marks.values())) / len(marks))) if marks else None
    amounts = [one.points for one in row.proposal.appraisal.items if one.item.how == "marks" and one.points is not None]
    return (
        number,
        row.county_name,
        "（总队）" if row.vocabulary == "team" else row.name,
        row.position,
        *(marks.get(month) for month in _MONTHS),
        mean,
        float(sum(amounts)) if amounts else None,
    )
