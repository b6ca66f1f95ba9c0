"""What happened to a slip, in the order of days, and on one day in the order in which it is done (W27)."""

from itertools import permutations

from tests.domain.leave.papers import SIGNED, approved, slip
from tuopin_desktop.domain.leave.events import events_of
from tuopin_desktop.domain.leave.story import LeaveRecords, story_of
from tuopin_desktop.domain.records import Filing, LeaveSlip
from tuopin_desktop.services.office import library


def words(about: LeaveSlip, papers: LeaveRecords) -> list[str]:
    story = story_of(about, papers, library.policy(), library.calendar(), SIGNED)
    return [event.words for event in events_of(story, papers)]


def test_on_one_day_things_are_told_as_they_are_done() -> None:
    about = slip(sheet_back=SIGNED, returned="2018-06-04pm", reported=SIGNED, period="2018-06-04am/2018-06-04pm")
    filings = tuple(
        Filing(id=f"{about.id}/{body}", slip=about.id, body=body, filed=SIGNED) for body in ("unit", "liaison")
    )
    for opinions in permutations(approved()):
        for order in permutations(filings):
            lines = words(about, LeaveRecords(slips=(about,), opinions=opinions, filings=order))
            marks = ("填写", "打印", "签字", "签字", "收回签字件", "备案", "备案", "返回", "销假")
            assert [mark in line for mark, line in zip(marks, lines, strict=True)] == [True] * 9, lines


def test_two_slips_of_one_journey_name_each_other() -> None:
    first = slip()
    longer = slip(id="150426/t", number="2018-0002", follows=first.id, relation="extension")
    papers = LeaveRecords(slips=(first, longer), opinions=(*approved(), *approved(of="150426/t")))
    assert "续假：报备单2018-0002" in words(first, papers)
    assert "续假，接报备单2018-0001" in words(longer, papers)
