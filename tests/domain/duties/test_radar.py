"""The radar: a fresh office knows its year, a record with evidence makes a duty done, days are counted exactly (V8)."""

from collections import Counter
from datetime import date
from typing import Any

import msgspec
import pytest

from tests.domain.duties.dutyrecords import half_year, insurance, meeting, report, talk, trip
from tests.domain.rules.build import COUNTY, POLICY, county, facts, full_team, posting, ruling, team
from tuopin_desktop.domain.duties.duty import Duty, State, count_duties, overdue
from tuopin_desktop.domain.duties.radar import heat, pressing, radar
from tuopin_desktop.domain.dutyevidence import DutyEvidence, uncovered
from tuopin_desktop.domain.policy import with_rulings
from tuopin_desktop.domain.records import BallotRound, Grade, WorkSummary

SPRING = date(2019, 6, 3)


def made(*, rulings: tuple[Any, ...] = (), **said: Any) -> list[Duty]:
    seen = facts(**{"today": SPRING, "teams": [team()], **said})
    return radar(seen, with_rulings(POLICY, rulings, seen.today), seen.today.year)


def one(duties: list[Duty], what: str, period: str = "") -> Duty:
    (found,) = [duty for duty in duties if duty.what == what and period in ("", duty.period)]
    return found


def test_a_fresh_county_with_its_start_date_sees_the_whole_year_with_its_articles() -> None:
    duties = made(today=date(2019, 1, 1))
    counts = {(duty.rule, duty.what): 0 for duty in duties}
    for duty in duties:
        counts[duty.rule, duty.what] += 1
    assert counts == {
        ("A12-1", "月报"): 12,
        ("A12-1", "工作分析例会"): 12,
        ("A12-3", "联席会议"): 12,
        ("A10-2", "总队周记"): 53,
        ("A04-3", "党组织关系转接"): 1,
        ("A08-1", "听取汇报或谈心谈话"): 1,
        ("A11-1", "岗前培训"): 1,
        ("A12-4", "半年报告"): 1,
        ("A12-6", "“十不准”承诺签字"): 1,
        ("A15-2", "年度工作总结"): 2,
        ("A15-2", "民主测评"): 1,
        ("A15-2", "民意调查"): 1,
        ("A18-2", "往返交通"): 1,
        ("A18-5", "意外伤害保险"): 1,
    }
    assert {duty.article for duty in duties} == {4, 8, 10, 11, 12, 15, 18}
    assert all(date(2019, 1, 1) <= duty.due <= date(2019, 12, 31) for duty in duties)
    assert {duty.state for duty in duties} <= {State.DUE, State.AHEAD}
    assert one(duties, "月报", "2018年12月").due == date(2019, 1, 5)


def test_a_county_that_has_not_arrived_owes_nothing_and_nobody_owes_after_the_term() -> None:
    assert made(teams=[team(arrived=None)]) == []
    assert made(teams=[team(arrived=date(2019, 12, 20))], today=date(2019, 1, 1)) != []
    assert [duty for duty in made(today=date(2021, 3, 1)) if duty.what == "月报"] == []


def test_the_region_office_owes_its_meetings_a_class_and_last_year_s_grades_and_a_county_does_not() -> None:
    duties = made(scope="15", teams=[], counties=(county(),))
    assert Counter((duty.rule, duty.what) for duty in duties) == {
        ("A12-2", "队长会议"): 6,
        ("A11-3", "示范培训班"): 1,
        ("A15-3", "年度考核等次建议"): 1,
        ("A15-1", "年度考核等次确定"): 1,
        ("A17-1", "办公室研究工作队管理"): 2,
    }
    assert one(duties, "队长会议", "2019年3月至4月").due == date(2019, 4, 30)
    assert one(duties, "年度考核等次建议", "2018年度").due == date(2019, 1, 31)
    assert one(duties, "办公室研究工作队管理", "2019年1月至6月").due == date(2019, 6, 30)


