"""Article 3: education, health and the age lines with their border month (V1)."""

from datetime import date

import pytest

from tests.domain.rules.build import EFFECT, decision, facts, judged, only, person, posting, ruling
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.records import Ruling

EXACT = ruling("eligibility.cutoff_month", "exact", applies=EFFECT)
EXCLUSIVE = ruling("eligibility.cutoff_month", "exclusive", applies=EFFECT)
MOVING = ruling("eligibility.later_postings", "moving", applies=EFFECT)


def claim(
    birth: str,
    rank: str = "division",
    *,
    since: date | None = EFFECT,
    reserve: bool = False,
    paper: str = "",
    today: date = date(2018, 9, 1),
    result: str = "",
    on_posting: bool = False,
    decided: date = date(2018, 6, 1),
) -> Facts:
    """Return the facts of one posting, with a relaxation decision when a result is given."""
    who = person(id="150125/p", birth=birth, rank=rank, reserve=reserve)
    post = posting(who, id="150125/post", since=since, relaxation_paper=paper)
    subject = post.id if on_posting else who.id
    made = (decision("relaxation", subject, result=result, decided=decided, paper="3号"),) if result else ()
    return facts(persons=[who], postings=[post], decisions=made, today=today)


def age(seen: Facts, *rulings: Ruling) -> Finding:
    """Return the one finding of the age rules."""
    (finding,) = [one for one in judged(seen, "A03-*", None, *rulings) if one.rule != "A03-3"]
    return finding


# V1, posting 2018-05-30


@pytest.mark.parametrize(
    ("rank", "birth", "rule", "verdict", "words"),
    [
        ("department", "1960-04-30", "A03-4", Verdict.RED, "58周岁"),
        ("department", "1960-05-01", "A03-4", Verdict.NOTICE, "58周岁"),
        ("department", "1960-05-30", "A03-4", Verdict.NOTICE, "58周岁"),
        ("department", "1960-05-31", "A03-4", Verdict.NOTICE, "57周岁"),
        ("department", "1960-06-01", "A03-4", Verdict.OK, "57周岁"),
        ("division", "1970-04-30", "A03-5", Verdict.RED, "48周岁"),
        ("division", "1970-05-15", "A03-5", Verdict.NOTICE, "48周岁"),
        ("division", "1970-06-01", "A03-5", Verdict.OK, "47周岁"),
        ("section", "1970-04-30", "A03-5", Verdict.RED, "48周岁"),
        ("section", "1970-05-15", "A03-5", Verdict.NOTICE, "48周岁"),
        ("below", "1970-06-01", "A03-5", Verdict.OK, "47周岁"),
    ],
)
def test_v1_the_birth_month_decides_and_the_exact_age_is_shown(
    rank: str, birth: str, rule: str, verdict: Verdict, words: str
) -> None:
    finding = age(claim(birth, rank))
    assert (finding.rule, finding.verdict) == (rule, verdict)
    assert words in finding.sentence
    assert f"2018-05-30 时实足 {words}" in finding.steps
    assert ("临界" in finding.sentence) is (birth[:7] in ("1960-05", "1970-05"))


def test_v1_the_border_month_is_marked_in_the_arithmetic() -> None:
    assert "出生 1960年**月 ≥ 界限 1960-05 → 通过（临界月）" in age(claim("1960-05-12", "department")).steps
    assert "出生 1960年**月 < 界限 1960-05 → 不通过" in age(claim("1960-04-30", "department")).steps


def test_v1_a_reserve_cadre_fails_until_a_decision_is_recorded_then_passes_relaxed() -> None:
    before = age(claim("1969-03", reserve=True))
    assert (before.rule, before.verdict) == ("A03-5", Verdict.RED)
    assert "须有自治区办公室的决定" in before.sentence
    after = age(claim("1969-03", reserve=True, result="approved"))
    assert (after.rule, after.verdict) == ("A03-6", Verdict.OK)
    assert "放宽" in after.sentence
    assert "3号" in after.sentence


# What is known only by month


@pytest.mark.parametrize(
    ("birth", "words"), [("1960-05", "57至58周岁（只登记到月）"), ("1960-06", "57周岁"), ("1960-04", "58周岁")]
)
def test_a_birth_known_by_month_gives_the_range_of_ages(birth: str, words: str) -> None:
    assert f"2018-05-30 时实足 {words}" in age(claim(birth, "department")).steps


