"""The program's door: a verb goes to the command line, no verb opens the window."""

import errno
import os
import sys
from collections.abc import Sequence

from tuopin_desktop.app import crash
from tuopin_desktop.cli.top import folder_of, speak_utf8, wants_window
from tuopin_desktop.machine import memory
from tuopin_desktop.machine.clock import Clock
from tuopin_desktop.machine.privacy import keep_private


def main(texts: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    texts = sys.argv[1:] if texts is None else texts
    keep_private()
    speak_utf8()
    pair = wants_window(texts)
    if pair is None:
        return _spoken(texts)
    if not _can_show():
        sys.stderr.write("没有显示器，打不开窗口。请在有显示器的电脑上打开，或加上命令（见 --help）。\n")
        return 1
    from tuopin_desktop.app.window import open_window  # noqa: PLC0415 start-up: a command needs no Qt

    memory.settle()
    return open_window(*pair)


def _spoken(texts: Sequence[str]) -> int:
    # What a fault would say by itself may hold what people entered: it belongs into the crash file, and there in part.
    crash.install(folder_of(texts), Clock(), lambda sentence: sys.stderr.write(f"{sentence}\n"))
    from tuopin_desktop.cli.main import run  # noqa: PLC0415 start-up: the window needs no verbs

    memory.settle()
    try:
        code = run(texts, sys.stdout, sys.stderr)
        sys.stdout.flush()
    except OSError as error:
        if not _is_closed_pipe(error):
            raise
        # Whoever reads (head, more) has seen enough. What is left in the buffer would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _is_closed_pipe(error: OSError) -> bool:
    """Tell whether nobody reads the output any more; Windows calls that an invalid argument, of no file."""
    return isinstance(error, BrokenPipeError) or (error.errno == errno.EINVAL and error.filename is None)


def _can_show() -> bool:
    """Tell whether a window has somewhere to appear; Qt itself aborts the process when it has not."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
