"""The rule packs side by side: which are installed, what of each is not certain, and which one new postings are under.

A record keeps the pack it was made under (Q36): choosing another one changes nothing that is entered already.
"""

import msgspec

from tuopin_desktop.domain.facts import serves
from tuopin_desktop.domain.policy import FIRST_PACK, Policy, pack_of
from tuopin_desktop.domain.problems import Problem, refuse
from tuopin_desktop.domain.records import Posting
from tuopin_desktop.domain.records.choices import POSITION
from tuopin_desktop.domain.switches import Switch
from tuopin_desktop.services.office import packshelf, settings
from tuopin_desktop.services.office.desk import Desk


class PackRow(msgspec.Struct, frozen=True):
    """A pack as it stands in this office: how many postings are under it and how many of them serve today."""

    policy: Policy
    postings: int
    serving: int
    is_default: bool

    @property
    def open(self) -> tuple[str, ...]:
        """What the pack's source leaves open, in words."""
        return self.policy.open

    @property
    def unsure(self) -> tuple[Switch, ...]:
        """The switches that must be checked against local papers before they are relied on."""
        return tuple(one for one in self.policy.switches.values() if not one.sure)


def listed(desk: Desk) -> list[PackRow]:
    """Return every installed pack, the first one first."""
    postings, today = desk.store.rows(Posting, scope=desk.scope), desk.today()
    choice = for_new(desk) or FIRST_PACK
    rows = []
    for pack, first_version in desk.packs.items():
        policy = packshelf.newest(first_version)
        under = [one for one in postings if pack_of(one) == pack]
        rows.append(PackRow(policy, len(under), sum(serves(one, today) for one in under), pack == choice))
    return rows


def installed(desk: Desk, pack: str) -> Policy:
    """Return a pack in use here in its newest version; raises Refused when there is none of that name."""
    if pack not in desk.packs:
        raise refuse("pack", f"没有办法文件“{pack[:30]}”，已安装的有：{'、'.join(desk.packs)}", "pack")
    return packshelf.newest(desk.packs[pack])


def choose(desk: Desk, pack: str) -> Policy:
    """Put new postings under a pack from now on; raises Refused when there is none of that name."""
    policy = installed(desk, pack)
    settings.choose(desk, settings.PACK.key, pack)
    return policy


def problems(desk: Desk, posting: Posting) -> list[Problem]:
    """Return that a posting's position is none of its pack's."""
    if not posting.position:
        return []
    policy = desk.packs.get(pack_of(posting))
    versions = packshelf.versions(policy) if policy else ()
    names = tuple(dict.fromkeys(slot.position for one in versions for slot in one.slots))
    if policy is None or posting.position in names:
        return []
    may_be = "、".join(POSITION.word(one) for one in names)
    sentence = f"《{packshelf.newest(policy).title}》没有“{POSITION.word(posting.position)}”这一职务，可选：{may_be}"
    return [Problem(code="position", sentence=sentence, fields=("position",), article=2)]


def preset(desk: Desk) -> dict[str, str]:
    """Return what a new posting begins with: the pack in use."""
    return {"pack": for_new(desk)}


def for_new(desk: Desk) -> str:
    """Return what a new posting keeps as its pack: nothing for the first one, which needs no naming."""
    choice = str(settings.values(desk)[settings.PACK.key])
    return choice if choice in desk.packs and choice != FIRST_PACK else ""
