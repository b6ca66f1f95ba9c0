"""Refusals that the clerk lifts by saying something more: why fixed paper is corrected, who stands beside as second."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeGuard, TypeVar

from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.roles import SECOND, Signed
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.office.frozen import REASON

P = ParamSpec("P")
Answer = TypeVar("Answer")

Reasons = Callable[[Refused, Callable[[str], object], Callable[[], object]], object]
"""Asks the clerk why something fixed is corrected: the refusal, what to do with the reason, what to do without one."""
Seconds = Callable[[Refused, Callable[[Signed], object], Callable[[], object]], object]
"""Asks a second person who he is: the refusal, what to do with him, what to do without."""
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Lifting(Protocol):
    """Who may be asked, if anybody."""

    reasons: Reasons | None
    seconds: Seconds | None


def wants_reason(error: BaseException | None) -> TypeGuard[Refused]:
    """Tell whether a refusal is lifted by a reason for the correction."""
    return isinstance(error, Refused) and all(problem.code == REASON for problem in error.problems)


def wants_second(error: BaseException | None) -> TypeGuard[Refused]:
    """Tell whether a refusal is lifted by a second person."""
    return isinstance(error, Refused) and all(problem.code == SECOND for problem in error.problems)


def reasoned(function: Callable[Concatenate[Desk, P], Answer], reason: str) -> Callable[Concatenate[Desk, P], Answer]:
    """Return the function as it is run when the clerk has said why something fixed is corrected."""

    def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        with desk.amending(reason):
            return function(desk, *args, **kwargs)

    return run


def beside(function: Callable[Concatenate[Desk, P], Answer], second: Signed) -> Callable[Concatenate[Desk, P], Answer]:
    """Return the function as it is run when a second person stands beside."""

    def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        with desk.countersigned(second):
            return function(desk, *args, **kwargs)

    return run


def lift(
    asker: Lifting,
    error: BaseException | None,
    again: Callable[[Wrap], object],
    give_up: Callable[[], object],
) -> None:
    """Ask for what lifts a refusal and do it `again`, wrapped; `give_up` where nothing does, or nobody says it."""
    if asker.reasons is not None and wants_reason(error):
        asker.reasons(error, lambda reason: again(lambda function: reasoned(function, reason)), give_up)
    elif asker.seconds is not None and wants_second(error):
        asker.seconds(error, lambda second: again(lambda function: beside(function, second)), give_up)
    else:
        give_up()
