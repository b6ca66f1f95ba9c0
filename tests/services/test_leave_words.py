"""A slip of a sheet without its class gets the one its reason sounds like, told at the cell; what is given stays."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office
from tuopin_desktop.domain.records import LeaveSlip, Posting
from tuopin_desktop.services.leave import leave
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.sheets import intake


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path)) as desk:
        enter(desk, "白音")
        yield desk


def said(desk: Desk, **words: str) -> tuple[list[str], list[str]]:
    """Take one slip in; return its class as kept, and what was said of the cell."""
    row = {"姓名": "白音", "填表日期": "2018-06-04", "外出地点": "呼和浩特市", "请假起止时间": "2018-06-05至2018-06-06"}
    preview = intake.read_row(desk, "leave_slip", {**row, **words})
    told = [sentence for _, _, sentence in preview.messages() if "假别" in sentence]
    intake.confirm(desk, preview)
    return [slip.leave_type for slip in desk.store.rows(LeaveSlip)], told


def test_an_empty_class_is_proposed_and_said(desk: Desk) -> None:
    kept, told = said(desk, 请假事由="发烧住院")
    assert kept == ["sick"]
    assert told == ["假别空着，按事由“发烧住院”填为“病假”，请核对"]


def test_a_class_that_is_given_is_never_written_over(desk: Desk) -> None:
    assert said(desk, 请假事由="发烧住院", 假别="事假") == (["personal"], [])


def test_a_reason_that_says_nothing_or_both_is_left_open(desk: Desk) -> None:
    assert said(desk, 请假事由="开会后看病") == ([""], [])


def test_the_same_row_again_changes_nothing(desk: Desk) -> None:
    said(desk, 请假事由="结婚")
    kept, told = said(desk, 请假事由="结婚")
    assert (kept, told) == (["marriage"], [])


def test_window_and_sheet_propose_by_the_same_words(desk: Desk) -> None:
    slip = changed(leave.draft(desk, desk.store.rows(Posting)[0].id, date(2018, 6, 4)), reason="发烧住院")
    assert leave.proposed_class(desk, slip) == "sick"
    assert leave.proposed_class(desk, changed(slip, leave_type="personal")) == ""
