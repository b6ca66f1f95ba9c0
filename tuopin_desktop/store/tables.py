"""The tables: the log and its feeds declared here, one table per kind of record derived from its declaration."""

from typing import Any

import peewee

from tuopin_desktop.domain.record import WHOLE, Field, Record, fields
from tuopin_desktop.domain.records import KINDS


class Meta(peewee.Model):
    """What this copy of the database knows about itself; never travels."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField(default="")

    class Meta:
        table_name = "meta"
        without_rowid = True


class Feed(peewee.Model):
    """One hash-chained run of lines by one station for one scope in one era, signed by the station at `head`.

    `office` is the station's office, by which its lines are judged. `lim` is the number of lines that count once a
    feed is revoked, null while all do.
    """

    n = peewee.AutoField()
    feed = peewee.TextField(unique=True)
    station = peewee.TextField()
    scope = peewee.TextField()
    era = peewee.IntegerField(default=1)
    practice = peewee.IntegerField(default=0)
    seq = peewee.IntegerField(default=0)
    hash = peewee.BlobField(default=b"")
    head = peewee.IntegerField(null=True)
    head_hash = peewee.BlobField(null=True)
    sig = peewee.BlobField(null=True)
    lim = peewee.IntegerField(null=True)
    office = peewee.TextField(default="")

    class Meta:
        table_name = "feed"


class Seed(peewee.Model):
    """What the salts of a feed's lines come from (`domain/openings.py`); empty once one of them was forgotten."""

    feed = peewee.TextField(primary_key=True)
    seed = peewee.TextField()

    class Meta:
        table_name = "seed"
        without_rowid = True


class Log(peewee.Model):
    """The append-only log; `line` holds the exact bytes of each change."""

    n = peewee.IntegerField()
    seq = peewee.IntegerField()
    key = peewee.TextField(index=True)
    line = peewee.BlobField()

    class Meta:
        table_name = "log"
        primary_key = peewee.CompositeKey("n", "seq")
        without_rowid = True


class Conflict(peewee.Model):
    """Fields two authors wrote without having seen each other; derived from the log, can be rebuilt."""

    key = peewee.TextField()
    field = peewee.TextField()
    kept = peewee.BareField(null=True)
    kept_by = peewee.TextField(default="")
    lost = peewee.BareField(null=True)
    lost_by = peewee.TextField(default="")
    lost_at = peewee.IntegerField(default=0)

    class Meta:
        table_name = "conflict"
        primary_key = peewee.CompositeKey("key", "field")
        without_rowid = True


class Aside(peewee.Model):
    """Values of lines that are in the log and not in the rows; derived from the log, can be rebuilt.

    `why` is Chinese, `office` and `by` wrote it, `fault` is 1 where the value is wrong, 0 where it is another's word.
    """

    key = peewee.TextField()
    feed = peewee.TextField()
    seq = peewee.IntegerField()
    field = peewee.TextField()
    value = peewee.BareField(null=True)
    why = peewee.TextField(default="")
    office = peewee.TextField(default="")
    by = peewee.TextField(default="")
    at = peewee.IntegerField(default=0)
    fault = peewee.IntegerField(default=0)

    class Meta:
        table_name = "aside"
        primary_key = peewee.CompositeKey("key", "feed", "seq", "field")
        without_rowid = True


class Altered(peewee.Model):
    """What was written over fixed paper, as the fold saw it; `counts` is 0 where the paper stands."""

    key = peewee.TextField()
    field = peewee.TextField()
    at = peewee.IntegerField()
    was = peewee.BareField(null=True)
    said = peewee.BareField(null=True)
    by = peewee.TextField(default="")
    counts = peewee.IntegerField(default=0)

    class Meta:
        table_name = "altered"
        primary_key = False
        indexes = ((("key",), False),)


class Word(peewee.Model):
    """The search index: every beginning of a name, its pinyin and its initials, from each character on."""

    kind = peewee.TextField()
    word = peewee.TextField()
    id = peewee.TextField()

    class Meta:
        table_name = "word"
        primary_key = peewee.CompositeKey("kind", "word", "id")
        without_rowid = True


class Peer(peewee.Model):
    """The newest receipt of each station: `have` is a JSON object of feed -> lines it holds."""

    station = peewee.TextField(primary_key=True)
    office = peewee.TextField()
    era = peewee.IntegerField()
    number = peewee.IntegerField()
    made = peewee.IntegerField()
    have = peewee.TextField()

    class Meta:
        table_name = "peer"
        without_rowid = True


