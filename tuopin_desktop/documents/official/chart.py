"""Charts as black lines: bars told apart by hatching, curves by dashes and marks, every value beside its mark."""

import math
from collections.abc import Iterator
from io import BytesIO

import msgspec

from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.breaking import measure
from tuopin_desktop.documents.engine import pictures
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official.model import Chart, Series, clean
from tuopin_desktop.documents.typeset import BASELINE, runs
from tuopin_desktop.domain.display import MM, Box, Line, Op, Sheet, Text

UPRIGHT = 12
"""Up to so many categories stand side by side; more lie below each other, where their names have room."""

AT_ONCE = 32
"""Lying bars drawn as one; more go on in a further drawing on the same scale."""

UNKNOWN = "—"
_SIZE = 9.0  # pt
_EM = _SIZE / MM
_HEIGHT = 62.0  # mm of a chart whose categories stand side by side
_TOP, _BOTTOM, _LEFT, _RIGHT = 5.0, 9.0, 13.0, 3.0  # mm round the field
_LEGEND = 7.0
_ROW, _BAR = 5.4, 3.4  # mm of a lying bar
_NAME, _VALUE = 40.0, 16.0  # mm for the names and the values of lying bars
_FRAME, _HATCH, _CURVE = 0.6, 0.35, 1.1  # pt
_DASHES = (0.0, 2.2, 0.9, 4.0)  # mm of a dash per series; 0 is a whole line
_BROKEN = 1.0  # mm of a dash of a hollow bar's frame
_HATCHES = ((1.3, 1), (0.0, 0), (0.8, -1), (1.0, 0))  # mm between lines and their slope per series; 0 mm: left white
_DPI = 300


def split(chart: Chart) -> tuple[Chart, ...]:
    """Return a chart as the drawings it takes, all on the scale of the whole; the title stands below the last."""
    count = len(chart.categories)
    if not _lies(chart) or count <= AT_ONCE:
        return (chart,)
    parts = math.ceil(count / AT_ONCE)
    each = math.ceil(count / parts)
    return tuple(
        msgspec.structs.replace(
            chart,
            categories=chart.categories[start : start + each],
            series=tuple(
                Series(one.name, one.values[start : start + each], one.hollow[start : start + each])
                for one in chart.series
            ),
            caption=chart.caption if start + each >= count else "",
            top=_top(chart),
        )
        for start in range(0, count, each)
    )


def height(chart: Chart) -> float:
    """Return how high (mm) one drawing is, without its caption."""
    return _legend_height(chart) + (_ROW * len(chart.categories) * len(chart.series) + 2 if _lies(chart) else _HEIGHT)


def draw(chart: Chart, x: float, y: float, width: float, book: FontBook) -> list[Op]:
    """Return a chart as ink, its top-left corner at `x`, `y` (mm)."""
    return list(_Drawing(chart, x, y, width, book).ops())


def png(chart: Chart, width: float, book: FontBook) -> bytes:
    """Return one drawing as a picture of `width` mm for a file that knows no ink of ours."""
    tall = height(chart)
    sheet = Sheet(form="chart", width=width, height=tall, static=(), fields=tuple(draw(chart, 0, 0, width, book)))
    tools = pictures()
    document = tools.pdf.PdfDocument(pdf.render([sheet], book, title="chart"))
    page = document[0]
    image = page.render(scale=_DPI / 72, grayscale=True).to_pil()
    page.close()
    document.close()
    out = BytesIO()
    image.quantize(16).save(out, "PNG", optimize=True, dpi=(_DPI, _DPI))
    return out.getvalue()


def describe(chart: Chart) -> str:
    """Return every value of a chart in words: for who cannot see it."""
    lines = []
    for one in chart.series:
        pairs = "，".join(
            f"{clean(name)}{value_words(value)}{'（空心）' if one.is_hollow(place) else ''}"
            for place, (name, value) in enumerate(zip(chart.categories, one.values, strict=True))
        )
        lines.append(f"{one.name}：{pairs}" if one.name else pairs)
    unit = f"（{chart.unit}）" if chart.unit else ""
    head = f"{chart.caption}{unit}"
    lines += [chart.hollow_said] if chart.hollow_said else []
    return (f"{head}。" if head else "") + "；".join(lines)


