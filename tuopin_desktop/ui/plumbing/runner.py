"""The one bridge to the worker thread: it owns the desk and its database; the window only asks."""

import itertools
import queue
import sys
import threading
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeAlias, TypeVar, TypeVarTuple

import msgspec
import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.ui.plumbing.lifting import Reasons, Seconds, Wrap, lift
from tuopin_desktop.ui.plumbing.office import OfficeView, office_of

Failed = Callable[[Refused | Trouble], object]
Progress = Callable[[int, int], None]


class Source(Protocol):
    """What a worker thread owns and questions are asked of: a desk, or the bench of a rescue."""

    def take_changes(self) -> frozenset[str]:
        """Return the kinds changed since the last call."""


S_co = TypeVar("S_co", bound=Source, covariant=True)
S = TypeVar("S")
P = ParamSpec("P")
Args = TypeVarTuple("Args")
Last = TypeVar("Last")
Answer = TypeVar("Answer")


def question(function: Callable[Concatenate[S, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Callable[[S], Answer]:
    """Return a question with all its arguments, for one that takes some by keyword: `ask` itself passes none on.

    The type checker lets nothing stand between `*args` and `**kwargs` of one function, as `then` would.
    """

    @wraps(function)
    def run(source: S) -> Answer:
        return function(source, *args, **kwargs)

    return run


def all_but_last(function: Callable[[S, *Args, Last], Answer], *first: *Args) -> Callable[[S, Last], Answer]:
    """Return a question with all its arguments but the last, which comes later: a path chosen, a form filled in."""

    @wraps(function)
    def run(source: S, last: Last) -> Answer:
        return function(source, *first, last)

    return run


class Cancelled(Exception):
    """Raised inside a long job when the clerk has cancelled it."""


class Ticket:
    """Stands for one request; `cancel()` stops a long job at its next step and drops the answer."""

    def __init__(self) -> None:
        self._flag = threading.Event()

    def cancel(self) -> None:
        self._flag.set()

    @property
    def cancelled(self) -> bool:
        return self._flag.is_set()


class AskerOf(Protocol[S_co]):
    """What screens know of the runner: arguments and answer are those of the function that is asked."""

    changed: Any
    progressed: Any
    troubled: Any
    standing: Any
    settling: Any
    reasons: Reasons | None
    seconds: Seconds | None

    def ask(
        self,
        function: Callable[[S_co, *Args], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket: ...

    def ask_long(
        self,
        function: Callable[[S_co, *Args, Progress], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket: ...


Asker: TypeAlias = AskerOf[Desk]


class _Job(msgspec.Struct):
    """A request with everything needed to answer it; `lane` makes a newer request obsolete an older one."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    then: Callable[[Any], object] | None
    failed: Failed | None
    lane: str
    number: int
    ticket: Ticket
    result: Any = None
    error: BaseException | None = None
    changes: frozenset[str] = frozenset()


class Runner(QObject, Generic[S_co]):
    """Runs services one after another in its own thread and brings their answers back to the window's thread.

    `changed` is emitted once after a job that changed records, with the kinds of records; `troubled` carries
    refusals and troubles that nobody else takes; `progressed` is (done, total) of the running long job. What the desk
    has to do later is done slice by slice while nothing is asked; `standing` says after each how far that has come, and
    before an answer that is not of today that it is not. `settling` is (ticket, done, total) while a request waits for
    everything to be judged as of today, its ticket stops it; (None, 0, 0) once that request is answered.
    """

    changed = Signal(frozenset)
    troubled = Signal(object)
    progressed = Signal(int, int)
    standing = Signal(object)
    settling = Signal(object, int, int)
    _answered = Signal(object)

    def __init__(self, open_desk: Callable[[], S_co]) -> None:
        super().__init__()
        self._open_desk = open_desk
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._numbers = itertools.count(1)
        self._newest: dict[str, int] = {}
        self._thread = threading.Thread(target=self._work, name="desk")
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.reasons: Reasons | None = None
        self.seconds: Seconds | None = None

    def start(self: "Runner[Desk]", then: Callable[[OfficeView], None], failed: Failed) -> None:
        """Open the desk in the worker thread; `then` gets the facts that screens may know without asking."""
        self.begin()
        self.ask(office_of, then=then, failed=failed)

    def begin(self) -> None:
        """Let the worker thread take what is asked; for something that is no desk and has no office."""
        self._thread.start()

    def ask(
        self,
        function: Callable[[S_co, *Args], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket:
        """Run `function(desk, *args)` in the worker thread and deliver its answer in this one.

        Of requests with the same `lane` only the newest is answered.
        """
        return self._put(function, args, then, failed, lane, Ticket())

    def ask_long(
        self,
        function: Callable[[S_co, *Args, Progress], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket:
        """Ask as `ask` does, and hand `progress` as the last argument: (done, total), raises Cancelled once the ticket
        is cancelled.
        """
        ticket = Ticket()
        return self._put(function, (*args, self._progress(ticket, self.progressed.emit)), then, failed, lane, ticket)

    def _put(
        self,
        function: Callable[..., Answer],
        args: tuple[Any, ...],
        then: Callable[[Answer], object] | None,
        failed: Failed | None,
        lane: str,
        ticket: Ticket,
    ) -> Ticket:
        job = _Job(function, args, then, failed, lane, next(self._numbers), ticket)
        if lane:
            self._newest[lane] = job.number
        self._jobs.put(job)
        return job.ticket

    def stop(self) -> None:
        """Finish what was asked before, close the desk and end the thread."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()

    # -- in the worker thread

    def _work(self) -> None:
        desk: S_co | None = None
        while (job := self._next(desk)) is not None:
            if self._obsolete(job):
                continue
            try:
                desk = desk if desk is not None else self._open_desk()
                if isinstance(desk, Desk):
                    desk.hear = self._progress(job.ticket, partial(self.settling.emit, job.ticket))
                job.result = job.function(desk, *job.args)
            except BaseException as error:  # noqa: BLE001 - handed over whole: the window's thread sorts the families
                job.error = error
            self.settling.emit(None, 0, 0)
            if desk is not None:
                job.changes = desk.take_changes()
            if isinstance(desk, Desk) and (standing := desk.take_standing()) is not None:
                self.standing.emit(standing)
            self._answered.emit(job)
        if desk is not None and hasattr(desk, "close"):
            desk.close()

    def _next(self, desk: S_co | None) -> _Job | None:
        """Return what was asked next; until something is, do what the desk has for later, a slice at a time."""
        while isinstance(desk, Desk) and desk.later is not None and self._jobs.empty():
            try:
                standing = desk.later()
                if standing is None:
                    continue
                self.standing.emit(standing)
                for bug in standing.errors:
                    self._fail(bug)
            except BaseException as error:  # noqa: BLE001 - handed over whole, as of a job; it is not tried again
                desk.later = None
                self._fail(error)
        return self._jobs.get()

    def _fail(self, error: BaseException) -> None:
        """Hand over an error nobody asked for."""
        self._answered.emit(_Job(lambda: None, (), None, None, "", 0, Ticket(), error=error))

    def _progress(self, ticket: Ticket, tell: Progress) -> Progress:
        def report(count: int, total: int) -> None:
            if ticket.cancelled:
                raise Cancelled
            tell(count, total)

        return report

    def _obsolete(self, job: _Job) -> bool:
        return job.ticket.cancelled or bool(job.lane and self._newest.get(job.lane) != job.number)

    # -- in the window's thread

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        try:
            if not self._obsolete(job):
                self._answer(job)
        finally:
            if job.changes:
                self.changed.emit(job.changes)

    def _answer(self, job: _Job) -> None:
        def give_up() -> None:
            answer(job.result, job.error, job.then, job.failed or self.troubled.emit)

        def again(wrap: Wrap) -> None:
            self._jobs.put(msgspec.structs.replace(job, function=wrap(job.function), error=None, result=None))

        lift(self, job.error, again, give_up)


class ImmediateRunner(QObject, Generic[S_co]):
    """The runner without a thread, for tests of one screen: every request is answered before `ask` returns."""

    changed = Signal(frozenset)
    troubled = Signal(object)
    progressed = Signal(int, int)
    standing = Signal(object)
    settling = Signal(object, int, int)

    def __init__(self, desk: S_co) -> None:
        super().__init__()
        self.desk = desk
        self.reasons: Reasons | None = None
        self.seconds: Seconds | None = None

    def start(self: "ImmediateRunner[Desk]", then: Callable[[OfficeView], None], failed: Failed) -> None:
        """Answer with the facts of the desk."""
        self.ask(office_of, then=then, failed=failed)

    def ask(
        self,
        function: Callable[[S_co, *Args], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket:
        """Run the function now."""
        return self._now(lambda desk: function(desk, *args), then, failed)

    def ask_long(
        self,
        function: Callable[[S_co, *Args, Progress], Answer],
        *args: *Args,
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        lane: str = "",
    ) -> Ticket:
        """Run the function now."""
        return self._now(lambda desk: function(desk, *args, self.progressed.emit), then, failed)

    def _now(
        self,
        run: Callable[[Any], Answer],
        then: Callable[[Answer], object] | None,
        failed: Failed | None,
    ) -> Ticket:
        self._answer(run, then, failed or self.troubled.emit)
        changes = self.desk.take_changes()
        if changes:
            self.changed.emit(changes)
        return Ticket()

    def _answer(self, run: Callable[[Any], Answer], then: Callable[[Answer], object] | None, failed: Failed) -> None:
        try:
            result = run(self.desk)
        except (Refused, Trouble) as problem:
            error = problem
            lift(
                self,
                error,
                lambda wrap: self._now(wrap(run), then, failed),
                lambda: answer(None, error, then, failed),
            )
        else:
            answer(result, None, then, failed)

    def stop(self) -> None:
        """There is no thread to end."""


def answer(result: Any, error: BaseException | None, then: Callable[[Any], object] | None, failed: Failed) -> None:
    """Give the result to `then`, a refusal or trouble to `failed`, and anything else to the crash hook."""
    if error is None:
        if then is not None and _listens(then):
            then(result)
    elif isinstance(error, Refused | Trouble):
        if _listens(failed):
            failed(error)
    elif not isinstance(error, Cancelled):
        sys.excepthook(type(error), error, error.__traceback__)


def _listens(callback: Callable[..., Any]) -> bool:
    """Tell whether the widget behind a callback still exists: a dialog may be closed before its answer comes."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
