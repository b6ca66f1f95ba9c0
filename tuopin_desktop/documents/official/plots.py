"""Drawings that compare: rates with their coverage, parts of a whole month by month, places on one scale."""

import math
from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.official.drawing import EM, HEIGHT, ROW, Drawing, legend_height, lies, value_words
from tuopin_desktop.documents.official.model import Chart, clean
from tuopin_desktop.documents.official.strokes import CURVE, FILLS, FRAME, UNKNOWN_FILL, dashed, filled, ring
from tuopin_desktop.domain.display import Box, Line, Op

_SHARE = 0.6  # of its place a bar takes
_SECOND = 4.0  # mm from the names of the categories down to their second line


class Area(NamedTuple):
    """Where a category stands in a drawing, in mm."""

    x0: float
    y0: float
    x1: float
    y1: float


class Plain(Drawing):
    """Bars, curves, shares and lying bars, as they have always been."""

    @staticmethod
    def height(chart: Chart) -> float:
        """Return how high (mm) the drawing is."""
        rows = ROW * len(chart.categories) * max(1, len(chart.series)) + 2
        return legend_height(chart) + (rows if lies(chart) else HEIGHT)

    def areas(self) -> tuple[Area, ...]:
        """Return where each category stands."""
        count = len(self._chart.categories)
        if lies(self._chart):
            tall, top, right = ROW * len(self._chart.series), self._y + 1, self._x + self._width
            return tuple(Area(self._x, top + at * tall, right, top + (at + 1) * tall) for at in range(count))
        left, top, _, bottom = self._field
        return tuple(Area(left + at * self._step, top, left + (at + 1) * self._step, bottom) for at in range(count))


class Stack(Plain):
    """Parts of a whole one upon the other, the whole written on top."""

    def ops(self) -> Iterator[Op]:
        yield from self._legend()
        yield from self._axes()
        left, _, _, bottom = self._field
        for place in range(len(self._chart.categories)):
            x = left + (place + (1 - _SHARE) / 2) * self._step
            foot, whole = bottom, 0.0
            for number, one in enumerate(self._chart.series):
                value = one.values[place] or 0.0
                whole += value
                top = self._at(whole)
                yield from filled(x, top, x + self._step * _SHARE, foot, FILLS[number % len(FILLS)])
                foot = top
            yield from self._words(value_words(whole), x + self._step * _SHARE / 2, foot - 1.9, "center")


class Coverage(Plain):
    """A rate over the share it rests on: a line where enough is registered, a ring and no line where not.

    The first series is the rate, the second the share registered, both in per cent.
    """

    @staticmethod
    def height(chart: Chart) -> float:
        """Return how high (mm) the drawing is: the share stands in words below every category."""
        return legend_height(chart) + HEIGHT + _SECOND

    def ops(self) -> Iterator[Op]:
        yield from self._legend()
        yield from self._grounds()
        yield from self._axes()
        rate = self._chart.series[0]
        before: tuple[float, float] | None = None
        for place, value in enumerate(rate.values):
            x = self._middle(place)
            if value is None:
                before = None
                continue
            here = (x, self._at(value))
            if rate.is_hollow(place):
                before = None
                yield from ring(*here)
                continue
            if before is not None:
                yield Line(*before, *here, 1.6, ink="deep")
            yield Box(here[0] - 0.9, here[1] - 0.9, 1.8, 1.8, ink="deep")
            yield from self._words(value_words(value), x, here[1] - 2.6, "center")
            before = here

    def _middle(self, place: int) -> float:
        return self._field[0] + (place + 0.5) * self._step

    def _grounds(self) -> Iterator[Op]:
        """Draw the share registered as a pale bar, the rest of the whole hatched, and say it below."""
        bottom = self._field[3]
        half = self._step * _SHARE / 2
        for place, share in enumerate(self._chart.series[1].values):
            x, level = self._middle(place), self._at(min(share or 0.0, 100.0))
            yield from filled(x - half, self._at(100.0), x + half, level, UNKNOWN_FILL)
            if bottom - level > 0.05:
                yield Box(x - half, level, 2 * half, bottom - level, ink="pale")
            text = "没有登记" if share is None else f"{value_words(share)}%"
            yield from self._words(text, x, bottom + 2.4 + _SECOND, "center", most=self._step)
        yield from self._words("已登记", self._field[0] - 1.6, bottom + 2.4 + _SECOND, "right")

    def _legend(self) -> Iterator[Op]:
        x, y = self._field[0], self._legend_y + 3.5
        yield Line(x, y, x + 9, y, 1.6, ink="deep")
        yield Box(x + 3.6, y - 0.9, 1.8, 1.8, ink="deep")
        x = yield from self._named(self._chart.series[0].name, x, y)
        yield Box(x, y - 1.6, 9, 3.2, ink="pale")
        x = yield from self._named(self._chart.series[1].name, x, y)
        yield from filled(x, y - 1.6, x + 9, y + 1.6, UNKNOWN_FILL)
        x = yield from self._named("没有登记", x, y)
        if text := self._chart.hollow_said:
            yield from ring(x + 4.5, y)
            yield from self._named(text, x, y)

    def _named(self, text: str, x: float, y: float) -> Generator[Op, None, float]:
        yield from self._words(text, x + 10.5, y, "left")
        return x + 15 + measure(text, "fang", self._book) * EM


