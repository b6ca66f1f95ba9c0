"""A name that looks like markup, a formula or a field code stands as it is on paper, in workbook and document."""

import io
from datetime import date

import openpyxl
import pdfplumber
import pytest

from tests.documents.registers import CREATED
from tests.documents.wordfiles import W, part, text_of
from tuopin_desktop.documents import official, pdf, report, table
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import Chart, Letter, Listing, Paragraph, Series
from tuopin_desktop.documents.report import Note
from tuopin_desktop.documents.table import Column, Table

ODD = ("<img src=file:///x.png>", "<b>王</b>&amp;五", "&lt;a&gt;", "=1+1", '=HYPERLINK("file:///x")', "@cmd", "{PAGE}")
COLUMNS = (Column("序号", 14, "center"), Column("姓名", 90))


def listed(name: str) -> Table:
    return Table(title=name, columns=COLUMNS, rows=((1, name),), office=name, filled=date(2018, 6, 5), notes=(name,))


def letter(name: str) -> Letter:
    rows = ((1, name),)
    chart = Chart(kind="bar", caption=name, categories=(name,), series=(Series(name, (1.0,)),), unit="人")
    blocks = (Paragraph(name), Listing(columns=COLUMNS, rows=rows, caption=name, notes=(name,)), chart)
    return Letter(title=name, issuer=name, blocks=blocks, signed=name, dated=date(2018, 6, 5))


@pytest.mark.parametrize("name", ODD)
def test_on_paper_it_reads_as_it_is(book: FontBook, name: str) -> None:
    made = [*table.sheets(listed(name), book), *official.sheets(letter(name), book)]
    made += report.sheets(Note(title=name, paragraphs=(report.Paragraph(name),)), book)
    with pdfplumber.open(io.BytesIO(pdf.render(made, book, title=name))) as printed:
        said = "".join("".join(page.extract_text().split()) for page in printed.pages)
        assert not any(page.hyperlinks or page.images for page in printed.pages)
    assert said.count("".join(name.split())) >= 5


@pytest.mark.parametrize("name", ODD)
def test_in_a_workbook_it_is_text_and_no_formula(name: str) -> None:
    content = table.xlsx(listed(name), created=CREATED)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None and name in str(cell.value)]
    assert len(found) >= 3
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)


@pytest.mark.parametrize("name", ODD)
def test_in_a_document_it_is_text_and_no_markup(book: FontBook, name: str) -> None:
    content = official.docx(letter(name), book)
    body = part(content, "word/document.xml")
    assert text_of(body).count(name) >= 3
    assert not list(body.iter(f"{W}hyperlink"))
    assert not list(body.iter(f"{W}instrText"))
