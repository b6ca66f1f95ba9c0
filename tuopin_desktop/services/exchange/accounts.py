"""What is told of data packages: one that was written, one that was looked at, one that was taken in or rehearsed."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain.exchange.arrival import Outcome
from tuopin_desktop.domain.exchange.parcel import Header, Refusal


class PackageFile(msgspec.Struct, frozen=True, kw_only=True):
    """A package on the stick, read back and proved: the stick may be pulled."""

    path: Path
    number: int
    to: str
    changes: int
    size: int


class PackageView(msgspec.Struct, frozen=True, kw_only=True):
    """What a package says of itself; `header` only where this PC can open it, else `closed` says why not.

    `shut`: the PC that signed it was closed by the region; its lines are kept and do not count.
    """

    label: dict[str, str]
    station: str
    known: bool
    header: Header | None
    closed: str = ""
    shut: bool = False


class ImportAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The account of an import or a rehearsal: who sent what, what it changes, the receipt to read over the phone.

    `refused` is what the sender reports of our packages that it did not take in. `closed` says, in words, which
    closed months the package touches, `clocks` what of it a wrong clock wrote, `idle` that a closed PC's lines do not
    count. `samples` are the first changes of
    records that were here, `lacking` what of our own past is not here, both in words; `backup` is the copy made before,
    when anything was new.
    """

    name: str
    office: str
    number: int
    made: str
    outcome: Outcome
    receipt: str
    refused: tuple[Refusal, ...]
    missing: dict[str, tuple[int, int]]
    samples: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    backup: Path | None = None

    @property
    def result(self) -> str:
        """Return in a few words what became of the package once it was taken in."""
        return "已收下，但停用以后送来的内容不计入" if self.idle else "已收下"
