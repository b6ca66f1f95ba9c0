"""Rule packs as a region writes them, and a region with a county that trusts it."""

import re
from datetime import datetime
from pathlib import Path

from PIL import Image

from tests import papers
from tuopin_desktop.machine.clock import FixedClock
from tuopin_desktop.machine.paths import RESOURCES
from tuopin_desktop.services.exchange import packfiles
from tuopin_desktop.services.office.desk import Desk

LOCAL = "2021-local"
VILLAGE = "2021-village"
NOW = datetime(2021, 8, 10, 9, 0)
_SHIPPED = (RESOURCES / "policies" / f"{VILLAGE}.toml").read_text(encoding="utf-8")


def title_of(pack: str) -> str:
    """Return what a pack is called here."""
    return "2021年驻村第一书记和工作队（内蒙古）" if pack == LOCAL else f"驻村工作队（{pack}）"


def rules(pack: str = LOCAL, version: int = 1, in_force: str = "2021-06-01", **said: str) -> str:
    """Return the text of a pack: the village one under its own paper, with other values for some switches.

    `said` are switches with `__` for the dot: leave__ladder_days="5".
    """
    text = _SHIPPED.replace(f'id = "{VILLAGE}"', f'id = "{pack}"\nversion = {version}')
    text = text.replace("in_force = 2021-05-11", f"in_force = {in_force}")
    text = text.replace("issued = 2021-05-11", 'issued = 2021-05-20\nnumber = "内组通〔2021〕9号"')
    text = text.replace('title = "2021年驻村第一书记和工作队（待核）"', f'title = "{title_of(pack)}"')
    for key, value in said.items():
        head = f"[settings.{key.replace('__', '.')}]\n"
        text = re.sub(re.escape(head) + r"value = .*", f"{head}value = {value}", text)
    return text


def toml(folder: Path, text: str | bytes, name: str = "规则.toml") -> Path:
    """Write a pack as it is handed to the region's clerk."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def paper(folder: Path) -> Path:
    """Write a scan of the paper that establishes a pack."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "内组通〔2021〕9号.jpg"
    path.write_bytes(papers.jpeg(Image.new("RGB", (400, 300), "white")))
    return path


def signed(region: Desk, stick: Path, text: str | None = None) -> Path:
    """Return the file the region signed."""
    return packfiles.export(region, toml(stick, text or rules()), paper(stick), stick)


def changed(text: str, *edits: tuple[str, str]) -> str:
    """Return a pack with some words in the place of others, each of which must be there."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def at(desk: Desk, moment: datetime = NOW) -> Desk:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = moment
    return desk


def used(desk: Desk, path: Path) -> packfiles.ProvedPack:
    return packfiles.enable(desk, packfiles.install(desk, path).policy.id)
