"""Article 2: 57 teams, generally five people, and who sits on which post (V10)."""

from datetime import date
from typing import Any

import msgspec
import pytest

from tests.domain.rules.build import COUNTY, POLICY, TODAY, facts, full_team, judged, only, person, posting, team
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Finding, Verdict
from tuopin_desktop.domain.seats import empty

AFTER_TERM = date(2021, 1, 1)


def changed(index: int, *, who: dict[str, Any] | None = None, **post: Any) -> Facts:
    """Return a full team of which one person or posting is changed."""
    people, postings = (list(part) for part in full_team())
    people[index] = msgspec.structs.replace(people[index], **(who or {}))
    postings[index] = msgspec.structs.replace(postings[index], **post)
    return facts(teams=[team()], persons=people, postings=postings)


def region(count: int, manned: int, **said: Any) -> Facts:
    codes = [f"15{number:04d}" for number in range(count)]
    postings = [posting(f"{code}/p", county=code) for code in codes[:manned]]
    return Facts(today=TODAY, scope="15", teams=tuple(team(code) for code in codes), postings=tuple(postings), **said)


def test_57_teams_with_people_are_right() -> None:
    finding = only(region(57, 57), "A02-1", "office:15/office")
    assert finding.verdict is Verdict.OK
    assert finding.subject_words == "全区"


@pytest.mark.parametrize(("count", "manned"), [(56, 56), (58, 57), (57, 56)])
def test_another_number_of_teams_is_a_warning(count: int, manned: int) -> None:
    finding = only(region(count, manned), "A02-1", "office:15/office")
    assert finding.verdict is Verdict.AMBER
    assert f"现登记{count}个，其中{manned}个有人在派" in finding.sentence
    assert finding.article == 2


def test_teams_are_not_counted_in_a_county() -> None:
    assert [one.subject for one in judged(facts(teams=[team()]), "A02-1")] == [f"team:{COUNTY}/team"]


def test_after_the_term_nothing_is_asked_of_a_team_nobody_serves_in() -> None:
    people, postings = full_team()
    ended = tuple(msgspec.structs.replace(one, until=date(2020, 12, 31)) for one in postings)
    seen = Facts(today=AFTER_TERM, scope="15", teams=(team(),), persons=people, postings=ended)
    assert judged(seen, "A02-*") == []


def test_after_the_term_people_still_in_service_are_judged() -> None:
    people, postings = full_team()
    seen = Facts(today=AFTER_TERM, scope="150125", teams=(team(),), persons=people, postings=postings)
    assert {finding.rule for finding in judged(seen, "A02-*")} == {"A02-1", "A02-2", "A02-3", "A02-4"}


def test_six_active_persons_are_a_warning_that_names_article_2() -> None:
    people, postings = full_team()
    extra = person(name="孙八")
    seen = facts(teams=[team()], persons=[*people, extra], postings=[*postings, posting(extra)])
    finding = only(seen, "A02-1")
    assert finding.verdict is Verdict.AMBER
    assert finding.sentence == "每队一般为5人，现在派6人，多1人（管理办法第二条）"
    assert finding.steps[-1] == "在派 6 − 一般 5 = +1"


def test_an_ended_or_future_posting_does_not_count() -> None:
    assert "现在派4人，少1人" in only(changed(2, until=date(2018, 8, 31)), "A02-1").sentence
    assert "现在派4人，少1人" in only(changed(2, since=date(2018, 9, 2)), "A02-1").sentence
    assert only(changed(2, until=TODAY), "A02-1").verdict is Verdict.OK


def test_the_full_team_fits_every_slot() -> None:
    people, postings = full_team()
    findings = judged(facts(teams=[team()], persons=people, postings=postings), "A02-*")
    assert [finding.verdict for finding in findings] == [Verdict.OK] * 4
    assert findings[3].sentence == "区直队员1名、盟市队员1名、旗县队员1名，符合规定（管理办法第二条）"
    assert ("赵六", "盟市 处级") in findings[3].inputs


def test_two_members_from_the_league_and_none_from_the_county_are_a_warning() -> None:
    finding = only(changed(4, who={"rank": "division"}, source_level="league"), "A02-4")
    assert finding.verdict is Verdict.AMBER
    assert finding.article == 2
    assert "盟市队员2名（应1名）" in finding.sentence
    assert "旗县队员空缺" in finding.sentence
    assert "旗县队员：应 1 名，在派 0 名" in finding.steps


def test_a_leader_of_another_rank_is_a_warning() -> None:
    finding = only(changed(0, who={"rank": "division"}), "A02-2")
    assert finding.verdict is Verdict.AMBER
    assert "队长巴特尔为处级（应为厅级）" in finding.sentence


def test_a_deputy_of_another_rank_is_a_warning() -> None:
    assert "副队长李四为科级（应为处级）" in only(changed(1, who={"rank": "section"}), "A02-3").sentence


