"""Proof that the tables are what the log says: every chain and every row computed again."""

import hashlib
from collections import defaultdict

from tuopin_desktop.domain.change import Placed, decode
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store import fixing
from tuopin_desktop.store.counting import counting
from tuopin_desktop.store.database import Database


def broken_chain(database: Database) -> str:
    """Return "" or the first feed whose lines do not give the recorded hash, with the line where it is noticed."""
    feeds = database.execute_sql("SELECT n, feed, station, era, scope, seq, hash FROM feed").fetchall()
    for number, feed, station, era, scope, seq, recorded in feeds:
        digest, last = b"", 0
        for place, raw in database.execute_sql("SELECT seq, line FROM log WHERE n = ? ORDER BY seq", (number,)):
            if place != last + 1:
                return f"{feed}: 缺第 {last + 1} 行"
            digest, last = hashlib.sha256(digest + _exact(raw)).digest(), place
        if last != seq or digest != _exact(recorded):
            return f"{feed}: 第 {last} 行之前的校验不符"
        if feed != f"{station}.{era}.{scope}":
            return f"{feed}: 名称与来源不符"
    stray = database.execute_sql("SELECT n, seq FROM log WHERE n NOT IN (SELECT n FROM feed) LIMIT 1").fetchone()
    return f"日志第 {stray[1]} 行不属于任何来源" if stray else ""


def wrong_row(database: Database) -> str:
    """Return "" or the first key whose row is not the fold of its log lines."""
    lines: dict[str, list[Placed]] = defaultdict(list)
    query = "SELECT log.key, feed.feed, log.seq, log.line, feed.lim, feed.office FROM log JOIN feed ON feed.n = log.n"
    for key, feed, seq, raw, limit, office in database.execute_sql(query):
        if decode(_exact(raw)).key != key:
            return f"{feed}: 第 {seq} 行的记录号不符"
        if (placed := counting(key, feed, seq, _exact(raw), limit, office)) is not None:
            lines[key].append(placed)
    if database.execute_sql("SELECT count(*) FROM gate").fetchone()[0]:
        return "写入保护没有关上"
    cursor = database.cursor()  # type: ignore[no-untyped-call]  # untyped in peewee's stub
    states = fixing.folded(cursor, lines, lambda keys: {key: lines[key] for key in keys if key in lines})
    for kind, cls in KINDS.items():
        names = [item.name for item in fields(cls)]
        chosen = ", ".join(f'"{name}"' for name in names)
        held = {row[0]: row[1:] for row in database.execute_sql(f'SELECT id, {chosen} FROM "{kind}"')}
        wanted = {key.partition(":")[2] for key in lines if key.startswith(kind + ":")}
        for record_id in sorted(wanted | set(held)):
            state = states.get(f"{kind}:{record_id}")
            row = tuple(map(state.values.get, names)) if state is not None else None
            if held.get(record_id) != row:
                return f"{kind}:{record_id} 与日志不符"
    return ""


def _exact(raw: object) -> bytes:
    """Return the bytes of a cell; one that damage turned into another type has none that could agree."""
    return bytes(raw) if isinstance(raw, bytes | memoryview) else b""
