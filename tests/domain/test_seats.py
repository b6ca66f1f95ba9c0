"""Who sits on the five posts of a team, and for how many days each stood empty."""

from datetime import date

import pytest

from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.seats import begun, empty, empty_days, empty_since, seated
from tuopin_desktop.services.office import library

SLOTS = library.policy().slots
FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)


def posting(name: str, position: str, source: str = "", since: date = FIRST, until: date | None = None) -> Posting:
    return Posting(id=f"150426/{name}", position=position, source_level=source, since=since, until=until)


FULL = (
    posting("leader", "leader"),
    posting("deputy", "deputy"),
    posting("region", "member", "region"),
    posting("league", "member", "league"),
    posting("county", "member", "county"),
)


def test_a_full_team_leaves_nothing_empty() -> None:
    assert empty_days(SLOTS, FULL, FIRST, LAST) == 0
    assert empty(SLOTS, FULL, LAST) == 0


def test_a_second_member_of_one_source_fills_no_other_post() -> None:
    team = (*FULL[:4], posting("league2", "member", "league", date(2019, 3, 1)))
    sitting, left = seated(SLOTS, team)
    assert "member_county" not in sitting
    assert [one.id for one in left] == ["150426/league2"]
    assert empty_days(SLOTS, team, FIRST, LAST) == 365


def test_a_member_of_unregistered_source_sits_where_nobody_else_does() -> None:
    sitting, left = seated(SLOTS, (*FULL[:4], posting("open", "member")))
    assert sitting["member_county"].id == "150426/open"
    assert not left


def test_the_days_between_two_holders_are_counted_and_the_hand_over_is_not() -> None:
    left_in_may = posting("leader", "leader", until=date(2019, 5, 10))
    next_in_june = posting("next", "leader", since=date(2019, 6, 1))
    same_day = posting("next", "leader", since=date(2019, 5, 10))
    assert empty_days(SLOTS, (left_in_may, next_in_june, *FULL[1:]), FIRST, LAST) == 21
    assert empty_days(SLOTS, (left_in_may, same_day, *FULL[1:]), FIRST, LAST) == 0


@pytest.mark.parametrize(("first", "days"), [(FIRST, 5 * 365), (LAST, 5)])
def test_nobody_at_all_leaves_every_post_empty_every_day(first: date, days: int) -> None:
    assert empty_days(SLOTS, (), first, LAST) == days
    assert empty_days(SLOTS, (posting("nobody", "leader", since=date(2020, 1, 1)),), first, LAST) == days


def test_a_seat_is_empty_since_the_day_after_its_last_holder_whatever_source_he_had() -> None:
    gone = posting("open", "member", "", until=date(2019, 3, 4))
    own = (*FULL[:4], gone)
    assert empty_since(SLOTS, "member_county", own, FIRST, LAST) == date(2019, 3, 5)
    assert empty_since(SLOTS, "member_county", FULL[:4], FIRST, LAST) == FIRST
    assert empty_since(SLOTS, "member_county", FULL[:4], None, LAST) is None


def test_a_team_is_spoken_of_from_its_coming_or_its_first_person_and_never_before_the_measure() -> None:
    assert begun(None, FULL, date(2018, 5, 30)) == FIRST
    assert begun(date(2018, 5, 1), FULL, date(2018, 5, 30)) == date(2018, 5, 30)
    assert begun(None, (), date(2018, 5, 30)) is None
