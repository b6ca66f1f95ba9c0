"""The lookups leave deleted records out, keep the order of days and see what stands on the day."""

from datetime import date
from typing import Any

import pytest

from tests.domain.rules.build import COUNTY, county, decision, facts, person, posting, slip, team
from tuopin_desktop.domain.facts import Facts, posting_on, serves

DAY = date(2018, 7, 1)


def test_deleted_records_are_in_no_lookup() -> None:
    gone: dict[str, Any] = {"deleted": True}
    who, where = person(**gone), county(**gone)
    post = posting(who, **gone)
    seen = facts(
        counties=[where],
        teams=[team(**gone)],
        persons=[who],
        postings=[post],
        slips=[slip(post, "2018-07-01am/2018-07-02pm", **gone)],
        decisions=[decision("relaxation", who.id, **gone)],
    )
    lookups = (
        seen.subjects,
        seen.person_by_id,
        seen.posting_by_id,
        seen.postings_by_person,
        seen.postings_by_county,
        seen.postings_by_seat,
        seen.county_by_code,
        seen.team_by_county,
        seen.decisions_on,
        seen.period_of,
        seen.slips_by_person,
        seen.clash_of,
        seen.predecessor_of,
    )
    assert all(not lookup for lookup in lookups)


def test_lookups_are_built_once() -> None:
    seen = facts(persons=[person()])
    assert seen.person_by_id is seen.person_by_id


def test_postings_stand_in_the_order_of_their_first_day() -> None:
    late, early, open_ended = (
        posting("150125/p", since=date(2019, 1, 1)),
        posting("150125/p", since=date(2018, 6, 1)),
        posting("150125/p", since=None),
    )
    seen = facts(postings=[open_ended, late, early])
    assert seen.postings_by_person["150125/p"] == (early, late, open_ended)
    assert seen.postings_by_county[COUNTY] == (early, late, open_ended)


@pytest.mark.parametrize(
    ("since", "until", "serving"),
    [
        (date(2018, 7, 1), None, True),
        (date(2018, 6, 1), date(2018, 7, 1), True),
        (date(2018, 7, 2), None, False),
        (date(2018, 6, 1), date(2018, 6, 30), False),
        (None, None, False),
    ],
)
def test_a_posting_covers_both_its_ends(since: date | None, until: date | None, serving: bool) -> None:
    assert serves(posting("150125/p", since=since, until=until), DAY) is serving


def test_the_posting_on_a_hand_over_day_is_the_later_begun() -> None:
    deputy = posting("150125/p", "deputy", until=DAY)
    leader = posting("150125/p", "leader", since=DAY)
    seen = facts(postings=[leader, deputy])
    assert posting_on(seen, "150125/p", DAY) == leader
    assert posting_on(seen, "150125/p", date(2018, 6, 30)) == deputy
    assert posting_on(seen, "150125/p", date(2018, 5, 1)) is None
    assert posting_on(seen, "150125/nobody", DAY) is None


def test_only_decisions_made_by_today_count_oldest_first() -> None:
    first = decision("relaxation", "150125/p", decided=date(2018, 6, 1))
    second = decision("relaxation", "150125/p", decided=date(2018, 9, 1))
    later = decision("relaxation", "150125/p", decided=date(2018, 9, 2))
    undated = decision("relaxation", "150125/p", decided=None)
    seen = facts(decisions=[later, second, undated, first])
    assert seen.decisions_on == {("relaxation", "150125/p"): (first, second)}


def test_names_fall_back_to_what_is_known() -> None:
    seen = facts(persons=[person(id="150125/p", name="乌云"), person(id="150125/q", name="")])
    assert [seen.name_of(who) for who in ("150125/p", "150125/q", "150125/r")] == ["乌云", "未登记人员", "未登记人员"]
    assert (seen.county_name(COUNTY), seen.county_name("150999")) == ("武川县", "150999")


