"""One 无正当理由: what months count of a person is what Article 16 counts, whatever the papers and marks are."""

import random
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import POLICY, facts, judged, person, posting, slip
from tuopin_desktop.domain.attendance.closing import as_closed, encode_figures, figure, recounted, terms_of
from tuopin_desktop.domain.attendance.count import Month
from tuopin_desktop.domain.attendance.laidover import days_of
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.attendance.roll import Roll, roll_line, text_of
from tuopin_desktop.domain.facts import Facts, days_known
from tuopin_desktop.domain.records import LeaveSlip, MonthClose, Posting, Training, TrainingAttendance
from tuopin_desktop.domain.unjustified import account, count_month
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
OWN = posting(WHO, id=POSTING, since=date(2018, 5, 1))
MONTHS = ("2018-05", "2018-06", "2018-07", "2018-08", "2018-09")
CLASS = Training(id="15/t", name="业务培训", organiser="office", venue="150100", period="2018-07-04am/2018-07-05pm")
PART = TrainingAttendance(id="150125/ta", training=CLASS.id, posting=POSTING)


def leave(period: str, returned: str = "", **said: Any) -> LeaveSlip:
    about = {"returned": returned, "return_note": "", "leave_type": "personal", **said}
    return slip(POSTING, period, **about)


def seen(*slips: LeaveSlip, unsigned: frozenset[str] = frozenset(), **said: object) -> Facts:
    known = facts(
        persons=[WHO], slips=list(slips), calendar=library.calendar(), **{"postings": [OWN], **said},
    )  # fmt: skip
    return msgspec.structs.replace(known, opinions=tuple(one for one in known.opinions if one.slip not in unsigned))


def month(known: Facts, of: Posting, name: str) -> Month:
    then, terms = known.terms(of.county, name, POLICY)
    count = count_month(then.month_of(of, name), of, then, terms)[1]
    assert count is not None
    return count


def told(known: Facts) -> float:
    """What Article 16 says of the year, in days."""
    found = judged(known, "A16-3")
    return float(dict(found[0].inputs)["2018年累计"].partition("天")[0]) if found else 0.0


def summed(known: Facts) -> float:
    serving = [(one, name) for one in known.postings for name in MONTHS if (one.since or date.max) <= _last(name)]
    serving = [
        (one, name) for one, name in serving if one.until is None or one.until >= date.fromisoformat(f"{name}-01")
    ]
    return sum(month(known, one, name).unjustified for one, name in serving) / 2


def _last(name: str) -> date:
    span = span_of(name)
    assert span is not None
    return span[1]


WAITING = leave("2018-07-03am/2018-07-05pm", "2018-07-06am")


@pytest.mark.parametrize(
    ("known", "days", "on_leave"),
    [
        pytest.param(seen(WAITING, unsigned=frozenset({WAITING.id})), 3.0, 0.0, id="one signature only"),
        pytest.param(seen(WAITING), 0.0, 3.0, id="signed"),
        pytest.param(seen(attendance=months(spread("2018-07-03", "2018-07-04", "ol/ol"))), 2.0, 0.0, id="假 no slip"),
        pytest.param(seen(attendance=months(spread("2018-07-03", "2018-07-04", "or/or"))), 2.0, 0.0, id="离 no slip"),
        pytest.param(seen(attendance=months(spread("2018-07-07", "2018-07-08", "or/or"))), 0.0, 0.0, id="离 rest day"),
        pytest.param(
            seen(WAITING, attendance=months(spread("2018-07-02", "2018-07-05", "ou/ou"))), 1.0, 3.0, id="旷 excused"
        ),
        pytest.param(
            seen(attendance=months(spread("2018-07-03", "2018-07-06", "ou/ou")), trainings=[CLASS],
                 training_attendance=[PART]), 2.0, 0.0, id="旷 in a class",
        ),
    ],
)  # fmt: skip
def test_a_month_counts_what_article_16_counts(known: Facts, days: float, on_leave: float) -> None:
    july = month(known, OWN, "2018-07")
    assert (july.unjustified / 2, july.leave / 2) == (days, on_leave)
    assert summed(known) == told(known) == days


CODES = ["", "vw/vw", "cw/or", "ol/ol", "or/or", "ou/ou", "/ou", "o?/", "ot/ot", "cr/cr"]


