"""The desk: one opened office with everything a use case needs; belongs to the thread that opened it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.codes import PACK_TABLE, CodeTable
from tuopin_desktop.domain.ids import Level, level_of
from tuopin_desktop.domain.policy import Policy
from tuopin_desktop.domain.records import Office, TermSeal
from tuopin_desktop.domain.roles import Act, Signed
from tuopin_desktop.machine import paths
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.machine.lock import FolderLock
from tuopin_desktop.services.office import access, daysahead, frozen, library, packshelf, prepared, seals
from tuopin_desktop.store import keyring
from tuopin_desktop.store.finder import Finder
from tuopin_desktop.store.finder import beside as beside_for_words
from tuopin_desktop.store.memo import Memo, beside
from tuopin_desktop.store.store import Store

PRACTICE_MARK = "练习数据  不作凭证"
UNNAMED = "经办人"
"""Who signs changes while nobody's name is entered."""
_ANSWERS = 3
"""How many answers of one state are kept: the facts of the day, those of the measure, those with traces."""
_LASTING = 16
"""How many answers on what is handed down are kept: a policy for each day asked about is one."""

if TYPE_CHECKING:  # loads when something is typeset
    from tuopin_desktop.documents.fonts import FontBook

T = TypeVar("T")


class Standing(msgspec.Struct, frozen=True):
    """How far something has come that is done while nothing is asked.

    Meanwhile what is shown is of another day (`older`), or not yet everything (`partial`).
    Once it is done, whoever shows anything of these `kinds` asks again: nothing was written, but more is known.
    `errors` are bugs that were met on the way and did not stop it; `topic` says what it is that is done.
    """

    count: int
    total: int
    older: bool = False
    partial: bool = False
    kinds: frozenset[str] = frozenset()
    errors: tuple[Exception, ...] = ()
    topic: str = "day"


