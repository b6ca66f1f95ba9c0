"""When the program itself is wrong: one file the office can carry out on a stick, and a calm sentence."""

import errno
import faulthandler
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tuopin_desktop import __version__
from tuopin_desktop.domain import guard
from tuopin_desktop.domain.problems import Trouble
from tuopin_desktop.machine import files
from tuopin_desktop.machine.clock import Clock, beijing

FOLDER = "故障记录"


def report(error: BaseException, folder: Path, clock: Clock) -> Path | None:
    """Write what went wrong into the data folder and return the file; None when even that is not possible.

    The file holds where the program was when it went wrong, and of what kind the error is. What an error says is left
    out: it may name a person or hold a number.
    """
    import platform  # noqa: PLC0415 start-up: hardly any start comes to a fault

    moment = clock.now()
    where = f"{platform.platform()} · Python {platform.python_version()} · 程序 {__version__}"
    trace = "\n\n".join(_traces(error))
    path = folder / FOLDER / f"故障-{moment:%Y%m%d-%H%M%S}.txt"
    try:
        files.make_folder(path.parent)
        files.write(path, f"{moment}\n{where}\n\n{trace}".encode())
    except Trouble:
        return None
    return path


def sentence(path: Path | None) -> str:
    """Return what the clerk is told of a fault whose report was written to a file, or could not be."""
    text = f"详情已写入“{path}”，可拷贝后交技术人员。" if path else "详情无法写入磁盘。"
    return f"程序出现故障，刚才的操作没有完成，已保存的数据不受影响。{text}"


def _traces(error: BaseException) -> Iterator[str]:
    """Yield an error and what led to it, the oldest first, as place and kind without its words."""
    base_exceptions: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in base_exceptions:
        base_exceptions.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    for one in reversed(base_exceptions):
        code = f"（{errno.errorcode.get(one.errno, one.errno)}）" if isinstance(one, OSError) and one.errno else ""
        stack = "".join(traceback.format_tb(one.__traceback__))
        yield f"{stack}{type(one).__module__}.{type(one).__qualname__}{code}"


def install(folder: Path, clock: Clock, tell: Callable[[str], object]) -> None:
    """Send every uncaught error of any thread to `report` and tell the clerk; the program goes on."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(sentence(report(error, folder, clock)))

    hear(folder, clock)
    sys.excepthook = caught
    threading.excepthook = lambda args: caught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def hear(folder: Path, clock: Clock) -> None:
    """Write a file for every error that judging a single record came to (`domain/guard.py`), one for each place.

    Nothing is told: whatever was asked comes out and says of that record that it cannot be judged.
    """
    heard: set[tuple[type[Exception], str]] = set()

    def caught(error: Exception) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1:]
        place = (type(error), str(last))
        if place not in heard and folder.is_dir():
            heard.add(place)
            report(error, folder, clock)

    guard.listen(caught)


def _set_aside(target: Path) -> None:
    """Give what an earlier run left a name of its own, by when it was written, so that somebody can still read it."""
    with suppress(OSError):
        status = target.stat()
        if status.st_size:
            target.rename(target.with_name(f"崩溃-{beijing(status.st_mtime * 1000):%Y%m%d-%H%M%S}.txt"))


def watch_hard_crashes(folder: Path) -> None:
    """Let the interpreter leave a trace even when Qt takes the process down."""
    try:
        target = folder / FOLDER / "上次崩溃.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        _set_aside(target)
        # Behind what stands there: another window may have the file open, which then could not be set aside.
        faulthandler.enable(target.open("a", encoding="utf-8"))
    except OSError:
        faulthandler.disable()  # a folder that cannot be written is said when the office is opened
