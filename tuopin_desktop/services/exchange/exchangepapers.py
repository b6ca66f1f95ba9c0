"""The papers of exchange: the account of a batch of packages, and the slip with this PC's number to be read out."""

from collections.abc import Sequence

from tuopin_desktop.documents.table import Column, Table
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.exchange.trust import fingerprint, groups
from tuopin_desktop.services.office import books, stations
from tuopin_desktop.services.office.books import Book, book
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.offices import called

ACCOUNT, SLIP = "收包记录", "核对条"
Row = tuple[str, ...]


def account(desk: Desk, lines: Sequence[str], sentence: str) -> Book[Row]:
    """Return the account of a batch as it was told, a line a row."""
    rows: tuple[Row, ...] = tuple((text.strip(),) for text in lines)
    table = Table(
        title=ACCOUNT,
        columns=(Column("内容", 170),),
        rows=rows,
        office=desk.office.name,
        filled=desk.today(),
        intro=(sentence,),
        signed=(),
        landscape=False,
    )
    return book(rows, table)


def slip(desk: Desk) -> Book[Row]:
    """Return the slip: the eight groups of this PC's number, large enough to be read out over the phone."""
    card = stations.card(desk)
    digits = groups(fingerprint(card.sign))
    half = len(digits) // 2
    rows: tuple[Row, ...] = (tuple(digits[:half]), tuple(digits[half:]))
    table = Table(
        title=f"{called(desk.scope)}{SLIP}",
        columns=tuple(Column(f"第{at}、{at + half}组", 42, "center") for at in range(1, half + 1)),
        rows=rows,
        office=desk.office.name,
        filled=desk.today(),
        intro=(f"经办人：{card.name}。打电话时一组一组念，对方说“对”再念下一组；先念上面一行，再念下面一行。",),
        notes=("号码不同的，不要登记，请查明U盘上的登记卡是哪台电脑的。",),
        signed=(),
        landscape=False,
        size=16,
    )
    return book(rows, table)


def sheets(desk: Desk, volume: Book[Row]) -> tuple[Sheet, ...]:
    """Return the pages of such a paper."""
    return tuple(books.sheets(desk, volume))
