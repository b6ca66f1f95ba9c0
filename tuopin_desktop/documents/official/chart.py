"""Charts of a document: cut into drawings, drawn as ink, as a picture, and told in words."""

import math
from io import BytesIO

import msgspec

from tuopin_desktop.documents import pdf
from tuopin_desktop.documents.engine import pictures
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import plots
from tuopin_desktop.documents.official.drawing import AT_ONCE, lies, ticks, top_of, value_words
from tuopin_desktop.documents.official.model import Chart, Series, clean
from tuopin_desktop.domain.display import Op, Sheet

__all__ = ["Area", "areas", "describe", "draw", "height", "png", "split", "ticks", "value_words"]

Area = plots.Area
_DPI = 300


def split(chart: Chart) -> tuple[Chart, ...]:
    """Return a chart as the drawings it takes, all on the scale of the whole; the title stands below the last."""
    count = len(chart.categories)
    if not lies(chart) or count <= AT_ONCE:
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
            top=top_of(chart),
        )
        for start in range(0, count, each)
    )


def height(chart: Chart) -> float:
    """Return how high (mm) one drawing is, without its caption."""
    return plots.of(chart).height(chart)


def draw(chart: Chart, x: float, y: float, width: float, book: FontBook) -> list[Op]:
    """Return a chart as ink, its top-left corner at `x`, `y` (mm)."""
    return list(plots.of(chart)(chart, x, y, width, book).ops())


def areas(chart: Chart, x: float, y: float, width: float, book: FontBook) -> tuple[Area, ...]:
    """Return where each category stands in the same drawing (mm): what a pointer or a key can choose."""
    return plots.of(chart)(chart, x, y, width, book).areas()


def png(chart: Chart, width: float, book: FontBook) -> bytes:
    """Return one drawing as a picture of `width` mm for a file that knows no ink of ours."""
    tall = height(chart)
    sheet = Sheet(form="chart", width=width, height=tall, static=(), fields=tuple(draw(chart, 0, 0, width, book)))
    tools = pictures()
    document = tools.pdf.PdfDocument(pdf.render([sheet], book, title="chart"))
    page = document[0]
    image = page.render(scale=_DPI / 72, grayscale=False).to_pil()
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
