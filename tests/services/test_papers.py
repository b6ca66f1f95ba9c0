"""Official documents of an office carry its practice mark on every page, printed or editable."""

from pathlib import Path

from tests.documents.conftest import by_pdfplumber
from tests.documents.wordfiles import part, text_of
from tests.services.desks import open_office
from tuopin_desktop.documents.official import Letter, Paragraph
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import PRACTICE_MARK

LETTER = Letter(title="关于\n选派的函", blocks=(Paragraph("根据工作需要，" * 200),), signed="工作总队")


def test_practice_documents_carry_the_mark_on_every_page(tmp_path: Path) -> None:
    desk = open_office(tmp_path, practice=True)
    try:
        pages = by_pdfplumber(papers.pdf(desk, LETTER))
        assert len(pages) > 1
        assert all(PRACTICE_MARK.replace(" ", "") in page.replace(" ", "") for page in pages)
        for number in (1, 2):
            assert PRACTICE_MARK in text_of(part(papers.docx(desk, LETTER), f"word/footer{number}.xml"))
    finally:
        desk.close()


def test_real_documents_carry_none(tmp_path: Path) -> None:
    desk = open_office(tmp_path)
    try:
        assert PRACTICE_MARK.split()[0] not in "".join(by_pdfplumber(papers.pdf(desk, LETTER)))
        assert PRACTICE_MARK not in text_of(part(papers.docx(desk, LETTER), "word/footer1.xml"))
    finally:
        desk.close()
