"""The rule packs in use in an office: those shipped with the program, and the signed ones it took into use."""

from collections.abc import Mapping

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Revocation, RulePack, Station
from tuopin_desktop.services.office import library
from tuopin_desktop.store.store import Store

KINDS = frozenset(cls.kind.name for cls in (RulePack, Station, Revocation))
"""What the packs in use follow from: the packs themselves, and whose signature counts."""


def packs_of(store: Store) -> dict[str, Policy]:
    """Return every pack in use by id, the first one first, each in its first version with the later ones in it."""
    versions = {pack: {one.version: one} for pack, one in library.packs().items()}
    records = [
        one
        for one in store.rows(RulePack, scope=store.identity.office)
        if ids.owner(one.id) == store.identity.office and not one.deleted
    ]
    if records:
        from tuopin_desktop.services.office import packproofs  # noqa: PLC0415 start-up: most offices took none by stick

        for policy in packproofs.sound(store, records):
            # What was signed and judged by here stays, whatever a newer program ships under the same number.
            versions.setdefault(policy.id, {})[policy.version] = policy
    return {pack: _chained([of[number] for number in sorted(of)]) for pack, of in versions.items()}


def newest(policy: Policy) -> Policy:
    """Return the newest version of a pack."""
    return policy.later[-1] if policy.later else policy


def versions(policy: Policy) -> tuple[Policy, ...]:
    """Return every version of a pack, the oldest first."""
    return (msgspec.structs.replace(policy, later=()), *policy.later)


def _chained(policies: list[Policy]) -> Policy:
    first, *later = policies
    return msgspec.structs.replace(first, later=tuple(later))


def first_of(packs: Mapping[str, Policy]) -> dict[str, Policy]:
    """Return the packs each in its newest version, as a pack that comes is measured against them."""
    return {pack: newest(one) for pack, one in packs.items()}
