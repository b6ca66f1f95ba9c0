"""A year in charts: attendance, duties and appraisal, every figure with the list it leads to."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from tuopin_desktop.documents.official import Block, Letter, Paragraph
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.appraisal import year as appraisal
from tuopin_desktop.services.appraisal.year import Year
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import year as years
from tuopin_desktop.services.reporting.year import YearFacts
from tuopin_desktop.services.reporting.yearplots import Plot, cells, grades, over, plots
from tuopin_desktop.services.shelves import merge


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One figure and where it leads: `page` and `subject` as a page's `show_subject` takes it."""

    group: str
    text: str
    value: str
    article: str
    page: str
    subject: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from the others."""
        return f"{self.group} {self.text}"


class Dashboard(msgspec.Struct, frozen=True, kw_only=True):
    """A year as far as it goes: its figures, its charts with the rows behind them, and the charts as a paper."""

    year: int
    points: tuple[Point, ...]
    letter: Letter
    plots: tuple[Plot, ...] = ()


def dashboard(desk: Desk, year: int) -> Dashboard:
    """Return the charts of a year; raises Refused for one that has not begun."""
    merge.settle(desk, years.topic_of(desk, year))
    return glance(desk, year)


def glance(desk: Desk, year: int) -> Dashboard:
    """Return the same for a screen: at a patient desk it may be of yesterday, and then it is never put on paper."""
    return charts_of(desk, years.from_shelves(desk, year), _appraised(desk, year, appraisal.glance))


def at_once(desk: Desk, year: int) -> Dashboard:
    """Return the charts from all records at once: what is put together from shelves is checked by it."""
    return charts_of(desk, years.read(desk, year), _appraised(desk, year, appraisal.at_once))


def charts_of(desk: Desk, facts: YearFacts, appraised: Year | None) -> Dashboard:
    """Return the charts of a year's facts and appraisal."""
    year, duties = facts.year, facts.duties
    figures = plots(facts, appraised, county=desk.level is Level.COUNTY)
    numbers = iter(range(1, len(figures) + 1))
    numbered = [
        Paragraph(plot.sentence)
        if plot.sentence
        else msgspec.structs.replace(plot.chart, caption=f"图{next(numbers)}　{plot.chart.caption}")
        for plot in figures
    ]
    until = day_words(facts.on) if facts.on != date(year, 12, 31) else "年末"
    head = f"{desk.office.name}，数字截至{until}，只计已结束的月份和已到期的事项。"
    blocks: tuple[Block, ...] = (Paragraph(head), *numbered)
    return Dashboard(
        year=year,
        points=(*_month_points(facts), *_duty_points(duties, year), *_grade_points(appraised)),
        letter=Letter(title=f"{year}年履职情况图", blocks=blocks),
        plots=figures,
    )


# -- figures


def _month_points(facts: YearFacts) -> Iterable[Point]:
    for month in over(facts):
        rate = month.rate
        yield Point(
            group="达标人数",
            text=f"{month.first.month}月",
            value=f"{rate.reached}/{rate.judgeable}人，{rate.text}" if rate.judgeable else "未登记（已登记0%）",
            article=article_words(9),
            page="attendance",
            subject=month.month,
        )


def _duty_points(duties: Sequence[Duty], year: int) -> Iterable[Point]:
    articles = {duty.what: duty.article for duty in duties}
    for what, cell in cells(duties).items():
        late = f"，逾期未办{cell.overdue}" if cell.overdue else ""
        yield Point(
            group="履职事项",
            text=what,
            value=f"{cell.text}{late}",
            article=article_words(articles[what]),
            page="duties",
            subject=f"duty:{year}/{what}",
        )


# -- appraisal


def _appraised(desk: Desk, year: int, read: Callable[[Desk, int], Year]) -> Year | None:
    try:
        return read(desk, year)
    except Refused:  # no scheme covers the year: nothing to draw
        return None


def _grade_points(year: Year | None) -> Iterable[Point]:
    for text, count in grades(year).items() if year is not None and year.members else ():
        yield Point(
            group="考核等次",
            text=text,
            value=f"{count}人",
            article=article_words(15),
            page="appraisal",
            subject="marks",
        )
