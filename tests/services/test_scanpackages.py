"""Scans travel when asked, in packages of their own: whole or not at all, only from whom the region vouches for."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from PIL import Image

from tests.services.exchangers import COUNTY, NEIGHBOUR, REGION, found, join, region, send
from tuopin_desktop.cli.main import run
from tuopin_desktop.domain.exchange.parcel import encode
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import Attachment, Meeting
from tuopin_desktop.exchange import seal
from tuopin_desktop.exchange.bag import Label, pack
from tuopin_desktop.machine import files
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.office import attachments, stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import recordfiles, registers


class Offices(NamedTuple):
    root: Desk
    county: Desk
    stick: Path


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    stick = tmp_path / "stick"
    join(root, county, stick)
    packages.take(root, send(county, REGION, stick))
    with closing(root), closing(county):
        yield Offices(root, county, stick)


def photo(folder: Path, shade: int) -> Path:
    """Return a photo of a few thousand bytes that is like no other."""
    kept = BytesIO()
    Image.effect_noise((120, 90), 40 + shade).save(kept, "PNG")
    path = folder / f"照片{shade}.png"
    path.write_bytes(kept.getvalue())
    return path


def minutes(desk: Desk, *shades: int, day: int = 5) -> Meeting:
    """Enter a meeting with photos of its minutes."""
    made = Meeting(id=registers.new_id(desk), type="analysis", county=COUNTY, held=date(2018, 6, day))
    saved = registers.save(desk, made)
    assert isinstance(saved, Meeting)
    if shades:
        shown = recordfiles.read(photo(desk.folder.parent, shade) for shade in shades)
        recordfiles.attach(desk, "meeting", saved.id, shown)
    return saved


def test_minutes_come_with_their_photo_when_asked_and_once_however_often(offices: Offices) -> None:
    meeting = minutes(offices.county, 1, 2)
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    (first, _) = recordfiles.of_record(offices.root, "meeting", meeting.id)
    with pytest.raises(Trouble, match="不在本机"):
        attachments.content(offices.root, first.id)
    assert len(scanpackages.lacking(offices.root)) == 2
    (made,) = scanpackages.make(offices.county, REGION, offices.stick)
    taken = scanpackages.take(offices.root, made.path)
    assert (taken.new, taken.again, taken.unknown, taken.lacking) == (2, 0, 0, 0)
    assert attachments.content(offices.root, first.id) == attachments.content(offices.county, first.id)
    again = scanpackages.take(offices.root, made.path)
    assert (again.new, again.again) == (0, 2)
    assert "新收2份" in taken.sentence


def test_scans_that_come_before_their_data_are_counted_and_taken_in_afterwards(offices: Offices) -> None:
    minutes(offices.county, 1)
    (scans,) = scanpackages.make(offices.county, REGION, offices.stick)
    early = scanpackages.take(offices.root, scans.path)
    assert (early.new, early.unknown) == (0, 1)
    assert not (offices.root.folder / attachments.FOLDER).exists()
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    assert scanpackages.take(offices.root, scans.path).new == 1


def test_only_what_was_kept_since_the_day_goes(offices: Offices) -> None:
    meeting = minutes(offices.county, 1, 2)
    old = attachments.place_of(offices.county, recordfiles.of_record(offices.county, "meeting", meeting.id)[0])
    assert old is not None
    os.utime(old, (datetime(2017, 1, 1).timestamp(),) * 2)
    assert scanpackages.make(offices.county, REGION, offices.stick, since=date(2018, 1, 1))[0].scans == 1
    assert scanpackages.make(offices.county, REGION, offices.stick)[0].scans == 2
    with pytest.raises(Refused, match="没有可以带的扫描件"):
        scanpackages.make(offices.county, REGION, offices.stick, since=date(2099, 1, 1))


def test_many_scans_go_in_several_packages_each_complete(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanpackages, "_PART", 12_000)
    minutes(offices.county, 1, 2, 3)
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    made = scanpackages.make(offices.county, REGION, offices.stick)
    assert len(made) > 1
    assert sum(one.scans for one in made) == 3
    assert [scanpackages.take(offices.root, one.path).new for one in reversed(made)] == [
        one.scans for one in reversed(made)
    ]


def test_a_scan_longer_than_a_line_comes_whole(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanpackages, "_PIECE", 1000)
    meeting = minutes(offices.county, 1)
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    scanpackages.take(offices.root, scanpackages.make(offices.county, REGION, offices.stick)[0].path)
    (one,) = recordfiles.of_record(offices.root, "meeting", meeting.id)
    assert len(attachments.content(offices.root, one.id)) > 2000


def test_neither_kind_of_package_passes_for_the_other(offices: Offices) -> None:
    minutes(offices.county, 1)
    data = send(offices.county, REGION, offices.stick)
    (scans,) = scanpackages.make(offices.county, REGION, offices.stick)
    with pytest.raises(Refused, match="扫描件包"):
        packages.take(offices.root, scans.path)
    with pytest.raises(Refused, match="不是扫描件包"):
        scanpackages.take(offices.root, data)


def test_a_package_for_another_office_is_not_taken_in(offices: Offices) -> None:
    minutes(offices.county, 1)
    (scans,) = scanpackages.make(offices.county, REGION, offices.stick)
    with pytest.raises(Refused, match="没有收下"):
        scanpackages.take(offices.county, scans.path)


def test_a_station_that_is_closed_or_unknown_brings_nothing(offices: Offices, tmp_path: Path) -> None:
    minutes(offices.county, 1)
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    (scans,) = scanpackages.make(offices.county, REGION, offices.stick)
    stations.revoke(offices.root, stations.card(offices.county).station, "电脑送修")
    with pytest.raises(Refused, match="已停用"):
        scanpackages.take(offices.root, scans.path)
    with closing(found(tmp_path / "neighbour", NEIGHBOUR)) as stranger:
        forged = _signed_by(stranger, offices.root, scans.path.parent / "tuopin-x-scans-forged.zip")
        with pytest.raises(Refused, match="不是已授权的电脑"):
            scanpackages.take(offices.root, forged)
    assert not (offices.root.folder / attachments.FOLDER).exists()


def _signed_by(desk: Desk, to: Desk, path: Path, *lines: bytes) -> Path:
    """Write a package of scans as a station makes it, with any lines inside."""
    own = stations.keys(desk)
    squeezer = seal.Squeezer(fast=True)
    squeezer.add([encode(scanpackages._header(desk, own, to.scope)), *lines])
    label = Label(name=path.stem, office=desk.scope, to=to.scope, number=0, changes=1, date="2018-06-04")
    path.write_bytes(pack(own, label, seal.seal(squeezer.finish(), [stations.keys(to).age])))
    return path


@pytest.mark.parametrize(
    "lines",
    [
        (b'{"sha":"' + b"0" * 64 + b'","size":3,"pieces":1}', b"AAAA"),
        (b'{"sha":"x","size":3,"pieces":1}', b"!!!!"),
        (b'{"sha":"x","size":99999999999,"pieces":1}', b"AAAA"),
        (b'{"sha":"x","size":3,"pieces":1000000}', b"AAAA"),
        (b'{"sha":"x","size":3,"pieces":-1}',),
        (b"no json",),
        (b'{"sha":7}',),
        (b"\xff\xfe",),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(offices: Offices, lines: tuple[bytes, ...]) -> None:
    bad = _signed_by(offices.county, offices.root, offices.stick / "tuopin-bad-scans-1.zip", *lines)
    with pytest.raises(Refused, match="没有通过检查"):
        scanpackages.take(offices.root, bad)
    assert not (offices.root.folder / attachments.FOLDER).exists()


def test_a_damaged_package_is_refused(offices: Offices) -> None:
    minutes(offices.county, 1)
    (scans,) = scanpackages.make(offices.county, REGION, offices.stick)
    content = bytearray(scans.path.read_bytes())
    content[len(content) // 2] ^= 1
    scans.path.write_bytes(content)
    with pytest.raises(Refused, match="没有通过检查"):
        scanpackages.take(offices.root, scans.path)


def test_a_full_disk_leaves_whole_files_and_the_next_import_brings_the_rest(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes(offices.county, 1, 2, 3)
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    (scans,) = scanpackages.make(offices.county, REGION, offices.stick)
    written: list[Path] = []
    write = files.write_parts

    def second_fails(path: Path, parts: Iterable[bytes]) -> None:
        if len(written) == 1:
            raise Trouble("磁盘空间不足")
        written.append(path)
        write(path, parts)

    with monkeypatch.context() as full:
        full.setattr(files, "write_parts", second_fails)
        with pytest.raises(Trouble, match="磁盘空间不足"):
            scanpackages.take(offices.root, scans.path)
    taken = scanpackages.take(offices.root, scans.path)
    assert (taken.new, taken.again, taken.lacking) == (2, 1, 0)


def test_what_a_county_may_not_see_is_not_sent_down(offices: Offices) -> None:
    meeting = minutes(offices.county, 1)
    packages.take(offices.root, send(offices.county, REGION, offices.stick))
    scanpackages.take(offices.root, scanpackages.make(offices.county, REGION, offices.stick)[0].path)
    assert scanpackages.any_for(offices.root, COUNTY)
    assert not scanpackages.any_for(offices.root, NEIGHBOUR)
    assert {one.subject for one in offices.root.store.rows(Attachment)} == {f"meeting:{meeting.id}"}


def test_scans_by_word_of_command(offices: Offices) -> None:
    minutes(offices.county, 1)
    folders = [str(offices.county.folder), str(offices.root.folder)]
    stick = offices.stick / "words"
    for desk in offices[:2]:
        desk.close()

    def said(folder: str, *words: str) -> str:
        out, err = StringIO(), StringIO()
        assert run(["--office", folder, "package", *words], out, err) == 0, err.getvalue()
        return out.getvalue()

    assert "扫描件包已写好并读回核对" in said(folders[0], "make", "--to", REGION, "--with-scans", str(stick))
    data, scans = sorted(stick.glob("*.zip"), key=lambda path: "扫描件" in path.name)
    said(folders[1], "import", str(data))
    assert "新收1份" in said(folders[1], "import", str(scans))
    assert msgspec.json.decode(said(folders[1], "import", str(scans), "--json"))["again"] == 1
