"""Work done in steps: between two of them whoever drives it may do something else, or let it go."""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Steps: TypeAlias = Generator[None, None, T]
"""Yields after each step, and returns what the whole comes to."""


def at_once(steps: Steps[T]) -> T:
    """Take all steps and return what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