def value_words(value: float | None) -> str:
    """Return a value as it is written beside its mark."""
    return UNKNOWN if value is None else f"{round(value, 2):g}"


def _lies(chart: Chart) -> bool:
    return chart.kind == "bar" and len(chart.categories) > UPRIGHT


def _legend_height(chart: Chart) -> float:
    return _LEGEND if len(chart.series) > 1 or chart.hollow_said else 0.0


def _top(chart: Chart) -> float:
    return chart.top or max((value or 0.0 for one in chart.series for value in one.values), default=0.0) or 1.0


def ticks(top: float) -> list[float]:
    """Return the round numbers an axis from 0 up to at least `top` is marked with: at most six steps."""
    rough = top / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    return [step * number for number in range(math.ceil(top / step - 1e-9) + 1)]


class _Drawing:
    """One chart on its way into ink."""

    def __init__(self, chart: Chart, x: float, y: float, width: float, book: FontBook) -> None:
        self._chart = chart
        self._book = book
        self._x, self._y = x, y + _legend_height(chart)
        self._width = width
        self._legend_y = y
        self._marks = ticks(_top(chart))

    def ops(self) -> Iterator[Op]:
        chart = self._chart
        if _legend_height(chart):
            yield from self._legend()
        if not chart.categories:
            yield from self._words(UNKNOWN, self._x + self._width / 2, self._y + _HEIGHT / 2, "center")
        elif _lies(chart):
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
            self._y + _HEIGHT - _BOTTOM,
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
        for mark in self._marks:
            y = self._at(mark)
            yield Line(left - 0.8, y, left if mark else right, y, _FRAME)
            yield from self._words(f"{mark:g}", left - 1.6, y, "right")
        yield Line(left, top, left, bottom, _FRAME)
        if self._chart.unit:
            yield from self._words(self._chart.unit, left - 1.2, top - 3.5, "right")
        for place, name in enumerate(self._chart.categories):
            middle = left + (place + 0.5) * self._step
            for row, text in enumerate(self._folded(clean(name), self._step - 0.6)):
                yield from self._words(text, middle, bottom + 2.4 + row * _EM * 1.1, "center")

    def _folded(self, name: str, width: float) -> list[str]:
        """Return a name in one line, or two halves where it is wider than its place."""
        if measure(name, "fang", self._book) * _EM <= width:
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
                yield from _bar(x, top, x + each, bottom, number, hollow=one.is_hollow(place))
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
                    yield from _dashed(*before, *here, _DASHES[number % len(_DASHES)])
                yield from _hollow_mark(*here) if one.is_hollow(place) else _mark(*here, number)
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
        bottom = y + _ROW * len(chart.categories) * len(chart.series)
        for place, name in enumerate(chart.categories):
            middle = y + _ROW * len(chart.series) / 2
            yield from self._words(clean(name), left - 1.5, middle, "right", most=_NAME - 1.5)
            for number, one in enumerate(chart.series):
                value = one.values[place]
                end = left + (right - left) * (value or 0.0) / _top(chart)
                hollow = one.is_hollow(place)
                yield from _bar(left, y + (_ROW - _BAR) / 2, end, y + (_ROW + _BAR) / 2, number, hollow=hollow)
                yield from self._words(value_words(value), end + 1.2, y + _ROW / 2, "left")
                y += _ROW
        yield Line(left, self._y + 1, left, bottom, _FRAME)

    def _legend(self) -> Iterator[Op]:
        x = self._x + _LEFT
        y = self._legend_y + _LEGEND / 2
        for number, one in enumerate(self._chart.series if len(self._chart.series) > 1 else ()):
            if self._chart.kind == "line":
                yield from _dashed(x, y, x + 9, y, _DASHES[number % len(_DASHES)])
                yield from _mark(x + 4.5, y, number)
            else:
                yield from _hatched(x, y - 1.6, x + 9, y + 1.6, number)
            yield from self._words(one.name, x + 10.5, y, "left")
            x += 15 + measure(one.name, "fang", self._book) * _EM
        if text := self._chart.hollow_said:
            if self._chart.kind == "line":
                yield from _hollow_mark(x + 4.5, y)
            else:
                yield from _bar(x, y - 1.6, x + 9, y + 1.6, 0, hollow=True)
            yield from self._words(text, x + 10.5, y, "left")

    def _words(self, text: str, x: float, y: float, align: str, most: float = 0.0) -> Iterator[Text]:
        """Write words whose middle is `y`; smaller where they are wider than `most` mm."""
        wide = measure(text, "fang", self._book)
        size = min(_SIZE, most * MM / wide) if most and wide else _SIZE
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * wide * size / MM
        yield from runs(text, x - shift, y + BASELINE * size / MM, size, "fang", self._book)


