"""The rule packs in use in an office: those shipped with the program, and the signed ones it took into use."""

from collections.abc import Mapping

import msgspec

from tuopin_desktop.domain import ids, tomltext
from tuopin_desktop.domain.packreading import completed
from tuopin_desktop.domain.policy import FIRST_PACK, Policy
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.domain.records import Revocation, RulePack, Station
from tuopin_desktop.exchange import packfile
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.packfile import PackFile
from tuopin_desktop.services.office import library
from tuopin_desktop.store import feeds
from tuopin_desktop.store.store import Store

KINDS = frozenset(cls.kind.name for cls in (RulePack, Station, Revocation))
"""What the packs in use follow from: the packs themselves, and whose signature counts."""


def packs_of(store: Store) -> dict[str, Policy]:
    """Return every pack in use by id, the first one first, each in its first version with the later ones in it."""
    versions = {pack: {one.version: one} for pack, one in library.packs().items()}
    for record in store.rows(RulePack, scope=store.identity.office):
        if ids.owner(record.id) == store.identity.office and (policy := _sound(store, record)) is not None:
            # What was signed and judged by here stays, whatever a newer program ships under the same number.
            versions.setdefault(policy.id, {})[policy.version] = policy
    return {pack: _chained([of[number] for number in sorted(of)]) for pack, of in versions.items()}


def newest(policy: Policy) -> Policy:
    """Return the newest version of a pack."""
    return policy.later[-1] if policy.later else policy


def versions(policy: Policy) -> tuple[Policy, ...]:
    """Return every version of a pack, the oldest first."""
    return (msgspec.structs.replace(policy, later=()), *policy.later)


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


def _chained(policies: list[Policy]) -> Policy:
    first, *later = policies
    return msgspec.structs.replace(first, later=tuple(later))


def first_of(packs: Mapping[str, Policy]) -> dict[str, Policy]:
    """Return the packs each in its newest version, as a pack that comes is measured against them."""
    return {pack: newest(one) for pack, one in packs.items()}