def test_how_often_the_office_studies_the_teams_can_be_ruled() -> None:
    duties = made(scope="15", teams=[], counties=(county(),), rulings=(ruling("office.study_months", "3"),))
    kept = [duty.period for duty in duties if duty.article == 17]
    assert kept == ["2019年1月至3月", "2019年4月至6月", "2019年7月至9月", "2019年10月至12月"]


def test_a_summary_is_done_when_it_is_handed_in_with_its_text_and_a_vote_when_ballots_are_keyed() -> None:
    people, postings = full_team()
    end = date(2019, 12, 31)
    said: dict[str, Any] = {"persons": people, "postings": postings}
    held = BallotRound(id=f"{COUNTY}/2019-survey-2019-12-20", year=2019, source="survey", held=date(2019, 12, 20))
    own = WorkSummary(id="x", subject=postings[0].id, year=2019, handed=date(2019, 12, 20), text="全年")
    bare = WorkSummary(id="y", subject=postings[1].id, year=2019, handed=date(2019, 12, 20))
    book = DutyEvidence(summaries=(own, bare), rounds=(held,))
    duties = made(today=end, duty_evidence=book, **said)
    summaries = {duty.subject: duty for duty in duties if duty.what == "年度工作总结"}
    states = [summaries[f"posting:{posting.id}"].state for posting in postings[:3]]
    assert states == [State.DONE, State.BARE, State.DUE]
    assert summaries[f"team:{COUNTY}/team"].preset["subject"] == f"{COUNTY}/team"
    assert one(duties, "民意调查").state is State.BARE
    assert one(duties, "民主测评").state is State.DUE
    keyed = msgspec.structs.replace(book, voted=frozenset({held.id}))
    duty = one(made(today=end, duty_evidence=keyed, **said), "民意调查")
    assert (duty.state, duty.evidence) == (State.DONE, (f"ballot_round:{held.id}",))
    late = made(today=date(2020, 1, 1), **said)
    assert [duty.what for duty in late if duty.what == "民意调查"] == ["民意调查"], "of 2020 by then"


def test_grades_are_half_done_until_everybody_of_the_year_has_one() -> None:
    people, postings = full_team()
    said: dict[str, Any] = {"scope": "15", "persons": people, "postings": postings, "today": date(2019, 1, 20)}

    def graded(number: int, **told: Any) -> DutyEvidence:
        return DutyEvidence(grades=tuple(Grade(id=p.id, subject=p.id, year=2018, **told) for p in postings[:number]))

    assert one(made(**said), "年度考核等次建议").state is State.DUE
    some = one(made(duty_evidence=graded(4, proposed="excellent"), **said), "年度考核等次建议")
    assert (some.state, some.said) == (State.HALF, "应评5人，已登记4人")
    every = made(duty_evidence=graded(5, proposed="excellent"), **said)
    assert one(every, "年度考核等次建议").state is State.DONE
    assert one(every, "年度考核等次确定").state is State.DUE
    told: dict[str, Any] = {"decided": "excellent", "decided_on": date(2019, 3, 2), "paper": "内组考〔2019〕3号"}
    decided = one(made(duty_evidence=graded(5, **told), **{**said, "today": date(2019, 4, 1)}), "年度考核等次确定")
    assert (decided.state, decided.days, decided.mild) == (State.LATE, 2, True)


@pytest.mark.parametrize(("held", "state"), [("2019-06-05", State.DONE), ("2019-06-06", State.LATE)])
def test_a_meeting_on_the_fifth_is_in_time_and_on_the_sixth_late(held: str, state: State) -> None:
    duties = made(today=date(2019, 6, 30), duty_evidence=DutyEvidence(meetings=(meeting("analysis", held),)))
    duty = one(duties, "工作分析例会", "2019年6月")
    assert (duty.state, duty.days) == (state, 0 if state is State.DONE else 1)
    assert len(duty.evidence) == 1


def test_the_fifth_can_be_ruled_out_or_shifted_to_the_next_workday() -> None:
    exclusive = made(rulings=(ruling("meeting.analysis_count", "exclusive"),))
    assert one(exclusive, "工作分析例会", "2019年6月").due == date(2019, 6, 4)


