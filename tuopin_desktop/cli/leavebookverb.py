"""`leave book`: one of the books of leave as lines, PDF or workbook."""

from argparse import Namespace
from typing import Any, TextIO

from tuopin_desktop.cli.opening import say_book
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.leave import leave, leavebooks
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk


def book_verb(desk: Desk, options: Namespace, out: TextIO) -> int:
    """Write the wanted book; without a file name, say its lines."""
    say_book(desk, _made(desk, options), options, out)
    return 0


def _made(desk: Desk, options: Namespace) -> books.Book[Any]:
    year, county = options.year or desk.today().year, options.county
    if options.book in ("brief", "story"):
        if not options.number:
            raise refuse("number", "请用 --number 写明报备单编号", "number")
        slip = leave.numbered(desk, options.number)
        return (leavebooks.brief if options.book == "brief" else leavebooks.story)(desk, slip.id)
    if options.book == "calls":
        return leavebooks.calls(desk, county=county)
    if options.book == "phone":
        return leavebooks.phone_notes(desk, county=county)
    if options.book == "register":
        return leavebooks.register(desk, year, person=options.person, county=county)
    if options.book == "card":
        return leavebooks.card(desk, year, person=options.person, county=county)
    if options.book == "cover":
        return leavebooks.cover(desk, body=options.body, handed=options.handed, county=county)
    yearly: dict[str, Any] = {"filing": leavebooks.filings, "lates": leavebooks.lates}
    book: books.Book[Any] = yearly[options.book](desk, year, county=county)
    return book
