"""What of a record may stand in a sentence: personal and restricted values leave masked, whatever is said of them.

Derived from the declaration (`Field.personal`, `Kind.restricted`), so that a new field is masked by being declared.
Full values are shown in the record's own form, or on request, which leaves a line (`services/office/disclosures.py`).
"""

import enum
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import msgspec

from tuopin_desktop.domain.codes import Vocabulary
from tuopin_desktop.domain.columns import Column, field_words
from tuopin_desktop.domain.idcard import masked
from tuopin_desktop.domain.record import Field, Form, Record, Scalar, fields
from tuopin_desktop.domain.records import KINDS

HIDDEN = "***"
_TELEPHONE = 11


def hides(cls: type[Record], item: Field) -> bool:
    """Tell whether a field's values are masked: personal ones, and every one of a register about conduct."""
    return item.personal or (cls.kind.restricted and not item.auto)


def hides_column(column: Column) -> bool:
    """Tell whether a column of a sheet holds such values; a record's number and owner are none."""
    cls = KINDS.get(column.kind)
    return cls is not None and column.field.name not in ("id", "owner") and hides(cls, column.field)


def mask(cls: type[Record], item: Field, value: Scalar, vocabulary: Vocabulary) -> str:
    """Return the words of a stored value as they may leave in a sentence; "" for null.

    A citizen number keeps its first six and last two digits, a telephone its first three and last four, a birth its
    year; of anything else only that it is filled in can be seen.
    """
    text = field_words(item, value, vocabulary)
    return veil(item, text) if text and hides(cls, item) else text


def veil(item: Field, text: str) -> str:
    """Return the words of a personal value with what identifies it taken out; `is_veiled` knows them again."""
    if item.form is Form.ID_NUMBER:
        return masked(text)
    if item.form is Form.MONTH:
        return f"{text[:4]}年**月"
    return veil_number(text) if item.form is Form.TEXT and item.name.endswith("phone") else HIDDEN


def veil_number(text: str) -> str:
    """Return a telephone number with its middle taken out, and anything shorter hidden whole."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= _TELEPHONE else HIDDEN


def is_veiled(item: Field, text: str) -> bool:
    """Tell whether the words of a personal field are a mask that came back in a sheet, and say nothing."""
    if item.form is Form.LONG:
        return text.strip() == HIDDEN
    return "**" in text


def discreet(value: Any) -> Any:
    """Return any value as what JSON holds, with the personal and restricted values of every record in it masked."""
    if isinstance(value, Record):
        hidden = {item.name: item for item in fields(type(value)) if hides(type(value), item)}
        values = msgspec.structs.asdict(value)
        return {name: _veiled(hidden.get(name), one) for name, one in values.items()}
    if isinstance(value, msgspec.Struct):
        return {name: discreet(one) for name, one in msgspec.structs.asdict(value).items()}
    if isinstance(value, Mapping):
        return {name: discreet(one) for name, one in value.items()}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return [discreet(one) for one in value]
    return value


def _veiled(item: Field | None, value: Any) -> Any:
    if item is None or value in (None, "", False):
        return discreet(value)
    return veil(item, value.isoformat() if isinstance(value, date) else str(value))
