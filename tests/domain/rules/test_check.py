"""Rules are declared once, speak the measure's words, and are asked by key, pattern or subject."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.domain.attendance.marks import months, spread
from tests.domain.duties.dutyrecords import dutiful
from tests.domain.rules.build import (
    COUNTY,
    EFFECT,
    POLICY,
    ROOT,
    TODAY,
    facts,
    full_team,
    judged,
    only,
    person,
    posting,
    ruling,
    slip,
    team,
)
from tuopin_desktop.domain import ids, measure
from tuopin_desktop.domain.alterations import ALTERED
from tuopin_desktop.domain.contradictions.kinds import CONTRADICTION
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.findings import Verdict, article_words
from tuopin_desktop.domain.journals.logdays import Journals
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.rules import RULES, check, each, evidence
from tuopin_desktop.domain.uncounted import UNCOUNTED

MEASURE = measure.read((ROOT / "resources" / "measure" / "2018-nmg.txt").read_text(encoding="utf-8"))
WORDS = {
    "A02-1": ("57 个", "每队一般为 5 人"),
    "A02-2": ("副厅级", "党委副书记"),
    "A02-3": ("副队长由处级干部担任",),
    "A02-4": ("自治区直属机关单位 1 名干部", "盟市 1 名处级干部", "1 名科级干部"),
    "A03-3": ("大专以上学历", "身体健康"),
    "A03-4": ("厅级领导干部年龄在 57 周岁以下（1960 年 5 月以后出生）",),
    "A03-5": ("处级和科级及以下干部年龄在 47 周岁以下（1970 年 5 月以后出生）",),
    "A03-6": ("如为后备干部，年龄可适当放宽",),
    "A04-2": ("帮扶期间不承担原单位工作",),
    "A04-3": ("党组织关系转接到派驻地",),
    "A05-1": ("书面申请", "审核批准", "不得擅自调整"),
    "A06-1": ("2020 年底",),
    "A06-2": ("工作队不撤离",),
    "A09-1": ("每月在派驻旗县（市、区）工作不少于 20 天",),
    "A09-2": ("大部分时间要进村入户",),
    "A09-3": ("每月在派驻旗县（市、区）工作不少于 20 天",),
    "A09-4": ("每月在派驻旗县（市、区）工作不少于 20 天",),
    "A10-2": ("周记", "工作日志", "工作台账"),
    "A10-3": ("必须履行请销假手续",),
    "A10-4": ("队长请假报备单",),
    "A10-5": ("副队长、队员请假报备单",),
    "A10-8": ("报自治区贫困旗县脱贫攻坚工作队管理办公室批准",),
    "A17-2": ("强化监督考核",),
    "A10-6": ("及时向准假的单位（领导）销假",),
    "A10-9": ("及时向准假的单位（领导）销假",),
    "A10-7": ("必须履行请销假手续",),
    **dict.fromkeys((rule.key for rule in evidence.RULES), ("明查暗访", "查阅工作台账")),
    "A06-3": ("帮扶期限",),
    "A08-1": ("定期听取派出人选学习工作思想汇报", "谈心谈话"),
    "A11-1": ("岗前培训",),
    "A11-3": ("每年至少举办工作总队示范培训班 1 次",),
    "A12-1": ("每月", "5 日前"),
    "A12-2": ("一般每两月",),
    "A12-3": ("联席会议",),
    "A12-4": ("每半年",),
    "A12-6": ("十不准",),
    "A14-1": ("按期",),
    "A14-2": ("帮扶工作结束后，表现优秀、实绩突出的，要优先提拔重用",),
    "A18-2": ("10 至 12 次",),
    "A18-5": ("人身意外伤害",),
    "A16-1": ("及时调整召回", "主要领导同志对其约谈"),
    "A16-3": ("连续超过 15 天", "累计超过 30 天"),
    "A20-1": ("负责解释",),
}


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("key", sorted({rule.key for rule in RULES}))
def test_every_rule_stands_on_words_of_its_article(key: str) -> None:
    article = MEASURE.articles[int(key[1:3])]
    assert all(plain(words) in plain(article.text) for words in WORDS[key])
    assert {rule.article for rule in RULES if rule.key == key} == {article.number}


def test_articles_are_cited_as_the_measure_prints_them() -> None:
    assert [article_words(number) for number in MEASURE.articles] == [
        article.name for article in MEASURE.articles.values()
    ]


def test_a_rule_is_declared_once_for_each_kind_of_subject() -> None:
    assert len({(rule.key, rule.over) for rule in RULES}) == len(RULES)
    assert all(rule.over in {*KINDS, CONTRADICTION, UNCOUNTED, ALTERED} for rule in RULES)
    assert all(rule.title for rule in RULES)


def test_every_switch_a_rule_names_is_in_the_pack() -> None:
    assert {key for rule in RULES for key in rule.switches} <= set(POLICY.switches)


def whole() -> Facts:
    people, postings = full_team()
    away = slip(postings[2], "2018-06-05am/2018-06-08pm")
    return facts(
        teams=[team()],
        persons=people,
        postings=postings,
        slips=[away],
        rulings=(ruling("presence.unit", "min"),),
        **dutiful(postings),
        attendance=months(spread("2018-08-01", "2018-08-24", "vw/vw"), postings[0].id),
        journals=Journals(
            {f"{postings[0].id}/2018-08": (1 << 24) - 1},
            {f"{COUNTY}/2018-W{week}": None for week in range(31, 35)},
        ),
    )


def test_a_team_as_the_measure_wants_it_is_all_ok() -> None:
    findings = check(whole(), POLICY)
    registered = [finding for finding in findings if finding.rule != "A09-4"]  # one month of one of them is keyed
    assert {finding.verdict for finding in registered} == {Verdict.OK}
    silent = {*evidence.KEY_OF.values(), "A03-6", "A05-1", "A06-2", "A10-4", "A11-3", "A12-2", "A14-1", "A16-3"}
    silent |= {"A16-1", "A04-2", "A06-3", "A09-3", "A10-7", "A10-8", "A10-9", "A14-2", "A17-2"}
    assert {finding.rule for finding in findings} == {rule.key for rule in RULES} - silent


def test_every_finding_names_its_article_and_a_well_formed_subject() -> None:
    for finding in check(whole(), POLICY):
        assert finding.sentence.endswith(f"（管理办法{article_words(finding.article)}）")
        assert finding.subject_words
        assert ids.split(finding.subject)[0] in KINDS


def test_rules_are_asked_by_key_pattern_and_subject() -> None:
    seen = whole()
    subject = f"posting:{seen.postings[0].id}"
    assert {finding.rule for finding in check(seen, POLICY, "A10-*")} == {"A10-2", "A10-3", "A10-5", "A10-6"}
    assert {finding.rule for finding in check(seen, POLICY, "A02-1")} == {"A02-1"}
    assert check(seen, POLICY, "A99-9") == []
    assert {finding.subject for finding in check(seen, POLICY, subject=subject)} == {subject}
    assert check(seen, POLICY, "A03-4", subject) == check(seen, POLICY, "A03-4")[:1]
    assert check(seen, POLICY, subject="posting:150125/unknown") == []
    assert check(seen, POLICY, subject="moon") == []


def test_findings_can_be_counted_one_by_one() -> None:
    seen = whole()
    assert list(each(seen, POLICY)) == check(seen, POLICY)


def test_before_the_measure_took_effect_there_are_only_notices() -> None:
    who = person(birth="1960-01", rank="division")
    early, late = posting(who, since=date(2018, 5, 2)), posting(who, since=EFFECT)
    assert only(facts(persons=[who], postings=[late]), "A03-5").verdict is Verdict.RED
    finding = only(facts(persons=[who], postings=[early]), "A03-5")
    assert finding.verdict is Verdict.NOTICE
    assert "办法施行前（2018-05-02）" in finding.sentence
    before = facts(today=date(2018, 5, 1), teams=[team()])
    assert {finding.verdict for finding in judged(before, "A02-*")} == {Verdict.NOTICE}


def test_an_ok_stays_ok_before_the_measure_took_effect() -> None:
    who = person()
    seen = facts(persons=[who], postings=[posting(who, since=date(2018, 5, 2))])
    assert only(seen, "A03-5").verdict is Verdict.OK
    assert "施行前" not in only(seen, "A03-5").sentence


def test_judging_reads_each_lookup_instead_of_searching_the_tables() -> None:
    """Once the lookups stand, the tables themselves are not walked again: judging stays linear."""
    people, postings = full_team()
    walks = 0

    class Counted(tuple):
        def __iter__(self) -> Iterator[Any]:
            nonlocal walks
            walks += 1
            return super().__iter__()

    slips = Counted(slip(postings[n % 5], f"2018-07-{n + 1:02d}am/2018-07-{n + 1:02d}pm") for n in range(20))
    seen = Facts(
        today=TODAY, scope=COUNTY, teams=(team(),), persons=Counted(people), postings=Counted(postings), slips=slips
    )
    check(seen, POLICY)
    first = walks
    check(seen, POLICY)
    assert walks == first


def test_subjects_are_called_by_the_offices_words() -> None:
    who = person(name="乌云其其格")
    post = posting(who, "deputy")
    seen = facts(
        teams=[team(name="")],
        persons=[who],
        postings=[post],
        slips=[slip(post, "", number="2018-007", name="乌云其其格")],
        rulings=(ruling("presence.unit", "min", paper="9号"),),
    )
    words = {finding.subject.split(":")[0]: finding.subject_words for finding in check(seen, POLICY)}
    assert words == {
        "team": "武川县工作总队",
        "person": "乌云其其格",
        "posting": "乌云其其格（武川县副队长）",
        "leave_slip": "乌云其其格 请假报备单 2018-007",
        "ruling": "presence.unit 9号",
    }


def test_a_ruling_that_fits_is_said_in_words() -> None:
    finding = only(facts(rulings=(ruling("presence.unit", "min", applies=date(2018, 10, 1)),)), "A20-1")
    assert finding.verdict is Verdict.OK
    assert "20天与当月工作日数取小" in finding.sentence
    assert "2018-10-01" in finding.steps[1]
    assert "2018-07-01" in only(facts(rulings=(ruling("presence.unit", "min"),)), "A20-1").steps[1]


def test_a_ruling_that_does_not_fit_is_shown() -> None:
    finding = only(facts(rulings=(ruling("presence.days", "18"),)), "A20-1")
    assert finding.verdict is Verdict.AMBER
    assert "未采用" in finding.sentence
