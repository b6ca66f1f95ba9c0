"""The ledger: slips fill what nobody keyed, nothing keyed is overwritten, and every quarrel is marked."""

from datetime import date

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.leave.papers import approved, opinion, slip, told
from tuopin_desktop.domain.attendance.laidover import Cover, Half, clashes, covers_of, lay_over, ledger
from tuopin_desktop.domain.leave.count import half_number
from tuopin_desktop.domain.leave.story import Story

TODAY = date(2018, 7, 31)
AWAY = slip(period="2018-07-05am/2018-07-10pm", returned="2018-07-12am")


def covers(*stories: Story) -> tuple[Cover, ...]:
    return covers_of(stories, {story.slip.id: story for story in stories})


def at(day: int, half: int = 0) -> int:
    return half_number(date(2018, 7, day), "am") + half


def test_a_slip_fills_its_days_and_its_overstay() -> None:
    known = ledger(None, "2018-07", covers(told(AWAY, TODAY, opinions=approved())))
    assert {number: (half.code, half.source) for number, half in known.items()} == {
        **{at(day, half): ("ol", "slip") for day in range(5, 11) for half in (0, 1)},
        **{at(11, half): ("ou", "overstay") for half in (0, 1)},
    }


def test_what_was_keyed_stays_and_the_contradiction_is_marked() -> None:
    (record,) = months(spread("2018-07-05", "2018-07-05", "vw/olI".replace("I", "i")))
    over = covers(told(AWAY, TODAY, opinions=approved()))
    known = ledger(record, "2018-07", over)
    assert known[at(5)] == Half("vw", "key", (AWAY.id,), ("考勤登记在旗县，报备单2018-0001说已外出",))
    assert known[at(5, 1)] == Half("oli", "import", (AWAY.id,))
    assert clashes(record, over, TODAY) == [(at(5), "考勤登记在旗县，报备单2018-0001说已外出")]
    assert clashes(record, over, date(2018, 7, 4)) == []
    assert lay_over(["vw/"], "2018-07", ()) == ["vw/"]


def test_two_slips_over_one_half_day_are_a_contradiction() -> None:
    other = slip(id="150426/t", number="2018-0002", period="2018-07-10pm/2018-07-11am")
    both = covers(told(AWAY, TODAY, opinions=approved()), told(other, TODAY, opinions=approved(of=other.id)))
    assert ledger(None, "2018-07", both)[at(10, 1)].clashes == ("报备单2018-0001、报备单2018-0002同时包含这半天",)


def test_a_draft_says_nothing_and_a_refused_slip_claims_nobody_away() -> None:
    assert covers(told(slip(printed=None), TODAY)) == ()
    (refused,) = covers(told(slip(), TODAY, opinions=(opinion("leader", verdict="refused"),)))
    assert (refused.standing, refused.says_away) == ("refused", False)
    assert ledger(None, "2018-07", (refused,)) == {}


def test_an_official_trip_is_a_trip_and_an_unsigned_slip_waits() -> None:
    (waiting, late) = covers(told(slip(leave_type="official"), TODAY))
    assert (waiting.standing, waiting.code, late.standing) == ("waiting", "ot", "overstay")
    assert POSTING.startswith("150125")
