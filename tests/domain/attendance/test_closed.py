"""What a closed month says: its figures number by number, its words, which closes stand, its calendar."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import COUNTY, POLICY, ruling
from tuopin_desktop.domain.attendance.closing import (
    ClosedMonths,
    Figure,
    as_closed,
    differs,
    encode_figures,
    figure,
    figures_of,
    is_closed,
    policy_of,
    recounted,
    shut,
    standing,
    terms_kept,
    terms_of,
)
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.roll import Roll, RollLine, days_text, text_of
from tuopin_desktop.domain.policy import with_rulings
from tuopin_desktop.domain.records import Correction, MonthClose, Posting
from tuopin_desktop.services.office import library

OCTOBER = "2018-10"
CALENDAR = library.calendar()


def close(**said: Any) -> MonthClose:
    """Return October as it was closed for the second time."""
    kept = {"county": COUNTY, "month": OCTOBER, "state": "closed", "edition": 2, "closed": date(2018, 11, 2)}
    return MonthClose(**{"id": f"{COUNTY}/{OCTOBER}", **kept, **said})


def counted(**said: Any) -> Month:
    """Return a month in which every number is another."""
    numbers: dict[str, Any] = {"length": 31, "needed": 19, "workdays": 18, "counted": 37, "apart": 5, "village": 11}
    numbers |= {"county": 13, "rested": 3, "unlogged": 2, "leave": 4, "unjustified": 1, "known": 46}
    numbers["span"] = (date(2018, 10, 2), date(2018, 10, 31))
    return Month(month=OCTOBER, **{**numbers, **said})


def test_a_figure_keeps_each_number_of_the_month_and_reads_back_as_it_was_written() -> None:
    made = figure(POSTING, "王海", "member", counted())
    assert made == Figure(
        posting=POSTING,
        name="王海",
        position="member",
        in_post=30,
        needed=19,
        counted=37,
        apart=5,
        village=11,
        county=13,
        rested=3,
        leave=4,
        unjustified=1,
        missing=14,
        unlogged=2,
    )
    assert made.days == 18.5
    assert figures_of(close(figures=encode_figures([made]))) == (made,)
    assert figures_of(close(figures="[")) == ()


@pytest.mark.parametrize(
    ("now", "in_force", "other"),
    [
        (counted(), date(2018, 5, 30), False),
        (counted(counted=36), date(2018, 5, 30), True),
        (counted(counted=36), date(2018, 10, 2), True),
        (counted(counted=36, span=(date(2018, 10, 5), date(2018, 10, 31))), date(2018, 10, 5), False),
        (counted(counted=36, span=(date(2018, 10, 5), date(2018, 10, 31))), date(2018, 5, 30), True),
        (counted(span=(date(2018, 10, 5), date(2018, 10, 31))), date(2018, 10, 5), False),
    ],
)
def test_another_count_is_told_but_for_the_month_in_which_the_measure_took_effect(
    now: Month, in_force: date, *, other: bool
) -> None:
    assert recounted(figure(POSTING, "王海", "member", counted()), now, in_force) is other


def test_only_a_close_that_is_neither_deleted_nor_reopened_stands() -> None:
    assert is_closed(close())
    assert not is_closed(None)
    assert not is_closed(close(state="open"))
    assert not is_closed(close(deleted=True))
    other = close(county="150421")
    assert standing([close(), other, close(month="2018-09", state="open")]) == {
        (COUNTY, OCTOBER): close(),
        ("150421", OCTOBER): other,
    }


def test_a_closed_month_says_who_closed_it_and_what_to_do_instead() -> None:
    said = shut(close(closed_by="李江"))
    assert said.sentence == (
        "2018年10月考勤已于2018-11-02由李江结账，不能再改；个别日子有误请填考勤更正单；确需整月重报的，请先写明原因重新打开"
    )
    assert (said.code, said.fields, said.article) == ("month.closed", ("month",), 10)
    assert "2018年9月考勤已于2018-11-02由经办人结账" in shut(close(month="2018-09")).sentence


def test_days_of_a_closed_month_that_came_name_five_people_and_count_the_rest() -> None:
    assert differs(close(month="2018-09"), ["甲", "乙"]) == (
        f"已结账月份有不同：2018年9月考勤已于2018-11-02结账（{COUNTY}），包中还有甲、乙的改动；"
        "结账数字不变，请在考勤页核对，确属有误的填考勤更正单"
    )
    assert "还有甲、乙、丙、丁、戊的改动" in differs(close(), list("甲乙丙丁戊"))
    assert "还有甲、乙、丙、丁、戊等6人的改动" in differs(close(), list("甲乙丙丁戊己"))


def test_terms_of_a_close_under_another_pack_are_that_packs() -> None:
    assert terms_kept(close(terms="presence.days=20", pack="2021-village")) == {"2021-village": "presence.days=20"}
    both = "presence.days=20\nleave.grace_days=1\n2018-nmg:presence.days=19"
    assert terms_kept(close(terms=both, pack="2021-village")) == {
        "2021-village": "presence.days=20\nleave.grace_days=1",
        "2018-nmg": "presence.days=19",
    }


def test_a_switch_a_close_did_not_know_reads_as_what_held_before_and_only_there() -> None:
    later = next(switch for switch in POLICY.switches.values() if switch.before)
    assert policy_of("presence.days=20", POLICY).switches[later.key].value == later.before
    assert policy_of("", POLICY).switches[later.key].value == later.value
    assert policy_of(f"{later.key}={later.value}", POLICY).switches[later.key].value == later.value


def test_terms_are_told_only_where_they_are_not_those_of_the_policy() -> None:
    then = with_rulings(POLICY, [ruling("presence.unit", "workday")], date(2018, 12, 1))
    closed = ClosedMonths((close(terms=terms_of(then)),), CALENDAR)
    for _ in range(2):
        assert closed.terms(COUNTY, OCTOBER, then) == ""
        assert closed.terms(COUNTY, OCTOBER, POLICY) == terms_of(then)
    assert closed.terms(COUNTY, "2018-11", POLICY) == ""
    assert closed.terms("150421", OCTOBER, POLICY) == ""
    assert ClosedMonths((close(),), CALENDAR).terms(COUNTY, OCTOBER, POLICY) == ""


def test_the_calendar_of_a_county_keeps_the_days_its_months_were_closed_with() -> None:
    first, last = date(2018, 10, 1), date(2018, 10, 31)
    kept = CALENDAR.day_signs(first, last)
    plain = ClosedMonths((), CALENDAR)
    assert plain.calendar_of(COUNTY) is CALENDAR.of(COUNTY)
    day = first + timedelta(days=6)
    other = next(char for char in set(kept) if char != kept[6])
    turned = kept[:6] + other + kept[7:]
    closed = ClosedMonths((close(days=turned), close(county="150421", month="2018-13")), CALENDAR)
    assert closed.calendar_of(COUNTY).day_signs(day, day) == other
    assert closed.calendar_of("150422").day_signs(day, day) == kept[6]
    assert closed.months(COUNTY) == [OCTOBER]
    assert closed.months("150421") == []
    unchanged = ClosedMonths((close(days=kept), close(county="150421", days=kept)), CALENDAR)
    assert unchanged.calendar_of(COUNTY) is unchanged.calendar_of("150421") is CALENDAR


def rolled(*lines: RollLine) -> MonthClose:
    return close(roll=text_of(Roll(team="工作总队", office=COUNTY, lines=lines)))


def line(posting: str, **said: Any) -> RollLine:
    kept = {"person": f"{COUNTY}/p", "name": "王海", "post": "队员", "county": COUNTY, "position": "member"}
    return RollLine(posting=posting, **{**kept, "since": date(2018, 6, 1), **said})


def correction(posting: str, after: str, day: int = 8, month: int = 10, count: str = "1") -> Correction:
    on = date(2018, month, day)
    at = f"{COUNTY}/2018-{month:02d}"
    return Correction(id=f"{posting}/{on}/2-{count}", posting=posting, closing=at, edition=2, day=on, after=after)


def test_a_month_with_a_roll_reads_as_the_roll_with_corrections_over_it_and_nothing_that_came_later() -> None:
    here = Posting(id=POSTING, person=f"{COUNTY}/p", county=COUNTY, since=date(2018, 6, 1))
    late = Posting(id=f"{COUNTY}/late", person=f"{COUNTY}/q", county=COUNTY, since=date(2018, 10, 5))
    keyed = days_text(["vw/vw", *[""] * 30])
    closed = ClosedMonths((rolled(line(POSTING, own=keyed), line(f"{COUNTY}/empty")),), CALENDAR)
    now = [
        *months(spread("2018-10-01", "2018-10-31", "ou/ou")),
        *months(spread("2018-11-01", "2018-11-30", "cw/cw")),
        msgspec.structs.replace(
            months(spread("2018-10-05", "2018-10-31", "vw/vw"))[0], id=f"{late.id}/{OCTOBER}", posting=late.id
        ),
    ]
    read = as_closed(now, closed, [correction(POSTING, "ol/ol")], [here, late])
    assert [(one.id, one.d01, one.d08, one.d09) for one in read] == [
        (f"{POSTING}/{OCTOBER}", "vw/vw", "ol/ol", ""),
        (f"{POSTING}/2018-11", "cw/cw", "cw/cw", "cw/cw"),
    ]
    corrected_late = as_closed(now, closed, [correction(late.id, "ol/ol")], [here, late])
    assert [one.id for one in corrected_late] == [f"{POSTING}/{OCTOBER}", f"{POSTING}/2018-11"]
    empty = as_closed(now, closed, [correction(f"{COUNTY}/empty", "vw/")], [here, late])
    assert [(one.id, one.d08) for one in empty][1] == (f"{COUNTY}/empty/{OCTOBER}", "vw/")


def test_a_month_of_an_earlier_release_beside_one_with_a_roll_keeps_its_corrections() -> None:
    older = close(month="2018-09", id=f"{COUNTY}/2018-09")
    closed = ClosedMonths((rolled(line(POSTING, own=days_text(["vw/vw", *[""] * 30]))), older), CALENDAR)
    now = months(spread("2018-09-01", "2018-09-30", "cw/cw"))
    here = Posting(id=POSTING, person=f"{COUNTY}/p", county=COUNTY, since=date(2018, 6, 1))
    read = as_closed(now, closed, [correction(POSTING, "ol/ol", month=9)], [here])
    assert [(one.month, one.d08) for one in read] == [(OCTOBER, ""), ("2018-09", "ol/ol")]


def test_corrections_of_a_day_lie_in_the_order_of_their_numbers_one_without_a_number_first() -> None:
    closed = ClosedMonths((close(),), CALENDAR)
    now = months(spread("2018-10-01", "2018-10-31", "vw/vw"))
    said = [correction(POSTING, "ol/ol", count="2"), correction(POSTING, "cw/cw", count="x")]
    assert [one.d08 for one in as_closed(now, closed, said, [])] == ["ol/ol"]
    assert [one.d08 for one in as_closed(now, closed, said[1:], [])] == ["cw/cw"]
    undated = msgspec.structs.replace(said[0], day=None)
    assert as_closed(now, closed, [undated], []) == now
