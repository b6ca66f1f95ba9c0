"""How a chart comes into ink: the field with its axes, bars, curves, lying bars and the legend."""

import math
from collections.abc import Iterator

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official.model import Chart, clean
from tuopin_desktop.documents.official.strokes import DASHES, FILLS, FRAME, bar, dashed, filled, hollow_mark, mark
from tuopin_desktop.documents.typeset import BASELINE, runs
from tuopin_desktop.domain.display import MM, Line, Op, Text

UPRIGHT = 12
"""Up to so many categories stand side by side; more lie below each other, where their names have room."""

AT_ONCE = 32
"""Lying bars drawn as one; more go on in a further drawing on the same scale."""

UNKNOWN = "—"
SIZE = 9.0  # pt
EM = SIZE / MM
HEIGHT = 62.0  # mm of a chart whose categories stand side by side
_TOP, _BOTTOM, _LEFT, _RIGHT = 5.0, 9.0, 13.0, 3.0  # mm round the field
_LEGEND = 7.0
ROW, _BAR = 5.4, 3.4  # mm of a lying bar
_NAME, _VALUE = 40.0, 16.0  # mm for the names and the values of lying bars


def value_words(value: float | None) -> str:
    """Return a value as it is written beside its mark."""
    return UNKNOWN if value is None else f"{round(value, 2):g}"


def lies(chart: Chart) -> bool:
    return chart.kind == "bar" and len(chart.categories) > UPRIGHT


def legend_height(chart: Chart) -> float:
    return _LEGEND if len(chart.series) > 1 or chart.hollow_said else 0.0


def top_of(chart: Chart) -> float:
    return chart.top or max((value or 0.0 for one in chart.series for value in one.values), default=0.0) or 1.0


def ticks(top: float) -> list[float]:
    """Return the round numbers an axis from 0 up to at least `top` is marked with: at most six steps."""
    rough = top / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    return [step * number for number in range(math.ceil(top / step - 1e-9) + 1)]


