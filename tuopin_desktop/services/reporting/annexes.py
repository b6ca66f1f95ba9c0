"""The tables of an annual report: by month, leave type, league, county, duty, person, and how people's days spread."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from tuopin_desktop.documents.official import Column
from tuopin_desktop.domain.attendance.presencerate import OPEN, REACHED, SHORT
from tuopin_desktop.domain.duties.duty import Duty, State
from tuopin_desktop.domain.findings import article_words
from tuopin_desktop.domain.records.choices import LEAVE_TYPE
from tuopin_desktop.services.judging.teamfigures import PersonMonth
from tuopin_desktop.services.reporting.annextable import TOTAL, AnnexTable, Row, number, summed
from tuopin_desktop.services.reporting.figures import BY_KEY as FIGURE_BY_KEY
from tuopin_desktop.services.reporting.mattertables import MATTERS
from tuopin_desktop.services.reporting.monthly import mean_days, rate
from tuopin_desktop.services.reporting.placetables import BY_COUNTY, BY_LEAGUE, TEAMS
from tuopin_desktop.services.reporting.year import DUTIES, LEAVE, PRESENCE, YearFacts

BINS = ((0.0, 10.0), (10.0, 15.0), (15.0, 20.0), (20.0, 22.0), (22.0, 32.0))
"""Days a month, lower end included."""


def _months(year: YearFacts) -> Iterable[Row]:
    for month in year.months:
        if month.over and month.people:
            yield (
                f"{month.first.month}月",
                len(month.people),
                month.having(REACHED),
                month.having(SHORT),
                month.having(OPEN),
                mean_days(month.people),
                len(month.slips),
                len(month.overdue),
            )


def _duties(year: YearFacts) -> Iterable[Row]:
    kinds: dict[tuple[int, str], list[Duty]] = defaultdict(list)
    for duty in year.duties:
        kinds[duty.article, duty.what].append(duty)
    for (article, what), same in sorted(kinds.items()):
        states = [duty.state for duty in same]
        on_time, late, overdue = (states.count(state) for state in (State.DONE, State.LATE, State.OVERDUE))
        still = len(states) - on_time - late - overdue
        yield what, article_words(article), len(states), on_time, late, still, overdue, rate(on_time, len(states))


def _people(year: YearFacts) -> Iterable[Row]:
    months: dict[str, list[PersonMonth]] = defaultdict(list)
    for month in year.months:
        for one in month.people if month.over else ():
            months[one.posting].append(one)
    for own in sorted(months.values(), key=lambda own: own[0].county):
        states = [one.state for one in own]
        yield (
            year.facts.county_name(own[0].county),
            own[0].name,
            own[0].position,
            len(own),
            states.count(REACHED),
            states.count(SHORT),
            states.count(OPEN),
            sum(one.days for one in own),
            sum(one.leave for one in own),
            sum(one.trips for one in own),
        )


def _leave(year: YearFacts) -> Iterable[Row]:
    numbers_by_key: dict[str, list[float]] = defaultdict(list)
    for one in year.leave:
        numbers_by_key[one.leave_type].append(one.halves / 2)
    for code in (*LEAVE_TYPE.labels, ""):
        if days := numbers_by_key.get(code):
            yield LEAVE_TYPE.word(code) if code else "未登记", len(days), sum(days)


def _spread(year: YearFacts) -> Iterable[Row]:
    means = [row for row in _personal_means(year) if row is not None]
    for low, high in BINS:
        yield _bin_words(low, high), sum(low <= mean < high for mean in means)


def _bin_words(low: float, high: float) -> str:
    if not low:
        return f"不足{high:g}天"
    return f"{low:g}天以上" if high == BINS[-1][1] else f"{low:g}—{high:g}天"


def _personal_means(year: YearFacts) -> Iterable[float | None]:
    own: dict[str, list[PersonMonth]] = defaultdict(list)
    for one in year.people:
        own[one.posting].append(one)
    return [mean_days(months) for months in own.values()]


def _whole(keys: tuple[str, ...], count: int = 1) -> Callable[[YearFacts], Row]:
    """Return the row of the whole that says these figures, after `count` columns that say whose a row is."""
    return lambda year: (TOTAL, *[""] * (count - 1), *(FIGURE_BY_KEY[key].value(year) for key in keys))


TABLES: tuple[AnnexTable, ...] = (
    AnnexTable(
        "months",
        "逐月出勤情况",
        (
            Column("月份", 16, "center"),
            number("在派人次", 20),
            number("达到", 18),
            number("不足", 18),
            number("登记不全", 20),
            number("人均天数", 20),
            number("请假", 18),
            number("超假", 18),
        ),
        PRESENCE,
        _months,
        _whole(("person_months", "reached", "short", "unknown", "mean_days", "slips", "overdue")),
        note="注：跨月的请假、超假在各月都列，合计只计一次。",
    ),
    AnnexTable(
        "leave",
        "请假外出按假别",
        (Column("假别", 60), number("次数", 40), number("自然日天数", 40)),
        LEAVE,
        _leave,
        _whole(("slips", "leave_days")),
    ),
    *BY_LEAGUE,
    *TEAMS,
    AnnexTable(
        "duties",
        "各项履职事项办理情况",
        (
            Column("事项", 40),
            Column("依据", 20, "center"),
            number("到期", 14),
            number("按期办结", 17),
            number("逾期办结", 17),
            number("未办完", 14),
            number("逾期未办", 17),
            number("按期率%", 17),
        ),
        DUTIES,
        _duties,
        _whole(("duties", "duties_done", "duties_late", "duties_open", "duties_overdue", "duties_rate"), count=2),
    ),
    *BY_COUNTY,
    *MATTERS,
    AnnexTable(
        "spread",
        "人员月均在旗县工作天数分布",
        (Column("月均天数", 60, "center"), number("人数", 40)),
        PRESENCE,
        _spread,
        summed(_spread, 1, 2),
        paper=False,
    ),
    AnnexTable(
        "people",
        "人员出勤情况",
        (
            Column("旗县", 36),
            Column("姓名", 26),
            Column("职务", 16, "center"),
            number("在派月数", 16),
            number("达到", 14),
            number("不足", 14),
            number("登记不全", 16),
            number("计入天数", 18),
            number("请假天数", 18),
            number("因公外出", 18),
        ),
        (*PRESENCE, "person"),
        _people,
        summed(_people, 3, 10),
        paper=False,
    ),
)
BY_KEY = {table.key: table for table in TABLES}
COUNTED = tuple(table for table in TABLES if not table.retired)


def tabulated(year: YearFacts) -> dict[str, list[Row]]:
    """Return the rows of every table; one that is there only for its rows is absent without them."""
    groups_by_key = {table.key: [tuple(row) for row in table.rows(year)] for table in COUNTED}
    return {table.key: groups_by_key[table.key] for table in COUNTED if groups_by_key[table.key] or not table.optional}


def totalled(year: YearFacts, rows: Mapping[str, list[Row]]) -> dict[str, Row]:
    """Return the row of the whole of every table that has rows; `rows` are those of all tables."""
    return {table.key: tuple(table.total(year)) for table in COUNTED if rows.get(table.key)}
