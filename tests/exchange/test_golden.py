"""Packages of earlier programs, kept in the project: every later program takes them in with the same result.

A package is added with each release and never changed. `TUOPIN_WRITE_REFERENCES=1` writes the one of today where it is
missing. The reader's key lies beside them: it opens nothing but these.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services import closings
from tests.services.desks import enter
from tests.services.exchangers import COUNTY, REGION, all_closed, found, join, region, send
from tuopin_desktop.domain.exchange import parcel
from tuopin_desktop.domain.exchange.trust import fingerprint
from tuopin_desktop.domain.openings import is_open
from tuopin_desktop.domain.problems import Refused
from tuopin_desktop.domain.record import scalars
from tuopin_desktop.domain.records import KINDS, Incident, Posting
from tuopin_desktop.exchange import keys as keyfile
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import stations
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

GOLDEN = Path(__file__).parent / "golden"
TODAY = GOLDEN / "0002-region-to-county.zip"
READER = GOLDEN / "reader.json"


def reader(folder: Path) -> Desk:
    """Return the county's second PC as it was enrolled when the packages were made; it has nothing yet."""
    desk = found(folder, COUNTY)
    kept = json.loads(READER.read_text())
    (folder / stations.FILE).write_bytes(keyfile.dump(keyfile._keys(bytes.fromhex(kept["seed"]), kept["identity"])))
    stations.keys(desk)
    return desk


def brought(desk: Desk, kinds: set[str]) -> dict[str, dict[str, Any]]:
    """Return what the records of these kinds say; a field that says nothing is left out, for later ones will too."""
    return {
        f"{kind}:{one.id}": {name: value for name, value in scalars(one).items() if value not in (None, "")}
        for kind in sorted(kinds)
        for one in desk.store.rows(KINDS[kind], deleted=None)
    }


def _make(folder: Path) -> None:
    """Write today's package: a county's people, month, incident and erased record, sent back down by the region."""
    if not READER.exists():
        made = keyfile.generate()
        READER.write_text(json.dumps({"seed": made.seed.hex(), "identity": made.identity}))
    root, county = region(folder / "15"), found(folder / "county", COUNTY)
    join(root, county, folder)
    second = reader(folder / "second")
    stations.enrol(root, card := stations.card(second), fingerprint(card.sign))
    posting, gone = enter(county, "乌云其其格", note="会蒙古语"), enter(county, "张三")
    closings.key(county, posting, "2018-06")
    registers.delete(county, Posting.kind.name, gone.id)
    incident = Incident(id=registers.new_id(county), posting=posting.id, date=date(2018, 6, 3), clause="gambling")
    registers.save(county, incident)
    packages.take(root, send(county, REGION, folder))
    (package,) = packages.make(root, COUNTY, folder, everything=True)
    stations.pin(second, fingerprint(stations.card(root).sign))
    taken = packages.take(second, package.path)
    kinds = set(taken.outcome.kinds) - {"station"}
    said = {"root": stations.root(second), "new": taken.outcome.new, "rows": brought(second, kinds)}
    TODAY.write_bytes(package.path.read_bytes())
    TODAY.with_suffix(".json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    all_closed(root, county, second)


def test_todays_package_is_written_where_it_is_missing(tmp_path: Path) -> None:
    if os.environ.get("TUOPIN_WRITE_REFERENCES") == "1" and not TODAY.exists():
        _make(tmp_path)
    assert TODAY.exists()


@pytest.mark.parametrize("package", sorted(GOLDEN.glob("*.zip")), ids=lambda path: path.stem)
def test_a_kept_package_is_taken_in_with_the_same_result(package: Path, tmp_path: Path) -> None:
    wanted = json.loads(package.with_suffix(".json").read_text(encoding="utf-8"))
    desk = reader(tmp_path / "reader")
    stations.pin(desk, wanted["root"])
    assert packages.rehearse(desk, package).outcome.new == wanted["new"]
    assert packages.take(desk, package).outcome.new == wanted["new"]
    found_here = brought(desk, {key.partition(":")[0] for key in wanted["rows"]})
    assert {key: found_here.get(key) for key in wanted["rows"]} == wanted["rows"]
    assert packages.take(desk, package).outcome.new == 0
    all_closed(desk)


@pytest.mark.parametrize(
    ("package", "has_openings"), [("0001-region-to-county", False), ("0002-region-to-county", True)]
)
def test_packages_of_both_formats_are_kept(package: str, has_openings: bool, tmp_path: Path) -> None:
    """Format 1 holds every value in what is hashed, format 2 beside it; the chains of both prove after the import."""
    path = GOLDEN / f"{package}.zip"
    desk = reader(tmp_path / "reader")
    stations.pin(desk, json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["root"])
    packages.take(desk, path)
    with desk.store.ledger.reading() as cursor:
        lines = [bytes(row[0]) for row in cursor.execute("SELECT line FROM log WHERE key LIKE 'person:%'").fetchall()]
    assert [is_open(line) for line in lines] == [has_openings] * len(lines)
    assert lines
    all_closed(desk)


def test_a_program_that_knows_format_1_alone_says_that_the_package_is_of_a_newer_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = reader(tmp_path / "reader")
    stations.pin(desk, json.loads(TODAY.with_suffix(".json").read_text(encoding="utf-8"))["root"])
    monkeypatch.setattr(parcel, "FORMAT", 1)
    with pytest.raises(Refused, match="更新版本的程序") as refused:
        packages.take(desk, TODAY)
    assert [problem.code for problem in refused.value.problems] == ["newer"]
    all_closed(desk)
