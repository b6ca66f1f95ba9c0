"""The in-tray: all packages of a folder rehearsed at once, the oldest first, and taken in one go, each whole or not."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from tuopin_desktop.domain.exchange.arrival import Outcome
from tuopin_desktop.domain.ids import REGION
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Person
from tuopin_desktop.domain.roles import Act
from tuopin_desktop.exchange import minisign
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.exchange.accounts import ImportAccount
from tuopin_desktop.services.exchange.scanpackages import ScanImport
from tuopin_desktop.services.office import clocks, offices, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers.wording import spoken
from tuopin_desktop.store import parcels, receiving
from tuopin_desktop.store.undoing import Undone

Progress = Callable[[int, int], None]
READY, DIFFERS, GAP, FORK, REFUSED = "ready", "differs", "gap", "fork", "refused"
_NAMES = 12
"""Names of new people that are told; the rest are counted."""


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """What taking a package in would do; nothing is written.

    `state` is ready, differs (it can be taken; `differing` values are not applied or stand beside ours), gap (`lacking`
    says in words what has to come before), fork (two histories of one PC) or refused; then `why` is the reason in full.
    """

    path: Path
    state: str
    office: str = ""
    number: int = 0
    account: ImportAccount | None = None
    differing: int = 0
    people: tuple[str, ...] = ()
    lacking: str = ""
    why: str = ""

    @property
    def counts(self) -> tuple[int, int]:
        """Return how many records are new and how many are changed."""
        kinds = self.account.outcome.kinds.values() if self.account else ()
        return sum(one.new for one in kinds), sum(one.changed for one in kinds)

    @property
    def sentences(self) -> list[str]:
        """Return the rehearsal in words: the account with new people by name, or why it is refused."""
        if self.account is None:
            return [self.why]
        lines = packages.account(self.account)
        if self.people:
            more = self.account.outcome.kinds["person"].new - len(self.people)
            rest = f"，另有{more}人" if more > 0 else ""
            lines.insert(1, f"    新增人员：{'、'.join(self.people)}{rest}")
        return lines


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one package of a batch: its account, or why it was not taken in."""

    path: Path
    account: ImportAccount | None = None
    scans: ScanImport | None = None
    why: str = ""


class Batch(msgspec.Struct, frozen=True):
    """What became of a batch, in the order in which it was taken in."""

    shares: tuple[Share, ...]

    @property
    def accounts(self) -> list[ImportAccount]:
        """The accounts of the packages that were taken in."""
        return [one.account for one in self.shares if one.account is not None]

    @property
    def lines(self) -> list[str]:
        """Return the account of the whole batch in words, to be kept and printed."""
        lines: list[str] = []
        for number, one in enumerate(self.shares, 1):
            lines += [f"{number}．{text}" if not at else text for at, text in enumerate(_share_lines(one))]
        return lines

    @property
    def sentence(self) -> str:
        """Return the result in a sentence."""
        new = sum(one.outcome.new for one in self.accounts)
        scans = sum(one.scans is not None for one in self.shares)
        bad = sum(bool(one.why) for one in self.shares)
        idle = sum(line.lines for one in self.accounts for line in one.outcome.idle)
        text = f"已收下{len(self.accounts)}个数据包，{new - idle}条"
        text += f"，另有{idle}条收下但不计入" if idle else ""
        text += f"，扫描件包{scans}个" if scans else ""
        return f"{text}；{bad}个没有收下，原因写在收包记录里。" if bad else f"{text}。"


def _share_lines(one: Share) -> list[str]:
    if one.scans is not None:
        return [one.scans.sentence]
    if one.account is None:
        return [f"“{one.path.name}”没有收下：{one.why}"]
    return [*packages.account(one.account), f"    回执 {one.account.receipt}"]


def in_order(labels: Sequence[tuple[Path, str, int, str]]) -> list[Path]:
    """Return packages (path, sender, number, date) the oldest first; those of one sender always by their number."""
    by_date = sorted(labels, key=lambda one: (one[3], one[1], one[2]))
    of_sender = {one[1]: iter(sorted((two for two in by_date if two[1] == one[1]), key=_number)) for one in by_date}
    return [next(of_sender[one[1]])[0] for one in by_date]


def _number(one: tuple[Path, str, int, str]) -> int:
    return one[2]


def rehearse_all(desk: Desk, paths: Sequence[Path], progress: Progress | None = None) -> list[Rehearsal]:
    """Rehearse packages one after another, each on top of those before, in the order in which they would be taken in.

    A bad one does not stop the others. Everything is taken back: nothing is written.
    """
    desk.require(Act.RECEIVE)
    stations.keys(desk)
    trials: list[tuple[Path, _Trial | Refused | Trouble]] = []
    with receiving.rehearsing(desk.store.ledger):
        for number, path in enumerate(paths):
            if progress is not None:
                progress(number, len(paths))
            try:
                trials.append((path, _trial(desk, path)))
            except (Refused, Trouble) as error:
                trials.append((path, error))
    last = {one.office: one.number for one in reversed(parcels.listed(desk.store.ledger, "taken"))}
    rehearsals = []
    for path, trial in trials:
        rehearsals.append(_rehearsal(desk, path, trial, last))
        if isinstance(trial, _Trial) and trial.outcome is not None:  # the next one of its sender comes on top of it
            header = trial.package.header
            last[header.office] = max(last.get(header.office, 0), header.number)
    return rehearsals


