"""The one guard around what is worked out of single records: an unexpected error costs one answer, never all of them.

What was caught is handed to whoever listens; the program's door writes the crash file.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec, TypeVar

from tuopin_desktop.domain.problems import Refused, Trouble

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
Listener = Callable[[Exception], object]

_listeners: list[Listener] = []


def listen(listener: Listener) -> Callable[[], None]:
    """Hand every error caught from now on to a listener; call the result to stop."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def guarded(work: Callable[P, T], otherwise: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Return what the work gives, or what is said otherwise of the same when it fails in a way nobody foresaw.

    What is refused, and what the world does, is not caught: it has words of its own.
    """
    try:
        return work(*args, **named)
    except (Refused, Trouble):
        raise
    except Exception as error:  # noqa: BLE001  # the one place: whatever a single record does to a rule, the rest comes out
        for listener in tuple(_listeners):
            listener(error)
        return otherwise(*args, **named)


def each(items: Iterable[T], work: Callable[[T], Iterable[R]], otherwise: Callable[[T], Iterable[R]]) -> Iterator[R]:
    """Yield what the work gives of each item, whole or not at all; of one on which it fails what is said otherwise."""
    for item in items:
        yield from guarded(lambda item=item: list(work(item)), lambda item=item: list(otherwise(item)))  # type: ignore[misc]  # a lambda's default is not inferred
