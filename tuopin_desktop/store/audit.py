"""Proof that the tables are what the log says: every chain and every row computed again."""

import hashlib
from collections import defaultdict

from tuopin_desktop.domain.change import Placed, decode, fold
from tuopin_desktop.domain.record import fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.store.database import Database


def broken_chain(database: Database) -> str:
    """Return "" or the first feed whose lines do not give the recorded hash, with the line where it is noticed."""
    for number, feed, seq, recorded in database.execute_sql("SELECT n, feed, seq, hash FROM feed").fetchall():
        digest, last = b"", 0
        for place, raw in database.execute_sql("SELECT seq, line FROM log WHERE n = ? ORDER BY seq", (number,)):
            if place != last + 1:
                return f"{feed}: 缺第 {last + 1} 行"
            digest, last = hashlib.sha256(digest + bytes(raw)).digest(), place
        if last != seq or digest != bytes(recorded):
            return f"{feed}: 第 {last} 行之前的校验不符"
    return ""


def wrong_row(database: Database) -> str:
    """Return "" or the first key whose row is not the fold of its log lines."""
    lines: dict[str, list[Placed]] = defaultdict(list)
    query = "SELECT log.key, feed.feed, log.seq, log.line, feed.lim FROM log JOIN feed ON feed.n = log.n"
    for key, feed, seq, raw, limit in database.execute_sql(query):
        if limit is None or seq <= limit:
            line = decode(bytes(raw))
            lines[key].append(Placed(line.at, feed, seq, line))
    for kind, cls in KINDS.items():
        names = [item.name for item in fields(cls)]
        chosen = ", ".join(f'"{name}"' for name in names)
        held = {row[0]: row[1:] for row in database.execute_sql(f'SELECT id, {chosen} FROM "{kind}"')}
        wanted = {key.partition(":")[2] for key in lines if key.startswith(kind + ":")}
        for record_id in sorted(wanted | set(held)):
            values = fold(lines.get(f"{kind}:{record_id}", ())).values
            if held.get(record_id) != tuple(values.get(name) for name in names):
                return f"{kind}:{record_id} 与日志不符"
    return ""
