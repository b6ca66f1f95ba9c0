"""A printer's shift and stretch is undone: what is meant for a place lands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuopin_desktop.domain.display import Line, Text
from tuopin_desktop.domain.overprint import CROSSES, Calibration, calibrated, cross_page
from tuopin_desktop.domain.problems import Problem

_mm = st.floats(-5, 5)


@given(_mm, _mm, st.floats(0.98, 1.02), st.floats(0.98, 1.02), st.floats(0, 210), st.floats(0, 297))
def test_what_two_crosses_measured_is_undone_everywhere(
    dx: float, dy: float, sx: float, sy: float, x: float, y: float
) -> None:
    first, second = [(sx * cx + dx, sy * cy + dy) for cx, cy in CROSSES]
    found = calibrated(first, second)
    assert isinstance(found, Calibration)
    px, py = found.corrected(x, y)
    assert [sx * px + dx, sy * py + dy] == pytest.approx([x, y], abs=1e-6)


def test_crosses_where_they_should_be_change_nothing() -> None:
    found = calibrated(*CROSSES)
    assert isinstance(found, Calibration)
    ops = (Text(10, 20, "fang", 16, "已销假"), Line(1, 2, 3, 4, 0.5))
    assert found.corrected_ops(ops) == ops


@pytest.mark.parametrize("first", [(2.0, 2.0), (20.0, 277.0), (200.0, 20.0)])
def test_a_measurement_in_centimetres_or_from_the_wrong_edge_is_refused(first: tuple[float, float]) -> None:
    found = calibrated(first, CROSSES[1])
    assert isinstance(found, Problem)
    assert "毫米" in found.sentence


def test_the_test_page_shows_both_crosses() -> None:
    centres = {((op.x0 + op.x1) / 2, (op.y0 + op.y1) / 2) for op in cross_page("fang").ops if isinstance(op, Line)}
    assert centres == set(CROSSES)
