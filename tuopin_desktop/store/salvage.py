"""A new database folded from whatever lines of the log can still be read, of a damaged file and of its copies.

A feed is a chain of hashes, so each line's place can be proved, and a gap in the damaged file is closed by a sound
copy. What of another office's feed cannot be joined to its beginning is left out: its package brings it again. Our own
lines behind a gap go on in a new era, as after a copy was put back, so that nothing that was typed here is lost.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import Change, decode, doubtful
from tuopin_desktop.domain.exchange.parcel import feed_name
from tuopin_desktop.domain.openings import link, same
from tuopin_desktop.domain.problems import Damaged
from tuopin_desktop.store import audit, journal, keyring, limits, migrations, sqlite, statements
from tuopin_desktop.store.database import Database, connect, discard, settle, speaking
from tuopin_desktop.store.inspection import beside, naming_damage, open_read_only
from tuopin_desktop.store.pages import Pages, TableRow
from tuopin_desktop.store.shipped import FEED, FIRST_STAMP, write_shipped
from tuopin_desktop.store.writing import Ledger

_FEED = re.compile(r"([0-9a-z]{1,64})[.]([1-9][0-9]{0,8})[.]([0-9]{2,12})")
_WORD = re.compile(r"[a-z_]{1,40}")
_UNSAVED = "没有救出，原文件没有改动"


class FeedRow(msgspec.Struct):
    """What is known of a feed: where it ends, its signed end, and whose office it is."""

    seq: int = 0
    hash: bytes = b""
    head: int | None = None
    head_hash: bytes | None = None
    sig: bytes | None = None
    practice: int = 0
    office: str = ""


class Source(msgspec.Struct):
    """What one file gives: values about itself, feeds, and lines by feed and place."""

    meta: dict[str, str] = {}
    feeds: dict[str, FeedRow] = {}
    lines: dict[str, dict[int, bytes]] = {}
    rows: dict[str, list[tuple[Any, ...]]] = {}


class Part(msgspec.Struct, frozen=True):
    """What became of one feed: lines there were, lines kept under its name, moved to a new era, left out."""

    feed: str
    office: str
    own: bool
    there: int
    lines_kept: int
    moved: int = 0
    left_out: int = 0

    @property
    def whole(self) -> bool:
        """Tell whether every line is in its place."""
        return self.lines_kept == self.there


class Salvage(msgspec.Struct, frozen=True):
    """The new database, not yet in its place, and what became of each feed."""

    path: Path
    office: str
    practice: bool
    parts: tuple[Part, ...]

    @property
    def there(self) -> int:
        """How many lines there were, as far as it can be known."""
        return sum(one.there for one in self.parts)

    @property
    def saved(self) -> int:
        """How many lines the new database holds."""
        return sum(one.lines_kept + one.moved for one in self.parts)


def salvage(
    path: Path | None, copies: Sequence[Path], target: Path, shipped: Sequence[Change], station: str = ""
) -> Salvage:
    """Make a new database from what can be read; the damaged file at `path` and the copies are not changed.

    `shipped` are the changes that come with the program, `station` is this PC's where it is known from elsewhere.
    The new one has the key of the damaged one, or of a copy.
    Raises Damaged when not even the office can be read, and Trouble; either leaves no file at `target`.
    """
    sources = [_read_copy(copy) for copy in copies]
    raw = _read_raw(path) if path is not None and path.exists() else Source()
    _name_feeds(raw, sources)
    meta = _meta_of(raw, sources, station)
    keys = [keyring.key_of(one) for one in (path, *copies) if one is not None]
    key = next((one for one in keys if one is not None), None)
    discard(target)
    try:
        with speaking(_UNSAVED), closing(connect(target, journal=sqlite.TRUNCATE, key=key)) as database:
            parts = _build(database, raw, sources, meta, shipped)
            fault = audit.first(database)
            assert not fault, fault
        with speaking(_UNSAVED):
            settle(target, target)
    except BaseException:
        discard(target)
        raise
    return Salvage(target, meta["office"], meta.get("practice") == "1", tuple(parts))


def beyond(path: Path, copy: Path) -> int:
    """Return how many lines can be read of a damaged database that are not in a sound copy; raises Trouble."""
    raw, source = _read_raw(path), _read_copy(copy)
    _name_feeds(raw, [source])
    return sum(len(lines.keys() - source.lines.get(feed, {}).keys()) for feed, lines in raw.lines.items())


def _meta_of(raw: Source, sources: Sequence[Source], station: str) -> dict[str, str]:
    """Return the values about itself: the damaged file's own, else its copies', else what its feeds say of it.

    Raises Damaged when it remains unknown whose it is.
    """
    rows = {feed.split(".")[0]: row for feed, row in raw.feeds.items() if feed != FEED}
    only = rows.get(station) or (next(iter(rows.values())) if len(rows) == 1 else None)
    meta: dict[str, str] = {}
    if only is not None:
        meta = {"office": only.office, "practice": str(only.practice)}
        meta["station"] = next(name for name, row in rows.items() if row is only)
    for source in reversed([raw, *sources]):
        meta |= source.meta
    own = [_FEED.fullmatch(feed) for feed in raw.lines]
    eras = [int(match[2]) for match in own if match and match[1] == meta.get("station")]
    meta["era"] = str(max([int(meta.get("era", "1")), *eras]))
    try:
        ids.level_of(meta["office"])
        meta["station"]
    except (KeyError, ValueError) as error:
        raise Damaged(
            "数据文件里已读不出是哪个单位的，也没有完好的备份，救不出来。请联系自治区办公室发回数据。"
        ) from error
    return meta


# -- reading


def _read_raw(path: Path) -> Source:
    with speaking(_UNSAVED):
        raw = path.read_bytes()
        wal = beside(path, "-wal")
        log = wal.read_bytes() if wal.exists() else b""
    key = keyring.key_of(path)
    plain = key.page if key is not None else journal.as_stored
    pages = Pages(raw, journal.played(log), plain, encrypted=key is not None)
    rows = list(pages.rows())
    rows += [row for page in journal.cut_off(log, plain) for row in pages.rows_of(page)]
    return _sorted(rows)


def _sorted(rows: Iterable[TableRow]) -> Source:
    """Return what the rows of all tables are, told apart by their shape."""
    source = Source(rows={"peer": [], "parcel": [], "disclosure": [], "receipt": []})
    names: dict[int, str] = {}
    lines: dict[int, dict[int, bytes]] = {}
    for row in rows:
        values = row.values
        if len(values) == 4:
            _line(lines, values)
        elif len(values) == 2:
            _pair(source, names, values)
        elif len(values) in (12, 13) and row.number is not None and _feed_shaped(values):
            names[row.number] = str(values[1])
            source.feeds[str(values[1])] = _feed_row(values)
        else:
            _beside_the_log(source, row)
    for number, some in lines.items():
        source.lines.setdefault(names.get(number, f"?{number}"), {}).update(some)
    return source


def _beside_the_log(source: Source, row: TableRow) -> None:
    values, number = row.values, row.number
    match len(values):
        case 6 if number is None and isinstance(values[5], str) and values[5].startswith("{"):
            source.rows["peer"].append(values)
        case 6 if number is not None and isinstance(values[1], int) and isinstance(values[3], str):
            source.rows["disclosure"].append((number, *values[1:]))
        case 7 if number is not None and values[0] is None and isinstance(values[4], int):
            source.rows["receipt"].append((number, *values[1:]))
        case 14 if number is not None and isinstance(values[11], str) and values[11].startswith("{"):
            source.rows["parcel"].append((number, *values[1:]))


def _line(lines: dict[int, dict[int, bytes]], values: tuple[Any, ...]) -> None:
    n, seq, key, raw = values
    if isinstance(n, int) and isinstance(seq, int) and isinstance(key, str) and isinstance(raw, bytes) and seq > 0:
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            if decode(raw).key == key:
                lines.setdefault(n, {}).setdefault(seq, raw)


def _pair(source: Source, names: dict[int, str], values: tuple[Any, ...]) -> None:
    name, value = values
    if not isinstance(name, str):
        return
    if isinstance(value, int) and _FEED.fullmatch(name):
        names.setdefault(value, name)
    elif isinstance(value, str) and _WORD.fullmatch(name):
        source.meta.setdefault(name, value)


def _feed_shaped(values: tuple[Any, ...]) -> bool:
    return isinstance(values[1], str) and bool(_FEED.fullmatch(values[1])) and isinstance(values[6], int)


def _feed_row(values: tuple[Any, ...]) -> FeedRow:
    head, head_hash, sig = values[8:11]
    signed = isinstance(head, int) and isinstance(head_hash, bytes)
    return FeedRow(
        seq=values[6],
        hash=values[7] if isinstance(values[7], bytes) else b"",
        head=head if signed else None,
        head_hash=head_hash if signed else None,
        sig=sig if signed and isinstance(sig, bytes) else None,
        practice=int(values[5] or 0),
        office=str(values[12]) if len(values) > 12 else "",
    )


def _read_copy(path: Path) -> Source:
    """Return what a sound copy gives; nothing when it is not one."""
    source = Source(rows={})
    with suppress(Damaged), naming_damage(), open_read_only(path) as copy:
        source.meta = {str(name): str(value) for name, value in copy.execute_sql(statements.META)}
        later = "office" in {row[0] for row in copy.execute_sql(sqlite.COLUMNS, ("feed",)).fetchall()}
        rows = copy.execute_sql(statements.feeds(office=later)).fetchall()
        for row in rows:
            source.feeds[row[1]] = _feed_row(tuple(row))
            lines = copy.execute_sql(statements.LINES_OF_FEED, (row[0],)).fetchall()
            source.lines[row[1]] = {seq: bytes(line) for seq, line in lines}
    return source


def _name_feeds(raw: Source, sources: Sequence[Source]) -> None:
    """Find in the copies whose lines those are whose feed cannot be read any more: by a line that is the same."""
    for unnamed in [feed for feed in raw.lines if feed.startswith("?")]:
        lines = raw.lines[unnamed]
        for source in sources:
            for feed, content_by_number in source.lines.items():
                if any(same(content_by_number.get(seq, b""), line) for seq, line in lines.items()):
                    raw.lines.setdefault(feed, {}).update(raw.lines.pop(unnamed, {}))


# -- building


def _build(
    database: Database, raw: Source, sources: Sequence[Source], meta: dict[str, str], shipped: Sequence[Change]
) -> list[Part]:
    migrations.build_newest(database)
    ledger = Ledger(database)
    parts: list[Part] = []
    with ledger.writing() as cursor:
        write_shipped(cursor, ledger, shipped)
        era = int(meta["era"])
        moved: dict[str, list[bytes]] = {}
        newest = FIRST_STAMP + len(shipped)
        for feed in _feeds_of(raw, sources):
            joined = _JoinedFeed(feed, raw, sources, meta)
            if feed != FEED:
                joined.write(cursor, joined.proved)
                for line in joined.rest if joined.own else []:
                    moved.setdefault(joined.scope or _owner(line), []).append(line)
            parts.append(joined.part(len(shipped)))
            newest = max([newest, *(at for at in map(_stamp, joined.lines.values()) if not doubtful(at))])
        for scope, lines in moved.items():
            _append(cursor, feed_name(meta["station"], era + 1, scope), lines, meta["office"], meta)
        values = {**meta, "era": str(era + bool(moved)), "clock": str(newest)}
        values.pop("farthest", None)  # what of the clock is believed is worked out when the office is opened
        cursor.executemany(sqlite.PUT_META, list(values.items()))
        _keep_rest(cursor, raw, sources)
        ledger.fold(cursor, [row[0] for row in cursor.execute(statements.RECORDS).fetchall()])
        limits.settle(cursor, ledger.fold)
    return parts


def _feeds_of(raw: Source, sources: Sequence[Source]) -> list[str]:
    names = {*raw.feeds, *raw.lines, *(feed for source in sources for feed in source.feeds)}
    return sorted(names - {feed for feed in names if feed.startswith("?") and not raw.lines[feed]})


class _JoinedFeed:
    """One feed joined from the damaged file and its copies: what is proved to be its beginning, and the rest."""

    def __init__(self, feed: str, raw: Source, sources: Sequence[Source], meta: dict[str, str]) -> None:
        unnamed = feed.startswith("?")
        self.feed, self._meta = feed, meta
        station, _, self.scope = feed.split(".") if not unnamed else ("", "", "")
        self.own = unnamed or station == meta["station"]
        feed_rows = [source.feeds[feed] for source in [raw, *sources] if feed in source.feeds]
        self.row = feed_rows[0] if feed_rows else FeedRow(office=meta["office"])
        self.lines = dict(raw.lines.get(feed, {}))
        sure = 0
        for source in sources:  # each proved by its chain when it was made
            content_by_number = source.lines.get(feed, {})
            if content_by_number and len(content_by_number) >= sure:
                self.lines |= content_by_number
                sure = len(content_by_number)
        if feed in raw.feeds and raw.feeds[feed].seq < sure and not unnamed:
            sure = max(raw.feeds[feed].seq, 0)  # an import was undone since the copy was made
            self.lines = {seq: line for seq, line in self.lines.items() if seq <= sure}
        self.there = max(self.row.seq, max(self.lines, default=0)) if not unnamed else len(self.lines)
        self._digests = _chain(self.lines)
        self.proved = 0 if unnamed else self._proved(sure)
        self.rest = [self.lines[seq] for seq in sorted(self.lines) if seq > self.proved]

    def _proved(self, sure: int) -> int:
        """Return how many lines from the first on are what they were.

        Where a hash says that some line was altered and not which, only what a copy vouches for is believed.
        """
        reach = len(self._digests)
        head = self.row.head or 0
        signed = 0 < head <= reach and self._digests[head - 1] == self.row.head_hash
        if 0 < head <= reach and not signed:
            return min(sure, reach)
        if reach >= self.row.seq and self.row.hash and self._digests[self.row.seq - 1 :][:1] != [self.row.hash]:
            return max(sure, head if signed else 0)
        return reach

    def write(self, cursor: Any, until: int) -> None:
        """Write the beginning of the feed under its own name."""
        if not until:
            return
        head = self.row.head if self.row.head and self.row.head <= until else None
        signed = (head, self.row.head_hash, self.row.sig) if head else (None, None, None)
        lines = [self.lines[seq] for seq in range(1, until + 1)]
        _append(cursor, self.feed, lines, self.row.office or self._meta["office"], self._meta, signed)

    def part(self, shipped: int) -> Part:
        """Return what became of it."""
        if self.feed == FEED:
            return Part(self.feed, "", own=False, there=shipped, lines_kept=shipped)
        moved = len(self.rest) if self.own else 0
        out = 0 if self.own else len(self.rest)
        return Part(self.feed, self.row.office, self.own, self.there, self.proved, moved, out)


def _stamp(raw: bytes) -> int:
    return decode(raw).at


def _owner(raw: bytes) -> str:
    return ids.owner(decode(raw).key.partition(":")[2])


def _chain(lines: dict[int, bytes]) -> list[bytes]:
    digests: list[bytes] = []
    digest = b""
    while (raw := lines.get(len(digests) + 1)) is not None:
        digest = link(digest, raw)
        digests.append(digest)
    return digests


def _append(
    cursor: Any,
    feed: str,
    lines: Sequence[bytes],
    office: str,
    meta: dict[str, str],
    signed: tuple[int | None, bytes | None, bytes | None] = (None, None, None),
) -> None:
    """Write a feed from its first line on."""
    station, era, scope = feed.split(".")
    digest = b""
    for raw in lines:
        digest = link(digest, raw)
    cursor.execute(
        statements.ADD_FEED,
        (feed, station, scope, int(era), int(meta.get("practice") == "1"), office, len(lines), digest, *signed),
    )
    n = cursor.lastrowid
    rows = [(n, seq, decode(raw).key, raw) for seq, raw in enumerate(lines, start=1)]
    cursor.executemany(statements.ADD_LINE, rows)


def _keep_rest(cursor: Any, raw: Source, sources: Sequence[Source]) -> None:
    """Take over what stands in no feed: receipts, the ledger of packages, and who looked at what."""
    for table, width in (("peer", 6), ("disclosure", 6), ("receipt", 7), ("parcel", 14)):
        rows = [row for row in raw.rows.get(table, []) if len(row) == width]
        cursor.executemany(sqlite.add_once(table, width), rows)
