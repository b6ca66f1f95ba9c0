"""One owner's part of a whole: the facts that concern him, and which of what is said of them is about him."""

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.facts import Facts
from tuopin_desktop.domain.policy import Policy

OFFICE = ""
"""The owner of what is about no owner below the office: the office itself, and what is handed down to it."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one owner with everything his records lead to or that leads to them, under the policy of the day.

    `packs` are the rule packs that anybody in the whole is posted under, the first one first.
    """

    owner: str
    facts: Facts
    policy: Policy
    packs: tuple[str, ...]

    def holds(self, kind: str, record_id: str) -> bool:
        """Tell whether a subject is told of in this part; every subject is told of in one."""
        itself = kind == "office" and record_id == f"{self.facts.scope}/office"
        if itself or not record_id.startswith(self.facts.scope):
            return self.owner == OFFICE
        return ids.owner(record_id) == self.owner
