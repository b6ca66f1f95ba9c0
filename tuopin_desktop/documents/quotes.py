"""Delimited text cut into rows, a quote that nobody closed never taking the rows below it into its cell."""

import csv
import io
from collections import Counter
from collections.abc import Callable

from tuopin_desktop.documents.zipped import refuse_extent
from tuopin_desktop.domain.problems import Trouble

_MOST_STRAY = 200
"""Lines with a stray quote read as they stand; text with more is not quoted by the usual rule."""

Row = list[str]


def cut(text: str, mark: str, change: Callable[[str], str]) -> tuple[list[list[object]], tuple[str, ...]]:
    """Return the rows of delimited text, each cell changed, and a sentence on lines whose quotes do not pair.

    Such a line is read as it stands. Raises Trouble naming the line where a quoted cell holds what look like whole
    rows: whether its quotes belong together only a person can tell.
    """
    lines = io.StringIO(text, newline="").readlines()
    rows: list[list[object]] = []
    stray: list[int] = []
    long: list[tuple[int, int]] = []  # rows over several lines, as lines from and to, counted from 0
    counts: Counter[int] = Counter()
    widest = at = 0
    while at < len(lines):
        row, after, is_paired = _next(lines, at, mark)
        if not is_paired:
            stray.append(at + 1)
        if after > at + 1:
            long.append((at, after))
        counts[len(row)] += len(row) > 1
        rows.append([change(cell) for cell in row])
        widest = max(widest, len(row))
        refuse_extent(len(rows), widest)
        if len(stray) > _MOST_STRAY:
            raise Trouble(f"文本里有{_MOST_STRAY}行以上的引号不成对，请用Excel或WPS打开检查后另存为xlsx再导入")
        at = after
    _refuse_swallowed(lines, long, mark, counts.most_common(1)[0][0] if counts else 0)
    return rows, _notes(stray)


def _next(lines: list[str], at: int, mark: str) -> tuple[Row, int, bool]:
    """Return the row that begins at a line, the line after it, and whether its quotes pair."""
    if '"' not in lines[at] and len(lines[at]) < csv.field_size_limit():
        plain = lines[at].rstrip("\r\n")
        return plain.split(mark) if plain else [], at + 1, True
    reader = csv.reader((lines[number] for number in range(at, len(lines))), delimiter=mark, strict=True)
    try:
        return next(reader), at + reader.line_num, True
    except csv.Error:
        bare = csv.reader(lines[at : at + 1], delimiter=mark, quoting=csv.QUOTE_NONE)
        return next(bare, []), at + 1, False


def _refuse_swallowed(lines: list[str], long: list[tuple[int, int]], mark: str, width: int) -> None:
    """Raise Trouble where every line from an opening quote's on is as wide as the table, up to its closing one."""
    for first, after in long:
        own, *below = [line.count(mark) + 1 for line in lines[first:after]]
        if width > 1 and own >= width and any(number >= width for number in below):
            raise Trouble(
                f"第{first + 1}行有一个引号，到第{after}行才有另一个，中间像是整行的内容，分不清是一格还是几行；"
                f"请检查第{first + 1}行，去掉多余的引号，或用Excel、WPS打开核对后另存为xlsx再导入"
            )


def _notes(stray: list[int]) -> tuple[str, ...]:
    if not stray:
        return ()
    numbers = "、".join(map(str, stray[:5])) + ("等" if len(stray) > 5 else "")
    return (f"第{numbers}行有引号没有成对，已按原样逐行读入，引号留在格里，请核对",)
