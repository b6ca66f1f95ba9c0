"""The head counts of a day."""

import msgspec


class Heads(msgspec.Struct, frozen=True, kw_only=True):
    """The head counts of today: `total` people in the roster, those on post, out and elsewhere."""

    total: int
    present: int
    out: int
    others: int

    @property
    def posted(self) -> int:
        """Return how many are posted under the measure: on post today or out (在派)."""
        return self.present + self.out
