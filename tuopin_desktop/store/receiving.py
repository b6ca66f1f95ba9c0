"""Taking a package in: chain, authority, append, fold, receipt and self-check in one transaction, or nothing."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice, repeat
from itertools import count as count_from
from typing import Any

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.change import FeedLine, encode
from tuopin_desktop.domain.clocks import day_of, moment
from tuopin_desktop.domain.exchange.arrival import Judge, Outcome, Source
from tuopin_desktop.domain.exchange.parcel import Head, Header, read_head
from tuopin_desktop.domain.exchange.planning import Peer, admit, forked
from tuopin_desktop.domain.exchange.shapes import Batch, batch
from tuopin_desktop.domain.exchange.trust import always, fingerprint, spoken
from tuopin_desktop.domain.openings import link, same, with_salts
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store import sqlite, statements
from tuopin_desktop.store.accounting import Account
from tuopin_desktop.store.admitting import Admit, anything
from tuopin_desktop.store.counting import plain
from tuopin_desktop.store.feeds import Certificate, certificates, give_up, meta, part_ways, peers, put_meta, put_peer
from tuopin_desktop.store.forgetting import fill_in
from tuopin_desktop.store.limits import settle
from tuopin_desktop.store.parcels import BATCH, put
from tuopin_desktop.store.receipts import note_new
from tuopin_desktop.store.stamps import keep as keep_clock
from tuopin_desktop.store.writing import Ledger

# Lines read at a time, so that the memory of an import does not grow with the package.
_BATCH = 5_000
# From this many lines on, dropping the guards costs less than asking them for every row: see `_unguarded`.
_LARGE = 20_000
Verify = Callable[[str, bytes, bytes], bool]
Progress = Callable[[int, int], None]


class ProvedContainer(msgspec.Struct, frozen=True):
    """A proved container: what it is called, the key that signed it, its header and the rest of its lines."""

    name: str
    sign: str
    header: Header
    lines: Iterator[bytes]
    changes: int = 0


def brings(ledger: Ledger, lines: Iterator[bytes]) -> bool:
    """Tell whether any feed of a package goes further than it does here, by its heads alone; raises Refused."""
    with ledger.reading() as cursor:
        values = dict(cursor.execute(statements.FEED_LENGTHS).fetchall())
    while (raw := next(lines, None)) is not None:
        head = read_head(raw)
        if head.seq > values.get(head.feed, 0):
            return True
        deque(islice(lines, head.seq - head.after), maxlen=0)
    return False


def note_refused(ledger: Ledger, signed: ProvedContainer, why: str, wall_ms: int) -> None:
    """Store the refusal of a package signed by a known station; the next package reports it to the sender."""
    header = signed.header
    with ledger.writing() as cursor:
        certificate = certificates(cursor).get(header.sender)
        if certificate is None or certificate.sign != signed.sign:
            return
        put(cursor, "refused", signed.name, header, office=header.office, at=wall_ms, lines=0, note=why[:1000])


class _Rehearsed(Exception):
    """Ends a rehearsal: everything was done, and everything is rolled back."""


@contextmanager
def rehearsing(ledger: Ledger) -> Iterator[None]:
    """Let packages be taken in one after another, each on top of those before, and take it all back at the end."""
    with suppress(_Rehearsed), ledger.database.atomic(sqlite.IMMEDIATE):
        yield
        raise _Rehearsed


def receive(
    ledger: Ledger,
    signed: ProvedContainer,
    verify: Verify,
    wall_ms: int,
    *,
    keep: bool,
    yielding: bool = False,
    first: bool = True,
    progress: Progress | None = None,
    admit: Admit = anything,
) -> Outcome:
    """Take a package in, or only rehearse it, and return the account; raises Refused, and then nothing is written.

    `verify` tells whether a base64 key signed bytes. `yielding` lets another station's feed that is here in another
    version give way to the package's, instead of refusing it. `first`: it begins a batch, and the next that is not
    goes with it when it is undone. `progress` hears (lines done, lines in all) and may raise to cancel.
    """
    outcome: Outcome | None = None
    try:
        with ledger.writing() as cursor, _unguarded(cursor, large=signed.changes > _LARGE):
            receiving = _Receiving(ledger, cursor, signed, verify, progress)
            receiving.yielding, receiving.first, receiving.admit = yielding, first, admit
            outcome = receiving.run(wall_ms)
            if not keep:
                raise _Rehearsed
    except _Rehearsed:
        assert outcome is not None
    return outcome


@contextmanager
def _unguarded(cursor: Any, *, large: bool) -> Iterator[None]:
    """Lift the guards against inserting for the length of a large import: they are asked for every row.

    Within the one transaction of the import: whatever ends it, the guards are there again.
    """
    tables = ("log", *KINDS) if large else ()
    for table in tables:
        cursor.execute(sqlite.lift_guard(table))
    yield
    for table in tables:
        cursor.execute(sqlite.guards(table)[0])


class _Receiving:
    """One import. Feeds of scope 15 come first: they carry the certificates by which all others are judged."""

    def __init__(
        self, ledger: Ledger, cursor: Any, signed: ProvedContainer, verify: Verify, progress: Progress | None
    ) -> None:
        self._ledger, self._cursor, self._signed, self._verify = ledger, cursor, signed, verify
        self._progress = progress
        self._header = signed.header
        self._meta = meta(cursor)
        self._root = self._meta.get("root", "")
        self._known = certificates(cursor, root=self._root)
        self._pending: dict[int, list[Head]] = {}
        self._trusted = False
        self._account = Account(cursor)
        self._before: dict[str, Any] = {}
        self.yielding, self.first = False, True
        self.admit: Admit = anything
        self._forked: list[str] = []
        self._own = self._own_feeds()

    def run(self, wall_ms: int) -> Outcome:
        """Do everything; return the account."""
        clock = int(self._meta.get("clock", "0"))
        self._account.today = day_of(moment(wall_ms, clock >> 16)).isoformat()
        lines = self._signed.lines
        while (raw := next(lines, None)) is not None:
            self._feed(read_head(raw), lines)
        self._settle_trust()
        self._check_sender()
        settle(self._cursor, self._ledger.fold)
        self._account.check()
        self.admit(self._account.keys)
        farthest = max(clock, int(self._meta.get("farthest", "0")), self._account.newest)
        clock = self._account.date(wall_ms, clock)
        keep_clock(self._cursor, clock, farthest)
        self._keep_receipt(moment(wall_ms, clock >> 16))
        return self._account.outcome(tuple(self._forked))

    def _own_feeds(self) -> dict[str, int]:
        return dict(self._cursor.execute(statements.FEED_LENGTHS_OF_STATION, (self._meta["station"],)).fetchall())

    def _feed(self, head: Head, lines: Iterator[bytes]) -> None:
        broadcast = head.scope == ids.REGION
        if not broadcast:
            self._settle_trust()
        elif self._trusted:
            raise refuse("damaged", "数据包中各来源的次序不对，没有收下。请对方重新制作")
        author = ids.REGION if broadcast else self._certificate(head.station).office
        row = self._row(head)
        lines_here = row[1]
        admit(head, self._meta["office"], author, lines_here)
        if head.practice != (self._meta.get("practice") == "1"):
            raise refuse("practice", "数据包中混有练习数据与正式数据，没有收下")
        n = row[0] or self._open(head, author)
        if broadcast:
            self._pending.setdefault(n, []).append(head)
        else:
            self._prove(head, self._certificate(head.station))
        lines = with_salts(lines, head.seed, head.feed, head.after + 1)
        lines_here = self._same(head, n, lines_here, author, lines)
        if lines_here < head.seq:
            self._before.setdefault(head.feed, _kept(row))
            self._append(head, lines_here, author, lines)
        self._account.source(Source(head.feed, head.station, head.scope, lines_here, max(lines_here, head.seq)))

    def _row(self, head: Head) -> Any:
        return self._cursor.execute(statements.FEED_SIGNED_END, (head.feed,)).fetchone() or (
            0,
            0,
            b"",
            None,
            None,
            None,
        )

    def _open(self, head: Head, author: str) -> int:
        self._cursor.execute(
            sqlite.OPEN_FEED,
            (head.feed, head.station, head.scope, head.era, int(head.practice), author),
        )
        n = int(self._cursor.lastrowid)
        settle(self._cursor, self._ledger.fold)  # a closed PC's further feed: its lines are told as not counting
        return n

    def _same(self, head: Head, n: int, count: int, author: str, lines: Iterator[bytes]) -> int:
        """Compare what is here already, byte for byte; return how many lines of the feed now stand.

        When our own feed was continued elsewhere, by a copy of this PC's data, our tail goes on in a new era.
        """
        last = min(count, head.seq)
        rows = self._cursor.connection.cursor().execute(statements.LINES_BETWEEN, (n, head.after, last))
        place = head.after
        while here := rows.fetchmany(_BATCH):
            came = list(islice(lines, len(here)))
            agree = _agreeing(here, came)
            if keys := fill_in(self._cursor, n, place, here[:agree], came[:agree]):
                self._ledger.fold(self._cursor, keys)
            self._account.again += agree
            place += agree
            if len(came) < len(here) and agree == len(came):
                raise _broken(head.feed, place)
            if agree < len(here):
                self._diverge(head, place, author)
                self._append(head, place, author, chain(came[agree:], lines))
                return head.seq
            self._tell()
        return count

    def _diverge(self, head: Head, common: int, author: str) -> None:
        if head.station != self._meta["station"]:
            self._give_way(head, common, author)
            return
        moved = part_ways(self._cursor, head.feed, common)
        self._ledger.fold(self._cursor, moved)
        if not common:
            self._open(head, self._meta["office"])
        self._before[head.feed] = _kept(self._row(head))
        self._forked.append(head.feed)
        self._own = self._own_feeds()

    def _give_way(self, head: Head, common: int, author: str) -> None:
        """Put aside what is here of another station's feed after the `common` lines, where that is asked for.

        Two PCs wrote under one key. The one that still has its lines hands them on again under a new era.
        """
        if not self.yielding:
            raise forked(head.feed, common + 1)
        aside = give_up(self._cursor, head.feed, common)
        self._ledger.fold(self._cursor, aside)
        if not common:
            self._open(head, author)
        self._before[head.feed] = _kept(self._row(head))
        self._account.aside += len(aside)

    def _append(self, head: Head, count: int, author: str, lines: Iterator[bytes]) -> None:
        row = self._cursor.execute(statements.FEED_END_WITH_LIMIT, (head.feed,)).fetchone()
        n, digest, limit = row[0], bytes(row[2]), row[3]
        judge = Judge(head.feed, head.scope, author)
        while count < head.seq:
            raws = list(islice(lines, min(_BATCH, head.seq - count)))
            if not raws:
                raise _broken(head.feed, count)
            for raw in raws:
                digest = link(digest, raw)
            parsed = judge.lines(raws, count + 1)
            counting = parsed if limit is None else batch(_counting(parsed.lines, limit - count))
            self._account.idle(head.station, len(parsed.lines) - len(counting.lines))
            self._write(n, count, raws, parsed, counting)
            count += len(raws)
            self._tell()
        if digest.hex() != head.hash:
            raise forked(head.feed, head.after + 1)
        if head.seed:
            self._cursor.execute(sqlite.PUT_SEED_ONCE, (head.feed, head.seed))
        self._cursor.execute(
            statements.END_SIGNED_FEED,
            (head.seq, digest, head.seq, digest, head.signature, n),
        )

    def _write(self, n: int, count: int, raws: list[bytes], parsed: Batch, counting: Batch) -> None:
        standing = self._account.take(parsed, counting)
        self._cursor.executemany(statements.ADD_LINE, zip(repeat(n), count_from(count + 1), parsed.keys, raws))
        self._ledger.fold_new(self._cursor, parsed.keys, plain(parsed, standing) if counting is parsed else [])

    def _tell(self) -> None:
        if self._progress is not None:
            count = self._account.new + self._account.again
            self._progress(count, max(count, self._signed.changes))

    def _certificate(self, station: str) -> Certificate:
        certificate = self._known.get(station)
        if certificate is None:
            raise refuse(
                "untrusted",
                f"数据包中有未经授权的电脑（{station}）写的数据，没有收下。请自治区办公室先授权该电脑；"
                "已经授权、而本机恢复过旧备份的，请它给本单位“从头重发”一个数据包，再收下",
            )
        return certificate

    def _prove(self, head: Head, certificate: Certificate) -> None:
        if not self._verify(certificate.sign, head.signed, head.signature):
            raise refuse("signature", f"来源{head.feed}的签名不符，没有收下。请对方重新制作")

    def _settle_trust(self) -> None:
        """Prove the region's feeds, each by certificates that stand in feeds already proved, from the root on."""
        if self._trusted:
            return
        if not self._root:
            raise refuse(
                "root",
                "本机还没有登记自治区工作队管理办公室的核对号码，没有收下。"
                f"请打电话核对后登记；签这个数据包的电脑的核对号码是 {spoken(self._signer())}",
            )
        while self._pending:
            self._known = {**certificates(self._cursor, self._pending, self._root), **self._known}
            proved = [n for n, heads in self._pending.items() if self._is_region(heads[0].station)]
            if not proved:
                stations = "、".join(sorted({heads[0].station for heads in self._pending.values()}))
                raise refuse("untrusted", f"有电脑（{stations}）冒用自治区办公室的名义，没有收下。请勿使用这个数据包")
            for n in proved:
                for head in self._pending.pop(n):
                    self._prove(head, self._known[head.station])
        self._known = {**certificates(self._cursor, (), self._root), **self._known}
        self._trusted = True

    def _is_region(self, station: str) -> bool:
        return station in self._known and self._known[station].office == ids.REGION

    def _signer(self) -> str:
        return fingerprint(self._signed.sign)

    def _check_sender(self) -> None:
        certificate = self._certificate(self._header.sender)
        if (certificate.sign, certificate.office) != (self._signed.sign, self._header.office):
            raise refuse("untrusted", "数据包的签名人与包内所写的单位不符，没有收下")

    def _keep_receipt(self, at: int) -> None:
        header = self._header
        peer = peers(self._cursor).get(header.sender)
        if header.sender != self._meta["station"] and (peer is None or peer.newer(header)):
            put_peer(
                self._cursor, Peer(header.sender, header.office, header.era, header.number, header.made, header.have)
            )
        before = {
            "feeds": self._before,
            "after": {source.feed: source.seq for source in self._account.sources if source.feed in self._before},
            "own": self._own,
            "peer": msgspec.to_builtins(peer) if peer else None,
        }
        place = put(
            self._cursor,
            "taken",
            self._signed.name,
            header,
            office=header.office,
            at=at,
            lines=self._account.new,
            before=encode(before).decode(),
            note=encode(header.refused).decode(),
        )
        if self.first:
            put_meta(self._cursor, **{BATCH: place})
        if peer is None or peer.newer(header):
            had = peer.have if peer else {}
            note_new(self._cursor, header.office, header.sender, had, header.have, at=at, source=place)


def _counting(lines: Sequence[FeedLine], room: int) -> list[FeedLine]:
    """Return the lines of a feed that count when `room` more of them do: those, and what always counts."""
    return [line for place, line in enumerate(lines) if place < room or always(line.key)]


def _kept(row: Any) -> list[Any]:
    """Return what undoing needs of a feed row: seq, hash, head, head_hash, sig, the bytes in hex."""
    _, seq, digest, head, head_hash, sig = row
    return [seq, bytes(digest).hex(), head, *(bytes(one).hex() if one else "" for one in (head_hash, sig))]


def _agreeing(items: list[Any], came: list[bytes]) -> int:
    for place, (row, raw) in enumerate(zip(items, came, strict=False)):
        if not same(bytes(row[0]), raw):
            return place
    return len(came)


def _broken(feed: str, seq: int) -> Refused:
    return refuse("damaged", f"数据包在来源{feed}第{seq}条之后断了，没有收下。请对方重新制作")
