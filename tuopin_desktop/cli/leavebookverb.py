"""`leave book`: one of the books of leave as lines, PDF or workbook."""

from argparse import Namespace
from typing import Any, TextIO

from tuopin_desktop.cli.opening import say_book
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.leave import leave, leavebooks
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk


def book_verb(desk: Desk, asked: Namespace, out: TextIO) -> int:
    """Write the wanted book; without a file name, say its lines."""
    say_book(desk, _made(desk, asked), asked, out)
    return 0


def _made(desk: Desk, asked: Namespace) -> books.Book[Any]:
    year, county = asked.year or desk.today().year, asked.county
    if asked.book in ("brief", "story"):
        if not asked.number:
            raise refuse("number", "请用 --number 写明报备单编号", "number")
        slip = leave.numbered(desk, asked.number)
        return (leavebooks.brief if asked.book == "brief" else leavebooks.story)(desk, slip.id)
    if asked.book == "calls":
        return leavebooks.calls(desk, county=county)
    if asked.book == "phone":
        return leavebooks.phone_notes(desk, county=county)
    if asked.book == "register":
        return leavebooks.register(desk, year, person=asked.person, county=county)
    if asked.book == "card":
        return leavebooks.card(desk, year, person=asked.person, county=county)
    if asked.book == "cover":
        return leavebooks.cover(desk, body=asked.body, handed=asked.handed, county=county)
    yearly: dict[str, Any] = {"filing": leavebooks.filings, "lates": leavebooks.lates}
    made: books.Book[Any] = yearly[asked.book](desk, year, county=county)
    return made
