"""For whom a package of the region was made: what the first start takes from it before there is an office."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.ids import level_of
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.services.exchange import packages
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.founding import Ground


class Addressee(msgspec.Struct, frozen=True):
    """The office a package of the region is for: level and county or league code; the package's number and day."""

    level: str
    county: str
    number: str
    date: str


def addressee(ground: Ground, path: Path) -> Addressee:
    """Return for whom a package was made; raises Refused for a damaged one and for one that is not the region's.

    What is inside is encrypted to PCs the region knows. A new PC has to be known first, so nothing is taken in here.
    """
    del ground  # no office stands yet; the outside of a package tells
    label = packages.proved(path).label
    to = label.get("Tuopin-To", "")
    if label.get("Source-Organization") != ids.REGION:
        raise refuse("sender", "这个数据包不是自治区管理办公室制作的，请另选一个", "path")
    if to == ids.REGION or offices.called(to) == to:
        raise refuse("to", "这个数据包不是给旗县或盟市的，请另选一个", "path")
    return Addressee(level_of(to).value, to, label.get("Tuopin-Number", ""), label.get("Bagging-Date", ""))
