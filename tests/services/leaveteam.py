"""A team with slips made out and signed on chosen days, and books read back from paper, for the tests of leave."""

from contextlib import closing
from datetime import date, datetime
from typing import Any

import pypdfium2

from tests.services.desks import changed, enter
from tuopin_desktop.documents.table import words_of
from tuopin_desktop.domain.idcard import check_digit
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk

JUNE_4 = date(2018, 6, 4)
ID_NUMBER = "15999919750301001" + check_digit("15999919750301001")


def at(desk: Desk, day: date, hour: int = 9) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = datetime(day.year, day.month, day.day, hour)


def team(desk: Desk) -> dict[str, Posting]:
    """Enter a leader, a deputy and two members of different units."""
    return {
        "王海": enter(desk, "王海", "leader", unit="自治区发展和改革委员会", phone="10000000001"),
        "赵五": enter(desk, "赵五", "deputy", unit="赤峰市林业和草原局", phone="10000000002"),
        "李四": enter(desk, "李四", unit="自治区林业和草原局", phone="10000000003", id_number=ID_NUMBER),
        "孙六": enter(desk, "孙六", unit="翁牛特旗农牧业局", phone="10000000004"),
    }


def made(
    desk: Desk, posting: Posting, period: str, *, day: date = JUNE_4, signed: bool = True, **said: Any
) -> LeaveSlip:
    """Make out and print a slip on a day, signed the same day unless told otherwise."""
    at(desk, day)
    drafted = leave.draft(desk, posting.id)
    about = {"place": "呼和浩特市", "reason": "参加会议", "leave_type": "sick", **said}
    slip = leave.save(desk, changed(drafted, period=period, **about))
    leavedesk.printed(desk, [slip.id])
    if signed:
        sign(desk, slip, day)
    return slip


def sign(desk: Desk, slip: LeaveSlip, day: date) -> None:
    other = ("office", "某主任") if slip.form == "leader" else ("leader", "王海")
    for role, name in (("secretary", "白音"), other):
        leavedesk.sign(desk, slip.id, role, name, day)


def cells(book: Book[Any]) -> list[list[str]]:
    return [[words_of(cell) for cell in row] for row in (*book.sheet.rows, *book.sheet.totals)]


def pages(desk: Desk, book: Book[Any]) -> list[str]:
    with closing(pypdfium2.PdfDocument(books.pdf(desk, book))) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
