"""An independent account of what a log means: plain JSON and plain loops, nothing of the program's own fold."""

import json
from typing import Any

Rows = dict[str, dict[str, Any]]
Conflicts = dict[tuple[str, str], tuple[Any, Any]]
DECIDING = ("station", "revocation")


def read_log(desk: Any) -> list[tuple[str, int, dict[str, Any]]]:
    """Return (feed, seq, line) of every line in an office's log but the shipped ones."""
    with desk.store.ledger.reading() as cursor:
        rows = cursor.execute(
            "SELECT feed.feed, log.seq, log.line FROM log JOIN feed ON feed.n = log.n WHERE feed.station != 'shipped'"
        ).fetchall()
    return [(feed, seq, _whole(json.loads(bytes(raw)))) for feed, seq, raw in rows]


def _whole(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line with the values of its opening, where it has one."""
    for part in ("set", "was"):
        line[part] = {**line.get(part, {}), **line.get("open", {}).get(part, {})}
    return line


def meaning(log: list[tuple[str, int, dict[str, Any]]]) -> tuple[Rows, Conflicts]:
    """Return rows (only filled fields) and open conflicts (kept, lost) by what counts of the log."""
    deciding = [entry for entry in log if entry[2]["key"].split(":")[0] in DECIDING]
    rows, _ = _merge(deciding)
    closed = {key.split("/")[1] for key, row in rows.items() if row.get("closed") and not row.get("deleted")}
    limits = {
        key.split("/")[1]: row["after"]
        for key, row in rows.items()
        if key.startswith("revocation:") and row.get("after") is not None and not row.get("deleted")
    }
    counted = list(deciding)
    for feed, seq, line in log:
        if line["key"].split(":")[0] in DECIDING:
            continue
        limit = limits.get(feed, 0 if feed.split(".")[0] in closed else 10**9)
        if seq <= limit:
            counted.append((feed, seq, line))
    return _merge(counted)


def _merge(log: list[tuple[str, int, dict[str, Any]]]) -> tuple[Rows, Conflicts]:
    rows: Rows = {}
    conflicts: Conflicts = {}
    for _, _, line in sorted(log, key=lambda entry: (entry[2]["at"], entry[0], entry[1])):
        row = rows.setdefault(line["key"], {})
        for field, new in line["set"].items():
            standing, seen = row.get(field), line.get("was", {}).get(field)
            if seen == standing:
                conflicts.pop((line["key"], field), None)
            elif new != standing:
                conflicts[line["key"], field] = (new, standing)
            row[field] = new
    return {key: {f: v for f, v in row.items() if v is not None} for key, row in rows.items()}, conflicts


def held(desk: Any, kinds: tuple[str, ...]) -> tuple[Rows, Conflicts]:
    """Return what the tables of an office say: rows of these kinds (only filled fields) and open conflicts."""
    rows: Rows = {}
    with desk.store.ledger.reading() as cursor:
        for kind in kinds:
            found = cursor.execute(f'SELECT * FROM "{kind}"')
            names = [column[0] for column in found.description]
            for values in found.fetchall():
                row = {name: value for name, value in zip(names, values, strict=True) if value is not None}
                key = row.pop("id")
                rows[f"{kind}:{key}"] = row
        said = cursor.execute("SELECT key, field, kept, lost FROM conflict").fetchall()
    return rows, {(key, field): (kept, lost) for key, field, kept, lost in said}
