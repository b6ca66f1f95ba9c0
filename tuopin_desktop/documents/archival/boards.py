"""Papers that are cut out, on sheets a printer has: whole on A3, in two parts that are glued together on A4."""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Literal

import msgspec

from tuopin_desktop.documents.archival.extents import extent, moved
from tuopin_desktop.documents.flow import ENDLESS
from tuopin_desktop.documents.fonts import FontBook
from tuopin_desktop.documents.typeset import Area, Setting, fit, place
from tuopin_desktop.domain.display import Line, Op, Sheet

Paper = Literal["A4", "A3"]
PAPERS: dict[str, str] = {"A4": "A4（分两部分，粘接）", "A3": "A3（整张）"}

_SIZE_BY_PAPER: dict[str, tuple[float, float]] = {"A3": (297.0, 420.0), "A4": (297.0, 210.0)}
_EDGE = 10.0  # mm no printer needs to reach
_GAP = 6.0  # mm between two cut-outs
_LAP = 12.0  # mm by which the parts lie over each other
_TICK = 4.0  # mm of a mark beside a cut-out
_CLEAR = 1.0  # mm between the seam and the next words or line
_FOOT = 12.0  # mm at the foot of a sheet for what to do with it
_WORDS = Setting("fang", 9, 12, 9, "left", "top")
_WHOLE = "沿框线剪下，按原尺寸打印（选“实际大小”，不要选“适合页面”）。"
_UPPER = "上半部分：沿框线剪下左、右、上三边，下边沿图下缘剪齐。按原尺寸打印（选“实际大小”）。"
_LOWER = "下半部分：沿框线剪下左、右、下三边，上边沿两侧短线剪齐，盖在上半部分两侧短线处粘牢。"


def boards(cutouts: Sequence[Sheet], paper: Paper, book: FontBook) -> list[Sheet]:
    """Return cut-outs laid side by side on sheets of a paper, those too high for it as an upper and a lower part.

    Nothing is scaled. The lower part lies over the upper one; the seam goes through no words.
    """
    width, height = _SIZE_BY_PAPER[paper]
    room = height - 2 * _EDGE - _FOOT
    pages: list[Sheet] = []
    for group in _groups(cutouts, width - 2 * _EDGE):
        if all(one.height <= room for one in group):
            pages.append(_page(_laid(group), width, height, _WHOLE, book))
            continue
        seam = _seam(group, room, book)
        parts = ((0.0, seam + _LAP, _UPPER), (seam, max(one.height for one in group), _LOWER))
        for top, bottom, advice in parts:
            ops = [*_cut(_laid(group), top, bottom, book), *_ticks(group, seam - top)]
            pages.append(_page(ops, width, height, advice, book))
    return pages


def _groups(cutouts: Sequence[Sheet], room: float) -> Iterator[list[Sheet]]:
    """Yield what fits side by side."""
    group: list[Sheet] = []
    for one in cutouts:
        if group and fsum(other.width + _GAP for other in group) + one.width > room:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _laid(group: Sequence[Sheet]) -> list[Op]:
    """Return what is drawn on cut-outs that stand side by side, from their common upper left corner."""
    ops: list[Op] = []
    left = 0.0
    for one in group:
        ops += [moved(op, left, 0.0) for op in one.ops]
        left += one.width + _GAP
    return ops


def _seam(group: Sequence[Sheet], room: float, book: FontBook) -> float:
    """Return how far down the lower part begins: nearest to the middle where it meets no words and no line across."""
    height = max(one.height for one in group)
    extents = [extent(op, book) for op in _laid(group) if not _is_upright(op)]
    middle = height / 2
    for step in range(int(height)):
        for seam in (middle + step / 2, middle - step / 2):
            fits = height - seam <= room and seam + _LAP <= room
            if fits and not any(one.top - _CLEAR < seam < one.bottom + _CLEAR for one in extents):
                return seam
    raise ValueError("a cut-out that cannot be parted")


def _is_upright(op: Op) -> bool:
    return isinstance(op, Line) and op.x0 == op.x1


def _cut(ops: Sequence[Op], top: float, bottom: float, book: FontBook) -> Iterator[Op]:
    """Yield what lies between two heights, moved up by the first; words whole or not at all."""
    for op in ops:
        where = extent(op, book)
        if isinstance(op, Line) and _is_upright(op):
            first, last = max(min(op.y0, op.y1), top), min(max(op.y0, op.y1), bottom)
            if first < last:
                yield msgspec.structs.replace(op, y0=first - top, y1=last - top)
        elif where.top >= top - 1 and where.bottom <= bottom + 1:
            yield moved(op, 0.0, -top)


def _ticks(group: Sequence[Sheet], seam: float) -> Iterator[Op]:
    """Yield the marks on both sides of the cut-outs, level with the seam."""
    width = fsum(one.width + _GAP for one in group) - _GAP
    for x in (-_TICK - 1, width + 1):
        yield Line(x, seam, x + _TICK, seam, 0.5)


def _page(ops: Sequence[Op], width: float, height: float, advice: str, book: FontBook) -> Sheet:
    area = Area(_EDGE, height - _EDGE - _FOOT, width - 2 * _EDGE, _FOOT)
    foot = place(fit(advice, _WORDS, area._replace(height=ENDLESS), book), _WORDS, area, book)
    fields = (*(moved(op, _EDGE, _EDGE) for op in ops), *foot)
    return Sheet(form="archive-board", width=width, height=height, static=(), fields=fields)
