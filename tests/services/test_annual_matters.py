"""Matters are reused in the annual report: each with its level and answer, and how many each team raised."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.annualdesks import COUNTY, ELSEWHERE, two_teams
from tests.services.desks import changed
from tuopin_desktop.documents.official import Listing, Paragraph
from tuopin_desktop.domain.records import Matter
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import annexes, annual, snapshots

SAID = (
    (COUNTY, "bottleneck", "饮水工程缺水源", date(2019, 3, 1), "league", "已列入2019年计划", date(2019, 4, 2)),
    (COUNTY, "help", "请求协调化肥", date(2019, 5, 1), "region", "", None),
    (COUNTY, "publicity", "驻村一年见变化", date(2019, 6, 1), "region", "内蒙古日报3版", None),
    (ELSEWHERE, "publicity", "羊产业", date(2019, 7, 1), "nation", "", None),
    (ELSEWHERE, "research", "草场流转调研", date(2019, 8, 1), "league", "", None),
    (ELSEWHERE, "research", "上一年的", date(2018, 8, 1), "league", "", None),
)


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("matters")
    opened = two_teams(folder / "region")
    for county, kind, name, raised, level, answer, answered in SAID:
        matter = Matter(id=registers.new_id(opened, county), type=kind, county=county, name=name, raised=raised)
        registers.save(opened, changed(matter, level=level, answer=answer, answered=answered))
    yield opened
    opened.close()


def test_every_matter_of_the_year_stands_with_its_level_and_answer(region: Desk) -> None:
    frozen = snapshots.opened(snapshots.take(region, 2019))
    rows = [tuple(row) for row in frozen.tables["matter_list"]]
    assert [row[2] for row in rows] == ["饮水工程缺水源", "请求协调化肥", "草场流转调研", "羊产业", "驻村一年见变化"]
    assert rows[0] == (
        "瓶颈问题上报",
        "翁牛特旗",
        "饮水工程缺水源",
        "2019-03-01",
        "盟市",
        "已列入2019年计划（2019-04-02答复）",
    )
    assert rows[1][5] == "尚无答复或采用情况登记"
    assert frozen.totals["matter_list"][2] == f"{frozen.figures['matters']:g}件" == "5件"


def test_publicity_is_counted_by_team_and_adds_up_to_the_sentence(region: Desk) -> None:
    frozen = snapshots.opened(snapshots.take(region, 2019))
    columns = [column.heading for column in annexes.BY_KEY["team_matters"].columns]
    at = columns.index("宣传报道")
    assert {row[0]: row[at] for row in frozen.tables["team_matters"]} == {"清水河县": 1, "翁牛特旗": 1}
    total = frozen.totals["team_matters"]
    assert (total[at], total[-1]) == (frozen.figures["publicity"], frozen.figures["matters"]) == (2, 5)
    keys = ("bottlenecks", "helps", "matters_answered", "research", "examples")
    assert [frozen.figures[key] for key in keys] == [1, 1, 1, 1, 0]


def test_the_report_says_and_lists_them(region: Desk) -> None:
    letter = annual.letter(snapshots.take(region, 2019))
    words = "".join(block.text for block in letter.blocks if isinstance(block, Paragraph))
    assert "上报瓶颈问题1件、请求帮助解决1件，已答复或办结1件" in words
    assert "刊播宣传报道2篇（第十九条）" in words
    titles = [block.caption.partition("　")[2] for block in letter.blocks if isinstance(block, Listing)]
    assert "重要事项、调研和宣传报道" in titles
    assert "各工作总队重要事项和宣传报道件数" in titles
