"""Article 10 on ink, filings and the return: what is missing is said with its day, and nobody is accused of a draft."""

from datetime import date

import msgspec
import pytest

from tests.domain.rules.build import facts, inked, judged, only, person, posting, slip
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.office import library

WHO = person(name="张三")
LEADER, MEMBER = posting(WHO, "leader"), posting(WHO)


def seen(made: LeaveSlip, today: date, **said: object) -> Facts:
    of = LEADER if made.form == "leader" else MEMBER
    return facts(persons=[WHO], postings=[of], slips=[made], today=today, calendar=library.calendar(), **said)


def of(form: str = "member", **said: object) -> LeaveSlip:
    return slip(LEADER if form == "leader" else MEMBER, "2018-07-05am/2018-07-10pm", form, **said)


@pytest.mark.parametrize(("form", "rule", "missing"), [("leader", "A10-4", "办公室领导"), ("member", "A10-5", "队长")])
def test_missing_ink_is_asked_for_once_the_leave_has_begun(form: str, rule: str, missing: str) -> None:
    made = of(form)
    before = only(seen(made, date(2018, 7, 4), opinions=[]), rule)
    assert before.verdict is Verdict.OK
    begun = only(seen(made, date(2018, 7, 5), opinions=[]), rule)
    assert begun.verdict is Verdict.AMBER
    assert missing in begun.sentence


def test_a_filing_is_asked_for_after_its_day() -> None:
    made = of()
    assert only(seen(made, date(2018, 7, 5), filings=[]), "A10-5").verdict is Verdict.OK
    late = only(seen(made, date(2018, 7, 6), filings=[]), "A10-5")
    assert late.verdict is Verdict.AMBER
    assert "应于2018年7月5日前报送" in late.sentence


def test_a_slip_that_no_longer_stands_asks_for_nothing() -> None:
    made = of(ended="voided", return_note="")
    found = {one.rule: one.verdict for one in judged(seen(made, date(2018, 9, 1), opinions=[]), "A10-*")}
    assert found == {"A10-3": Verdict.OK, "A10-5": Verdict.OK}


@pytest.mark.parametrize(
    ("today", "verdict"),
    [
        (date(2018, 7, 9), None),
        (date(2018, 7, 10), Verdict.NOTICE),
        (date(2018, 7, 11), Verdict.NOTICE),
        (date(2018, 7, 12), Verdict.AMBER),
        (date(2018, 7, 25), Verdict.AMBER),
        (date(2018, 7, 26), Verdict.SUSPECTED),
    ],
)
def test_an_overstay_grows_from_notice_to_suspected_on_the_sixteenth_day(today: date, verdict: Verdict | None) -> None:
    found = judged(seen(of(return_note=""), today), "A10-6")
    assert [one.verdict for one in found] == ([verdict] if verdict else [])
    if verdict in (Verdict.AMBER, Verdict.SUSPECTED):
        still = "如不返岗，" if verdict is Verdict.AMBER else ""
        assert f"2018-07-11 + 15 天 = 2018-07-26，{still}该日起连续超过15天" in found[0].steps


def test_v4_sixteen_days_and_six_after_a_late_extension() -> None:
    made = of(returned="2018-07-27am", reported=date(2018, 7, 27))
    finding = only(seen(made, date(2018, 8, 1)), "A10-6")
    assert (finding.verdict, finding.sentence[:6]) == (Verdict.SUSPECTED, "超假16天，")
    longer = slip(MEMBER, "2018-07-11am/2018-07-20pm", follows=made.id, relation="extension", late_reason="补办")
    both = facts(persons=[WHO], postings=[MEMBER], slips=[made, longer], today=date(2018, 8, 1))
    finding = only(both, "A10-6")
    assert (finding.verdict, finding.sentence[:5]) == (Verdict.AMBER, "超假6天，")


def test_back_in_time_but_reported_late_is_a_notice_and_in_time_is_ok() -> None:
    back = of(returned="2018-07-10pm", reported=date(2018, 7, 11))
    assert only(seen(back, date(2018, 8, 1)), "A10-6").verdict is Verdict.OK
    late = msgspec.structs.replace(back, reported=date(2018, 7, 14))
    finding = only(seen(late, date(2018, 8, 1)), "A10-6")
    assert (finding.verdict, "7月14日才销假" in finding.sentence) == (Verdict.NOTICE, True)


def test_a_slip_that_was_never_printed_or_has_its_return_on_paper_accuses_nobody() -> None:
    draft = of(printed=None, return_note="")
    assert only(seen(draft, date(2019, 7, 1), opinions=[]), "A10-6").verdict is Verdict.NOTICE
    on_paper = of(return_note="7月10日已销假")
    assert only(seen(on_paper, date(2019, 7, 1)), "A10-6").verdict is Verdict.OK


def test_a_filing_that_came_late_is_remembered_when_it_has_come() -> None:
    made = of()
    opinions, filings = inked(made)
    late = [msgspec.structs.replace(one, filed=date(2018, 9, 1)) for one in filings[:1]]
    known = msgspec.structs.replace(
        seen(made, date(2018, 10, 1)), opinions=tuple(opinions), filings=(*late, *filings[1:])
    )
    finding = only(known, "A10-5")
    assert finding.verdict is Verdict.AMBER
    assert "备案逾期" in finding.sentence
    assert "2018年9月1日报送" in finding.sentence
    in_time = msgspec.structs.replace(known, filings=tuple(filings))
    assert only(in_time, "A10-5").verdict is Verdict.OK
