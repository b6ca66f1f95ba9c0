"""The lists a clerk watches: each slip on the ones it belongs to, and what is owed in a few words."""

from datetime import date

import pytest

from tuopin_desktop.domain.leave.chain import Chain, Paper
from tuopin_desktop.domain.leave.journey import Journey, Trip
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import brief, pressing, watches
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import Call, Filing, LeaveSlip

JUNE_5 = date(2018, 6, 5)


def story(
    trip: Trip = Trip.AHEAD,
    paper: Paper = Paper.APPROVED,
    *,
    form: str = "member",
    missing: tuple[str, ...] = (),
    filed: tuple[str, ...] = (),
    due: date | None = None,
    called: tuple[tuple[str, str], ...] = (),
    returned: str = "",
    printed: int | None = None,
    sheet_back: date | None = None,
    rerouted: bool = False,
) -> Story:
    return Story(
        slip=LeaveSlip(id="150426/a", form=form, returned=returned, printed=printed, sheet_back=sheet_back),
        rerouted=rerouted,
        chain=Chain(paper, {}, missing),
        journey=Journey(trip, None),
        filed={body: Filing(body=body) for body in filed},
        called={side: Call(side=side, word=word) for side, word in called},
        filing_due=due,
        owed=("something",),
    )


@pytest.mark.parametrize(
    ("trip", "wanted"),
    [
        (Trip.AHEAD, ()),
        (Trip.AWAY, (Watch.AWAY,)),
        (Trip.DUE, (Watch.DUE,)),
        (Trip.GRACE, (Watch.DUE,)),
        (Trip.OVERDUE, (Watch.OVERDUE,)),
        (Trip.BACK, ()),
        (Trip.LATE, ()),
        (Trip.NONE, ()),
    ],
)
def test_a_journey_is_on_one_list_until_the_traveller_is_back(trip: Trip, wanted: tuple[Watch, ...]) -> None:
    assert watches(story(trip)) == wanted
    assert all(watch.out for watch in wanted)


def test_a_slip_may_be_on_several_lists_most_pressing_first() -> None:
    told = story(Trip.OVERDUE, Paper.SIGNING, missing=("leader",))
    assert watches(told) == (Watch.OVERDUE, Watch.UNSIGNED)
    assert brief(told, JUNE_5) == "缺队长签字，未销假"


@pytest.mark.parametrize(
    ("told", "wanted", "words"),
    [
        (story(printed=1), (Watch.UNSIGNED,), "签字件未收回"),
        (story(Trip.AWAY, printed=1, due=JUNE_5), (Watch.AWAY, Watch.UNSIGNED, Watch.UNFILED), "签字件未收回，缺"),
        (story(printed=1, sheet_back=JUNE_5), (), ""),
        (story(printed=1, rerouted=True), (), ""),
        (story(Trip.BACK, printed=1, returned="2018-06-08pm"), (), ""),
        (story(paper=Paper.VOIDED, printed=1), (), ""),
        (story(), (), ""),
    ],
)
def test_a_signed_sheet_is_awaited_until_it_is_back_or_the_journey_is_over(
    told: Story, wanted: tuple[Watch, ...], words: str
) -> None:
    assert watches(told) == wanted
    assert ("签字件未收回" in brief(told, JUNE_5)) == bool(words)
    assert brief(told, JUNE_5).startswith(words)


def test_nobody_is_rung_about_because_of_being_away() -> None:
    assert pressing(story(Trip.AWAY)) is None
    assert pressing(story(Trip.AWAY, Paper.SIGNING)) is Watch.UNSIGNED
    assert pressing(story(Trip.GRACE, Paper.SIGNING)) is Watch.DUE


def test_a_filing_is_missing_only_once_the_ink_is_complete() -> None:
    assert watches(story(due=None)) == ()
    told = story(due=JUNE_5, filed=("unit",))
    assert (watches(told), told.unfiled) == ((Watch.UNFILED,), ("liaison",))
    assert brief(told, JUNE_5) == "缺联络组备案"
    assert brief(told, date(2018, 6, 6)) == "缺联络组备案（逾期）"


@pytest.mark.parametrize(
    ("called", "words"),
    [
        ((), "缺旗县、联络组电话记录"),
        ((("county", "K7P2"),), "缺联络组电话记录"),
        ((("county", "K7P2"), ("liaison", "k7p2")), ""),
        ((("county", "K7P2"), ("liaison", "K7P3")), "核对词不一致"),
    ],
)
def test_a_leader_who_is_back_owes_two_notes_of_one_call(called: tuple[tuple[str, str], ...], words: str) -> None:
    assert brief(story(Trip.BACK, form="leader", returned="2018-06-08pm", called=called), JUNE_5) == words


@pytest.mark.parametrize(
    ("paper", "trip", "listed", "words"),
    [
        (Paper.DRAFT, Trip.AHEAD, True, "打印"),
        (Paper.CHANGED, Trip.AHEAD, True, "重印"),
        (Paper.DRAFT, Trip.OVERDUE, True, "打印"),
        (Paper.DRAFT, Trip.BACK, False, ""),
        (Paper.PRINTED, Trip.AHEAD, False, ""),
    ],
)
def test_what_is_to_be_printed_is_on_a_list_until_its_journey_is_over(
    paper: Paper, trip: Trip, listed: bool, words: str
) -> None:
    watched = story(trip, paper)
    assert (Watch.UNPRINTED in watches(watched)) is listed
    assert brief(watched, JUNE_5).split("，")[0] in (words, "未销假", "")
    assert pressing(watched) is not Watch.UNPRINTED
