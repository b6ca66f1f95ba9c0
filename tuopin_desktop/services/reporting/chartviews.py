"""The year's charts for a screen: the very ink of the paper, with what each mark says and the rows behind it."""

from collections.abc import Sequence

import msgspec

from tuopin_desktop.documents.official import Chart, chart, yeargrid
from tuopin_desktop.domain.display import Op
from tuopin_desktop.domain.facts import serves, team_order
from tuopin_desktop.services.attendance import yeardays
from tuopin_desktop.services.judging import judging
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting.dashboard import Dashboard
from tuopin_desktop.services.reporting.yearplots import Plot, Row

WIDE = 112.0
"""How wide (mm) a chart is figure for the screen, where two stand side by side: by the same strokes as on paper."""


class Spot(msgspec.Struct, frozen=True):
    """One mark that can be chosen: where it stands (mm), what it says, and the page and subject it opens, if one."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    page: str = ""
    subject: str = ""
    rows: tuple[Row, ...] = ()


class ChartView(msgspec.Struct, frozen=True, kw_only=True):
    """One drawing with its size in mm, its marks, and its table: headings first, cells as they are copied."""

    title: str
    definition: str
    wide: float
    tall: float
    ops: tuple[Op, ...] = ()
    spots: tuple[Spot, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[str, ...] = ()


class Someone(msgspec.Struct, frozen=True):
    """A person whose year can be looked at: the posting, the name, the county."""

    posting: str
    name: str
    place: str


def views(desk: Desk, board: Dashboard) -> tuple[ChartView, ...]:
    """Return the charts of a year."""
    return tuple(_view(desk, plot) for plot in board.plots)


def _view(desk: Desk, plot: Plot) -> ChartView:
    figure = plot.chart
    if plot.sentence:
        return ChartView(
            title=figure.caption, definition=plot.definition, wide=WIDE, tall=0.0, sentences=(plot.sentence,)
        )
    book = desk.fonts()
    areas = chart.areas(figure, 0, 0, WIDE, book)
    texts = [_said(figure, at, plot.rows[at]) for at in range(len(figure.categories))]
    heads = ("项目", *(one.name or "数值" for one in figure.series))
    cells = [
        (name, *(chart.value_words(one.values[at]) for one in figure.series))
        for at, name in enumerate(figure.categories)
    ]
    return ChartView(
        title=figure.caption,
        definition=plot.definition,
        wide=WIDE,
        tall=chart.height(figure),
        ops=tuple(chart.draw(figure, 0, 0, WIDE, book)),
        spots=tuple(
            Spot(*area, text=text, rows=rows) for area, text, rows in zip(areas, texts, plot.rows, strict=True)
        ),
        table=(heads, *cells),
    )


def _said(figure: Chart, at: int, rows: Sequence[Row]) -> str:
    """Return what a mark says: its values, and how many rows it opens."""
    parts = [
        f"{one.name}{chart.value_words(one.values[at])}{figure.unit if one.values[at] is not None else ''}"
        for one in figure.series
    ]
    more = f"；回车看这{len(rows)}行" if rows else ""
    return f"{figure.categories[at]}：{'，'.join(parts)}{more}"


def everybody(desk: Desk) -> tuple[Someone, ...]:
    """Return the people in service, in the order of teams."""
    facts = judging.roster(desk)
    own = sorted((one for one in facts.posting_by_id.values() if serves(one, desk.today())), key=team_order)
    return tuple(Someone(one.id, facts.name_of(one.person), facts.county_name(one.county)) for one in own)


def person_year(desk: Desk, posting_id: str, year: int) -> ChartView:
    """Return a person's year day by day; raises Refused where there is no such posting."""
    whole, grid = yeardays.months(desk, posting_id, year)
    spots = tuple(
        Spot(
            *area,
            text=_day_words(grid[row], at),
            page="attendance",
            subject=f"attendance:{posting_id}/{grid[row].month}",
        )
        for row, at, area in yeargrid.areas(grid)
        if grid[row].days[at]
    )
    heads = ("月份", *(str(day) for day in range(1, 32)), "合计")
    cells = (
        (f"{int(one.month[5:])}月", *(_named(one.days[at]) if at < len(one.days) else "" for at in range(31)), one.text)
        for one in grid
    )
    return ChartView(
        title=f"{whole.name}的{year}年",
        definition="每格一天，回车打开那个月的考勤",
        wide=yeargrid.WIDE,
        tall=yeargrid.height(grid),
        ops=tuple(yeargrid.draw(grid, desk.fonts())),
        spots=spots,
        table=(heads, *cells),
        sentences=yeardays.sentences(whole, grid),
    )


def _named(kind: str) -> str:
    return yeargrid.KINDS[kind][0] if kind in yeargrid.KINDS else ""


def _day_words(month: yeargrid.GridMonth, at: int) -> str:
    return f"{int(month.month[5:])}月{at + 1}日 {_named(month.days[at])}"
