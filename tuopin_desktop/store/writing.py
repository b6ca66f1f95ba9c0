"""The one way to write: append lines to the feeds, fold the touched records into their tables, in one transaction."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.authority import may_write
from tuopin_desktop.domain.change import Aside, Change, FeedLine, OrderedLine, State, difference, encode
from tuopin_desktop.domain.exchange.shapes import Shape, batch
from tuopin_desktop.domain.forgetting import apart
from tuopin_desktop.domain.openings import link, salt_of, with_opening
from tuopin_desktop.domain.problems import Refused, refuse
from tuopin_desktop.domain.record import Scalar, fields
from tuopin_desktop.domain.records import KINDS
from tuopin_desktop.domain.voices import GONE, Heard, asides_of, hear
from tuopin_desktop.store import asides, fixing, sqlite, statements
from tuopin_desktop.store.counting import counting, note_judged, plain
from tuopin_desktop.store.database import Database, speaking
from tuopin_desktop.store.journal import take_turn
from tuopin_desktop.store.limits import DECIDING, settle
from tuopin_desktop.store.pinyin import search_words
from tuopin_desktop.store.stamps import Stamps

# Lines held as records at a time: committing 100,000 persons peaks at 290 MB, 130 of them the caller's own changes.
# The keys of a batch go to SQLite as one JSON text, because a statement may have no more than 32,766 parameters.
_BATCH = 5_000
_FEW = 100
"""So many rows are written as they come, without asking first whether they stand there already."""


class Ledger:
    """Appends and folds on one open database, as the station and office named in its `meta` table."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._names = {kind: tuple(item.name for item in fields(cls)) for kind, cls in KINDS.items()}
        self._searched = {kind: [f.name for f in fields(cls) if f.search] for kind, cls in KINDS.items()}

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Open one immediate transaction with the gate open; yield the driver's cursor."""
        with speaking(), self.database.atomic(sqlite.IMMEDIATE):
            cursor = self.database.cursor()  # type: ignore[no-untyped-call]  # untyped in peewee's stub
            # The guard triggers look for this row. It is part of the transaction, so no crash can leave the gate open.
            cursor.execute(statements.OPEN_GATE)
            take_turn(cursor)
            yield cursor
            cursor.execute(statements.CLOSE_GATE)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Open one read transaction, a fixed snapshot of the database; yield the driver's cursor."""
        with speaking("数据没有读出"), self.database.atomic():
            yield self.database.cursor()  # type: ignore[no-untyped-call]  # untyped in peewee's stub

    def confirm(self, change: Change, by: str, wall_ms: int) -> frozenset[str]:
        """Write a change even if the field already has its value: writing it after seeing both closes a conflict."""
        return self.commit([change], by, wall_ms, confirming=True)

    def commit(self, changes: Sequence[Change], by: str, wall_ms: int, *, confirming: bool = False) -> frozenset[str]:
        """Write all changes or none; return the kinds of records that changed.

        Fields that already hold the value are left out, unless `confirming`. A `wall_ms` that is not plausible beside
        what was written before (`domain/clocks`) is no time: the lines go on in order. Raises Refused when the office
        may not write a field, Trouble when the disk says no.
        """
        touched: set[str] = set()
        with self.writing() as cursor:
            meta = dict(cursor.execute(statements.META).fetchall())
            stamps = Stamps(cursor, meta, wall_ms)
            feeds = Feeds(cursor, meta)
            for start in range(0, len(changes), _BATCH):
                some = changes[start : start + _BATCH]
                touched |= self.write(cursor, feeds, some, by, stamps, confirming=confirming)
            feeds.save()
            if not touched.isdisjoint(DECIDING):
                settle(cursor, self.fold)
            stamps.save()
        return frozenset(touched)

    def write(
        self,
        cursor: Any,
        feeds: "Feeds",
        changes: Sequence[Change],
        by: str,
        stamps: Stamps,
        *,
        confirming: bool = False,
    ) -> set[str]:
        """Append the lines of some changes within a transaction and fold them; return the kinds that changed."""
        before = self._standing(cursor, changes)
        stamps.look(ids.key(change.kind, change.id) for change in changes)
        table_by_key: dict[str, dict[str, Scalar]] = {}
        lines: list[FeedLine] = []
        for change in changes:
            key = ids.key(change.kind, change.id)
            table = table_by_key.get(key) or before.get(key) or {}
            new = change.set if confirming else difference(table, change.set)
            if not new:
                continue
            if (problem := may_write(feeds.office, KINDS[change.kind], change.id, new)) is not None:
                raise Refused([problem])
            was = {name: table[name] for name in new if table.get(name) is not None} if table else {}
            lines.append(FeedLine(at=stamps.next(key), by=by, key=key, set=new, was=was))
            table_by_key[key] = {**table, **new} if table else new
        feeds.append(lines)
        some = batch(lines)
        aside = self.fold_new(cursor, some.keys, plain(some, before))
        asides.refuse(aside, feeds.station, {line.at for line in lines})
        return {line.key.split(":", 1)[0] for line in lines}

    def _standing(self, cursor: Any, changes: Iterable[Change]) -> dict[str, dict[str, Scalar]]:
        names_by_key: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            names_by_key[change.kind].append(change.id)
        table_by_key: dict[str, dict[str, Scalar]] = {}
        for kind, record_ids in names_by_key.items():
            names = self._names[kind]
            for record_id, row in self._rows(cursor, kind, record_ids).items():
                table_by_key[ids.key(kind, record_id)] = dict(zip(names, row[1:], strict=True))
        return table_by_key

    def fold_new(self, cursor: Any, keys: Sequence[str], fresh: Sequence[Shape]) -> list[Aside]:
        """Fold these keys, of which the lines of some are the whole of a new record."""
        if sum(len(shape.lines) for shape in fresh) == len(keys):
            return self.fold(cursor, (), fresh)
        new = {key for shape in fresh for key in shape.keys}
        return self.fold(cursor, [key for key in keys if key not in new], fresh)

    def fold(self, cursor: Any, keys: Iterable[str], fresh: Sequence[Shape] = ()) -> list[Aside]:
        """Bring the rows of these keys to the state their log lines say; `fresh` are lines that are a new row each.

        A key of which no line counts has no row. Returns what of the lines was put aside.
        """
        names = list(dict.fromkeys(keys))
        heard: dict[str, Heard] = {}
        states = self._folded(cursor, names, heard)
        beside = fixing.concerned(cursor, states, fresh)
        aside = [one for key in names if key in heard for one in asides_of(heard[key], states[key])]
        asides.save(cursor, names, aside)
        by_kind: dict[str, list[tuple[str, State]]] = defaultdict(list)
        for key, state in states.items():
            kind, _, record_id = key.partition(":")
            if kind in KINDS:
                by_kind[kind].append((record_id, state))
        for kind, rows in by_kind.items():
            self._save_rows(cursor, kind, rows)
        for shape in fresh:
            if shape.kind in KINDS:
                self._add_rows(cursor, shape)
        self._save_conflicts(cursor, states)
        fixing.note(cursor, states)
        if beside:
            self.fold(cursor, beside)  # ends: who fixes a slip is fixed by corrections alone, and these by nothing
        return aside

    def refold(self) -> None:
        """Rebuild every row from the log, as this program judges its lines; in parts, so that memory is bounded."""
        with self.writing() as cursor:
            names = [row[0] for row in cursor.execute(statements.RECORDS).fetchall()]
            for start in range(0, len(names), _BATCH):
                self.fold(cursor, names[start : start + _BATCH])
            note_judged(cursor)

    def _folded(self, cursor: Any, keys: list[str], heard: dict[str, Heard]) -> dict[str, State]:
        """Return the states of the keys; `heard` is given what their lines come to before they are folded."""

        def read(names: list[str]) -> dict[str, list[OrderedLine]]:
            return {key: one.counting for key, one in self._heard(cursor, names).items() if one.counting}

        states: dict[str, State] = {}
        for start in range(0, len(keys), _BATCH):
            some = self._heard(cursor, keys[start : start + _BATCH])
            heard.update(some)
            states |= fixing.folded(cursor, {key: one.counting for key, one in some.items() if one.counting}, read)
        return {key: states.get(key, GONE) for key in keys}

    def _heard(self, cursor: Any, keys: list[str]) -> dict[str, Heard]:
        """Return of each key that has lines which of them count, and what of them does not."""
        lines: dict[str, list[OrderedLine]] = defaultdict(list)
        for start in range(0, len(keys), _BATCH):
            chunk = sqlite.array(keys[start : start + _BATCH])
            for key, feed, seq, raw, limit, office in cursor.execute(statements.LINES_TO_FOLD_OF, (chunk,)).fetchall():
                if (ordered_line := counting(key, feed, seq, bytes(raw), limit, office)) is not None:
                    lines[key].append(ordered_line)
        return {key: hear(key, some) for key, some in lines.items()}

    def _save_rows(self, cursor: Any, kind: str, rows: list[tuple[str, State]]) -> None:
        names = self._names[kind]
        self._save_words(cursor, kind, rows)
        gone = [(record_id,) for record_id, state in rows if state is GONE]
        if gone:
            cursor.executemany(statements.drop_row(kind), gone)
        new = {record_id: (record_id, *map(state.values.get, names)) for record_id, state in rows if state is not GONE}
        # After an upgrade nearly every row says what the log says: to read one costs a tenth of writing it.
        standing = self._rows(cursor, kind, list(new)) if len(new) > _FEW else {}
        changed = [row for record_id, row in new.items() if standing.get(record_id) != row]
        cursor.executemany(statements.put_row(kind, names), changed)

    def _rows(self, cursor: Any, kind: str, record_ids: list[str]) -> dict[str, tuple[Any, ...]]:
        """Return the rows of some records as they stand, by id."""
        query = statements.rows(kind, self._names[kind], [sqlite.among("id")])
        return {row[0]: tuple(row) for row in cursor.execute(query, (sqlite.array(record_ids),)).fetchall()}

    def _add_rows(self, cursor: Any, shape: Shape) -> None:
        """Insert new rows by the fields they fill: a fifth of the time of naming every column of a wide table."""
        kind = shape.kind
        names = [name for name in shape.names if name in self._names[kind]]
        record_ids = [key[len(kind) + 1 :] for key in shape.keys]
        values = (line.set for line in shape.lines)
        cursor.executemany(
            statements.add_row(kind, names),
            [(record_id, *row.values()) for record_id, row in zip(record_ids, values, strict=True)]
            if len(names) == len(shape.names)
            else [(record_id, *map(row.get, names)) for record_id, row in zip(record_ids, values, strict=True)],
        )
        if searched := self._searched[kind]:
            rows = (
                (record_id, map(line.set.get, searched))
                for record_id, line in zip(record_ids, shape.lines, strict=True)
            )
            self._add_words(cursor, kind, {record_id: list(_words(values)) for record_id, values in rows})

    def _save_words(self, cursor: Any, kind: str, rows: list[tuple[str, State]]) -> None:
        searched = self._searched[kind]
        if not searched:
            return
        query = statements.rows(kind, searched, [sqlite.among("id")])
        record_ids = sqlite.array(record_id for record_id, _ in rows)
        row_by_id = {row[0]: row[1:] for row in cursor.execute(query, (record_ids,)).fetchall()}
        gone: list[tuple[str, str, str]] = []
        come: dict[str, list[str]] = {}
        for record_id, state in rows:
            values = tuple(map(state.values.get, searched))
            if row_by_id.get(record_id) == values:
                continue
            gone += [(kind, word, record_id) for word in _words(row_by_id.get(record_id, ()))]
            come[record_id] = list(_words(values))
        cursor.executemany(statements.DROP_WORD, gone)
        self._add_words(cursor, kind, come)

    def _add_words(self, cursor: Any, kind: str, come: Mapping[str, list[str]]) -> None:
        cursor.execute(sqlite.ADD_WORDS, (kind, encode(come).decode()))

    def _save_conflicts(self, cursor: Any, states: Mapping[str, State]) -> None:
        cursor.executemany(statements.DROP_CONFLICTS, [(key,) for key in states])
        cursor.executemany(
            statements.ADD_CONFLICT,
            [
                (key, c.field, c.kept, c.kept_by, c.lost, c.lost_by, c.lost_at)
                for key, state in states.items()
                for c in state.conflicts
            ],
        )


