"""How far this PC has signed, beside the database: a database behind it is an old copy (`docs/exchange.md`)."""

from pathlib import Path

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.problems import refuse
from tuopin_desktop.machine import files
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.store import sending
from tuopin_desktop.store.feeds import begin_era, meta, peers

FILE = "station-signed.json"
_LIMIT = 16 * 1024 * 1024


class SignedReach(msgspec.Struct, kw_only=True):
    """The newest package's number and era, and for each of our feeds how many lines were signed, with their hash."""

    station: str
    era: int
    number: int
    heads: dict[str, tuple[int, str]]


def remember(desk: Desk) -> None:
    """Write down how far was signed, before a package leaves; raises Trouble, and then none may leave."""
    with desk.store.ledger.reading() as cursor:
        values = meta(cursor)
        heads = sending.signed(cursor)
    old = recall(desk)
    if old is not None:
        heads = {**old.heads, **heads}
    now = SignedReach(
        station=values["station"], era=int(values["era"]), number=int(values.get("number", "0")), heads=heads
    )
    files.write(desk.folder / FILE, msgspec.json.encode(now), private=True)


def recall(desk: Desk) -> SignedReach | None:
    """Return what was signed by the station this database belongs to, or None."""
    signed_reach = note_in(desk.folder)
    return signed_reach if signed_reach and signed_reach.station == desk.store.identity.station else None


def note_in(folder: Path) -> SignedReach | None:
    """Return what was signed by the station of a folder whose database need not be there, or None."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(files.read(path, _LIMIT), type=SignedReach)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None  # a damaged note: forks are then found by whoever gets a package


def settle(desk: Desk) -> bool:
    """Begin a new era when the database is older than what was signed from it; tell whether it was."""
    old = recall(desk)
    if old is None:
        return False
    with desk.store.ledger.reading() as cursor:
        values = meta(cursor)
        heads = sending.signed(cursor)
    era, number = int(values["era"]), int(values.get("number", "0"))
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
        counts = sending.have(cursor)
    return {feed: (counts.get(feed, 0), seq) for feed, (seq, _) in old.heads.items() if counts.get(feed, 0) < seq}


def write_off(desk: Desk) -> dict[str, tuple[int, int]]:
    """Stop waiting for what is missing here, once the region office answered that it has no more; return what it was.

    Only the note goes: should a lost package turn up after all, it is taken in as ever. The region's answer is known by
    its receipt for what was written here since the old copy was restored; with it came all it had. Raises Refused.
    """
    lacking = missing(desk)
    if not lacking:
        raise refuse("missing", "本机没有待补的内容")
    own = f"{desk.store.identity.station}.{desk.store.identity.era}."
    with desk.store.ledger.reading() as cursor:
        answers = [peer.have for peer in peers(cursor).values() if peer.office == ids.REGION]
    if not any(feed.startswith(own) for have in answers for feed in have):
        raise refuse(
            "unanswered",
            "自治区办公室还没有答复本机恢复以后录入的内容。请先制作数据包报送，再收下它的下一个数据包：它有的会自动补齐",
        )
    signed_reach = recall(desk)
    if signed_reach is not None:
        signed_reach.heads = {feed: head for feed, head in signed_reach.heads.items() if feed not in lacking}
        files.write(desk.folder / FILE, msgspec.json.encode(signed_reach), private=True)
    return lacking


def _behind(pair: tuple[int, str] | None, head: tuple[int, str]) -> bool:
    return pair is None or pair[0] < head[0] or (pair[0] == head[0] and pair[1] != head[1])


def _era(feed: str) -> int:
    return int(feed.split(".")[1])
