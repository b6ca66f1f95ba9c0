"""A year in charts: attendance, duties and appraisal, every figure with the list it leads to."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from tuopin_desktop.documents.official import Block, Chart, Letter, Paragraph, Series
from tuopin_desktop.domain.attendance.presencerate import LEAST, hollow_words
from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.duties.radar import Cell, heat
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.halves import day_words
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.appraisal import year as appraisal
from tuopin_desktop.services.appraisal.year import Year
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.reporting import year as years
from tuopin_desktop.services.reporting.monthly import (
    MonthFigures,
    mean_days,
    presence_rate,
    rate,
)
from tuopin_desktop.services.reporting.year import YearFacts
from tuopin_desktop.services.shelves import merge

BINS = ((0, "60以下"), (60, "60至70"), (70, "70至80"), (80, "80至90"), (90, "90以上"))
"""Points of an appraisal, lower end included."""

NO_PROPOSAL = "暂不建议"


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
    """A year as far as it goes: its figures, and its charts as a paper."""

    year: int
    points: tuple[Point, ...]
    letter: Letter


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
    charts = [*_attendance(desk, facts), *_duties(duties), *_appraisal(appraised)]
    numbered = [
        msgspec.structs.replace(chart, caption=f"图{number}　{chart.caption}")
        for number, chart in enumerate((chart for chart in charts if _says(chart)), start=1)
    ]
    until = day_words(facts.on) if facts.on != date(year, 12, 31) else "年末"
    head = f"{desk.office.name}，数字截至{until}，只计已结束的月份和已到期的事项。"
    blocks: tuple[Block, ...] = (Paragraph(head), *numbered)
    return Dashboard(
        year=year,
        points=(*_month_points(facts), *_duty_points(duties, year), *_grade_points(appraised)),
        letter=Letter(title=f"{year}年履职情况图", blocks=blocks),
    )


def _says(chart: Chart) -> bool:
    return any(value is not None for one in chart.series for value in one.values)


# -- attendance


def _over(facts: YearFacts) -> list[MonthFigures]:
    return [month for month in facts.months if month.over and month.people]


def _attendance(desk: Desk, facts: YearFacts) -> Iterable[Chart]:
    months = _over(facts)
    names = tuple(f"{month.first.month}月" for month in months)
    rates = [month.rate for month in months]
    thin = tuple(one.thin for one in rates)
    series = (
        Series("达标率", tuple(one.raw for one in rates), hollow=thin),
        Series("已登记", tuple(one.coverage if one.judgeable else None for one in rates)),
    )
    hollow = hollow_words(facts.policy.number(LEAST))
    yield Chart(kind="line", categories=names, series=series, caption="各月达标率（第九条）", unit="%", hollow=hollow)
    days = Series("", tuple(mean_days(month.people) for month in months), hollow=thin)
    yield Chart(
        kind="bar", categories=names, series=(days,), caption="各月人均在旗县工作天数", unit="天", hollow=hollow
    )
    leagues = [(league.name, league.people) for league in facts.leagues]
    groups = _by_person(months) if desk.level is Level.COUNTY else leagues
    what = "每人月均在旗县工作天数" if desk.level is Level.COUNTY else "各盟市月人均在旗县工作天数"
    labels = tuple(label for label, _ in groups)
    thin = tuple(presence_rate(people, facts.policy).thin for _, people in groups)
    means = Series("", tuple(mean_days(people) for _, people in groups), hollow=thin)
    yield Chart(kind="bar", categories=labels, series=(means,), caption=what, unit="天", hollow=hollow)


def _by_person(months: Sequence[MonthFigures]) -> list[tuple[str, tuple[PersonMonth, ...]]]:
    """Return everybody's months; two people of one name stay two."""
    person_months_by_key: dict[str, list[PersonMonth]] = defaultdict(list)
    for month in months:
        for one in month.people:
            person_months_by_key[one.posting].append(one)
    return [(people[0].name, tuple(people)) for people in person_months_by_key.values()]


def _month_points(facts: YearFacts) -> Iterable[Point]:
    for month in _over(facts):
        rate = month.rate
        yield Point(
            group="达标人数",
            text=f"{month.first.month}月",
            value=f"{rate.reached}/{rate.judgeable}人，{rate.text}" if rate.judgeable else "未登记（已登记0%）",
            article=article_words(9),
            page="attendance",
            subject=month.month,
        )


# -- duties


def _cells(duties: Iterable[Duty]) -> dict[str, Cell]:
    """Return how every duty stands, all counties together, the worst first."""
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, what), cell in heat(duties).items():
        whole[what].update(msgspec.structs.asdict(cell))
    cells = {what: Cell(**tally) for what, tally in whole.items() if Cell(**tally).total}
    return dict(sorted(cells.items(), key=lambda item: (item[1].done / item[1].total, item[0])))


def _duties(duties: Sequence[Duty]) -> Iterable[Chart]:
    cells = _cells(duties)
    rates = tuple(rate(cell.done, cell.total) for cell in cells.values())
    yield Chart(
        kind="bar",
        categories=tuple(cells),
        series=(Series("", rates),),
        caption="各项履职事项按期办结率",
        unit="%",
        top=100,
    )


def _duty_points(duties: Sequence[Duty], year: int) -> Iterable[Point]:
    articles = {duty.what: duty.article for duty in duties}
    for what, cell in _cells(duties).items():
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


def _grades(year: Year) -> dict[str, int]:
    """Return how many members have each grade: as decided, or as proposed, in the words of the scheme."""
    counts = Counter(
        row.grade.decided if row.grade and row.grade.decided else row.proposal.level or "" for row in year.members
    )
    levels = [level.code for level in year.scheme.levels]
    numbers = {year.scheme.word(code, "default"): counts[code] for code in levels}
    rest = {year.scheme.word("none", "default"): counts["none"], NO_PROPOSAL: counts[""]}
    return numbers | {text: count for text, count in rest.items() if count}


def _appraisal(year: Year | None) -> Iterable[Chart]:
    """Yield the grades, or the points while no grade can be proposed yet."""
    if year is None or not year.members:
        return
    spread = _grades(year)
    text = "考核等次分布"
    if spread.get(NO_PROPOSAL) == len(year.members):
        spread, text = _totals(year), "考核得分分布（尚未建议等次）"
    yield Chart(
        kind="distribution",
        categories=tuple(spread),
        series=(Series("", tuple(map(float, spread.values()))),),
        caption=text + ("" if year.scheme.official else "，按示例评分表"),
        unit="人",
    )


def _totals(year: Year) -> dict[str, int]:
    totals = [row.proposal.appraisal.total for row in year.members]
    ends: list[Decimal] = [*(Decimal(low) for low, _ in BINS[1:]), year.scheme.full("member") + 1]
    return {text: sum(low <= total < end for total in totals) for (low, text), end in zip(BINS, ends, strict=True)}


def _grade_points(year: Year | None) -> Iterable[Point]:
    for text, count in _grades(year).items() if year is not None and year.members else ():
        yield Point(
            group="考核等次",
            text=text,
            value=f"{count}人",
            article=article_words(15),
            page="appraisal",
            subject="marks",
        )
