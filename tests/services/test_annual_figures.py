"""What the annual report counts: every register in its year, duties, vacancies, each also by county and league."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.services.annualdesks import first_release, one_team, two_teams
from tests.services.desks import enter
from tests.services.test_circular import keyed
from tuopin_desktop.documents.official import Block, Chart, Heading, Listing, Paragraph
from tuopin_desktop.domain.duties.duty import State
from tuopin_desktop.domain.records import Advancement
from tuopin_desktop.services.duties import radar, supportlists
from tuopin_desktop.services.office import belonging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import annexes, annual, figures, snapshots


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = one_team(tmp_path / "office")
    yield opened
    opened.close()


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Desk]:
    opened = two_teams(tmp_path / "region")
    yield opened
    opened.close()


def test_every_register_is_counted_in_the_year_it_belongs_to(region: Desk) -> None:
    found = snapshots.opened(snapshots.take(region, 2019)).figures
    assert [found[key] for key in ("graded", "excellent", "competent", "basic", "unfit", "no_grade")] == [
        3,
        1,
        1,
        1,
        0,
        0,
    ]
    assert [found[key] for key in ("advance_due", "advance_done", "advance_open", "awards")] == [1, 1, 1, 1]
    assert [found[key] for key in ("claims", "claims_paid", "trips", "trips_paid")] == [2, 1, 1, 1]
    assert (found["funds"], found["funds_spent"]) == (1234567.0, 0.5)
    assert figures.BY_KEY["funds"].value_text(found["funds"]) == "123.4567万元"


def test_people_of_another_programme_are_not_counted(region: Desk) -> None:
    before = snapshots.opened(snapshots.take(region, 2019))
    village = enter(region, "云三", pack="2021-village")
    keyed(region, village, 21)
    due = Advancement(id=registers.new_id(region), posting=village.id, type="post", due=date(2019, 3, 1))
    registers.save(region, belonging.settled(region, due))
    after = snapshots.opened(snapshots.take(region, 2019))
    assert (after.figures, after.tables) == (before.figures, before.tables)


def test_the_subsidy_is_what_the_certificates_say(region: Desk) -> None:
    found = snapshots.opened(snapshots.take(region, 2019)).figures
    rows = [row for month in ("2019-05", "2019-06") for row in supportlists.certificates(region, month).rows]
    assert found["stay_days"] == sum(float(row[4]) for row in rows) > 30
    assert found["subsidy"] == 100 * found["stay_days"]


def test_duties_are_those_of_the_radar(region: Desk) -> None:
    frozen = snapshots.opened(snapshots.take(region, 2019))
    made = radar.duties(region, 2019, date(2019, 12, 31))
    assert frozen.figures["duties"] == len(made)
    assert frozen.figures["duties_overdue"] == sum(duty.state is State.OVERDUE for duty in made) > 0
    parts = [frozen.figures[f"duties_{state}"] for state in ("done", "late", "open", "overdue")]
    assert sum(part or 0 for part in parts) == len(made)
    joint = next(row for row in frozen.tables["duties"] if row[0] == "联席会议")
    assert joint[:4] == ("联席会议", "第十二条", 12 + 8, 1)  # the second team came on 1 May


def test_the_days_posts_stood_empty_are_summed(region: Desk) -> None:
    """Five members without a source take the three posts of members; the other team had a leader for five months."""
    frozen = snapshots.opened(snapshots.take(region, 2019))
    since_may = (date(2019, 12, 31) - date(2019, 5, 1)).days + 1
    led = (date(2019, 9, 30) - date(2019, 5, 1)).days + 1
    assert frozen.figures["vacancy_days"] == 2 * 365 + 5 * since_may - led
    assert frozen.figures["vacant"] == 2 + 5


def test_a_team_of_five_heads_with_an_empty_post_is_not_full(region: Desk) -> None:
    """Five members take three posts: nobody leads. 满员 is said of posts, as the vacancies beside it are."""
    frozen = snapshots.opened(snapshots.take(region, 2019))
    assert (frozen.figures["posted"], frozen.figures["seated_teams"]) == (5, 0)
    for name, position in (("云三", "leader"), ("云四", "deputy")):
        enter(region, name, position=position)
    again = snapshots.opened(snapshots.take(region, 2019))
    assert (again.figures["posted"], again.figures["seated_teams"], again.figures["vacant"]) == (7, 1, 5)


def test_an_old_report_still_says_what_it_counted() -> None:
    words = "".join(block.text for block in annual.letter(first_release()).blocks if isinstance(block, Paragraph))
    assert "满员总队1个" in words
    assert "五个岗位都有人" not in words


def test_counties_and_leagues_add_up_to_the_whole(region: Desk) -> None:
    frozen = snapshots.opened(snapshots.take(region, 2019))
    assert [row[0] for row in frozen.tables["league_rates"]] == ["呼和浩特市", "赤峰市"]
    own, tables = frozen.figures, frozen.tables
    for key, heading, figure in (
        ("team_rates", "年末在派", "posted"),
        ("team_rates", "不全人月", "unknown"),
        ("league_rates", "总队", "teams"),
        ("league_rates", "达到", "reached"),
        ("county_duties", "到期", "duties"),
        ("county_duties", "逾期未办", "duties_overdue"),
        ("league_duties", "空缺天数", "vacancy_days"),
        ("county_support", "已报医药", "claims_paid"),
        ("county_support", "生活补助（元）", "subsidy"),
    ):
        place = [column.heading for column in annexes.BY_KEY[key].columns].index(heading)
        assert sum(float(row[place] or 0) for row in tables[key]) == own[figure], (key, heading)
    assert frozen.tables["grades"] == [("翁牛特旗", "基本称职（基本合格、一般）", 1, 1, 0, 0, 0, 1, 1, 1, 1)]
    assert frozen.tables["league_months"][1][5] == 21.0


AVERAGED = {"人均天数", "月人均天数", "达标率%", "已登记%", "按期率%", "意外险%", "请假", "超假"}
"""Columns whose whole is no sum: averages and rates, and slips that lie in two months (a note below says so)."""


def test_every_table_has_the_row_of_the_whole_which_is_the_sum_of_its_rows(region: Desk) -> None:
    """The table by league lacked what the Office owes itself: it summed to less than the sentence above it."""
    frozen = snapshots.opened(snapshots.take(region, 2019))
    assert frozen.totals.keys() == {key for key, rows in frozen.tables.items() if rows}
    assert {"league_duties", "county_duties", "months", "duties", "team_rates", "people"} <= frozen.totals.keys()
    for key, total in frozen.totals.items():
        columns, rows = annexes.BY_KEY[key].columns, frozen.tables[key]
        assert (total[0], len(total)) == ("合计", len(columns))
        for place, (column, cell) in enumerate(zip(columns, total, strict=True)):
            if isinstance(cell, int | float) and column.heading not in AVERAGED and key != "league_months":
                assert sum(float(row[place] or 0) for row in rows) == pytest.approx(cell), (key, column.heading)
    for key in ("league_duties", "county_duties", "duties"):
        place = [column.heading for column in annexes.BY_KEY[key].columns].index("到期")
        assert frozen.totals[key][place] == frozen.figures["duties"]


def test_the_row_of_the_whole_stands_on_paper_and_in_the_workbook(region: Desk) -> None:
    taken = snapshots.take(region, 2019)
    listed = [block for block in annual.letter(taken).blocks if isinstance(block, Listing)][1:]
    assert all(one.totals or not one.rows for one in listed)
    book = CalamineWorkbook.from_object(io.BytesIO(annual.xlsx(taken)))
    rows = book.get_sheet_by_name("各盟市履职事项和岗位空缺").to_python()
    assert [row[1] for row in rows if row[0] == "合计"] == [snapshots.opened(taken).figures["duties"]]
    assert not any(one.totals for one in annual.letter(first_release()).blocks if isinstance(one, Listing))


def test_leagues_duties_and_grades_are_drawn_where_they_are_spoken_of(region: Desk) -> None:
    blocks = annual.letter(snapshots.take(region, 2019)).blocks
    drawn = {chart.caption: (section, chart) for section, chart in sections_of(blocks)}
    days, rates = drawn["图4 各盟市月人均在旗县工作天数"][1], drawn["图5 各盟市达标率（第九条）"][1]
    assert days.categories == rates.categories == ("呼和浩特市", "赤峰市")
    assert (days.series[0].values, rates.series[0].values) == ((12.0, 21.0), (0.0, 100.0))
    section, grades = drawn["图7 考核等次分布（人员和总队）"]
    assert (section, grades.series[0].values) == ("考核和纪律情况", (1.0, 1.0, 1.0, 0.0, 0.0))


def sections_of(blocks: Sequence[Block]) -> list[tuple[str, Chart]]:
    section, found = "", []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        if isinstance(block, Chart):
            found.append((section, block))
    return found


def test_a_report_of_one_county_compares_nothing(desk: Desk) -> None:
    tables = snapshots.opened(snapshots.take(desk, 2019)).tables
    assert not {"league_rates", "league_duties", "county_duties", "county_support"} & set(tables)
    assert {"team_rates", "duties", "leave"} <= set(tables)
