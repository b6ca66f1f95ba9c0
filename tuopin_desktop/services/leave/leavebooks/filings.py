"""备案台账 and 备案报送单: what is to be filed with whom, what was, what is missing, and what is handed over (Q23)."""

from collections import defaultdict
from datetime import date
from typing import Literal

import msgspec

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.account import in_year
from tuopin_desktop.domain.leave.chain import Paper
from tuopin_desktop.domain.leave.count import short_words
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.record import Form
from tuopin_desktop.domain.records.choices import BODY
from tuopin_desktop.services.leave.leavebooks.ledger import Ledger, open_ledger
from tuopin_desktop.services.office.books import Book, book, totalled
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import county_called

Body = Literal["unit", "liaison"]

_LEDGER = (
    Column("备案对象", 30),
    Column("编号", 22, "center"),
    Column("姓名", 24, "center"),
    Column("派出单位", 43),
    Column("起止时间", 33, "center"),
    Column("签字齐全", 24, "center", Form.DATE),
    Column("应备案", 24, "center", Form.DATE),
    Column("备案日期", 24, "center", Form.DATE),
    Column("报送方式\n及收件人", 24),
    Column("情况", 24),
)
_COVER = (
    Column("序号", 12, "center", Form.INTEGER),
    Column("编号", 22, "center"),
    Column("姓名", 22, "center"),
    Column("职务", 33),
    Column("外出地点", 24),
    Column("起止时间", 33, "center"),
    Column("请假事由", 28),
)
_RECEIPT = ("报送人：", "签收人（章）：", "签收日期：     年   月   日")


class FilingRow(msgspec.Struct, frozen=True):
    """One filing of one slip: due, made or missing."""

    slip: str
    body: str
    number: str
    name: str
    unit: str
    period: str
    complete: date | None
    due: date | None
    filed: date | None
    channel: str
    state: str


class CoverRow(msgspec.Struct, frozen=True):
    """One slip handed over to a body."""

    slip: str
    receiver: str
    number: str
    name: str
    post: str
    place: str
    period: str
    reason: str


def filings(desk: Desk, year: int, *, county: str = "", ledger: Ledger | None = None) -> Book[FilingRow]:
    """Return the filing register of a year: by body, then what is missing first, then by due day."""
    records = ledger or open_ledger(desk)
    rows = [
        _row(story, body, records)
        for story in records.within(county_called(desk, county))
        if in_year(story.slip, year)
        for body in form_of(story.slip).bodies
        if body in story.filed or (story.filing_due is not None and story.chain.paper.standing)
    ]
    order = list(BODY.labels)
    rows.sort(key=lambda row: (order.index(row.body), row.filed is not None, str(row.due), row.number))
    missing = sum(row.filed is None for row in rows)
    sheet = Table(
        title=f"{year}年度请假报备单备案台账",
        columns=_LEDGER,
        rows=tuple(_cells(row) for row in rows),
        office=desk.office.name,
        filled=records.today,
        notes=(f"注：应备案{len(rows)}件次，已备案{len(rows) - missing}件次，缺备案{missing}件次（管理办法第十条）。",),
        frozen=3,
    )
    return book(rows, totalled(sheet, "项"))


def _row(story: Story, body: str, ledger: Ledger) -> FilingRow:
    slip, filing = story.slip, story.filed.get(body)
    signed = [item.signed for item in story.chain.signed.values() if item.signed]
    filed = filing.filed if filing else None
    return FilingRow(
        slip=slip.id,
        body=body,
        number=slip.number,
        name=slip.name,
        unit=ledger.unit(slip),
        period=short_words(parse_stored(slip.period)),
        complete=max(signed) if signed and story.chain.paper is Paper.APPROVED else None,
        due=story.filing_due,
        filed=filed,
        channel="、".join(part for part in (filing.channel, filing.receiver) if part) if filing else "",
        state=_state(story, filed, ledger.today),
    )


def _state(story: Story, filed: date | None, today: date) -> str:
    due = story.filing_due
    if filed is not None:
        if due is None:
            return "已备案" if story.slip.history else "已备案，签字未齐"
        return "已备案" if filed <= due else "逾期备案"
    if due is not None and today > due:
        return f"缺备案，已过{(today - due).days}天"
    return "待备案"


def _cells(row: FilingRow) -> tuple[str | date | None, ...]:
    text = BODY.word(row.body)
    return (
        text,
        row.number,
        row.name,
        row.unit,
        row.period.replace("至", "至\n"),
        row.complete,
        row.due,
        row.filed,
        row.channel,
        row.state,
    )


def cover(
    desk: Desk, *, body: Body = "unit", handed: date | None = None, county: str = "", ledger: Ledger | None = None
) -> Book[CoverRow]:
    """Return the cover lists: one page per sending unit (or one for the liaison desk) with a line for the receipt.

    Without `handed` the slips that are approved and not yet filed with that body; else those filed on that day.
    """
    records = ledger or open_ledger(desk)
    groups: dict[str, list[CoverRow]] = defaultdict(list)
    for story in records.within(county_called(desk, county)):
        if _to_hand_over(story, body, handed):
            receiver = records.unit(story.slip) if body == "unit" else BODY.word(body)
            groups[receiver].append(_cover_row(story.slip.id, receiver, story))
    rows = [row for receiver in sorted(groups) for row in groups[receiver]]
    sheet = Table(
        title="请假报备单备案报送单",
        columns=(Column("报送对象", 40), *_COVER),
        rows=tuple((row.receiver, *_cover_cells(place, row)) for place, row in enumerate(rows, 1)),
        office=desk.office.name,
        filled=handed or records.today,
        signed=_RECEIPT,
    )
    pages = [
        _cover_page(desk, receiver, groups[receiver], body, handed or records.today) for receiver in sorted(groups)
    ]
    return book(rows, sheet, pages)


def _to_hand_over(story: Story, body: str, handed: date | None) -> bool:
    if handed is not None:
        return body in story.filed and story.filed[body].filed == handed
    is_due_there = body in form_of(story.slip).bodies
    return is_due_there and body not in story.filed and story.filing_due is not None and story.chain.paper.standing


def _cover_row(slip_id: str, receiver: str, story: Story) -> CoverRow:
    slip = story.slip
    period = short_words(parse_stored(slip.period))
    return CoverRow(slip_id, receiver, slip.number, slip.name, slip.post, slip.place, period, slip.reason)


def _cover_cells(place: int, row: CoverRow) -> tuple[str | int, ...]:
    return (place, row.number, row.name, row.post, row.place, row.period.replace("至", "至\n"), row.reason)


def _cover_page(desk: Desk, receiver: str, rows: list[CoverRow], body: Body, day: date) -> Table:
    whom = f"{receiver}干部人事部门" if body == "unit" else receiver
    text = (
        f"按照《{desk.policy.basis.title}》第十条，现将下列请假报备单共{len(rows)}份报送备案，请查收，"
        "并在本单签收后退回一份。"
    )
    return Table(
        title="请假报备单备案报送单",
        columns=_COVER,
        rows=tuple(_cover_cells(place, row) for place, row in enumerate(rows, 1)),
        office=desk.office.name,
        filled=day,
        intro=(f"{whom}：", text),
        signed=_RECEIPT,
        landscape=False,
    )
