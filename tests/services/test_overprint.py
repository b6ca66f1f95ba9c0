"""The second pass of a signed slip: ink only inside the chosen cell, checked on the rendered pixels."""

from datetime import date

import pypdfium2
import pytest

from tests.services.desks import changed, enter
from tuopin_desktop.domain.overprint import Calibration
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.leave import leave, leavedesk
from tuopin_desktop.services.office.desk import Desk

DPI = 200
MM = DPI / 25.4


def ink(content: bytes) -> tuple[float, float, float, float]:
    """Return the box of all ink on the only page: left, top, right, bottom in mm."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        assert len(pdf) == 1
        image = pdf[0].render(scale=DPI / 72).to_pil().convert("L").point(lambda value: 255 if value < 250 else 0)
    finally:
        pdf.close()
    box = image.getbbox()
    assert box is not None
    left, top, right, bottom = box
    return left / MM, top / MM, right / MM, bottom / MM


@pytest.mark.parametrize("position", ["leader", "member"])
def test_the_second_pass_has_ink_only_inside_the_return_cell(desk: Desk, position: str) -> None:
    posting = enter(desk, "阿拉坦其其格", position)
    slip = leave.save(desk, changed(leave.draft(desk, posting.id), period="605-608", place="呼和浩特市", reason="开会"))
    desk.clock.moment = desk.clock.moment.replace(day=9)  # type: ignore[attr-defined]  # the fixture's clock stands still
    leavedesk.back(desk, slip.id, date(2018, 6, 8))
    cell = next(box for box in leave.boxes(desk, slip.form) if box.name == "return_note")
    left, top, right, bottom = ink(leave.overprint_pdf(desk, slip.id, ["return_note"]))
    assert cell.x <= left < right <= cell.x + cell.width
    assert cell.y <= top < bottom <= cell.y + cell.height
    moved = ink(leave.overprint_pdf(desk, slip.id, ["return_note"], Calibration(dx=2.0, dy=-1.0)))
    assert moved[0] == pytest.approx(left - 2, abs=0.2)
    assert moved[1] == pytest.approx(top + 1, abs=0.2)


def test_any_typed_cells_may_be_chosen_but_never_ink_cells_or_empty_ones(desk: Desk) -> None:
    slip = leave.save(
        desk, changed(leave.draft(desk, enter(desk, "王海").id), period="605-608", place="北京", reason="开会")
    )
    place = next(box for box in leave.boxes(desk, slip.form) if box.name == "place")
    left, _, right, _ = ink(leave.overprint_pdf(desk, slip.id, ["place"]))
    assert place.x <= left < right <= place.x + place.width
    for cells in ([], ["secretary_opinion"], ["return_note"], ["nonsense"]):
        with pytest.raises(Refused):
            leave.overprint(desk, slip.id, cells)


def test_the_calibration_page_is_one_page(desk: Desk) -> None:
    left, top, right, bottom = ink(leave.calibration_page(desk))
    assert [left, top, right, bottom] == pytest.approx([12, 12, 198, 285], abs=0.3)
