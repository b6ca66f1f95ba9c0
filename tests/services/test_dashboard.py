"""The year in charts: rates are exact, months unknown are not drawn, every figure has its article and its list."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tests.services.test_circular import NAMES, at, keyed, posting_of
from tuopin_desktop.documents.official import Chart
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting.dashboard import Dashboard, dashboard


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = at(open_office(tmp_path), date(2019, 6, 3))
    people = [enter(made, name) for name in NAMES]
    for posting, worked in zip(people, (21, 20, 12), strict=False):
        keyed(made, posting, worked)
    yield made
    made.close()


def charts(board: Dashboard) -> dict[str, Chart]:
    return {block.caption.split("　")[1]: block for block in board.letter.blocks if isinstance(block, Chart)}


def test_the_rate_counts_those_whose_month_is_known(desk: Desk) -> None:
    board = dashboard(desk, 2019)
    rate = charts(board)["各月达标率（第九条）"]
    known = {
        name: value for name, value in zip(rate.categories, rate.series[0].values, strict=True) if value is not None
    }
    assert known == {"5月": 66.7}
    (may,) = (point for point in board.points if point.subject == "2019-05")
    assert may.value == "2/3人，达标率登记不足，不作比率（已登记60%）"
    assert (may.article, may.page) == ("第九条", "attendance")


def test_a_mark_that_rests_on_too_few_months_is_hollow_beside_what_is_registered(desk: Desk) -> None:
    rate, registered = charts(dashboard(desk, 2019))["各月达标率（第九条）"].series
    may = 4
    assert (rate.values[may], rate.is_hollow(may)) == (66.7, True)
    assert (registered.name, registered.values[may]) == ("已登记", 60.0)
    for name in NAMES[3:]:
        keyed(desk, posting_of(desk, name), 21)
    board = dashboard(desk, 2019)
    rate, registered = charts(board)["各月达标率（第九条）"].series
    assert (rate.values[may], rate.is_hollow(may), registered.values[may]) == (80.0, False, 100.0)
    (point,) = (one for one in board.points if one.subject == "2019-05")
    assert point.value == "4/5人，达标率80%（已登记100%）"


def test_a_county_sees_its_people_side_by_side(desk: Desk) -> None:
    chart = charts(dashboard(desk, 2019))["每人月均在旗县工作天数"]
    shown = dict(zip(chart.categories, chart.series[0].values, strict=True))
    assert shown == dict(zip(NAMES, (21, 20, 12, None, None), strict=True))


def test_what_nobody_registered_is_not_drawn(desk: Desk) -> None:
    at(desk, date(2019, 2, 1))
    assert not {"各月达标率（第九条）", "各月人均在旗县工作天数"} & set(charts(dashboard(desk, 2019)))


def test_every_figure_has_an_article_and_a_list_it_leads_to(desk: Desk) -> None:
    points = dashboard(desk, 2019).points
    assert len({point.key for point in points}) == len(points)
    assert all(point.article.startswith("第") and point.page and point.subject for point in points)
    assert {point.group for point in points} >= {"达标人数", "履职事项"}


def test_a_year_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        dashboard(desk, 2020)
