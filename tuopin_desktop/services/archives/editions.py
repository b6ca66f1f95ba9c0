"""Papers of an office as they go to the archives: PDF/A-1b, checked before anybody gets the file."""

from collections.abc import Sequence
from typing import Any

from tuopin_desktop.documents import report, table
from tuopin_desktop.documents.archival import check, wrapping
from tuopin_desktop.documents.archival import edition as editions
from tuopin_desktop.documents.official import Letter
from tuopin_desktop.documents.report import Note
from tuopin_desktop.documents.table import Table
from tuopin_desktop.domain.display import Sheet
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.services.office import books, papers
from tuopin_desktop.services.office.books import Book
from tuopin_desktop.services.office.desk import Desk

Made = Book[Any] | Letter | Table | Note | Sequence[Sheet]
"""Whatever a service gives as a paper."""


def edition(desk: Desk, paper: Made, *, title: str = "") -> bytes:
    """Return the archives' edition of a paper; the same paper gives the same bytes.

    `title` "" takes the paper's own; pages alone have none and need one (ValueError). Nothing is noted in the list of
    disclosures: whoever writes the file out notes it.
    """
    name = title or ("" if isinstance(paper, Sequence) else paper.title)
    if not name:
        raise ValueError("pages without a title")
    return proved(editions.render(pages(desk, paper), desk.fonts(), title=name, mark=desk.mark), name)


def wrapped(data: bytes, *, title: str) -> bytes:
    """Return a scan or a PDF of other origin as pages of PDF/A-1b; raises Trouble where it is none or damaged."""
    return proved(wrapping.wrapped(data, title=title), title)


def proved(data: bytes, title: str) -> bytes:
    """Return a file as it is; raises Trouble naming what of PDF/A-1b it does not keep."""
    if faults := check.faults(data):
        raise Trouble(f"“{title}”的归档文件（PDF/A）没有通过检查：{''.join(faults)}请报告程序维护人员。")
    return data


def pages(desk: Desk, paper: Made) -> list[Sheet]:
    """Return a paper as pages."""
    if isinstance(paper, Book):
        return books.sheets(desk, paper)
    if isinstance(paper, Letter):
        return list(papers.sheets(desk, paper))
    if isinstance(paper, Table):
        return list(table.sheets(paper, desk.fonts()))
    if isinstance(paper, Note):
        return list(report.sheets(paper, desk.fonts()))
    return list(paper)
