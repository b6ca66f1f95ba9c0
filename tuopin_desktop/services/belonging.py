"""Where a record is filed: under whose office and which id, for every kind that declares `about` or `key`."""

from typing import TypeVar

import msgspec

from tuopin_desktop.domain import belonging, ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem
from tuopin_desktop.domain.record import Record, fields
from tuopin_desktop.domain.voices import claimed
from tuopin_desktop.services.desk import Desk

R = TypeVar("R", bound=Record)


def settled(desk: Desk, record: R) -> R:
    """Return a new record under its own id and with its county said; one that is kept already stays where it is."""
    kind = record.kind
    if desk.store.get(type(record), record.id) is None:
        record = claimed(record, desk.scope)
    if kind.about == belonging.COUNTY and not getattr(record, kind.about) and desk.level is Level.COUNTY:
        record = msgspec.structs.replace(record, **{kind.about: desk.scope})
    if not (kind.about or kind.key) or desk.store.get(type(record), record.id) is not None:
        return record
    wanted = belonging.placed(record, desk.scope)
    return record if _live(desk, wanted) else wanted


def problems(desk: Desk, record: Record) -> list[Problem]:
    """Return what keeps a record from being filed: it is there already, or would have to move."""
    kind = record.kind
    if not (kind.about or kind.key):
        return []
    record = settled(desk, record)
    wanted = belonging.placed(record, ids.owner(record.id))
    if wanted.id == record.id:
        return []
    names = (*kind.key, kind.about) if kind.about and kind.about not in kind.key else kind.key
    words = "、".join(item.label for item in fields(type(record)) if item.name in names)
    if _live(desk, wanted):
        sentence = f"{words}相同的{kind.label}已经登记，请修改原来的一条"
        return [Problem(code="belonging.twice", sentence=sentence, fields=names)]
    sentence = f"已登记的{kind.label}不能改到另一{words.replace('、', '或')}，请删去这一条另行登记"
    return [Problem(code="belonging.moved", sentence=sentence, fields=names)]


def _live(desk: Desk, record: Record) -> bool:
    held = desk.store.get(type(record), record.id)
    return held is not None and not held.deleted