class Feeds:
    """The feeds of this station during one commit: sequence numbers and hash chains, saved at the end."""

    def __init__(self, cursor: Any, meta: Mapping[str, str]) -> None:
        self.office = meta["office"]
        self._cursor = cursor
        self.station, self._era = meta["station"], int(meta["era"])
        if cursor.execute(statements.STATION_CLOSED, (f"{ids.REGION}/{self.station}",)).fetchone():
            raise _shut()
        self._practice = int(meta.get("practice", "0"))
        self._open: dict[str, list[Any]] = {}

    def append(self, lines: Iterable[FeedLine]) -> None:
        """Put each line at the end of the feed for its record's owner."""
        rows = []
        for line in lines:
            feed = self._feed(ids.owner(line.key.partition(":")[2]))
            feed[1] += 1
            raw = with_opening(line, apart(line.key.partition(":")[0]), partial(salt_of, feed[3], feed[4], feed[1]))
            feed[2] = link(feed[2], raw)
            rows.append((feed[0], feed[1], line.key, raw))
        self._cursor.executemany(statements.ADD_LINE, rows)

    def save(self) -> None:
        """Write the new ends of the feeds."""
        self._cursor.executemany(
            statements.END_FEED,
            [(seq, digest, n) for n, seq, digest, *_ in self._open.values()],
        )

    def _seed(self, feed: str) -> str:
        """Return what the salts of a feed come from, drawn where there is none."""
        if seed := seed_of(self._cursor, feed):
            return seed
        seed = secrets.token_urlsafe(24)
        self._cursor.execute(sqlite.PUT_SEED, (feed, seed))
        return seed

    def _feed(self, scope: str) -> list[Any]:
        if scope not in self._open:
            name = f"{self.station}.{self._era}.{scope}"
            row = self._cursor.execute(statements.FEED_END_WITH_LIMIT, (name,)).fetchone()
            if row is None:
                self._cursor.execute(
                    sqlite.OPEN_FEED,
                    (name, self.station, scope, self._era, self._practice, self.office),
                )
                row = (self._cursor.lastrowid, 0, b"", None)
            if row[3] is not None:
                raise _shut()  # it would be written and not count: better not written
            self._open[scope] = [row[0], row[1], bytes(row[2]), self._seed(name), name]
        return self._open[scope]


def seed_of(cursor: Any, feed: str) -> str:
    """Return what the salts of a feed come from, or "" where a line of it was forgotten since, or none has one."""
    row = cursor.execute(statements.SEED, (feed,)).fetchone()
    return str(row[0]) if row is not None else ""


def _shut() -> Refused:
    return refuse(
        "closed",
        "本机已被自治区工作队管理办公室停用，不能再登记。请在新的电脑上登记，或联系自治区工作队管理办公室",
    )


def _words(values: Iterable[Scalar]) -> set[str]:
    return set().union(*(search_words(str(value)) for value in values if value))
