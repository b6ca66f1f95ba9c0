"""The year in charts: rates are exact, months unknown are not drawn, every figure has its article and its list."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import enter, open_office
from tests.services.test_circular import NAMES, at, keyed, posting_of, words
from tuopin_desktop.documents.official import Chart, Series
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import LeaveSlip
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import chartviews
from tuopin_desktop.services.reporting.circular import circular
from tuopin_desktop.services.reporting.dashboard import Dashboard, dashboard
from tuopin_desktop.services.reporting.monthly import monthly


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


def rates(board: Dashboard) -> tuple[Series, ...]:
    return next(one.chart.series for one in board.plots if one.chart.kind == "coverage")


def test_the_rate_counts_those_whose_month_is_known(desk: Desk) -> None:
    board = dashboard(desk, 2019)
    plot = next(one for one in board.plots if one.chart.kind == "coverage")
    rate = plot.chart
    known = {
        name: value for name, value in zip(rate.categories, rate.series[0].values, strict=True) if value is not None
    }
    assert known == {"5月": 66.7}
    assert plot.sentence == "5月达标情况：达标率登记不足，不作比率（已登记60%）。", "one month is said, not drawn"
    assert plot.sentence in "".join(getattr(block, "text", "") for block in board.letter.blocks)
    (may,) = (point for point in board.points if point.subject == "2019-05")
    assert may.value == "2/3人，达标率登记不足，不作比率（已登记60%）"
    assert (may.article, may.page) == ("第九条", "attendance")


def test_a_mark_that_rests_on_too_few_months_is_hollow_beside_what_is_registered(desk: Desk) -> None:
    rate, registered = rates(dashboard(desk, 2019))
    may = 4
    assert (rate.values[may], rate.is_hollow(may)) == (66.7, True)
    assert (registered.name, registered.values[may]) == ("已登记", 60.0)
    for name in NAMES[3:]:
        keyed(desk, posting_of(desk, name), 21)
    board = dashboard(desk, 2019)
    rate, registered = rates(board)
    assert (rate.values[may], rate.is_hollow(may), registered.values[may]) == (80.0, False, 100.0)
    (point,) = (one for one in board.points if one.subject == "2019-05")
    assert point.value == "4/5人，达标率80%（已登记100%）"


def test_a_county_sees_its_people_side_by_side(desk: Desk) -> None:
    chart = charts(dashboard(desk, 2019))["每人月均在旗县工作天数"]
    shown = dict(zip(chart.categories, chart.series[0].values, strict=True))
    assert shown == dict(zip(NAMES, (21, 20, 12, None, None), strict=True))
    known = [value for value in chart.series[0].values if value is not None]
    assert known == sorted(known), "the least stand first"


def test_what_nobody_registered_is_not_drawn(desk: Desk) -> None:
    at(desk, date(2019, 2, 1))
    assert not {"各月达标率（第九条）", "每人月均在旗县工作天数"} & set(charts(dashboard(desk, 2019)))


def test_every_figure_has_an_article_and_a_list_it_leads_to(desk: Desk) -> None:
    points = dashboard(desk, 2019).points
    assert len({point.key for point in points}) == len(points)
    assert all(point.article.startswith("第") and point.page and point.subject for point in points)
    assert {point.group for point in points} >= {"达标人数", "履职事项"}


def test_a_year_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        dashboard(desk, 2020)


def test_the_charts_say_the_numbers_of_the_circular_and_open_as_many_rows(desk: Desk) -> None:
    posting = posting_of(desk, NAMES[4])
    for first, last, kind in ((6, 8, "official"), (13, 14, "annual"), (20, 20, "sick")):
        period = f"2019-05-{first:02d}am/2019-05-{last:02d}pm"
        slip = LeaveSlip(
            id=registers.new_id(desk), form="member", posting=posting.id, name=NAMES[4], post="队员", place="赤峰",
            period=period, reason="事", leave_type=kind, filled=date(2019, 5, 2), number=f"2019-{first:04d}",
        )  # fmt: skip
        registers.save(desk, slip)
    board, may = dashboard(desk, 2019), monthly(desk, "2019-05")
    leave = next(one for one in board.plots if one.chart.kind == "stack")
    at = leave.chart.categories.index("5月")
    assert sum(one.values[at] or 0 for one in leave.chart.series) == len(may.slips) == len(leave.rows[at]) == 3
    assert f"请假外出{len(may.slips)}人次" in words(circular(desk, "2019-05"))
    rate = next(one for one in board.plots if one.chart.kind == "coverage")
    assert rate.chart.series[0].values[at] == may.rate.raw
    assert len(rate.rows[at]) == len(may.people)
    for view in chartviews.views(desk, board):
        assert len(view.table) == 1 + len(view.spots) or view.sentences
