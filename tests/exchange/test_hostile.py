"""Packages made by an enemy, or by a bad stick: none is taken in, none crashes the program, none fills the memory."""

import base64
import gzip
import itertools
import json
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.services.exchangers import (
    COUNTY,
    NEIGHBOUR,
    NO_COPIES,
    REGION,
    all_closed,
    found,
    join,
    people,
    region,
    send,
)
from tuopin_desktop.domain.exchange.parcel import Head
from tuopin_desktop.domain.openings import link
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.exchange import bag, frame, seal
from tuopin_desktop.exchange.keys import Keys, generate
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk

NIGHTLY = os.environ.get("TUOPIN_NIGHTLY") == "1"
ERAS = itertools.count(7)
MUTATIONS = 10_000 if NIGHTLY else 300
NAMES = ["bagit.txt", "bag-info.txt", "station.pub", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
NAMES += ["tagmanifest-sha256.txt.minisig", bag.PAYLOAD]


class Scene(msgspec.Struct):
    """A region that is attacked, a county that turned, its neighbour, and an honest package of the county."""

    root: Desk
    county: Desk
    neighbour: Desk
    raw: bytes
    folder: Path

    def offered(self, raw: bytes) -> str:
        """Offer a file to the region; return the code of its refusal, "" when it was taken in."""
        path = self.folder / "offered.zip"
        path.write_bytes(raw)
        before = print_of(self.root)
        try:
            packages.take(self.root, path)
        except Refused as refused:
            assert print_of(self.root) == before
            return refused.problems[0].code
        return ""

    def forged(self, lines: list[bytes], keys: Keys | None = None, *, tail: bytes = b"", header: Any = None) -> str:
        """Offer a package well packed and signed by the county's own key, with these lines inside."""
        own = keys or stations.keys(self.county)
        top = header if header is not None else self.lines()[0]
        return self.packed(gzip.compress(b"\n".join([top, *lines]) + b"\n") + tail, own)

    def packed(self, squeezed: bytes, keys: Keys | None = None) -> str:
        """Offer a package with this compressed payload."""
        own = keys or stations.keys(self.county)
        label = bag.Label(name="x", office=COUNTY, to=REGION, number=1, changes=1, date="2018-06-04")
        payload = seal.seal(squeezed, [stations.keys(self.root).age])
        return self.offered(bag.pack(own, label, payload))

    def lines(self) -> list[bytes]:
        """Return the lines of the honest package."""
        opened = bag.open_bag(self.raw)
        return list(seal.lines(seal.unseal(opened.payload, stations.keys(self.root).identity)))

    def own(self, *lines: bytes, **said: Any) -> list[bytes]:
        """Return a head signed by the county over these lines, and the lines."""
        head = json.loads(self.lines()[1])
        digest = b""
        for line in lines:
            digest = link(digest, line)
        era = next(ERAS)  # a feed of its own, whatever was taken in before
        head |= {"feed": head["feed"].replace(".1.", f".{era}."), "era": era, "after": 0, "seq": len(lines), **said}
        head["hash"] = digest.hex()
        made = msgspec.convert(head, Head)
        signature = stations.keys(self.county).sign_bytes(made.signed)
        sig = base64.b64encode(signature).decode()
        return [msgspec.json.encode(msgspec.structs.replace(made, sig=sig)), *lines]


def print_of(desk: Desk) -> Any:
    with desk.store.ledger.reading() as cursor:
        return cursor.execute("SELECT feed, seq, hash FROM feed").fetchall()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("hostile")
    root, county, neighbour = region(folder / "15"), found(folder / "c", COUNTY), found(folder / "n", NEIGHBOUR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packages, "backups", NO_COPIES)
        join(root, county, folder)
        join(root, neighbour, folder)
        people(county, "甲", "乙")
        raw = send(county, REGION, folder).read_bytes()
        yield Scene(root, county, neighbour, raw, folder)
    all_closed(root, county, neighbour)


def test_no_mutation_of_an_honest_package_is_taken_in(scene: Scene) -> None:
    chance = random.Random(20180604)
    for _ in range(MUTATIONS):
        raw = bytearray(scene.raw)
        match chance.randrange(5):
            case 0:
                raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            case 1:
                del raw[chance.randrange(len(raw)) :]
            case 2:
                raw += chance.randbytes(chance.randrange(1, 50))
            case 3:
                start = chance.randrange(len(raw))
                del raw[start : start + chance.randrange(1, 200)]
            case _:
                start = chance.randrange(len(raw))
                raw[start : start + 8] = chance.randbytes(8)
        if bytes(raw) != scene.raw:
            assert scene.offered(bytes(raw)) == "damaged"


def rezipped(scene: Scene, change: Callable[[dict[str, bytes]], list[tuple[str, bytes]]], kind: int = 0) -> bytes:
    """Return the members put together by another program, after a change."""
    opened = frame.split(scene.raw, dict.fromkeys(NAMES, 10**9))
    path = scene.folder / "other.zip"
    with zipfile.ZipFile(path, "w", kind) as made:
        for name, content in change({name: bytes(part) for name, part in opened.items()}):
            made.writestr(zipfile.ZipInfo(name), content, kind)
    return path.read_bytes()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "change",
    [
        lambda m: [*m.items(), ("extra.exe", b"MZ")],
        lambda m: [("../" + name, part) for name, part in m.items()],
        lambda m: [("/etc/" + name, part) for name, part in m.items()],
        lambda m: [*m.items(), *m.items()],
        lambda m: list(reversed(m.items())),
        lambda m: list(m.items())[:-1],
        lambda m: [(name, m[other]) for name, other in zip(m, reversed(m), strict=True)],
        lambda m: [],
    ],
    ids=["stranger", "dots", "absolute", "twice", "reversed", "lacking", "swapped", "empty"],
)
@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_no_other_shape_of_zip_is_taken_in(scene: Scene, change: Any, kind: int) -> None:
    assert scene.offered(rezipped(scene, change, kind)) == "damaged"


