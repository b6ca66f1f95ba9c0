"""The SQL of the files beside the database, the memo and the finder: SQLite's for good, a server has no such files."""

SETTINGS = (
    "PRAGMA locking_mode = EXCLUSIVE",  # one program alone has the folder; so WAL needs no shared memory, on any drive
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = ON",
)
"""It may be lost at any time, so no write waits for the disk."""

# Everything that is asked of it and written into it, by what it does.
MEMO = {
    "shelf table": "CREATE TABLE IF NOT EXISTS shelf(owner TEXT PRIMARY KEY, about BLOB NOT NULL) WITHOUT ROWID",
    "drawer table": "CREATE TABLE IF NOT EXISTS drawer(owner TEXT, name TEXT, value BLOB NOT NULL, "
    "PRIMARY KEY (owner, name)) WITHOUT ROWID",
    "whose table": "CREATE TABLE IF NOT EXISTS whose(name TEXT PRIMARY KEY) WITHOUT ROWID",
    "whose": "SELECT name FROM whose",
    "put whose": "INSERT OR IGNORE INTO whose(name) VALUES (?)",
    "shelves": "SELECT owner, about FROM shelf",
    "drawer": "SELECT value FROM drawer WHERE owner = ? AND name = ?",
    "put shelf": "INSERT OR REPLACE INTO shelf(owner, about) VALUES (?, ?)",
    "put drawer": "INSERT OR REPLACE INTO drawer(owner, name, value) VALUES (?, ?, ?)",
    "drop drawers": "DELETE FROM drawer WHERE owner = ?",
    "drop shelf": "DELETE FROM shelf WHERE owner = ?",
    "begin": "BEGIN IMMEDIATE",
    "commit": "COMMIT",
    "rollback": "ROLLBACK",
}

# -- the finder: a third file beside the database, of the words that stand in its rows

FINDER = {
    "entry table": "CREATE TABLE IF NOT EXISTS entry(place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)",
    "feed table": "CREATE TABLE IF NOT EXISTS reached(feed TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, "
    "lim INTEGER, office TEXT NOT NULL) WITHOUT ROWID",
    # Neither the words themselves are kept nor where in a text they stand: a fourth of the size.
    "word table": "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, content='', contentless_delete=1, "
    "detail=none, tokenize='ascii')",
    "whose table": MEMO["whose table"],
    "any": "SELECT 1 FROM entry LIMIT 1",
    "place": "SELECT place FROM entry WHERE key = ?",
    "last place": "SELECT max(place) FROM entry WHERE place >= ? AND place < ?",
    "put entry": "INSERT INTO entry(place, key) VALUES (?, ?)",
    "drop entry": "DELETE FROM entry WHERE place = ?",
    "put words": "INSERT INTO words(rowid, text) VALUES (?, ?)",
    "drop words": "DELETE FROM words WHERE rowid = ?",
    "count": "SELECT count(*) FROM entry",
    "reached": "SELECT feed, seq, hash, lim, office FROM reached",
    "put reached": "INSERT OR REPLACE INTO reached(feed, seq, hash, lim, office) VALUES (?, ?, ?, ?, ?)",
    # The newest day first; the words are asked alone, and the entries read of those few.
    "find": "SELECT entry.key FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?) AS hit "
    "JOIN entry ON entry.place = hit.rowid ORDER BY entry.place DESC",
    "begin": MEMO["begin"],
    "commit": MEMO["commit"],
    "rollback": MEMO["rollback"],
}
"""Everything that is asked of the finder and written into it, by what it does."""
