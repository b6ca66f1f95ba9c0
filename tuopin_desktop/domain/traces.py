"""What the cross-check of evidence reads beside the facts that every rule looks at."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import msgspec

from tuopin_desktop.domain.records import Check, Explanation, LedgerItem

Bits = Mapping[str, Mapping[str, int]]
"""By posting and month (the id of its attendance), and by place: days with a log, the first of the month is 1."""


class Traces(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What the cross-check reads beside the facts every rule looks at: of logs and notes only days, no text.

    `logs` are days by place of the log ("" where none is said); `keyed` gives for logs keyed before or long after
    their day the day they were first keyed.
    """

    logs: Bits = {}
    keyed: Mapping[str, date] = {}
    items: tuple[LedgerItem, ...] = ()
    checks: tuple[Check, ...] = ()
    explanations: tuple[Explanation, ...] = ()

    @cached_property
    def logged(self) -> Mapping[str, int]:
        """Return the days with a log wherever it was written, as bits; no day has two."""
        return {month: sum(by_place.values()) for month, by_place in self.logs.items()}

    @cached_property
    def explained(self) -> Mapping[str, Explanation]:
        """Return live explanations by the id of what they explain."""
        return {item.id: item for item in self.explanations if not item.deleted}
