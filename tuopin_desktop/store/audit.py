"""Proof that the tables are what the log says: every chain and every row computed again."""

from collections import defaultdict

import msgspec

from tuopin_desktop.domain.change import OrderedLine, decode
from tuopin_desktop.domain.openings import link, same
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.voices import hear
from tuopin_desktop.store import fixing, sqlite, statements
from tuopin_desktop.store.counting import counting
from tuopin_desktop.store.database import Database


class Break(msgspec.Struct, frozen=True):
    """The first thing that does not agree: the office and line, or the lines `since` to `line`, and the record's key.

    `what` is gap, hash, source, stray, key, gate or row.
    """

    what: str
    feed: str = ""
    office: str = ""
    since: int = 0
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.feed}: 第 {self.line} 行"
        return {
            "gap": f"{self.feed}: 缺第 {self.line} 行",
            "hash": f"{place}之前的校验不符",
            "source": f"{self.feed}: 名称与来源不符",
            "stray": f"日志第 {self.line} 行不属于任何来源",
            "key": f"{place}的记录号不符",
            "gate": "写入保护没有关上",
            "row": f"{self.key} 与日志不符",
        }[self.what]


def broken_chain(database: Database) -> str:
    """Return "" or the first feed whose lines do not give the recorded hash, with the line where it is noticed."""
    place = chain_break(database)
    return str(place) if place else ""


def first(database: Database) -> Break | None:
    """Return the first thing that does not agree, the chains before the rows."""
    return chain_break(database) or row_break(database)


def differing(database: Database, copy: Database, feed: str) -> tuple[int, str, int] | None:
    """Return the first line of a feed that is another in a sound copy: its place, key and stamp by the copy."""
    if broken_chain(copy):
        return None
    query = statements.LINES_OF_FEED_NAME
    here = dict(database.execute_sql(query, (feed,)).fetchall())
    for seq, raw in copy.execute_sql(query, (feed,)):
        if seq in here and not same(exact(here[seq]), exact(raw)):
            line = decode(exact(raw))
            return seq, line.key, line.at
    return None


def chain_break(database: Database) -> Break | None:
    """Return the first place where a feed's lines do not give the hash recorded for it.

    A feed has two hashes, at its signed end and at its end: an altered line lies before the first that fails.
    """
    later = "office" in {row[0] for row in database.execute_sql(sqlite.COLUMNS, ("feed",)).fetchall()}
    query = statements.feed_chains(office=later)
    for number, feed, station, era, scope, seq, recorded, head, head_hash, office in database.execute_sql(query):
        ends = {seq: exact(recorded), **({head: exact(head_hash)} if head and head < seq else {})}
        if (place := _feed_break(database, number, seq, ends)) is not None:
            return msgspec.structs.replace(place, feed=feed, office=office)
        if feed != f"{station}.{era}.{scope}":
            return Break("source", feed, office)
    stray = database.execute_sql(statements.STRAY_LINE).fetchone()
    return Break("stray", line=stray[1]) if stray else None


def _feed_break(database: Database, number: int, seq: int, ends: dict[int, bytes]) -> Break | None:
    """Return where a feed of `seq` lines breaks; `ends` are the hashes kept at some of its lines."""
    digest, last, proved = b"", 0, 0
    for place, raw in database.execute_sql(statements.LINES_OF_FEED, (number,)):
        if place != last + 1:
            return Break("gap", line=last + 1)
        digest, last = link(digest, exact(raw)), place
        if ends.get(last, digest) != digest:
            return Break("hash", since=proved + 1, line=last)
        proved = last if last in ends else proved
    if last < seq:
        return Break("gap", line=last + 1)
    return Break("hash", since=proved + 1, line=last) if last > seq or ends.get(0, b"") else None


def row_break(database: Database) -> Break | None:
    """Return the first record whose row is not the fold of its log lines."""
    lines: dict[str, list[OrderedLine]] = defaultdict(list)
    for key, feed, seq, raw, limit, office in database.execute_sql(statements.LINES_TO_FOLD):
        if decode(exact(raw)).key != key:
            return Break("key", feed, office, line=seq, key=key)
        if (ordered_line := counting(key, feed, seq, exact(raw), limit, office)) is not None:
            lines[key].append(ordered_line)
    if database.execute_sql(statements.GATE_SIZE).fetchone()[0]:
        return Break("gate")
    lines = {key: ordered_lines for key, some in lines.items() if (ordered_lines := hear(key, some).counting)}
    cursor = database.cursor()  # type: ignore[no-untyped-call]  # untyped in peewee's stub
    states = fixing.folded(cursor, lines, lambda keys: {key: lines[key] for key in keys if key in lines})
    for kind, cls in KINDS.items():
        names = [item.name for item in fields(cls)]
        values = {row[0]: row[1:] for row in database.execute_sql(statements.rows(kind, names))}
        texts = {key.partition(":")[2] for key in lines if key.startswith(kind + ":")}
        for record_id in sorted(texts | set(values)):
            state = states.get(f"{kind}:{record_id}")
            row = tuple(map(state.values.get, names)) if state is not None else None
            if values.get(record_id) != row:
                return Break("row", key=f"{kind}:{record_id}")
    return None


def exact(raw: object) -> bytes:
    """Return the bytes of a cell; one that damage turned into another type has none that could agree."""
    return bytes(raw) if isinstance(raw, bytes | memoryview) else b""
