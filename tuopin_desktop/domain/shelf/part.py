"""One owner's part of a whole: the facts that concern him, and which of what is said of them is about him."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.record import Record

R = TypeVar("R", bound=Record)

OFFICE = ""
"""The owner of what is about no owner below the office: the office itself, and what is handed down to it."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one owner with everything his records lead to or that leads to them, under the policy of the day.

    `packs` are the rule packs that anybody in the whole is posted under, the first one first. `beside` are records
    that no facts hold, by kind and in the order of ids, of the owner and of whatever is tied to him.
    """

    owner: str
    facts: Facts
    policy: Policy
    packs: tuple[str, ...]
    beside: Mapping[type[Record], tuple[Record, ...]] = {}

    def holds(self, kind: str, record_id: str) -> bool:
        """Tell whether a subject is told of in this part; every subject is told of in one."""
        itself = kind == "office" and record_id == f"{self.facts.scope}/office"
        if itself or not record_id.startswith(self.facts.scope):
            return self.owner == OFFICE
        return ids.owner(record_id) == self.owner

    def records(self, cls: type[R]) -> tuple[R, ...]:
        """Return the records of a kind that stand beside the facts."""
        return self.beside.get(cls, ())  # type: ignore[return-value]  # put in under this very kind
