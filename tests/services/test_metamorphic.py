"""What must not change a verdict does not: random small regions told in another way, and what is said of them compared.

One region in three teams of every seed; the nightly takes more of them. Records taken in another order or under other
ids are compared in `test_order.py`, through whole offices.
"""

import itertools
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest

from tests.services import smallregions
from tests.services.regionfacts import CALENDAR, POLICY, Said, facts_of, findings, policy_with, said
from tests.services.smallregions import COUNTIES, Region
from tuopin_desktop.domain.calendar import Calendar
from tuopin_desktop.domain.duties.duty import overdue
from tuopin_desktop.domain.duties.radar import so_far
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.leave.slipforms import form_of
from tuopin_desktop.domain.record import Form, Record, fields
from tuopin_desktop.domain.records import (
    Attendance,
    DailyLog,
    Filing,
    LeaveSlip,
    Opinion,
    Person,
    Ruling,
    WeeklyNote,
)
from tuopin_desktop.domain.spelling import spelt
from tuopin_desktop.domain.switches import Switch

SEEDS = range(40) if os.environ.get("TUOPIN_NIGHTLY") == "1" else range(3)
TODAY = date(2018, 12, 12)


@cache
def region(seed: int) -> tuple[Record, ...]:
    return tuple(Region(seed).records)


@cache
def facts(seed: int, today: date = TODAY) -> Facts:
    """Return the facts of a region as it is."""
    return facts_of(region(seed), today)


@cache
def judged(seed: int, today: date = TODAY) -> tuple[Finding, ...]:
    """Return the findings of a region as it is: most of these tests compare with them."""
    return tuple(findings(facts(seed, today)))


@cache
def told(seed: int) -> tuple[Said, ...]:
    """Return what is said of a region as it is."""
    return tuple(said(judged(seed)))


def again(records: Iterable[Record], today: date = TODAY, **known: Any) -> list[Said]:
    return said(findings(facts_of(list(records), today, **known)))


# ------------------------------------------------------------------ names

NAMES = sorted(set(smallregions.NAMES), key=spelt)
_SPELT = re.compile("|".join(NAMES))
_OTHERS = dict(zip(NAMES, sorted((f"丁{second}某" for second in "甲乙戊己庚辛壬癸子丑"), key=spelt), strict=False))


def renamed(words: str) -> str:
    """Return words in which everybody bears a name that nobody has; they come in the list as those before."""
    return _SPELT.sub(lambda match: _OTHERS[match[0]], words)


@pytest.mark.parametrize("seed", SEEDS)
def test_other_names_change_names_and_nothing_else(seed: int) -> None:
    others = [
        msgspec.structs.replace(one, name=renamed(one.name)) if isinstance(one, Person) else one for one in region(seed)
    ]
    wanted = [tuple(map(renamed, line)) for line in told(seed)]
    assert again(others) == wanted
    assert wanted != list(told(seed)), "nobody was renamed"


# ------------------------------------------------------------------ one slip, or two

_PAPER = r"A10-1-"
"""Contradictions name a slip: of two papers there are two."""
_NUMBER = re.compile(r"2018-\d{4}b?")


def split(records: Sequence[Record], rng: random.Random) -> tuple[list[Record], int]:
    """Return records in which about half of the signed slips of some days are two slips, the second from the next day.

    Both bear the same ink; the return stands on the second alone.
    """
    made: list[Record] = []
    number = 0
    for slip in records:
        span = parse_stored(slip.period) if isinstance(slip, LeaveSlip) else None
        if not isinstance(slip, LeaveSlip) or span is None or span.last == span.first or rng.random() < 0.5:
            made.append(slip)
            continue
        back = date.fromisoformat(slip.returned[:10]) if slip.returned else date.max
        cut = span.first + timedelta(days=rng.randint(0, (span.last - span.first).days - 1))
        papers = [one for one in records if isinstance(one, Opinion | Filing) and one.slip == slip.id]
        signed = {one.role for one in papers if isinstance(one, Opinion) and one.verdict == "approved"}
        if signed != set(form_of(slip).signers) or back <= cut:
            made.append(slip)  # what is not signed, or was over before the cut, is no leave in two parts
            continue
        number += 1
        name = f"{slip.id}b"
        first = msgspec.structs.replace(slip, period=f"{span.first}am/{cut}pm", returned="")
        second = msgspec.structs.replace(
            slip, id=name, number=f"{slip.number}b", period=f"{cut + timedelta(days=1)}am/{span.last}pm"
        )
        copies = [msgspec.structs.replace(one, id=one.id.replace(slip.id, name), slip=name) for one in papers]
        made += [first, second, *copies]
    return made, number


@pytest.mark.parametrize("seed", SEEDS)
def test_one_slip_or_two_that_follow_each_other_are_one_leave(seed: int) -> None:
    made, number = split(region(seed), random.Random(seed))
    assert number or seed not in (0, 1, 2)

    assert held(facts_of(made, TODAY)) == held(facts(seed))


