"""Outside tools open and verify a package: nobody depends on this program to read what an office sent."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, people, region, send
from tuopin_desktop.exchange import bag, seal
from tuopin_desktop.services.office import stations


def tool(name: str) -> str:
    """Return where a tool is; skips the test where it is not installed."""
    found_at = shutil.which(name)
    if found_at is None:
        pytest.skip(f"{name} is not installed here")
    return found_at


def ran(*words: str | Path, into: bytes = b"") -> bytes:
    return subprocess.run(words, input=into, capture_output=True, check=True).stdout


def test_unzip_sha256sum_minisign_age_and_gunzip_read_a_package(tmp_path: Path) -> None:
    tools = {name: tool(name) for name in ("unzip", "sha256sum", "minisign", "age", "gunzip")}
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    package, out = send(county, REGION, tmp_path), tmp_path / "out"
    ran(tools["unzip"], "-q", package, "-d", out)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run([tools["sha256sum"], "--strict", "-c", manifest], cwd=out, check=True, capture_output=True)
    said = ran(tools["minisign"], "-Vm", out / "tagmanifest-sha256.txt", "-p", out / "station.pub").decode()
    assert package.stem in said
    identity = tmp_path / "key.txt"
    identity.write_text(stations.keys(root).identity)
    opened = ran(tools["gunzip"], into=ran(tools["age"], "-d", "-i", identity, out / bag.PAYLOAD))
    assert "甲" in opened.decode()
    all_closed(root, county)


def test_a_payload_made_by_age_is_opened_here(tmp_path: Path) -> None:
    age = tool("age")
    own = region(tmp_path / "15")
    keys = stations.keys(own)
    squeezer = seal.Squeezer(fast=False)
    squeezer.add([b"one", b"two"])
    sealed = ran(age, "-r", keys.age, into=squeezer.finish())
    assert list(seal.lines(seal.unseal(sealed, keys.identity))) == [b"one", b"two"]
    all_closed(own)
