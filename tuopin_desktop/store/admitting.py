"""What is asked once an import, or its undoing, says which records it writes: by default nothing stands against it."""

from collections.abc import Callable, Collection

Admit = Callable[[Collection[str]], None]
"""Hears the log keys that are written and raises Refused to take it all back."""


def anything(_keys: Collection[str]) -> None:
    """Admit whatever comes."""
