"""Proof of the rule packs that came by stick: signed by the region office, whole, and readable by this program.

Apart from `packshelf`, for it loads the cipher and the rules: an office without such a pack opens without them.
"""

from collections.abc import Iterable, Iterator

import msgspec

from tuopin_desktop.domain import ids, tomltext
from tuopin_desktop.domain.packreading import completed
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import RulePack
from tuopin_desktop.exchange import packfile
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.packfile import PackFile
from tuopin_desktop.services.office import library
from tuopin_desktop.store import feeds
from tuopin_desktop.store.store import Store


def sound(store: Store, records: Iterable[RulePack]) -> Iterator[Policy]:
    """Yield what the records hold, of those that are sound and the region's word."""
    for record in records:
        if (policy := _sound(store, record)) is not None:
            yield policy


def file_of(record: RulePack) -> PackFile | None:
    """Return the signed parts of a pack as a record keeps them, proved; None where they are not sound."""
    try:
        return packfile.prove(msgspec.json.decode(record.content, type=dict[str, str]))
    except (Unsound, msgspec.DecodeError):
        return None


def by_region(store: Store, file: PackFile) -> bool:
    """Return whether the signing PC is certified by the region office as its own, closed ones included."""
    with store.ledger.reading() as cursor:
        certificate = feeds.certificates(cursor, root=feeds.meta(cursor).get("root", "")).get(file.station)
    return certificate is not None and certificate.sign == file.sign and certificate.office == ids.REGION


def _sound(store: Store, record: RulePack) -> Policy | None:
    """Return what a record holds; None where it is deleted, not sound, or not the region's word."""
    file = None if record.deleted else file_of(record)
    if file is None or not by_region(store, file):
        return None
    try:
        read = Policy.read(tomltext.read(file.rules))
    except (Trouble, tomltext.Unreadable):
        return None
    if (read.id, read.version) != (record.pack, record.version) or read.id == FIRST_PACK:
        return None
    return completed(read.carrying(library.policy()), library.packs())
