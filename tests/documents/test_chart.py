"""Charts: every value written, inside the page, bars as long as their values, nothing divided by nothing."""

import io
import zipfile
from collections.abc import Iterable

import msgspec
import pytest
from PIL import Image

from tests.documents.conftest import by_pdfplumber
from tuopin_desktop.documents import official, pdf
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import Chart, Letter, Series
from tuopin_desktop.documents.official import chart as charts
from tuopin_desktop.domain.display import Box, Line, Op, Text

MONTHS = tuple(f"{number}月" for number in range(1, 13))
COUNTIES = tuple(f"科尔沁右翼第{number}旗" for number in range(57))
BARS = Chart(kind="bar", categories=("甲旗", "乙旗"), series=(Series("在岗", (20.5, 3)), Series("请假", (0, None))))
CURVES = Chart(
    kind="line", categories=MONTHS, series=(Series("在岗", (18.25, None, *[7.0] * 10)), Series("假", (1.0,) * 12))
)
SPREAD = Chart(kind="distribution", categories=("不足20天", "20天以上"), series=(Series("人数", (1, 3)),))
LONG = Chart(
    kind="bar", categories=COUNTIES, series=(Series("", tuple(float(n + 1) for n in range(57))),), caption="图1"
)
NOTHING = Chart(kind="bar", categories=(), series=())
ZERO = Chart(kind="bar", categories=("甲",), series=(Series("", (0,)),))
UNKNOWN = Chart(kind="line", categories=("甲", "乙"), series=(Series("", (None, None)),))
ALL = (BARS, CURVES, SPREAD, LONG, NOTHING, ZERO, UNKNOWN)


def words(ops: Iterable[Op]) -> list[str]:
    return [op.text for op in ops if isinstance(op, Text)]


def reach(op: Op) -> tuple[float, float]:
    if isinstance(op, Line):
        return min(op.x0, op.x1), max(op.x0, op.x1)
    return (op.x, op.x + op.width) if isinstance(op, Box) else (op.x, op.x)


@pytest.mark.parametrize("chart", ALL)
def test_every_value_is_written_and_all_ink_stays_inside(chart: Chart, book: FontBook) -> None:
    for part in charts.split(chart):
        ops = charts.draw(part, 28, 40, 156, book)
        said = "".join(words(ops))
        for one in part.series:
            assert all(charts.value_words(value) in said for value in one.values)
        assert all(reach(op)[0] >= 27.9 and reach(op)[1] <= 184.1 for op in ops)


def test_bars_are_as_long_as_their_values(book: FontBook) -> None:
    lengths = []
    for part in charts.split(LONG):
        tops = [op for op in charts.draw(part, 0, 0, 156, book) if isinstance(op, Line) and op.y0 == op.y1]
        lengths += [op.x1 - op.x0 for op in tops][::2]  # upper and lower edge of each bar
    assert len(lengths) == 57
    assert [length / lengths[-1] for length in lengths] == pytest.approx([(n + 1) / 57 for n in range(57)])


def test_a_long_chart_goes_on_to_the_next_page_without_loss(book: FontBook) -> None:
    letter = Letter(title="图", blocks=(LONG,))
    pages = by_pdfplumber(pdf.render(official.sheets(letter, book), book, title="t"))
    assert len(pages) == 2
    assert all(name in "".join(pages) for name in COUNTIES)


def test_series_differ_in_black_and_white(book: FontBook) -> None:
    four = Chart(kind="bar", categories=("甲",), series=tuple(Series(str(n), (10,)) for n in range(4)))
    counts = []
    for number in range(4):
        values = tuple(
            Series(one.name, one.values if place == number else (0,)) for place, one in enumerate(four.series)
        )
        lines = list(charts.draw(Chart(kind="bar", categories=("甲",), series=values), 0, 8, 156, book))
        counts.append(sum(isinstance(op, Line) and op.y0 > 20 for op in lines))
    assert len(set(counts)) == 4


def test_what_rests_on_too_little_is_drawn_hollow_and_said_to_be(book: FontBook) -> None:
    thin = (True, False)
    bars = Chart(kind="bar", categories=("甲", "乙"), series=(Series("", (80.0, 80.0), thin),), hollow="空心：登记不足")
    curve = msgspec.structs.replace(bars, kind="line")
    ops = list(charts.draw(curve, 0, 0, 156, book))
    assert sum(isinstance(op, Box) for op in ops) == 1, "the sound mark alone is a full square"
    assert "空心：登记不足" in words(ops)
    assert "甲80（空心），乙80" in charts.describe(curve)
    hatching = [op for op in charts.draw(bars, 0, 0, 156, book) if isinstance(op, Line) and op.width == 0.35]
    assert hatching
    assert min(op.x0 for op in hatching) > 78, "the left bar is empty"
    sound = msgspec.structs.replace(bars, series=(Series("", (80.0, 80.0)),))
    assert "空心：登记不足" not in words(charts.draw(sound, 0, 0, 156, book))
    long = msgspec.structs.replace(LONG, series=(Series("", LONG.series[0].values, (True, *[False] * 56)),))
    assert [part.series[0].is_hollow(0) for part in charts.split(long)] == [True, False]


def test_shares_of_a_distribution_add_up(book: FontBook) -> None:
    assert {"1（25.0%）", "3（75.0%）"} <= set(words(charts.draw(SPREAD, 0, 0, 156, book)))


@pytest.mark.parametrize(("top", "last"), [(24, 25), (1, 1), (0.3, 0.3), (57, 60), (100, 100), (285, 300), (1e9, 1e9)])
def test_an_axis_is_marked_with_few_round_numbers(top: float, last: float) -> None:
    marks = charts.ticks(top)
    assert marks[0] == 0
    assert marks[-1] == pytest.approx(last)
    assert 3 <= len(marks) <= 7


def test_the_editable_file_carries_charts_as_pictures_with_their_values_in_words(book: FontBook) -> None:
    letter = Letter(title="图", blocks=(BARS, LONG))
    data = official.docx(letter, book)
    assert data == official.docx(letter, book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if "media" in name]
        body = archive.read("word/document.xml").decode()
        sides = [Image.open(io.BytesIO(archive.read(name))).size for name in names]
    assert len(names) == 3
    assert all(wide == pytest.approx(156 / 25.4 * 300, abs=2) for wide, _ in sides)
    assert 'descr="在岗：甲旗20.5，乙旗3；请假：甲旗0，乙旗—"' in body
