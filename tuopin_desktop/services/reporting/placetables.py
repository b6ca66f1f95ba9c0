"""The annual report's tables by county and by league: the report's own figures, counted of each place alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from tuopin_desktop.documents.official import Column
from tuopin_desktop.domain.records import Grade
from tuopin_desktop.domain.records.choices import GRADE
from tuopin_desktop.services.reporting.annextable import TOTAL, AnnexTable, Row, number
from tuopin_desktop.services.reporting.figures import BY_KEY
from tuopin_desktop.services.reporting.monthly import mean_days
from tuopin_desktop.services.reporting.year import PRESENCE, PlaceFacts, YearFacts

Places = Callable[[YearFacts], Sequence[PlaceFacts]]

_TEAM = (Column("旗县", 40), Column("盟市", 26))
_COUNTY = (Column("旗县", 42),)
_LEAGUE = (Column("盟市", 30),)


class _FigureColumn(NamedTuple):
    """A figure as a column."""

    key: str
    heading: str
    width: float = 16


_DAYS = (
    _FigureColumn("posted", "年末在派"),
    _FigureColumn("reached", "达到人月"),
    _FigureColumn("short", "不足人月"),
    _FigureColumn("unknown", "不全人月"),
    _FigureColumn("mean_days", "月人均天数", 18),
    _FigureColumn("slips", "请假次数"),
)
_TEAM_RATES = (
    *_DAYS[:4],
    _FigureColumn("reached_share", "达标率%", 18),
    _FigureColumn("registered", "已登记%", 18),
    *_DAYS[4:],
)
_LEAGUE_DAYS = (
    _FigureColumn("teams", "总队", 10),
    _FigureColumn("posted", "在派", 10),
    _FigureColumn("reached", "达到", 11),
    _FigureColumn("short", "不足", 11),
    _FigureColumn("unknown", "不全", 11),
    _FigureColumn("reached_rate", "达标率%", 18),
    _FigureColumn("mean_days", "人均天数", 17),
    _FigureColumn("slips", "请假次数", 17),
    _FigureColumn("leave_days", "请假天数", 17),
)
_LEAGUE_RATES = (
    *_LEAGUE_DAYS[:5],
    _FigureColumn("reached_share", "达标率%", 17),
    _FigureColumn("registered", "已登记%", 17),
    *_LEAGUE_DAYS[6:],
)
_RATE_NOTE = "注：达标率为已登记人月中达到的比例；已登记不足{presence.coverage_least}%的不作比率，该栏空着。"
_DONE = (
    _FigureColumn("duties", "到期", 13),
    _FigureColumn("duties_done", "按期办结", 12),
    _FigureColumn("duties_late", "逾期办结", 12),
    _FigureColumn("duties_open", "未办完", 14),
    _FigureColumn("duties_overdue", "逾期未办", 12),
    _FigureColumn("duties_rate", "按期率%", 17),
    _FigureColumn("vacant", "空缺岗位", 12),
    _FigureColumn("vacancy_days", "空缺天数", 12),
)
_SUPPORT = (
    _FigureColumn("trips", "往返登记", 12),
    _FigureColumn("trips_paid", "往返已报", 12),
    _FigureColumn("claims", "医药费", 14),
    _FigureColumn("claims_paid", "已报医药", 12),
    _FigureColumn("insured", "意外险%", 17),
    _FigureColumn("stay_days", "驻旗县天数", 13),
    _FigureColumn("subsidy", "生活补助（元）", 28),
)


def manned(year: YearFacts) -> Sequence[PlaceFacts]:
    """Return the counties whose teams have people."""
    return tuple(place for place in year.counties if place.people or place.serving)


def compared(places: Places) -> Places:
    """Return the same places where there are several: one alone is the report itself."""

    def several(year: YearFacts) -> Sequence[PlaceFacts]:
        place_factses = places(year)
        return place_factses if len(place_factses) > 1 else ()

    return several


def _table(
    key: str,
    title: str,
    head: tuple[Column, ...],
    figure_columns: Sequence[_FigureColumn],
    places: Places,
    **values: Any,
) -> AnnexTable:
    """Return the table of figures of places; `head` has the columns that name a place, `values` the other fields."""

    def rows(year: YearFacts) -> Iterable[Row]:
        for place in places(year):
            named = (place.name, place.league)[: len(head)]
            yield (*named, *(BY_KEY[one.key].value(place) for one in figure_columns))

    def total(year: YearFacts) -> Row:
        return (TOTAL, *[""] * (len(head) - 1), *(BY_KEY[one.key].value(year) for one in figure_columns))

    kinds = dict.fromkeys(kind for one in figure_columns for kind in BY_KEY[one.key].kinds)
    columns = (*head, *(number(one.heading, one.width) for one in figure_columns))
    return AnnexTable(key, title, columns, (*kinds, "county"), rows, total, **{"optional": True, **values})


def _with_office(year: YearFacts) -> Sequence[PlaceFacts]:
    """Return the counties that owe something, and above them what the region office owes itself."""
    return (*_office(year), *(place for place in year.counties if place.duties))


def _leagues_with_office(year: YearFacts) -> Sequence[PlaceFacts]:
    """Return the leagues, and above them the region office with what it owes itself: together they are the whole."""
    return (*_office(year), *year.leagues) if len(year.leagues) > 1 else ()


def _office(year: YearFacts) -> Sequence[PlaceFacts]:
    return (year.above,) if year.above.duties else ()


def _by_month(year: YearFacts) -> Iterable[Row]:
    for place in compared(_leagues)(year):
        means = {month.first.month: mean_days(month.people) for month in place.months if month.over}
        yield (place.name, *(means.get(number) for number in range(1, 13)))


def _month_means(year: YearFacts) -> Row:
    means = {month.first.month: mean_days(month.people) for month in year.months if month.over}
    return (TOTAL, *(means.get(number) for number in range(1, 13)))


def _leagues(year: YearFacts) -> Sequence[PlaceFacts]:
    return year.leagues


def _graded(year: YearFacts) -> Iterable[Row]:
    for place in year.counties:
        grades = [one for one in place.dated("grade", "year") if isinstance(one, Grade) and one.decided]
        team = next((GRADE.word(one.decided) for one in grades if one.subject.endswith("/team")), "")
        people = Counter(one.decided for one in grades if not one.subject.endswith("/team"))
        rises = tuple(BY_KEY[key].value(place) for key in ("advance_due", "advance_done", "advance_open", "awards"))
        if grades or any(rises):
            yield (place.name, team, *(people[code] for code in GRADE.labels), *rises)


def _graded_whole(year: YearFacts) -> Row:
    rows = list(_graded(year))
    sums = (sum(int(row[at] or 0) for row in rows) for at in range(2, 11))
    return (TOTAL, f"{sum(bool(row[1]) for row in rows)}个总队", *sums)


TEAMS = (
    _table("teams", "各工作总队情况", _TEAM, _DAYS, manned, optional=False, retired=True),
    _table(
        "team_rates", "各工作总队情况", _TEAM, _TEAM_RATES, manned, optional=False, note=_RATE_NOTE, succeeds="teams"
    ),
)

BY_LEAGUE = (
    _table("leagues", "各盟市出勤和请假情况", _LEAGUE, _LEAGUE_DAYS, compared(_leagues), retired=True),
    _table(
        "league_rates",
        "各盟市出勤和请假情况",
        _LEAGUE,
        _LEAGUE_RATES,
        compared(_leagues),
        note=_RATE_NOTE,
        succeeds="leagues",
    ),
    AnnexTable(
        "league_months",
        "各盟市逐月人均在旗县工作天数",
        (Column("盟市", 21), *(number(f"{month}月", 11) for month in range(1, 13))),
        (*PRESENCE, "county"),
        _by_month,
        _month_means,
        optional=True,
    ),
    _table("league_duties", "各盟市履职事项和岗位空缺", (Column("盟市", 42),), _DONE, _leagues_with_office),
)

BY_COUNTY = (
    _table("county_duties", "各工作总队履职事项和岗位空缺", _COUNTY, _DONE, compared(_with_office)),
    AnnexTable(
        "grades",
        "考核等次和晋升晋级情况",
        (
            Column("旗县", 30),
            Column("总队等次", 22, "center"),
            number("优秀", 10),
            number("称职", 10),
            number("基本称职", 10),
            number("不称职", 14),
            number("不确定", 14),
            number("应晋升", 14),
            number("已晋升", 14),
            number("到期未办", 10),
            number("表彰", 10),
        ),
        ("grade", "advancement", "county"),
        _graded,
        _graded_whole,
        optional=True,
        note="注：各等次栏为人员数，合计行的总队等次为已确定等次的总队数；正文的等次数为人员和总队之和。",
    ),
    _table("county_support", "各工作总队保障情况", _COUNTY, _SUPPORT, compared(manned)),
)
