"""What an inspection is given: records of some people, days and kinds, with what there is of each on paper."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.attendance.months import span_of
from tuopin_desktop.domain.halves import parse_half, parse_stored
from tuopin_desktop.domain.record import Field, Form, Record, fields
from tuopin_desktop.domain.records import KINDS, Attachment, MonthClose

R = TypeVar("R", bound=Record)

Rows = Mapping[type[Record], Sequence[Record]]
NO_PAPER = "没有纸"
_DAYS = (Form.PERIOD, Form.DATE, Form.MONTH, Form.HALF)
_PAPERS = ("paper", "number", "approval_paper", "unit_paper", "relaxation_paper", "party_letter", "document")
"""Fields that hold the number of a paper: where one is filled in, there is that paper."""
_PAPER_DAYS = {"sheet_back": "签字原件已收回", "keyed": "按纸质考勤簿录入"}
_CLERKS = ("attachment", "user", "access", "amendment", "purge", "extract")
"""Kinds that are about the office's own work, or are told with the record they belong to."""


def extractable() -> tuple[type[Record], ...]:
    """Return the kinds whose records can lead to a person, in the order they are declared."""
    return tuple(cls for cls in KINDS.values() if cls.kind.name in _leading_to_persons())


@cache
def _leading_to_persons() -> frozenset[str]:
    kinds = {"person"}
    while True:
        more = {
            name
            for name, cls in KINDS.items()
            if name not in _CLERKS and not cls.kind.local and any(kinds & _refs(item) for item in fields(cls))
        }
        if more <= kinds:
            return frozenset(kinds)
        kinds |= more


def _refs(item: Field) -> set[str]:
    return set(item.ref.split(",")) if item.form is Form.REF and item.ref else set()


def by_posting(cls: type[Record]) -> bool:
    """Tell whether a posting alone says whose a record of a kind is: of such kinds there are very many records."""
    leads = _leads(cls)
    return bool(leads) and leads[0].name == leads[0].ref == "posting" and leads[0].required


def owners(rows: Rows, persons: Collection[str]) -> dict[str, str]:
    """Return whose each record is that leads to one of some persons: person ids by log key.

    The first reference that is filled in decides: a posting that replaces another is its own person's.
    """
    by_id = {("person", one): one for one in persons}
    waiting = [(cls, one) for cls, records in rows.items() if cls.kind.name != "person" for one in records]
    while True:
        rest = []
        for cls, one in waiting:
            if whose := by_id.get(_lead(cls, one, by_id), ""):
                by_id[(cls.kind.name, one.id)] = whose
            else:
                rest.append((cls, one))
        if len(rest) == len(waiting):
            return {ids.key(*name): whose for name, whose in by_id.items()}
        waiting = rest


def _lead(cls: type[Record], record: Record, by_id: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """Return kind and id of the record that says whose one is; nothing that is known where none does."""
    for item in _leads(cls):
        if value := str(getattr(record, item.name) or ""):
            kinds = item.ref.split(",")
            return next(((kind, value) for kind in kinds if (kind, value) in by_id), (kinds[0], value))
    return "", ""


@cache
def _leads(cls: type[Record]) -> tuple[Field, ...]:
    return tuple(item for item in fields(cls) if _refs(item) & _leading_to_persons())


def span_of_record(record: Record) -> tuple[date, date] | None:
    """Return from when to when a record is: its period, else its first day; None of what has no day."""
    since, until = getattr(record, "since", None), getattr(record, "until", None)
    if isinstance(since, date) and hasattr(record, "until"):
        return since, until if isinstance(until, date) else date.max
    dated = sorted(
        (item for item in fields(type(record)) if item.form in _DAYS and not item.personal and not item.auto),
        key=lambda item: item.form is not Form.PERIOD,
    )
    return next(filter(None, (_span(item, getattr(record, item.name)) for item in dated)), None)


def _span(item: Field, value: object) -> tuple[date, date] | None:
    if isinstance(value, date):
        return value, value
    text = str(value or "")
    if item.form is Form.PERIOD and (period := parse_stored(text)) is not None:
        return period.first, period.last
    if item.form is Form.HALF and (half := parse_half(text)) is not None:
        return half[0], half[0]
    return span_of(text) if item.form is Form.MONTH and len(text) == len("2018-06") else None


def within(record: Record, first: date, last: date) -> bool:
    """Tell whether a record has a day from first to last; what has no day is always told."""
    span = span_of_record(record)
    return span is None or (span[0] <= last and span[1] >= first)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of a record beside the data: scans, and what says that there is paper."""

    scans: tuple[Attachment, ...] = ()
    paper: str = ""

    @property
    def text(self) -> str:
        """Return it in words: 扫描件3份；纸质：…, or 没有纸."""
        parts = [f"扫描件{len(self.scans)}份"] if self.scans else []
        parts += [f"纸质：{self.paper}"] if self.paper else []
        return "；".join(parts) or NO_PAPER


def source_of(record: Record, scans: Mapping[str, Sequence[Attachment]], closes: Mapping[str, MonthClose]) -> Source:
    """Return what there is of a record; a month of attendance stands in its team's book, whose scan is its close's."""
    attachments = list(scans.get(ids.key(record.kind.name, record.id), ()))
    if record.kind.name == "attendance" and (close := closes.get(record.id)) is not None:
        attachments += scans.get(ids.key("month_close", close.id), ())
    numbers = [str(getattr(record, name)) for name in _PAPERS if getattr(record, name, "")]
    days = [text for name, text in _PAPER_DAYS.items() if getattr(record, name, None)]
    return Source(scans=tuple(attachments), paper="，".join([*numbers, *days]))
