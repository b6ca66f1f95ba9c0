"""The drawings of an annual report, each under the section it belongs to, from the frozen tables alone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuopin_desktop.documents.official import Chart, ChartKind, Series
from tuopin_desktop.domain.records.choices import GRADE
from tuopin_desktop.services.reporting.snapshots import Frozen

GRADES = {"excellent": "excellent", "competent": "competent", "basic": "basic", "unfit": "unfit", "no_grade": "none"}
"""The figure of each grade."""

_POST, _WORK, _APPRAISAL = "在岗履职情况", "培训和工作制度落实情况", "考核和纪律情况"


class _Drawn(NamedTuple):
    """One drawing; `top` is the value its scale must reach."""

    section: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str
    unit: str
    top: float = 0.0


def charts(frozen: Frozen) -> list[tuple[str, Chart]]:
    """Return the drawings of what is known with their sections, numbered through; nothing is drawn of what is not."""
    told = [one for one in _drawn(frozen) if any(value for series in one.series for value in series.values)]
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
            ),
        )
        for place, one in enumerate(told, start=1)
    ]


def _drawn(frozen: Frozen) -> Iterator[_Drawn]:
    months, spread = frozen.tables["months"], frozen.tables["spread"]
    leagues, duties = frozen.tables.get("leagues", []), frozen.tables.get("duties", [])
    names, places = _first(months), _first(leagues)
    mean = (_series("人均天数", months, 5),)
    yield _Drawn(_POST, "line", names, mean, f"{frozen.year}年各月人均在旗县工作天数", "天")
    states = tuple(_series(words, months, at) for words, at in (("达到", 2), ("不足", 3), ("登记不全", 4)))
    yield _Drawn(_POST, "bar", names, states, "各月达到、不足应满天数和登记不全的人数", "人")
    people = (_series("人数", spread, 1),)
    yield _Drawn(_POST, "distribution", _first(spread), people, "人员月均在旗县工作天数分布", "人")
    yield _Drawn(_POST, "bar", places, (_series("月人均天数", leagues, 7),), "各盟市月人均在旗县工作天数", "天")
    yield _Drawn(_POST, "bar", places, (_series("达标率", leagues, 6),), "各盟市达标率（第九条）", "%", 100)
    in_time = (_series("按期办结率", duties, 7),)
    yield _Drawn(_WORK, "bar", _first(duties), in_time, "各项履职事项按期办结率", "%", 100)
    if set(GRADES) <= set(frozen.figures):
        grades = tuple(GRADE.word(code).partition("（")[0] for code in GRADES.values())
        decided = (Series("已确定", tuple(_value(frozen.figures[key]) for key in GRADES)),)
        yield _Drawn(_APPRAISAL, "distribution", grades, decided, "考核等次分布（人员和总队）", "个")


def _first(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in rows)


def _series(name: str, rows: Sequence[Sequence[object]], place: int) -> Series:
    return Series(name, tuple(_value(row[place]) for row in rows))


def _value(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
