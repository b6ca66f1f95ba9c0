"""A card for each role: its duties, days and articles are those of the radar and the rules, nothing else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import changed, enter, open_office
from tests.services.leaveteam import at, pages
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Team
from tuopin_desktop.services.duties import dutycards, radar
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_office(tmp_path / "office")
    team = registers.get(desk, "team", "150426/team")
    assert isinstance(team, Team)
    registers.save(desk, changed(team, arrived=date(2018, 6, 1)))
    for name, post in (("王海", "leader"), ("赵五", "deputy"), ("李四", "member")):
        enter(desk, name, post)
    at(desk, date(2019, 3, 1))
    yield desk
    desk.close()


def test_every_role_has_its_card_with_days_and_articles(desk: Desk) -> None:
    made = dutycards.cards(desk)
    cards = {role: {row.what: (row.when, row.basis) for row in made.rows if row.role == role} for role in made.sheets}
    assert list(cards) == ["队长", "副队长", "队员"]
    leader = cards["队长"]
    assert leader["工作分析例会"] == ("每月5日前", "第十二条")
    assert leader["联席会议"] == ("每月底前", "第十二条")
    assert leader["半年报告"] == ("6月30日、12月31日前", "第十二条")
    assert leader["总队周记"][0] == "每周"
    assert "队长用附件1，书记签字、办公室批准" in leader
    assert "工作分析例会" not in cards["队员"]
    assert cards["队员"]["每月在旗县工作不少于20天"] == ("平时", "第九条")
    text = pages(desk, made)
    assert len(text) == len(cards)
    assert "队长职责卡" in text[0]


def test_the_office_has_a_card_of_its_own(tmp_path: Path) -> None:
    region = open_office(tmp_path / "region", level="region")
    at(region, date(2019, 3, 1))
    rows = {row.what: row.when for row in dutycards.cards(region).rows if row.role == "自治区工作队管理办公室"}
    assert rows["队长会议"] == "每2个月一次"
    assert rows["示范培训班"] == "12月31日前"
    region.close()


def test_no_duty_of_the_year_is_left_off_the_cards(desk: Desk) -> None:
    said = {row.what for row in dutycards.cards(desk).rows}
    assert {duty.what for duty in radar.duties(desk, 2019)} <= said


def test_one_card_alone_and_a_role_there_is_not(desk: Desk) -> None:
    assert {row.role for row in dutycards.cards(desk, "member").rows} == {"队员"}
    with pytest.raises(Refused, match="没有“书记”的职责卡"):
        dutycards.cards(desk, "书记")


def test_days_are_said_as_people_say_them() -> None:
    fifths = [date(2019, month, 5) for month in range(1, 13)]
    assert dutycards.when(fifths, 12) == "每月5日前"
    assert dutycards.when(fifths[:2], 12) == "每月5日前"  # a list joins the months that are over
    assert dutycards.when([date(2019, 6, 30), date(2019, 12, 31)], 2) == "6月30日、12月31日前"
    assert dutycards.when([date(2019, 1, day) for day in (1, 3, 5, 9, 11)], 5) == "全年5次"