def test_the_region_office_is_a_subject_in_its_own_scope_only() -> None:
    assert "office:15/office" in [f"office:{one}" for one in Facts(today=DAY, scope="15").subjects["office"]]
    assert "office" not in Facts(today=DAY, scope="1501").subjects
    assert facts().team_by_county == {}


def test_a_clash_is_found_across_a_long_slip_and_both_sides_know() -> None:
    post = posting("150125/p")
    long, short, inside, apart = (
        slip(post, "2018-07-01am/2018-07-20pm"),
        slip(post, "2018-07-02am/2018-07-03pm"),
        slip(post, "2018-07-10pm/2018-07-10pm"),
        slip(post, "2018-07-21am/2018-07-22pm"),
    )
    backwards = slip(post, "2018-07-15pm/2018-07-14am")
    other = slip(posting("150125/q"), "2018-07-02am/2018-07-03pm")
    seen = facts(postings=[post], slips=[apart, inside, short, long, backwards, other])
    assert seen.clash_of == {short.id: long, inside.id: long, long.id: short}


def test_half_days_that_touch_do_not_clash() -> None:
    post = posting("150125/p")
    morning = slip(post, "2018-07-01am/2018-07-02am")
    afternoon = slip(post, "2018-07-02pm/2018-07-03pm")
    assert facts(postings=[post], slips=[morning, afternoon]).clash_of == {}


def test_slips_of_two_postings_of_one_person_clash() -> None:
    deputy, leader = posting("150125/p", "deputy"), posting("150125/p", "leader")
    one, two = slip(deputy, "2018-07-01am/2018-07-02pm"), slip(leader, "2018-07-02pm/2018-07-04pm")
    seen = facts(postings=[deputy, leader], slips=[one, two])
    assert seen.clash_of == {one.id: two, two.id: one}


def test_each_vacancy_is_filled_once_oldest_first() -> None:
    a = posting("150125/a", until=date(2018, 7, 31))
    b = posting("150125/b", until=date(2018, 8, 31))
    c = posting("150125/c", since=date(2018, 9, 1))
    d = posting("150125/d", since=date(2018, 9, 1))
    e = posting("150125/e", since=date(2018, 10, 1))
    seen = facts(postings=[a, b, c, d, e])
    assert seen.predecessor_of == {c.id: a, d.id: b}


def test_who_goes_on_in_the_same_seat_succeeds_nobody() -> None:
    first = posting("150125/a", until=date(2018, 7, 31))
    again = posting("150125/a", since=date(2018, 8, 1))
    assert facts(postings=[first, again]).predecessor_of == {}


def test_a_hand_over_on_one_day_is_a_succession() -> None:
    out, into = posting("150125/a", until=DAY), posting("150125/b", since=DAY)
    assert facts(postings=[into, out]).predecessor_of == {into.id: out}


def test_a_posting_of_one_day_is_succeeded_and_a_backward_one_is_not() -> None:
    one_day = posting("150125/a", since=DAY, until=DAY)
    backward = posting("150125/b", "leader", since=DAY, until=date(2018, 6, 1))
    after, leader = posting("150125/c", since=date(2018, 7, 9)), posting("150125/d", "leader", since=date(2018, 7, 9))
    undated = posting("150125/e", since=None)
    seen = facts(postings=[one_day, backward, after, leader, undated])
    assert seen.predecessor_of == {after.id: one_day}


def test_members_seats_are_told_apart_by_source() -> None:
    out = posting("150125/a", source_level="league", until=date(2018, 7, 31))
    into = posting("150125/b", source_level="county", since=date(2018, 8, 1))
    deputy_out = posting("150125/c", "deputy", source_level="league", until=date(2018, 7, 31))
    deputy_in = posting("150125/d", "deputy", source_level="region", since=date(2018, 8, 1))
    assert facts(postings=[out, into, deputy_out, deputy_in]).predecessor_of == {deputy_in.id: deputy_out}
