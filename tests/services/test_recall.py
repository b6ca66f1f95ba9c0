"""Recall from suspicion to closing: arithmetic attached, the member heard first, letters that cite their article."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, Measure, Posting, RecallCase
from tuopin_desktop.domain.records.dutychoices import MEASURE
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters, recall
from tuopin_desktop.services.registers import registers

FIRED = date(2018, 10, 5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", level="region", practice=True)) as desk:
        yield desk


@pytest.fixture
def absent(desk: Desk) -> Posting:
    """V3: away without reason from 2018-09-20 to 2018-10-05, sixteen natural days."""
    posting = enter(desk, "张三", unit="自治区林业和草原局")
    at(desk, date(2018, 10, 8))
    for month, first, last in (("2018-09", 20, 30), ("2018-10", 1, 5)):
        days = {f"d{day:02d}": "ou/ou" for day in range(first, last + 1)}
        empty = Attendance(id=f"{posting.id}/{month}", posting=posting.id, month=month)
        registers.save(desk, changed(empty, **days))
    return posting


def opened(desk: Desk, posting: Posting) -> RecallCase:
    return recall.open_case(desk, posting.id, "absence", FIRED)


def heard(desk: Desk, posting: Posting) -> RecallCase:
    case = opened(desk, posting)
    recall.hear(desk, case.id, "家中老人病重，未及时报备。", date(2018, 10, 9), taken_by="王主任")
    return case


def words(content: bytes) -> str:
    with closing(pypdfium2.PdfDocument(content)) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_who_is_suspected_waits_for_the_office_until_a_case_is_opened(desk: Desk, absent: Posting) -> None:
    (found,) = recall.suspicions(desk)
    assert (found.name, found.finding.day, found.unit) == ("张三", FIRED, "自治区林业和草原局")
    case = opened(desk, absent)
    assert recall.suspicions(desk) == []
    assert "连续离岗16天" in case.facts
    assert "÷ 2 = 16 天 > 15 天" in case.facts, "the arithmetic is kept with the case"
    assert recall.row(desk, case.id).state == "疑似，待本人说明"


def much_elsewhere(desk: Desk) -> None:
    """Write in so many counties, as a stick does, that a patient desk judges none of them at once."""
    counties = ("150125", "150222", "150429", "152222")
    desk.store.commit([Change("person", f"{one}/p", {"name": "李四"}) for one in counties], "赵甲", 1_539_000_000_000)


def test_a_case_keeps_todays_arithmetic_though_the_list_still_shows_yesterdays(desk: Desk, absent: Posting) -> None:
    recall.suspicions(desk)
    desk.patient = True
    at(desk, date(2018, 10, 9))
    attendance = desk.store.get(Attendance, f"{absent.id}/2018-10")
    assert attendance is not None
    much_elsewhere(desk)
    registers.save(desk, changed(attendance, **{f"d{day:02d}": "ou/ou" for day in (6, 7, 8)}))
    (older,) = recall.suspicions(desk)
    case = opened(desk, absent)
    desk.patient = False
    (fresh,) = [one for one in judging.findings(desk, "A16-3") if one.verdict is Verdict.SUSPECTED]
    assert older.finding.sentence != fresh.sentence, "the list waits until nobody asks"
    assert case.facts == "\n".join((fresh.sentence, *fresh.steps))


def test_no_case_is_opened_of_a_day_that_holds_no_longer(desk: Desk, absent: Posting) -> None:
    recall.suspicions(desk)
    desk.patient = True
    at(desk, date(2018, 10, 9))
    attendance = desk.store.get(Attendance, f"{absent.id}/2018-09")
    assert attendance is not None
    much_elsewhere(desk)
    registers.save(desk, changed(attendance, d19="ou/ou"))
    (older,) = recall.suspicions(desk)
    assert older.finding.day == FIRED
    with pytest.raises(Refused, match="是2018-10-04超过界限的"):
        opened(desk, absent)


def test_opening_twice_is_one_case(desk: Desk, absent: Posting) -> None:
    assert opened(desk, absent).id == opened(desk, absent).id
    assert len(recall.rows(desk)) == 1


def test_nobody_is_measured_before_he_was_heard(desk: Desk, absent: Posting) -> None:
    case = opened(desk, absent)
    with pytest.raises(Refused, match="请先登记本人说明"):
        recall.take(desk, case.id, "reselect", date(2018, 10, 10))
    with pytest.raises(Refused, match="请先登记本人说明"):
        letters.of_measure(desk, case.id, "reselect")
    with pytest.raises(Refused, match="请先登记本人说明"):
        recall.close(desk, case.id, "cleared", date(2018, 10, 10), "不成立")
    assert desk.store.rows(Measure) == []


def test_silence_counts_as_heard_only_with_how_he_was_asked(desk: Desk, absent: Posting) -> None:
    case = opened(desk, absent)
    with pytest.raises(Refused, match="告知本人的时间和方式"):
        recall.hear(desk, case.id, " ", date(2018, 10, 20), declined=True)
    recall.hear(desk, case.id, "10月9日电话、10日书面告知，逾期未答。", date(2018, 10, 20), declined=True)
    assert "逾期未作说明" in letters.of_measure(desk, case.id, "reselect").blocks[1].text  # type: ignore[union-attr]  # the block is a paragraph


def test_the_ladder_to_a_recall_and_its_closing(desk: Desk, absent: Posting) -> None:
    case = heard(desk, absent)
    recall.take(desk, case.id, "reselect", date(2018, 10, 10), paper="内组函〔2018〕9号")
    at(desk, date(2018, 10, 30))
    assert recall.row(desk, case.id).state == "待召回，已20天"
    (finding,) = judging.findings(desk, "A16-1")
    assert finding.verdict is Verdict.RED
    assert "2018-10-30 − 2018-10-10 = 20 天，规定 15 天" in finding.steps
    with pytest.raises(Refused, match="派驻记录还没有终止"):
        recall.close(desk, case.id, "recalled", date(2018, 10, 30), "已召回")
    registers.save(desk, changed(absent, until=date(2018, 10, 28), end_reason="recall"))
    assert recall.row(desk, case.id).state == "已召回，待办结"
    assert "尚未约谈" in judging.findings(desk, "A16-1")[0].sentence
    recall.take(desk, case.id, "interview", date(2018, 10, 29), taken_by="某局长")
    recall.reply(desk, case.id, "reselect", date(2018, 10, 29), "已召回并约谈")
    recall.close(desk, case.id, "recalled", date(2018, 10, 30), "已召回，另行选派")
    assert recall.row(desk, case.id).state == "已办结"
    assert judging.findings(desk, "A16-1")[0].verdict is Verdict.OK
    with pytest.raises(Refused, match="已办结"):
        recall.take(desk, case.id, "handling", date(2018, 10, 31))


def test_reselection_is_for_absence_alone(desk: Desk, absent: Posting) -> None:
    case = recall.open_case(desk, absent.id, "unfit", date(2018, 10, 1), "年中考核列末位。")
    recall.hear(desk, case.id, "服从组织安排。", date(2018, 10, 9))
    with pytest.raises(Refused, match="只适用于无正当理由离岗"):
        recall.take(desk, case.id, "reselect", date(2018, 10, 10))
    recall.take(desk, case.id, "opinion", date(2018, 10, 10))


def test_absence_that_no_finding_shows_needs_its_facts_in_words(desk: Desk) -> None:
    posting = enter(desk, "李四")
    with pytest.raises(Refused, match="请写明事实"):
        recall.open_case(desk, posting.id, "absence", date(2018, 6, 3))


@pytest.mark.parametrize("measure", list(MEASURE.labels))
def test_every_measure_has_its_letter_with_article_facts_and_name(desk: Desk, absent: Posting, measure: str) -> None:
    case = heard(desk, absent)
    letter = letters.of_measure(desk, case.id, measure)
    text = words(papers.pdf(desk, letter))
    for said in ("张三", "第十六条", "自治区派驻贫困旗县（市、区）脱贫攻坚工作总队管理办法", "连续离岗16天"):
        assert said in text
    assert "{" not in text
    assert papers.docx(desk, letter).startswith(b"PK")


def test_a_county_notes_the_members_words_and_nothing_else(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "county")) as county:
        posting = enter(county, "张三")
        with pytest.raises(Refused, match="由自治区工作队管理办公室登记"):
            recall.open_case(county, posting.id, "unfit", date(2018, 6, 3), "x")


def test_a_long_statement_stays_whole_on_the_paper(desk: Desk, absent: Posting) -> None:
    case = opened(desk, absent)
    recall.hear(desk, case.id, "情况说明。" * 400, date(2018, 10, 9))
    text = words(papers.pdf(desk, letters.of_measure(desk, case.id, "opinion")))
    assert re.sub(r"—\d+—练习数据不作凭证", "", text).count("情况说明。") == 400
