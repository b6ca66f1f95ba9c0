"""A person's year: V4 in the account, early returns give back, no half-day twice, the months of Article 9."""

from datetime import date
from typing import Any

import pytest

from tests.domain.leave.papers import approved, opinion, slip
from tuopin_desktop.domain.leave.account import Account, account, in_year, root_of
from tuopin_desktop.domain.leave.count import between, halves_of
from tuopin_desktop.domain.leave.reach import month_of, reach
from tuopin_desktop.domain.leave.story import LeaveRecords, story_of
from tuopin_desktop.domain.policy import Policy, what_if
from tuopin_desktop.domain.records import LeaveSlip, Opinion
from tuopin_desktop.services.office import library

POLICY, CALENDAR = library.policy(), library.calendar()


def year_of(
    year: int, *slips: LeaveSlip, opinions: tuple[Opinion, ...] | None = None, today: date = date(2019, 6, 3)
) -> Account:
    """Return the account of slips; all approved unless opinions are said."""
    inked = tuple(one for item in slips for one in approved(of=item.id)) if opinions is None else opinions
    papers = LeaveRecords(slips=slips, opinions=inked)
    told = {item.id: story_of(item, papers, POLICY, CALENDAR, today) for item in slips}
    return account(told.values(), told, year, POLICY, CALENDAR)


def extension(period: str, **said: Any) -> LeaveSlip:
    about = {"id": "150426/e", "number": "2018-0002", "follows": "150426/s", "relation": "extension"}
    return slip(period=period, **(about | said))


LATE = slip(returned="2018-07-27am", leave_type="personal")


def test_an_overstay_stands_apart_and_a_late_extension_takes_its_days_from_it() -> None:
    mine = year_of(2018, LATE)
    assert (mine.natural, mine.overrun_days) == (6, 16)
    mine = year_of(2018, LATE, extension("2018-07-11am/2018-07-20pm", leave_type="personal"))
    assert (mine.natural, mine.overrun_days) == (16, 6)
    assert {kind: [part.count.natural for part in parts] for kind, parts in mine.by_type.items()} == {
        "personal": [6, 10]
    }


def test_an_unsigned_extension_justifies_nothing() -> None:
    mine = year_of(2018, LATE, extension("2018-07-11am/2018-07-20pm"), opinions=approved())
    assert ([part.count.natural for part in mine.approved], mine.overrun_days) == ([6], 16)
    assert [part.story.slip.id for part in mine.pending] == ["150426/e"]


def test_an_early_return_gives_days_back_through_an_extension() -> None:
    first = slip(returned="2018-07-08am")
    (part,) = year_of(2018, first).approved
    assert (part.count.natural, part.given_back) == (3, 3)
    parts = year_of(2018, first, extension("2018-07-11am/2018-07-12pm")).approved
    assert [(part.count.natural, part.given_back) for part in parts] == [(3, 3), (0, 2)]


@pytest.mark.parametrize(("half", "days", "given_back"), [("am", 5, 1), ("pm", 5.5, 0.5)])
def test_a_return_within_the_last_day_gives_its_half_back(half: str, days: float, given_back: float) -> None:
    (part,) = year_of(2018, slip(returned=f"2018-07-10{half}")).approved
    assert (part.count.natural, part.given_back) == (days, given_back)


def test_each_year_has_its_part_of_leave_and_of_overstay() -> None:
    away = slip(period="2018-12-20am/2018-12-25pm", returned="2019-01-11am", leave_type="sick")
    old, new = year_of(2018, away), year_of(2019, away)
    assert (old.natural, old.overrun_days) == (6, 6)
    assert (new.natural, new.overrun_days, new.approved) == (0, 10, new.approved)
    over = slip(period="2018-12-30pm/2019-01-02am", returned="2019-01-02pm", filled=date(2018, 12, 31))
    assert [year_of(year, over).natural for year in (2017, 2018, 2019, 2020)] == [0, 1.5, 1.5, 0]
    assert [bool(year_of(year, over).approved) for year in (2017, 2018, 2019, 2020)] == [False, True, True, False]


