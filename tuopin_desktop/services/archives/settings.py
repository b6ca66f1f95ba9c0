"""Which fonds an office files in: what is entered once, and printed on every cover, list and stamp."""

from collections.abc import Mapping

import msgspec

from tuopin_desktop.domain import ids
from tuopin_desktop.domain.archives import codes
from tuopin_desktop.domain.change import Change
from tuopin_desktop.domain.problems import Problem, Refused, refuse
from tuopin_desktop.domain.reading import read_flag
from tuopin_desktop.domain.record import Field, Form, fields
from tuopin_desktop.domain.records import ArchiveItem, Fonds
from tuopin_desktop.domain.validate import problems, tidy
from tuopin_desktop.services.office.desk import Desk
from tuopin_desktop.services.registers import registers


def fonds_id(office: str) -> str:
    """Return the id of an office's settings: the offices above see them, those below do not."""
    return f"{ids.private(office)}/fonds"


def fonds(desk: Desk, office: str = "") -> Fonds:
    """Return how this office files, or another one by its code; empty where nothing was entered."""
    record_id = fonds_id(office or desk.scope)
    return desk.store.get(Fonds, record_id) or Fonds(id=record_id)


def save_fonds(desk: Desk, record: Fonds) -> Fonds:
    """Check and write the settings of this office; return them as stored. Raises Refused naming the fields."""
    ready = tidy(msgspec.structs.replace(record, id=fonds_id(desk.scope)))
    if faults := [*problems(ready, desk.vocabulary, practice=desk.practice, today=desk.today())]:
        raise Refused(faults)
    if ready.code_form == "local":
        codes.check_form(ready.code_local)
    change = registers.change_of(desk, ready)
    if change is not None:
        desk.commit([change, *_late_codes(desk, ready)])
    return fonds(desk)


def _late_codes(desk: Desk, record: Fonds) -> list[Change]:
    """Return the codes of items that were numbered before the office had a fonds code; a code that stands, stays."""
    if not record.fonds_code:
        return []
    prefix = ids.private(desk.scope)
    items = desk.store.rows(ArchiveItem, between=(f"{prefix}/", f"{prefix}0"))
    category = record.category or codes.FIRST_CATEGORY
    return [
        Change(
            ArchiveItem.kind.name,
            item.id,
            {"fonds_code": record.fonds_code, "category": category, "code": codes.item_code(record, item)},
        )
        for item in items
        if not item.code
    ]


def type_in(desk: Desk, values: Mapping[str, str]) -> Fonds:
    """Write fields of the settings as a clerk says them, a choice in its word or code; raises Refused."""
    by_name = {item.name: item for item in fields(Fonds)}
    new_values = {name: _meant(desk, by_name[name], text.strip()) for name, text in values.items()}
    return save_fonds(desk, msgspec.structs.replace(fonds(desk), **new_values))


def _meant(desk: Desk, item: Field, text: str) -> str | bool:
    if item.form is Form.FLAG:
        on = read_flag(text)
        if on is None:
            raise Refused([Problem(code="value", sentence=f"“{item.label}”请填 是 或 否", fields=(item.name,))])
        return on
    if item.form is Form.CHOICE and text:
        code = item.codes(desk.vocabulary).code(text)
        if code is None:
            labels = "、".join(item.codes(desk.vocabulary).labels.values())
            raise refuse("value", f"“{item.label}”没有“{text[:20]}”，可用：{labels}", item.name)
        return code
    return text
