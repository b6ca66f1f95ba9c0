"""The drawings of an annual report, each under the section it belongs to, from the frozen tables alone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuopin_desktop.documents.official import Chart, ChartKind, Series
from tuopin_desktop.domain.attendance.presencerate import LEAST, PresenceRate, hollow_words
from tuopin_desktop.domain.records.choices import GRADE
from tuopin_desktop.services.reporting.annextable import Row
from tuopin_desktop.services.reporting.snapshots import SnapshotContent

GRADES = {"excellent": "excellent", "competent": "competent", "basic": "basic", "unfit": "unfit", "no_grade": "none"}
"""The figure of each grade."""

_WHOLE = 100.0
_POST, _WORK, _APPRAISAL = "在岗履职情况", "培训和工作制度落实情况", "考核和纪律情况"


class _Drawing(NamedTuple):
    """One drawing; `top` is the value its scale must reach, `hollow` what a hollow mark says."""

    section: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str
    unit: str
    top: float = 0.0
    hollow: str = ""


def charts(frozen: SnapshotContent) -> list[tuple[str, Chart]]:
    """Return the drawings of what is known with their sections, numbered through; nothing is drawn of what is not."""
    drawings = [one for one in _drawn(frozen) if any(value for series in one.series for value in series.values)]
    return [
        (
            one.section,
            Chart(
                kind=one.kind,
                categories=one.categories,
                series=one.series,
                caption=f"图{place} {one.caption}",
                unit=one.unit,
                top=one.top,
                hollow=one.hollow,
            ),
        )
        for place, one in enumerate(drawings, start=1)
    ]


def _drawn(frozen: SnapshotContent) -> Iterator[_Drawing]:
    yield from _months(frozen)
    yield from _leagues(frozen)
    yield _duties(frozen.tables.get("duties", []))
    if set(GRADES) <= set(frozen.figures):
        grades = tuple(GRADE.word(code).partition("（")[0] for code in GRADES.values())
        decided = (Series("已确定", tuple(_value(frozen.figures[key]) for key in GRADES)),)
        yield _Drawing(_APPRAISAL, "distribution", grades, decided, "考核等次分布（人员和总队）", "个")


def _duties(rows: Sequence[Row]) -> _Drawing:
    """Return the duties that were not all done in time: bars that are all whole would compare nothing."""
    lacking = sorted((row for row in rows if (_value(row[7]) or 0.0) < _WHOLE), key=lambda row: _value(row[7]) or 0.0)
    rest = len(rows) - len(lacking)
    beside = f"（其余{rest}项均为100%）" if rest and lacking else ""
    in_time = (_series("按期办结率", lacking, 7),)
    return _Drawing(_WORK, "bar", _first(lacking), in_time, f"未全部按期办结的履职事项办结率{beside}", "%", _WHOLE)


def _months(frozen: SnapshotContent) -> Iterator[_Drawing]:
    months, spread = frozen.tables["months"], frozen.tables["spread"]
    names, hollow = _first(months), ""
    mean = _series("人均天数", months, 5)
    if "registered" in frozen.figures:  # what was frozen before it was declared is drawn again as it was
        least = int(frozen.terms[LEAST])
        hollow = hollow_words(least)
        mean = _thinned(mean, _rates(months, 2, least))
    yield _Drawing(_POST, "line", names, (mean,), f"{frozen.year}年各月人均在旗县工作天数", "天", hollow=hollow)
    states = tuple(_series(text, months, at) for text, at in (("达到", 2), ("不足", 3), ("登记不全", 4)))
    yield _Drawing(_POST, "bar", names, states, "各月达到、不足应满天数和登记不全的人数", "人")
    people = (_series("人数", spread, 1),)
    yield _Drawing(_POST, "distribution", _first(spread), people, "人员月均在旗县工作天数分布", "人")


def _leagues(frozen: SnapshotContent) -> Iterator[_Drawing]:
    """Yield the leagues side by side; of a snapshot that has no column of what is registered, as it was then."""
    if "league_rates" in frozen.tables:
        leagues, least = frozen.tables["league_rates"], int(frozen.terms[LEAST])
        rates, hollow = _rates(leagues, 3, least), hollow_words(least)
        days = _thinned(_series("月人均天数", leagues, 8), rates)
        shares = _thinned(Series("达标率", tuple(one.raw for one in rates)), rates)
        series: tuple[Series, ...] = (shares, _series("已登记", leagues, 7))
    else:
        leagues, hollow = frozen.tables.get("leagues", []), ""
        days, series = _series("月人均天数", leagues, 7), (_series("达标率", leagues, 6),)
    places, order = _first(leagues), _ascending(days)
    ordered = tuple(places[at] for at in order)
    yield _Drawing(_POST, "dots", ordered, (_ordered(days, order),), "各盟市月人均在旗县工作天数", "天", hollow=hollow)
    kind: ChartKind = "coverage" if len(series) > 1 else "bar"
    yield _Drawing(_POST, kind, places, series, "各盟市达标率（第九条）", "%", _WHOLE, hollow)


def _ascending(series: Series) -> list[int]:
    """Return the places of a series from the least value up, the unknown last."""
    values = series.values
    return sorted(range(len(values)), key=lambda at: (values[at] is None, values[at] or 0.0))


def _ordered(series: Series, order: Sequence[int]) -> Series:
    hollow = tuple(series.hollow[at] for at in order) if series.hollow else ()
    return Series(series.name, tuple(series.values[at] for at in order), hollow)


def _rates(rows: Sequence[Row], first: int, least: int) -> list[PresenceRate]:
    """Return the rate of every row, whose counts of reached, short and unknown begin at a place."""
    counts = [[int(_value(cell) or 0) for cell in row[first : first + 3]] for row in rows]
    return [PresenceRate(reached=one[0], short=one[1], unknown=one[2], least=least) for one in counts]


def _thinned(series: Series, rates: Sequence[PresenceRate]) -> Series:
    return Series(series.name, series.values, tuple(one.thin for one in rates))


def _first(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in rows)


def _series(name: str, rows: Sequence[Sequence[object]], place: int) -> Series:
    return Series(name, tuple(_value(row[place]) for row in rows))


def _value(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
