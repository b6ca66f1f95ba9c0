"""Charts: every value written, inside the page, bars as long as their values, nothing divided by nothing."""

import io
import zipfile
from collections.abc import Iterable
from itertools import pairwise

import msgspec
import pytest
from PIL import Image

from tests.documents.conftest import by_pdfplumber
from tuopin_desktop.documents import official, pdf
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.official import Chart, Letter, Series
from tuopin_desktop.documents.official import chart as charts
from tuopin_desktop.documents.official.strokes import FILLS, UNKNOWN_FILL, Fill
from tuopin_desktop.documents.official.yeargrid import KINDS
from tuopin_desktop.domain.display import INKS, Box, Line, Op, Text

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
        lengths += [op.width for op in charts.draw(part, 0, 0, 156, book) if isinstance(op, Box)]
    assert len(lengths) == 57
    assert [length / lengths[-1] for length in lengths] == pytest.approx([(n + 1) / 57 for n in range(57)])


RATES = Chart(
    kind="coverage",
    categories=("1月", "2月", "3月", "4月"),
    series=(
        Series("达标率", (100.0, 90.0, 92.0, None), (True, False, False, False)),
        Series("已登记", (20.0, 85.0, 100.0, None)),
    ),
    top=100,
    hollow="空心：已登记不足80%",
)


def test_a_rate_is_a_line_only_where_enough_is_registered_and_says_its_coverage(book: FontBook) -> None:
    ops = list(charts.draw(RATES, 0, 0, 156, book))
    assert {"20%", "85%", "100%", "没有登记", "90", "92"} <= set(words(ops))
    assert not {"100"} & set(words(ops)) - {f"{tick:g}" for tick in charts.ticks(100)}
    curve = [op for op in ops if isinstance(op, Line) and op.width == 1.6 and op.y0 > 10]
    assert len(curve) == 1, "one line, from February to March"
    assert len(charts.areas(RATES, 0, 0, 156, book)) == 4


def test_places_are_compared_on_a_scale_that_begins_where_they_do(book: FontBook) -> None:
    dots = Chart(kind="dots", categories=("甲", "乙"), series=(Series("", (22.5, 24.5)),), unit="天", top=23.0)
    places = [op.x for op in charts.draw(dots, 0, 0, 156, book) if isinstance(op, Box)]
    assert places[1] - places[0] > 40, "two days of a month are seen"
    assert {"22.5", "24.5", "22天", "25天"} <= set(words(charts.draw(dots, 0, 0, 156, book)))


def test_parts_stand_upon_each_other_with_the_whole_on_top(book: FontBook) -> None:
    stack = Chart(kind="stack", categories=("1月",), series=tuple(Series(n, (2.0,)) for n in "甲乙丙"), top=6)
    ops = list(charts.draw(stack, 0, 0, 156, book))
    assert "6" in words(ops)
    (area,) = charts.areas(stack, 0, 0, 156, book)
    assert area.x1 > area.x0


def test_a_long_chart_goes_on_to_the_next_page_without_loss(book: FontBook) -> None:
    letter = Letter(title="图", blocks=(LONG,))
    pages = by_pdfplumber(pdf.render(official.sheets(letter, book), book, title="t"))
    assert len(pages) == 2
    assert all(name in "".join(pages) for name in COUNTIES)


def lightness(ink: str) -> float:
    """L* of an ink on a grey printer, 0 black to 100 white."""
    red, green, blue = (
        part / 12.92 if (part := value / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for value in INKS[ink]
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def told_apart(one: Fill, other: Fill) -> bool:
    """Whether two fillings differ without colour: by 20 of 100 steps of their grounds, or by hatching or frame."""
    grounds = [lightness(fill.ground) if fill.ground else 100.0 for fill in (one, other)]
    pattern = [(fill.gap, fill.slope, fill.frame != fill.ground) for fill in (one, other)]
    return abs(grounds[0] - grounds[1]) >= 20 or pattern[0] != pattern[1]


@pytest.mark.parametrize("fills", [FILLS, tuple(fill for _, fill in KINDS.values())])
def test_neighbours_are_told_apart_on_a_grey_printer(fills: tuple[Fill, ...]) -> None:
    for one, other in pairwise(fills):
        assert told_apart(one, other), (one, other)
    assert told_apart(FILLS[0], UNKNOWN_FILL)


def test_what_rests_on_too_little_is_drawn_hollow_and_said_to_be(book: FontBook) -> None:
    thin = (True, False)
    bars = Chart(kind="bar", categories=("甲", "乙"), series=(Series("", (80.0, 80.0), thin),), hollow="空心：登记不足")
    curve = msgspec.structs.replace(bars, kind="line")
    ops = list(charts.draw(curve, 0, 0, 156, book))
    assert sum(isinstance(op, Box) for op in ops) == 1, "the sound mark alone is a full square"
    assert "空心：登记不足" in words(ops)
    assert "甲80（空心），乙80" in charts.describe(curve)
    grounds = [op for op in charts.draw(bars, 0, 0, 156, book) if isinstance(op, Box)]
    assert grounds
    assert min(op.x for op in grounds) > 78, "the left bar is empty"
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
