"""The form as paper to type on: order of the cells, what is skipped, what overflows, and what is told."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tuopin_desktop.domain.display import FieldBox
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.pages.leave import questions
from tuopin_desktop.ui.pages.leave.paper import merged_date
from tuopin_desktop.ui.paper.facsimile import INK_HINT, FacsimileForm
from tuopin_desktop.ui.paper.painter import PaperFonts
from tuopin_desktop.ui.theme import color

LOCKED = {"handler_name": "由办公室填写", "handler_post": "由办公室填写", "handler_phone": "由办公室填写"}


@pytest.fixture
def boxes(desk: Desk) -> list[FieldBox]:
    return merged_date(leave.boxes(desk, "leader"))


@pytest.fixture
def paper(desk: Desk, boxes: list[FieldBox], qtbot: QtBot) -> FacsimileForm:
    made = FacsimileForm(PaperFonts(desk.fonts().files()))
    qtbot.addWidget(made)
    made.set_form(boxes, LOCKED)
    made.show_sheet(questions.drafted(desk, "150125/q0").sheet)
    made.set_zoom(3.6)
    return made


def _shown(paper: FacsimileForm, qtbot: QtBot) -> None:
    with qtbot.waitActive(paper):
        paper.show()
        paper.activateWindow()


def test_cells_are_the_fields_that_are_typed(paper: FacsimileForm, boxes: list[FieldBox]) -> None:
    assert list(paper.cells) == ["county", "filled", "name", "post", "place", "period", "reason", "return_note"]
    for box in boxes:
        if box.name in paper.cells:
            assert paper.cells[box.name].accessibleName() == box.label


def test_tab_goes_in_paper_order_and_skips_ink(paper: FacsimileForm, qtbot: QtBot) -> None:
    _shown(paper, qtbot)
    names = list(paper.cells)
    paper.go_to(names[0])
    visited = []
    for _ in names:
        holder = paper.focusWidget()
        assert holder is not None
        visited.append(next(name for name, cell in paper.cells.items() if cell is holder))
        qtbot.keyClick(holder, Qt.Key.Key_Tab)
    assert visited == names
    places = [(round(paper.cells[name].y() / 20), paper.cells[name].x()) for name in names[2:]]
    assert places == sorted(places)
    paper.hide()


def test_enter_in_a_line_goes_on(paper: FacsimileForm, qtbot: QtBot) -> None:
    _shown(paper, qtbot)
    paper.go_to("place")
    qtbot.keyClick(paper.cells["place"], Qt.Key.Key_Return)
    assert paper.cells["period"].hasFocus()
    paper.hide()


def test_ink_cells_have_no_editor_and_say_why(paper: FacsimileForm, boxes: list[FieldBox]) -> None:
    ink = [box for box in boxes if box.ink]
    assert ink
    for box in ink:
        middle = QPoint(round((box.x + box.width / 2) * paper.zoom), round((box.y + box.height / 2) * paper.zoom))
        assert box.name not in paper.cells
        assert paper.tip_at(middle) == INK_HINT
        assert not isinstance(paper.childAt(middle), QWidget)


def test_locked_cells_say_who_fills_them(paper: FacsimileForm, boxes: list[FieldBox]) -> None:
    box = next(box for box in boxes if box.name == "handler_name")
    middle = QPoint(round((box.x + box.width / 2) * paper.zoom), round((box.y + box.height / 2) * paper.zoom))
    assert paper.tip_at(middle) == "由办公室填写"


def test_typing_is_told_after_a_moment_and_when_the_cell_is_left(paper: FacsimileForm, qtbot: QtBot) -> None:
    _shown(paper, qtbot)
    paper.go_to("place")
    with qtbot.waitSignal(paper.typed) as told:
        qtbot.keyClicks(paper.cells["place"], "abc")
    assert told.args == ["place", "abc"]
    with qtbot.waitSignal(paper.typed, timeout=200) as left:
        qtbot.keyClicks(paper.cells["place"], "d")
        qtbot.keyClick(paper.cells["place"], Qt.Key.Key_Tab)
    assert left.args == ["place", "abcd"]
    paper.hide()


def test_the_cell_being_typed_in_is_left_alone(paper: FacsimileForm, qtbot: QtBot) -> None:
    _shown(paper, qtbot)
    paper.go_to("period")
    qtbot.keyClicks(paper.cells["period"], "605-6")
    paper.fill({"period": "2018年6月5日", "place": "呼和浩特市"})
    assert paper.cells["period"].content() == "605-6"
    assert paper.cells["place"].content() == "呼和浩特市"
    paper.flush()
    paper.hide()


def test_text_that_does_not_fit_is_red_as_the_pdf_says(desk: Desk, paper: FacsimileForm) -> None:
    composed = questions.drafted(desk, "150125/q0")
    long = msgspec.structs.replace(composed.slip, place="内蒙古自治区呼和浩特市赛罕区" * 30)
    paper.show_sheet(questions.compose(desk, long).sheet)
    image = paper.grab().toImage()
    cell = paper.cells["place"]
    ratio = image.devicePixelRatio()
    corner = image.pixelColor(round((cell.x() + 2) * ratio), round((cell.y() + 2) * ratio))
    assert corner == color("bad_bg")


def test_cells_lie_on_their_fields_at_every_zoom(paper: FacsimileForm, boxes: list[FieldBox]) -> None:
    for mm in (2.0, 3.78, 5.5):
        paper.set_zoom(mm)
        for box in boxes:
            if box.name in paper.cells:
                cell = paper.cells[box.name]
                assert cell.x() == pytest.approx(box.x * mm, abs=2)
                assert cell.height() == pytest.approx(box.height * mm, abs=4)


def test_the_three_parts_of_the_date_are_one_cell(desk: Desk) -> None:
    before = {box.name: box for box in leave.boxes(desk, "member")}
    merged = {box.name: box for box in merged_date(leave.boxes(desk, "member"))}
    assert merged["filled"].x == before["year"].x
    assert merged["filled"].x + merged["filled"].width == pytest.approx(before["day"].x + before["day"].width)
    assert not {"year", "month", "day"} & set(merged)
