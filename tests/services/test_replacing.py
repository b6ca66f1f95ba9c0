"""Replacement: written application, approval, and only then the change; V10's other half."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at
from tests.services.test_recall import words
from tuopin_desktop.domain.findings import Verdict
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Person, Posting, Replacement
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office import papers
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.recall import letters, replacing
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_office(tmp_path / "office", level="region", practice=True)) as desk:
        yield desk


@pytest.fixture
def leaving(desk: Desk) -> Posting:
    posting = enter(desk, "张三", unit="自治区林业和草原局")
    at(desk, date(2018, 9, 1))
    return posting


@pytest.fixture
def successor(desk: Desk) -> Person:
    saved = registers.save(
        desk, Person(id=registers.new_id(desk, "150426"), name="李四", birth="1980-01", rank="division")
    )
    assert isinstance(saved, Person)
    return saved


def applied(desk: Desk, posting: Posting) -> str:
    made = Replacement(
        posting=posting.id,
        applied=date(2018, 9, 1),
        reason="health",
        words="因病不能坚持驻旗工作",
        successor="李四",
        successor_post="自治区林业和草原局副处长",
    )
    return replacing.apply(desk, made).id


def test_nothing_changes_before_the_office_has_approved(desk: Desk, leaving: Posting, successor: Person) -> None:
    application = applied(desk, leaving)
    with pytest.raises(Refused, match="还没有获得办公室批准"):
        replacing.carry_out(desk, application, successor.id, date(2018, 9, 15))
    assert desk.store.get(Posting, leaving.id) == leaving
    replacing.decide(desk, application, "refused", "内工办〔2018〕5号", date(2018, 9, 5))
    assert replacing.rows(desk)[0].state == "未批准"
    with pytest.raises(Refused, match="还没有获得办公室批准"):
        replacing.carry_out(desk, application, successor.id, date(2018, 9, 15))


def test_a_decision_is_recorded_once_and_names_the_first(desk: Desk, leaving: Posting) -> None:
    application = applied(desk, leaving)
    replacing.decide(desk, application, "refused", "内工办〔2018〕5号", date(2018, 9, 5))
    with pytest.raises(Refused, match="2018-09-05由内工办〔2018〕5号批复"):
        replacing.decide(desk, application, "approved", "内工办〔2018〕5号", date(2018, 9, 5))
    replacing.decide(desk, application, "approved", "内工办〔2018〕9号", date(2018, 9, 12))  # applied for again
    for result, paper in (("approved", "内工办〔2018〕9号"), ("refused", "内工办〔2018〕10号")):
        with pytest.raises(Refused, match="2018-09-12由内工办〔2018〕9号批复"):
            replacing.decide(desk, application, result, paper, date(2018, 9, 20))


def test_an_approved_change_ends_one_posting_and_begins_the_other(
    desk: Desk, leaving: Posting, successor: Person
) -> None:
    application = applied(desk, leaving)
    replacing.decide(desk, application, "approved", "内工办〔2018〕5号", date(2018, 9, 5))
    made = replacing.carry_out(desk, application, successor.id, date(2018, 9, 15))
    former = desk.store.get(Posting, leaving.id)
    assert former is not None
    assert (former.until, former.end_reason) == (date(2018, 9, 14), "health")
    assert (made.replaces, made.position, made.county) == (leaving.id, leaving.position, leaving.county)
    at(desk, date(2018, 9, 20))
    (finding,) = [one for one in judging.findings(desk, "A05-1") if one.subject == f"posting:{made.id}"]
    assert finding.verdict is Verdict.OK
    row = replacing.rows(desk)[0]
    assert (row.state, row.vacant) == ("已更换", 0)
    with pytest.raises(Refused, match="已有接替人员"):
        replacing.carry_out(desk, application, successor.id, date(2018, 9, 16))


def test_a_successor_is_under_the_pack_and_in_the_village_of_whom_he_succeeds(
    desk: Desk, leaving: Posting, successor: Person
) -> None:
    village = changed(leaving, position="first", pack="2021-village", village="赛沁塔拉嘎查")
    assert registers.save(desk, village) == village
    application = applied(desk, village)
    replacing.decide(desk, application, "approved", "内工办〔2018〕5号", date(2018, 9, 5))
    made = replacing.carry_out(desk, application, successor.id, date(2018, 9, 15))
    assert (made.pack, made.village, made.position) == ("2021-village", "赛沁塔拉嘎查", "first")


def test_the_days_a_post_stands_empty_are_counted(desk: Desk, leaving: Posting, successor: Person) -> None:
    application = applied(desk, leaving)
    replacing.decide(desk, application, "approved", "内工办〔2018〕5号", date(2018, 9, 5))
    registers.save(desk, changed(leaving, until=date(2018, 9, 10), end_reason="health"))
    at(desk, date(2018, 9, 20))
    assert replacing.rows(desk)[0].vacant == 10
    replacing.carry_out(desk, application, successor.id, date(2018, 9, 21))
    assert replacing.rows(desk)[0].vacant == 10


def test_application_and_reply_cite_article_five(desk: Desk, leaving: Posting) -> None:
    application = applied(desk, leaving)
    text = words(papers.pdf(desk, letters.application(desk, application)))
    for said in ("张三", "身体原因", "李四（自治区林业和草原局副处长）", "第五条", "不得擅自调整"):
        assert said in text
    with pytest.raises(Refused, match="还没有批复"):
        letters.approval(desk, application)
    replacing.decide(desk, application, "approved", "内工办〔2018〕5号", date(2018, 9, 5))
    text = words(papers.pdf(desk, letters.approval(desk, application)))
    assert "同意更换" in text
    assert "内工办〔2018〕5号" in text


def test_a_county_cannot_approve_itself(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "county")) as county:
        posting = enter(county, "张三")
        application = applied(county, posting)
        with pytest.raises(Refused, match="审核批准"):
            replacing.decide(county, application, "approved", "x", date(2018, 9, 5))


def test_an_application_needs_its_reason(desk: Desk, leaving: Posting) -> None:
    with pytest.raises(Refused, match="原因说明"):
        replacing.apply(desk, Replacement(posting=leaving.id, applied=date(2018, 9, 1), reason="work"))
