"""Catalogue, covers, boxes and their notes: columns of the standard, true sizes, sums that agree."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import openpyxl
import pdfplumber
import pypdfium2
import pytest

from tests.services import fileditems
from tests.services.fileditems import FONDS, SIZES, YEAR
from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.documents import pdf as pdfs
from tuopin_desktop.documents.archival import check
from tuopin_desktop.domain.archives.boxes import PAGES_PER_MM, WIDTHS, boxes
from tuopin_desktop.domain.display import Sheet, Text
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import ArchiveItem
from tuopin_desktop.services.archives import boxing, catalogues, editions, forming
from tuopin_desktop.services.office import books
from tuopin_desktop.services.office.desk import Desk

NINE = ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
SEVEN = ["件号", "责任者", "文号", "题名", "日期", "页数", "备注"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("aids") / "o"
    with closing(office.build(folder, level="county", county=COUNTY, now=TODAY)) as desk:
        yield desk


@pytest.fixture(scope="module")
def items(desk: Desk) -> list[ArchiveItem]:
    return fileditems.file(desk)


def words(sheet: Sheet) -> str:
    return "".join(op.text for op in sheet.ops if isinstance(op, Text))


# -- editions


def test_every_shape_of_a_paper_becomes_an_edition_under_its_own_title(desk: Desk, items: list[ArchiveItem]) -> None:
    volume = catalogues.catalogue(desk, YEAR)
    for made in (volume, volume.sheet):
        data = editions.edition(desk, made)
        assert check.faults(data) == ()
        with closing(pypdfium2.PdfDocument(data)) as document:
            assert document.get_metadata_dict()["Title"] == made.title
    with pytest.raises(ValueError, match="title"):
        editions.edition(desk, [])


def test_a_file_changed_on_its_way_is_refused_in_words(desk: Desk, items: list[ArchiveItem]) -> None:
    data = editions.edition(desk, catalogues.sheets(desk, YEAR, "D10"), title="目录")
    assert editions.proved(data, "目录") == data
    with pytest.raises(Trouble, match="PDF"):
        editions.proved(data[:-40], "目录")


# -- the catalogue


@pytest.mark.parametrize(("layout", "headings"), [("nine", NINE), ("seven", SEVEN)])
def test_the_catalogue_has_the_columns_of_its_form_on_a4_across(
    desk: Desk, items: list[ArchiveItem], layout: str, headings: list[str]
) -> None:
    volume = catalogues.catalogue(desk, YEAR, layout=layout)
    assert [column.heading for column in volume.sheet.columns] == headings
    for page in catalogues.sheets(desk, YEAR, layout=layout):
        assert (page.width, page.height) == (297, 210)
        assert not page.missing
        assert not page.overflow


def test_days_have_eight_figures_made_titles_brackets_and_what_is_empty_stays_empty(
    desk: Desk, items: list[ArchiveItem]
) -> None:
    rows = catalogues.catalogue(desk, YEAR).sheet.rows
    assert len(rows) == len(items)
    for place, (row, item) in enumerate(zip(rows, items, strict=True), 1):
        assert row[0] == str(place)
        assert row[1] == item.code
        assert row[2] == item.document
        assert row[4] == (f"[{item.name}]" if item.made_title else item.name)
        assert row[5] == (f"{item.dated:%Y%m%d}" if item.dated else "")
        assert row[6] == ("秘密" if item.secrecy else "")
    printed = "".join(words(page) for page in catalogues.sheets(desk, YEAR, "Y"))
    assert "20180602" in printed


def test_the_workbook_is_text_without_a_formula_and_its_heading_stays_in_sight(
    desk: Desk, items: list[ArchiveItem]
) -> None:
    book = openpyxl.load_workbook(BytesIO(books.xlsx(desk, catalogues.catalogue(desk, YEAR))))
    assert len(book.sheetnames) == len(SIZES)
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        frozen = int(sheet.freeze_panes.lstrip("A"))
        assert [cell.value for cell in sheet[frozen - 1]] == NINE
        assert {cell.number_format for cell in sheet[frozen]} == {"@"}
    titles = [cell.value for sheet in book for cell in sheet["E"]]
    assert "=关于报送脱贫攻坚工作总队年度考勤情况的报告" in titles


def test_the_catalogue_goes_out_as_pdf_for_the_archives_and_as_a_workbook(
    desk: Desk, items: list[ArchiveItem], tmp_path: Path
) -> None:
    first = catalogues.write(desk, tmp_path / "目录.pdf", YEAR).read_bytes()
    assert check.faults(first) == ()
    assert catalogues.write(desk, tmp_path / "again.pdf", YEAR).read_bytes() == first
    assert catalogues.write(desk, tmp_path / "目录.xlsx", YEAR).read_bytes().startswith(b"PK")


def test_a_cover_names_fonds_year_and_period(desk: Desk, items: list[ArchiveItem]) -> None:
    covers = boxing.covers(desk, YEAR)
    assert len(covers) == len(SIZES)
    for word in (FONDS, "翁牛特旗扶贫开发办公室", str(YEAR), "永久", "办公室"):
        assert word in words(covers[0])


def test_an_office_without_a_fonds_prints_empty_places_and_no_code_of_its_area(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("bare") / "o"
    with closing(office.build(folder, level="county", county=COUNTY, now=TODAY)) as bare:
        forming.form(bare, YEAR)
        pages = [*boxing.covers(bare, YEAR), *boxing.spines(bare, YEAR, 20, "A3")]
        assert COUNTY not in "".join(words(page) for page in pages)
        assert bare.office.name in words(pages[0])
        assert all(row[1] == "" for row in catalogues.catalogue(bare, YEAR).sheet.rows)


def test_without_items_or_with_a_form_nobody_has_the_clerk_is_told(desk: Desk, items: list[ArchiveItem]) -> None:
    with pytest.raises(Refused, match="2017年度还没有"):
        catalogues.catalogue(desk, 2017)
    with pytest.raises(Refused, match="九栏"):
        catalogues.catalogue(desk, YEAR, layout="五栏")
    with pytest.raises(Refused, match="20、30、40、50"):
        boxing.filled(desk, YEAR, 25)


# -- boxes


@pytest.mark.parametrize("width", WIDTHS)
def test_boxes_agree_with_the_catalogue(desk: Desk, items: list[ArchiveItem], width: int) -> None:
    filled = boxing.filled(desk, YEAR, width)
    assert [item for box in filled for item in box.items] == items
    assert sum(box.pages for box in filled) == sum(item.pages or 0 for item in items)
    listed = [(str(row[1])[-4:], int(str(row[7]) or 0)) for row in catalogues.catalogue(desk, YEAR).sheet.rows]
    for box in filled:
        assert len({(item.year, item.period, item.body_code) for item in box.items}) == 1
        assert box.pages <= width * PAGES_PER_MM or len(box.items) == 1
        count = len(box.items)
        assert box.ends == (listed[0][0], listed[count - 1][0])
        assert box.pages == sum(pages for _, pages in listed[:count])
        listed = listed[count:]
    assert not listed


def test_a_late_item_goes_into_the_last_box_of_its_series_only(desk: Desk, items: list[ArchiveItem]) -> None:
    series = catalogues.series(desk, YEAR, "D30")[0]
    before = boxes(series, 20)
    further = type(series)(series.year, series.period, series.body_code, series.items[:-1])
    assert len(before) > 1
    assert [box.items for box in boxes(further, 20)[:-1]] == [box.items for box in before[:-1]]


def edges(page: Sheet, desk: Desk) -> list[tuple[float, float, float, float]]:
    """Every line of a page as it stands in the PDF, in mm from the top-left corner."""
    data = pdfs.render([page], desk.fonts(), title="x")
    with pdfplumber.open(BytesIO(data)) as document:
        lines = document.pages[0].lines
    return [tuple(round(line[key] / 72 * 25.4, 3) for key in ("x0", "top", "x1", "bottom")) for line in lines]


@pytest.mark.parametrize("width", WIDTHS)
def test_spines_are_true_to_size(desk: Desk, items: list[ArchiveItem], width: int) -> None:
    page = boxing.spines(desk, YEAR, width, "A3")[0]
    upright = [line for line in edges(page, desk) if line[0] == line[2]]
    left, right = sorted(upright)[:2]
    assert right[0] - left[0] == pytest.approx(width, abs=0.05)
    assert left[3] - left[1] == pytest.approx(310, abs=0.05)


def test_what_is_glued_is_as_long_as_the_whole(desk: Desk, items: list[ArchiveItem]) -> None:
    for pages, count in ((boxing.box_cover(desk, "A4"), 2), (boxing.spines(desk, YEAR, 30, "A4")[:2], 2)):
        assert [(page.width, page.height) for page in pages] == [(297, 210)] * count
        upper, lower = (edges(page, desk) for page in pages)
        tick = min(line[1] for line in upper if line[2] < 10)  # beside the frame: where the lower part begins
        head = min(line[1] for line in upper)
        foot = max(line[3] for line in lower if line[0] > 9)
        above = min(line[1] for line in lower if line[2] < 10)
        assert (tick - head) + (foot - above) == pytest.approx(310, abs=0.05)


def test_no_words_are_cut_by_the_seam(desk: Desk, items: list[ArchiveItem]) -> None:
    whole = boxing.spines(desk, YEAR, 20, "A3")
    parts = boxing.spines(desk, YEAR, 20, "A4")
    some, both = (
        Counter(op.text for page in pages for op in page.ops if isinstance(op, Text)) for pages in (whole, parts)
    )
    assert {text for text in some - both if len(text) < 20} == set()  # longer ones say what to do with the sheet
    assert len(parts) == 2 * len(whole)


def test_the_note_in_a_box_counts_what_lies_in_it(desk: Desk, items: list[ArchiveItem]) -> None:
    notes = boxing.remarks(desk, YEAR, 50)
    filled = boxing.filled(desk, YEAR, 50)
    assert len(notes) == len(filled)
    for page, box in zip(notes, filled, strict=True):
        assert f"归档文件{len(box.items)}件，件号{box.ends[0]}至{box.ends[1]}，共{box.pages}页" in words(page)
        assert "2026年11月30日" in words(page)
        assert not page.overflow
    assert "整理完毕后补入1件：0007" in words(notes[0])
    assert "未登记页数1件：0006" in words(notes[0])


def test_all_parts_are_written_and_those_for_the_archives_as_such(
    desk: Desk, items: list[ArchiveItem], tmp_path: Path
) -> None:
    paths = boxing.write(desk, tmp_path, YEAR, 30, "A3")
    assert [path.name for path in paths] == [f"{YEAR}年度{name}.pdf" for name in boxing.PARTS]
    filed = {path.name for path in paths if not check.faults(path.read_bytes())}
    assert filed == {f"{YEAR}年度{name}.pdf" for name in set(boxing.PARTS) - boxing.CUT}
