"""How far this PC has signed, beside the database: a database behind it is an old copy (`exchange.md` 4.5)."""

import msgspec

from tuopin_desktop.machine import files
from tuopin_desktop.services.desk import Desk
from tuopin_desktop.store import sending
from tuopin_desktop.store.feeds import begin_era, meta

FILE = "station-signed.json"
_LIMIT = 16 * 1024 * 1024


class Signed(msgspec.Struct, kw_only=True):
    """The newest package's number and era, and for each of our feeds how many lines were signed, with their hash."""

    station: str
    era: int
    number: int
    heads: dict[str, tuple[int, str]]


def remember(desk: Desk) -> None:
    """Write down how far was signed, before a package leaves; raises Trouble, and then none may leave."""
    with desk.store.ledger.reading() as cursor:
        known = meta(cursor)
        heads = sending.signed(cursor)
    old = recall(desk)
    if old is not None:
        heads = {**old.heads, **heads}
    now = Signed(station=known["station"], era=int(known["era"]), number=int(known.get("number", "0")), heads=heads)
    files.write(desk.folder / FILE, msgspec.json.encode(now), private=True)


def recall(desk: Desk) -> Signed | None:
    """Return what was signed by the station this database belongs to, or None."""
    path = desk.folder / FILE
    if not path.exists():
        return None
    try:
        found = msgspec.json.decode(files.read(path, _LIMIT), type=Signed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None  # a damaged note: forks are then found by whoever gets a package
    return found if found.station == desk.store.identity.station else None


def settle(desk: Desk) -> bool:
    """Begin a new era when the database is older than what was signed from it; tell whether it was."""
    old = recall(desk)
    if old is None:
        return False
    with desk.store.ledger.reading() as cursor:
        known = meta(cursor)
        heads = sending.signed(cursor)
    era, number = int(known["era"]), int(known.get("number", "0"))
    behind = any(_behind(heads.get(feed), head) for feed, head in old.heads.items() if _era(feed) == era)
    if era > old.era or not (behind or old.era > era or old.number > number):
        return False
    begin_era(desk.store.ledger, max(era, old.era) + 1, max(number, old.number))
    desk.store.reread()
    return True


def missing(desk: Desk) -> dict[str, tuple[int, int]]:
    """Return what was signed here and is no longer here: feed -> (lines here, lines signed); a package fills it."""
    old = recall(desk)
    if old is None:
        return {}
    with desk.store.ledger.reading() as cursor:
        held = sending.have(cursor)
    return {feed: (held.get(feed, 0), seq) for feed, (seq, _) in old.heads.items() if held.get(feed, 0) < seq}


def _behind(held: tuple[int, str] | None, head: tuple[int, str]) -> bool:
    return held is None or held[0] < head[0] or (held[0] == head[0] and held[1] != head[1])


def _era(feed: str) -> int:
    return int(feed.split(".")[1])
