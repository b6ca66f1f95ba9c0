"""A root of another Debian where the Windows programs run: made once by debootstrap, entered by chroot."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PACKAGES = (
    "wine", "wine64", "xvfb", "openbox", "xdotool", "x11-utils", "imagemagick", "procps",
    "cups-daemon", "cups-client", "libcups2", "fonts-noto-cjk", "locales",
)  # fmt: skip
SUITES = ("trixie", "bookworm")
"""wine 10, else wine 8."""
DONE = Path("etc/tuopin-prove")
BEGUN = ".tuopin-prove"
"""Lies in a root from before its first file on: a folder without it is not ours to empty."""
MOUNTS = Path("/proc/self/mounts")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_BOUND = ("proc", "dev")


class Unprovable(Exception):
    """The root cannot be made or entered here; the sentence says why."""


class Root:
    """A folder with a whole system in it. Files of the outside are handed in by copying them below `work`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def work(self) -> Path:
        """The folder for handing things in and out; `/prove` inside."""
        return self.folder / "prove"

    def inside(self, path: Path) -> str:
        """Return what a path below the root is called inside it."""
        return f"/{path.relative_to(self.folder)}"

    def enter(self) -> None:
        """Make the system's own folders visible inside; raises Unprovable, and then none of them is."""
        for name in _BOUND:
            place = self.folder / name
            if place.is_mount():
                continue
            if subprocess.run(["mount", "--bind", f"/{name}", place], check=False).returncode != 0:
                self.leave()
                raise Unprovable(f"/{name} could not be bound into {self.folder}; a root is entered by root alone.")
        self.work.mkdir(exist_ok=True)

    def leave(self) -> None:
        """Take the bound folders away again."""
        for name in reversed(_BOUND):
            with suppress(OSError):
                subprocess.run(["umount", "-l", self.folder / name], check=False, capture_output=True)

    def command(self, words: Sequence[str], variables: Mapping[str, str]) -> list[str]:
        """Return the words that run a command inside with nothing of this environment but what is given."""
        given = [f"{name}={value}" for name, value in {"PATH": PATH, "HOME": "/root", **variables}.items()]
        return ["chroot", str(self.folder), "env", "-i", *given, *words]

    def run(self, words: Sequence[str], variables: Mapping[str, str] | None = None) -> str:
        """Run a command inside and return what it said; raises Unprovable when it failed."""
        answer = subprocess.run(self.command(words, variables or {}), capture_output=True, check=False)
        if answer.returncode != 0:
            raise Unprovable(f"{' '.join(words)}: {answer.stderr.decode(errors='replace').strip()[-400:]}")
        return answer.stdout.decode(errors="replace")


def mirror(sources: Iterable[str]) -> str:
    """Return the address this machine's own apt takes Debian from; raises Unprovable."""
    for line in sources:
        words = line.split()
        if words[:1] == ["URIs:"] and "debian" in words[1] and "security" not in words[1]:
            return words[1]
        if words[:1] == ["deb"]:
            address = next((word for word in words[1:] if "://" in word), "")
            if address.rstrip("/").endswith("/debian"):
                return address
    raise Unprovable("apt's sources name no Debian mirror to make a root from.")


def apt_sources() -> list[str]:
    """Return the lines of apt's sources on this machine."""
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    return [line for place in places if place.is_file() for line in place.read_text(encoding="utf-8").splitlines()]


def ready(folder: Path) -> Root:
    """Return the root in a folder, made first where there is none (about 2 GB, some minutes); raises Unprovable."""
    root = Root(folder.resolve())
    if not (root.folder / DONE).exists():
        _make(root)
    root.enter()
    return root


def _make(root: Root) -> None:
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise Unprovable("A root is made by root with debootstrap (apt-get install debootstrap).")
    address = mirror(apt_sources())
    suite = next((one for one in SUITES if _bootstrap(one, root.folder, address)), "")
    if not suite:
        raise Unprovable(f"debootstrap had none of {', '.join(SUITES)} from {address}.")
    (root.folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", encoding="ascii")  # no services
    (root.folder / "usr/sbin/policy-rc.d").chmod(0o755)
    try:
        root.enter()
        _furnish(root)
        (root.folder / DONE).write_text(suite, encoding="ascii")
    except BaseException:  # an interrupt too: what is bound stays the host's own, and the next run empties this folder
        root.leave()
        raise


def _furnish(root: Root) -> None:
    silent = {"DEBIAN_FRONTEND": "noninteractive"}
    root.run(["apt-get", "update"], silent)
    root.run(["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES], silent)
    root.run(["sh", "-c", "echo 'zh_CN.UTF-8 UTF-8' > /etc/locale.gen && locale-gen"])


def _bootstrap(suite: str, folder: Path, address: str) -> bool:
    _empty(folder)
    words = ["debootstrap", "--variant=minbase", "--components=main", suite, str(folder), address]
    return subprocess.run(words, check=False).returncode == 0


def _empty(folder: Path) -> None:
    """Clear a root that was begun and not ended; raises Unprovable for a folder that is none, or has a mount below."""
    if folder.exists() and not folder.is_dir():
        raise Unprovable(f"{folder} is a file; name a folder for the root.")
    folder.mkdir(parents=True, exist_ok=True)
    below = mounted(MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"), folder)
    if below:
        raise Unprovable(f"{below[0]} is mounted; nothing was removed. Unmount it (umount {below[0]}) and begin again.")
    inside = list(folder.iterdir())
    if inside and not (folder / BEGUN).exists():
        raise Unprovable(f"{folder} holds other files; nothing was removed. Name an empty folder, or remove it first.")
    (folder / BEGUN).touch()
    for place in inside:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        elif place.name != BEGUN:
            place.unlink()


def mounted(table: str, folder: Path) -> list[Path]:
    """Return what is mounted below a folder, the deepest first; the table as /proc/self/mounts gives it (proc(5))."""
    names = [line.split(" ")[1] for line in table.splitlines() if line.count(" ") > 1]
    places = {Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), name)) for name in names}
    return sorted((one for one in places if folder in one.parents), key=lambda one: -len(one.parts))
