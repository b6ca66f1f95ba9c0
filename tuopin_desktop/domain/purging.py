"""Which acts of forgetting count, and what each of them reaches: alike in every office, whatever came first."""

import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.record import Owner
from tuopin_desktop.domain.records import KINDS, Purge
from tuopin_desktop.domain.records.purging import KEYS_LIMIT

FORGOTTEN = "（已按期清除）"
"""What stands where a name was taken out of a text that is kept."""


class PurgeAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act as it stands in the log: `office` confirmed it with the line stamped `at`."""

    purge: Purge
    office: str
    at: int

    @property
    def counts(self) -> bool:
        """Whether two different names stand under it."""
        first, second = plain(self.purge.proposed_by), plain(self.purge.confirmed_by)
        return bool(self.purge.confirmed and first and second and first != second and not self.purge.deleted)

    def reach(self) -> Iterator[str]:
        """Yield the log keys it reaches: of its own office's records, and what the region alone keeps for the region.

        So no office's act ends another's duty to keep: an office above may write a county's records, yet not end them.
        """
        owner = ids.owner(self.purge.id)
        own = owner in (self.office, ids.private(self.office))
        for key in self.purge.keys.split("\n") if self.counts else ():
            kind, _, record_id = key.partition(":")
            cls = KINDS.get(kind)
            ours = self.office == ids.REGION if cls is not None and cls.kind.owner is Owner.REGION else own
            if ours and ids.well_formed(key) and ids.owner(record_id) == owner and kind != Purge.kind.name:
                yield key


def plain(text: str) -> str:
    """Return a text without blanks and in one width, so that the same name is the same however it was typed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def runs(keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys as acts hold them, one in a line, each text short enough for one act."""
    some: list[str] = []
    size = 0
    for key in sorted(keys):
        if size + len(key) >= KEYS_LIMIT:
            yield "\n".join(some)
            some, size = [], 0
        some.append(key)
        size += len(key) + 1
    if some:
        yield "\n".join(some)
