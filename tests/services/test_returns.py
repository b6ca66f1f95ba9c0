"""The return asked for: the sentence before is what record, list and book say after; taken back it leaves nothing."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.desks import changed, open_office
from tests.services.leaveteam import at, made, team
from tuopin_desktop.domain.halves import Half, parse_stored
from tuopin_desktop.domain.leave.consequence import count_words, days_named
from tuopin_desktop.domain.leave.journey import Trip
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Call, LeaveSlip
from tuopin_desktop.services.leave import leavebooks, leavedesk, returns
from tuopin_desktop.services.leave.narrowing import Narrowing, fits
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

LEAVE = "2018-06-06am/2018-06-11pm"
TODAY = date(2018, 6, 18)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path, practice=True)) as desk:
        registers.save(desk, changed(desk.office, secretary="白音"))
        yield desk


def test_what_is_foreseen_is_what_record_list_and_book_then_say(desk: Desk) -> None:
    """W29: every half-day from the departure to twelve days on."""
    slip = made(desk, team(desk)["李四"], LEAVE)
    at(desk, TODAY)
    whole = parse_stored(LEAVE)
    assert whole is not None
    for number in range(12):
        for half in ("am", "pm"):
            foreseen_and_recorded(desk, slip, date(2018, 6, 6) + timedelta(number), half)


def foreseen_and_recorded(desk: Desk, slip: LeaveSlip, day: date, half: Half) -> None:
    (said,) = returns.foresee(desk, [returns.Arrival(slip.id, day, half)])
    assert leavedesk.story(desk, slip.id)[0].slip.returned == "", "nothing is written before"
    reported = returns.report(desk, [returns.Arrival(slip.id, day, half)])
    journey = reported.stories[0].journey
    row = next(row for row in leavebooks.register(desk, 2018).rows if row.slip == slip.id)
    where = f"{day}{half}"
    assert row.state.startswith(journey.trip.value), where
    if journey.overstay is not None:
        assert said.head == f"超假{count_words(journey.overstay.days)}", where
        assert days_named(journey.overstay.period) in said.text, where
        assert (said.tone, said.late) == ("bad", True)
        assert "旷" not in said.text + said.more
    elif journey.given_back:
        assert journey.leave is not None
        left = journey.leave.days - journey.given_back
        assert f"请假{f'缩短为{count_words(left)}' if left else '6天全部退回'}。" in said.text, where
        assert said.head.startswith("提前") == (journey.trip is Trip.EARLY), where
    else:
        assert f"请假{count_words(row.natural or 0)}不变" in said.text, where
    leavedesk.take_back_returns(desk, [slip.id], reported.calls)


def test_a_leader_is_asked_for_the_call_and_no_word_has_to_be_spoken(desk: Desk) -> None:
    people = team(desk)
    leader, member = made(desk, people["王海"], LEAVE), made(desk, people["李四"], LEAVE)
    at(desk, TODAY)
    asked = {one.name: one.calls for one in returns.travellers(desk, [leader.id, member.id])}
    assert asked == {"王海": "county", "李四": ""}
    arrival = returns.Arrival(leader.id, date(2018, 6, 11), "pm", "county", "18:05", "联络员")
    reported = returns.report(desk, [arrival])
    (call,) = desk.store.rows(Call)
    assert (call.time, call.speaker, call.word) == ("18:05", "联络员", "")
    assert any("没有核对词" in event.words for event in leavedesk.story(desk, leader.id)[1])
    assert "没有核对词" in leavebooks.phone_notes(desk).rows[0].noted[0]
    leavedesk.take_back_returns(desk, [leader.id], reported.calls)
    assert desk.store.rows(Call) == []
    assert [one.calls for one in returns.travellers(desk, [leader.id])] == ["county"], "it is asked for again"
    returns.report(desk, [arrival])
    assert [one.speaker for one in desk.store.rows(Call)] == ["联络员"]


def test_a_call_was_on_a_day_and_at_a_time_that_have_been(desk: Desk) -> None:
    leader = made(desk, team(desk)["王海"], LEAVE)
    at(desk, TODAY)

    def call(day: date, time: str) -> tuple[date | None, str]:
        reported = returns.report(desk, [returns.Arrival(leader.id, day, "pm", "county", time)])
        (note,) = desk.store.rows(Call)
        leavedesk.take_back_returns(desk, [leader.id], reported.calls)
        return note.day, note.time

    yesterday = date(2018, 6, 17)
    assert call(yesterday, "18:05") == (yesterday, "18:05"), "at nine in the morning that is still to come today"
    assert call(yesterday, "8：05") == (TODAY, "08:05")
    for day, time in ((yesterday, "25:00"), (yesterday, "6月5日"), (TODAY, "18:05")):
        with pytest.raises(Refused, match="来电时间"):
            returns.report(desk, [returns.Arrival(leader.id, day, "am", "county", time)])
    assert back(desk, leader) == [""]


def test_several_come_back_each_on_their_day_or_none(desk: Desk) -> None:
    people = team(desk)
    first, later = (made(desk, people[name], LEAVE) for name in ("李四", "孙六"))
    at(desk, TODAY)
    good = returns.Arrival(first.id, date(2018, 6, 11), "pm")
    with pytest.raises(Refused):
        returns.report(desk, [good, returns.Arrival(later.id, date(2018, 6, 2), "am")])
    assert back(desk, first, later) == ["", ""]
    returns.report(desk, [good, returns.Arrival(later.id, date(2018, 6, 9), "am")])
    assert back(desk, first, later) == ["2018-06-11pm", "2018-06-09am"]
    with pytest.raises(Refused):
        returns.report(desk, [good])  # it is recorded: nobody writes over it by the way


def back(desk: Desk, *slips: LeaveSlip) -> list[str]:
    return [leavedesk.story(desk, one.id)[0].slip.returned for one in slips]


def test_offices_above_look_at_a_league_a_team_leaders_or_a_day_of_return(desk: Desk) -> None:
    people = team(desk)
    leader, member = made(desk, people["王海"], LEAVE), made(desk, people["李四"], "2018-06-06am/2018-06-14pm")
    home = made(desk, people["孙六"], LEAVE)
    at(desk, date(2018, 6, 12))
    leavedesk.back(desk, home.id, date(2018, 6, 11), "pm")
    all_slips = {leader.id, member.id, home.id}

    def seen(**narrowing: str) -> set[str]:
        chosen = Narrowing(**narrowing)
        return {one.slip.id for one in leavedesk.stories(desk) if fits(one, chosen, desk.policy.id, desk.today())}

    assert seen() == seen(league="1504") == seen(county="150426") == all_slips
    assert seen(league="1501") == seen(county="150125") == set()
    assert (seen(posts="leaders"), seen(posts="others")) == ({leader.id}, {member.id, home.id})
    assert (seen(expected="late"), seen(expected="0")) == ({leader.id}, set())
    assert seen(expected="3") == seen(expected="7") == {member.id}
    assert seen(league="1504", posts="leaders", expected="7") == set()