def test_a_meeting_without_minutes_or_scan_is_not_done() -> None:
    bare = meeting("joint", "2019-05-20", minutes="")
    assert one(made(duty_evidence=DutyEvidence(meetings=(bare,))), "联席会议", "2019年5月").state is State.BARE
    scanned = DutyEvidence(meetings=(bare,), attached=frozenset({f"meeting:{bare.id}"}))
    assert one(made(duty_evidence=scanned), "联席会议", "2019年5月").state is State.DONE


def test_a_joint_meeting_missing_at_the_end_of_the_month_is_overdue() -> None:
    assert one(made(today=date(2019, 5, 31)), "联席会议", "2019年5月").state is State.DUE
    duty = one(made(today=date(2019, 6, 1)), "联席会议", "2019年5月")
    assert (duty.state, duty.days, duty.mild) == (State.OVERDUE, 1, False)


def test_a_report_drafted_and_not_sent_is_still_to_be_done() -> None:
    duty = one(made(duty_evidence=DutyEvidence(reports=(report("2019-05", None),))), "月报", "2019年5月")
    assert (duty.state, duty.said) == (State.DUE, "已拟稿，未报出")
    sent = one(made(duty_evidence=DutyEvidence(reports=(report("2019-05", "2019-06-02"),))), "月报", "2019年5月")
    assert sent.state is State.DONE


def test_a_half_year_report_with_one_of_two_receivers_is_half_done() -> None:
    people, postings = full_team()
    books = [
        (half_year(postings[0], 2019, "first", "2019-06-01", None), State.HALF),
        (half_year(postings[0], 2019, "first", "2019-06-01", "2019-06-03"), State.DONE),
        (half_year(postings[0], 2019, "first", None, None), State.DUE),
    ]
    for kept, state in books:
        duties = made(persons=people, postings=postings, duty_evidence=DutyEvidence(half_years=(kept,)))
        found = [duty for duty in duties if duty.what == "半年报告" and postings[0].id in duty.subject]
        assert [duty.state for duty in found] == [state, State.AHEAD]
    late = made(persons=people, postings=postings, today=date(2019, 7, 15))
    assert {duty.mild for duty in late if duty.period == "2019年上半年"} == {True}
    red = made(persons=people, postings=postings, today=date(2019, 7, 16))
    assert {duty.mild for duty in red if duty.period == "2019年上半年"} == {False}


def test_whoever_left_owes_nothing_afterwards() -> None:
    people, _ = full_team()
    gone = posting(people[0], "leader", since=date(2018, 5, 30), until=date(2019, 2, 1))
    duties = made(persons=people[:1], postings=[gone])
    assert [duty for duty in duties if duty.what == "半年报告"] == []
    assert one(duties, "往返交通").due == date(2019, 2, 1)


def test_whoever_s_service_ended_is_appraised_as_a_whole_once_after_the_last_posting() -> None:
    people, _ = full_team()
    first = posting(people[0], "leader", until=date(2018, 10, 1))
    last = posting(people[0], "leader", since=date(2018, 10, 2), until=date(2019, 3, 31))
    said: dict[str, Any] = {"persons": people[:1], "postings": [first, last]}
    duty = one(made(**said), "综合考核")
    assert (duty.subject, duty.due, duty.state) == (f"posting:{last.id}", date(2019, 5, 30), State.OVERDUE)
    assert (duty.article, duty.mild) == (15, True)
    grade = Grade(id="x", subject=last.id, year=0, decided="competent", decided_on=date(2019, 5, 20), paper="3号")
    assert one(made(**said, duty_evidence=DutyEvidence(grades=(grade,))), "综合考核").state is State.DONE
    stays = made(today=date(2020, 12, 1), persons=people[:1], postings=[posting(people[0], "leader")])
    assert [duty for duty in stays if duty.what == "综合考核"] == [], "the term ends on the last day of 2020"
    after = made(today=date(2021, 1, 10), persons=people[:1], postings=[posting(people[0], "leader")])
    assert one(after, "综合考核").due == date(2021, 3, 1)


