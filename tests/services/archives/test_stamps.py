"""The filing stamp of an office's items: what stands in its cells, where it may be, on whose printer."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from tuopin_desktop.demo import office
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.documents import scans
from tuopin_desktop.documents.archival import stamping
from tuopin_desktop.documents.archival.stamping import HEIGHT, WIDTH
from tuopin_desktop.domain.display import Line, Text
from tuopin_desktop.domain.overprint import Calibration
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import ArchiveItem, Fonds, LeaveSlip
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.archives import boxing, forming, items, printing, settings, stamps
from tuopin_desktop.services.office import attachments, offices
from tuopin_desktop.services.office.desk import Desk

YEAR = 2018


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stamps") / "o"
    with closing(office.build(folder, level="county", county=COUNTY, now=TODAY)) as desk:
        settings.save_fonds(desk, Fonds(id="", fonds_code="Z109", body="办公室", body_code="BGS"))
        forming.form(desk, YEAR)
    return folder


@pytest.fixture
def desk(practice: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the practice county: one test hangs a scan on a slip."""
    shutil.copytree(practice, tmp_path / "o")
    with closing(offices.open_desk(tmp_path / "o", FixedClock(TODAY))) as desk:
        yield desk


@pytest.fixture
def slip(desk: Desk) -> ArchiveItem:
    return next(one for one in items.items(desk, YEAR) if one.paper == "slip")


def test_the_six_cells_say_what_the_catalogue_says(desk: Desk, slip: ArchiveItem) -> None:
    page = stamps.stamp(desk, slip.id)
    said = [op.text for op in page.ops if isinstance(op, Text)]
    assert said == ["Z109", str(YEAR), f"{slip.number:04d}", "办公室", "30年", str(slip.pages)]
    assert len([op for op in page.ops if isinstance(op, Line)]) == 7


def test_on_no_item_of_the_year_it_lies_on_words_or_in_a_frame(desk: Desk) -> None:
    every = items.items(desk, YEAR)
    batch = stamps.batch(desk, [one.id for one in every])
    assert len(batch.sheets) + len(batch.without) == len(every)
    assert not batch.without
    for item in every[::7]:
        page = printing.sheets(desk, item)[0]
        at = stamps.original(desk, item.id).at
        assert at is not None
        assert stamping.is_free(at, page.width, page.height, stamping.occupied(page, desk.fonts()))


def test_a_place_on_words_or_beside_the_paper_is_refused_in_words(desk: Desk, slip: ArchiveItem) -> None:
    with pytest.raises(Refused, match="压在文字或表格上"):
        stamps.stamp(desk, slip.id, (80, 120))
    with pytest.raises(Refused, match="纸边"):
        stamps.stamp(desk, slip.id, (180, 6))
    moved = stamps.stamp(desk, slip.id, (10, 8), Calibration(dx=1, dy=2))
    assert min(op.x0 for op in moved.ops if isinstance(op, Line)) == pytest.approx(9)


def test_the_note_in_a_box_names_what_was_never_signed(desk: Desk) -> None:
    said = "".join(op.text for page in boxing.remarks(desk, YEAR, 50) for op in page.ops if isinstance(op, Text))
    unsigned = [lack.item for lack in items.lacks(desk, YEAR) if lack.code == "unsigned"]
    assert unsigned
    for one in boxing.filled(desk, YEAR, 50):
        count = sum(item in unsigned for item in one.items)
        assert (f"没有登记签字、报出或收回{count}件" in said) is bool(count)


def test_stamps_are_asked_by_code_or_by_year_period_and_number(desk: Desk, slip: ArchiveItem) -> None:
    assert stamps.by_code(desk, slip.code) == slip
    assert stamps.by_code(desk, f"{YEAR}-30年-{slip.number:04d}") == slip
    assert stamps.by_code(desk, f"{YEAR}-D30-{slip.number:04d}") == slip
    with pytest.raises(Refused, match="没有档号"):
        stamps.by_code(desk, "Z109-甲")


def test_the_file_has_a_page_for_each_and_nothing_else_on_it(desk: Desk, slip: ArchiveItem, tmp_path: Path) -> None:
    path = stamps.write(desk, tmp_path / "章.pdf", [stamps.stamp(desk, slip.id)] * 2)
    with closing(pypdfium2.PdfDocument(path)) as document:
        assert len(document) == 2
        assert document[0].get_textpage().get_text_range().split() == [
            "Z109", str(YEAR), f"{slip.number:04d}", "办公室", "30年", str(slip.pages)
        ]  # fmt: skip
    with pytest.raises(Refused, match="空白"):
        stamps.write(desk, path, [])


def test_a_scanned_original_shows_itself_and_the_clerk_chooses(desk: Desk, slip: ArchiveItem) -> None:
    record = next(one for one in items.held_by(desk, slip) if isinstance(one, LeaveSlip))
    proof = scans.proved(printing.pdf(desk, slip) or b"")
    attachments.keep(desk, proof)
    desk.commit(attachments.attaching(desk, record, proof.data, "签字件.pdf", [1], 1))
    page = stamps.original(desk, slip.id)
    assert page.sheet is None
    assert page.picture.startswith(b"\x89PNG")
    assert (page.width, page.height) == pytest.approx((210, 297), abs=0.1)
    assert page.at is not None
    assert page.at[1] + HEIGHT < 37  # above the first line of the form
    chosen = stamps.stamp(desk, slip.id, (210 - WIDTH, 140))  # where he sees that it may stand
    assert max(op.x1 for op in chosen.ops if isinstance(op, Line)) == pytest.approx(210)
