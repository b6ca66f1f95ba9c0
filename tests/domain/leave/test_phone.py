"""Two notes of one call: which are missing, which disagree, and which cannot have come here yet."""

from datetime import date
from typing import Any

import pytest

from tests.domain.leave.papers import approved, slip, told
from tests.domain.rules.build import COUNTY, facts, only, person, posting
from tests.domain.rules.build import judged as findings
from tests.domain.rules.build import slip as slip_of
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.leave.phone import Lack
from tuopin_desktop.domain.leave.story import Story
from tuopin_desktop.domain.leave.watch import watches
from tuopin_desktop.domain.leave.watchlists import Watch
from tuopin_desktop.domain.records import Call, LeaveSlip

BACK = date(2018, 7, 11)
AUGUST = date(2018, 8, 1)


def note(side: str, word: str = "K7P2", day: date = BACK, of: str = "150426/s") -> Call:
    return Call(id=f"{of}/call-{side}", slip=of, side=side, day=day, word=word)


def back(*calls: Call, scope: str = ids.REGION, **said: Any) -> Story:
    made = slip("leader", returned=f"{BACK}am", **said)
    return told(made, AUGUST, opinions=approved("leader"), calls=calls, scope=scope)


@pytest.mark.parametrize(
    ("calls", "lacks"),
    [
        ((), {Lack.MISSING}),
        ((note("county"),), {Lack.MISSING}),
        ((note("liaison"),), {Lack.MISSING}),
        ((note("county"), note("liaison")), set()),
        ((note("county"), note("liaison", "k7p2 ")), set()),
        ((note("county"), note("liaison", "K7P3")), {Lack.WORD}),
        ((note("county"), note("liaison", day=date(2018, 7, 13))), {Lack.DAY}),
        ((note("county", day=date(2018, 7, 9)), note("liaison", day=date(2018, 7, 9))), {Lack.EARLY}),
    ],
)
def test_the_region_names_every_return_whose_notes_are_missing_or_disagree(
    calls: tuple[Call, ...], lacks: set[Lack]
) -> None:
    story = back(*calls)
    assert {gap.lack for gap in story.phone} == lacks
    assert (Watch.UNCALLED in watches(story)) == bool(lacks)


def test_a_county_does_not_miss_what_no_package_can_have_brought_yet() -> None:
    waiting = back(note("county"), scope=COUNTY)
    assert [gap.lack for gap in waiting.phone] == [Lack.OUT]
    assert Watch.UNCALLED not in watches(waiting)
    later = note("liaison", day=date(2018, 7, 20), of="150426/other")
    met = back(note("county"), later, scope=COUNTY)
    assert [gap.text for gap in met.phone] == ["缺联络考评组电话销假记录"]
    assert Watch.UNCALLED in watches(met)
    own = back(scope=COUNTY)
    assert Watch.UNCALLED in watches(own)  # its own note it could have made


def test_a_call_noted_on_the_version_before_counts_for_the_one_that_took_its_place() -> None:
    first = slip("leader", returned=f"{BACK}am")
    again = slip("leader", id="150426/t", follows=first.id, relation="correction")
    inks = (*approved("leader"), *approved("leader", again.id))
    story = told(again, AUGUST, first, opinions=inks, calls=(note("county"), note("liaison")))
    assert story.slip.returned
    assert story.phone == ()
    assert told(first, AUGUST, again, opinions=inks).phone == ()  # nothing is asked of the version it replaced


@pytest.mark.parametrize("said", [{"form": "member"}, {"returned": ""}, {"ended": "voided"}])
def test_no_call_is_asked_of_other_forms_of_who_is_out_and_of_a_void_slip(said: dict[str, str]) -> None:
    about = {"form": "leader", "returned": f"{BACK}am", **said}
    made = slip(**about)
    assert told(made, AUGUST, opinions=approved(made.form)).phone == ()


def of(*calls: Call, today: date = AUGUST, scope: str = ids.REGION) -> Any:
    who = person(name="王海")
    post = posting(who, "leader")
    made: LeaveSlip = slip_of(post, "2018-07-05am/2018-07-10pm", "leader", id="150125/s")
    return facts(persons=[who], postings=[post], slips=[made], calls=list(calls), today=today, scope=scope)


@pytest.mark.parametrize(
    ("today", "words", "verdict"),
    [
        (AUGUST, (), Verdict.AMBER),
        (BACK, (), Verdict.NOTICE),
        (BACK, ("K7P2", "K7P3"), Verdict.AMBER),
        (AUGUST, ("K7P2", "K7P2"), Verdict.OK),
    ],
)
def test_the_check_names_it_with_its_article(today: date, words: tuple[str, ...], verdict: Verdict) -> None:
    calls = [note(side, word, of="150125/s") for side, word in zip(("county", "liaison"), words, strict=False)]
    finding = only(of(*calls, today=today), "A10-9")
    assert finding.verdict is verdict
    assert "第十条" in finding.sentence
    assert finding.subject == "leave_slip:150125/s"


def test_waiting_for_a_package_is_a_notice() -> None:
    (finding,) = findings(of(note("county", of="150125/s"), scope=COUNTY), "A10-9")
    assert finding.verdict is Verdict.NOTICE
    assert "数据包" in finding.sentence