def test_absurd_sizes_are_refused_before_anything_is_read(scene: Scene) -> None:
    raw = bytearray(scene.raw)
    struct.pack_into("<L", raw, 18, 2**32 - 1)
    assert scene.offered(bytes(raw)) == "damaged"
    for size in (0, 1, 29, 30, 100):
        assert scene.offered(scene.raw[:size]) == "damaged"


def test_a_bomb_is_stopped_before_it_is_large(scene: Scene) -> None:
    resource = pytest.importorskip("resource", reason="memory is counted by a call that Windows lacks")
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [squeeze.compress(scene.lines()[0] + b"\n")]
    parts += [squeeze.compress(bytes(1024 * 1024)) for _ in range(300)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert scene.packed(b"".join([*parts, squeeze.flush()])) == "damaged"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


GOOD = b'{"at":99,"by":"x","key":"person:150426/z","set":{"name":"z"}}'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"[" * 100_000, "damaged"),
        (b'{"at":' * 5_000, "damaged"),
        (GOOD.replace(b"99", b"NaN"), "damaged"),
        (GOOD.replace(b"99", b"1e400"), "damaged"),
        (GOOD.replace(b"99", b"0"), "stamp"),
        (GOOD.replace(b"99", str(2**70).encode()), "stamp"),
        (GOOD.replace(b'"z"}}', b"\xff}}"), "damaged"),
        (GOOD.replace(b'"z"}}', b'"\xed\xa0\x80"}}'), "damaged"),
        (GOOD.replace(b'"z"}}', b"[1]}}"), "damaged"),
        (GOOD.replace(b'"z"}}', b"1.5}}"), "damaged"),
        (GOOD.replace(b'"z"}}', b"7}}"), "damaged"),
        (GOOD.replace(b'"name":"z"', b'"birth":5'), "damaged"),
        (GOOD.replace(b'"name":"z"', b'"new":99999999999999999999999'), "damaged"),
        (GOOD.replace(b'"name":"z"', b'"deleted":"yes"'), "damaged"),
        (GOOD.replace(b"}}", b'},"more":1}'), "damaged"),
        (GOOD.replace(b"person:", b"person\\u0000:"), "damaged"),
        (GOOD.replace(b"person:150426", b"person"), "damaged"),
        (GOOD.replace(b"150426", b"150421"), "authority"),
        (GOOD.replace(b"150426", b"15"), "authority"),
        (GOOD.replace(b"person:", b"decision:").replace(b"name", b"paper"), "authority"),
        (GOOD.replace(b"person:", b"station:").replace(b"name", b"office"), "authority"),
        (b"", "damaged"),
    ],
)
def test_no_bad_line_is_taken_in_whoever_signed_it(scene: Scene, line: bytes, code: str) -> None:
    assert scene.forged(scene.own(line)) == code


def test_an_honest_line_made_the_same_way_is_taken_in(scene: Scene) -> None:
    assert scene.forged(scene.own(GOOD)) == ""


def test_no_forged_or_replayed_signature_is_taken_in(scene: Scene) -> None:
    honest = scene.lines()
    head = json.loads(honest[1])
    assert scene.forged(honest[1:], generate()) == "untrusted"
    assert scene.forged(honest[1:], stations.keys(scene.neighbour)) == "untrusted"
    stolen = head | {"seq": head["seq"] + 1}
    assert scene.forged([json.dumps(stolen).encode(), *honest[2:], GOOD]) == "signature"
    assert scene.forged(scene.own(GOOD, scope="150421")) == "damaged"
    assert scene.forged(scene.own(GOOD, practice=True)) == "practice"
    unsigned = scene.own(GOOD)
    assert scene.forged([unsigned[0].replace(b'"seq":1', b'"seq":2'), GOOD, GOOD]) == "signature"


def test_headers_and_tails_that_lie_are_refused(scene: Scene) -> None:
    header = json.loads(scene.lines()[0])
    for change, code in (
        ({"needs": ["time travel"]}, "newer"),
        ({"tuopin": 3}, "newer"),
        ({"practice": True}, "practice"),
        ({"to": "150421"}, "address"),
        ({"office": "150421"}, "untrusted"),
        ({"have": {"x": -1}}, "damaged"),
        ({"sender": 5}, "damaged"),
    ):
        assert scene.forged([], header=json.dumps(header | change).encode()) == code
    assert scene.forged(scene.lines()[1:], tail=b"more") == "damaged"
    assert scene.forged(scene.lines()[1:], tail=gzip.compress(b"more")) == "damaged"
    assert scene.forged(scene.lines()[1:-1]) in ("damaged", "")  # every line of it is here already
