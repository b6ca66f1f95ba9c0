"""Printing onto a sheet that was signed before: a printer's own shift and stretch, taken from two measured crosses."""

from collections.abc import Iterable

import msgspec

from tuopin_desktop.domain.display import Box, Line, Op, Sheet, Text
from tuopin_desktop.domain.problems import Problem

CROSSES = ((20.0, 20.0), (190.0, 277.0))
"""Where the test page prints its two crosses, in mm from the top-left corner of an A4 sheet."""

_MOST = 15.0


class Calibration(msgspec.Struct, frozen=True):
    """How a printer places ink: a point (x, y) mm lands on (x*sx + dx, y*sy + dy). One per printer."""

    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0

    def corrected(self, x: float, y: float) -> tuple[float, float]:
        """Return where to print so that the ink lands on (x, y)."""
        return (x - self.dx) / self.sx, (y - self.dy) / self.sy

    def corrected_ops(self, ops: Iterable[Op]) -> tuple[Op, ...]:
        """Return ops moved so that they land where they were meant; letters keep their size."""
        return tuple(self._op(op) for op in ops)

    def _op(self, op: Op) -> Op:
        if isinstance(op, Text):
            x, y = self.corrected(op.x, op.y)
            return msgspec.structs.replace(op, x=x, y=y)
        if isinstance(op, Box):
            x, y = self.corrected(op.x, op.y)
            return Box(x, y, op.width / self.sx, op.height / self.sy, op.grey)
        (x0, y0), (x1, y1) = self.corrected(op.x0, op.y0), self.corrected(op.x1, op.y1)
        return msgspec.structs.replace(op, x0=x0, y0=y0, x1=x1, y1=y1)


def calibrated(first: tuple[float, float], second: tuple[float, float]) -> Calibration | Problem:
    """Return the calibration of a printer whose two crosses were measured at these places, in mm from the corner."""
    (ax, ay), (bx, by) = CROSSES
    off = max(abs(first[0] - ax), abs(first[1] - ay), abs(second[0] - bx), abs(second[1] - by))
    if off > _MOST:
        text = f"量得的位置与应在位置相差{off:.0f}毫米，请核对单位是毫米、从纸的左上角量起"
        return Problem(code="calibration", sentence=text, fields=("first", "second"))
    sx, sy = (second[0] - first[0]) / (bx - ax), (second[1] - first[1]) / (by - ay)
    return Calibration(first[0] - sx * ax, first[1] - sy * ay, sx, sy)


def cross_page(font: str) -> Sheet:
    """Return the page with the two crosses and what to do with it; `font` is a font key."""
    ops: list[Op] = []
    for number, (x, y) in enumerate(CROSSES, start=1):
        ops += [Line(x - 8, y, x + 8, y, 0.3), Line(x, y - 8, x, y + 8, 0.3)]
        ops.append(Text(x + (3 if number == 1 else -12), y + (7 if number == 1 else -4), font, 12, f"第{number}点"))
    lines = (
        "套打校准页",
        "用尺从纸的左上角量两个十字中心的位置（毫米），填入“打印校准”：",
        f"第1点应在：距左边 {CROSSES[0][0]:g}，距上边 {CROSSES[0][1]:g}",
        f"第2点应在：距左边 {CROSSES[1][0]:g}，距上边 {CROSSES[1][1]:g}",
        "打印时请选“实际大小”，不要选“适合页面”。",
    )
    ops += [Text(40, 80 + 9 * place, font, 14, text) for place, text in enumerate(lines)]
    return Sheet(form="calibration", width=210, height=297, static=(), fields=tuple(ops))
