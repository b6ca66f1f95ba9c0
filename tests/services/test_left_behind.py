"""What a purge leaves beside the database: scans, pages and copies, and what could not go at once."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.services.desks import over
from tests.services.exchangers import REGION, send
from tests.services.purges import (
    Offices,
    holding,
    photo,
    purge,
    region_and_county,
)
from tuopin_desktop.documents import scans as paper
from tuopin_desktop.domain.problems import Refused, Trouble
from tuopin_desktop.domain.records import (
    Attachment,
    Incident,
)
from tuopin_desktop.domain.roles import Role, Signed
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.exchange import packages, scanpackages
from tuopin_desktop.services.forgetting import leftbehind, purging
from tuopin_desktop.services.office import attachments, backups
from tuopin_desktop.services.registers import recordfiles


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with region_and_county(tmp_path) as opened:
        yield opened


def test_copies_made_before_are_named_and_go_when_asked(offices: Offices) -> None:
    county = offices.county
    with pytest.raises(Refused, match="没有清除以前"):
        leftbehind.remove_copies(county)  # nobody was forgotten
    backups.make(county)
    aside = backups.set_aside(county.folder, county.clock)
    foreign = aside.with_name("手工-20290101-080000-第3号-aaaa.db")
    shutil.copy(offices.root.folder / "office.db", foreign)
    outcome = purge(county, offices.person)
    assert len(outcome.copies) >= 3
    county.clock = FixedClock(datetime(2029, 6, 5, 9))
    after = backups.make(county).path
    removal = leftbehind.remove_copies(county)
    names = {one.path.name for one in backups.listed(county)}
    assert {aside.name, foreign.name, after.name} < names
    assert any(aside.name in sentence for sentence in removal.left)
    assert any(foreign.name in sentence for sentence in removal.left)
    assert {one.path for one in leftbehind.copies(county)} == {aside, foreign}
    leftbehind.remove_copies(county, [aside.name])
    assert not aside.exists()


def test_only_who_may_restore_removes_copies(offices: Offices) -> None:
    county = offices.county
    backups.make(county)
    purge(county, offices.person)
    county.who = Signed("x", "经办人甲", frozenset({Role.WRITER}))
    with pytest.raises(Refused, match="恢复备份"):
        leftbehind.remove_copies(county)


def scanned(offices: Offices) -> Path:
    """Put a scan on an incident of the person; return its file."""
    county = offices.county
    incident = county.store.rows(Incident)[0]
    with over(county, date(2018, 7, 30)):
        recordfiles.attach(county, "incident", incident.id, recordfiles.read([photo(county.folder.parent)]))
    place = attachments.place_of(county, county.store.rows(Attachment)[0])
    assert place is not None
    return place


def test_a_scan_that_a_viewer_holds_goes_at_the_next_opening(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    county, place = offices.county, scanned(offices)

    def held(_path: Path) -> None:
        raise Trouble("文件正被另一个程序打开。")

    with monkeypatch.context() as patch:
        patch.setattr("tuopin_desktop.services.forgetting.leftbehind.files.remove", held)
        outcome = purge(county, offices.person)
    assert outcome.records
    assert "下次打开时再删除" in "".join(purging.account(outcome))
    assert place.exists()
    assert purging.at_opening(county) == ()
    assert not place.exists()
    assert purging.follow(county) is None


def test_pages_that_were_not_written_anew_are_at_the_next_opening(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = offices.county

    def full(_ledger: object) -> None:
        raise Trouble("磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr("tuopin_desktop.services.forgetting.purging.forgetting.rewrite", full)
        outcome = purge(county, offices.person)
        assert outcome.left
        packages.take(offices.root, send(county, REGION, offices.stick))  # taken, whatever is left to be done
    for desk in (county, offices.root):
        assert purging.at_opening(desk) == ()
        assert holding(desk) == []
        assert purging.follow(desk) is None


def test_an_old_package_of_scans_brings_no_forgotten_scan(offices: Offices) -> None:
    root, county, stick = offices.root, offices.county, offices.stick
    content = scanned(offices).read_bytes()
    packages.take(root, send(county, REGION, stick))
    assert len(scanpackages.lacking(root)) == 1
    (package,) = scanpackages.make(county, REGION, stick)
    purge(county, offices.person)
    packages.take(root, send(county, REGION, stick))
    assert scanpackages.lacking(root) == []
    came = scanpackages.take(root, package.path)
    assert (came.new, came.unknown, came.lacking) == (0, 1, 0)
    assert not list((root.folder / attachments.FOLDER).rglob("*.*"))
    assert content
    with pytest.raises(Refused, match="已按期清除"):
        attachments.keep(county, paper.proved(photo(county.folder.parent).read_bytes()))
