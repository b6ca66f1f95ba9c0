"""The tab 目录和盒: the papers of a filed year seen and written, stamps laid by the mouse onto page 1."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tuopin_desktop.demo import office as practice
from tuopin_desktop.demo.tour import COUNTY, TODAY
from tuopin_desktop.documents.archival import check
from tuopin_desktop.services.archives import boxing, forming
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.archives.aids import CATALOGUE, AidsView
from tuopin_desktop.ui.pages.archives.page import ArchivesPage
from tuopin_desktop.ui.pages.archives.stamping import StampDialog
from tuopin_desktop.ui.plumbing.office import office_of
from tuopin_desktop.ui.plumbing.runner import ImmediateRunner


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with closing(
        practice.build(tmp_path_factory.mktemp("aids") / "o", level="county", county=COUNTY, now=TODAY)
    ) as desk:
        forming.form(desk, 2018)
        yield desk


def _page(desk: Desk, qtbot: QtBot) -> ArchivesPage:
    page = ArchivesPage(ImmediateRunner(desk), office_of(desk))
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.show_subject("aids/2018")
    return page


@pytest.fixture
def view(filed: Desk, qtbot: QtBot) -> AidsView:
    view = _page(filed, qtbot).view
    assert isinstance(view, AidsView)
    return view


def test_every_paper_of_the_year_is_seen_and_written(view: AidsView, tmp_path: Path) -> None:
    assert [view.part.itemText(at) for at in range(view.part.count())] == [CATALOGUE, *boxing.PARTS]
    for at in range(view.part.count()):
        view.part.setCurrentIndex(at)
        view.part.chosen.emit(view.part.code())
        count = len(view.paper.sheets)
        assert count
        view.write(path := tmp_path / f"{at}.pdf")
        with closing(pypdfium2.PdfDocument(path)) as document:
            assert len(document) == count
        assert bool(check.faults(path.read_bytes())) is (view.part.code() in boxing.CUT)
        assert view.sheet_box.isVisibleTo(view) is (view.part.code() in boxing.CUT)


def test_the_boxes_follow_their_thickness(view: AidsView, filed: Desk) -> None:
    for width in ("20", "50"):
        view.width_box.setCurrentIndex(view.width_box.findData(width))
        view.width_box.chosen.emit(width)
        assert len(view.table.rows_model.rows) == len(boxing.filled(filed, 2018, int(width)))


def test_the_mouse_lays_the_stamp_and_words_refuse_it(view: AidsView, qtbot: QtBot, tmp_path: Path) -> None:
    view.stamp()
    dialog = view.stamping
    assert isinstance(dialog, StampDialog)
    assert dialog.at() == pytest.approx((82.5, 6))
    mm = dialog.preview.width() / 210
    QTest.mouseClick(
        dialog.preview, Qt.MouseButton.LeftButton, pos=QPoint(round((10 + 22.5) * mm), round((260 + 8) * mm))
    )
    assert dialog.at() == pytest.approx((10, 260), abs=0.5)
    dialog.write(path := tmp_path / "章.pdf")
    with closing(pypdfium2.PdfDocument(path)) as document:
        assert "2018" in document[0].get_textpage().get_text_range()
    dialog.move_to(60, 30)  # on the title
    dialog.write(refused := tmp_path / "不行.pdf")
    assert not refused.exists()
    assert "压在文字" in dialog.message.sentence
    dialog.write_all(tmp_path / "全盒.pdf")
    with closing(pypdfium2.PdfDocument(tmp_path / "全盒.pdf")) as document:
        assert len(document) == len(dialog.table.rows_model.rows)
    dialog.reject()


def test_an_office_without_a_filed_year_is_told_what_comes_first(desk: Desk, qtbot: QtBot) -> None:
    page = _page(desk, qtbot)
    assert not any(one.isEnabled() for one in page.view.buttons)
    assert page.view.state
