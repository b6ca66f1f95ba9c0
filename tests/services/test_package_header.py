"""The first line and the label of a package, whom it is sealed to, what is noted of it, and what an import says."""

import re
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, people, region, send
from tuopin_desktop.domain.exchange.receipt import code
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.office import clocks, disclosures, stations
from tuopin_desktop.store import sending


@pytest.mark.parametrize("practice", [False, True])
def test_the_first_line_says_who_sends_what_and_what_is_here(tmp_path: Path, *, practice: bool) -> None:
    root = region(tmp_path / "15", practice=practice)
    county = found(tmp_path / "c", COUNTY, practice=practice)
    join(root, county, tmp_path)
    people(county, "甲")
    made, again = (packages.make(county, REGION, tmp_path / name)[0] for name in ("one", "two"))
    headers = [packages.opened(root, one.path, packages.proved(one.path))[0] for one in (made, again)]
    header, identity = headers[0], county.store.identity
    assert (header.sender, header.office, header.to, header.era) == (identity.station, COUNTY, REGION, identity.era)
    assert (header.number, headers[1].number) == (made.number, made.number + 1)
    assert (header.made, header.practice) == (clocks.moment(county), practice)
    assert [len(one.token) for one in headers] == [32, 32]
    assert headers[0].token != headers[1].token
    with county.store.ledger.reading() as cursor:
        assert header.have == sending.have(cursor)
    assert header.have
    assert (header.needs, header.refused) == ((), ())
    all_closed(root, county)


def test_the_label_says_to_a_courier_what_it_is_and_no_more(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    (made,) = packages.make(county, REGION, tmp_path / "out")
    label = packages.proved(made.path).label
    assert re.fullmatch(rf"tuopin-{COUNTY}-to-{REGION}-000001-[0-9a-f]{{6}}", label["External-Identifier"])
    assert made.path.name == "翁牛特旗报自治区第1包.zip", "people read the name of the file, offices what is in it"
    assert (label["Source-Organization"], label["Tuopin-To"]) == (COUNTY, REGION)
    assert (label["Tuopin-Number"], label["Tuopin-Changes"]) == (str(made.number), str(made.changes))
    assert label["Bagging-Date"] == "2018-06-04"
    assert (made.to, list((tmp_path / "out").iterdir())) == (REGION, [made.path])
    all_closed(root, county)


def test_it_is_sealed_to_the_office_to_its_maker_and_to_the_key_under_seal_and_noted(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    kept = pyrage.x25519.Identity.generate()
    stations.set_escrow(root, str(kept.to_public()))
    packages.take(county, send(root, COUNTY, tmp_path))
    people(county, "甲", "乙")
    (made,) = packages.make(county, REGION, tmp_path / "out")
    bag = packages.proved(made.path)
    for desk in (root, county):
        assert packages.opened(desk, made.path, bag)[0].number == made.number
    assert pyrage.decrypt(bytes(bag.payload), [kept])
    line = disclosures.lines(county)[0]
    assert (line.act, line.rows) == ("导出", made.changes)
    assert f"第{made.number}号数据包（加密）" in line.what
    assert "自治区" in line.what
    all_closed(root, county)


def test_an_import_says_whose_package_it_was_and_which_receipt_to_read_out(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    package = send(county, REGION, tmp_path)
    heard: list[tuple[int, int]] = []
    bag = packages.proved(package)
    header = packages.opened(root, package, bag)[0]
    rehearsed = packages.rehearse(root, package, progress=lambda *step: heard.append(step))
    assert heard
    taken = packages.take(root, package)
    own = stations.keys(root).station
    for one in (rehearsed, taken):
        assert (one.name, one.office, one.number) == (bag.label["External-Identifier"], COUNTY, header.number)
        assert one.receipt == code(header.number, header.token, own)
        assert (one.refused, one.closed, one.clocks, one.idle, one.lacking) == ((), (), (), (), ())
        assert one.made == clocks.claimed_time(root, header.made)
    assert (rehearsed.backup, taken.backup is not None) == (None, True)
    assert "person" in root.take_changes()
    all_closed(root, county)


def test_a_rehearsal_touches_nothing_and_scans_have_a_door_of_their_own(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "c", COUNTY)
    join(root, county, tmp_path)
    people(county, "甲")
    root.take_changes()
    packages.rehearse(root, send(county, REGION, tmp_path))
    assert root.take_changes() == frozenset()
    assert not scanpackages.any_for(county, REGION)
    with closing(root), closing(county), pytest.raises(Refused, match="没有可以带的扫描件"):
        scanpackages.make(county, REGION, tmp_path)
