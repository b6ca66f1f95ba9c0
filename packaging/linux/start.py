"""Start the installed program with its own packages and none of the system's Python."""

import contextlib
import importlib
import os
import runpy
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "app"), str(HERE / "lib"), str(HERE)]


def gaps() -> str:
    """Return the sentence about system libraries a window would miss; empty when it has all, or no window is wanted."""
    system_packages = importlib.import_module("system_packages")
    if importlib.import_module("tuopin_desktop.cli.top").wants_window(sys.argv[1:]) is None:
        return ""
    screen = os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb")
    names = system_packages.packages(system_packages.missing(window=screen))
    if not names:
        return ""
    typed = system_packages.command(names)
    return f"打不开窗口：缺少系统组件 {'、'.join(names)}。请在终端输入下面一行，再打开程序：\n{typed}"


def keep_lock() -> None:
    """Keep the launcher's lock to this process: a viewer the program opens may outlive it."""
    handle = os.environ.pop("TUOPIN_LAUNCH_LOCK", "")
    if handle.isdecimal():
        with contextlib.suppress(OSError):
            os.set_inheritable(int(handle), False)


def main() -> None:
    """Hand over to the program, or say what the system lacks."""
    keep_lock()
    sentence = gaps()
    if sentence:
        subprocess.run([HERE / "say", sentence], check=False)
        raise SystemExit(1)
    runpy.run_module("tuopin_desktop", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