class Desk:
    """An opened office. Services take it as their first argument."""

    def __init__(self, folder: Path, store: Store, lock: FolderLock, clock: Clock) -> None:
        self.folder = folder
        self.store = store
        self.clock = clock
        self.scope = store.identity.office
        self.who: Signed = access.unsigned(store, self.scope)
        """Who works here: set by signing in."""
        self.second: Signed | None = None
        """Who stands beside, while `countersigned`."""
        self.practice = store.identity.practice
        self._policy: Policy | None = None
        self.wrote = False
        """Whether anything was written since the last copy was made of it."""
        self.reason = ""
        """Why what is fixed is corrected, while `amending`."""
        self.patient = False
        """Whether whoever asks would rather see at once what was judged before than wait for it."""
        self.later: Callable[[], Standing | None] | None = None
        """What is to be done while nothing is asked, a slice at a call; it tells how far that is when it is further."""
        self.hear: Callable[[int, int], None] | None = None
        """Hears how far the settling is that a paper waits for, (done, all); may raise to give the paper up."""
        self._standing: Standing | None = None
        self._lock = lock
        self._changed: frozenset[str] = frozenset()
        self._fonts: FontBook | None = None
        self._turn = ""
        self._answers: dict[Hashable, Any] = {}
        self._lasting: dict[Hashable, tuple[frozenset[str], Any]] = {}
        self.memo = Memo(beside(store.path), store.identity.whose, keyring.key_of(store.path))
        """What was judged once, beside the database."""
        self.finder = Finder(beside_for_words(store.path), store.identity.whose, self.memo.key)
        """Under which words rows are found, beside the database as well."""
        self._kept: dict[Hashable, Any] = {}
        self._packs: Mapping[str, Policy] | None = None
        self._vocabulary: Mapping[str, CodeTable] | None = None

    @property
    def policy(self) -> Policy:
        """Return the first rule pack as it ships."""
        if self._policy is None:
            prepared.take(self.memo)
            self._policy = library.policy()
        return self._policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        """Work under another edition: what was answered under the one before is forgotten."""
        self._policy = policy
        self._answers.clear()
        self._lasting.clear()

    @property
    def packs(self) -> Mapping[str, Policy]:
        """Return the rule packs in use here by id, the first one first: those shipped and those that came by stick."""
        if self._packs is None:
            prepared.take(self.memo)
            self._packs = packshelf.packs_of(self.store)
        return self._packs

    @property
    def vocabulary(self) -> Mapping[str, CodeTable]:
        """Return the code tables, the packs in use among them."""
        if self._vocabulary is None:
            titles = {pack: packshelf.newest(one).title for pack, one in self.packs.items()}
            self._vocabulary = {**library.codes(), PACK_TABLE: CodeTable(titles)}
        return self._vocabulary

    @property
    def seals(self) -> tuple[TermSeal, ...]:
        """Return the seals that stand over terms, of this office and of those it hears of."""
        return self.lasting(seals.KINDS_READ, seals.KIND, lambda: seals.standing(self.store))

    @property
    def level(self) -> Level:
        """Return the level of this office."""
        return level_of(self.scope)

    @property
    def office(self) -> Office:
        """Return this office's own record."""
        return self.store.get(Office, f"{self.scope}/office") or Office(id=f"{self.scope}/office", name=self.scope)

    @property
    def user(self) -> str:
        """Return the name that signs changes: of whoever signed in, else of the office's one clerk."""
        return self.who.name or self.office.clerk or UNNAMED

    @property
    def by(self) -> str:
        """Return who wrote a change, as the log says it: with the second person where there is one."""
        return f"{self.user}（复核 {self.second.name}）" if self.second is not None else self.user

    @property
    def mark(self) -> str:
        """Return what every practice print carries outside its frame, else ""."""
        return PRACTICE_MARK if self.practice else ""

    def today(self) -> date:
        """Return the local date."""
        return self.clock.today()

    def fonts(self) -> "FontBook":
        """Return the fonts, loaded on first use."""
        if self._fonts is None:
            self._fonts = fonts()
        return self._fonts

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """Return an answer that depends on the database and the question alone; until the next write it is kept.

        Reading the records of a region and following their slips is most of what a page costs (0.4 s of 285 people),
        and several questions of one page, or of one stroke, ask for the same.
        """
        # Every write moves the turn: an answer cannot outlive what it was read from, and nobody has to invalidate it.
        turn = self.store.turn
        if turn != self._turn:
            self._turn = turn
            self._answers.clear()
        if question not in self._answers:
            while len(self._answers) >= _ANSWERS:
                del self._answers[next(iter(self._answers))]
            self._answers[question] = answer()
        return self._answers[question]  # type: ignore[no-any-return]  # what this very question was answered with

    def lasting(self, kinds: frozenset[str], question: Hashable, answer: Callable[[], T]) -> T:
        """Return an answer that depends on the records of some kinds and the question alone, kept until one changes.

        For what the region office hands down (rulings, holidays): it changes once in months and is asked at every key.
        """
        if question not in self._lasting:
            while len(self._lasting) >= _LASTING:
                del self._lasting[next(iter(self._lasting))]
            self._lasting[question] = (kinds, answer())
        return self._lasting[question][1]  # type: ignore[no-any-return]  # what this very question was answered with

    def keep(self, cls: Callable[["Desk"], T]) -> T:
        """Return the one object of a class that goes with this desk while it is open, made when first asked for."""
        if cls not in self._kept:
            self._kept[cls] = cls(self)
        return self._kept[cls]  # type: ignore[no-any-return]  # what that class made

    def judge_anew(self) -> None:
        """Forget everything that was judged: rows were written past the log, whose chains tell what changed."""
        self.memo.clear()
        self.finder.clear()
        self._kept.clear()
        self._answers.clear()

    @contextmanager
    def amending(self, reason: str) -> Iterator[None]:
        """Let what is written in here correct fixed records, each field noted with this reason; none lifts nothing."""
        before, self.reason = self.reason, reason.strip()
        try:
            yield
        finally:
            self.reason = before

    @contextmanager
    def countersigned(self, second: Signed | None) -> Iterator[None]:
        """Let what is done in here be done by two: who signed in and a second person who has said who he is."""
        before, self.second = self.second, second
        try:
            yield
        finally:
            self.second = before

    def require(self, *acts: Act) -> None:
        """Raise Refused unless whoever works here may do this (`domain/roles.py`)."""
        for act in acts:
            access.require(self.store, self.scope, self.who, self.second, act)

    def guarded(self, changes: Sequence[Change]) -> list[Change]:
        """Return the changes with the corrections they make; raises Refused.

        By role, for a sealed term, a closed month, a day that lies ahead, fixed paper.
        """
        from tuopin_desktop.services.office import closedmonths  # noqa: PLC0415 start-up: it knows how months are counted

        self.require(*access.acts_of(changes, self.second))
        access.refuse_orphaning(self.store, self.scope, changes)
        seals.refuse(self.store, self.scope, changes, self.seals)
        closedmonths.refuse(self.store, changes)
        daysahead.refuse(self.store, self.clock, changes)
        return frozen.settle(self.store, changes, self.reason, self.user, self.today(), self.vocabulary)

    def commit(self, changes: Iterable[Change]) -> frozenset[str]:
        """Write all changes or none, remember which kinds changed; raises Refused for what is closed or fixed."""
        all_changes = self.guarded(list(changes))
        kinds = self.store.commit(all_changes, self.by, self.clock.stamp_ms())
        self._note(kinds)
        self.wrote |= bool(kinds)
        return kinds

    def touch(self, kinds: Iterable[str]) -> None:
        """Remember kinds that changed otherwise than by commit: by an import or its undoing."""
        self._note(frozenset(kinds))
        self.wrote = True

    def _note(self, kinds: frozenset[str]) -> None:
        self._changed |= kinds
        if "user" in kinds:
            self.who = access.as_standing(self.store, self.scope, self.who)
        self._lasting = {name: pair for name, pair in self._lasting.items() if not pair[0] & kinds}
        if kinds & packshelf.KINDS:
            self._packs = self._vocabulary = None

    def take_changes(self) -> frozenset[str]:
        """Return the kinds changed since the last call; the runner publishes them."""
        names, self._changed = self._changed, frozenset()
        return names

    def tell(self, standing: Standing) -> None:
        """Remember that what is answered now is not of today, or not everything."""
        self._standing = standing

    def take_standing(self) -> Standing | None:
        """Return what was last told since the last call; the runner publishes it together with the answer."""
        standing, self._standing = self._standing, None
        return standing

    def close(self) -> None:
        """Close the database and give the folder back."""
        self.memo.close()
        self.finder.close()
        self.store.close()
        self._lock.release()


def fonts() -> "FontBook":
    """Return the bundled fonts."""
    from tuopin_desktop.documents.fonts import FontBook  # noqa: PLC0415 start-up: the first page prints nothing

    return FontBook(paths.FONTS, paths.cache_folder() / "fonts")
