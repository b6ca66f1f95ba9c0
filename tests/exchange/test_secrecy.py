"""What lies open on a stick: office, date, number and volume, and nothing of anybody."""

from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import enter
from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, region, send
from tuopin_desktop.domain.change import encode
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.records import Incident
from tuopin_desktop.exchange import bag, frame, seal
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.registers import registers

NAME, TEXT = "斯琴高娃巴特尔", "在嘎查小卖部赌博"
OPEN = """Source-Organization: 150426
External-Identifier: tuopin-150426-to-15-000001-{station}
Bagging-Date: 2018-06-04
Payload-Oxum: {size}.1
Tuopin-To: 15
Tuopin-Number: 1
Tuopin-Changes: {changes}
"""


def test_a_breach_of_discipline_travels_sealed_and_the_label_says_nothing_of_it(tmp_path: Path) -> None:
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    join(root, county, tmp_path)
    posting = enter(county, NAME)
    incident = Incident(
        id=registers.new_id(county), posting=posting.id, date=date(2018, 6, 3), clause="gambling", text=TEXT
    )
    registers.save(county, incident)
    assert Incident.kind.restricted
    made = packages.make(county, REGION, tmp_path)[0]
    raw = made.path.read_bytes()
    opened = bag.open_bag(raw)
    for secret in (NAME, TEXT, "gambling", "incident", posting.id, incident.id):
        assert secret.encode() not in raw
    assert bytes(opened.payload).startswith(b"age-encryption.org/v1")
    inside = b"".join(seal.lines(seal.unseal(opened.payload, stations.keys(root).identity)))
    assert encode(NAME)[1:-1] in inside
    assert encode(TEXT)[1:-1] in inside

    members = frame.split(raw, bag._CAPS)
    label = OPEN.format(station=opened.station[:6], size=len(opened.payload), changes=made.changes)
    assert bytes(members["bag-info.txt"]).decode() == label
    assert made.path.name == "翁牛特旗报自治区第1包.zip"
    all_closed(root, county)


def test_nobody_but_the_addressed_office_and_the_maker_can_open_it(tmp_path: Path) -> None:
    root, county, other = region(tmp_path / "15"), found(tmp_path / "county", COUNTY), found(tmp_path / "o", "150421")
    for desk in (county, other):
        join(root, desk, tmp_path)
    enter(county, NAME)
    package = send(county, REGION, tmp_path)
    assert packages.show(root, package).header is not None
    assert packages.show(county, package).header is not None
    shown = packages.show(other, package)
    assert shown.header is None
    assert "解不开" in shown.closed
    with pytest.raises(Refused, match="解不开"):
        packages.rehearse(other, package)
    all_closed(root, county, other)
