"""The proof as one table: a row for each thing that was tried, how it ended, and what was seen."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

Ending = Literal["proved", "failed", "not built", "not tried"]
HEADINGS = ("what", "where", "ending", "seen")


class Row(NamedTuple):
    """One line: what was tried, where (`wine` or `both`), how it ended, what was seen."""

    what: str
    where: str
    ending: Ending
    seen: str


class NotBuilt(Exception):
    """What a row would prove is not in this build; the sentence says what lacks."""


class Failed(Exception):
    """What a row tried came out otherwise; the sentence says how."""


def attempt(what: str, where: str, work: Callable[[], str]) -> Row:
    """Do what proves a row and return the row; `work` returns what was seen, or raises Failed or NotBuilt."""
    try:
        return Row(what, where, "proved", work())
    except NotBuilt as lack:
        return Row(what, where, "not built", str(lack))
    except (Failed, OSError, ValueError, RuntimeError) as error:  # a row that breaks must not take the others along
        return Row(what, where, "failed", f"{type(error).__name__}: {error}".removeprefix("Failed: "))


def rendered(rows: Sequence[Row]) -> str:
    """Return the table with aligned columns; wide characters take two places."""
    lines = [HEADINGS, *rows]
    widths = [max(width(line[column]) for line in lines) for column in range(3)]
    texts = [" | ".join([*(padded(line[at], widths[at]) for at in range(3)), line[3]]).rstrip() for line in lines]
    rule = "-+-".join("-" * one for one in [*widths, 40])
    return "\n".join([texts[0], rule, *texts[1:]])


def width(text: str) -> int:
    """Return how many places a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def padded(text: str, places: int) -> str:
    """Return a text with blanks behind it."""
    return text + " " * (places - width(text))


def is_whole(rows: Sequence[Row]) -> bool:
    """Tell whether nothing failed."""
    return all(row.ending != "failed" for row in rows)