@pytest.mark.parametrize("birth", ["", "七零年", "1970-13", "1970-02-30", "1970"])
def test_a_missing_or_unreadable_birth_is_a_notice(birth: str) -> None:
    finding = age(claim(birth))
    assert (finding.rule, finding.verdict) == ("A03-5", Verdict.NOTICE)
    assert "出生年月未登记" in finding.sentence


def test_a_missing_rank_is_a_notice_on_the_stricter_line() -> None:
    finding = age(claim("1980-01", rank="", reserve=True, result="approved"))
    assert (finding.rule, finding.verdict) == ("A03-5", Verdict.NOTICE)
    assert "职级未登记" in finding.sentence


def test_a_posting_without_its_person_is_a_notice() -> None:
    finding = age(facts(postings=[posting("150125/nobody")]))
    assert finding.verdict is Verdict.NOTICE


# Q28, Q29


@pytest.mark.parametrize(
    ("birth", "verdict"), [("1970-05-31", Verdict.RED), ("1970-05", Verdict.RED), ("1970-06-01", Verdict.OK)]
)
def test_q28_exclusive_leaves_the_month_out(birth: str, verdict: Verdict) -> None:
    assert age(claim(birth), EXCLUSIVE).verdict is verdict


@pytest.mark.parametrize(
    ("birth", "verdict"),
    [
        ("1970-05-30", Verdict.RED),
        ("1970-05-31", Verdict.NOTICE),
        ("1970-05", Verdict.NOTICE),
        ("1970-04", Verdict.RED),
        ("1970-06-02", Verdict.OK),
    ],
)
def test_q28_exact_counts_full_years(birth: str, verdict: Verdict) -> None:
    assert age(claim(birth), EXACT).verdict is verdict


def test_q28_says_by_which_reading_somebody_is_over() -> None:
    assert "出生 1970年**月 = 界限 1970-05 → 不通过（临界月）" in age(claim("1970-05-31"), EXCLUSIVE).steps
    assert "出生 1970年**月 < 界限 1970-05 → 不通过" in age(claim("1970-04"), EXCLUSIVE).steps
    assert "2018-05-30实足48周岁，超过界限47周岁" in age(claim("1970-05-30"), EXACT).sentence


def test_q28_exact_asks_for_the_day_when_the_month_is_not_enough() -> None:
    finding = age(claim("1970-05"), EXACT)
    assert "请核实出生日期" in finding.sentence
    assert any("待定" in step for step in finding.steps)


LATER = date(2019, 9, 1)


def test_q29_later_postings_keep_the_line_and_show_the_age_beside() -> None:
    finding = age(claim("1970-07-01", since=LATER, today=LATER))
    assert finding.verdict is Verdict.OK
    assert "2018-05-30 时实足 47周岁" in finding.steps
    assert "2019-09-01 派驻时实足 49周岁" in finding.steps


@pytest.mark.parametrize(
    ("birth", "verdict"),
    [("1971-08-31", Verdict.RED), ("1971-09-05", Verdict.NOTICE), ("1971-10-01", Verdict.OK)],
)
def test_q29_moving_shifts_the_line_with_the_posting(birth: str, verdict: Verdict) -> None:
    finding = age(claim(birth, since=LATER, today=LATER), MOVING)
    assert finding.verdict is verdict
    assert "界限：1971-09 以后出生（47 周岁以下）" in finding.steps


def test_q29_moving_leaves_the_first_postings_alone() -> None:
    assert "界限：1970-05 以后出生（47 周岁以下）" in age(claim("1970-06"), MOVING).steps


def test_q28_and_q29_together_count_years_at_the_posting() -> None:
    assert age(claim("1971-09-02", since=LATER, today=LATER), EXACT, MOVING).verdict is Verdict.NOTICE
    assert age(claim("1971-09-01", since=LATER, today=LATER), EXACT, MOVING).verdict is Verdict.RED


def test_the_switches_used_are_named() -> None:
    assert set(age(claim("1975-01")).switches) == {"eligibility.cutoff_month", "eligibility.later_postings"}


# Relaxation


def test_a_decision_on_the_posting_relaxes_too() -> None:
    assert age(claim("1969-03", reserve=True, result="approved", on_posting=True)).verdict is Verdict.OK


