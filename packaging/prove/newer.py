"""A made-up next version of a built one, signed with a key of its own that both versions trust from now on.

Runs in the environment: the format of an update is the program's own. `newer.py TREE OUT` prints the number; TREE is
the folder of one version and gets the public key, OUT the update as it would lie on a stick. The project's key is not
needed.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import updates

from tuopin_desktop.exchange import minisign, secretkey, updatefile
from tuopin_desktop.exchange.updatefile import Key, Update
from tuopin_desktop.store import migrations

PROGRAM = "app/tuopin_desktop"
_VERSION = re.compile(r'^__version__ = "([0-9.]+)"', re.MULTILINE)


def after(version: str) -> str:
    """Return the number that follows."""
    first, _, last = version.rpartition(".")
    return f"{first}.{int(last) + 1}"


def write(tree: Path, out: Path) -> str:
    """Make the next version of a tree and its update file, and return its number."""
    content, public, name = secretkey.make()
    key = Key(*secretkey.secret_of(content))
    (tree / PROGRAM / "resources" / "update.pub").write_bytes(minisign.public_file(public, name))
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "tree"
        shutil.copytree(tree, copy)
        source = copy / PROGRAM / "__init__.py"
        text = source.read_text(encoding="utf-8")
        number = after(next(match[1] for match in [_VERSION.search(text)] if match))
        source.write_text(_VERSION.sub(f'__version__ = "{number}"', text), encoding="utf-8")
        for stale in source.parent.glob("__pycache__/__init__.*.pyc"):  # it is not held against its source
            stale.unlink()
        update = Update(
            version=number,
            system=updates.system_of(copy),
            schema=migrations.newest(),
            date="2026-01-01",
            unpacked=0,
            pieces=0,
        )
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{update.name}.zip").write_bytes(updatefile.write(key, update, updates.pieces_of(copy)))
    return number


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), Path(sys.argv[2])))
