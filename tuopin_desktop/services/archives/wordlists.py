"""Under which words a record is found in the search over all years: what a clerk could read of it, and its days.

What is masked is left out: no number of a person, no telephone, no birth can be looked for.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives.question import day_tokens, tokens
from tuopin_desktop.domain.columns import field_words
from tuopin_desktop.domain.halves import Period, parse_half, parse_stored
from tuopin_desktop.domain.masking import hides
from tuopin_desktop.domain.record import Field, Form, Record, fields, scalar
from tuopin_desktop.domain.records import KINDS, Amendment
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers
from tuopin_desktop.store.finder import Entry

LEFT_OUT: Mapping[str, str] = {
    "attendance": "half-days alone, which the month shows",
    **dict.fromkeys(("ballot", "ballot_round"), "who voted how is nobody's to look for"),
    **dict.fromkeys(("station", "revocation", "rule_pack", "snapshot"), "the program's own"),
    **dict.fromkeys(("county", "calendar_year", "calendar_day"), "tables for everybody"),
    **dict.fromkeys(("purge", "fonds", "filing_rule", "catalogue_heads"), "how the office is kept, no paper of it"),
}
"""The kinds that are not searched, with the reason; those about conduct and those of this PC alone are not either."""
_TIMES = (Form.DATE, Form.PERIOD, Form.HALF)
_READ = (Form.TEXT, Form.LONG, Form.CHOICE, Form.REF)
_SHOWN_AUTO = frozenset({"number", "code", "name"})
"""Fields the program fills and a clerk reads."""


def searchable() -> list[type[Record]]:
    """Return the kinds that can be found."""
    return [cls for cls in KINDS.values() if not (cls.kind.restricted or cls.kind.local or cls.kind.name in LEFT_OUT)]


class Reader:
    """What records say; what they point to is looked up once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._titles = registers.Titles(desk)

    def lines(self, record: Record) -> list[tuple[str, str]]:
        """Return (label, words) of every field that is filled in and may be read; none of what `is_secret`."""
        if is_secret(record):
            return []
        cls, veiled = type(record), _veiled(record)
        some = (item for item in fields(cls) if _is_read(cls, item) and item.name not in veiled)
        pairs = ((item.label, self._value(item, record)) for item in some)
        return [(label, text) for label, text in pairs if text]

    def entry(self, key: str, record: Record) -> Entry:
        """Return under which words a record is found; a deleted or secret one under none."""
        if record.deleted or is_secret(record):
            return Entry(key, None, "")
        every = dict.fromkeys(token for _, text in self.lines(record) for token in tokens(text))
        days = [token for first, last in times(record) for token in day_tokens(first, last)]
        return Entry(key, day_of(record), " ".join([*every, *dict.fromkeys(days)]))

    def _value(self, item: Field, record: Record) -> str:
        value = scalar(getattr(record, item.name))
        if value is None:
            return ""
        if item.form is Form.REF:
            return self._titles.of(item, str(value))
        return field_words(item, value, self._desk.vocabulary)


def is_secret(record: Record) -> bool:
    """Tell whether a record hangs on one about conduct: the name of a scan would say what the register hides."""
    refs = [(item, str(getattr(record, item.name) or "")) for item in fields(type(record)) if item.form is Form.REF]
    kinds = (kind for item, value in refs for kind in (item.ref.split(",") if item.ref else [ids.split(value)[0]]))
    return any(KINDS[kind].kind.restricted for kind in kinds if kind in KINDS)


def _veiled(record: Record) -> frozenset[str]:
    """Return the fields that hold what is masked in the record they correct."""
    if not isinstance(record, Amendment):
        return frozenset()
    cls = KINDS.get(ids.split(record.subject)[0])
    masked = cls is not None and any(hides(cls, item) for item in fields(cls) if item.name == record.field)
    return frozenset({"was", "now"}) if masked else frozenset()


def times(record: Record) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of every day and period a record tells of that may be read."""
    cls = type(record)
    for item in fields(cls):
        if item.form in _TIMES and not hides(cls, item):
            value = getattr(record, item.name)
            if isinstance(value, date):
                yield value, value
            elif value and (span := _span(item, str(value))) is not None:
                yield span


def day_of(record: Record) -> date | None:
    """Return the day a record stands under: by what its kind is ordered, else the first it tells of."""
    cls = type(record)
    ordered = [item for name in cls.kind.order for item in fields(cls) if item.name == name and item.form in _TIMES]
    for item in ordered:
        value = getattr(record, item.name)
        if isinstance(value, date):
            return value
        if value and (span := _span(item, str(value))) is not None:
            return span[0]
    return next((first for first, _ in times(record)), None)


def _span(item: Field, text: str) -> tuple[date, date] | None:
    if item.form is Form.HALF:
        half = parse_half(text)
        return (half[0], half[0]) if half else None
    period: Period | None = parse_stored(text)
    return (period.first, period.last) if period else None


def _is_read(cls: type[Record], item: Field) -> bool:
    return item.form in _READ and not (hides(cls, item) or item.machine) and (not item.auto or item.name in _SHOWN_AUTO)