class Parcel(peewee.Model):
    """The ledger of packages made here and taken in; never travels.

    `state` is made, taken, undone or refused; `station` and `office` are the sender of what came, the addressee of
    what was made; `heads` is a JSON object of feed -> lines up to which it carries; `before` is what undoing needs.
    `note` is why one was refused, in words where one that was made was written to, and of one taken what its sender
    refused, as JSON.
    """

    n = peewee.AutoField()
    state = peewee.TextField()
    name = peewee.TextField()
    station = peewee.TextField()
    office = peewee.TextField()
    era = peewee.IntegerField()
    number = peewee.IntegerField()
    made = peewee.IntegerField()
    at = peewee.IntegerField()
    lines = peewee.IntegerField()
    token = peewee.TextField(default="")
    heads = peewee.TextField(default="{}")
    before = peewee.TextField(default="")
    note = peewee.TextField(default="")

    class Meta:
        table_name = "parcel"


class Disclosure(peewee.Model):
    """What was shown, printed or taken out in full on this PC; never travels, is never changed."""

    n = peewee.AutoField()
    at = peewee.IntegerField()
    by = peewee.TextField()
    act = peewee.TextField()
    what = peewee.TextField()
    rows = peewee.IntegerField(default=0)

    class Meta:
        table_name = "disclosure"


class Tally(peewee.Model):
    """How often what was done on the computers of other offices: counts alone; never travels further."""

    office = peewee.TextField()
    station = peewee.TextField()
    month = peewee.TextField()
    act = peewee.TextField()
    count = peewee.IntegerField(default=0)

    class Meta:
        table_name = "tally"
        primary_key = peewee.CompositeKey("station", "month", "act")
        without_rowid = True


class Unsaved(peewee.Model):
    """What somebody typed in the window and has not saved: of this PC alone, no change, gone once saved or given up.

    `page` is the page that takes it up again under `key`; `words` say what it is; `content` is a JSON object of texts;
    `author` is the user who typed it, "" in an office without users.
    """

    page = peewee.TextField()
    key = peewee.TextField()
    words = peewee.TextField()
    content = peewee.TextField()
    at = peewee.IntegerField()
    author = peewee.TextField(default="")

    class Meta:
        table_name = "unsaved"
        primary_key = peewee.CompositeKey("page", "key", "author")
        without_rowid = True


class Receipt(peewee.Model):
    """A package of ours that another office has, and how we know; never travels, is never changed.

    `parcel` is its place in the ledger of packages, `source` that of the package which said so, 0 for a `code` heard
    over the phone. What that package said falls with its undoing; the line stays.
    """

    n = peewee.AutoField()
    at = peewee.IntegerField()
    by = peewee.TextField()
    station = peewee.TextField()
    parcel = peewee.IntegerField()
    source = peewee.IntegerField(default=0)
    code = peewee.TextField(default="")

    class Meta:
        table_name = "receipt"


class Gate(peewee.Model):
    """Holds a row only inside a commit; the guard triggers refuse every write while it is empty.

    Row 2 is held only while an import is undone: then alone the log gives lines back. Row 3 only while lines forget.
    """

    n = peewee.AutoField()

    class Meta:
        table_name = "gate"


FIXED = (Meta, Feed, Seed, Log, Conflict, Altered, Aside, Word, Peer, Parcel, Disclosure, Tally, Receipt, Unsaved, Gate)
GUARDED = ("feed", "seed", "log", "conflict", "altered", "aside", "word", "disclosure", "receipt")


def column(item: Field) -> peewee.Field:
    """Return the table column of a declared field."""
    if item.form in WHOLE:
        return peewee.IntegerField(null=True, index=item.index)
    return peewee.TextField(null=True, index=item.index)


def _table(cls: type[Record]) -> type[peewee.Model]:
    columns: dict[str, Any] = {item.name: column(item) for item in fields(cls)}
    columns["id"] = peewee.TextField(primary_key=True)
    meta = type("Meta", (), {"table_name": cls.kind.name})
    return type(cls.__name__ + "Row", (peewee.Model,), {**columns, "Meta": meta})


class _Tables(dict[str, type[peewee.Model]]):
    """The tables of the kinds by name, each derived when it is first asked for: a start that makes none needs none."""

    def __missing__(self, kind: str) -> type[peewee.Model]:
        table = self[kind] = _table(KINDS[kind])
        return table


TABLES: dict[str, type[peewee.Model]] = _Tables()


def every() -> list[type[peewee.Model]]:
    """Return all tables, the fixed ones first."""
    return [*FIXED, *(TABLES[kind] for kind in KINDS)]
