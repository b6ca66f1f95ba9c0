"""What a county's first page is counted from: the day of each, what is lacking, what can still be reached."""

from datetime import date, datetime

import msgspec
import pytest

from tests.services.desks import enter, write_logs
from tuopin_desktop.domain.attendance.months import month_id
from tuopin_desktop.domain.change import Change, difference
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import Attendance, Person, Posting
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import near
from tuopin_desktop.services.home.countystate import CountyState
from tuopin_desktop.services.home.standing import standing
from tuopin_desktop.services.office.desk import Desk


def keyed(desk: Desk, name: str, day: date, stored: str) -> None:
    """Key a day of somebody's attendance."""
    people = {one.id: one.name for one in desk.store.rows(Person)}
    posting = next(one for one in desk.store.rows(Posting) if people[one.person] == name)
    month = f"{day:%Y-%m}"
    before = desk.store.get(Attendance, month_id(posting.id, month))
    after = msgspec.structs.replace(before or near.blank(posting, month), **{f"d{day.day:02d}": stored})
    desk.commit([Change("attendance", after.id, difference(scalars(before) if before else {}, scalars(after)))])


def _county(desk: Desk) -> CountyState:
    state = standing(desk).county
    assert state is not None
    return state


@pytest.fixture
def team(desk: Desk) -> Desk:
    """A team of two on 14 June 2018, the first with the days of the month keyed up to yesterday."""
    desk.clock = FixedClock(datetime(2018, 6, 14, 10, 21))
    enter(desk, "包永强", "leader")
    enter(desk, "那顺")
    for day in (1, 4, *range(5, 14)):
        keyed(desk, "包永强", date(2018, 6, day), "vw/vw")
    return desk


def test_days_that_nobody_keyed_are_counted_and_named(team: Desk) -> None:
    (line,) = (one for one in _county(team).tasks if one.key == "attendance")
    assert ("包永强", "6月14日没有登记") in [row[:2] for row in line.rows]
    assert line.count == len(line.rows)
    keyed(team, "包永强", date(2018, 6, 14), "vw/vw")
    for day in range(1, 15):
        keyed(team, "那顺", date(2018, 6, day), "cw/cw")
    assert "attendance" not in [one.key for one in _county(team).tasks]


def test_a_day_is_told_as_it_was_keyed_else_the_last_one(team: Desk) -> None:
    places = {one.name: one for one in _county(team).people}
    assert (places["包永强"].state, places["包永强"].more) == ("今天未登记", "上次登记 6月13日 √")
    keyed(team, "包永强", date(2018, 6, 14), "hw/cr")
    where = {one.name: one for one in _county(team).people}["包永强"]
    assert (where.sign, where.state, where.counts) == ("户", "上午在农牧户，下午休息，在旗县", "county")


def test_logs_that_are_wanted_and_not_there_are_counted(team: Desk) -> None:
    (line,) = (one for one in _county(team).tasks if one.key == "logs")
    assert line.count == len(line.rows) == 11
    posting = next(one for one in team.store.rows(Posting) if one.position == "leader")
    write_logs(team, posting, [date(2018, 6, day) for day in (1, 4, *range(5, 14))])
    assert "logs" not in [one.key for one in _county(team).tasks]


def test_the_sentence_of_the_month_is_computed_from_the_days_left(team: Desk) -> None:
    bars = {one.name: one for one in _county(team).bars}
    assert bars["包永强"].presence == 9.0
    assert bars["包永强"].sentence.startswith("够得到")
    team.clock = FixedClock(datetime(2018, 6, 26, 9))
    for day in range(5, 27):
        keyed(team, "那顺", date(2018, 6, day), "ol/ol")
    assert {one.name: one for one in _county(team).bars}["那顺"].sentence.startswith("够不到了，最多")


def test_the_strip_of_the_year_has_twelve_months_and_says_which_had_nobody(team: Desk) -> None:
    year = _county(team).year
    assert len(year) == 12
    assert [one.share is None for one in year] == [True] * 5 + [False] + [True] * 6
