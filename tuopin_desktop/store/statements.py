"""Every question to the tables and every write into them that is plain SQL, by name; nothing is asked beside these.

What only SQLite understands stands in `store/sqlite.py`. Constants are for the fixed tables, functions for the tables
of the kinds of records, whose names and columns come from their declarations. The comments say what is answered.
"""

from collections.abc import Iterable, Sequence

from tuopin_desktop.store.sqlite import among

# -- meta: what the database knows about itself

# All values by name.
META = "SELECT name, value FROM meta"
# One value.
META_VALUE = "SELECT value FROM meta WHERE name = ?"
# The mark of the last write.
TURN = "SELECT value FROM meta WHERE name = 'turn'"
# The newest stamp that is believed.
CLOCK = "SELECT value FROM meta WHERE name = 'clock'"
# The newest stamp that is believed, and the greatest there is.
CLOCKS = "SELECT name, value FROM meta WHERE name IN ('clock', 'farthest')"
# Whose database it is.
IDENTITY = "SELECT name, value FROM meta WHERE name IN ('office', 'practice', 'station') ORDER BY name"
# Adds a value to a new database.
ADD_META = "INSERT INTO meta(name, value) VALUES (?, ?)"
# Forgets a value.
DROP_META = "DELETE FROM meta WHERE name = ?"

# -- gate: open while a commit runs (1), while lines leave the log (2), while they forget (3)
# A trigger of SQLite knows no session: it can only look for a row. The row is written and deleted in the transaction.

OPEN_GATE = "INSERT INTO gate(n) VALUES (1)"
CLOSE_GATE = "DELETE FROM gate"
OPEN_LOG_GATE = "INSERT INTO gate(n) VALUES (2)"
CLOSE_LOG_GATE = "DELETE FROM gate WHERE n = 2"
OPEN_FORGETTING_GATE = "INSERT INTO gate(n) VALUES (3)"
CLOSE_FORGETTING_GATE = "DELETE FROM gate WHERE n = 3"
# Whether it stands open.
GATE_SIZE = "SELECT count(*) FROM gate"

# -- feed: the runs of lines

