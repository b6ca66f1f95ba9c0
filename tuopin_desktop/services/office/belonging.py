"""Where a record is filed: under whose office and which id, for every kind that declares `about` or `key`."""

from typing import TypeVar

import msgspec

from tuopin_desktop.domain import belonging, ids
from tuopin_desktop.domain.ids import Level
from tuopin_desktop.domain.problems import Problem, Refused
from tuopin_desktop.domain.record import Record, fields
from tuopin_desktop.domain.voices import claimed
from tuopin_desktop.services.office.desk import Desk

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
    target = belonging.assign_id(record, desk.scope)
    return record if _live(desk, target) else target


def problems(desk: Desk, record: Record) -> list[Problem]:
    """Return what keeps a record from being filed: it is there already, or would have to move."""
    kind = record.kind
    if not (kind.about or kind.key):
        return []
    if (wrong := wrong_county(desk, record)) is not None:
        return [wrong]
    record = settled(desk, record)
    target = belonging.assign_id(record, ids.owner(record.id))
    if target.id == record.id:
        return []
    names = (*kind.key, kind.about) if kind.about and kind.about not in kind.key else kind.key
    text = "、".join(item.label for item in fields(type(record)) if item.name in names)
    if _live(desk, target):
        sentence = f"{text}相同的{kind.label}已经登记，请修改原来的一条"
        return [Problem(code="belonging.twice", sentence=sentence, fields=names)]
    sentence = f"已登记的{kind.label}不能改到另一{text.replace('、', '或')}，请删去这一条另行登记"
    return [Problem(code="belonging.moved", sentence=sentence, fields=names)]


def placed_right(desk: Desk, record: R) -> R:
    """Return a record that says its county as it should; raises Refused for one that does not."""
    if (wrong := wrong_county(desk, record)) is not None:
        raise Refused([wrong])
    return record


def wrong_county(desk: Desk, record: Record) -> Problem | None:
    """Return what is wrong with the county of a new record: none where one is needed, or one of the Office's own.

    What is kept already stays: an earlier release let it in.
    """
    kind = record.kind
    if kind.own is None or desk.store.get(type(record), record.id) is not None:
        return None
    decides = next(item for item in fields(type(record)) if item.name == kind.own.field)
    value = getattr(record, decides.name)
    county = str(getattr(record, kind.about) or "") or (desk.scope if desk.level is Level.COUNTY else "")
    text = decides.codes(desk.vocabulary).word(value)
    label = next(item.label for item in fields(type(record)) if item.name == kind.about)
    if belonging.must_be_office(kind, value):
        if desk.level is not Level.REGION:
            return _at(decides.name, f"{text}由自治区工作队管理办公室登记，这里不登记")
        return _at(kind.about, f"{text}是自治区办公室自己的，“{label}”请空着") if county else None
    if value and not county and not (belonging.may_be_office(kind, value) and desk.level is Level.REGION):
        return _at(kind.about, f"请填写“{label}”：是哪个旗县的{text}")
    return None


def _at(field: str, sentence: str) -> Problem:
    return Problem(code="belonging.county", sentence=sentence, fields=(field,))


def _live(desk: Desk, record: Record) -> bool:
    before = desk.store.get(type(record), record.id)
    return before is not None and not before.deleted