def held(known: Facts) -> Counter[tuple[str, ...]]:
    """Return what is said of people and months, and the worst that is said of anybody's return (A10-6).

    How many slips lie over a day, and what they are numbered, is the one thing that may differ.
    """
    found = findings(known)
    about = [one for one in found if not one.subject.startswith("leave_slip:") and not re.match(_PAPER, one.rule)]
    lines = Counter((one.subject, one.rule, one.verdict.label, _NUMBER.sub("#", one.sentence)) for one in about)
    slips = {f"leave_slip:{slip.id}": slip.posting for slip in known.slips}
    late = {(slips[one.subject], one.rule, one.verdict.label) for one in found if one.rule == "A10-6" and _bad(one)}
    return lines + Counter((*one, "") for one in late)


def _bad(one: Finding) -> bool:
    return one.verdict in (Verdict.RED, Verdict.SUSPECTED, Verdict.AMBER)


# ------------------------------------------------------------------ the same a year of weeks later

WEEKS = timedelta(days=364)
_DATES = (Form.DATE, Form.PERIOD, Form.HALF)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
LATER = r"A04-3|A08-1|A11-1|A12-6|A16-3|A10-[3456]|A18-5|A10-1-0[1-9]"
"""Rules over days, whatever month they lie in."""


def later(words: str) -> str:
    return _ISO.sub(lambda match: str(date.fromisoformat(match[0]) + WEEKS), words)


def later_words(words: str) -> str:
    """Return a sentence whose days are later; days without a year are of 2019."""

    def turned(match: re.Match[str]) -> str:
        day = date(int(match[1] or 2019), int(match[2]), int(match[3])) + WEEKS
        return f"{f'{day.year}年' if match[1] else ''}{day.month}月{day.day}日"

    return _WORDS.sub(turned, later(words))


def shifted(records: Iterable[Record]) -> Iterator[Record]:
    """Yield records 52 weeks later; days of attendance and logs go into the months in which they come to lie."""
    for one in records:
        if isinstance(one, Attendance | DailyLog | WeeklyNote):
            continue
        days = {item.name: getattr(one, item.name) for item in fields(type(one)) if item.form in _DATES}
        moved = {
            name: value + WEEKS if isinstance(value, date) else later(value) for name, value in days.items() if value
        }
        yield msgspec.structs.replace(one, **moved)
    yield from by_day(records)


def _moved(value: date | str) -> date | str:
    return value + WEEKS if isinstance(value, date) else later(value)


def by_day(records: Iterable[Record]) -> Iterator[Attendance]:
    found: dict[str, dict[str, Any]] = {}
    for one in records:
        if isinstance(one, Attendance):
            for number in range(1, 32):
                if code := getattr(one, f"d{number:02d}"):
                    day = date.fromisoformat(f"{one.month}-{number:02d}") + WEEKS
                    month = found.setdefault(
                        f"{one.posting}/{day:%Y-%m}", {"posting": one.posting, "month": f"{day:%Y-%m}"}
                    )
                    month[f"d{day.day:02d}"] = code
    for name, said_of in found.items():
        yield Attendance(id=name, **said_of)


def calendar_of_weeks() -> Calendar:
    """Return a calendar without holidays, so that a week is like any other."""
    return Calendar({}, {}, CALENDAR.years | frozenset(range(2017, 2023)))


