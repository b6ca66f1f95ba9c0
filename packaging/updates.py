"""Sign a built version as an update file, and make the key that signs: `dev.py sign-update`.

Runs in the environment: the format of the file is the program's own. How it is used: docs/how-to/update.md.
"""

import getpass
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from bundle import tree as sources

from tuopin_desktop import __version__
from tuopin_desktop.domain.versions import is_version
from tuopin_desktop.exchange import minisign, secretkey, updatefile
from tuopin_desktop.exchange.frame import Unsound
from tuopin_desktop.exchange.updatefile import Key, Update
from tuopin_desktop.machine import versions
from tuopin_desktop.machine.clock import beijing
from tuopin_desktop.machine.versions import Piece
from tuopin_desktop.store import migrations

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = ROOT / "resources" / "update.pub"
PROGRAM = "app/tuopin_desktop"
OWN = f"{PROGRAM}/store/migrations.py"
"""By this file a tree is known to write the tables of this checkout, whose number goes into the label."""


class Fault(Exception):
    """The update cannot be made; the sentence says why."""


def sign(tree: Path, secret: Path, out: Path) -> Path:
    """Write the update file of a built version into a folder, proved as an office would, and return it."""
    key, public = key_in(secret), PUBLIC.read_bytes()
    if minisign.key_of(public)[1] != key.name:
        raise Fault(f"{secret} is not the other half of {PUBLIC}; no office would take what it signs.")
    update = described(tree)
    raw = updatefile.write(key, update, pieces_of(tree))
    proved, packed = updatefile.read(raw, public)
    count = sum(1 for _ in updatefile.unpack(proved, packed))
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{update.name}.zip"
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(raw)
    part.replace(path)
    print(f"{path}: {len(raw) / 1e6:.1f} MB, {count} files, {proved.unpacked / 1e6:.1f} MB unpacked")
    return path


def key_in(path: Path) -> Key:
    """Return the key of a secret key file, which must lie outside the repository."""
    if ROOT in path.resolve().parents:
        raise Fault(f"{path} lies in the repository; a secret key must not. Move it elsewhere first.")
    content = path.read_bytes()
    password = getpass.getpass(f"Password of {path}: ") if secretkey.is_locked(content) else ""
    return Key(*secretkey.secret_of(content, password))


def described(tree: Path) -> Update:
    """Return what stands on the outside of the update that a tree makes; raises Fault for one of another source."""
    texts = [path.read_text(encoding="utf-8") for path in tree.glob("app/*.dist-info/METADATA")]
    version = next((match[1] for text in texts if (match := re.search(r"^Version: (\S+)$", text, re.MULTILINE))), "")
    if not version:
        raise Fault(f"{tree} is no built version; give the folder with app/ and lib/ in it, versions/{__version__}.")
    if version != __version__ or not is_version(version):
        raise Fault(f"The tree is version {version}, this checkout {__version__}; an update is signed from its source.")
    if (tree / OWN).read_bytes() != (ROOT / OWN.removeprefix("app/")).read_bytes():
        raise Fault("The tree writes other tables than this checkout; build it from here.")
    return Update(
        version=version,
        system=system_of(tree),
        schema=migrations.newest(),
        date=beijing(sources.source_date() * 1000).date().isoformat(),
        unpacked=0,
        pieces=0,
    )


def system_of(tree: Path) -> str:
    """Return for which system a tree is, by what it starts with."""
    systems = [system for system, entry in versions.ENTRIES.items() if any(tree.glob(entry))]
    if len(systems) != 1:
        raise Fault(f"{tree} does not say for which system it is: {' or '.join(versions.ENTRIES.values())} is wanted.")
    return systems[0]


def pieces_of(tree: Path) -> list[Piece]:
    """Return every file of a tree; a link is none."""
    paths = [path for path in tree.rglob("*") if path.is_file() or path.is_symlink()]
    if links := [path for path in paths if path.is_symlink()]:
        raise Fault(f"{links[0]} is a link; an update holds files alone.")
    return [
        Piece(path.relative_to(tree).as_posix(), path.read_bytes(), executable=bool(path.stat().st_mode & 0o100))
        for path in paths
    ]


def make_key(secret: Path) -> None:
    """Write a new secret key, without a password, outside the repository, and its public half into the program."""
    if ROOT in secret.resolve().parents or secret.exists():
        raise Fault(f"{secret} is there already, or lies in the repository; name a new file elsewhere.")
    content, public, name = secretkey.make()
    secret.touch(mode=0o600, exist_ok=False)
    secret.write_bytes(content)
    PUBLIC.write_bytes(minisign.public_file(public, name))
    print(f"{secret}: keep it secret and keep a copy; {PUBLIC} goes into the next release.")


def main(argv: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    try:
        if argv[0] == "--new-key":
            make_key(Path(argv[1]))
        else:
            sign(*map(Path, argv))
    except (Fault, Unsound, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
