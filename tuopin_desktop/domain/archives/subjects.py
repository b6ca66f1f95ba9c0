"""Which paper a record belongs to: a function of the record alone, so that none is lost and none is in two."""

import calendar
from collections.abc import Iterator
from datetime import date

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives.kinds import PaperKind, Unit, papers_of
from tuopin_desktop.domain.halves import parse_stored
from tuopin_desktop.domain.journals import weeks
from tuopin_desktop.domain.record import Owner, Record

YEARLY: Unit = "year"
_PAIR = 2
_LEAGUE = 4
_MONTH = 7


class Subject(msgspec.Struct, frozen=True, order=True):
    """One paper: its kind, the office or county it is about, and what of it: a record, a month, a year."""

    paper: str
    owner: str
    rest: str

    @property
    def key(self) -> str:
        """The subject as an item keeps it."""
        return f"{self.paper}:{self.owner}/{self.rest}"


class Time(msgspec.Struct, frozen=True):
    """When a record is of: the year it is filed in, and its day where one is noted."""

    year: int | None = None
    day: date | None = None


def office_of(code: str) -> str:
    """Return the office whose code or private code this is: 150400 is league 1504, 150000 the region."""
    while len(code) > _PAIR and code.endswith("00"):
        code = code[:-_PAIR]
    return code


def filer(record: Record) -> str:
    """Return the office whose archives hold the original: whoever wrote it, not whom it is about (令8 art. 11)."""
    owner = office_of(ids.owner(record.id))
    if record.kind.owner is Owner.REGION:
        return ids.REGION
    if getattr(record, "level", "") == "league" and record.kind.name == "own_check":
        return owner[:_LEAGUE]
    return owner


def time_of(record: Record, paper: PaperKind) -> Time:
    """Return the year and the day that the fields of a paper say, nothing where none does."""
    times = [time for name in paper.days if (time := _time(getattr(record, name, None))) is not None]
    year = next((time.year for time in times if time.year), None)
    return Time(year, next((time.day for time in times if time.day), None))


def _time(value: object) -> Time | None:
    if isinstance(value, date):
        return Time(value.year, value)
    if isinstance(value, int):
        return Time(value)
    text = value if isinstance(value, str) else ""
    if "-W" in text:
        span = weeks.span(text)
        return Time(span[1].year, span[1]) if span else None
    if period := parse_stored(text):
        return Time(period.first.year, period.first)
    if len(text) == _MONTH and text[:4].isdecimal() and text[5:].isdecimal():
        year, month = int(text[:4]), int(text[5:])
        return Time(year, date(year, month, calendar.monthrange(year, month)[1]))
    return None


def kind_of(record: Record) -> PaperKind | None:
    """Return the kind of paper a record is, None of a kind that is none or a part of another's."""
    return next((paper for paper in papers_of(record.kind.name) if _fits(record, paper)), None)


def _fits(record: Record, paper: PaperKind) -> bool:
    if paper.only is None or paper.only[0] not in record.__struct_fields__:
        return True
    value = str(getattr(record, paper.only[0]) if getattr(record, paper.only[0]) is not None else "")
    return any(value.startswith(one[:-1]) if one.endswith("*") else value == one for one in paper.only[1])


def subject_of(record: Record, paper: PaperKind, unit: Unit, time: Time) -> Subject | None:
    """Return which paper of a kind a record is, bound by `unit`; None where the record does not say when it was."""
    owner, own = ids.owner(record.id), ids.own_part(record.id)
    if paper.by_field and unit == "record":
        target = str(getattr(record, paper.by_field) or "")
        return Subject(paper.key, ids.owner(target), ids.own_part(target)) if target else None
    if unit == "record":
        return Subject(paper.key, owner, own)
    if time.year is None:
        return None
    if unit == "month" and time.day is not None:
        return Subject(paper.key, owner, f"{time.year}-{time.day.month:02d}")
    posting = str(getattr(record, "posting", "") or "")
    if unit == "person" and posting:
        return Subject(paper.key, ids.owner(posting), f"{ids.own_part(posting)}/{time.year}")
    return Subject(paper.key, owner, str(time.year))


def candidates(record: Record, time: Time) -> Iterator[Subject]:
    """Yield every paper a record may have become part of: under this year's way of binding and under another."""
    for paper in papers_of(record.kind.name):
        for unit in dict.fromkeys((paper.unit, YEARLY)):
            if (subject := subject_of(record, paper, unit, time)) is not None:
                yield subject