def _days_alone(lines: Iterable[Said], turn: Callable[[str], str]) -> Counter[tuple[str, ...]]:
    """Return rule, verdict, whom and the sentence with its days turned; what names a month or year is left out."""
    return Counter(
        (*line[:2], line[2], turn(line[3])) for line in lines if re.fullmatch(LATER, line[0]) and "年" not in line[2]
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_fifty_two_weeks_later_is_said_fifty_two_weeks_later(seed: int) -> None:
    start, end, today = date(2019, 1, 7), date(2019, 10, 31), date(2019, 11, 20)
    records = [one for one in Region(seed, first=start, last=end).records if not isinstance(one, DailyLog | WeeklyNote)]
    plain = calendar_of_weeks()
    before, after = again(records, today, calendar=plain), again(shifted(records), today + WEEKS, calendar=plain)
    wanted = _days_alone(before, lambda words: re.sub(r"\d{4}年", "#", later_words(words)))
    assert _days_alone(after, lambda words: re.sub(r"\d{4}年", "#", words)) == wanted
    assert len(wanted) > 20


# ------------------------------------------------------------------ a ruling and its taking back


def other(key: str, switch: Switch) -> str:
    """Return another value a switch may take, "" where there is none."""
    if switch.type == "choice":
        return next((code for code in switch.choices if code != switch.value), "")
    if switch.type == "flag":
        return "0" if switch.value else "1"
    if switch.type == "number":
        return str(int(str(switch.value)) + (1 if int(str(switch.value)) < switch.most else -1))
    return ""


def ruling(key: str, value: object, day: date, number: int) -> Ruling:
    words = {True: "1", False: "0"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return Ruling(id=f"15/{number}", switch=key, value=words, ruled=day, applies=POLICY.in_force, paper=f"{number}号")


@cache
def team() -> Facts:
    """Return one team, which is enough to show what a switch does."""
    return facts_of(Region(0, COUNTIES[:1]).records, TODAY, counties=COUNTIES[:1])


def under(*rulings: Ruling) -> list[Said]:
    """Return what is said of it under rulings, but for the rulings themselves."""
    return said(findings(team(), *rulings), but="A20-")


UNRULED = under()


FLIPPED = [key for key, switch in POLICY.switches.items() if switch.switch and other(key, switch)]


@pytest.mark.parametrize("key", FLIPPED)
def test_a_ruling_taken_back_leaves_nothing_behind(key: str) -> None:
    switch = POLICY.switches[key]
    there, back = ruling(key, other(key, switch), date(2018, 7, 1), 1), ruling(key, switch.value, date(2018, 8, 1), 2)
    assert policy_with(there, today=TODAY).switches[key].value != switch.value
    assert under(there, back) == under(back, there) == UNRULED


def test_some_rulings_do_change_what_is_said() -> None:
    """Else the test above would prove nothing."""
    day = date(2018, 7, 1)
    changes = (key for key in FLIPPED if under(ruling(key, other(key, POLICY.switches[key]), day, 1)) != UNRULED)
    assert len(list(itertools.islice(changes, 6))) == 6


def test_a_ruling_for_days_to_come_changes_nothing_yet() -> None:
    coming = [
        msgspec.structs.replace(ruling(key, other(key, POLICY.switches[key]), TODAY, number), applies=date(2019, 6, 1))
        for number, key in enumerate(FLIPPED)
    ]
    assert under(*coming) == UNRULED


# ------------------------------------------------------------------ what is nobody's concern


@pytest.mark.parametrize("seed", SEEDS)
def test_remarks_and_telephone_numbers_change_nothing(seed: int) -> None:
    noted = [
        msgspec.structs.replace(one, **{name: "另记" for name in ("note", "phone", "station") if hasattr(one, name)})
        for one in region(seed)
    ]
    assert again(noted) == list(told(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_one_county_enters_changes_nothing_in_another(seed: int) -> None:
    """Its neighbour loses everybody, and nothing else is said of the two that stay."""
    gone = COUNTIES[1]
    rest = [one for one in region(seed) if not one.id.startswith(gone)]
    staying = tuple(code for code in COUNTIES if code != gone)

    def of_others(every: Iterable[Finding]) -> list[Finding]:
        return [one for one in every if one.subject.partition(":")[2].startswith(staying)]

    mine, left = of_others(judged(seed)), of_others(findings(facts_of(rest, TODAY)))
    assert said(left) == said(mine)
    assert len(mine) > 50


@pytest.mark.parametrize("seed", SEEDS)
def test_deleted_records_are_as_if_they_had_never_been(seed: int) -> None:
    rng = random.Random(seed)
    marked = [msgspec.structs.replace(one, deleted=rng.random() < 0.1) for one in region(seed)]
    # Journals, and what hangs on a deleted person or slip, are kept by other lookups: they go with it.
    marked = [one for one in marked if not isinstance(one, DailyLog | WeeklyNote)]
    assert again(marked) == again([one for one in marked if not one.deleted])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_that_nobody_writes_anything_on_forgives_nothing(seed: int) -> None:
    """What was held against somebody on one day is not gone on the next: nothing heals by waiting."""
    days = [TODAY, TODAY + timedelta(days=40), date(2019, 3, 1)]
    bad = [
        {(one.rule, one.subject) for one in judged(seed, day) if one.verdict in (Verdict.RED, Verdict.SUSPECTED)}
        for day in days
    ]
    for before, after in itertools.pairwise(bad):
        assert before <= after


# ------------------------------------------------------------------ two ways of asking

_ONCE = ("A04-3", "A08-1", "A11-1", "A12-6")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("today", [TODAY, date(2019, 9, 1), date(2021, 3, 1)])
def test_what_the_check_says_is_owed_is_what_is_due(seed: int, today: date) -> None:
    """Of what is owed once in a presence, whether the posting has ended or not."""
    known = facts(seed, today)

    def presence(subject: str) -> str:
        return known.presence(known.posting_by_id[subject.partition(":")[2]])[0].id

    due = {(duty.rule, presence(duty.subject)) for duty in overdue(so_far(known, POLICY)) if duty.rule in _ONCE}
    held = {
        (one.rule, presence(one.subject))
        for one in judged(seed, today)
        if one.rule in _ONCE and one.verdict is not Verdict.OK and "未登记，无法判断" not in one.sentence
    }
    assert held == due
    assert due
