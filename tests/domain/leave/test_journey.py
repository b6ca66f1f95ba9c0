"""The journey (V4): early, on time, late; the overstay day by day, and the day on which fifteen are passed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.leave.papers import approved, halves, slip, told
from tuopin_desktop.domain.halves import Period
from tuopin_desktop.domain.leave.journey import Trip, journey_of
from tuopin_desktop.services.office import library

POLICY = library.policy()


@pytest.mark.parametrize(
    ("today", "trip"),
    [
        (date(2018, 7, 4), Trip.AHEAD),
        (date(2018, 7, 5), Trip.AWAY),
        (date(2018, 7, 9), Trip.AWAY),
        (date(2018, 7, 10), Trip.DUE),
        (date(2018, 7, 11), Trip.GRACE),
        (date(2018, 7, 12), Trip.OVERDUE),
    ],
)
def test_each_day_of_a_leave_has_its_word(today: date, trip: Trip) -> None:
    assert journey_of(slip(), [], POLICY, today).trip is trip


def test_sixteen_days_overstay_fire_on_the_sixteenth_and_a_late_extension_leaves_six() -> None:
    away = slip(returned="2018-07-27am")
    over = journey_of(away, [], POLICY, date(2018, 8, 1)).overstay
    assert over is not None
    assert (over.first, over.last, over.last_half, over.days) == (date(2018, 7, 11), date(2018, 7, 26), "pm", 16)
    assert over.passes == date(2018, 7, 26)
    extension = slip(
        id="150426/e", number="2018-0002", period="2018-07-11am/2018-07-20pm", follows="150426/s",
        relation="extension", late_reason="事后补办", filled=date(2018, 7, 28),
    )  # fmt: skip
    opinions = (*approved(), *approved(of="150426/e"))
    story = told(away, date(2018, 8, 1), extension, opinions=opinions)
    assert story.journey.overstay is not None
    assert (story.journey.overstay.first, story.journey.overstay.days) == (date(2018, 7, 21), 6)
    unsigned = told(away, date(2018, 8, 1), extension, opinions=approved())
    assert unsigned.journey.overstay is not None
    assert unsigned.journey.overstay.days == 16


def test_an_open_overstay_counts_up_to_today_and_says_when_fifteen_are_passed() -> None:
    over = journey_of(slip(), [], POLICY, date(2018, 7, 14)).overstay
    assert over is not None
    assert (over.days, over.open, over.passes) == (4, True, date(2018, 7, 26))
    assert journey_of(slip(), [], POLICY, date(2018, 7, 11)).overstay is None  # the day of grace


@pytest.mark.parametrize(
    ("returned", "trip", "given_back"),
    [
        ("2018-07-08am", Trip.EARLY, 3),
        ("2018-07-09pm", Trip.EARLY, 1.5),
        ("2018-07-10am", Trip.BACK, 1),  # the half in which he is back is presence (Q6)
        ("2018-07-10pm", Trip.BACK, 0.5),
        ("2018-07-11am", Trip.BACK, 0),
        ("2018-07-11pm", Trip.BACK, 0),  # the day of grace (Q17)
        ("2018-07-12am", Trip.LATE, 0),
    ],
)
def test_a_return_is_early_on_time_or_late(returned: str, trip: Trip, given_back: float) -> None:
    journey = journey_of(slip(returned=returned), [], POLICY, date(2018, 8, 1))
    assert (journey.trip, journey.given_back) == (trip, given_back)


def test_extensions_of_extensions_count_and_a_leave_over_new_year_and_leap_day() -> None:
    leave = slip(period="2019-12-30pm/2020-02-28am")
    longer = slip(id="150426/e", period="2020-02-28pm/2020-02-29pm", follows="150426/s", relation="extension")
    still = slip(id="150426/f", period="2020-03-01am/2020-03-02pm", follows="150426/e", relation="extension")
    opinions = tuple(one for of in ("150426/s", "150426/e", "150426/f") for one in approved(of=of))
    story = told(leave, date(2020, 3, 2), longer, still, opinions=opinions)
    assert story.journey.until == (date(2020, 3, 2), "pm")
    assert story.journey.trip is Trip.DUE
    assert told(longer, date(2020, 3, 2), leave, still, opinions=opinions).journey.trip is Trip.NONE


def test_a_rerouted_slip_is_no_longer_travelled() -> None:
    other = slip(id="150426/r", number="2018-0002", follows="150426/s", relation="reroute")
    waiting = told(slip(), date(2018, 7, 20), other, opinions=approved())
    assert (waiting.rerouted, waiting.journey.trip) == (False, Trip.OVERDUE)  # until the new route is approved
    assert told(other, date(2018, 7, 20), slip(), opinions=approved()).journey.trip is Trip.NONE
    opinions = (*approved(), *approved(of="150426/r"))
    story = told(slip(), date(2018, 7, 20), other, opinions=opinions)
    assert (story.state_words, story.journey.trip, story.owed) == ("已变更", Trip.NONE, ())
    assert told(other, date(2018, 7, 20), slip(), opinions=opinions).journey.trip is Trip.OVERDUE


@given(st.integers(0, 20), st.sampled_from(["am", "pm"]), st.integers(-3, 30), st.sampled_from(["am", "pm"]))
def test_overstay_and_leave_never_share_a_half_and_together_reach_the_return(
    length: int, last_half: str, after: int, back_half: str
) -> None:
    first = date(2018, 12, 20)
    last = first + timedelta(days=length)
    leave = Period(first, "am", last, last_half)  # type: ignore[arg-type]  # drawn by Hypothesis
    back = last + timedelta(days=after)
    if back < first:
        return
    away = slip(period=leave.stored(), returned=f"{back}{back_half}")
    journey = journey_of(away, [], POLICY, date(2019, 6, 1))
    covered = halves(leave)
    if journey.overstay is None:
        assert back <= last + timedelta(days=1)  # the day of grace
        return
    over = halves(journey.overstay.period)
    assert not over & covered
    wanted = halves(Period(last + timedelta(days=1), "am", back, "pm")) - {(back, "pm")}
    assert over == (wanted if back_half == "pm" else wanted - {(back, "am")})
