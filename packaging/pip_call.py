"""Call pip so that a user's own settings cannot change what is installed, only where it is fetched from."""

import ast
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# How to reach a package index. Offices sit behind proxies, own certificates and mirrors, so these pass through.
TRANSPORT = ("index-url", "proxy", "cert", "client-cert", "trusted-host", "timeout", "default-timeout", "retries")
# Further places to look. Harmless where every file is held against a hash, not where the hashes are being written.
SOURCES = ("extra-index-url", "find-links", "no-index")


def settings(listing: str, *, names: Sequence[str]) -> dict[str, str]:
    """Pick settings out of what `pip config list` prints, as environment variables; the environment's own win."""
    picked: dict[str, str] = {}
    for section in ("global", "install", ":env:"):
        for line in listing.splitlines():
            key, equals, value = line.partition("=")
            name = key.removeprefix(f"{section}.")
            if equals and name != key and name in names:
                picked[f"PIP_{name.upper().replace('-', '_')}"] = str(ast.literal_eval(value))
    return picked


def bare(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what bends pip or Python."""
    kept = {k: v for k, v in environment.items() if not k.upper().startswith(("PIP_", "PYTHON"))}
    return kept | {"PIP_CONFIG_FILE": os.devnull}


def pip(
    python: Path, args: Sequence[str], *, sources: bool = False, prelude: Sequence[str] = ("-m", "pip")
) -> subprocess.CompletedProcess[bytes]:
    """Run pip in the environment of `python` and return how it ended."""
    names = TRANSPORT + (SOURCES if sources else ())
    listed = subprocess.run([python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    environment = bare(os.environ) | settings(listed.stdout, names=names)
    options = ["--no-input", "--disable-pip-version-check"]
    return subprocess.run([python, *prelude, *args, *options], env=environment, check=False)
