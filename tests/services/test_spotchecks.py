"""Spot checks: drawn and proved, the sheet, recorded by the right office, put right, closed, covered."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at, made, team
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Attendance, Check, OwnCheck, Posting, SpotCheck
from tuopin_desktop.domain.spotchecks.course import Stage
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.spotchecks import checksheets, draws, spotchecks

DAY = date(2018, 7, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_office(tmp_path / "county", practice=True)
    yield opened
    opened.close()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    opened = open_office(tmp_path / "region", level="region")
    yield opened
    opened.close()


def checked(desk: Desk, posting: Posting | None = None, day: date = DAY, **said: Any) -> Check:
    county = posting.county if posting else "150426"
    about = {"manner": "covert", "checker": "联络考评组", "found": "on_post", "county": county, **said}
    check = spotchecks.kind_here(desk)(
        id=registers.new_id(desk, county), checked=day, posting=posting.id if posting else "", **about
    )
    return spotchecks.record(desk, [check])[0]


def test_a_draw_is_kept_and_proved_from_its_seed(region: Desk) -> None:
    for county in ("150426", "150125", "150222"):
        enter(region, "张三", county=county)
    kept = draws.draw(region, "team", 2, seed="20180710", witness="王主任")
    assert len(kept.result.split("\n")) == 2
    proof = draws.prove(region, kept.id)
    assert proof.agrees
    assert [lot.place for lot in proof.lots] == [1, 2, 0]
    assert {lot.weight for lot in proof.lots} == {180}


def test_a_changed_result_does_not_pass(region: Desk) -> None:
    for county in ("150426", "150125", "150222"):
        enter(region, "张三", county=county)
    kept = draws.draw(region, "team", 1)
    other = next(code for code in ("150426", "150125") if code != kept.result)
    region.commit([Change("check_draw", kept.id, {"result": other})])
    proof = draws.prove(region, kept.id)
    assert not proof.agrees
    assert "不一致" in proof.sentence
    region.commit([Change("check_draw", kept.id, {"inputs": "谁"})])
    assert "读不懂" in draws.prove(region, kept.id).sentence


def test_people_of_one_team_are_drawn_and_the_last_check_weighs(desk: Desk) -> None:
    who = team(desk)
    at(desk, date(2018, 7, 20))
    checked(desk, who["李四"], DAY)
    weights = {item.id: item.weight for item in draws.candidates(desk, "person")}
    assert weights[who["李四"].id] == 10
    assert weights[who["王海"].id] == 180
    with pytest.raises(Refused, match="请抽人员"):
        draws.draw(desk, "team", 1)
    with pytest.raises(Refused, match="1以上"):
        draws.draw(desk, "person", 0)


def test_nobody_to_draw_is_said(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有可抽的对象"):
        draws.draw(desk, "person", 1)


def test_the_sheet_says_where_everybody_should_be(desk: Desk) -> None:
    who = team(desk)
    slip = made(desk, who["李四"], "2018-07-09am/2018-07-11pm")
    other = who["孙六"].id
    at(desk, DAY)
    registers.save(desk, Attendance(id=f"{other}/2018-07", posting=other, month="2018-07", d10="vw/ot"))
    draw = draws.draw(desk, "person", 1, seed="3")
    sheet = checksheets.sheet(desk, "150426", DAY, draw.id)
    shown = {str(row[1]).strip("★"): (row[4], row[5]) for row in sheet.rows}
    assert shown["李四"] == ("请假", f"报备单{slip.number}")
    assert shown["孙六"] == ("上午嘎查村工作，下午旗县外因公外出", "考勤")
    assert shown["王海"] == ("应在岗", "")
    assert sum(str(row[1]).startswith("★") for row in sheet.rows) == 1
    assert any("抽取编号 3。" in note for note in sheet.notes)
    drafts = {item.posting: item.found for item in spotchecks.drafts(desk, "150426", DAY)}
    assert drafts == {
        who["王海"].id: "on_post",
        who["赵五"].id: "on_post",
        who["李四"].id: "on_leave",
        who["孙六"].id: "on_post",
        "": "not_checked",
    }
    with closing(pypdfium2.PdfDocument(checksheets.pdf(desk, ["150426"], DAY, draw.id))) as document:
        assert len(document) == 1
        text = "".join(document[0].get_textpage().get_text_range().split())
    assert "翁牛特旗工作总队检查表" in text
    assert f"报备单{slip.number}" in text


def test_a_rest_day_is_expected_as_one(desk: Desk) -> None:
    team(desk)
    ((_, _, there), *_) = spotchecks.expectations(desk, "150426", date(2018, 7, 14))
    assert (there.text, there.papers) == ("休息日", "")


def test_from_finding_to_closed(desk: Desk) -> None:
    who = team(desk)
    at(desk, date(2018, 7, 20))
    check = checked(desk, who["李四"], found="not_found", finding="上午九点不在村")
    assert isinstance(check, OwnCheck)
    assert check.due == date(2018, 7, 25)
    (row,) = spotchecks.rows(desk)
    assert (row.course.stage, row.whom, row.may_close) == (Stage.OPEN, "李四", True)
    spotchecks.rectify(desk, check.id, date(2018, 7, 18), "已补办请假手续并批评教育", by="王海")
    assert spotchecks.rows(desk)[0].course.stage is Stage.MENDED
    spotchecks.close(desk, check.id, by="王海", text="属实")
    assert spotchecks.rows(desk)[0].course.stage is Stage.CLOSED
    with pytest.raises(Refused, match="已于2018-07-20销号"):
        spotchecks.close(desk, check.id, by="王海")
    spotchecks.reopen(desk, check.id)
    assert spotchecks.rows(desk)[0].course.stage is Stage.MENDED


def test_the_offices_checks_are_the_offices(region: Desk, desk: Desk) -> None:
    who = enter(region, "张三")
    at(region, DAY)
    check = checked(region, who, found="not_found")
    assert isinstance(check, SpotCheck)
    assert check.id.startswith("150426/")
    county_owned = changed(check, id=registers.new_id(desk, "150426"), posting="")
    at(desk, DAY)
    with pytest.raises(Refused, match="只能由自治区"):
        spotchecks.record(desk, [county_owned])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"day": date(2018, 8, 1)}, "还没有到"),
        ({"due": date(2018, 7, 1)}, "整改期限早于检查日期"),
        ({"found": ""}, "请填写“在岗情况”"),
        ({"county": "150125"}, "不在这个旗县"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(desk: Desk, said: dict[str, Any], sentence: str) -> None:
    posting = enter(desk, "李四")
    at(desk, DAY)
    with pytest.raises(Refused, match=sentence):
        checked(desk, posting, **said)
    assert spotchecks.rows(desk) == []


def test_a_clear_check_has_nothing_to_put_right(desk: Desk) -> None:
    posting = enter(desk, "李四")
    at(desk, DAY)
    check = checked(desk, posting)
    with pytest.raises(Refused, match="没有发现问题"):
        spotchecks.rectify(desk, check.id, DAY, "无")
    with pytest.raises(Refused, match="没有发现问题"):
        spotchecks.close(desk, check.id, by="王海")


def test_coverage_says_who_was_never_seen_and_what_recurs(desk: Desk) -> None:
    who = team(desk)
    at(desk, date(2018, 9, 1))
    checked(desk, who["李四"], found="not_found")
    checked(desk, who["李四"], date(2018, 8, 10), matter="absence", found="on_post")
    checked(desk, who["王海"])
    (one,) = spotchecks.coverage(desk)
    assert (one.last, one.days, one.count) == (date(2018, 8, 10), 22, 2)
    assert one.unseen == ("赵五", "孙六")
    assert (one.pending, one.overdue, one.repeated) == (2, 2, 1)
