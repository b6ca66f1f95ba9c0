"""Numbers of records typed short: the whole number, or so much of its beginning that nobody hits on it by chance."""

from collections.abc import Iterable

LEAST = 8
"""Signs of a beginning that count; with fewer, a slip of the finger would name another record."""
_SHOWN = 5


def expand(text: str, numbers: Iterable[str], lead: int = 0) -> list[str]:
    """Return the numbers a text means: the one it is, else all that begin with its `LEAST` signs or more.

    The first `lead` signs of it do not count: they are the name of a kind and tell nobody apart.
    """
    known_names = list(numbers)
    if text in known_names:
        return [text]
    return [one for one in known_names if one.startswith(text)] if len(text) - lead >= LEAST else []


def unclear(text: str, texts: list[str], every: Iterable[str]) -> str:
    """Return why a text does not name one record, how to write it, and which there are."""
    why = f"以“{text[:20]}”开头的有{len(texts)}个" if texts else f"没有编号“{text[:20]}”"
    known_names = texts or list(every)
    names = "、".join(brief(one, known_names) for one in known_names[:_SHOWN]) + (
        "等" if len(known_names) > _SHOWN else ""
    )
    return f"{why}；请写全，或至少写前{LEAST}位。现有：{names or '无'}"


def brief(number: str, every: Iterable[str]) -> str:
    """Return so much of a number as a person can read and type: its shortest beginning that no other has."""
    others = [one for one in every if one != number]
    least = len(number) - len(number.rpartition("-")[2]) + LEAST
    ends = (end for end in range(least, len(number)) if not any(one.startswith(number[:end]) for one in others))
    return number[: next(ends, len(number))]
