"""The owner and the natural id of a record, as its kind declares: `Kind.about`, `Kind.key`, `Kind.id_by`."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.record import Kind, Record

R = TypeVar("R", bound=Record)

COUNTY = "county"
_OFFICE = "office"
_BRACES = re.compile(r"\{(\w+)\|?(\w*)\}")


def may_be_office(kind: Kind, value: object) -> bool:
    """Tell whether a record with that value of the deciding field may be the region office's own, of no county."""
    return kind.own is not None and value in (*kind.own.values, *kind.own.also)


def must_be_office(kind: Kind, value: object) -> bool:
    """Tell whether a record with that value of the deciding field can be nobody's but the region office's."""
    return kind.own is not None and value in kind.own.values


def owner_of(record: Record, default: str) -> str:
    """Return the office a new record belongs to: the one its `about` field leads to, else the default."""
    value = str(getattr(record, record.kind.about) or "") if record.kind.about else ""
    if not value:
        return default
    return value if record.kind.about == COUNTY else ids.owner(value)


def named_id(record: Record, default: str) -> str:
    """Return the id a record has by what it says; "" for kinds without a key and while the key is not yet said."""
    values = [_part(getattr(record, name)) for name in record.kind.key]
    if not values or not all(values):
        return ""
    return f"{owner_of(record, default)}/{'-'.join(values)}"


def stated_id(kind: Kind, values: Mapping[str, object], office: str = "") -> str:
    """Return the id that `Kind.id_by` makes of the values of a record; "" without one and while a part is not said."""
    parts = {name: str(values.get(name) or other) for name, other in _BRACES.findall(kind.id_by) if name != _OFFICE}
    if not all(parts.values()):
        return ""
    return _BRACES.sub(lambda match: parts.get(match[1], office), kind.id_by)


def _part(value: object) -> str:
    """Return a key value as a part of an id: of a reference what stands behind its owner, of a period its ends."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    rest = text.split("/", 1)[1] if text[:2] == ids.REGION and "/" in text else text
    return rest.replace("/", "_")


def assign_id(record: R, default: str) -> R:
    """Return a new record under the id it has by what it says, in the office it belongs to."""
    target = named_id(record, default) or f"{owner_of(record, default)}/{record.id.split('/', 1)[-1]}"
    return record if target == record.id else msgspec.structs.replace(record, id=target)
