"""One question over everything this office holds, of all years: 谁在2019年8月去过北京."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives.question import Question, holds, pairs, understand
from tuopin_desktop.domain.change import decode
from tuopin_desktop.domain.record import Field, Form, Record, fields
from tuopin_desktop.domain.records import KINDS, Amendment, ArchiveItem, Attachment, LeaveSlip
from tuopin_desktop.services.archives import touching
from tuopin_desktop.services.archives.wordlists import Reader, day_of, is_secret, searchable
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.people import roster
from tuopin_desktop.services.registers.places import page_of, tab_of
from tuopin_desktop.store.finder import Entry, Finder, lines_since, reach

Progress = Callable[[int, int], None]

MOST = 200
"""Hits that are shown; a question that has more is to be narrowed."""
_PEOPLE = 5
"""So many people a word typed in letters may stand for."""
_BATCH = 2_000
_LONGEST = 60
_AROUND = 20


class Hit(msgspec.Struct, frozen=True):
    """A row that was found: what it is, its day (None: it has none), where it was found in it, and whose it is.

    `page` keeps it, and shows `subject`.
    """

    key: str
    kind: str
    day: date | None
    title: str
    excerpt: str
    page: str
    subject: str
    whose: str = ""


class Hits(msgspec.Struct, frozen=True):
    """What was found, the newest first; `more` tells that only the first of them are here, `rows` what was searched."""

    hits: tuple[Hit, ...]
    rows: int
    more: bool = False


def ask(desk: Desk, text: str, progress: Progress | None = None) -> Hits:
    """Return what answers a question; first reads what was written since it was last asked. Raises Trouble."""
    finder = desk.finder
    catch_up(desk, progress)
    question = understand(text)
    rows = finder.count()
    if question.is_empty:
        return Hits((), rows)
    keys = finder.find([*_words(desk, question), *([[moment]] for moment in question.moments)], MOST + 1)
    hits = tuple(_hits(desk, keys[:MOST], question))
    return Hits(hits, rows, len(keys) > MOST)


def _words(desk: Desk, question: Question) -> Iterator[list[list[str]]]:
    for word in question.runs:
        begins = [f"{word}*"]
        alternatives = [word.split("-") if "-" in word else begins if word.isascii() else list(pairs(word)) or begins]
        if word.isascii() and word.isalpha():
            names = [row.person.name for row in roster.people(desk, word)[:_PEOPLE]]
            alternatives += [list(pairs(name)) or [name] for name in dict.fromkeys(names) if not name.isascii()]
        yield alternatives


def _hits(desk: Desk, keys: Iterable[str], question: Question) -> Iterator[Hit]:
    reader = Reader(desk)
    plain = [word for word in question.runs if not word.isascii()]
    for key in keys:
        kind, record_id = ids.split(key)
        cls = KINDS.get(kind)
        record = desk.store.get(cls, record_id) if cls is not None else None
        if record is None or record.deleted or is_secret(record):
            continue
        lines = reader.lines(record)
        if holds(" ".join(text for _, text in lines), plain):  # two words side by side are no longer word
            whose = "" if ids.owner(record_id) == desk.scope else offices.called(ids.county(record_id))
            excerpt = _place(lines, plain)
            yield Hit(
                key, record.kind.label, day_of(record), _title(record, lines), excerpt, *_goal(key, record), whose
            )


def _goal(key: str, record: Record) -> tuple[str, str]:
    """Return the page that keeps a record, and what that is to show: of what belongs to a slip or a record, that."""
    if isinstance(record, Attachment | Amendment):
        key = record.subject
    elif slip := next((getattr(record, item.name) for item in fields(type(record)) if _is_of_slip(item)), ""):
        key = ids.key(LeaveSlip.kind.name, slip)
    kind = ids.split(key)[0]
    if tab := tab_of(kind):
        return page_of(kind), f"{tab}/{record.year or ''}" if isinstance(record, ArchiveItem) else tab
    return page_of(kind), key


def _is_of_slip(item: Field) -> bool:
    return item.ref == LeaveSlip.kind.name and not item.auto


def _title(record: Record, lines: Sequence[tuple[str, str]]) -> str:
    labels = [item.label for item in fields(type(record)) if item.name in record.kind.title]
    texts = dict(lines)
    refs = [item.label for item in fields(type(record)) if item.form is Form.REF]
    parts = dict.fromkeys(texts[label] for label in (*labels, *refs[:1]) if label in texts)
    return " ".join(parts)


def _place(lines: Sequence[tuple[str, str]], runs: Sequence[str]) -> str:
    """Return the shortest field that holds one of the words, cut around it; where none does the longest one."""
    hits = [(len(text), label, text, text.find(run)) for label, text in lines for run in runs if run in text]
    if hits:
        _, label, text, at = min(hits)
        return f"{label}：{_cut(text, at)}"
    label, text = max(lines, key=lambda line: len(line[1]), default=("", ""))
    return f"{label}：{_cut(text, 0)}" if text else ""


def _cut(text: str, at: int) -> str:
    start = max(0, at - _AROUND) if len(text) > _LONGEST else 0
    rest = text[start : start + _LONGEST].replace("\n", " ")
    return f"{'…' if start else ''}{rest}{'…' if start + _LONGEST < len(text) else ''}"


# -- reading what was written


def catch_up(desk: Desk, progress: Progress | None = None) -> None:
    """Read into the finder what the log says since it was last read, everything where it was never read.

    What is read goes in by pieces; only the last one says that the log is read, so that who stops loses nothing.
    """
    finder = desk.finder
    with desk.store.ledger.reading() as cursor:
        now = reach(cursor)
        lines = lines_since(cursor, before) if (before := finder.reached()) else None
    if lines is None or _reworded(lines):
        if before:
            finder.clear()
        _put(finder, *_everything(desk), progress)
    elif lines:
        keys = touching.touched(desk, lines)
        _put(finder, _entries(desk, keys), len(keys), progress)
    if now != before:
        finder.put((), now)


def _put(finder: Finder, entries: Iterable[Entry], number: int, progress: Progress | None) -> None:
    count = 0
    for part in _parts(entries):
        finder.put(part)
        count += len(part)
        if progress is not None:
            progress(min(count, number), number)


def _parts(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    rest = iter(entries)
    while part := tuple(islice(rest, _BATCH)):
        yield part


def _everything(desk: Desk) -> tuple[Iterator[Entry], int]:
    number = sum(desk.store.count(cls) for cls in searchable())
    reader = Reader(desk)
    rows = ((ids.key(cls.kind.name, record.id), record) for cls in searchable() for record in desk.store.rows(cls))
    return (reader.entry(key, record) for key, record in rows), number


def _entries(desk: Desk, keys: Mapping[str, None]) -> Iterator[Entry]:
    reader, kinds = Reader(desk), {cls.kind.name: cls for cls in searchable()}
    for key in keys:
        kind, record_id = ids.split(key)
        if kind in kinds:
            record = desk.store.get(kinds[kind], record_id)
            yield reader.entry(key, record) if record is not None else Entry(key, None, "")


def _reworded(lines: Iterable[tuple[str, bytes]]) -> bool:
    """Tell whether a county is called otherwise: its name stands in every choice of one."""
    return any(ids.split(key)[0] == "county" and decode(raw).was.get("name") for key, raw in lines)