def test_a_slip_filled_on_31_december_is_in_the_years_list() -> None:
    ahead = slip(period="2019-01-02am/2019-01-04pm", filled=date(2018, 12, 31), number="2018-0045")
    assert [in_year(ahead, year) for year in (2017, 2018, 2019)] == [False, True, True]
    assert in_year(slip(period="", filled=None, number="2018-0046"), 2018)
    assert not in_year(slip(period="", filled=None, number=""), 2018)


def test_no_half_day_is_counted_twice() -> None:
    other = slip(id="150426/o", number="2018-0009", period="2018-07-10am/2018-07-12pm", returned="2018-07-13am")
    mine = year_of(2018, slip(returned="2018-07-11am"), other)
    assert [(part.count.natural, part.repeated) for part in mine.approved] == [(6, 0), (2, 1)]
    late = year_of(2018, slip(returned="2018-07-15am"), other)  # the second slip covers part of the overstay
    assert (late.natural, late.overrun_days) == (8, 2)
    open_ones = year_of(2018, slip(), slip(id="150426/o", period="2018-07-12am/2018-07-12pm"), today=date(2018, 7, 20))
    assert (open_ones.natural, open_ones.overrun_days) == (7, 9)  # 11 July, 13 to 20 July


def test_what_does_not_stand_is_dropped() -> None:
    refused = (opinion("secretary"), opinion("leader", verdict="refused"))
    mine = year_of(2018, slip(), opinions=refused)
    assert (mine.natural, len(mine.dropped), mine.overruns) == (0, 1, ())
    assert len(year_of(2018, slip(ended="voided")).dropped) == 1
    rerouted = slip(id="150426/r", number="2018-0002", follows="150426/s", relation="reroute")
    mine = year_of(2018, slip(), rerouted, today=date(2018, 7, 1))
    assert ([part.story.slip.id for part in mine.approved], len(mine.dropped)) == (["150426/r"], 1)


def test_slips_that_extend_each_other_in_a_ring_do_not_hang() -> None:
    one = slip(follows="150426/e", relation="extension")
    other = extension("2018-07-11am/2018-07-12pm")
    papers = LeaveRecords(slips=(one, other))
    told = {item.id: story_of(item, papers, POLICY, CALENDAR, date(2018, 8, 1)) for item in (one, other)}
    assert root_of(told["150426/s"], told).slip.id in told


# ---------------------------------------------------------------- the twenty days

JULY = date(2018, 7, 1)


def ruled(key: str, value: str) -> Policy:
    found = what_if(POLICY, key, value)
    assert isinstance(found, Policy)
    return found


@pytest.mark.parametrize(("last", "left", "short"), [(11, 20, 0), (12, 19, 1)])
def test_a_month_can_come_to_twenty_days_or_not(last: int, left: float, short: float) -> None:
    away = between(JULY, date(2018, 7, last))
    found = reach(JULY, between(*month_of(JULY)), away, POLICY, CALENDAR)
    assert (found.left, found.target, found.short) == (left, 20, short)
    assert found.sentence.endswith("可以达到" if not short else "差1天")


def test_a_month_in_post_in_part_is_asked_for_its_part() -> None:
    served = between(date(2018, 6, 18), date(2018, 6, 30))
    found = reach(date(2018, 6, 1), served, set(), POLICY, CALENDAR)
    assert (found.served, found.left, found.target) == (13, 13, 8)  # 20 × 13 ÷ 30 (V2)
    whole = reach(date(2018, 6, 1), served, set(), ruled("presence.partial_month", "whole"), CALENDAR)
    assert whole.target == 20


def test_the_unit_of_the_twenty_days_may_be_ruled() -> None:
    october, away = date(2018, 10, 1), halves_of(None)
    served = between(*month_of(october))
    assert reach(october, served, away, ruled("presence.unit", "workday"), CALENDAR).short == 2  # 18 workdays
    assert reach(october, served, away, ruled("presence.unit", "min"), CALENDAR).target == 18
    unknown = reach(
        date(2027, 10, 1), between(*month_of(date(2027, 10, 1))), away, ruled("presence.unit", "min"), CALENDAR
    )
    assert unknown.short is None
    assert "2027年节假日表未登记" in unknown.sentence