def test_the_next_talk_is_due_half_a_year_after_the_last() -> None:
    people, postings = full_team()
    duties = made(
        persons=people, postings=postings, duty_evidence=DutyEvidence(talks=(talk(postings[0], "2019-01-10"),))
    )
    mine = [duty for duty in duties if duty.what.startswith("听取") and postings[0].id in duty.subject]
    assert [(duty.due, duty.state) for duty in mine] == [(date(2019, 7, 9), State.AHEAD)]


def test_the_heat_map_counts_what_is_done_late_due_and_overdue() -> None:
    kept = DutyEvidence(meetings=(meeting("analysis", "2019-01-04"), meeting("analysis", "2019-02-09")))
    cell = heat(made(duty_evidence=kept))[COUNTY, "工作分析例会"]
    assert (cell.done, cell.late, cell.due, cell.overdue) == (1, 1, 1, 3)
    assert cell.text == "2/6"


def test_a_team_owes_no_report_on_a_month_before_it_came_and_no_meeting_on_its_first_day() -> None:
    duties = made(teams=[team(arrived=date(2019, 3, 5))], today=date(2019, 1, 1))
    assert min(duty.due for duty in duties if duty.what == "工作分析例会") == date(2019, 4, 5)
    assert min(duty.period for duty in duties if duty.what == "月报") == "2019年10月"
    assert one(duties, "月报", "2019年3月").due == date(2019, 4, 5)


def test_many_overdue_periods_of_one_duty_are_one_line_of_the_short_list() -> None:
    listed = pressing(made(), SPRING)
    (notes,) = [duty for duty in listed if duty.what == "总队周记" and duty.state is State.OVERDUE]
    assert notes.period.endswith("等22期")
    assert notes.due == date(2019, 1, 1)
    assert notes.periods == 22


def test_a_gathered_line_counts_as_the_duties_it_stands_for() -> None:
    still = [duty for duty in made() if duty.state.open and duty.state is not State.AHEAD]
    now = [duty for duty in still if duty.due <= date(2019, 6, 13)]
    listed = pressing(now, SPRING)
    assert len(listed) < count_duties(listed) == len(now)
    assert count_duties(overdue(listed)) == len(overdue(now)) == sum(cell.overdue for cell in heat(now).values())


def test_what_presses_comes_first() -> None:
    listed = pressing(made(), SPRING)
    assert [duty.due for duty in listed if not duty.mild] == sorted(duty.due for duty in listed if not duty.mild)
    assert all(duty.state.open for duty in listed)
    assert max(duty.due for duty in listed) <= date(2019, 6, 13)


def test_days_without_cover_are_named_exactly() -> None:
    _, postings = full_team()
    kept = [insurance(postings[0], "2018-05-01", "2019-04-30"), insurance(postings[0], "2019-05-08", "2020-05-07")]
    assert uncovered(date(2018, 5, 30), date(2019, 12, 31), kept) == [(date(2019, 5, 1), date(2019, 5, 7))]
    assert uncovered(date(2020, 5, 8), date(2020, 5, 8), kept) == [(date(2020, 5, 8), date(2020, 5, 8))]
    assert uncovered(date(2018, 4, 1), date(2018, 4, 9), kept) == [(date(2018, 4, 1), date(2018, 4, 9))]


def test_the_trips_are_done_on_the_day_the_tenth_of_them_was_paid_for() -> None:
    people, postings = full_team()
    here = msgspec.structs.replace(postings[0], since=date(2018, 12, 31))
    in_time = [trip(here, f"2019-{month:02d}-05") for month in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11)]
    late = trip(here, "2019-03-05", "2020-01-20")
    seen = facts(today=date(2020, 3, 1), teams=[team()], persons=people, postings=[here], round_trips=[late, *in_time])
    assert one(radar(seen, POLICY, 2019), "往返交通").state is State.DONE
    nine = facts(
        today=date(2020, 3, 1), teams=[team()], persons=people, postings=[here], round_trips=[late, *in_time[:9]]
    )
    assert one(radar(nine, POLICY, 2019), "往返交通").state is State.LATE