class Drawing:
    """One chart on its way into ink."""

    def __init__(self, chart: Chart, x: float, y: float, width: float, book: FontBook) -> None:
        self._chart = chart
        self._book = book
        self._x, self._y = x, y + legend_height(chart)
        self._width = width
        self._legend_y = y
        self._marks = ticks(top_of(chart))

    def ops(self) -> Iterator[Op]:
        chart = self._chart
        if legend_height(chart):
            yield from self._legend()
        if not chart.categories:
            yield from self._words(UNKNOWN, self._x + self._width / 2, self._y + HEIGHT / 2, "center")
        elif lies(chart):
            yield from self._lying()
        else:
            yield from self._axes()
            yield from self._curves() if chart.kind == "line" else self._bars()

    # -- side by side

    @property
    def _field(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the field."""
        return (
            self._x + _LEFT,
            self._y + _TOP,
            self._x + self._width - _RIGHT,
            self._y + HEIGHT - _BOTTOM,
        )

    def _at(self, value: float) -> float:
        _, top, _, bottom = self._field
        return bottom - (bottom - top) * value / self._marks[-1]

    @property
    def _step(self) -> float:
        left, _, right, _ = self._field
        return (right - left) / len(self._chart.categories)

    def _axes(self) -> Iterator[Op]:
        left, top, right, bottom = self._field
        for tick in self._marks:
            y = self._at(tick)
            yield Line(left - 0.8, y, left if tick else right, y, FRAME)
            yield from self._words(f"{tick:g}", left - 1.6, y, "right")
        yield Line(left, top, left, bottom, FRAME)
        if self._chart.unit:
            yield from self._words(self._chart.unit, left - 1.2, top - 3.5, "right")
        for place, name in enumerate(self._chart.categories):
            middle = left + (place + 0.5) * self._step
            for row, text in enumerate(self._folded(clean(name), self._step - 0.6)):
                yield from self._words(text, middle, bottom + 2.4 + row * EM * 1.1, "center")

    def _folded(self, name: str, width: float) -> list[str]:
        """Return a name in one line, or two halves where it is wider than its place."""
        if measure(name, "fang", self._book) * EM <= width:
            return [name]
        half = math.ceil(len(name) / 2)
        return [name[:half], name[half:]]

    def _bars(self) -> Iterator[Op]:
        series = self._chart.series
        left, _, _, bottom = self._field
        share = 1.0 if self._chart.kind == "distribution" else 0.72
        each = self._step * share / max(1, len(series))
        whole = math.fsum(value or 0.0 for one in series for value in one.values)
        for place in range(len(self._chart.categories)):
            start = left + place * self._step + self._step * (1 - share) / 2
            for number, one in enumerate(series):
                value = one.values[place]
                x, top = start + number * each, self._at(value or 0.0)
                yield from bar(x, top, x + each, bottom, number, hollow=one.is_hollow(place))
                text = value_words(value)
                if self._chart.kind == "distribution" and whole:
                    text += f"（{100 * (value or 0.0) / whole:.1f}%）"
                yield from self._words(text, x + each / 2, top - 1.9, "center")

    def _curves(self) -> Iterator[Op]:
        left, _, _, bottom = self._field
        for number, one in enumerate(self._chart.series):
            before: tuple[float, float] | None = None
            for place, value in enumerate(one.values):
                x = left + (place + 0.5) * self._step
                if value is None:
                    before = None
                    yield from self._words(UNKNOWN, x, bottom - 2, "center")
                    continue
                here = (x, self._at(value))
                if before is not None:
                    yield from dashed(*before, *here, DASHES[number % len(DASHES)])
                yield from hollow_mark(*here) if one.is_hollow(place) else mark(*here, number)
                yield from self._words(value_words(value), x, here[1] + self._beside(number, place), "center")
                before = here

    def _beside(self, number: int, place: int) -> float:
        """Return how far below its mark a value is written: the lowest of several below it, all others above."""
        heights = [self._at(one.values[place] or 0.0) for one in self._chart.series if one.values[place] is not None]
        here = self._at(self._chart.series[number].values[place] or 0.0)
        lowest = len(heights) > 1 and here == max(heights) and here - min(heights) > 0.5
        return 2.6 if lowest and here < self._field[3] - 4 else -2.4

    # -- below each other

    def _lying(self) -> Iterator[Op]:
        chart = self._chart
        left, right = self._x + _NAME, self._x + self._width - _VALUE
        y = self._y + 1
        bottom = y + ROW * len(chart.categories) * len(chart.series)
        for place, name in enumerate(chart.categories):
            middle = y + ROW * len(chart.series) / 2
            yield from self._words(clean(name), left - 1.5, middle, "right", most=_NAME - 1.5)
            for number, one in enumerate(chart.series):
                value = one.values[place]
                end = left + (right - left) * (value or 0.0) / top_of(chart)
                hollow = one.is_hollow(place)
                yield from bar(left, y + (ROW - _BAR) / 2, end, y + (ROW + _BAR) / 2, number, hollow=hollow)
                yield from self._words(value_words(value), end + 1.2, y + ROW / 2, "left")
                y += ROW
        yield Line(left, self._y + 1, left, bottom, FRAME)

    def _legend(self) -> Iterator[Op]:
        x = self._x + _LEFT
        y = self._legend_y + _LEGEND / 2
        for number, one in enumerate(self._chart.series if len(self._chart.series) > 1 else ()):
            if self._chart.kind == "line":
                yield from dashed(x, y, x + 9, y, DASHES[number % len(DASHES)])
                yield from mark(x + 4.5, y, number)
            else:
                yield from filled(x, y - 1.6, x + 9, y + 1.6, FILLS[number % len(FILLS)])
            yield from self._words(one.name, x + 10.5, y, "left")
            x += 15 + measure(one.name, "fang", self._book) * EM
        if text := self._chart.hollow_said:
            if self._chart.kind == "line":
                yield from hollow_mark(x + 4.5, y)
            else:
                yield from bar(x, y - 1.6, x + 9, y + 1.6, 0, hollow=True)
            yield from self._words(text, x + 10.5, y, "left")

    def _words(self, text: str, x: float, y: float, align: str, most: float = 0.0) -> Iterator[Text]:
        """Write words whose middle is `y`; smaller where they are wider than `most` mm."""
        wide = measure(text, "fang", self._book)
        size = min(SIZE, most * MM / wide) if most and wide else SIZE
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * wide * size / MM
        yield from runs(text, x - shift, y + BASELINE * size / MM, size, "fang", self._book)
