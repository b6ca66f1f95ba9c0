"""Official documents: the standard's page, the same words on paper and in the editable file, the same bytes."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.documents.conftest import READERS, Reader, letters, plumbed
from tests.documents.wordfiles import W, children, converted, needs_office, paragraphs, part, tables, text_of
from tuopin_desktop.documents import installed, official, pdf
from tuopin_desktop.documents.breaking import NO_END, NO_START
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import Annex, Column, Heading, Letter, Listing, Paragraph
from tuopin_desktop.domain.display import MM, Text

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SENTENCE = (
    "根据《自治区派驻贫困旗县（市、区）脱贫攻坚工作总队管理办法》第九条、第十条规定，"
    "现将2019年5月份各工作总队出勤情况通报如下：“在岗”276人，占96.8%；请假48人次、132.5天。"
)
RARE = "阿拉坦其其格·额尔德尼朝鲁、包𬱟、龑彧、张淼堃、Ankhbayar Bat-Erdene"
MARK = "演示数据  不作凭证"
ROWS = tuple((number, f"第{number}旗", number + 0.5, "说明" * 9) for number in range(1, 60))
COLUMNS = (Column("序号", 10, "center"), Column("旗县", 40), Column("天数", 20, "right"), Column("备注", 50))

FULL = Letter(
    title="关于2019年5月份驻贫困旗县（市、区）脱贫攻坚工作总队出勤情况的通报",
    issuer="自治区贫困旗县（市、区）脱贫攻坚工作队管理办公室",
    head="letter",
    number="内脱工办〔2019〕5号",
    recipient="各盟市委组织部，各驻贫困旗县（市、区）脱贫攻坚工作总队：",
    blocks=(
        Paragraph(SENTENCE),
        Heading("总体情况"),
        Heading("在岗", 2),
        Paragraph(RARE),
        Heading("请假", 2),
        Heading("公务", 3),
        Heading("逐旗县情况"),
        Listing(
            columns=COLUMNS, rows=ROWS, totals=(("合计", "", 9, ""),), caption="表1 出勤", notes=("注：半天累计。",)
        ),
        Annex("不足20天人员名单", "附件1"),
        Listing(columns=COLUMNS, rows=()),
    ),
    attachments=("不足20天人员名单", "各总队统计表"),
    signed="自治区贫困旗县（市、区）\n脱贫攻坚工作队管理办公室",
    dated=date(2019, 6, 5),
    note="联系人：张三",
    copied="自治区扶贫开发领导小组组长、副组长",
    distributed="脱贫攻坚工作队管理办公室主任、副主任，办公室成员，各盟市委组织部",
    printer="脱贫攻坚工作队管理办公室",
    printed=date(2019, 6, 6),
)


def printed(letter: Letter, book: FontBook, mark: str = "") -> bytes:
    return pdf.render(official.sheets(letter, book), book, title=letter.title, mark=mark)


def rows_of(page: Any, size: float = 16) -> list[list[Any]]:
    """The lines of a page set in a size, each from left to right."""
    found: dict[int, list[Any]] = {}
    for char in page.chars:
        if abs(char["size"] - size) < 0.1:
            found.setdefault(round(char["matrix"][5]), []).append(char)
    return [sorted(chars, key=lambda char: char["x0"]) for _, chars in sorted(found.items(), reverse=True)]


def plain(text: str) -> Letter:
    return Letter(title="测试", blocks=(Paragraph(text),))


# -- the page


def test_a_page_has_22_lines_of_28_characters_from_margin_to_margin(book: FontBook) -> None:
    with plumbed(printed(plain("贫" * 2000), book)) as document:
        lines = rows_of(document.pages[1])
    assert len(lines) == 22
    for chars in lines:
        assert len(chars) == 28
        assert chars[0]["x0"] / MM == pytest.approx(28, abs=0.1)
        assert chars[-1]["x1"] / MM == pytest.approx(210 - 26, abs=0.3)
    tops = [297 - chars[0]["matrix"][5] / MM for chars in lines]
    assert {round((b - a) * MM, 1) for a, b in pairwise(tops)} == {28.0}
    assert tops[0] > 37
    assert tops[-1] < 297 - 35


def test_the_first_line_of_a_paragraph_is_indented_by_two_characters(book: FontBook) -> None:
    with plumbed(printed(plain("困" * 60), book)) as document:
        first, second = rows_of(document.pages[0])[:2]
    assert first[0]["x0"] / MM == pytest.approx(28 + 2 * 156 / 28, abs=0.1)
    assert len(first) == 26
    assert second[0]["x0"] / MM == pytest.approx(28, abs=0.1)


def test_headings_are_numbered_and_stand_in_their_faces(book: FontBook) -> None:
    with plumbed(printed(FULL, book)) as document:
        faces = {
            "".join(char["text"] for char in row): row[0]["fontname"].partition("+")[2]
            for page in document.pages
            for row in rows_of(page)
        }
    named = {words: face for words, face in faces.items() if words[:2] in ("一、", "二、", "（一", "（二", "1.")}
    assert list(named) == ["一、总体情况", "（一）在岗", "（二）请假", "1.公务", "二、逐旗县情况"]
    assert named["一、总体情况"] != named["（一）在岗"] != named["1.公务"]


@pytest.mark.parametrize("words", [SENTENCE * 9, RARE * 9, "（" * 200, "，" * 200, "a1" * 300])
def test_no_line_begins_or_ends_with_a_mark_that_may_not_and_nothing_is_lost(words: str, book: FontBook) -> None:
    sheets = official.sheets(plain(words), book)
    with plumbed(pdf.render(sheets, book, title="t")) as document:
        lines = ["".join(char["text"] for char in row) for page in document.pages for row in rows_of(page)]
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    if len(set(words)) > 2:
        assert not [line for line in lines if line[0] in NO_START or line.rstrip()[-1] in NO_END]


def test_page_numbers_stand_outside_right_on_odd_pages_and_left_on_even_ones(book: FontBook) -> None:
    with plumbed(printed(FULL, book)) as document:
        numbers = [rows_of(page, 14)[-1] for page in document.pages]
    for place, chars in enumerate(numbers, start=1):
        assert "".join(char["text"] for char in chars) == f"— {place} —"
        if place % 2:
            assert chars[-1]["x1"] / MM == pytest.approx(210 - 26 - 14 / MM, abs=0.3)
        else:
            assert chars[0]["x0"] / MM == pytest.approx(28 + 14 / MM, abs=0.3)


def test_a_long_table_has_its_heading_on_every_page_and_keeps_rows_whole(book: FontBook) -> None:
    with plumbed(printed(FULL, book)) as document:
        found = [table for page in document.pages for table in page.extract_tables()]
    assert len(found) >= 4  # three pages of the list, and the empty one of the annex
    assert {tuple(table[0]) for table in found} == {tuple(column.heading for column in COLUMNS)}
    first = [row[0] for table in found for row in table[1:]]
    assert first == [*[str(number) for number in range(1, 60)], "合计", "（无记录）"]


def test_the_signature_is_not_parted_from_its_date_nor_from_the_last_line(book: FontBook) -> None:
    for count in range(1, 40):
        letter = Letter(title="函", blocks=(Paragraph("困" * 27 * count),), signed="工作总队", dated=date(2019, 6, 5))
        with plumbed(printed(letter, book)) as document:
            last = ["".join(char["text"] for char in row) for row in rows_of(document.pages[-1])]
        assert last[-2:] == ["工作总队", "2019年6月5日"]
        assert len(last) > 2, count


def test_a_heading_goes_over_with_the_last_words_and_the_signature(book: FontBook) -> None:
    for count in range(1, 24):
        blocks = (Paragraph("困" * 27 * count), Heading("打算"), Paragraph("尾"))
        letter = Letter(title="函", blocks=blocks, attachments=("甲", "乙"), signed="总队", dated=date(2019, 6, 5))
        with plumbed(printed(letter, book)) as document:
            pages = [["".join(char["text"] for char in row) for row in rows_of(page)] for page in document.pages]
        assert any({"一、打算", "尾", "总队"} <= set(page) for page in pages), count


def test_the_date_ends_four_characters_from_the_margin_and_the_signature_is_centred_over_it(book: FontBook) -> None:
    letter = Letter(title="函", blocks=(Paragraph("困"),), signed="工作总队", dated=date(2019, 6, 5))
    with plumbed(printed(letter, book)) as document:
        signed, dated = rows_of(document.pages[0])[-2:]
    assert dated[-1]["x1"] / MM == pytest.approx(184 - 4 * 16 / MM, abs=0.2)
    middles = [(row[0]["x0"] + row[-1]["x1"]) / 2 for row in (signed, dated)]
    assert middles[0] == pytest.approx(middles[1], abs=1)


def test_the_distribution_block_stands_at_the_foot_of_the_last_page(book: FontBook) -> None:
    with plumbed(printed(FULL, book)) as document:
        page = document.pages[-1]
        rules = sorted({round(line["top"] / MM, 1) for line in page.lines if line["width"] > 150 * MM})
        small = ["".join(char["text"] for char in row) for row in rows_of(page, 14)]
    assert rules[-1] == pytest.approx(297 - 35, abs=0.2)
    assert small[0] == "抄送：自治区扶贫开发领导小组组长、副组长。"
    assert small[-2] == "脱贫攻坚工作队管理办公室2019年6月6日印发"


def test_a_long_printer_and_its_date_stand_side_by_side(book: FontBook) -> None:
    long = "派驻莫力达瓦达斡尔族自治旗（市、区）脱贫攻坚工作总队办公室"
    letter = Letter(title="函", printer=long, printed=date(2019, 12, 26))
    with plumbed(printed(letter, book)) as document:
        chars = [char for char in document.pages[0].chars if char["top"] > 240 * MM and char["top"] < 262 * MM]
    chars.sort(key=lambda char: char["x0"])
    assert "".join(char["text"] for char in chars) == f"{long}2019年12月26日印发"
    assert chars[len(long)]["x0"] > chars[len(long) - 1]["x1"]


def test_the_head_is_red_and_only_the_head(book: FontBook) -> None:
    sheets = official.sheets(FULL, book)
    red = "".join(op.text for sheet in sheets for op in sheet.ops if isinstance(op, Text) and op.red)
    assert red == FULL.issuer
    with plumbed(printed(FULL, book)) as document:
        colours = {char["text"]: char["non_stroking_color"] for char in document.pages[0].chars[:3]}
        others = {char["non_stroking_color"] for char in document.pages[1].chars}
    assert set(colours.values()) == {(0.85, 0.0, 0.0)}
    assert (0.85, 0.0, 0.0) not in others


# -- the words


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_paper_and_editable_file_say_the_same_and_all_of_it(reader: Reader, book: FontBook) -> None:
    pages = reader(printed(FULL, book, MARK))
    on_paper = letters("".join(pages))
    numbers = letters("".join(f"— {number} —" for number in range(1, len(pages) + 1)) + MARK * len(pages))
    heads = sum("序号" in page for page in pages) - 2  # the tables begin with theirs
    again = letters("".join(column.heading for column in COLUMNS) * heads)
    assert on_paper - numbers - again == letters("".join(paragraphs(official.docx(FULL, book))))


def test_rare_names_are_whole_in_both(book: FontBook) -> None:
    letter = plain(RARE + "𰻝")
    assert [item.char for item in official.sheets(letter, book)[0].missing] == ["𰻝"]
    assert RARE + "𰻝" in paragraphs(official.docx(letter, book))


def test_what_no_file_can_hold_is_taken_out_and_markup_is_only_text(book: FontBook) -> None:
    letter = plain("甲\x00\x0b乙\ud800<w:p>&丙\ufffe")
    assert any("乙" in words and "<w:p>&丙" in words for words in paragraphs(official.docx(letter, book)))
    assert printed(letter, book)


def test_a_document_with_nothing_in_it_is_still_a_document(book: FontBook) -> None:
    empty = Letter(title="")
    assert len(official.sheets(empty, book)) == 1
    assert paragraphs(official.docx(empty, book))


def test_hundreds_of_characters_anywhere_stay_on_the_page(book: FontBook) -> None:
    long = "额" * 300
    said: dict[str, Any] = dict.fromkeys(("title", "recipient", "signed", "copied", "note"), long)
    letter = Letter(issuer="关" * 60, head="document", blocks=(Heading(long),), attachments=(long,), **said)
    with plumbed(printed(letter, book)) as document:
        inked = [(char["x0"] / MM, char["x1"] / MM) for page in document.pages for char in page.chars]
    assert min(left for left, _ in inked) > 20
    assert max(right for _, right in inked) < 190


# -- the files


def test_the_same_content_gives_the_same_bytes(book: FontBook) -> None:
    assert official.docx(FULL, book) == official.docx(FULL, book)
    assert printed(FULL, book) == printed(FULL, book)


def test_every_font_is_embedded(book: FontBook) -> None:
    with plumbed(printed(FULL, book)) as document:
        names = {char["fontname"] for page in document.pages for char in page.chars}
    assert names
    assert all("+" in name for name in names)


_ORDER = {
    "pPr": "keepNext keepLines pageBreakBefore framePr widowControl pBdr shd tabs spacing ind jc outlineLvl".split(),
    "rPr": "rFonts color spacing sz szCs".split(),
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar".split(),
    "sectPr": "footerReference pgSz pgMar".split(),
}


@pytest.mark.parametrize("parent", _ORDER)
def test_elements_stand_in_the_order_word_insists_on(parent: str, book: FontBook) -> None:
    seen = 0
    for names in children(official.docx(FULL, book, mark=MARK), parent):
        places = [_ORDER[parent].index(name) for name in names]
        assert places == sorted(places)
        seen += 1
    assert seen


def test_every_run_names_its_fonts_and_no_theme(book: FontBook) -> None:
    data = official.docx(FULL, book)
    body = part(data, "word/document.xml")
    fonts = [run.find(f"{W}rPr/{W}rFonts") for run in body.iter(f"{W}r")]
    assert all(font is not None and font.get(f"{W}eastAsia") in installed.NAMED.values() for font in fonts)
    assert not [key for font in fonts if font is not None for key in font.attrib if "Theme" in key]
    others = part(data, "word/fontTable.xml")
    assert {font.get(f"{W}name") for font in others} == set(installed.NAMED.values())
    assert all(font.find(f"{W}altName") is not None for font in others)


def test_a_table_in_the_editable_file_repeats_its_heading(book: FontBook) -> None:
    data = official.docx(FULL, book)
    first = next(part(data, "word/document.xml").iter(f"{W}tbl"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in first.iter(f"{W}tr")]
    assert heads == [True, *[False] * 60]
    assert tables(data)[0][1] == ["1", "第1旗", "1.5", "说明" * 9]


def test_fonts_this_computer_lacks_are_named_with_what_shows_instead(tmp_path: Path) -> None:
    said = installed.lacking([tmp_path])
    assert [name for name in installed.NAMED.values() if not any(f"“{name}”" in words for words in said)] == []


@needs_office
def test_libreoffice_reads_the_same_words(book: FontBook, tmp_path: Path) -> None:
    data = official.docx(FULL, book, mark=MARK)
    read = ElementTree.parse(converted(data, tmp_path, "fodt")).getroot().find(f"{OFFICE}body")
    assert read is not None
    assert letters("".join(paragraphs(data))) == letters("".join(read.itertext()))
    assert text_of(part(data, "word/footer1.xml")) == f"— 1 —{MARK}"
