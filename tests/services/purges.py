"""Two offices of one life that is to be forgotten, and what of it their files still hold."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from PIL import Image

from tests.services import closings
from tests.services.desks import enter, over, write_logs
from tests.services.exchangers import COUNTY, REGION, found, join, region, send
from tuopin_desktop.domain.records import (
    Incident,
    Meeting,
    Person,
    Posting,
)
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.services.attendance import closing as months
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.forgetting import purging
from tuopin_desktop.services.office import backups, disclosures
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.services.reporting import snapshots
from tuopin_desktop.store import keyring

NAME, PHONE, WORDS = "阿拉坦花", "13904760808", "在浩来呼热苏木"
PLANTED = (NAME, PHONE, WORDS, "alatanhua")


class Offices(NamedTuple):
    root: Desk
    county: Desk
    stick: Path
    person: str
    posting: Posting
    old: Path


def later(desk: Desk, year: int = 2029) -> None:
    desk.clock = FixedClock(datetime(year, 6, 4, 9))


def life(desk: Desk, name: str = NAME) -> Posting:
    """Enter somebody with everything that is kept of him: his month closed, logs, an incident, a meeting he was at."""
    posting = enter(desk, name, phone=PHONE, note=f"家住{WORDS}", until=date(2018, 12, 31))
    closings.key(desk, posting, "2018-06")
    write_logs(desk, posting, [date(2018, 7, 2)], f"与{name}入户")
    with over(desk, date(2018, 7, 30)):
        incident = Incident(
            id=registers.new_id(desk), posting=posting.id, date=date(2018, 6, 3), clause="gambling", text=f"{name}所述"
        )
        registers.save(desk, incident)
        meeting = Meeting(id=registers.new_id(desk), type="analysis", county=COUNTY, held=date(2018, 7, 5))
        registers.save(desk, msgspec.structs.replace(meeting, attendees=f"赵甲一、{name}、钱乙二", topics="七月安排"))
        months.close(desk, "2018-06")
        disclosures.note_showing(desk, registers.get(desk, Person, posting.person), "phone")
    return posting


@contextmanager
def region_and_county(tmp_path: Path) -> Iterator[Offices]:
    """Open a region and a county that has somebody whose term is over in 2029; both have the other's lines."""
    root, county = region(tmp_path / "15"), found(tmp_path / "county", COUNTY)
    stick = tmp_path / "stick"
    join(root, county, stick)
    posting = life(county)
    with over(county, date(2019, 1, 5)):
        snapshots.take(county, 2018)
    old = send(county, REGION, stick)
    packages.take(root, old)
    with over(root, date(2019, 1, 6)):
        snapshots.take(root, 2018)
    later(county)
    later(root)
    with closing(root), closing(county):
        yield Offices(root, county, stick, posting.person, posting, old)


def photo(folder: Path) -> Path:
    """Return a picture."""
    path = folder / "照片.png"
    if not path.exists():
        Image.effect_noise((120, 90), 40).save(path, "PNG")
    return path


def purge(desk: Desk, person: str) -> purging.Outcome:
    proposal = purging.propose(desk, person, "保管期限表第12项", "已移交旗档案馆")
    return purging.confirm(desk, proposal.id, "钱乙二")


def content_of(path: Path) -> bytes:
    """Return the bytes of a file, those of an encrypted database page by page as its key opens them."""
    raw, key = path.read_bytes(), keyring.key_of(path) if path.suffix in (".db", ".memo") else None
    if key is None:
        return raw
    starts = range(0, len(raw) - keyring.PAGE + 1, keyring.PAGE)
    return b"".join(key.page(at // keyring.PAGE + 1, raw[at : at + keyring.PAGE]) for at in starts)


def holding(desk: Desk) -> list[str]:
    """Return which planted words stand in which file of an office but its copies, in UTF-8 or UTF-16."""
    desk.store.fold_journal()
    paths = [path for path in desk.folder.rglob("*") if path.is_file() and backups.FOLDER not in path.parts]
    return [
        f"{path.name}: {word}"
        for path in paths
        for word in PLANTED
        for raw in [content_of(path)]
        if any(word.encode(how) in raw for how in ("utf-8", "utf-16-le", "utf-16-be"))
    ]