class Dots(Plain):
    """Places on one scale that begins where they do: what differs is seen, which bars from nothing would hide.

    `top` is the mean of the whole, drawn as a broken line; 0 for none.
    """

    @staticmethod
    def height(chart: Chart) -> float:
        """Return how high (mm) the drawing is."""
        return legend_height(chart) + ROW * len(chart.categories) + 6

    def areas(self) -> tuple[Area, ...]:
        """Return where each category stands."""
        return tuple(
            Area(self._x, self._y + at * ROW, self._x + self._width, self._y + (at + 1) * ROW)
            for at in range(len(self._chart.categories))
        )

    def ops(self) -> Iterator[Op]:
        chart = self._chart
        values = [value for value in chart.series[0].values if value is not None]
        low, high = math.floor(min(values, default=0.0)), math.ceil(max(values, default=1.0))
        high = max(high, low + 1)
        left, right = self._x + 40, self._x + self._width - 14
        bottom = self._y + ROW * len(chart.categories)

        def across(value: float) -> float:
            return left + (right - left) * (value - low) / (high - low)

        if text := chart.hollow_said:
            yield from ring(left + 4.5, self._legend_y + 3.5)
            yield from self._words(text, left + 10.5, self._legend_y + 3.5, "left")
        yield Line(left, self._y, left, bottom, FRAME)
        yield Line(left, bottom, right, bottom, FRAME)
        for tick in range(low, high + 1, max(1, (high - low) // 6)):
            yield Line(across(tick), bottom, across(tick), bottom + 0.8, FRAME)
            yield from self._words(f"{tick}{chart.unit}", across(tick), bottom + 3.2, "center")
        if low <= chart.top <= high and chart.top:
            yield from dashed(across(chart.top), self._y, across(chart.top), bottom, 1.2, FRAME, ink="grey")
        for place, name in enumerate(chart.categories):
            yield from self._row(place, clean(name), left, across)

    def _row(self, place: int, name: str, left: float, across: Callable[[float], float]) -> Iterator[Op]:
        y, value = self._y + (place + 0.5) * ROW, self._chart.series[0].values[place]
        yield from self._words(name, left - 1.5, y, "right", most=38)
        if value is None:
            yield from self._words("没有登记", left + 1.5, y, "left")
            return
        hollow = self._chart.series[0].is_hollow(place)
        yield Line(left, y, across(value), y, CURVE if not hollow else FRAME, ink="light" if not hollow else "grey")
        if hollow:
            yield from ring(across(value), y)
        else:
            yield Box(across(value) - 1.1, y - 1.1, 2.2, 2.2, ink="deep")
        yield from self._words(value_words(value), across(value) + 2.2, y, "left")


_OF = {"stack": Stack, "coverage": Coverage, "dots": Dots}


def of(chart: Chart) -> type[Plain]:
    """Return how a chart of its kind is drawn."""
    return _OF.get(chart.kind, Plain)