def office(seed: int) -> Facts:
    """Return random months of one person: marks, slips signed or not, a class, perhaps another position since July."""
    dice = random.Random(seed)
    moved = dice.choice([None, date(2018, 7, 15), date(2018, 7, 16)])
    first = msgspec.structs.replace(OWN, until=date(2018, 7, 15)) if moved else OWN
    second = posting(WHO, "leader", id="150125/b", since=moved) if moved else None
    days = {date(2018, 5, 20) + timedelta(days=at): dice.choice(CODES) for at in range(104)}
    keyed = {day: code for day, code in days.items() if code}
    before = {day: code for day, code in keyed.items() if moved is None or day < moved}
    after = {day: code for day, code in keyed.items() if day not in before}
    slips = []
    for _ in range(dice.randint(0, 3)):
        start = date(2018, 5, 25) + timedelta(days=dice.randint(0, 90))
        end = start + timedelta(days=dice.randint(0, 12))
        back = end + timedelta(days=dice.randint(-2, 12))
        halves = (dice.choice(["am", "pm"]), "pm", dice.choice(["am", "pm"]))
        returned = f"{back}{halves[2]}" if dice.choice((True, False)) and back >= start else ""
        kind = dice.choice(["personal", "official"])
        slips.append(leave(f"{start}{halves[0]}/{end}{halves[1]}", returned, leave_type=kind))
    unsigned = frozenset(one.id for one in slips if dice.choice((True, False)))
    taught = dice.choice((True, False))
    return seen(
        *slips,
        unsigned=unsigned,
        postings=[first, *([second] if second else [])],
        attendance=[*months(before), *months(after, "150125/b")],
        trainings=[CLASS] if taught else [],
        training_attendance=[PART] if taught else [],
    )


@given(st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_random_months_add_up_to_article_16(seed: int) -> None:
    known = office(seed)
    assert summed(known) == told(known)


def closed(known: Facts, of: Posting, name: str) -> tuple[Facts, float]:
    """Return the facts with a month closed as it stands, and the absence its figure keeps."""
    span = span_of(name)
    assert span is not None
    record = known.month_of(of, name)
    count = month(known, of, name)
    days = days_known(known, record, of, POLICY)
    papers = known.covers(of.person, POLICY), known.stays(of), known.returns(of.person, POLICY)
    line = roll_line(of, ("张三", "队员"), name, tuple(days_of(record)), tuple(days), papers, 0)
    figures = [figure(of.id, "张三", "队员", count)]
    close = MonthClose(
        id=f"{of.county}/{name}", county=of.county, month=name, state="closed", edition=1, closed=date(2018, 9, 1),
        terms=terms_of(POLICY), days=known.calendar.day_signs(*span), figures=encode_figures(figures),
        roll=text_of(Roll(team="队", office="县", lines=(line,))),
    )  # fmt: skip
    bare = msgspec.structs.replace(known, closes=(close,), attendance_today=known.attendance)
    kept = as_closed(known.attendance, bare.closed_months, (), known.postings)
    return msgspec.structs.replace(bare, attendance=tuple(kept)), count.unjustified / 2


@given(st.integers(0, 10**6), st.sampled_from(["2018-06", "2018-07"]))
@settings(max_examples=60, deadline=None)
def test_a_closed_month_says_what_it_said_open_whatever_is_registered_since(seed: int, name: str) -> None:
    known = office(seed)
    if len(known.postings) > 1:
        return
    before = account(known.postings, known, POLICY)
    shut, figure_said = closed(known, OWN, name)
    signed = facts(slips=list(known.slips)).opinions
    later = msgspec.structs.replace(
        shut, opinions=signed, slips=tuple(msgspec.structs.replace(one, returned="2018-08-31pm") for one in shut.slips)
    )
    span = span_of(name)
    assert span is not None
    for now in (shut, later):
        found = account(now.postings, now, POLICY)
        own = {at for at in (found.causes if found else {}) if span[0] <= date.fromordinal(at // 2) <= span[1]}
        was = {at for at in (before.causes if before else {}) if span[0] <= date.fromordinal(at // 2) <= span[1]}
        assert own == was
        assert len(own) / 2 == figure_said == month(now, OWN, name).unjustified / 2


def test_the_month_of_effect_counts_from_its_day_everywhere() -> None:
    days = spread("2018-05-01", "2018-05-29", "ou/ou") | spread("2018-05-30", "2018-05-31", "vw/vw")
    known = seen(attendance=months(days), today=date(2018, 6, 10))
    may = month(known, OWN, "2018-05")
    assert (may.needed, may.days, may.in_post, may.missing, may.unjustified) == (1, 2.0, 2, 0, 0)
    assert told(known) == 0.0


def test_an_earlier_close_of_the_whole_month_of_effect_is_no_change() -> None:
    known = seen(attendance=months(spread("2018-05-01", "2018-05-31", "vw/vw")), today=date(2018, 6, 10))
    may = month(known, OWN, "2018-05")
    whole = msgspec.structs.replace(figure(POSTING, "张三", "队员", may), in_post=31, needed=20, counted=62)
    assert not recounted(whole, may, POLICY.in_force)
    assert recounted(msgspec.structs.replace(whole, in_post=may.in_post), may, POLICY.in_force)


def test_a_month_before_the_measure_asks_and_counts_nothing() -> None:
    early = msgspec.structs.replace(OWN, since=date(2018, 4, 20))
    known = seen(postings=[early], attendance=months(spread("2018-04-20", "2018-04-30", "ou/ou")))
    april = month(known, early, "2018-04")
    assert (april.needed, april.counted, april.unjustified, april.missing) == (0, 0, 0, 0)
    assert judged(known, "A09-1") == []
