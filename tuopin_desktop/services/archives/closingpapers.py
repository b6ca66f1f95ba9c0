"""The papers of a term's end: what was open and how it ended, and what is appraised as its period is over."""

from collections.abc import Sequence
from datetime import date

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.domain.records.archives import PERIODS
from tuopin_desktop.services.archives import checklist, duedates
from tuopin_desktop.services.archives.checklist import Checklist, Row
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk

_SIGNED = ("经办人：", "复核人：", "单位负责人：", "日期：        年    月    日")
_APPRAISED = ("鉴定小组：", "档案工作负责人：", "单位负责人：", "日期：        年    月    日")
_CHECKLIST = (
    Column("序号", 13, "center", Form.INTEGER),
    Column("类别", 28),
    Column("事项", 62),
    Column("情况", 72),
    Column("处理", 62),
    Column("说明人、日期", 36, "center"),
)
_EXPIRED = (
    Column("序号", 13, "center", Form.INTEGER),
    Column("档号", 46),
    Column("题名", 78),
    Column("责任者", 34),
    Column("年度", 16, "center"),
    Column("保管期限", 20, "center"),
    Column("期满", 18, "center"),
    Column("鉴定意见（续存或销毁，理由）", 48),
)


def checklist_paper(desk: Desk, pack: str = "") -> Book[Row]:
    """Return 任期终结清单: every open item of the term, and of what stays as it is the reason, who gave it and when."""
    return listing(desk, checklist.checklist(desk, pack))


def listing(desk: Desk, listed: Checklist) -> Book[Row]:
    """Return the same of a checklist that was read."""
    settled = [
        one for one in checklist.notes(desk, listed.term.pack) if one.item not in {row.item.key for row in listed.rows}
    ]
    rows = [_cells(number, row) for number, row in enumerate(listed.rows, 1)]
    state = "未封存"
    if listed.seal is not None and listed.seal.sealed_on:
        state = f"{day_words(listed.seal.sealed_on)}{'封存' if listed.seal.state == 'sealed' else '封存，后重新打开'}"
    sheet = Table(
        title="任期终结清单",
        columns=_CHECKLIST,
        rows=tuple(rows),
        office=desk.office.name,
        filled=desk.today(),
        intro=(f"任期：{listed.term.span}（{listed.term.title}）；{state}。",),
        notes=(
            f"注：没有办的{len(listed.open)}项，按原样结束的{len(listed.rows) - len(listed.open)}项"
            + (f"；写过原因、后来办了的{len(settled)}项不再列入" if settled else "")
            + "。按原样结束的，原因由说明人负责。",
        ),
        signed=_SIGNED,
    )
    return book(listed.rows, totalled(sheet, "项"))


def _cells(number: int, row: Row) -> tuple[str | int, ...]:
    ended = f"按原样结束：{row.reason}" if row.reason else "未办"
    by = f"{row.noted_by} {day_words(row.noted)}" if row.noted else ""
    return (number, row.item.group, row.item.what, row.item.text, ended, by)


def appraisal_paper(desk: Desk) -> Book[ArchiveItem]:
    """Return 到期档案鉴定清单: the items whose period is over today, each with room for the decision (条例24条)."""
    return appraising(desk, duedates.expired(desk))


def appraising(desk: Desk, items: Sequence[ArchiveItem]) -> Book[ArchiveItem]:
    """Return the same list of given items."""
    sheet = Table(
        title="到期档案鉴定清单",
        columns=_EXPIRED,
        rows=tuple(_item_cells(number, one) for number, one in enumerate(items, 1)),
        office=desk.office.name,
        filled=desk.today(),
        notes=(
            "注：依据《档案法实施条例》第二十四条：保管期限届满的，应当鉴定，形成鉴定工作报告；仍需保管的重新划定期限，"
            "需要销毁的按规定报批，不得擅自销毁。",
        ),
        signed=_APPRAISED,
    )
    return book(items, totalled(sheet, "件"))


def _item_cells(number: int, one: ArchiveItem) -> tuple[str | int, ...]:
    ended = str((one.year or 0) + years) if (years := duedates.PERIODS.get(one.period)) else ""
    title = f"[{one.name}]" if one.made_title else one.name
    return (number, one.code, title, one.author, str(one.year), PERIODS.word(one.period), ended, "")


def day_words(day: date) -> str:
    """Return a day as it is read: 2026年11月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
