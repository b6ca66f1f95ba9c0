"""What Qt loads from a Linux system, and how Debian's apt brings it."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

# Library as the loader asks for it -> Debian package. Packages renamed for 64-bit time (...t64) answer to the old name.
CORE = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
PRINTER = {"libcups.so.2": "libcups2"}  # without it Qt prints to PDF only, so it is never a reason to stop


def loads(library: str) -> bool:
    """Tell whether the loader finds a library; asking it is what Qt does too."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(*, window: bool, printer: bool = False, present: Callable[[str], bool] = loads) -> list[str]:
    """Return the libraries Qt would not find, in the order it asks for them."""
    wanted = CORE | (WINDOW if window else {}) | (PRINTER if printer else {})
    return [library for library in wanted if not present(library)]


def packages(libraries: Sequence[str]) -> list[str]:
    """Return the Debian packages that hold these libraries."""
    return [(CORE | WINDOW | PRINTER)[library] for library in libraries]


def has_apt() -> bool:
    """Tell whether this is Debian or one of its children (Ubuntu, UOS, Kylin)."""
    return shutil.which("apt-get") is not None


def command(names: Sequence[str]) -> str:
    """Return the one line a person types to install the packages."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(names)}"


def as_root() -> list[str] | None:
    """Return the words that make a command root's without asking for a password, None when there are none."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None


def apt_install(names: Sequence[str]) -> bool:
    """Install the packages, fetching the package lists only when apt cannot do without; False when not allowed."""
    prefix = as_root()
    if prefix is None:
        return False
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "-qq", "--no-install-recommends", *names]
    if subprocess.run(install, capture_output=True, check=False).returncode == 0:
        return True
    return all(subprocess.run(step, check=False).returncode == 0 for step in ([*apt, "update", "-qq"], install))