def test_the_rank_of_the_region_organs_member_is_open() -> None:
    assert only(changed(2, who={"rank": ""}), "A02-4").verdict is Verdict.OK


@pytest.mark.parametrize(
    ("seen", "rule", "words"),
    [
        (changed(0, who={"rank": ""}), "A02-2", "巴特尔职级未登记"),
        (changed(0, local_post=""), "A02-2", "巴特尔挂任职务未登记（旗县（市、区）党委副书记）"),
        (changed(0, local_post="县委书记"), "A02-2", "巴特尔挂任“县委书记”，请核对"),
        (changed(0, source_level=""), "A02-2", "巴特尔来源未登记"),
        (changed(1, local_post="副县长"), "A02-3", "李四挂任“副县长”，请核对"),
    ],
)
def test_what_is_not_registered_or_said_otherwise_is_a_notice(seen: Facts, rule: str, words: str) -> None:
    finding = only(seen, rule)
    assert finding.verdict is Verdict.NOTICE
    assert words in finding.sentence


def test_a_member_without_source_sits_on_the_empty_slot_as_in_the_matrix_and_is_named() -> None:
    finding = only(changed(4, source_level=""), "A02-4")
    assert finding.verdict is Verdict.NOTICE
    assert finding.sentence == "钱七来源未登记（管理办法第二条）"
    assert "旗县队员：应 1 名，在派 1 名" in finding.steps


def test_a_member_without_source_and_without_a_seat_is_one_too_many() -> None:
    people, postings = full_team()
    extra = person(name="孙八")
    seen = facts(teams=[team()], persons=[*people, extra], postings=[*postings, posting(extra, source_level="")])
    finding = only(seen, "A02-4")
    assert finding.verdict is Verdict.AMBER
    assert "另有队员孙八，没有相应岗位" in finding.sentence
    assert "孙八来源未登记" in finding.sentence
    assert "空缺" not in finding.sentence


@pytest.mark.parametrize(
    "sources", [("", "", ""), ("league", "", ""), ("league", "league", ""), ("county", "", "region")]
)
def test_the_rule_says_as_many_empty_posts_as_the_seats_have(sources: tuple[str, ...]) -> None:
    people, postings = full_team()
    changed_sources = [
        msgspec.structs.replace(one, source_level=source) for one, source in zip(postings[2:], sources, strict=True)
    ]
    own = [*postings[:2], *changed_sources]
    said = only(facts(teams=[team()], persons=people, postings=own), "A02-4").sentence.count("空缺")
    assert said == empty(POLICY.slots, own, TODAY)


def test_two_leaders_are_a_warning() -> None:
    finding = only(changed(1, position="leader", local_post="县委副书记"), "A02-2")
    assert finding.verdict is Verdict.AMBER
    assert "队长2名（应1名）" in finding.sentence


def test_a_posting_without_its_person_is_a_notice() -> None:
    _, postings = full_team()
    finding = only(facts(teams=[team()], postings=postings), "A02-2")
    assert finding.verdict is Verdict.NOTICE
    assert finding.inputs == (("未登记人员", "区直 武川县委副书记"),)
    bare = facts(teams=[team()], postings=[posting("150125/p", "leader", source_level="")])
    assert only(bare, "A02-2").inputs == (("未登记人员", "未登记"),)


def vacancy(**post: Any) -> Finding:
    return only(changed(0, **post), "A02-2")


def test_a_vacancy_is_counted_from_the_day_after_the_last_holder_left() -> None:
    finding = vacancy(until=date(2018, 8, 29))
    assert finding.verdict is Verdict.AMBER
    assert "队长空缺3天（应1名）" in finding.sentence
    assert "队长空缺1天" in vacancy(until=date(2018, 8, 31)).sentence


def test_a_slot_never_filled_is_empty_since_the_team_arrived() -> None:
    assert "队长空缺95天" in only(facts(teams=[team()]), "A02-2").sentence
    assert "队长空缺95天" in vacancy(until=date(2018, 5, 1)).sentence


@pytest.mark.parametrize("arrived", [None, date(2018, 10, 1)])
def test_without_a_day_of_arrival_the_vacancy_has_no_length(arrived: date | None) -> None:
    assert "队长空缺（应1名）" in only(facts(teams=[team(arrived=arrived)]), "A02-2").sentence


def test_another_members_departure_does_not_start_the_clock() -> None:
    people, postings = full_team()
    gone = msgspec.structs.replace(postings[3], until=date(2018, 8, 30))
    seen = facts(teams=[team()], persons=people, postings=[*postings[:3], gone])
    sentence = only(seen, "A02-4").sentence
    assert "盟市队员空缺2天" in sentence
    assert "旗县队员空缺95天" in sentence
