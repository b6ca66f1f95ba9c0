"""A clean county has no contradiction; each kind is found where it was seeded, under a stable id, and nothing else."""

import random
from collections import Counter
from datetime import date

import msgspec
import pytest

from tests.domain.contradictions.county import LEADER, SEEDS, TODAY, WANG, Year
from tests.domain.rules.build import POLICY
from tuopin_desktop.domain import ids
from tuopin_desktop.domain.contradictions.find import contradictions
from tuopin_desktop.domain.contradictions.kinds import KINDS, Contradiction
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.records import Explanation
from tuopin_desktop.domain.rules import check


def found(year: Year) -> list[Contradiction]:
    return list(contradictions(year.facts(), POLICY).values())


def seeded(*whats: str) -> Year:
    year = Year()
    for what in whats:
        SEEDS[what](year)
    return year


def judged(facts: Facts, rule: str = "A10-1-*") -> list[Finding]:
    return check(facts, POLICY, rule)


def test_a_clean_county_has_none() -> None:
    assert found(Year()) == []
    assert judged(Year().facts()) == []


# What cannot be judged is seeded nowhere: the guard says it of an error (tests/services/test_values_from_outside.py).
SEEDED = [what for what in KINDS if what != "unreadable"]


@pytest.mark.parametrize("what", SEEDED)
def test_each_kind_is_found_and_nothing_else(what: str) -> None:
    (one,) = found(seeded(what))
    assert one.what == what
    assert one.sentence
    assert len({side.key for side in one.sides}) > 1 or what in ("approved_late", "log_early", "log_late")
    assert ids.split(ids.key("contradiction", one.id))[1] == one.id
    for side in one.sides:
        ids.split(side.key)


def test_one_of_each_together_are_all_found_and_nothing_else() -> None:
    year = seeded(*SEEDS)
    assert Counter(one.what for one in found(year)) == Counter(SEEDED)
    verdicts = [(finding.rule, finding.verdict) for finding in judged(year.facts())]
    assert verdicts == [(f"A10-1-{number:02d}", Verdict.AMBER) for number in range(1, len(SEEDED) + 1)]


def test_the_id_is_the_same_in_every_run_and_order() -> None:
    year = seeded(*SEEDS)
    before = set(contradictions(year.facts(), POLICY))
    rng = random.Random(3)
    for records in (year.slips, year.checks, year.trips, year.entries, year.postings):
        rng.shuffle(records)
    days = list(year.days.items())
    rng.shuffle(days)
    year.days = dict(days)
    assert set(contradictions(year.facts(), POLICY)) == before


def test_the_words_name_day_place_and_paper() -> None:
    (one,) = found(seeded("log_in_leave"))
    assert one.sentence.startswith("日志写2019-01-23在农牧户，报备单2018-")
    assert one.sentence.endswith("却在请假")
    assert [side.key.partition(":")[0] for side in one.sides] == ["daily_log", "leave_slip"]
    assert one.sides[0].key.endswith("/q3/2019-01-23")


def explained(year: Year, **said: object) -> Finding:
    facts = year.facts()
    (one,) = contradictions(facts, POLICY).values()
    about = {"words": "当日提前返村", "by": "白音", "said": TODAY, "turn": 1, **said}
    note = Explanation(id=one.id, what=one.sentence, **about)  # type: ignore[arg-type]  # values by name
    traces = msgspec.structs.replace(facts.traces, explanations=(note,))
    (finding,) = judged(msgspec.structs.replace(facts, traces=traces))
    return finding


def test_an_explanation_closes_it_and_the_office_may_reopen() -> None:
    finding = explained(seeded("check_absent"))
    assert finding.verdict is Verdict.OK
    assert "已说明" in finding.sentence
    assert finding.steps == ("2019-06-10白音说明：当日提前返村",)
    back = explained(seeded("check_absent"), reopened=1, reopened_on=TODAY, reopened_words="请附证明")
    assert back.verdict is Verdict.AMBER
    assert back.steps[-1] == "2019-06-10退回说明：请附证明"
    again = explained(seeded("check_absent"), turn=2, reopened=1)
    assert again.verdict is Verdict.OK


def test_an_explanation_covers_only_the_records_it_was_given_for() -> None:
    year = seeded("on_post_in_leave")
    (one,) = found(year)
    year.mark(WANG, "2019-01-22", "2019-01-22", "vw/vw", "village")
    (more,) = found(year)
    assert more.id != one.id


def test_a_day_whose_reason_was_noted_beside_it_is_left_out() -> None:
    facts = seeded("on_post_in_leave").facts()
    note = Explanation(id=f"{WANG.id}/2019-01-23/slip", words="当日提前返村", by="白音", said=TODAY, turn=1)
    traces = msgspec.structs.replace(facts.traces, explanations=(note,))
    assert not contradictions(msgspec.structs.replace(facts, traces=traces), POLICY)


def test_tomorrow_contradicts_nothing() -> None:
    year = Year()
    year.leave(LEADER, "2019-06-11am/2019-06-12pm", back="2019-06-13am", form="leader")
    year.mark(LEADER, "2019-06-11", "2019-06-12", "vw/vw", "village")
    assert found(year) == []


def test_attendance_that_nobody_keyed_yet_contradicts_no_log() -> None:
    year = Year()
    year.logs[WANG.id, date(2019, 6, 6)] = "village"
    year.mark(LEADER, "2019-06-03", "2019-06-04", "vw/vw", "village")
    year.logs[LEADER.id, date(2019, 6, 6)] = "village"
    assert found(year) == []
