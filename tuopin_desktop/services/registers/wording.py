"""What a clerk reads of a record, a field, a value, an office or a PC: Chinese words, never an id, a code or a name of
the program's own; personal and restricted values masked (`domain/masking.py`).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.exchange.arrival import Sample
from tuopin_desktop.domain.masking import HIDDEN, hides, mask
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Field, Form, Record, fields, scalar
from tuopin_desktop.domain.records import KINDS, Station
from tuopin_desktop.services.office import offices
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers

BLANK = "空"
UNKNOWN = "本版程序不认识的内容"
_KEY = re.compile(r"([a-z_]{1,40}:[0-9]{2,12}/[0-9A-Za-z_./-]+)")
_FEED = re.compile(r"(?<![0-9A-Za-z])([0-9a-f]{16}\.[0-9]+\.[0-9]{2,12})(?![0-9])")
_STATION = re.compile(r"(?<![0-9A-Za-z])([0-9a-f]{16})(?![0-9A-Za-z])")
_OFFICE = re.compile("〔([0-9]{2,12})〕")
_LONGEST = 40
_NUMBER = 8
"""Digits of a PC's number that are shown: enough to tell the PCs of one office apart."""


class Wording:
    """Words for one account: what points to a kind is looked up once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._titles = registers.Titles(desk)

    def kind(self, name: str) -> str:
        """Return what a kind of record is called."""
        return KINDS[name].kind.label if name in KINDS else UNKNOWN

    def record(self, key: str) -> str:
        """Return a record by its log key: its kind and title, at an office above the county also whose it is.

        Of a register about conduct only that there is one is said.
        """
        kind, record_id = ids.split(key)
        cls = KINDS.get(kind)
        if cls is None:
            return UNKNOWN
        record = None if cls.kind.restricted else self._desk.store.get(cls, record_id)
        title = self._title(record) if record is not None else ""
        whose = "" if ids.owner(record_id) == self._desk.scope else f"（{offices.called(ids.owner(record_id))}）"
        return f"{cls.kind.label}{f'“{title}”' if title else ''}{whose}"

    def _title(self, record: Record) -> str:
        lines = (self.value(type(record), item.name, getattr(record, item.name)) for item in _in_title(type(record)))
        return " ".join(text for text in lines if text)

    def label(self, kind: str, field: str) -> str:
        """Return what a field is called."""
        item = _field(KINDS[kind], field) if kind in KINDS else None
        return item.label if item is not None else UNKNOWN

    def value(self, cls: type[Record] | None, field: str, value: object, *, reveal: bool = False) -> str:
        """Return the words of a stored value, "" for none; of a field a newer program declared, only that it is set."""
        item = _field(cls, field) if cls is not None else None
        if value in (None, "", False):
            return ""
        if cls is None or item is None:
            return HIDDEN
        if item.form is Form.REF and not (hides(cls, item) and not reveal):
            return self._titles.of(item, str(value)) or "一条记录"
        vocabulary, stored = self._desk.vocabulary, scalar(value)
        text = field_words(item, stored, vocabulary) if reveal else mask(cls, item, stored, vocabulary)
        return text if len(text) <= _LONGEST or reveal else text[: _LONGEST - 1] + "…"

    def feed(self, feed: str) -> str:
        """Return whose lines a feed of the log holds: the PC that wrote them, and of which office they are."""
        station, _, rest = feed.partition(".")
        scope = rest.rpartition(".")[2]
        return f"{pc(self._desk, station)}所记{place(scope)}的数据"

    def lacking(self, missing: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
        """Return in words which lines that were signed here are not here: feed -> (lines here, lines signed)."""
        return tuple(f"{self.feed(feed)}还缺第{here + 1}至{count}条" for feed, (here, count) in missing.items())

    def sample(self, one: Sample) -> Sample:
        """Return a change with its values as they may leave."""
        cls = KINDS.get(one.key.partition(":")[0])
        old, new = self.value(cls, one.field, one.old), self.value(cls, one.field, one.new)
        return msgspec.structs.replace(one, old=old or None, new=new or None)

    def change(self, one: Sample) -> str:
        """Return a change of a record in words: which, what of it, from what to what, and who wrote it."""
        sample = self.sample(one)
        label = self.label(one.key.partition(":")[0], one.field)
        return f"{self.record(one.key)}的{label}：{sample.old or BLANK} → {sample.new or BLANK}（{one.by}）"

    def problem(self, one: Problem) -> Problem:
        """Return a problem of the rooms below with names in its sentence."""
        return msgspec.structs.replace(one, sentence=self.clear(one.sentence))

    def clear(self, sentence: str) -> str:
        """Return a sentence of the rooms below, which know no names, with names for the codes that stand in it."""
        sentence = _KEY.sub(lambda match: self._whole(match[1]), sentence)
        sentence = _FEED.sub(lambda hit: self.feed(hit[1]), sentence)
        sentence = _STATION.sub(lambda hit: pc(self._desk, hit[1]), sentence)
        return _OFFICE.sub(lambda hit: place(hit[1]), sentence)

    def _whole(self, key: str) -> str:
        try:
            return self.record(key)
        except ValueError:  # cut off, or not of this program
            return UNKNOWN


@contextmanager
def spoken(desk: Desk) -> Iterator[None]:
    """Let what the rooms below refuse reach the clerk in words."""
    try:
        yield
    except Refused as refused:
        wording = Wording(desk)
        raise Refused(map(wording.problem, refused.problems)) from refused


def place(code: str) -> str:
    """Return what an office or its private part is called."""
    return offices.called(code.rstrip("0") if code.endswith("00") else code)


def pc(desk: Desk, station: str) -> str:
    """Return a PC by its office and clerk as certified, with the beginning of its number; raises nothing."""
    station_record = desk.store.get(Station, f"{ids.REGION}/{station}")
    number = f"电脑{station[:_NUMBER]}"
    if station_record is None or not station_record.office:
        return number
    return f"{offices.called(station_record.office)}{station_record.name}的{number}"


def _field(cls: type[Record], name: str) -> Field | None:
    return next((item for item in fields(cls) if item.name == name), None)


def _in_title(cls: type[Record]) -> list[Field]:
    return [item for item in fields(cls) if item.name in cls.kind.title]
