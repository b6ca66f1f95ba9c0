"""The running month: what is still needed, what the calendar still holds, and nothing promised or lost beyond that."""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import POSTING, months, spread
from tests.domain.rules.build import POLICY, facts, person, posting, ruling, slip
from tuopin_desktop.domain.attendance.codes import halves
from tuopin_desktop.domain.calendar import days_of
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.leave.count import between
from tuopin_desktop.domain.leave.reach import reach
from tuopin_desktop.domain.outlook import Outlook, State, outlook_of, present
from tuopin_desktop.domain.policy import with_rulings
from tuopin_desktop.services.office import library

WHO = person(id="150125/who", name="张三")
CALENDAR = library.calendar()
ALL_LOGGED = {f"{POSTING}/2018-10": (1 << 31) - 1}
OCTOBER = tuple(days_of(date(2018, 10, 1), date(2018, 10, 31)))
SWITCHES = {
    "presence.unit": ("calendar", "workday", "min"),
    "presence.rest_day_in_county": ("worked", "always", "never"),
    "presence.granularity": ("half", "day"),
    "presence.travel_day": ("half", "absent"),
}


def outlook(days: Mapping[date, str], today: str, *rulings: Any, logged: Any = ALL_LOGGED, **said: Any) -> Outlook:
    seen = facts(
        today=date.fromisoformat(today),
        persons=[WHO],
        postings=[posting(WHO, id=POSTING, since=date(2018, 6, 1))],
        attendance=months(days),
        calendar=CALENDAR,
        journals=Journals(logged),
        **said,
    )
    policy = with_rulings(POLICY, rulings, date(2019, 1, 1))
    own = seen.postings[0]
    found = present(seen.month_of(own, "2018-10"), own, seen, policy)
    assert found is not None
    return outlook_of(found.month, seen.counting(policy, own.county), found.days, seen.today)


def test_it_says_how_many_days_are_needed_and_how_many_workdays_are_left() -> None:
    month = outlook(spread("2018-10-08", "2018-10-12", "vw/vw"), "2018-10-12")
    assert (month.state, month.lacking_words) == (State.POSSIBLE, "8至15")
    assert month.latest == date(2018, 10, 17)
    assert month.sentence == (
        "应满20天，已登记5天，还需8至15天，2018年10月12日之后可用19天（工作日13天），"
        "最迟2018年10月17日起须天天在旗县；已过的日子有7天没有登记，补登后所需可能减少"
    )


def test_blank_days_are_keyed_first_before_anything_is_called_lost() -> None:
    unkeyed = outlook({}, "2018-10-25")
    assert unkeyed.state is State.UNKEYED
    assert "请先补登" in unkeyed.sentence
    assert "不能达到" not in unkeyed.sentence
    gone = outlook(spread("2018-10-01", "2018-10-20", "ol/ol"), "2018-10-25")
    assert gone.state is State.BEYOND
    assert "5天没有登记的也不够，本月已不能达到" in gone.sentence
    assert outlook(spread("2018-10-01", "2018-10-20", "vw/vw"), "2018-10-20").state is State.REACHED


def test_leave_on_paper_takes_days_off_what_is_left() -> None:
    worked = spread("2018-10-01", "2018-10-10", "vw/vw")
    free = outlook(worked, "2018-10-10")
    away = slip(POSTING, "2018-10-20am/2018-10-31pm", leave_type="personal", returned="", return_note="")
    assert free.state is State.POSSIBLE
    taken = outlook(worked, "2018-10-10", slips=[away])
    assert len(free.ahead) - len(taken.ahead) == 24
    assert taken.state is State.BEYOND


@pytest.mark.parametrize("seed", range(60))
def test_what_is_promised_can_be_kept_and_what_is_called_lost_cannot(seed: int) -> None:
    """Fill in the blanks and count: under whatever switches, the outlook knew."""
    rng = random.Random(seed)
    rulings = [ruling(key, rng.choice(values)) for key, values in SWITCHES.items()]
    today = rng.randint(8, 28)
    codes = ["", "", "vw", "vw", "vw", "cw", "ol", "ot", "cr", "or"]
    days = {day: "/".join(rng.choices(codes, k=2)) for day in OCTOBER if day.day <= today or rng.random() < 0.2}
    days = {day: "" if stored == "/" else stored for day, stored in days.items()}
    logged = {f"{POSTING}/2018-10": rng.getrandbits(31)}
    month = outlook(days, f"2018-10-{today:02}", *rulings, logged=logged)

    def filled(*, past: bool) -> dict[date, str]:
        made = {day: days.get(day, "") for day in OCTOBER}
        for day, stored in made.items():
            if past or day.day > today:
                made[day] = "/".join(half or "cw" for half in halves(stored))
        return made

    later = logged[f"{POSTING}/2018-10"] | (1 << 31) - (1 << today)  # logs are written from tomorrow on
    kept = outlook(filled(past=False), "2018-10-31", *rulings, logged={f"{POSTING}/2018-10": later})
    best = outlook(filled(past=True), "2018-10-31", *rulings)
    assert (month.state in (State.POSSIBLE, State.REACHED)) == (kept.counted >= 2 * kept.needed)
    assert month.beyond == (best.counted < 2 * best.needed)


def test_the_reach_of_leave_promises_no_rest_days_where_they_never_count() -> None:
    halves_of_june = set(between(date(2018, 6, 1), date(2018, 6, 30)))
    never = with_rulings(POLICY, [ruling("presence.rest_day_in_county", "never")], date(2019, 1, 1))
    found = [reach(date(2018, 6, 1), halves_of_june, (), policy, CALENDAR).left for policy in (POLICY, never)]
    assert found == [30, 20]