class _Trial(msgspec.Struct):
    package: receiving.ProvedContainer
    outcome: Outcome | None
    people: tuple[str, ...] = ()
    error: Refused | None = None


def _trial(desk: Desk, path: Path) -> _Trial:
    package = packages.arriving(desk, path)
    try:
        with spoken(desk):
            outcome = receiving.receive(
                desk.store.ledger, package, minisign.good, desk.clock.stamp_ms(), keep=True, first=False
            )
    except Refused as error:
        return _Trial(package, None, error=error)
    people = (desk.store.get(Person, key.partition(":")[2]) for key in outcome.people[:_NAMES])
    return _Trial(package, outcome, tuple(one.name for one in people if one is not None and one.name))


def _rehearsal(desk: Desk, path: Path, trial: "_Trial | Refused | Trouble", last: dict[str, int]) -> Rehearsal:
    if not isinstance(trial, _Trial):
        return Rehearsal(path=path, state=REFUSED, why=trial.sentence)
    header = trial.package.header
    if trial.outcome is None:
        error = trial.error
        assert error is not None
        code = next((one.code for one in error.problems), "")
        state = code if code in (GAP, FORK) else REFUSED
        lacking = lacking_words(header.office, last.get(header.office, 0), header.number) if state == GAP else ""
        return Rehearsal(
            path=path, state=state, office=header.office, number=header.number, lacking=lacking, why=error.sentence
        )
    account = packages.account_of(desk, trial.package, trial.outcome)
    differing = len(trial.outcome.lost) + len(trial.outcome.uncounted)
    return Rehearsal(
        path=path,
        state=DIFFERS if differing else READY,
        office=header.office,
        number=header.number,
        account=account,
        differing=differing,
        people=trial.people,
    )


def lacking_words(office: str, last: int, number: int) -> str:
    """Return which package is lacking before one: by its number where a sender below numbers only for this office."""
    if office != REGION and number - last == 2:
        return f"缺第{last + 1}包"
    if office != REGION and 2 < number - last:
        return f"缺第{last + 1}至{number - 1}包"
    return "缺前面的包"


def take_all(desk: Desk, paths: Sequence[Path], progress: Progress | None = None) -> Batch:
    """Take packages in one after another, each whole or not at all, after one checked copy of the database.

    A bad one is told and does not stop the others. `progress` hears (packages done, packages) and may raise to stop:
    then those that were done stand, whole, as `parcels.batch` tells, and of the one at hand nothing.
    """
    desk.require(Act.RECEIVE)
    shares: list[Share] = []
    for number, path in enumerate(paths):

        def tell(_lines: int, _all: int, number: int = number) -> None:
            if progress is not None:
                progress(number, len(paths))

        tell(0, 0)
        shares.append(_share(desk, path, tell, first=not any(one.account for one in shares)))
    return Batch(tuple(shares))


def _share(desk: Desk, path: Path, tell: Progress, *, first: bool) -> Share:
    try:
        if scanpackages.are_scans(packages.proved(path).label):
            return Share(path=path, scans=scanpackages.take(desk, path, progress=tell))
        take = packages.take if first else packages.take_further
        return Share(path=path, account=take(desk, path, tell))
    except (Refused, Trouble) as error:
        return Share(path=path, why=error.sentence)


class UndoneBatch(msgspec.Struct, frozen=True):
    """The packages of a batch that were undone, the newest first, and why not all of them were."""

    acts: tuple[Undone, ...]
    why: str = ""


def undo_all(desk: Desk) -> UndoneBatch:
    """Undo the batch that was taken in last, the newest package first, as far as nothing builds on it.

    Raises Refused where not even the first can be undone.
    """
    acts: list[Undone] = []
    for _ in range(max(1, len(parcels.batch(desk.store.ledger)))):
        try:
            acts.append(packages.undo(desk))
        except Refused as error:
            if not acts:
                raise
            return UndoneBatch(tuple(acts), error.sentence)
    return UndoneBatch(tuple(acts))


def undoing_words(batch: UndoneBatch) -> str:
    """Return what was undone, by unit and number; the receipts are void, and no code is said any more."""
    names = "、".join(f"{offices.called(one.office)}第{one.number}包" for one in batch.acts)
    lines = sum(one.lines for one in batch.acts)
    text = f"已撤销{names}，{lines}条退出，可以再收。回执已作废：念过的请打电话告诉对方还没有收下。"
    return f"{text}其余没有撤销：{batch.why}" if batch.why else text


def ask_anew(desk: Desk, path: Path) -> str:
    """Note that a package begins after what is here, which our next package tells its sender; return its sender."""
    desk.require(Act.RECEIVE)
    package = packages.arriving(desk, path)
    why = f"第{package.header.number}包缺前面的内容，请从头重发"
    receiving.note_refused(desk.store.ledger, package, why, clocks.moment(desk))
    return package.header.office