def test_a_decision_of_tomorrow_does_not_relax_today() -> None:
    seen = claim("1969-03", reserve=True, result="approved", decided=date(2018, 9, 2))
    assert age(seen).verdict is Verdict.RED


def test_the_countys_own_paper_waits_for_the_office() -> None:
    finding = age(claim("1969-03", reserve=True, paper="5号"))
    assert (finding.rule, finding.verdict) == ("A03-6", Verdict.AMBER)
    assert "据纸质文件5号登记，待自治区办公室决定核对" in finding.sentence


def test_paper_without_the_reserve_mark_relaxes_nothing() -> None:
    finding = age(claim("1969-03", paper="5号"))
    assert (finding.rule, finding.verdict) == ("A03-5", Verdict.RED)


def test_a_decision_for_somebody_not_marked_reserve_asks_to_check() -> None:
    finding = age(claim("1969-03", result="approved"))
    assert (finding.rule, finding.verdict) == ("A03-6", Verdict.AMBER)
    assert "未登记为后备干部" in finding.sentence


def test_a_refusal_is_named_and_beats_the_countys_paper() -> None:
    finding = age(claim("1969-03", reserve=True, paper="5号", result="refused"))
    assert (finding.rule, finding.verdict) == ("A03-5", Verdict.RED)
    assert "办公室不同意放宽（3号）" in finding.sentence


def test_within_the_line_a_decision_changes_nothing() -> None:
    finding = age(claim("1975-01", reserve=True, result="approved"))
    assert (finding.rule, finding.verdict) == ("A03-5", Verdict.OK)


def test_q30_an_upper_limit_is_held_against_the_decision() -> None:
    seen = claim("1967-04", reserve=True, result="approved")
    assert age(seen).verdict is Verdict.OK
    assert age(seen, ruling("eligibility.relaxation_years", "4", applies=EFFECT)).verdict is Verdict.OK
    finding = age(seen, ruling("eligibility.relaxation_years", "3", applies=EFFECT))
    assert finding.verdict is Verdict.AMBER
    assert "超过界限37个月，多于放宽上限3年" in finding.sentence


def test_q30_the_reach_of_relaxation_can_stop_below_department_level() -> None:
    below_only = ruling("eligibility.relaxation_reach", "other", applies=EFFECT)
    seen = claim("1959-03", "department", reserve=True, result="approved")
    assert age(seen).verdict is Verdict.OK
    assert (age(seen, below_only).rule, age(seen, below_only).verdict) == ("A03-4", Verdict.RED)
    assert age(claim("1969-03", reserve=True, result="approved"), below_only).verdict is Verdict.OK


# Who is judged


def test_who_is_not_posted_yet_is_judged_as_if_chosen_today() -> None:
    who = person(birth="1969-03", rank="division", reserve=True)
    finding = age(facts(persons=[who]))
    assert (finding.rule, finding.subject, finding.verdict) == ("A03-5", f"person:{who.id}", Verdict.RED)
    assert ("派驻起", "尚未派驻") in finding.inputs
    relaxed = age(facts(persons=[who], decisions=[decision("relaxation", who.id)]))
    assert (relaxed.rule, relaxed.verdict) == ("A03-6", Verdict.OK)


def test_who_is_posted_is_judged_once_for_each_posting() -> None:
    who = person()
    seen = facts(persons=[who], postings=[posting(who, until=EFFECT), posting(who, since=None)])
    assert [one.subject.split(":")[0] for one in judged(seen, "A03-5")] == ["posting", "posting"]


# Education and health


@pytest.mark.parametrize(
    ("education", "health", "verdict", "words"),
    [
        ("10", "good", Verdict.OK, "符合"),
        ("39", "fair", Verdict.OK, "符合"),
        ("40", "good", Verdict.AMBER, "不属大专以上"),
        ("", "good", Verdict.NOTICE, "未登记学历"),
        ("21", "", Verdict.NOTICE, "未登记健康状况"),
        ("21", "poor", Verdict.AMBER, "健康状况不符合要求"),
        ("", "poor", Verdict.AMBER, "未登记学历"),
    ],
)
def test_education_and_health_warn_and_never_fail(education: str, health: str, verdict: Verdict, words: str) -> None:
    who = person(education=education, health=health)
    for postings in ([], [posting(who)]):
        finding = only(facts(persons=[who], postings=postings), "A03-3")
        assert finding.verdict is verdict
        assert words in finding.sentence
