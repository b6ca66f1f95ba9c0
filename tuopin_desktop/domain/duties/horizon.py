"""How far back duties are asked for: declared once, for what presses today and for what the rules say of it."""

from datetime import date, timedelta

from tuopin_desktop.domain.duties.duty import Duty
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import Policy

_REMEMBERED = timedelta(days=365)
"""How long a duty that was done late is still spoken of."""


def years(policy: Policy, today: date) -> range:
    """Return the years whose duties are asked for: all since the measure took effect; a new year forgives none."""
    return range(policy.in_force.year, today.year + 1)


def horizon(facts: Facts, policy: Policy) -> tuple[date, date]:
    """Return the first and last day on which what is asked for falls due: of one year alone if the facts are of one."""
    if facts.year:
        return date(facts.year, 1, 1), date(facts.year, 12, 31)
    return policy.in_force, date(facts.today.year, 12, 31)


def spoken_of(duty: Duty, today: date) -> bool:
    """Tell whether a duty not in order is named: while it is open, and for a year after its day if it was done late."""
    return duty.state.open or remembered(duty.due, today)


def remembered(due: date, today: date) -> bool:
    """Tell whether what was done late after a day is still spoken of."""
    return due >= today - _REMEMBERED