# How many lines each has.
FEED_LENGTHS = "SELECT feed, seq FROM feed"
# How many lines each of a station has.
FEED_LENGTHS_OF_STATION = "SELECT feed, seq FROM feed WHERE station = ?"
# How many lines each has that has any, in order.
FEED_LENGTHS_IN_ORDER = "SELECT feed, seq FROM feed WHERE seq > 0 ORDER BY feed"
# How many lines one has, by its number.
FEED_LENGTH = "SELECT seq FROM feed WHERE n = ?"
# The number of each, by name.
FEED_NUMBERS = "SELECT feed, n FROM feed"
# The number of one.
FEED_NUMBER = "SELECT n FROM feed WHERE feed = ?"
# The office whose records one is about.
FEED_SCOPE = "SELECT scope FROM feed WHERE feed = ?"
# Where each ends and with which hash.
FEED_HASHES = "SELECT feed, seq, hash FROM feed"
# The same of a station's feeds in an era.
FEED_HASHES_OF_ERA = "SELECT feed, seq, hash FROM feed WHERE station = ? AND era = ?"
# How far each can be handed on: its end and its signed end.
FEED_SIGNED_LENGTHS = "SELECT feed, station, scope, seq, head FROM feed"
# How far each of a station is signed.
FEED_SIGNED_LENGTHS_OF_STATION = "SELECT feed, scope, era, coalesce(head, 0) FROM feed WHERE station = ?"
# How many lines of each count.
FEED_LIMITS = "SELECT feed, station, n, lim FROM feed"
# Whether lines of any do not count.
ANY_LIMIT = "SELECT 1 FROM feed WHERE lim IS NOT NULL"
# What proves each of a scope, in order.
FEED_CHAINS_WITH_LIMIT = "SELECT scope, feed, station, seq, hash, lim, office FROM feed ORDER BY scope, feed"
# Where one ends.
FEED_END = "SELECT n, seq, hash FROM feed WHERE feed = ?"
# Where one ends, and how many of its lines count.
FEED_END_WITH_LIMIT = "SELECT n, seq, hash, lim FROM feed WHERE feed = ?"
# Where one ends, with its signed end.
FEED_SIGNED_END = "SELECT n, seq, hash, head, head_hash, sig FROM feed WHERE feed = ?"
# What goes on under another name when one is moved.
FEED_ORIGIN = "SELECT n, seq, practice, office FROM feed WHERE feed = ?"
# Everything that the head of a piece of one says.
FEED_HEAD = "SELECT n, station, scope, era, practice, seq, hash, head, head_hash, sig FROM feed WHERE feed = ?"
# Writes where one ends.
END_FEED = "UPDATE feed SET seq = ?, hash = ? WHERE n = ?"
# Writes where one ends, signed there.
END_SIGNED_FEED = "UPDATE feed SET seq = ?, hash = ?, head = ?, head_hash = ?, sig = ? WHERE n = ?"
# Writes where one is signed.
SIGN_FEED = "UPDATE feed SET head = ?, head_hash = ?, sig = ? WHERE n = ?"
# Writes where one is signed, unless it is signed further on.
SIGN_FEED_FURTHER = f"{SIGN_FEED} AND coalesce(head, 0) <= ?"
# Takes its signature away.
UNSIGN_FEED = "UPDATE feed SET head = NULL, head_hash = NULL, sig = NULL WHERE n = ?"
# Writes how many of its lines count.
LIMIT_FEED = "UPDATE feed SET lim = ? WHERE n = ?"
# Adds a whole one.
ADD_FEED = (
    "INSERT INTO feed(feed, station, scope, era, practice, office, seq, hash, head, head_hash, sig) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
DROP_FEED = "DELETE FROM feed WHERE n = ?"


def feed_chains(*, office: bool) -> str:
    """Return the question for what proves each feed; databases of the first releases have no `office` in it."""
    office_of = "office" if office else "''"
    return f"SELECT n, feed, station, era, scope, seq, hash, head, head_hash, {office_of} FROM feed"


def feeds(*, office: bool) -> str:
    """Return the question for each feed whole; databases of the first releases have no `lim` and `office` in it."""
    later = ", lim, office" if office else ""
    return f"SELECT n, feed, station, scope, era, practice, seq, hash, head, head_hash, sig{later} FROM feed"


# -- seed: what the salts of a feed's lines come from, until a line of it is forgotten

# That of one feed.
SEED = "SELECT seed FROM seed WHERE feed = ?"

# -- log: the lines

ADD_LINE = "INSERT INTO log(n, seq, key, line) VALUES (?, ?, ?, ?)"
# Takes the lines after one out of a feed.
DROP_LINES_AFTER = "DELETE FROM log WHERE n = ? AND seq > ?"
# How many there are.
LINE_COUNT = "SELECT count(*) FROM log"
# One line, by the feed's name.
LINE = "SELECT log.line FROM log JOIN feed ON feed.n = log.n WHERE feed.feed = ? AND log.seq = ?"
# The lines of a feed in order.
LINES_OF_FEED = "SELECT seq, line FROM log WHERE n = ? ORDER BY seq"
# The same by the feed's name.
LINES_OF_FEED_NAME = "SELECT seq, line FROM log WHERE n = (SELECT n FROM feed WHERE feed = ?) ORDER BY seq"
# The first lines of a feed.
LINES_UP_TO = "SELECT line FROM log WHERE n = ? AND seq <= ? ORDER BY seq"
# The lines of a feed after one, up to another.
LINES_BETWEEN = "SELECT line FROM log WHERE n = ? AND seq > ? AND seq <= ? ORDER BY seq"
# The lines of a feed after one, with their keys.
LINES_AFTER = "SELECT key, line FROM log WHERE n = ? AND seq > ? ORDER BY seq"
# The key of each line after one.
KEYS_AFTER = "SELECT key FROM log WHERE n = ? AND seq > ?"
# The records that have a line after one.
RECORDS_AFTER = "SELECT DISTINCT key FROM log WHERE n = ? AND seq > ?"
# The records that have a line in a feed.
RECORDS_OF_FEED = "SELECT DISTINCT key FROM log WHERE n = ?"
# All records that have lines.
RECORDS = "SELECT DISTINCT key FROM log"
# How many records have lines, by a range of keys.
RECORD_COUNT = "SELECT count(DISTINCT key) FROM log WHERE key >= ? AND key < ?"
# Which of the keys in an array have more than one line.
RECORDS_OF_MORE_LINES = f"SELECT key FROM log WHERE {among('key')} GROUP BY key HAVING count(*) > 1"
# The lines of one record.
LINES_OF_RECORD = "SELECT line FROM log WHERE key = ?"
# The lines of one record, and who wrote them.
SOURCES_OF_RECORD = (
    "SELECT feed.feed, feed.office, log.seq, log.line FROM log JOIN feed ON feed.n = log.n WHERE log.key = ?"
)
# Where the lines of the keys in an array stand.
PLACES_OF_RECORDS = f"SELECT log.key, feed.feed, log.seq FROM log JOIN feed ON feed.n = log.n WHERE {among('log.key')}"
# The lines of records by a range of keys.
LINES_OF_RANGE = (
    "SELECT log.key, log.n, feed.feed, log.seq, log.line FROM log JOIN feed ON feed.n = log.n "
    "WHERE log.key >= ? AND log.key < ?"
)
# The lines of the keys in an array, with who wrote them.
LINES_OF_RECORDS = (
    "SELECT log.key, log.n, log.seq, feed.feed, feed.office, log.line FROM log JOIN feed ON feed.n = log.n "
    f"WHERE {among('log.key')}"
)
# Writes a line that forgot its opening, or has it again; the guard lets nothing else of it change.
CLOSE_LINE = "UPDATE log SET line = ? WHERE n = ? AND seq = ?"
# The lines a station wrote.
LINES_OF_STATION = (
    "SELECT feed.feed, log.seq, log.key, log.line FROM log JOIN feed ON feed.n = log.n WHERE feed.station = ?"
)
# Every line with what the fold asks of its feed.
LINES_TO_FOLD = (
    "SELECT log.key, feed.feed, log.seq, log.line, feed.lim, feed.office FROM log JOIN feed ON feed.n = log.n"
)
# The same of the keys in an array.
LINES_TO_FOLD_OF = f"{LINES_TO_FOLD} WHERE {among('log.key')}"
# A line of which the feed is not there.
STRAY_LINE = "SELECT n, seq FROM log WHERE n NOT IN (SELECT n FROM feed) LIMIT 1"

# -- conflict, altered, aside: what the fold found besides the rows

# All in order.
CONFLICTS = "SELECT key, field, kept, kept_by, lost, lost_by, lost_at FROM conflict ORDER BY key, field"
# Which there are.
CONFLICT_PLACES = "SELECT key, field, lost_at FROM conflict"
ADD_CONFLICT = "INSERT INTO conflict(key, field, kept, kept_by, lost, lost_by, lost_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
DROP_CONFLICTS = "DELETE FROM conflict WHERE key = ?"
# Which there are.
ALTERATION_PLACES = "SELECT key, field, at FROM altered"
ADD_ALTERATION = 'INSERT INTO altered(key, field, at, was, said, "by", counts) VALUES (?, ?, ?, ?, ?, ?, ?)'
DROP_ALTERATIONS = "DELETE FROM altered WHERE key = ?"
# All in the order they were written.
ASIDES = "SELECT key, feed, seq, field, value, why, office, by, at, fault FROM aside ORDER BY at, key, field"
# Whether there are any.
ANY_ASIDE = "SELECT 1 FROM aside LIMIT 1"
ADD_ASIDE = (
    "INSERT INTO aside(key, feed, seq, field, value, why, office, by, at, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Forgets those of the keys in an array.
DROP_ASIDES = f"DELETE FROM aside WHERE {among('key')}"


def asides_without_row(kind: str) -> str:
    """Return the question for how many records have a value put aside and no row, by keys and the place of the id."""
    return (
        "SELECT count(DISTINCT key) FROM aside WHERE key >= ? AND key < ? "
        f'AND substr(key, ?) NOT IN (SELECT id FROM "{kind}")'
    )


# -- word: the search index

# The ids of a kind by a range of words: both ends are texts, so that the index answers alone.
FIND = "SELECT DISTINCT id FROM word WHERE kind = ? AND word >= ? AND word < ? LIMIT ?"
DROP_WORD = "DELETE FROM word WHERE kind = ? AND word = ? AND id = ?"

# -- peer, parcel, receipt: the exchange as this PC saw it

# The newest receipt of each station.
PEERS = "SELECT station, office, era, number, made, have FROM peer"
DROP_PEER = "DELETE FROM peer WHERE station = ?"
PARCEL_COLUMNS = "n", "name", "station", "office", "era", "number", "made", "at", "lines", "token", "heads", "note"
# The packages in a state, the newest first.
PARCELS = f"SELECT {', '.join(PARCEL_COLUMNS)} FROM parcel WHERE state = ? ORDER BY n DESC"
# How many packages are in each state, and the newest of them.
PARCEL_STATES = "SELECT state, count(*), max(n), max(at) FROM parcel GROUP BY state ORDER BY state"
# What every other computer has of ours.
PEERS_HAVE = "SELECT station, number, have FROM peer ORDER BY station"
# The packages made for an office.
PARCELS_FOR = "SELECT n, heads FROM parcel WHERE state = 'made' AND office = ? ORDER BY n"
# The newest import that stands.
NEWEST_IMPORT = (
    "SELECT n, name, station, office, number, token, before FROM parcel WHERE state = 'taken' ORDER BY n DESC LIMIT 1"
)
_REFUSED = (
    "state = 'refused' AND n > coalesce("
    "(SELECT max(n) FROM parcel AS good WHERE good.state = 'taken' AND good.station = parcel.station), 0)"
)
# The stations of which a package was refused since the last good one.
STATIONS_REFUSED = f"SELECT station FROM parcel WHERE {_REFUSED}"
# The packages of an office refused since the last good one, the newest first.
REFUSALS = f"SELECT era, number, note FROM parcel WHERE {_REFUSED} AND office = ? ORDER BY n DESC LIMIT 20"
ADD_PARCEL = (
    "INSERT INTO parcel(state, name, station, office, era, number, made, at, lines, token, heads, before, note) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Notes that a package is on the stick.
PARCEL_MADE = "UPDATE parcel SET state = 'made', note = ? WHERE n = ?"
# Notes that an import was undone.
PARCEL_UNDONE = "UPDATE parcel SET state = 'undone' WHERE n = ?"
# All with the package each is for and the one that brought it, the newest first.
RECEIPTS = (
    "SELECT r.at, r.by, r.station, p.office, p.number, r.parcel, coalesce(s.number, 0), r.code, "
    "coalesce(s.state, 'taken') FROM receipt AS r JOIN parcel AS p ON p.n = r.parcel "
    "LEFT JOIN parcel AS s ON s.n = r.source ORDER BY r.n DESC"
)
ADD_RECEIPT = "INSERT INTO receipt(at, by, station, parcel, source, code) VALUES (?, ?, ?, ?, ?, ?)"

# -- disclosure, unsaved: of this PC alone

# Those from a time on and before another, the newest first.
DISCLOSURES = "SELECT n, at, by, act, what, rows FROM disclosure WHERE at >= ? AND at < ? ORDER BY n DESC"
# When what was done, from a time on.
DISCLOSURE_TIMES = "SELECT at, act FROM disclosure WHERE at >= ?"
# How often what was done elsewhere.
TALLIES = "SELECT office, station, month, act, count FROM tally ORDER BY office, month DESC, station, act"
ADD_DISCLOSURE = "INSERT INTO disclosure(at, by, act, what, rows) VALUES (?, ?, ?, ?, ?)"
# The forms of an author that wait, the newest first.
UNSAVED = 'SELECT page, "key", words, content, at, author FROM unsaved WHERE author = ? ORDER BY at DESC'
# How many of each author.
UNSAVED_COUNTS = "SELECT author, count(*) FROM unsaved GROUP BY author"
DROP_UNSAVED = 'DELETE FROM unsaved WHERE page = ? AND "key" = ? AND author = ?'

# -- single kinds that the store itself asks

# Whether a station is closed.
STATION_CLOSED = "SELECT 1 FROM station WHERE id = ? AND closed = 1 AND coalesce(deleted, 0) = 0"
# The closed stations, by a range of ids.
STATIONS_CLOSED = (
    "SELECT substr(id, 4) FROM station WHERE closed = 1 AND coalesce(deleted, 0) = 0 AND id >= ? AND id < ?"
)
# The revoked feeds with how many lines count, by a range of ids.
REVOCATIONS = (
    'SELECT substr(id, 4), "after" FROM revocation '
    'WHERE "after" IS NOT NULL AND coalesce(deleted, 0) = 0 AND id >= ? AND id < ?'
)
# The amendments of the keys in an array.
AMENDMENTS = f"SELECT subject, field, now FROM amendment WHERE coalesce(deleted, 0) = 0 AND {among('subject')}"
# The notes of the Office's opinion that its newest decision on the same slip contradicts.
NOTES_CONTRADICTED = """
SELECT opinion.id, opinion.verdict, decision.id, decision.result FROM opinion
JOIN decision ON decision.subject = opinion.slip AND decision.matter = 'leave'
WHERE opinion.role = 'office' AND opinion.verdict <> decision.result
AND coalesce(opinion.deleted, 0) = 0 AND coalesce(decision.deleted, 0) = 0
AND NOT EXISTS (
    SELECT 1 FROM decision AS later WHERE later.subject = decision.subject AND later.matter = 'leave'
    AND coalesce(later.deleted, 0) = 0
    AND (coalesce(later.decided, ''), later.id) > (coalesce(decision.decided, ''), decision.id)
)
"""

# -- the rows of a kind of record

# What was written over fixed fields of one record, by its log key.
ALTERATIONS_OF = 'SELECT key, field, was, said, "by", at, counts FROM altered WHERE key = ? ORDER BY key, at, field'

LIVE, DELETED = "coalesce(deleted, 0) = 0", "coalesce(deleted, 0) = 1"
# A range of ids, of keys or of values: from the first on and before the second.
ID_RANGE = "id >= ? AND id < ?"


def quoted(names: Iterable[str]) -> str:
    """Return column names as a list; `before` and `after` are words of SQL, too."""
    return ", ".join(f'"{name}"' for name in names)


def rows(kind: str, names: Sequence[str], tests: Sequence[str] = ()) -> str:
    """Return the question for the id and some columns of the rows that pass all tests."""
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f'SELECT id, {quoted(names)} FROM "{kind}"{where}'


def rows_in_order(kind: str, names: Sequence[str], tests: Sequence[str]) -> str:
    """Return the same in the order of ids, at most so many as the last parameter says."""
    return f"{rows(kind, names, tests)} ORDER BY id LIMIT ?"


def values_of(kind: str, field: str) -> str:
    """Return the question for one column of the rows whose ids are in an array."""
    return f'SELECT "{field}" FROM "{kind}" WHERE {among("id")}'


def row_count(kind: str, tests: Sequence[str] = ()) -> str:
    """Return the question for how many rows pass all tests."""
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f'SELECT count(*) FROM "{kind}"{where}'


def count_by_year(kind: str, field: str) -> str:
    """Return the question for how many live rows of a range of ids begin each year, by a field that begins with it."""
    return (
        f'SELECT substr("{field}", 1, 4), count(*) FROM "{kind}" WHERE {LIVE} AND {ID_RANGE}'
        f' AND "{field}" IS NOT NULL GROUP BY 1'
    )


def highest(kind: str, field: str) -> str:
    """Return the question for the greatest value of a column, by a range of values and a range of ids.

    The plus keeps the search to the ids, one owner's: by the column's own index it would walk through everybody's.
    """
    return f'SELECT max("{field}") FROM "{kind}" WHERE +"{field}" >= ? AND +"{field}" < ? AND {ID_RANGE}'


def alike(kind: str, names: Sequence[str], field: str) -> str:
    """Return the question for a row, by its id given twice, and those with the same value in a column."""
    same_value = f'"{field}" IN (SELECT "{field}" FROM "{kind}" WHERE id = ?) OR id = ?'
    return f"{rows(kind, names, [same_value])} ORDER BY id"


def chained(kind: str, names: Sequence[str], field: str, columns: Sequence[str]) -> str:
    """Return the question for rows of which one column has a value of its array, and all that hang together with them.

    A column `field` names another row's id; it is followed from one row to the other and back, however often.
    """
    first = " OR ".join(among(f'"{name}"') for name in columns)
    steps = f'one."{field}" = chain.id OR one.id = chain.before'
    return (
        f'WITH RECURSIVE chain(id, before) AS (SELECT id, "{field}" FROM "{kind}" WHERE {first} UNION '
        f'SELECT one.id, one."{field}" FROM chain, "{kind}" AS one WHERE {steps}) '
        f"{rows(kind, names, ['id IN (SELECT id FROM chain)'])} ORDER BY id"
    )


def latest(kind: str, names: Sequence[str], field: str, tests: Sequence[str]) -> str:
    """Return the question for the live row of a range of ids, last in the parameters, with the greatest value."""
    every = [*tests, LIVE, ID_RANGE, f'"{field}" IS NOT NULL']
    return f'{rows(kind, names, every)} ORDER BY "{field}" DESC, id LIMIT 1'


def add_row(kind: str, names: Sequence[str]) -> str:
    """Return the statement that adds a row with an id and these columns; the others stay empty."""
    choice = "".join(f', "{name}"' for name in names)
    return f'INSERT INTO "{kind}" (id{choice}) VALUES (?{", ?" * len(names)})'


def put_row(kind: str, names: Sequence[str]) -> str:
    """Return the statement that writes these columns of a row, which may be there already."""
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    return f"{add_row(kind, names)} ON CONFLICT(id) DO UPDATE SET {sets}"


def drop_row(kind: str) -> str:
    """Return the statement that takes a row away."""
    return f'DELETE FROM "{kind}" WHERE id = ?'
