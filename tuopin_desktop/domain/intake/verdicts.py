"""What is said of one cell: its value, how sure that is, and the sentence for the clerk."""

import enum
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from tuopin_desktop.domain.record import Scalar

Raw = object
"""A cell as the reader gives it: text, number, flag, date, date with time, or None."""

LONGEST = 32767
"""Characters a spreadsheet cell can hold; anything longer was not typed by a person."""

EXACT = 10**15
"""Numbers from here on have lost digits in a spreadsheet, which keeps fifteen."""


class Status(enum.IntEnum):
    """The status of a judged cell; from WARNING on a person should look at it, an ERROR has no value."""

    OK = 0
    NOTED = 1
    WARNING = 2
    ERROR = 3


class Verdict(NamedTuple):
    """The judgement of one cell; the value of an error is null."""

    value: Scalar
    status: Status
    message: str


VEILED = Verdict(None, Status.NOTED, "是遮盖的内容，没有导入；已有的记录保留原来的值")
"""The verdict on a mask that came back in a sheet (`domain/masking.py`): it says nothing, not even emptiness."""

_FIGURES = re.compile(r"[0-9][0-9.年月日/-]{4,}[0-9Xx]?")

_LONG_FIGURES = re.compile(r"[0-9][0-9 -]{5,}[0-9Xx]?")

Judge = Callable[[Raw], Verdict]

BLANK = Verdict(None, Status.OK, "")


def fine(value: Scalar) -> Verdict:
    """Return the verdict for a value that stands as it was typed."""
    return Verdict(value, Status.OK, "")


def noted(value: Scalar, message: str) -> Verdict:
    """Return the verdict for a value that was written differently but means the same."""
    return Verdict(value, Status.NOTED, message)


def warned(value: Scalar, message: str) -> Verdict:
    """Return the verdict for a value that is taken, but should be looked at."""
    return Verdict(value, Status.WARNING, message)


def wrong(message: str) -> Verdict:
    """Return the verdict for a cell that gives no value."""
    return Verdict(None, Status.ERROR, message)


def spelled(value: str, text: str) -> Verdict:
    """Return a value read from text: as typed, or noted with what became of it."""
    return fine(value) if value == text else noted(value, f"按“{quoted(value)}”登记")


def quoted(raw: Raw) -> str:
    """Return a cell short enough for a message."""
    text = str(raw).replace("\n", " ")
    return text if len(text) <= 24 else text[:23] + "…"


def unfigured(text: str) -> str:
    """Return words of a sheet that nobody has looked at without long figures, which may be somebody's number."""
    return _LONG_FIGURES.sub("***", text)


def as_text(raw: Raw) -> str | None:
    """Return a cell as text; None for a number whose digits are no longer all there."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float):
        return _number(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat(" ", "minutes")
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw)


def _number(raw: float) -> str | None:
    if abs(raw) >= EXACT or math.isnan(raw):
        return None
    return str(int(raw)) if raw == int(raw) else repr(raw)


DIGITS_LOST = "该格是数字格式，超过15位的数字已丢失，请把这一列设为“文本”后重新录入"


def discreet(verdict: Verdict, raw: Raw) -> Verdict:
    """Return the verdict on a personal cell with a sentence that repeats neither the cell nor what was read of it."""
    if not verdict.message:
        return verdict
    text, value = as_text(raw) or "", str(verdict.value or "")
    message = verdict.message
    for sentence in {quoted(text), quoted(raw), repr(raw), quoted(value)} - {""}:
        message = message.replace(f"“{sentence}”", "该格")
    pair = _digits(text), _digits(value)

    def struck(figures: re.Match[str]) -> str:
        figure = figures[0]
        if not any(_digits(figure) in one for one in pair):
            return figure
        return f"****年{figure.partition('年')[2]}" if figure.endswith("月") else "***"  # which month is what is asked

    return verdict._replace(message=_FIGURES.sub(struck, message))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
