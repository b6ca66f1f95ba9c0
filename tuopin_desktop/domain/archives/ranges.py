"""Which items a hand-over holds, in few words: of each series (year, period, body) the ranges of its numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Series = tuple[int, str, str]
"""Year, period and code of the body ("" where bodies are not told apart)."""
Numbers = tuple[tuple[int, int], ...]
"""Ranges, first and last, in order."""


def document(items: Iterable[tuple[Series, int]]) -> str:
    """Return a line for each series: `2018 D30 150426BGS 1-312,314`."""
    numbers: dict[Series, set[int]] = defaultdict(set)
    for series, number in items:
        numbers[series].add(number)
    return "\n".join(_line(series, ranges_of(numbers[series])) for series in sorted(numbers))


def read(text: str) -> dict[Series, Numbers]:
    """Return the ranges by series; a line that is none is passed over."""
    lines = (line.split(" ") for line in text.splitlines())
    return {(int(one[0]), one[1], one[2]): _numbers(one[3]) for one in lines if len(one) == 4 and one[0].isdecimal()}


def holds(ranges: Mapping[Series, Numbers], series: Series, number: int) -> bool:
    """Tell whether an item lies in ranges."""
    return any(first <= number <= last for first, last in ranges.get(series, ()))


def ranges_of(numbers: Iterable[int]) -> Numbers:
    """Return numbers as ranges, each number once."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)


def _line(series: Series, ranges: Numbers) -> str:
    year, period, body = series
    pairs = ",".join(f"{first}-{last}" if last > first else str(first) for first, last in ranges)
    return f"{year} {period} {body} {pairs}"


def _numbers(text: str) -> Numbers:
    pairs = (part.partition("-") for part in text.split(",") if part)
    return tuple((int(first), int(last or first)) for first, _, last in pairs)
