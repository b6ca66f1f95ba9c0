"""The rule packs as the window lists them: those in use, then those that wait, and what a clerk may do with each."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Attachment
from tuopin_desktop.domain.switches import Switch
from tuopin_desktop.services.exchange import packfiles
from tuopin_desktop.services.exchange.packfiles import ProvedPack
from tuopin_desktop.services.office import attachments, packs
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.rulings import packtrials

Progress = Callable[[int, int], None]


class PackLine(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in use, or one that waits; `paper` is the ending of its paper where that can be read here, else ""."""

    policy: Policy
    waits: bool = False
    paper: str = ""
    postings: int = 0
    serving: int = 0
    is_default: bool = False

    @property
    def key(self) -> str:
        """Return what tells this line from the others."""
        return f"{self.policy.id} {self.policy.version}" if self.waits else self.policy.id

    @property
    def name(self) -> str:
        """Return the title, with the version where there was one before."""
        policy = self.policy
        return f"{policy.title}（第{policy.version}版）" if policy.version > 1 else policy.title

    @property
    def open(self) -> tuple[str, ...]:
        """What the pack's source leaves open, in words."""
        return self.policy.open

    @property
    def unsure(self) -> tuple[Switch, ...]:
        """The switches that must be checked against local papers before they are relied on."""
        return tuple(one for one in self.policy.switches.values() if not one.sure)


def lines(desk: Desk) -> list[PackLine]:
    """Return the packs in use, the first one first, then those that wait."""
    papers = packfiles.papers(desk)
    used = [
        PackLine(
            policy=one.policy,
            paper=_ending(desk, papers.get((one.policy.id, one.policy.version))),
            postings=one.postings,
            serving=one.serving,
            is_default=one.is_default,
        )
        for one in packs.listed(desk)
    ]
    waiting = packfiles.waiting(desk)
    return used + [
        PackLine(policy=one.policy, waits=True, paper=one.file.ending if one.paper else "") for one in waiting
    ]


def _ending(desk: Desk, paper: Attachment | None) -> str:
    place = attachments.place_of(desk, paper) if paper is not None else None
    return place.suffix.lstrip(".") if place else ""


def trial_lines(desk: Desk, pack: str, version: int, progress: Progress) -> list[str]:
    """Return what a pack that waits would change here, in words; nothing is written. Raises Refused."""
    proved_pack = packfiles.called(desk, pack, version)
    return list(packtrials.trial_lines(proved_pack, packtrials.trial(desk, proved_pack, progress=progress)))


def told_of_file(desk: Desk, path: Path, progress: Progress) -> list[str]:
    """Return the same of a file on a stick."""
    proved_pack = packfiles.inspect(desk, path)
    if proved_pack.state != "new":
        became = "已经启用" if proved_pack.state == "used" else "已经收下，在“设置”的“办法文件”里待启用"
        return [f"{proved_pack.name}{became}，不用再收。"]
    return list(packtrials.trial_lines(proved_pack, packtrials.trial(desk, proved_pack, progress=progress)))


def installed(desk: Desk, path: Path) -> ProvedPack:
    """Keep a file from a stick; raises Refused, Trouble."""
    return packfiles.install(desk, path)
