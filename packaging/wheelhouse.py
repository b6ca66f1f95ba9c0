"""The locked files of one system in a folder, for where no package index can be reached."""

import json
from collections.abc import Sequence
from pathlib import Path

import pip_call
import relock


def options(folder: Path | None) -> list[str]:
    """Return what makes pip take files from a folder and ask no index; nothing without a folder."""
    return ["--no-index", "--find-links", str(folder.resolve())] if folder else []


def fill(
    python: Path,
    locks: Sequence[Path],
    folder: Path,
    *,
    target: relock.Target | None = None,
    source: Path | None = None,
) -> bool:
    """Put the files that lock files name into a folder, each held against its hash; True when pip was content.

    For the machine at hand, or for another `target`; from an index, or from the folder `source`.
    """
    words = ["download", "--require-hashes", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    prelude: tuple[str, ...] = ("-m", "pip")
    if target:
        system, version = target
        words += ["--implementation", "cp", "--python-version", version]
        words += [part for tag in system.tags for part in ("--platform", tag)]
        prelude = ("-c", relock.AS_TARGET, json.dumps(relock.environment(target)))
    words += [part for lock in locks for part in ("-r", str(lock))]
    return pip_call.pip(python, [*words, *options(source)], sources=source is None, prelude=prelude).returncode == 0