def _bar(x0: float, y0: float, x1: float, y1: float, number: int, *, hollow: bool) -> Iterator[Line]:
    """Draw a bar: hatched as its series is, or with a broken frame and nothing inside where it rests on too little."""
    if not hollow:
        yield from _hatched(x0, y0, x1, y1, number)
        return
    if x1 - x0 < 0.05 or y1 - y0 < 0.05:
        return
    for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        yield from _dashed(*ends, _BROKEN, _FRAME)


def _hatched(x0: float, y0: float, x1: float, y1: float, number: int) -> Iterator[Line]:
    """Draw a frame and its hatching; nothing where there is no bar."""
    if x1 - x0 < 0.05 or y1 - y0 < 0.05:
        return
    for ends in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1), (x0, y0, x0, y1)):
        yield Line(*ends, _FRAME)
    gap, slope = _HATCHES[number % len(_HATCHES)]
    if not gap:
        return
    if not slope:
        for row in range(1, math.ceil((y1 - y0) / gap)):
            yield Line(x0, y1 - row * gap, x1, y1 - row * gap, _HATCH)
        return
    wide, tall = x1 - x0, y1 - y0
    offset = gap
    while offset < wide + tall:
        # From the lower edge (or the right side) up to the left side (or the upper edge), at 45 degrees.
        low = (offset, 0.0) if offset <= wide else (wide, offset - wide)
        high = (0.0, offset) if offset <= tall else (offset - tall, tall)
        (ax, ay), (bx, by) = low, high
        if slope > 0:
            yield Line(x0 + ax, y1 - ay, x0 + bx, y1 - by, _HATCH)
        else:
            yield Line(x1 - ax, y1 - ay, x1 - bx, y1 - by, _HATCH)
        offset += gap * math.sqrt(2)


def _dashed(x0: float, y0: float, x1: float, y1: float, dash: float, wide: float = _CURVE) -> Iterator[Line]:
    length = math.hypot(x1 - x0, y1 - y0)
    if not dash or not length:
        yield Line(x0, y0, x1, y1, wide)
        return
    at = 0.0
    while at < length:
        ends = (at / length, min(1.0, (at + dash) / length))
        (ax, ay), (bx, by) = ((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in ends)
        yield Line(ax, ay, bx, by, wide)
        at += dash + 1.2


_OPEN = ((-1, -1, 1, -1), (1, -1, 1, 1), (-1, 1, 1, 1), (-1, -1, -1, 1))
_CROSSES = (((-1, -1, 1, 1), (-1, 1, 1, -1)), ((-1, 0, 1, 0), (0, -1, 0, 1)))
_REACH = 0.9  # mm from the middle of a mark to its side


def _hollow_mark(x: float, y: float) -> Iterator[Op]:
    """Draw an open diamond, which no series has: a value that rests on too little."""
    reach = 1.4 * _REACH
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        yield Line(ax, ay, bx, by, _FRAME)


def _mark(x: float, y: float, number: int) -> Iterator[Op]:
    """Draw the mark of a series: a full square, an open one, a cross, an upright cross."""
    if number % 4 == 0:
        yield Box(x - _REACH, y - _REACH, 2 * _REACH, 2 * _REACH)
        return
    for ax, ay, bx, by in _OPEN if number % 4 == 1 else _CROSSES[number % 4 - 2]:
        yield Line(
            x + ax * _REACH, y + ay * _REACH, x + bx * _REACH, y + by * _REACH, _FRAME if number % 4 == 1 else _CURVE
        )
