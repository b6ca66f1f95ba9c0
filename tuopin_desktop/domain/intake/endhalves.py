"""Half-days and hours that stand in a column of their own, right behind the first or the last day of a period."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

import msgspec

from tuopin_desktop.domain.intake.headers import Header
from tuopin_desktop.domain.intake.verdicts import Raw, as_text
from tuopin_desktop.domain.officialdays import plain
from tuopin_desktop.domain.reading import narrow, read_date

_ENDS = ("first", "last")
_WHOLE = {"全天", "整天"}
_HALF = re.compile(
    r"(?:上午|下午|中午|晚上|早上|凌晨|傍晚|am|pm|AM|PM)"
    r"|(?:上午|下午|中午|晚上|早上|凌晨|傍晚)?[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|[时点](?:[0-9]{1,2}分?|半|整)?)"
)


def with_halves(rows: Sequence[Sequence[Raw]], header: Header) -> tuple[Sequence[Sequence[Raw]], Header]:
    """Return the rows with such half-days written behind their days, and the heading without their columns.

    A column counts as one when it fills nothing and most of its cells are half-days or hours; a cell that is neither
    goes behind the day all the same, where it cannot be read and is shown to be mended.
    """
    whole = [list(row) for row in rows]
    headings = dict(header.headings)
    for place, column in header.columns.items():
        beside = place + 1
        if column.part not in _ENDS or beside in header.columns or not _is_of_halves(whole[header.last :], beside):
            continue
        for row in whole[header.last :]:
            if beside < len(row) and _half_text(row[beside]):
                row[place] = _behind(row[place], _half_text(row[beside]))
        headings.pop(beside, None)
    if headings == header.headings:
        return rows, header
    return whole, msgspec.structs.replace(header, headings=headings)


def _is_of_halves(rows: Sequence[Sequence[Raw]], place: int) -> bool:
    texts = [text for row in rows if place < len(row) and (text := _half_text(row[place]))]
    halves = sum(bool(_HALF.fullmatch(text)) for text in texts)
    return halves > 0 and (halves + sum(text in _WHOLE for text in texts)) * 2 > len(texts)


def _half_text(cell: Raw) -> str:
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return "" if cell is None else "".join(plain(narrow(as_text(cell) or "")).split())


def _behind(day: Raw, half: str) -> Raw:
    """Return a day with its half; one that names it already, or is there whole, stays as it is."""
    if half in _WHOLE:
        return day
    if day in (None, ""):
        return half
    if isinstance(day, datetime):
        day = day.date()
    text = str(read_date(day) or as_text(day)) if isinstance(day, int | float | date) else str(day).strip()
    return text if narrow(text).endswith(half) else f"{text} {half}"
